"""What follows from policies alone: where two differ, what is most likely a mistake, and what their tests cover."""
