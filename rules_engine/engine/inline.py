"""The screen as one generated function: the expressions of all rules, written one after the other.

Rules are single boolean expressions, so a call to each of them can be replaced by what it returns. The function is
registered in `linecache`, so that a traceback through it reads well. A rule whose source cannot be had, or is not of
that form, is called instead. `rules_engine.engine.screen.is_clean_plainly` means the same.
"""

import ast
import copy
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from rules_engine.engine.evaluate import Finding, Truth
from rules_engine.engine.source import Names, load
from rules_engine.rules.expression import SYNTAX, WrittenExpression, expression_of
from rules_engine.rules.row import Expression
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


class _Renamer(ast.NodeTransformer):
    """Rewrites an expression in the names of the generated function."""

    def __init__(self, written: WrittenExpression, asked: str, names: Names) -> None:
        """Start.

        Args:
            written: The expression.
            asked: What the generated function calls the context that it is asked under.
            names: What the generated function sees.
        """
        self._written = written
        self._arguments = {written.view: "item", written.context: asked}
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:  # the name is the one of ast.NodeVisitor
        """Return the name of the generated function; what no module has is built in."""
        if node.id in self._arguments:
            return ast.Name(self._arguments[node.id], ast.Load())
        if node.id not in self._written.names:
            return node
        return ast.Name(self._names.name(self._written.names[node.id]), ast.Load())


def _inlined(expression: Expression[Any], asked: str, names: Names) -> str:
    """Write an expression in the names of the generated function; `asked` is the context it is asked under."""
    written = expression_of(expression)
    if written is None:
        return f"{names.name(expression)}(item, {asked})"
    return ast.unparse(_Renamer(written, asked, names).visit(copy.deepcopy(written.tree)))


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
    with SYNTAX:
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
    with SYNTAX:
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
