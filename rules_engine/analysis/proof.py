"""What follows from limits and policies alone, without judging a draft.

Which way a limit makes a rule stricter is the direction of the one comparison that it stands in (invariant 12).

A draft reports a code where a rule of that code is enforced at that instant, is violated, is not waived and is not
blocked by a need. All four depend on the policy in one way only: on which rules are enforced and from when, on the
limits that they read, and on the waivers (invariants 2, 3, 4 and 12). So one policy is guaranteed to refuse all that
another does, if each of its rules is enforced at least as early, is at least as strict, is waived in no draft where it
is not waived there, and is blocked no more than there.
"""

import ast
from collections.abc import Iterable
from functools import cache
from typing import Any, Final, Literal

from attrs import evolve

from rules_engine.analysis.applied import AppliedPolicy
from rules_engine.codes import PROMOTION_CODE_NOT_FOUND, RESOURCE_MISSING
from rules_engine.policy.model import Waiver
from rules_engine.rules.expression import WrittenExpression, expression_of
from rules_engine.rules.kinds import Setting
from rules_engine.rules.row import Rule
from rules_engine.views.context import Limit

_MISSING: Final = (RESOURCE_MISSING, PROMOTION_CODE_NOT_FOUND)


Stricter = Literal["lower", "higher", "fewer"]
"""What makes a rule refuse more: a lower number or a higher one, or fewer members of a set."""


_GREATER, _LESS = (ast.Gt, ast.GtE), (ast.Lt, ast.LtE)


@cache
def stricter(rule: Rule[Any], limit: Limit[Any]) -> Stricter | None:
    """Return which way a limit makes a rule stricter.

    Args:
        rule: The rule.
        limit: A limit that it reads.

    Returns:
        The direction; None where the expression of the rule cannot be read, or the limit stands in no comparison that
        has one direction only.
    """
    undecided = None if rule.undecided_when is None else expression_of(rule.undecided_when)
    if rule.undecided_when is not None and (undecided is None or limit in undecided.limits):
        return None  # it may decide whether the rule is undecided
    written = expression_of(rule.violated)
    found = set() if written is None else _directions(written, written.tree, limit, positive=True)
    return found.pop() if len(found) == 1 else None


def at_least_as_strict(rule: Rule[Any], limit: Limit[Any], one: Any, other: Any) -> bool:
    """Return whether it is proven that a rule refuses under one value of a limit all that it does under the other.

    Args:
        rule: The rule.
        limit: A limit that it reads.
        one: The value that may be the stricter one.
        other: The other value.
    """
    direction = stricter(rule, limit)
    if one == other or direction is None:
        return bool(one == other)
    return bool(one >= other if direction == "higher" else one <= other)


def refuses(rule: Rule[Any], limit: Limit[Any], bound: Any, quantity: int | str) -> bool:
    """Return whether a rule refuses a quantity, or a member of a set, where its limit has some value.

    Args:
        rule: The rule; one whose limit has no direction is taken to refuse what passes it.
        limit: A limit that it reads.
        bound: The value of the limit.
        quantity: What a draft has.
    """
    if limit.members:
        return quantity not in bound
    return bool(quantity < bound if stricter(rule, limit) == "higher" else quantity > bound)


def settings_of(rule: Rule[Any], limit: Limit[Any]) -> tuple[Setting, ...]:
    """Return how the quantity that a rule compares with a limit can be set in valid examples, and how far."""
    return tuple(setting for setting in rule.settings if limit.members or setting.most is not None)


def _directions(
    written: WrittenExpression, node: ast.expr, limit: Limit[Any], *, positive: bool
) -> set[Stricter | None]:
    match node:
        case ast.BoolOp(values=values):
            return {
                direction for value in values for direction in _directions(written, value, limit, positive=positive)
            }
        case ast.UnaryOp(ast.Not(), operand):
            return _directions(written, operand, limit, positive=not positive)
        case ast.Compare(left, [op], [right]):
            reads_left, reads_right = _reads(written, left, limit), _reads(written, right, limit)
            return {_direction(op, mirrored=reads_left, positive=positive)} if reads_left or reads_right else set()
    return {None} if _reads(written, node, limit) else set()


