"""How a rule compares a quantity with a limit: which way the limit is stricter, and which quantities drafts can have.

Both stand in the row of the rule. Where the rule has an expression of its own, the direction is that of the one
comparison that the limit stands in (invariant 12).
"""

import ast
import enum
from functools import cache
from typing import Any

from rules_engine.rules.expression import WrittenExpression, expression_of
from rules_engine.rules.kinds import Bound, Expressed, Setting
from rules_engine.rules.row import Rule
from rules_engine.views.context import Limit


class Stricter(enum.Enum):
    """What a policy does to a limit so that a rule refuses more, and nothing less."""

    LOWER = "lower"
    """A lower number: the rule refuses what passes the limit."""
    HIGHER = "higher"
    """A higher number: the rule refuses what falls short of it."""
    FEWER = "fewer"
    """Fewer members: the rule refuses what is not among them."""


_GREATER, _LESS = (ast.Gt, ast.GtE), (ast.Lt, ast.LtE)
_OPPOSITE = {Stricter.LOWER: Stricter.HIGHER, Stricter.HIGHER: Stricter.LOWER}


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
    if _undecided_by(rule, limit):
        return None
    bound = bound_of(rule)
    if bound is not None:
        ways = {Stricter.HIGHER: bound.minimum, Stricter.LOWER: bound.maximum}
        found: set[Stricter | None] = {way for way, stated in ways.items() if stated is limit}
    else:
        written = expression_of(rule.violated)
        found = set() if written is None else _directions(written, written.tree, limit, positive=True)
    return found.pop() if len(found) == 1 else None


def bound_of(rule: Rule[Any]) -> Bound | None:
    """Return the bound that a rule is, as data; None where it is another kind, or has an expression of its own."""
    kind = rule.violated.kind if isinstance(rule.violated, Expressed) else None
    return kind if isinstance(kind, Bound) else None


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
    return bool(one >= other if direction is Stricter.HIGHER else one <= other)


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
    return bool(quantity < bound if stricter(rule, limit) is Stricter.HIGHER else quantity > bound)


def settings_of(rule: Rule[Any], limit: Limit[Any]) -> tuple[Setting, ...]:
    """Return how the quantity that a rule compares with a limit can be set in valid examples, and how far."""
    return tuple(setting for setting in rule.settings if limit.members or setting.most is not None)


def _undecided_by(rule: Rule[Any], limit: Limit[Any]) -> bool:
    """Return whether a limit may decide if a rule is undecided: then it has no direction."""
    if rule.undecided_when is None:
        return False
    written = expression_of(rule.undecided_when)
    return written is None or limit in written.limits


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
        return Stricter.FEWER
    if isinstance(op, (*_GREATER, *_LESS)):
        direction = Stricter.LOWER if isinstance(op, _GREATER) else Stricter.HIGHER
        return direction if mirrored is not positive else _OPPOSITE[direction]
    return None


def _reads(written: WrittenExpression, node: ast.expr, limit: Limit[Any]) -> bool:
    return any(written.limit_at(part) is limit for part in ast.walk(node))
