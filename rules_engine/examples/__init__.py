"""Valid examples of every operation, and counterexamples of every rule: data that production code and tests share."""

from rules_engine.examples.account import NOW
from rules_engine.examples.counterexamples import Counterexample, counterexamples
from rules_engine.examples.documents import changed, set_clock
from rules_engine.examples.valid import examples
from rules_engine.rules.kinds import REMOVED

__all__ = ["NOW", "REMOVED", "Counterexample", "changed", "counterexamples", "examples", "set_clock"]
