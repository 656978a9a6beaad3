"""The nearest right name, for error messages."""

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

_LONGEST = 64
_MOST_KEPT = 1_024
"""How many answers are kept: whoever misspells a name sends it again and again."""
_LEAST_LIKENESS = 0.7
"""Less than this, and the nearest name is as likely the opposite: `successUrl` is no `cancelUrl`."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Find the known name nearest to a word; None where none is near."""
    # Comparing costs time that grows with both lengths, and the word may come from a hostile document.
    return _nearest(word[:_LONGEST], tuple(known))


@lru_cache(_MOST_KEPT)
def _nearest(word: str, known: tuple[str, ...]) -> str | None:
    near = get_close_matches(word, known, n=1, cutoff=_LEAST_LIKENESS)
    return near[0] if near else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Suggest the known name nearest to a word: `; did you mean price_expired?`, or nothing."""
    near = nearest(word, known)
    return "" if near is None else f"; did you mean {near}?"
