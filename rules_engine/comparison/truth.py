"""Is a rule violated in a draft document, whatever else is wrong with it?"""

from typing import Any

from rules_engine.comparison.proof import Side
from rules_engine.comparison.specimen import Document, specimen
from rules_engine.rules.declaration import Rule


def is_violated(rule: Rule[Any], document: Document, side: Side) -> bool:
    """Tell whether a rule is violated anywhere in a draft, under the limits of a policy.

    A draft that does not read, or of another operation, violates no rule.
    """
    found = specimen(document)
    return found is not None and found.draft.operation == side.operation and found.violates(rule, side)
