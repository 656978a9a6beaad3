"""Run a policy: plan it once, then find what is wrong with each draft, resolve it and report it."""
