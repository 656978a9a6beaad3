"""Faults that one item cannot have at once, so that one of them never keeps the other from being heard."""

from typing import Any, Final

from rules_engine.codes import PROMOTION_CODE_NOT_FOUND, RESOURCE_MISSING
from rules_engine.rules.declaration import Rule

_MISSING: Final = (RESOURCE_MISSING, PROMOTION_CODE_NOT_FOUND)


def exclusive(need: Rule[Any], rule: Rule[Any]) -> str:
    """Tell why no item violates both a need and the rule that has it; "" where nothing is declared.

    What does not exist has nothing else to find fault with: the join gives a missing object the values that no rule
    objects to. A property test holds the joins to it.
    """
    missing = need.code in _MISSING and rule.scope is need.scope and need is not rule
    return "what does not exist has no other fault" if missing else ""
