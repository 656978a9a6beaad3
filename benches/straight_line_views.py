"""`session.create` over the library's own views: every rule as one `if`, written from the rows of the rules.

Beside `benches.straight_line`, which looks things up and checks in one go, this tells what the engine adds to the views
and the expressions of the rules: the places and the evidence of violations, modes, exemptions, facts that are unknown.

    for item in views["line_item"]:
        if item.quantity < 0 or item.quantity > 2147483647:
            found.append((quantity_out_of_range, item))
"""

import ast
import copy
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, Final

from benches.straight_line_basket import UnknownFactError
from rules_engine import OPERATIONS, RULES, Draft, Mode, Policy
from rules_engine.rules.expression import WrittenExpression, read_expression
from rules_engine.rules.row import Rule
from rules_engine.views.views import Views

_OPERATION: Final = OPERATIONS["session.create"]

_Rules = tuple[Rule[Any], ...]
_Found = tuple[Rule[Any], Any]
"""A rule and an item that violates it."""


def views_judge(policy: Policy) -> Callable[[Draft[Any]], list[str]]:
    """Write one function of all rules of a policy, and return what reports their codes in order, each once."""
    by_name = {rule.name: rule for rule in RULES}
    rules = [by_name[name] for name in policy.pipelines[_OPERATION.name] if policy.modes.get(name) is not Mode.OFF]
    needs = {rule: tuple(need for need in rule.needs if need in rules) for rule in rules}
    values: dict[str, Any] = dict(by_name)
    exec("\n".join(_source(rules, policy, values)), values)  # noqa: S102  # the text of the rules, and nothing else
    find: Callable[[Views, Any], list[_Found]] = values["find"]

    def judge(draft: Draft[Any]) -> list[str]:
        views = _OPERATION.build_views(draft)
        if views["unknown"]:
            raise UnknownFactError(views["unknown"][0])
        found = find(views, draft.facts.now)
        if not found:
            return []
        refusing = set(_not_skipped(found, views, needs))
        return list(dict.fromkeys(rule.code.name for rule in rules if rule in refusing))

    return judge


def _source(rules: Iterable[Rule[Any]], policy: Policy, values: dict[str, Any]) -> Iterator[str]:
    yield "def find(views, now):"
    yield "    found = []"
    for scope, of_scope in groupby(sorted(rules, key=lambda rule: rule.scope.name), key=lambda rule: rule.scope.name):
        yield f"    for item in views[{scope!r}]:"
        for rule in of_scope:
            written = read_expression(rule.violated)
            text = ast.unparse(_Renamer(written, policy, values).visit(copy.deepcopy(written.tree)))
            yield f"        if {text}:"
            yield f"            found.append(({rule.name}, item))"
    yield "    return found"


class _Renamer(ast.NodeTransformer):
    """Rewrites an expression as an expert would have it: the bounds as literals, and no context."""

    def __init__(self, written: WrittenExpression, policy: Policy, values: dict[str, Any]) -> None:
        self._written, self._policy, self._values = written, policy, values

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:  # the name is the one of ast.NodeVisitor
        limit = self._written.limit_at(node)
        return node if limit is None else self._literal(self._policy.limit_values[limit], limit.name)

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:  # the same
        match node.value:
            case ast.Name(self._written.context):
                return ast.Name(node.attr)
        return self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> ast.expr:  # the same
        if node.id == self._written.view:
            return ast.Name("item")
        return self._literal(self._written.names[node.id], node.id) if node.id in self._written.names else node

    def _literal(self, value: Any, name: str) -> ast.expr:
        if isinstance(value, int | str):
            return ast.Constant(value)
        self._values[f"{name}__"] = value
        return ast.Name(f"{name}__")


def _not_skipped(found: Iterable[_Found], views: Views, needs: Mapping[Rule[Any], _Rules]) -> Iterator[Rule[Any]]:
    """Yield the rules that refuse: on some item, no rule that they need does, nor is itself skipped (invariant 4)."""
    violated = {(rule, _index(item)) for rule, item in found}

    def skipped(rule: Rule[Any], index: int) -> bool:
        return any(
            (need, other) in violated or (needs[need] and skipped(need, other))
            for need in needs[rule]
            for other in map(_index, views[need.scope.name])
            if need.scope.axis is not rule.scope.axis or other == index
        )

    return (rule for rule, index in violated if not skipped(rule, index))


def _index(item: Any) -> int:
    return getattr(item, "index", 0)
