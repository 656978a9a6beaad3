"""Limits that do nothing, or leave nothing."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from rules_engine.comparison.polarity import Stricter, stricter
from rules_engine.comparison.proof import side
from rules_engine.comparison.specimen import broken
from rules_engine.examples.dials import DIALS, Dial
from rules_engine.lint.finding import LIMIT_UNREAD, LIMITS_CONTRADICT, RULE_NEVER_FIRES, Finding, finding, states
from rules_engine.policy.model import LIMITS_BY_NAME, Policy
from rules_engine.rules import RULES
from rules_engine.rules.declaration import Rule
from rules_engine.views.context import Limit
from rules_engine.violation import Mode

_OURS = frozenset(RULES)


def limit_findings(policy: Policy, rules: Mapping[str, Rule[Any]]) -> Iterator[Finding]:
    """Find limits that no draft reaches, that contradict each other, and that nobody reads.

    Args:
        policy: The policy.
        rules: Every rule by its name.
    """
    yield from _never_fires(policy, rules)
    yield from _contradictions(policy)
    yield from _unread(policy, rules)


def _never_fires(policy: Policy, rules: Mapping[str, Rule[Any]]) -> Iterator[Finding]:
    for dial in DIALS:
        limit, rule = LIMITS_BY_NAME[dial.limit], rules[dial.rule]
        operations = _standing_in(policy, rule.name)
        if operations and _out_of_reach(dial, rule, limit, policy) and not _fires(rule, policy, operations, rules):
            value, most = policy.limit_values[limit], dial.most
            reach = f"more than {most}" if stricter(rule, limit) is Stricter.LOWER else f"less than {dial.least}"
            message = f"{rule.name} can never fire: {limit.name} is {value}, and no draft has {reach} {limit.unit}"
            fix = f"Set {limit.name} to a value that drafts pass, or turn {rule.name} off and say so."
            yield finding(policy, RULE_NEVER_FIRES, message, fix, ("limits", limit.name))


def _standing_in(policy: Policy, rule: str) -> list[str]:
    if policy.modes.get(rule, Mode.ENFORCE) is Mode.OFF:
        return []
    return [operation for operation, pipeline in policy.pipelines.items() if rule in pipeline]


def _out_of_reach(dial: Dial, rule: Rule[Any], limit: Limit[Any], policy: Policy) -> bool:
    value = policy.limit_values[limit]
    if dial.least is None or dial.most is None:
        return False
    match stricter(rule, limit):
        case Stricter.LOWER:
            return bool(value >= dial.most)
        case Stricter.HIGHER:
            return bool(value <= dial.least)
        case _:
            return False


def _fires(rule: Rule[Any], policy: Policy, operations: list[str], rules: Mapping[str, Rule[Any]]) -> bool:
    """Tell whether a draft is known that violates the rule all the same, in another way than its dial turns it."""
    return any(
        draft.violates(rule, side(policy, operation, rules))
        for operation in operations
        for draft in broken(operation, rule.name)
    )


@cache
def opposing_limits() -> tuple[tuple[Dial, Dial], ...]:
    """Give the dials that set one quantity which is bounded from both sides: the one from below, the one from above."""
    rules = {rule.name: rule for rule in RULES}
    ways = {dial: stricter(rules[dial.rule], LIMITS_BY_NAME[dial.limit]) for dial in DIALS}
    return tuple(
        (low, high)
        for low in DIALS
        for high in DIALS
        if (ways[low], ways[high]) == (Stricter.HIGHER, Stricter.LOWER) and _place(low) == _place(high)
    )


def _place(dial: Dial) -> tuple[str, frozenset[str]]:
    return dial.example, frozenset(dial.turn(dial.least))


def _contradictions(policy: Policy) -> Iterator[Finding]:
    for low, high in opposing_limits():
        least, most = (policy.limit_values[LIMITS_BY_NAME[dial.limit]] for dial in (low, high))
        together = any({low.rule, high.rule} <= set(pipeline) for pipeline in policy.pipelines.values())
        both = all(policy.modes.get(dial.rule, Mode.ENFORCE) is Mode.ENFORCE for dial in (low, high))
        if together and both and least > most:
            unit = LIMITS_BY_NAME[low.limit].unit
            message = f"{low.limit} is {least} and {high.limit} is {most}: no number of {unit} passes both"
            fix = f"Set {low.limit} to {most} or less, or {high.limit} to {least} or more."
            paths = [("limits", dial.limit) for dial in (low, high)]
            paths.sort(key=lambda path: not (path in policy.origins and states(policy, path)))
            yield finding(policy, LIMITS_CONTRADICT, message, fix, *paths)


def _unread(policy: Policy, rules: Mapping[str, Rule[Any]]) -> Iterator[Finding]:
    read = {
        limit.name
        for name, rule in rules.items()
        if rule not in _OURS or _standing_in(policy, name)
        for limit in rule.limits
    }
    for name in policy.limits:
        path = ("limits", name)
        if name not in read and path in policy.origins and states(policy, path):
            readers = ", ".join(rule.name for rule in RULES if LIMITS_BY_NAME[name] in rule.limits)
            message = f"{name} is set, and no rule that reads it applies: {readers}"
            fix = f"Remove {name}, or let a rule that reads it apply."
            yield finding(policy, LIMIT_UNREAD, message, fix, path)
