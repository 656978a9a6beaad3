"""How a rule compares a quantity with a limit: which way the limit is stricter, and which quantities drafts can have.

The direction is that of the one comparison that the limit stands in (invariant 12); the quantities are in the row.
"""

import ast
from functools import cache
from typing import Any, Literal

from rules_engine.rules.expression import WrittenExpression, expression_of
from rules_engine.rules.kinds import Setting
from rules_engine.rules.row import Rule
from rules_engine.views.context import Limit

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
