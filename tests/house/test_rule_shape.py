"""Invariants 11 and 12: a rule is one boolean expression of the grammar, and a limit one side of one comparison."""

import ast
import inspect
from typing import Any

import attrs
import pytest

from rules_engine import OPERATIONS, RULES
from rules_engine.rules.expression import WrittenExpression, read_expression
from rules_engine.views.scope import Scope

EXPRESSIONS = {
    f"{rule.name}, {called}": read_expression(asked)
    for rule in RULES
    for called, asked in (("violated", rule.violated), ("undecided_when", rule.undecided_when))
    if asked is not None
}
SCOPES: tuple[Scope[Any], ...] = tuple(
    dict.fromkeys(scope for operation in OPERATIONS.values() for scope in operation.scopes)
)


@pytest.mark.parametrize("written", EXPRESSIONS.values(), ids=EXPRESSIONS)
def test_expression(written: WrittenExpression) -> None:
    """A rule is in the grammar; each limit, and the clock, is one side of one comparison with one operator."""
    assert written.problems == ()
    nodes = list(ast.walk(written.tree))
    comparisons = [node for node in nodes if isinstance(node, ast.Compare) and len(node.ops) == 1]
    sides = [side for node in comparisons for side in (node.left, node.comparators[0])]
    limits = [limit for node in nodes if (limit := written.limit_at(node)) is not None]
    compared = [limit for side in sides if (limit := written.limit_at(side)) is not None]
    assert sorted(map(repr, compared)) == sorted(set(map(repr, limits)))
    assert [
        node for node in nodes if isinstance(node, ast.Attribute) and node.attr == "now" and node not in sides
    ] == []


@pytest.mark.parametrize("scope", SCOPES, ids=lambda scope: scope.name)
def test_views(scope: Scope[Any]) -> None:
    """What a rule looks at is plain slots: reading one computes nothing."""
    view = scope.view
    names = {field.name for field in attrs.fields(view)}
    assert names <= {slot for each in view.__mro__ for slot in getattr(each, "__slots__", ())}
    computed = [
        name
        for name, value in inspect.getmembers(view, lambda value: isinstance(value, property) or callable(value))
        if not name.startswith("__")
    ]
    assert computed == []
