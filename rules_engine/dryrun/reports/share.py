"""Shares as people read them, reckoned on integers."""

from typing import Final

_ALL: Final = 1000
"""A hundred percent, in tenths."""


def percent(part: int, whole: int) -> str:
    """Write a share with one decimal; what is there never reads as nothing, and what is missing never as all.

    Args:
        part: How many.
        whole: Of how many; of none, a share is `0%`.

    Returns:
        Such as `12.5%`, `<0.1%` or `>99.9%`; `0%` and `100%` only where that is exact.
    """
    if not part or not whole:
        return "0%"
    if part == whole:
        return "100%"
    tenths = (2 * _ALL * part + whole) // (2 * whole)
    if tenths == 0:
        return "<0.1%"
    if part < whole and tenths >= _ALL:
        return ">99.9%"
    return f"{tenths // 10}.{tenths % 10}%"
