"""Find what is wrong with a draft: the expressions of some rules, written into one function.

Most drafts are clean, and to call a hundred rules costs more than to evaluate their expressions. So each call is
replaced by what it returns. Two rules of line items, the third and the eighth of a plan,

    def quantity_negative(line: LineItemView, _: Context) -> bool:
        return line.quantity < 0

    def quantity_too_large(line: LineItemView, ctx: Context) -> bool:
        return line.quantity > ctx.limits[MAX_QUANTITY]

become a loop, in which an item that is clear passes by one condition:

    def find(views, context):
        found = {}
        for item in views['line_item']:
            if (
                item.quantity < 0
                or item.quantity > context.limits[MAX_QUANTITY__0]
            ):
                if item.quantity < 0:
                    found.setdefault(3, []).append(Finding__1(item, VIOLATED__2))
                if item.quantity > context.limits[MAX_QUANTITY__0]:
                    found.setdefault(8, []).append(Finding__1(item, VIOLATED__2))
        return found

A rule whose expression cannot be read is called there: `quantity_negative__3(item, context)`.
"""

import ast
import copy
import linecache
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Final

from attrs import frozen

from rules_engine.engine.evaluate import Finding, Findings, Truth, evaluate, may_be_undecided
from rules_engine.rules.expression import SYNTAX, WrittenExpression, expression_of
from rules_engine.rules.row import Expression, Rule
from rules_engine.views.context import Context
from rules_engine.views.scope import Scope
from rules_engine.views.views import Views

_INDENT: Final = " " * 12


class Finder:
    """Rules that are evaluated together; any number of threads may share it.

    Two functions are written for them when they are first needed: one for drafts of which every fact is known, where
    built-in rules are never undecided, and one for the others.
    """

    def __init__(self, title: str, rules: Mapping[int, Rule[Any]], *, written: bool = True) -> None:
        """Write nothing yet.

        Args:
            title: The policy and the operation; it names the functions in tracebacks.
            rules: The rules, each by its place in a plan.
            written: Whether to write functions. To write one costs as much as to evaluate the rules one by one of some
                hundred drafts.
        """
        self._title = title
        self._rules = rules
        self._is_written = written

    def __call__(self, views: Views, context: Context) -> Findings:
        """Return the findings of the rules that are not clear; nothing for a draft that nothing is wrong with."""
        if not self._is_written:
            return self.one_by_one(views, context)
        try:
            written = self._where_facts_are_unknown if views["unknown"] else self._where_all_is_known
            return written.find(views, context)
        except Exception:  # noqa: BLE001  # invariant 8: where one rule raises, each is evaluated by itself
            return self.one_by_one(views, context)

    def one_by_one(self, views: Views, context: Context) -> Findings:
        """Return the same by evaluating one rule after the other, which is what the written functions must mean."""
        found: Findings = {}
        for place, rule in self._rules.items():
            findings = [finding for finding in evaluate(rule, views, context) if finding.truth is not Truth.CLEAR]
            if findings:
                found[place] = findings
        return found

    def write(self) -> None:
        """Write now what would be written when it is first needed."""
        if self._is_written:
            _ = self._where_all_is_known, self._where_facts_are_unknown

    @property
    def source(self) -> str:
        """The text of the function for drafts of which every fact is known."""
        return self._where_all_is_known.source

    @cached_property
    def _where_all_is_known(self) -> "_Written":
        return _write(f"<find {self._title}>", self._rules, all_known=True)

    @cached_property
    def _where_facts_are_unknown(self) -> "_Written":
        return _write(f"<find {self._title}, facts unknown>", self._rules, all_known=False)


@frozen(eq=False)
class _Written:
    """A function that was written, and its text."""

    find: Callable[[Views, Context], Findings]
    source: str


@frozen(eq=False)
class _Asked:
    """What is asked of the items of a scope: the place of a rule, and its expressions in the words of the function."""

    place: int
    violated: str
    undecided: str | None


