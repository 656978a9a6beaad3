"""Evaluate: the raw truth of every rule on every item, whatever else fired."""

import enum
from collections.abc import Sequence
from typing import Any

from rules_engine.engine.plan import Plan
from rules_engine.rules import RULES
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
"""What rules say, each on every item of its scope; nothing for a rule that is clear on all of them."""

_OWN = frozenset(RULES)


def evaluate(rule: Rule[Any], joined: Joined, context: Context) -> list[Finding]:
    """Ask one rule for its raw truth on every item of its scope."""
    items: Sequence[Any] | None = rule.scope.select(joined)
    if items is None:
        return [Finding(None, Truth.UNDECIDED)]
    return [_finding(rule, item, context) for item in items]


def troubles(rule: Rule[Any], joined: Joined, context: Context) -> Sequence[Finding]:
    """Ask one rule for its raw truth on every item of its scope; nothing where it is clear on all of them."""
    items: Sequence[Any] | None = rule.scope.select(joined)
    # Our own rules are undecided only where the join notes an unknown fact.
    if items is not None and (rule.undecided_when is None or (not joined.unknown and rule in _OWN)):
        violated = rule.violated
        try:
            for item in items:
                if violated(item, context):
                    break
            else:
                return ()
        except Exception:  # noqa: BLE001, S110  # the same law: told below, for each item by itself
            pass
    findings = evaluate(rule, joined, context)
    return findings if any(finding.truth is not Truth.CLEAR for finding in findings) else ()


def _finding(rule: Rule[Any], item: Any, context: Context) -> Finding:
    try:
        if rule.violated(item, context):
            return Finding(item, Truth.VIOLATED)
        if rule.undecided_when is not None and rule.undecided_when(item, context):
            return Finding(item, Truth.UNDECIDED)
    except Exception as error:  # noqa: BLE001  # law of isolation: one rule that raises does not take the verdict down
        return Finding(item, Truth.RAISED, type(error).__name__)
    return Finding(item, Truth.CLEAR)


def search(plan: Plan, joined: Joined, context: Context) -> Findings:
    """Evaluate the rules of the scopes that hold an item which is not clear; the others are clear everywhere."""
    if joined.unknown or plan.search is None:
        return {}
    try:
        stages = plan.search(joined, context)
    except Exception:  # noqa: BLE001  # the law of isolation: each rule is asked by itself
        return {}
    said: Findings = {**plan.clear}
    for stage in stages:
        for rule in plan.suspects[stage]:
            said[rule] = troubles(rule, joined, context)
    return said
