"""The commands on policies: check, show, diff, schema, compare and test."""
