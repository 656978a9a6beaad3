"""The screen as one generated function: the expressions of all rules, written one after the other.

Rules are single boolean expressions, so a call to each of them can be replaced by what it returns. The function is
registered in `linecache`, so that a traceback through it reads well. A rule whose source cannot be had, or is not of
that form, is called instead. `rules_engine.engine.screen.is_clean_plainly` means the same.
"""

import ast
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from rules_engine.engine.source import Names, definition, load
from rules_engine.rules.declaration import Expression
from rules_engine.subjects.context import Context
from rules_engine.subjects.joined import Joined
from rules_engine.subjects.scope import Scope

Screen = Callable[[Joined, Context], bool]
"""Whether no expression is true of any item."""

_ADMITTED = (
    ast.BoolOp,
    ast.UnaryOp,
    ast.BinOp,
    ast.Compare,
    ast.Attribute,
    ast.Subscript,
    ast.Name,
    ast.Constant,
    ast.Tuple,
    ast.Call,
    ast.boolop,
    ast.unaryop,
    ast.operator,
    ast.cmpop,
    ast.expr_context,
)


class NotInlinableError(Exception):
    """The function is no single expression of its arguments, module constants and `len`."""


class Renamer(ast.NodeTransformer):
    """Rewrites an expression in the names of the generated function."""

    def __init__(self, subject: str, context: str, constants: dict[str, Any], names: Names) -> None:
        """Start.

        Args:
            subject: What the expression calls its subject.
            context: What it calls the context.
            constants: What its other names are.
            names: What the generated function sees.
        """
        self.subject = subject
        self.context = context
        self.constants = constants
        self.names = names

    def visit(self, node: ast.AST) -> Any:
        if not isinstance(node, _ADMITTED):
            raise NotInlinableError(type(node).__name__)
        return super().visit(node)

    def visit_Call(self, node: ast.Call) -> Any:  # the name is the one of ast.NodeVisitor
        if not isinstance(node.func, ast.Name) or node.func.id != "len" or node.keywords:
            raise NotInlinableError("a call")
        node.args = [self.visit(argument) for argument in node.args]
        return node

    def visit_Name(self, node: ast.Name) -> Any:  # the same
        if node.id == self.subject:
            return ast.Name("item", ast.Load())
        if node.id == self.context:
            return ast.Name("context", ast.Load())
        if node.id not in self.constants:
            raise NotInlinableError(node.id)
        return ast.Name(self.names.name(self.constants[node.id]), ast.Load())


@cache
def written(expression: Expression[Any]) -> tuple[str, str, str] | None:
    """Give the names of the two arguments and the text of what is returned; None where that cannot be had."""
    function = definition(expression)
    match function:
        case ast.FunctionDef(args=ast.arguments(args=[subject, context])):
            pass
        case _:
            return None
    match function.body:
        case [ast.Return(value=ast.expr() as returned)] | [ast.Expr(), ast.Return(value=ast.expr() as returned)]:
            return subject.arg, context.arg, ast.unparse(returned)
    return None


def _inlined(expression: Expression[Any], names: Names) -> str:
    parsed = written(expression)
    if parsed is not None:
        subject, context, text = parsed
        renamer = Renamer(subject, context, expression.__globals__, names)
        try:
            return ast.unparse(renamer.visit(ast.parse(text, mode="eval").body))
        except NotInlinableError:
            pass
    return f"{names.name(expression)}(item, context)"


def generate(title: str, stages: Iterable[tuple[Scope[Any], Iterable[Expression[Any]]]]) -> Screen:
    """Write the screen of a plan.

    Args:
        title: What the policy and the operation are called; it names the source in tracebacks.
        stages: What to ask of the items of each scope.
    """
    names = Names()
    lines = ["def screen(joined, context):"]
    for scope, expressions in stages:
        lines.append(f"    for item in joined.{scope.name}:")
        asked = "\n            or ".join(f"({_inlined(expression, names)})" for expression in expressions)
        lines += ["        if (", f"            {asked}", "        ):", "            return False"]
    lines.append("    return True")
    screen: Screen = load("\n".join(lines) + "\n", f"<screen of {title}>", "screen", names)
    return screen
