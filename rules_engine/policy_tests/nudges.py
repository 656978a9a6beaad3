"""The least steps away from the value of a limit, and the draft that each of them takes to be noticed."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from rules_engine.comparison.polarity import Stricter, stricter
from rules_engine.examples.dials import DIALS
from rules_engine.policy.model import LimitValue, Policy
from rules_engine.rules.declaration import Rule
from rules_engine.views.context import Limit
from rules_engine.violation import Mode

UNREAD: Final = "no rule of the policy reads the limit"


@frozen
class Nudge:
    """Another value of a limit.

    Attributes:
        value: The value.
        what: How it reads in a report.
        killer: The test that would notice it.
        equivalent: Why no draft can tell; "" where nobody knows a reason.
    """

    value: LimitValue
    what: str
    killer: str
    equivalent: str = ""


def readers(policy: Policy, limit: Limit[Any], rules: Mapping[str, Rule[Any]]) -> tuple[Rule[Any], ...]:
    """Give the rules of a policy that read a limit, without those that are off."""
    names = dict.fromkeys(name for pipeline in policy.pipelines.values() for name in pipeline)
    return tuple(
        rules[name] for name in names if limit in rules[name].limits and policy.modes.get(name) is not Mode.OFF
    )


def nudges(policy: Policy, limit: Limit[Any], reading: tuple[Rule[Any], ...]) -> Iterator[Nudge]:
    """Give the nearest other values that a policy may give a limit.

    Args:
        policy: The policy.
        limit: The limit.
        reading: The rules of the policy that read it.
    """
    value = policy.limits.get(limit.name, limit.default)
    if isinstance(value, frozenset):
        yield from _of_set(limit, value, "" if reading else UNREAD)
        return
    for nudged in (value - 1, value + 1):
        if (limit.minimum is None or nudged >= limit.minimum) and (limit.maximum is None or nudged <= limit.maximum):
            yield _of_number(limit, value, nudged, reading)


def _of_number(limit: Limit[Any], value: int, nudged: int, reading: tuple[Rule[Any], ...]) -> Nudge:
    telling = {
        rule: min(value, nudged) if stricter(rule, limit) is Stricter.HIGHER else max(value, nudged) for rule in reading
    }
    drafts = " or ".join(f"exactly {quantity} {limit.unit}" for quantity in dict.fromkeys(telling.values()))
    return Nudge(
        nudged,
        f"{limit.name} = {nudged} in place of {value}",
        f"a draft with {drafts or 'nothing'}, in the eyes of {_named(reading)}",
        _beyond(limit, telling) if reading else UNREAD,
    )


def _beyond(limit: Limit[Any], telling: Mapping[Rule[Any], int]) -> str:
    """Tell why no draft has the quantities that would tell; "" where one may have them."""
    reasons = []
    for rule, quantity in telling.items():
        dials = [dial for dial in DIALS if (dial.rule, dial.limit) == (rule.name, limit.name)]
        if not dials:
            return ""
        for dial in dials:
            if dial.least is None or dial.most is None or dial.least <= quantity <= dial.most:
                return ""
            reasons.append(dial.beyond)
    return "; ".join(dict.fromkeys(reasons))


def _of_set(limit: Limit[Any], value: frozenset[str], equivalent: str) -> Iterator[Nudge]:
    for member in sorted(value):
        yield Nudge(
            value - {member}, f"{limit.name} without {member}", f"a draft in which {member} is taken", equivalent
        )
    others = limit.members - value
    if others:
        words = "every other" if len(others) > 1 else min(others)
        killer = f"a draft in which one of {', '.join(sorted(others))} is refused"
        yield Nudge(limit.members, f"{limit.name} with {words}", killer, equivalent)


def _named(rules: tuple[Rule[Any], ...]) -> str:
    return " or ".join(rule.name for rule in rules) or "no rule"
