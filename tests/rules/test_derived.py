"""Each rule, by the rows that follow from its own: where its quantity can be set, and where a fact is left out."""

from typing import Any

import pytest

from rules_engine import RULES, Rule
from tests.rules.derived import BOUNDS, bound_rows, counterexample_rows, sides, undecided_rows
from tests.rules.table import Row

STATED = [
    pytest.param(rule, row, id=f"{rule.name}-{row.label}")
    for rule in RULES
    for row in (*counterexample_rows(rule), *bound_rows(rule))
]
UNSET = {
    "percent_off_out_of_range": "a step of a decimal is none of an integer",
    "interval_count_out_of_range": "the greatest interval depends on its unit",
}
"""Bounds that no setting sets, each with the reason: their tables hold both sides."""


@pytest.mark.parametrize(("rule", "row"), STATED)
def test_stated(rule: Rule[Any], row: Row) -> None:
    """At a bound a rule is not violated; one step beyond, and by its counterexamples, it alone is."""
    row.check(rule)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.undecided_when], ids=lambda rule: rule.name)
def test_undecided(rule: Rule[Any]) -> None:
    """A rule that is undecided without a fact names that fact, and the document is not accepted."""
    for row in undecided_rows(rule):
        row.check(rule)


@pytest.mark.parametrize("rule", BOUNDS, ids=lambda rule: rule.name)
def test_set_somewhere(rule: Rule[Any]) -> None:
    """Every side of every bound can be set in a valid example, or it is known why not."""
    bound = BOUNDS[rule]
    steps = {beyond - at > 0 for setting in rule.settings for at, beyond in sides(rule, setting)}
    expected = {above for above, limit in ((False, bound.minimum), (True, bound.maximum)) if limit is not None}
    assert steps == (set() if rule.name in UNSET else expected)
