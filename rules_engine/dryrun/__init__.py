"""The dry run: what a policy would have done to a history of drafts."""
