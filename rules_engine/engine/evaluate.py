"""What a rule finds on each item by itself, whatever else is wrong with the draft (invariant 3)."""

import enum
from collections.abc import Sequence
from typing import Any

from rules_engine.rules import RULES
from rules_engine.rules.row import Rule
from rules_engine.views.context import Context
from rules_engine.views.scope import view
from rules_engine.views.views import Views


class Truth(enum.Enum):
    """What a rule finds on one item, before needs are looked at."""

    CLEAR = "clear"
    VIOLATED = "violated"
    UNDECIDED = "undecided"
    RAISED = "raised"


@view
class Finding:
    """A rule on one item.

    Attributes:
        item: The item; None where the items of its scope are not known.
        truth: What the rule finds.
        error: The type of the exception, where it raised.
    """

    item: Any
    truth: Truth
    error: str = ""


Findings = dict[int, list[Finding]]
"""Where rules are not clear: the place of a rule in a plan, to its findings in the order of the items."""

_BUILT_IN = frozenset(RULES)


def evaluate(rule: Rule[Any], views: Views, context: Context) -> list[Finding]:
    """Evaluate one rule on every item of its scope."""
    items: Sequence[Any] | None = views[rule.scope.name]
    if items is None:
        return [Finding(None, Truth.UNDECIDED)]
    return [_finding(rule, item, context) for item in items]


def may_be_undecided(rule: Rule[Any]) -> bool:
    """Return whether a rule may be undecided where the views list no unknown fact.

    A built-in rule is not. What a rule of the application takes for unknown, the views do not list.
    """
    return rule.undecided_when is not None and rule not in _BUILT_IN


def _finding(rule: Rule[Any], item: Any, context: Context) -> Finding:
    try:
        if rule.violated(item, context):
            return Finding(item, Truth.VIOLATED)
        if rule.undecided_when is not None and rule.undecided_when(item, context):
            return Finding(item, Truth.UNDECIDED)
    except Exception as error:  # noqa: BLE001  # invariant 8: one rule that raises does not take the verdict down
        return Finding(item, Truth.RAISED, type(error).__name__)
    return Finding(item, Truth.CLEAR)
