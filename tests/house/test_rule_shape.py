"""Invariants 11 and 12 on syntax trees: a rule is one boolean expression, and a limit one side of one comparison."""

import ast
import inspect
from decimal import Decimal
from typing import Any

import attrs
import pytest

from rules_engine import OPERATIONS
from rules_engine.rules import limits
from rules_engine.views.context import Limit
from rules_engine.views.scope import Scope
from tests.house.declared import Declaration, declarations, limits_read

GRAMMAR = (
    *(ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not),
    *(ast.Compare, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Is, ast.IsNot, ast.In, ast.NotIn),
    *(ast.BinOp, ast.Add, ast.Attribute, ast.Name, ast.Load, ast.Constant, ast.Tuple, ast.Subscript, ast.Call),
)
"""All that a rule is written in."""
FUNCTIONS = {"len"}
"""All that a rule may call."""
SCOPES: tuple[Scope[Any], ...] = tuple(
    dict.fromkeys(scope for operation in OPERATIONS.values() for scope in operation.scopes)
)

every_rule = pytest.mark.parametrize("declaration", declarations(), ids=lambda declaration: declaration.function.name)


def _expressions(declaration: Declaration) -> list[ast.expr]:
    undecided = declaration.undecided
    return [declaration.expression, *([] if undecided is None else [undecided])]


def _is_boolean(expression: ast.expr) -> bool:
    if isinstance(expression, ast.BoolOp):
        return all(map(_is_boolean, expression.values))
    if isinstance(expression, ast.UnaryOp):
        return isinstance(expression.op, ast.Not) and _is_boolean(expression.operand)
    return isinstance(expression, ast.Compare | ast.Attribute)


@every_rule
def test_body(declaration: Declaration) -> None:
    """A rule is a docstring and one return."""
    docstring, returned = declaration.function.body
    assert isinstance(docstring, ast.Expr)
    assert isinstance(docstring.value, ast.Constant)
    assert isinstance(returned, ast.Return)


@every_rule
def test_signature(declaration: Declaration) -> None:
    """A rule takes its view, of the class its scope has, and the context; it says so where it does not read it."""
    arguments = declaration.function.args
    view, context = arguments.args
    others = [*arguments.posonlyargs, *arguments.kwonlyargs, *arguments.defaults, arguments.vararg, arguments.kwarg]
    assert others == [None, None]
    assert ast.unparse(view.annotation or ast.Pass()) == declaration.rule.scope.view.__name__
    assert ast.unparse(context.annotation or ast.Pass()) == "Context"
    assert ast.unparse(declaration.function.returns or ast.Pass()) == "bool"
    reads = any(isinstance(node, ast.Name) and node.id == "ctx" for node in ast.walk(declaration.expression))
    assert context.arg == ("ctx" if reads else "_")


@every_rule
def test_expression(declaration: Declaration) -> None:
    """What a rule says, and when it cannot, are truths built of truths: comparisons, attributes, and, or, not."""
    for expression in _expressions(declaration):
        assert _is_boolean(expression), ast.unparse(expression)


@every_rule
def test_grammar(declaration: Declaration) -> None:
    """Nothing in a rule loops, chooses, formats or makes anything: no comprehension, lambda, condition or call."""
    for expression in _expressions(declaration):
        strange = [ast.unparse(node) for node in ast.walk(expression) if not isinstance(node, GRAMMAR)]
        calls = [ast.unparse(node.func) for node in ast.walk(expression) if isinstance(node, ast.Call)]
        assert strange == []
        assert set(calls) <= FUNCTIONS


@every_rule
def test_globals(declaration: Declaration) -> None:
    """Beside its two arguments a rule reads constants of its module: limits, and numbers that never change."""
    constants = vars(inspect.getmodule(declaration.rule.violated))
    view = declaration.function.args.args[0].arg
    for node in ast.walk(declaration.expression):
        if isinstance(node, ast.Name) and node.id not in {view, "ctx", *FUNCTIONS}:
            assert node.id.isupper(), ast.unparse(node)
            assert isinstance(constants[node.id], int | Decimal | Limit)


@every_rule
def test_context(declaration: Declaration) -> None:
    """Of the context a rule reads the clock, and limits by their own name."""
    for expression in _expressions(declaration):
        for node in ast.walk(expression):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "ctx":
                assert node.attr in {"now", "limits"}
            if isinstance(node, ast.Subscript):
                assert ast.unparse(node.value) == "ctx.limits"
                assert isinstance(getattr(limits, ast.unparse(node.slice)), Limit)


@every_rule
def test_limits(declaration: Declaration) -> None:
    """A limit is one side of one comparison or membership, so that two policies can be compared exactly."""
    for expression in _expressions(declaration):
        compared = [
            limit
            for node in ast.walk(expression)
            if isinstance(node, ast.Compare) and len(node.ops) == 1
            for side in (node.left, node.comparators[0])
            if isinstance(side, ast.Subscript)
            for limit in limits_read(side)
        ]
        assert sorted(compared) == sorted(set(limits_read(expression)))


@pytest.mark.parametrize("scope", SCOPES, ids=lambda scope: scope.name)
def test_views(scope: Scope[Any]) -> None:
    """What a rule looks at is plain slots: reading one computes nothing."""
    view = scope.view
    names = {field.name for field in attrs.fields(view)}
    assert names <= set(view.__slots__)
    computed = [
        name
        for name, value in inspect.getmembers(view, lambda value: isinstance(value, property) or callable(value))
        if not name.startswith("__")
    ]
    assert computed == []
