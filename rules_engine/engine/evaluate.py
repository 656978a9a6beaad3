"""Evaluate: the raw truth of every rule on every item, whatever else fired."""

import enum
from collections.abc import Sequence
from typing import Any

from rules_engine.rules import RULES
from rules_engine.rules.row import Rule
from rules_engine.views.context import Context
from rules_engine.views.scope import view
from rules_engine.views.views import Views


class Truth(enum.Enum):
    """What a rule says of one item, before needs are looked at."""

    CLEAR = "clear"
    VIOLATED = "violated"
    UNDECIDED = "undecided"
    RAISED = "raised"


@view
class Finding:
    """A rule on one item.

    Attributes:
        item: The item; None where the items of its scope cannot be told.
        truth: What the rule says of it.
        error: The type of the exception, where it raised.
    """

    item: Any
    truth: Truth
    error: str = ""


Findings = dict[int, list[Finding]]
"""What rules say of the items where they are not clear, in the order of these; a rule is its place in a plan."""

_OURS = frozenset(RULES)


def evaluate(rule: Rule[Any], views: Views, context: Context) -> list[Finding]:
    """Ask one rule for its raw truth on every item of its scope."""
    items: Sequence[Any] | None = rule.scope.select(views)
    if items is None:
        return [Finding(None, Truth.UNDECIDED)]
    return [_finding(rule, item, context) for item in items]


def is_ours(rule: Rule[Any]) -> bool:
    """Tell whether a rule is one of the library's own."""
    return rule in _OURS


def may_be_undecided(rule: Rule[Any]) -> bool:
    """Tell whether a rule may be undecided where the join notes no unknown fact.

    Our own are not. What a rule of a host's takes for unknown, the join cannot know.
    """
    return rule.undecided_when is not None and not is_ours(rule)


def _finding(rule: Rule[Any], item: Any, context: Context) -> Finding:
    try:
        if rule.violated(item, context):
            return Finding(item, Truth.VIOLATED)
        if rule.undecided_when is not None and rule.undecided_when(item, context):
            return Finding(item, Truth.UNDECIDED)
    except Exception as error:  # noqa: BLE001  # invariant 8: one rule that raises does not take the verdict down
        return Finding(item, Truth.RAISED, type(error).__name__)
    return Finding(item, Truth.CLEAR)
