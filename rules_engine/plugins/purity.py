"""Is a rule one boolean expression of its view and the context? Invariant 11, on the source of a rule of a plugin.

The check reads the text of the module that declares the rule, so a rule whose text cannot be had is not lawful: nobody
could tell what it reads.
"""

import ast
import inspect
from collections.abc import Callable, Iterator
from decimal import Decimal
from types import FunctionType, ModuleType
from typing import Any

from rules_engine.rules.declaration import Rule
from rules_engine.views.context import Limit

_GRAMMAR = (
    *(ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub),
    *(ast.Compare, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Is, ast.IsNot, ast.In, ast.NotIn),
    *(ast.BinOp, ast.Add, ast.Attribute, ast.Name, ast.Load, ast.Constant, ast.Tuple, ast.Subscript, ast.Call),
)
_FUNCTIONS = frozenset({"len"})
_CONSTANTS = (bool, int, str, Decimal, frozenset, tuple, Limit, type(None))
_OF_THE_CONTEXT = frozenset({"now", "limits"})


def purity_problems(rule: Rule[Any]) -> list[str]:
    """Tell what is unlawful about the expressions of a rule; nothing, if nothing is.

    Args:
        rule: A rule that somebody else declared.
    """
    problems = list(_problems(rule, rule.violated, "the rule"))
    if rule.undecided_when is not None:
        problems += _problems(rule, rule.undecided_when, "undecided_when")
    return problems


def _problems(rule: Rule[Any], expression: Callable[..., Any], called: str) -> Iterator[str]:
    if not isinstance(expression, FunctionType) or hasattr(expression, "__wrapped__"):
        yield f"{called} must be a plain function"
        return
    if expression.__closure__ or expression.__defaults__ or expression.__kwdefaults__:
        yield f"{called} must not close over variables or have default arguments"
        return
    module = inspect.getmodule(expression)
    written = None if module is None else _written(module, expression)
    if module is None or written is None:
        yield f"the source of {called} cannot be read, so nobody can tell what it reads"
        return
    arguments, returned = written
    if returned is None:
        yield f"{called} must be a docstring and one return of an expression"
        return
    yield from _in_expression(returned, arguments, vars(module), called, expression.__code__.co_firstlineno)
    if limits := {name for name in _limits_read(returned, vars(module)) if name not in rule.limits}:
        names = ", ".join(sorted(limit.name for limit in limits))
        yield f"{called} reads limits that the rule does not declare: {names}"


def _written(module: ModuleType, expression: FunctionType) -> tuple[list[str], ast.expr | None] | None:
    """Find a function in the text of its module: the names of its arguments, and the expression that it returns."""
    try:
        tree = ast.parse(inspect.getsource(module))
    except (OSError, TypeError, SyntaxError):
        return None
    line = expression.__code__.co_firstlineno
    for node in ast.walk(tree):
        if isinstance(node, ast.Lambda) and expression.__name__ == "<lambda>" and node.lineno == line:
            return [argument.arg for argument in node.args.args], node.body
        if isinstance(node, ast.FunctionDef) and node.name == expression.__name__ and _first_line(node) == line:
            return [argument.arg for argument in node.args.args], _returned(node)
    return None


def _first_line(function: ast.FunctionDef) -> int:
    return min([function.lineno, *(decorator.lineno for decorator in function.decorator_list)])


def _returned(function: ast.FunctionDef) -> ast.expr | None:
    match function.body:
        case [ast.Return(value=ast.expr() as value)]:
            return value
        case [ast.Expr(value=ast.Constant()), ast.Return(value=ast.expr() as value)]:
            return value
        case _:
            return None


def _in_expression(
    returned: ast.expr, arguments: list[str], names: dict[str, Any], called: str, line: int
) -> Iterator[str]:
    context = arguments[-1] if arguments else ""
    for node in ast.walk(returned):
        at = f"{called}, line {getattr(node, 'lineno', line)}"
        if not isinstance(node, _GRAMMAR):
            yield f"{at}: {type(node).__name__} has no place in a rule"
        elif isinstance(node, ast.Call) and ast.unparse(node.func) not in _FUNCTIONS:
            yield f"{at}: a rule calls nothing but {', '.join(sorted(_FUNCTIONS))}, and not {ast.unparse(node.func)}"
        elif isinstance(node, ast.Name) and node.id not in {*arguments, *_FUNCTIONS}:
            if not isinstance(names.get(node.id), _CONSTANTS):
                yield f"{at}: {node.id} is no constant of the module"
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value) == context:
            if node.attr not in _OF_THE_CONTEXT:
                yield f"{at}: of the context a rule reads now and limits, and not {node.attr}"
        elif isinstance(node, ast.Attribute) and node.attr.startswith("_"):
            yield f"{at}: {node.attr} is private"


def _limits_read(returned: ast.expr, names: dict[str, Any]) -> set[Limit[Any]]:
    read = (names.get(node.id) for node in ast.walk(returned) if isinstance(node, ast.Name))
    return {value for value in read if isinstance(value, Limit)}
