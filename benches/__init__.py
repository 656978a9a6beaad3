"""What judging costs, measured against straight-line Python that gives the same answers: `python -m benches`."""
