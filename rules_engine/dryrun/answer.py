"""What a policy answers to a draft, and what becomes of the answer under another policy."""

import enum
from typing import Final

from rules_engine.violation import Verdict

Answer = tuple[str, ...]
"""The codes, in order, each once. Nothing for a draft that is accepted."""

ACCEPTED: Final[Answer] = ()
UNDECIDED: Final[Answer] = ("undecided",)
"""No violation, and facts are missing to say more. It is no code: none of the API is called so, and those of hosts have
a namespace."""


class Change(enum.Enum):
    """What becomes of a record, from the first answer to the second; every record is in one class."""

    UNCHANGED = "unchanged"
    """The same codes in the same order, or none."""
    NEWLY_REJECTED = "newly_rejected"
    """Accepted before, refused now."""
    NEWLY_ACCEPTED = "newly_accepted"
    """Refused before, accepted now."""
    REASONS_CHANGED = "reasons_changed"
    """Refused both times, for other codes."""
    ORDER_ONLY = "order_only"
    """Refused both times for the same codes, in another order."""
    UNDECIDED = "undecided"
    """One of the two policies cannot tell: facts are missing, or no policy applied at the time."""
    UNREADABLE = "unreadable"
    """There is no draft to judge."""


def answer_of(verdict: Verdict) -> Answer:
    """Give the answer of a verdict."""
    if verdict.violations:
        return verdict.codes
    return UNDECIDED if verdict.undecided else ACCEPTED


def change_of(before: Answer, after: Answer) -> Change:
    """Tell what becomes of a draft that has been read."""
    if UNDECIDED in (before, after):
        return Change.UNDECIDED
    if before == after:
        return Change.UNCHANGED
    if not before:
        return Change.NEWLY_REJECTED
    if not after:
        return Change.NEWLY_ACCEPTED
    return Change.ORDER_ONLY if sorted(before) == sorted(after) else Change.REASONS_CHANGED
