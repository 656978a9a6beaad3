"""Strategies, clean worlds and spoilers, for this library's tests and for its users'."""
