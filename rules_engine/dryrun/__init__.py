"""The dry run: what a policy would have done to the drafts of a history."""