class _Names:
    """The names that a function sees, one for each value."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self._known: dict[int, str] = {}

    def name(self, value: Any, hint: str) -> str:
        """Return the name of a value; two underscores and a number keep it apart from other values and local names."""
        known = self._known.get(id(value))
        if known is None:
            known = self._known[id(value)] = f"{hint}__{len(self._known)}"
            self.values[known] = value
        return known


class _Renamer(ast.NodeTransformer):
    """Rewrites an expression in the names of the function: `line.quantity > MOST` as `item.quantity > MOST__4`."""

    def __init__(self, written: WrittenExpression, names: _Names) -> None:
        self._written = written
        self._arguments = {written.view: "item", written.context: "context"}
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:  # the name is the one of ast.NodeVisitor
        """Return the name in the function; a name that the module of the rule has not is built in, and stays."""
        if node.id in self._arguments:
            return ast.Name(self._arguments[node.id], ast.Load())
        if node.id not in self._written.names:
            return node
        return ast.Name(self._names.name(self._written.names[node.id], node.id), ast.Load())


def _inlined(expression: Expression[Any], names: _Names) -> str:
    written = expression_of(expression)
    if written is None:
        called = getattr(expression, "__name__", "")
        return f"{names.name(expression, called if called.isidentifier() else 'rule')}(item, context)"
    return ast.unparse(_Renamer(written, names).visit(copy.deepcopy(written.tree)))


def _write(filename: str, rules: Mapping[int, Rule[Any]], *, all_known: bool) -> _Written:
    """Write a function that finds which rules are not clear.

    Args:
        filename: What tracebacks call its text.
        rules: The rules, each by its place in a plan.
        all_known: Whether every fact is known: then the items of every scope are, and most of them are clear.
    """
    names = _Names()
    lines = ["def find(views, context):", "    found = {}"]
    with SYNTAX:
        for scope, asked in _by_scope(rules, names, all_known=all_known).items():
            lines += _of_known_items(scope, asked, names) if all_known else _of_any_items(scope, asked, names)
        source = "\n".join([*lines, "    return found", ""])
        linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
        exec(compile(source, filename, "exec"), names.values)  # noqa: S102  # text generated here, of functions of the library and of rules
    return _Written(names.values["find"], source)


def _by_scope(rules: Mapping[int, Rule[Any]], names: _Names, *, all_known: bool) -> dict[Scope[Any], list[_Asked]]:
    by_scope: dict[Scope[Any], list[_Asked]] = {}
    for place, rule in rules.items():
        undecided_when = None if all_known and not may_be_undecided(rule) else rule.undecided_when
        undecided = None if undecided_when is None else _inlined(undecided_when, names)
        by_scope.setdefault(rule.scope, []).append(_Asked(place, _inlined(rule.violated, names), undecided))
    return by_scope


def _of_known_items(scope: Scope[Any], asked: list[_Asked], names: _Names) -> Iterator[str]:
    separator = f")\n{_INDENT}or ("
    conditions = [text for each in asked for text in (each.violated, each.undecided) if text is not None]
    yield f"    for item in views[{scope.name!r}]:"
    yield "        if ("
    yield f"{_INDENT}({separator.join(conditions)})"
    yield "        ):"
    yield from _noting(asked, names)


def _of_any_items(scope: Scope[Any], asked: list[_Asked], names: _Names) -> Iterator[str]:
    finding, undecided = names.name(Finding, "Finding"), names.name(Truth.UNDECIDED, "UNDECIDED")
    yield f"    if views[{scope.name!r}] is None:"
    yield f"        for place in {[each.place for each in asked]}:"
    yield f"{_INDENT}found[place] = [{finding}(None, {undecided})]"
    yield "    else:"
    yield f"        for item in views[{scope.name!r}]:"
    yield from _noting(asked, names)


def _noting(asked: Iterable[_Asked], names: _Names) -> Iterator[str]:
    """Write what notes the rules that are not clear on an item; a rule that is violated there is not undecided."""
    finding = names.name(Finding, "Finding")
    for each in asked:
        for word, text, truth in (("if", each.violated, Truth.VIOLATED), ("elif", each.undecided, Truth.UNDECIDED)):
            if text is not None:
                yield f"{_INDENT}{word} {text}:"
                yield (
                    f"{_INDENT}    found.setdefault({each.place}, [])"
                    f".append({finding}(item, {names.name(truth, truth.name)}))"
                )
