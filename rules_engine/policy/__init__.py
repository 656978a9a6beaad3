"""Which rules apply, in what order, how hard and with which limits."""
