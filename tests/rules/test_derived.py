"""Each rule, by the rows that follow from its own: where its quantity can be set, and where a fact is left out."""

from typing import Any

import pytest

from rules_engine import RULES, Rule, default_policy
from tests.rules.derived import BOUNDS, bound_rows, counterexample_rows, operations_of, undecided_rows

UNSET = {
    ("percent_off_out_of_range", "coupon.create"): "a step of a decimal is none of an integer",
    ("interval_count_out_of_range", "price.create"): "the greatest interval depends on its unit",
    ("interval_count_out_of_range", "price.update"): "the same",
    ("confirmation_message_too_long", "session.update"): "the example has a redirect, which excludes the text",
}
"""Operations in which no setting sets a bound, each with the reason: the tables hold its sides there."""

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
every_bound = pytest.mark.parametrize("rule", BOUNDS, ids=lambda rule: rule.name)


@every_rule
def test_counterexamples(rule: Rule[Any]) -> None:
    """By each counterexample a rule alone is violated."""
    for row in counterexample_rows(rule):
        row.check(rule)


@every_bound
def test_bounds(rule: Rule[Any]) -> None:
    """At a bound a rule is not violated; one step beyond it alone is, and shows its quantity and its bounds."""
    for row in bound_rows(rule):
        row.check(rule)


@every_bound
def test_bounds_of_every_operation(rule: Rule[Any]) -> None:
    """A bound can be set in every operation that has it, or it is known why not."""
    having = {operation for operation, steps in default_policy().pipelines.items() if rule.name in steps}
    excepted = {operation for name, operation in UNSET if name == rule.name}
    assert operations_of(bound_rows(rule)) == having - excepted


@every_rule
def test_undecided(rule: Rule[Any]) -> None:
    """Without a fact that it reads a rule is undecided, names that fact, and the document is not accepted."""
    for row in undecided_rows(rule):
        row.check(rule)