def _direction(op: ast.cmpop, *, mirrored: bool, positive: bool) -> Stricter | None:
    if isinstance(op, ast.NotIn) and positive and not mirrored:
        return "fewer"
    if isinstance(op, (*_GREATER, *_LESS)):
        return "lower" if isinstance(op, _GREATER) is (mirrored is not positive) else "higher"
    return None


def _reads(written: WrittenExpression, node: ast.expr, limit: Limit[Any]) -> bool:
    return any(written.limit_at(part) is limit for part in ast.walk(node))


def refuses_all(one: AppliedPolicy, other: AppliedPolicy, reporting: Iterable[Rule[Any]]) -> bool:
    """Return whether it is proven that one side refuses for a code every draft that the other side refuses for it.

    Args:
        one: The side that may refuse more.
        other: The side that may refuse less.
        reporting: The rules that report the code.
    """
    return all(
        rule in one.enforced
        and one.enforced[rule] <= other.enforced[rule]
        and _as_strict(rule, one, other)
        and contained(one.waived(rule.code.name), other.waived(rule.code.name))
        and _Blocking(rule, one, other).is_blocked_no_more(rule)
        for rule in reporting
        if rule in other.enforced
    )


def contained(waivers: Iterable[Waiver], others: Iterable[Waiver]) -> bool:
    """Return whether each of some waivers fits only where one of others does: for as many drafts, and as long."""
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


def _as_strict(rule: Rule[Any], one: AppliedPolicy, other: AppliedPolicy) -> bool:
    return all(at_least_as_strict(rule, limit, one.limit(limit), other.limit(limit)) for limit in rule.limits)


class _Blocking:
    """What blocks one rule on one side, compared with the other side."""

    def __init__(self, blocked: Rule[Any], one: AppliedPolicy, other: AppliedPolicy) -> None:
        self._blocked, self._one, self._other = blocked, one, other
        self._known: dict[Rule[Any], bool] = {}

    def is_blocked_no_more(self, rule: Rule[Any]) -> bool:
        """Return whether the needs that block a rule on the one side are sure to block it on the other side too."""
        if rule not in self._known:
            self._known[rule] = all(map(self._harmless, rule.needs))
        return self._known[rule]

    def _harmless(self, need: Rule[Any]) -> bool:
        one, other = self._one, self._other
        if need not in one.enforced or (need in self._blocked.needs and are_exclusive(need, self._blocked)):
            return True
        if need not in other.enforced:
            return False
        # It has to block on the other side wherever it does here, at the instants at which the rule is enforced there.
        as_early = other.enforced[need] <= max(one.enforced[need], other.enforced[self._blocked])
        # A need that refuses more than on the other side reports the very code, where both have the same one.
        reported = need.code is self._blocked.code or (
            _as_strict(need, other, one) and contained(other.waived(need.code.name), one.waived(need.code.name))
        )
        return as_early and reported and self.is_blocked_no_more(need)


def are_exclusive(need: Rule[Any], rule: Rule[Any]) -> bool:
    """Return whether it is declared that no item violates both a need and the rule that has it.

    What does not exist has nothing else to find fault with: a missing object has the values that no rule objects to.
    A property test holds the views to it.
    """
    return need.code in _MISSING and rule.scope is need.scope and need is not rule


def cone(rules: Iterable[Rule[Any]]) -> tuple[Rule[Any], ...]:
    """Return some rules and all that they need, directly or not, each once."""
    found: dict[Rule[Any], None] = {}
    waiting = list(rules)
    while waiting:
        rule = waiting.pop()
        if rule not in found:
            found[rule] = None
            waiting.extend(rule.needs)
    return tuple(found)
