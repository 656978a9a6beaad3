"""Evaluate: the raw truth of every rule on every item, whatever else fired."""

import enum
from collections.abc import Sequence
from typing import Any

from rules_engine.engine.plan import Plan
from rules_engine.rules.declaration import Rule
from rules_engine.subjects.context import Context
from rules_engine.subjects.joined import Joined
from rules_engine.subjects.scope import subject


class Truth(enum.Enum):
    """What a rule says of one item, before needs are looked at."""

    CLEAR = "clear"
    VIOLATED = "violated"
    UNDECIDED = "undecided"
    RAISED = "raised"


@subject
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


Findings = dict[Rule[Any], Sequence[Finding]]
"""What rules say of the items where they are not clear, in the order of these."""


def evaluate(rule: Rule[Any], joined: Joined, context: Context) -> list[Finding]:
    """Ask one rule for its raw truth on every item of its scope."""
    items: Sequence[Any] | None = rule.scope.select(joined)
    if items is None:
        return [Finding(None, Truth.UNDECIDED)]
    return [_finding(rule, item, context) for item in items]


def troubles(rule: Rule[Any], joined: Joined, context: Context) -> list[Finding]:
    """Ask one rule for its raw truth on every item of its scope, and tell of those where it is not clear."""
    return [finding for finding in evaluate(rule, joined, context) if finding.truth is not Truth.CLEAR]


def _finding(rule: Rule[Any], item: Any, context: Context) -> Finding:
    try:
        if rule.violated(item, context):
            return Finding(item, Truth.VIOLATED)
        if rule.undecided_when is not None and rule.undecided_when(item, context):
            return Finding(item, Truth.UNDECIDED)
    except Exception as error:  # noqa: BLE001  # law of isolation: one rule that raises does not take the verdict down
        return Finding(item, Truth.RAISED, type(error).__name__)
    return Finding(item, Truth.CLEAR)


def search(plan: Plan, joined: Joined, context: Context) -> tuple[Findings, list[int]] | None:
    """Evaluate all rules at once.

    Returns:
        What they say, and which are not clear, as places in the plan's resolution; None where they have to be asked one
        by one: a fact is unknown, or a rule raises.
    """
    if joined.unknown or plan.search is None:
        return None
    try:
        violated = plan.search(joined, context)
    except Exception:  # noqa: BLE001  # the law of isolation: each rule is asked by itself
        return None
    found: dict[int, list[Finding]] = {}
    for number, item in violated:
        found.setdefault(number, []).append(Finding(item, Truth.VIOLATED))
    for rule in plan.asked:
        troubled = troubles(rule, joined, context)
        if troubled:
            found[plan.position[rule]] = troubled
    said: Findings = {**plan.clear}
    for number, findings in found.items():
        said[plan.resolution[number].rule] = findings
    return said, sorted(found)
