"""Fusion: the join of an operation and the rules of a plan, written as one function that builds no view."""
