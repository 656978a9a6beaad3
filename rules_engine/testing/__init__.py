"""What this library is tested with, for its users' tests too.

Valid examples are draft documents that the default policy accepts; a counterexample is the smallest change to one that
violates one rule; a witness is the smallest draft document that reports a code and nothing else. None of it needs more
than the library itself. With the extra `testing`, `rules_engine.testing.strategies` has Hypothesis strategies, and
`rules_engine.testing.machine` a shop to run against a checkout of your own.
"""

from rules_engine.examples import NOW, REMOVED, Counterexample, changed, counterexamples, examples
from rules_engine.testing.probe import judge
from rules_engine.testing.smallest import witness, witnesses

__all__ = [
    "NOW",
    "REMOVED",
    "Counterexample",
    "changed",
    "counterexamples",
    "examples",
    "judge",
    "witness",
    "witnesses",
]
