"""What follows from two policies alone, without judging a draft.

A draft hears a code where a rule that says it is enforced, is violated, and is not blocked by a need. All three depend
on the policy in one way only: on which rules are enforced, and on the limits that they read (laws 3, 4 and 12; the
order of a pipeline orders the report and nothing else). So one policy surely refuses all that another does, if each of
its rules is enforced, is at least as strict, and is blocked no more than there.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

from rules_engine.comparison.exclusive import exclusive
from rules_engine.comparison.polarity import at_least_as_strict
from rules_engine.policy.model import Policy
from rules_engine.rules.declaration import Rule
from rules_engine.subjects.context import Limit
from rules_engine.violation import Mode


@frozen(eq=False)
class Side:
    """One policy on one operation.

    Attributes:
        policy: The policy.
        operation: The name of the operation.
        enforced: The rules that can refuse there.
        limits: The value of every limit.
    """

    policy: Policy
    operation: str
    enforced: frozenset[Rule[Any]]
    limits: Mapping[Limit[Any], Any]

    def limit(self, limit: Limit[Any]) -> Any:
        """Tell the value of a limit; one that no policy can set has its default."""
        return self.limits.get(limit, limit.default)


def side(policy: Policy, operation: str, rules: Mapping[str, Rule[Any]]) -> Side:
    """Look at one policy on one operation."""
    pipeline = policy.pipelines.get(operation, ())
    enforced = frozenset(rules[name] for name in pipeline if policy.modes.get(name, Mode.ENFORCE) is Mode.ENFORCE)
    return Side(policy, operation, enforced, policy.limit_values)


def refuses_all(one: Side, other: Side, saying: Iterable[Rule[Any]]) -> bool:
    """Tell whether it is proven that one side refuses for a code every draft that the other side refuses for it.

    Args:
        one: The side that may refuse more.
        other: The side that may refuse less.
        saying: The rules that say the code.
    """
    return all(
        rule in one.enforced and _as_strict(rule, one, other) and _Blocking(rule, one, other).blocked_no_more(rule)
        for rule in saying
        if rule in other.enforced
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
        if need not in self._one.enforced or (need in self._blocked.needs and exclusive(need, self._blocked)):
            return True
        # A need that refuses more than on the other side is heard with the very code, where it says the same one.
        heard = need.code is self._blocked.code or _as_strict(need, self._other, self._one)
        return need in self._other.enforced and heard and self.blocked_no_more(need)


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
