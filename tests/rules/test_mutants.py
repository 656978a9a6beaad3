"""Mutants of the rules: what a slip of the hand would make of the row of a rule, some row of its tests notices."""

import ast
import copy
from collections.abc import Callable, Iterator
from typing import Any, Final, cast

import pytest
from attrs import evolve

from rules_engine import RULES, Rule, api, compiled_policy
from rules_engine.rules.expression import WrittenExpression, read_expression
from tests.rules.table import Row
from tests.rules.tables import UNMET, rows_of

_MOVED: Final = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
"""Each comparison, moved by one."""


def _mutants(rule: Rule[Any]) -> Iterator[tuple[str, Rule[Any]]]:
    """Return a rule negated, with each comparison moved by one, never undecided, and without each of its needs."""
    written = read_expression(rule.violated)
    for text in (f"not ({ast.unparse(written.tree)})", *_moved(written.tree)):
        yield text, evolve(rule, violated=_function(written, text))
    if rule.undecided_when is not None:
        yield "never undecided", evolve(rule, undecided_when=None)
    for need in rule.needs:
        yield need.name, evolve(rule, needs=tuple(other for other in rule.needs if other is not need))


def _moved(tree: ast.expr) -> Iterator[str]:
    """Return the text of an expression once for each comparison in it, with that one moved by one."""
    copied = copy.deepcopy(tree)
    for node in ast.walk(copied):
        for place, operator in enumerate(node.ops if isinstance(node, ast.Compare) else ()):
            if isinstance(node, ast.Compare) and type(operator) in _MOVED:
                node.ops[place] = _MOVED[type(operator)]()
                yield ast.unparse(copied)
                node.ops[place] = operator


def _function(written: WrittenExpression, text: str) -> Callable[[Any, Any], bool]:
    whole = f"lambda {written.view}, {written.context}: {text}"
    function = eval(whole, dict(written.names))  # noqa: S307  # the text of a rule of the library
    return cast("Callable[[Any, Any], bool]", function)


def _holds(row: Row, rule: Rule[Any]) -> bool:
    try:
        row.check(rule)
    except Exception:  # noqa: BLE001  # whatever fails, it is noticed
        return False
    return True


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_mutant_is_noticed(rule: Rule[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Some row of a rule fails for each of its mutants, but for a need because of which nothing can be skipped."""
    rows, survivors = rows_of(rule), []
    for name, mutant in _mutants(rule):
        monkeypatch.setattr(compiled_policy, "RULES", tuple(mutant if other is rule else other for other in RULES))
        api.engine_for.cache_clear()
        if all(_holds(row, rule) for row in rows):
            survivors.append(name)
    monkeypatch.undo()
    api.engine_for.cache_clear()
    assert [name for name in survivors if (rule.name, name) not in UNMET] == []
