"""Two policies, compared exactly: what the one refuses and the other does not, code by code."""

from rules_engine.comparison.axes import Axis, Cell
from rules_engine.comparison.compare import Difference, Relation, compare

__all__ = ["Axis", "Cell", "Difference", "Relation", "compare"]
