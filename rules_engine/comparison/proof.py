"""What follows from two policies alone, without judging a draft.

A draft hears a code where a rule that says it is enforced at that instant, is violated, is not waived and is not
blocked by a need. All four depend on the policy in one way only: on which rules are enforced and from when, on the
limits that they read, and on the waivers (invariants 2, 3, 4 and 12).
So one policy surely refuses all that another does, if each of its rules is enforced at least as early, is at least as
strict, is waived in no draft where it is not waived there, and is blocked no more than there.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from attrs import evolve, frozen

from rules_engine.comparison.exclusive import exclusive
from rules_engine.comparison.polarity import at_least_as_strict
from rules_engine.policy.model import Policy
from rules_engine.policy.waiver import SESSIONS, Waiver
from rules_engine.rules.declaration import Rule
from rules_engine.views.context import Limit
from rules_engine.violation import Mode

ALWAYS: Final = datetime.min.replace(tzinfo=UTC)
"""The start of what has none."""


@frozen(eq=False)
class Side:
    """One policy on one operation.

    Attributes:
        policy: The policy.
        operation: The name of the operation.
        enforced: The rules that can refuse there, each with the instant from which it does.
        limits: The value of every limit.
        waivers: The waivers that may fit a draft there, by the name of the code.
    """

    policy: Policy
    operation: str
    enforced: Mapping[Rule[Any], datetime]
    limits: Mapping[Limit[Any], Any]
    waivers: Mapping[str, tuple[Waiver, ...]]

    def limit(self, limit: Limit[Any]) -> Any:
        """Tell the value of a limit; one that no policy can set has its default."""
        return self.limits.get(limit, limit.default)

    def waived(self, code: str) -> tuple[Waiver, ...]:
        """Give the waivers of a code."""
        return self.waivers.get(code, ())


def side(policy: Policy, operation: str, rules: Mapping[str, Rule[Any]]) -> Side:
    """Look at one policy on one operation."""
    enforced = {
        rules[name]: policy.enforce_from.get(name, ALWAYS)
        for name in policy.pipelines.get(operation, ())
        if policy.modes.get(name, Mode.ENFORCE) is Mode.ENFORCE
    }
    waivers: dict[str, tuple[Waiver, ...]] = {}
    for waiver in policy.waivers:
        if _may_fit(waiver, operation):
            waivers[waiver.code] = (*waivers.get(waiver.code, ()), waiver)
    return Side(policy, operation, enforced, policy.limit_values, waivers)


def _may_fit(waiver: Waiver, operation: str) -> bool:
    """Tell whether a waiver may fit a draft of an operation: only sessions have metadata that could match."""
    match = waiver.match
    return match.operation in (None, operation) and (match.metadata is None or operation.startswith(SESSIONS))


def refuses_all(one: Side, other: Side, saying: Iterable[Rule[Any]]) -> bool:
    """Tell whether it is proven that one side refuses for a code every draft that the other side refuses for it.

    Args:
        one: The side that may refuse more.
        other: The side that may refuse less.
        saying: The rules that say the code.
    """
    return all(
        rule in one.enforced
        and one.enforced[rule] <= other.enforced[rule]
        and _as_strict(rule, one, other)
        and contained(one.waived(rule.code.name), other.waived(rule.code.name))
        and _Blocking(rule, one, other).blocked_no_more(rule)
        for rule in saying
        if rule in other.enforced
    )


def contained(waivers: Iterable[Waiver], others: Iterable[Waiver]) -> bool:
    """Tell whether each of some waivers fits only where one of others does: for as many drafts, and as long."""
    found = tuple(others)
    return all(any(_covers(other, waiver) for other in found) for waiver in waivers)


def _covers(wider: Waiver, waiver: Waiver) -> bool:
    one, other = wider.match, waiver.match
    return (
        wider.expires >= waiver.expires
        and one.merchant in (None, other.merchant)
        and (
            one.metadata in (None, other.metadata)
            or (other.metadata is not None and one.metadata == evolve(other.metadata, value=None))
        )
    )


def _as_strict(rule: Rule[Any], one: Side, other: Side) -> bool:
    return all(at_least_as_strict(rule, limit, one.limit(limit), other.limit(limit)) for limit in rule.limits)


class _Blocking:
    """What blocks one rule on one side, held against the other side."""

    def __init__(self, blocked: Rule[Any], one: Side, other: Side) -> None:
        self._blocked, self._one, self._other = blocked, one, other
        self._known: dict[Rule[Any], bool] = {}

    def blocked_no_more(self, rule: Rule[Any]) -> bool:
        """Tell whether the needs that block a rule on the one side surely block it on the other side too."""
        if rule not in self._known:
            self._known[rule] = all(map(self._harmless, rule.needs))
        return self._known[rule]

    def _harmless(self, need: Rule[Any]) -> bool:
        one, other = self._one, self._other
        if need not in one.enforced or (need in self._blocked.needs and exclusive(need, self._blocked)):
            return True
        if need not in other.enforced:
            return False
        # It has to block on the other side wherever it does here, at the instants at which the rule is enforced there.
        as_early = other.enforced[need] <= max(one.enforced[need], other.enforced[self._blocked])
        # A need that refuses more than on the other side is heard with the very code, where it says the same one.
        heard = need.code is self._blocked.code or (
            _as_strict(need, other, one) and contained(other.waived(need.code.name), one.waived(need.code.name))
        )
        return as_early and heard and self.blocked_no_more(need)


def cone(rules: Iterable[Rule[Any]]) -> tuple[Rule[Any], ...]:
    """Give some rules and all that they need, directly or not, each once."""
    found: dict[Rule[Any], None] = {}
    waiting = list(rules)
    while waiting:
        rule = waiting.pop()
        if rule not in found:
            found[rule] = None
            waiting.extend(rule.needs)
    return tuple(found)
