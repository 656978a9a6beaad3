"""A history to try policies on: the made-up log of some shops, as long as one likes.

`python -m rules_engine.testing.history --drafts 10000 --seed 1 --out history.jsonl.gz` writes one.
"""

from rules_engine.testing.history.log import DAYS, START, history

__all__ = ["DAYS", "START", "history"]
