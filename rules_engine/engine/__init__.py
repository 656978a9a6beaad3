"""Run a policy: plan it once, screen each draft, examine the dirty ones."""
