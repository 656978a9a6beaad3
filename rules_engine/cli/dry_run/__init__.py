"""`rules-engine dry-run`: what a policy would have done to a history."""
