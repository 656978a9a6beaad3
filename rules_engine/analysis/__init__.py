"""What is said about policies without running a shop: comparison, lint, and tests of a policy's own."""
