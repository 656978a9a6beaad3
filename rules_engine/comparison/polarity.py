"""Which way a limit makes a rule stricter: read off the one comparison that the limit stands in (invariant 12)."""

import ast
import enum
from functools import cache
from typing import Any

from rules_engine.engine.inline import written
from rules_engine.rules.declaration import Rule
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
    """Tell which way a limit makes a rule stricter.

    Args:
        rule: The rule.
        limit: A limit that it reads.

    Returns:
        The direction; None where the source of the rule cannot be had, or the limit stands in no comparison that has
        one direction only.
    """
    source = written(rule.violated)
    if source is None or _undecided_by_limits(rule):
        return None
    _, context, text = source
    found = _directions(ast.parse(text, mode="eval").body, context, vars_of(rule), limit, positive=True)
    return found.pop() if len(found) == 1 else None


def _undecided_by_limits(rule: Rule[Any]) -> bool:
    """Tell whether a limit may decide if a rule is undecided: then it has no direction."""
    code = getattr(rule.undecided_when, "__code__", None)
    return rule.undecided_when is not None and (code is None or "limits" in code.co_names)


def vars_of(rule: Rule[Any]) -> dict[str, Any]:
    """Give the names that the expression of a rule sees."""
    names: dict[str, Any] = getattr(rule.violated, "__globals__", {})
    return names


def _directions(
    node: ast.expr, context: str, names: dict[str, Any], limit: Limit[Any], *, positive: bool
) -> set[Stricter | None]:
    if isinstance(node, ast.BoolOp):
        return {
            direction
            for value in node.values
            for direction in _directions(value, context, names, limit, positive=positive)
        }
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return _directions(node.operand, context, names, limit, positive=not positive)
    if not isinstance(node, ast.Compare) or len(node.ops) != 1:
        return {None} if _reads(node, context, names, limit) else set()
    left, right = (_reads(side, context, names, limit) for side in (node.left, node.comparators[0]))
    if not left and not right:
        return set()
    return {_direction(node.ops[0], mirrored=left, positive=positive)}


def _direction(op: ast.cmpop, *, mirrored: bool, positive: bool) -> Stricter | None:
    if isinstance(op, ast.NotIn) and positive and not mirrored:
        return Stricter.FEWER
    if isinstance(op, (*_GREATER, *_LESS)):
        direction = Stricter.LOWER if isinstance(op, _GREATER) else Stricter.HIGHER
        return direction if mirrored is not positive else _OPPOSITE[direction]
    return None


def _reads(node: ast.expr, context: str, names: dict[str, Any], limit: Limit[Any]) -> bool:
    return any(
        isinstance(part, ast.Subscript)
        and ast.unparse(part.value) == f"{context}.limits"
        and isinstance(part.slice, ast.Name)
        and names.get(part.slice.id) is limit
        for part in ast.walk(node)
    )


def at_least_as_strict(rule: Rule[Any], limit: Limit[Any], one: Any, other: Any) -> bool:
    """Tell whether a rule surely refuses under one value of a limit all that it refuses under the other.

    Args:
        rule: The rule.
        limit: A limit that it reads.
        one: The value that may be the stricter one.
        other: The other value.
    """
    if one == other:
        return True
    match stricter(rule, limit):
        case Stricter.LOWER:
            return bool(one < other)
        case Stricter.HIGHER:
            return bool(one > other)
        case Stricter.FEWER:
            return bool(one <= other)
        case None:
            return False
