"""The screen as one generated function: the expressions of all rules, written one after the other.

Rules are single boolean expressions, so a call to each of them can be replaced by what it returns. The function is
registered in `linecache`, so that a traceback through it reads well. A rule whose source cannot be had, or is not of
that form, is called instead. `rules_engine.engine.screen.is_clean_plainly` means the same.
"""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Protocol, TypeVar

from rules_engine.engine.evaluate import Finding, Truth
from rules_engine.engine.source import WRITING, Names, definition, load
from rules_engine.rules.declaration import Expression
from rules_engine.views.context import Context
from rules_engine.views.scope import Scope
from rules_engine.views.views import Views

S = TypeVar("S")

Screen = Callable[[Views, Context], bool]
"""Whether no expression is true of any item."""
Search = Callable[[Views, Context], Sequence[tuple[int, Finding]]]
"""What rules say of the items where they are not clear, each with its place; those of one rule in their order."""
Sought = tuple[int, Expression[S], Expression[S] | None]
"""A rule: its place, whether it is violated, and whether it is undecided where it is not; None where it cannot be."""
Stages = Iterable[tuple[Scope[Any], Iterable[Expression[Any]]]]
"""What to ask of the items of each scope."""


class _Generated(Protocol):
    """A screen that may be given a second context, for what is asked under other limits."""

    def __call__(self, views: Views, context: Context, other: Context | None = None, /) -> bool: ...


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

    def __init__(self, view: str, context: str, asked: str, constants: dict[str, Any], names: Names) -> None:
        """Start.

        Args:
            view: What the expression calls its view.
            context: What it calls the context.
            asked: What the generated function calls the context that the expression is asked under.
            constants: What its other names are.
            names: What the generated function sees.
        """
        self.view = view
        self.context = context
        self.constants = constants
        self.names = names
        self._asked = asked

    def visit(self, node: ast.AST) -> Any:
        """Rewrite a part; one that no rule of ours has is refused."""
        if not isinstance(node, _ADMITTED):
            raise NotInlinableError(type(node).__name__)
        return super().visit(node)

    def visit_Call(self, node: ast.Call) -> Any:  # the name is the one of ast.NodeVisitor
        """Admit `len`."""
        if not isinstance(node.func, ast.Name) or node.func.id != "len" or node.keywords:
            raise NotInlinableError("a call")
        node.args = [self.visit(argument) for argument in node.args]
        return node

    def visit_Name(self, node: ast.Name) -> Any:  # the same
        """Give a name that of the generated function."""
        if node.id == self.view:
            return ast.Name("item", ast.Load())
        if node.id == self.context:
            return ast.Name(self._asked, ast.Load())
        if node.id not in self.constants:
            raise NotInlinableError(node.id)
        return ast.Name(self.names.name(self.constants[node.id]), ast.Load())


@cache
def written(expression: Expression[Any]) -> tuple[str, str, str] | None:
    """Give the names of the two arguments and the text of what is returned; None where that cannot be had."""
    function = definition(expression)
    match function:
        case ast.FunctionDef(args=ast.arguments(args=[view, context])):
            pass
        case _:
            return None
    match function.body:
        case [ast.Return(value=ast.expr() as returned)] | [ast.Expr(), ast.Return(value=ast.expr() as returned)]:
            return view.arg, context.arg, ast.unparse(returned)
    return None


def _inlined(expression: Expression[Any], asked: str, names: Names) -> str:
    """Write an expression in the names of the generated function; `asked` is the context it is asked under."""
    parsed = written(expression)
    if parsed is not None:
        view, context, text = parsed
        renamer = Renamer(view, context, asked, expression.__globals__, names)
        try:
            return ast.unparse(renamer.visit(ast.parse(text, mode="eval").body))
        except NotInlinableError:
            pass
    return f"{names.name(expression)}(item, {asked})"


def _asking(scope: Scope[Any], expressions: Iterable[Expression[Any]], asked: str, names: Names) -> list[str]:
    """Write the first lines of a loop over the items of a scope: up to what happens where one of them is not clear."""
    text = "\n            or ".join(f"({_inlined(expression, asked, names)})" for expression in expressions)
    return [f"    for item in views.{scope.name}:", "        if (", f"            {text}", "        ):"]


def generate(title: str, stages: Stages, others: Stages = ()) -> _Generated:
    """Write the screen of a plan, or of two plans.

    Args:
        title: What the policy and the operation are called; it names the source in tracebacks.
        stages: What to ask of the items of each scope.
        others: What to ask of them under the second context.
    """
    names = Names()
    lines = ["def screen(views, context, other=None):"]
    with WRITING:
        for asked, scope, expressions in (
            *(("context", *stage) for stage in stages),
            *(("other", *stage) for stage in others),
        ):
            lines += [*_asking(scope, expressions, asked, names), "            return False"]
        lines.append("    return True")
        screen: _Generated = load("\n".join(lines) + "\n", f"<screen of {title}>", "screen", names)
    return screen


def generate_search(title: str, stages: Mapping[Scope[Any], Sequence[Sought[Any]]], *, all_known: bool) -> Search:
    """Write the search of some rules: it goes on where the screen would end, and tells what they say of what.

    Args:
        title: What the policy and the operation are called; it names the source in tracebacks.
        stages: What to seek on the items of each scope.
        all_known: Whether the items of every scope are known. Then most of them are clear, and are passed as in the
            screen.
    """
    names = Names()
    lines = ["def search(views, context):", "    found = []"]
    with WRITING:
        for scope, sought in stages.items():
            if all_known:
                lines += _asking(scope, [ask for _, *asked in sought for ask in asked if ask], "context", names)
                lines += _finding(sought, " " * 12, names)
            else:
                nobody_knows = [(place, Finding(None, Truth.UNDECIDED)) for place, *_ in sought]
                lines += [f"    if views.{scope.name} is None:", f"        found += {names.name(nobody_knows)}"]
                lines += ["    else:", f"        for item in views.{scope.name}:", *_finding(sought, " " * 12, names)]
        lines.append("    return found")
        search: Search = load("\n".join(lines) + "\n", f"<search of {title}>", "search", names)
    return search


def _finding(sought: Iterable[Sought[Any]], indent: str, names: Names) -> Iterator[str]:
    """Write what notes the rules that are not clear of an item."""
    finding = names.name(Finding)
    for place, violated, undecided in sought:
        for word, expression, truth in (("if", violated, Truth.VIOLATED), ("elif", undecided, Truth.UNDECIDED)):
            if expression is not None:
                yield f"{indent}{word} {_inlined(expression, 'context', names)}:"
                yield f"{indent}    found.append(({place}, {finding}(item, {names.name(truth)})))"
