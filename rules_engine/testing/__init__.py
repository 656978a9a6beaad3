"""What this library is tested with, for its users' tests too.

Clean worlds are draft documents that the default policy accepts; a spoiler is the smallest change to one that makes
one rule speak; a witness is the smallest draft document that hears a code and nothing else. None of it needs more than
the library itself. With the extra `testing`, `rules_engine.testing.strategies` has Hypothesis strategies, and
`rules_engine.testing.machine` a shop to run against a checkout of your own.
"""

from rules_engine.testing.documents import REMOVED, changed
from rules_engine.testing.probe import judge
from rules_engine.testing.smallest import witness, witnesses
from rules_engine.testing.spoilers import SPOILERS, Spoiler
from rules_engine.testing.worlds import NOW, clean_worlds

__all__ = [
    "NOW",
    "REMOVED",
    "Spoiler",
    "changed",
    "clean_worlds",
    "judge",
    "spoilers",
    "witness",
    "witnesses",
]


def spoilers() -> tuple[Spoiler, ...]:
    """Give every spoiler, in the order of `RULES`; each rule has at least one."""
    return SPOILERS
