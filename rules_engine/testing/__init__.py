"""What this library is tested with, for its users' tests too.

Valid examples are draft documents that the default policy accepts; a counterexample is the smallest change to one that
makes one rule speak; a witness is the smallest draft document that hears a code and nothing else. None of it needs more
than the library itself. With the extra `testing`, `rules_engine.testing.strategies` has Hypothesis strategies, and
`rules_engine.testing.machine` a shop to run against a checkout of your own.
"""

from rules_engine.examples.counterexamples import COUNTEREXAMPLES, Counterexample
from rules_engine.examples.documents import REMOVED, changed
from rules_engine.examples.worlds import NOW, valid_examples
from rules_engine.testing.probe import judge
from rules_engine.testing.smallest import witness, witnesses

__all__ = [
    "NOW",
    "REMOVED",
    "Counterexample",
    "changed",
    "counterexamples",
    "judge",
    "valid_examples",
    "witness",
    "witnesses",
]


def counterexamples() -> tuple[Counterexample, ...]:
    """Give every counterexample, in the order of `RULES`; each rule has at least one."""
    return COUNTEREXAMPLES
