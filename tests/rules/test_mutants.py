"""Mutants of the rows: a rule that is negated, compares one step off or forgets a need fails one of its rows."""

import ast
import copy
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import pytest

from rules_engine import RULES, Rule, api
from rules_engine.rules.expression import read_expression
from tests.rules.tables import rows_of

MOVED: Final = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
"""Comparisons, and those that draw the line one step further."""
EQUIVALENT: Final = {
    ("invalid_client_secret", "session_missing"): "a session that does not exist has no secret to compare",
    **{
        (rule.name, need): "a code that does not exist refers to no coupon"
        for rule in RULES
        for need in ("promotion_code_not_found", "promotion_code_missing")
        if rule.name.startswith("coupon_")
    },
}
"""Needs without which nothing changes, each with the reason."""

Mutant = tuple[str, str, Any]
"""What it is, the attribute of the rule, and its value."""


def _mutants(rule: Rule[Any]) -> Iterator[Mutant]:
    written = read_expression(rule.violated)
    arguments = [written.view, "_context" if written.context == "_" else written.context]
    yield "negated", "violated", _called(ast.UnaryOp(ast.Not(), written.tree), arguments, written.names)
    comparisons = [node for node in ast.walk(written.tree) if isinstance(node, ast.Compare)]
    for place, comparison in enumerate(comparisons):
        for side, operator in enumerate(comparison.ops):
            if type(operator) in MOVED:
                tree = copy.deepcopy(written.tree)
                moved = [node for node in ast.walk(tree) if isinstance(node, ast.Compare)][place]
                moved.ops[side] = MOVED[type(operator)]()
                yield f"moved: {ast.unparse(comparison)}", "violated", _called(tree, arguments, written.names)
    for need in rule.needs:
        if (rule.name, need.name) not in EQUIVALENT:
            yield f"without {need.name}", "needs", tuple(other for other in rule.needs if other is not need)


def _called(tree: ast.expr, arguments: list[str], names: Mapping[str, Any]) -> Callable[[Any, Any], bool]:
    """Compile an expression to what the engine calls, because it cannot read it."""
    function: Callable[[Any, Any], bool] = eval(  # noqa: S307  # the text of a rule of the library
        f"lambda {', '.join(arguments)}: {ast.unparse(tree)}", dict(names)
    )

    def called(view: Any, context: Any) -> bool:
        """Returns what it is told to."""
        return function(view, context)

    return called


def _survives(rule: Rule[Any], mutant: Mutant) -> bool:
    _, attribute, value = mutant
    kept = getattr(rule, attribute)
    object.__setattr__(rule, attribute, value)
    api.engine_for.cache_clear()
    try:
        for row in rows_of(rule):
            row.check(rule)
    except Exception:  # noqa: BLE001  # whatever fails, it is noticed
        return False
    else:
        return True
    finally:
        object.__setattr__(rule, attribute, kept)
        api.engine_for.cache_clear()


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_mutant_is_killed(rule: Rule[Any]) -> None:
    """Each mutant of a row makes a row of its tests fail."""
    rows_of(rule)  # what is derived from the row as it is; a mutant must not derive rows of its own
    assert [what for what, *mutant in _mutants(rule) if _survives(rule, (what, mutant[0], mutant[1]))] == []
