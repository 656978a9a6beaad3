"""Two policies, compared exactly: what the one refuses and the other does not, code by code."""

from rules_engine.comparison.cells import Axis, Cell, Kind
from rules_engine.comparison.compare import Difference, Relation, compare, operations_of

__all__ = ["Axis", "Cell", "Difference", "Kind", "Relation", "compare", "operations_of"]
