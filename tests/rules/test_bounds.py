"""Every bound, derived from its row: where the quantity can be set, on both sides, and under a stricter policy."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve, field, frozen

from rules_engine import RULES, Rule
from rules_engine.examples.counterexamples import boundary_values, changes_of
from rules_engine.rules.kinds import Bound, Expressed, Setting
from rules_engine.views.context import Limit
from tests.rules.table import Document, Row

Quantity = int | Decimal

BOUNDS: Mapping[Rule[Any], Bound] = {
    rule: rule.violated.kind
    for rule in RULES
    if isinstance(rule.violated, Expressed) and isinstance(rule.violated.kind, Bound)
}
UNSET = {
    "percent_off_out_of_range": "a step of a decimal is none of an integer",
    "interval_count_out_of_range": "the greatest interval depends on its unit",
}
"""Bounds that no setting sets, each with the reason: their tables hold both sides."""


@frozen
class Within(Document):
    """The rule is judged and not violated, whatever others report."""

    def check(self, rule: str) -> None:
        """Fail where the rule is violated, or is not judged."""
        verdict = self.judged()
        assert rule not in [violation.rule for violation in verdict.violations]
        assert rule not in [skipped.rule for skipped in verdict.skipped]
        assert (verdict.undecided, verdict.faults) == ((), ())


@frozen
class Beyond(Document):
    """The rule alone is violated, at one of the places that were set, with its quantity and its bounds in the evidence.

    Attributes:
        rule: The rule.
        evidence: What the evidence has to hold.
    """

    rule: Rule[Any] = field(kw_only=True)
    evidence: Mapping[str, Quantity] = field(kw_only=True)

    def check(self, rule: str) -> None:
        """Fail where anything else is reported, or the evidence or the message lacks what the row determines."""
        (found,) = self.judged().violations
        assert found.rule == rule
        assert found.pointer in self.changes or (found.param or "").endswith(self.rule.param)
        assert found.evidence.keys() == {*self.rule.public, *self.rule.private}
        assert found.evidence.items() >= self.evidence.items()
        shown = [value for key, value in self.evidence.items() if f"{{{key}}}" in self.rule.message]
        assert [value for value in shown if str(value) not in found.message] == []


def rows_of(rule: Rule[Any]) -> tuple[Row, ...]:
    """Return both sides of a bound wherever it can be set; nothing of a rule of another kind."""
    if rule not in BOUNDS:
        return ()
    return tuple(row for setting in rule.settings for example in setting.names for row in _rows(rule, setting, example))


def _rows(rule: Rule[Any], setting: Setting, example: str) -> Iterator[Row]:
    for last, first in _sides(rule, setting):
        at, beyond = changes_of(setting, last), changes_of(setting, first)
        yield Within(f"{example}: {last}", example, at)
        yield Beyond(f"{example}: {first}", example, beyond, rule=rule, evidence=_evidence(rule, first, {}))
        limits = {limit.name: last + last - first for limit in rule.limits if limit.default == last}
        if limits:
            label = f"{example}: {last} under a stricter policy"
            yield Beyond(label, example, at, limits=limits, rule=rule, evidence=_evidence(rule, last, limits))


def _sides(rule: Rule[Any], setting: Setting) -> tuple[tuple[Quantity, Quantity], ...]:
    # A setting of a limit stays within the other bound of the rule; here both bounds are of interest.
    return boundary_values(rule, evolve(setting, least=None, most=None))


def _evidence(rule: Rule[Any], value: Quantity, limits: Mapping[str, Any]) -> dict[str, Quantity]:
    """Return what the row alone determines of the evidence: the quantity, unless that is a length, and the bounds."""
    bound, evidence = BOUNDS[rule], {}
    for key, shown in {**rule.public, **rule.private}.items():
        if isinstance(shown, Limit):
            evidence[key] = limits.get(shown.name, shown.default)
        elif isinstance(shown, int | Decimal):
            evidence[key] = shown
        elif shown == bound.value and not bound.length:
            evidence[key] = value
    return evidence


ROWS = [pytest.param(rule, row, id=f"{rule.name}-{row.label}") for rule in BOUNDS for row in rows_of(rule)]


@pytest.mark.parametrize(("rule", "row"), ROWS)
def test_bound(rule: Rule[Any], row: Row) -> None:
    """At a bound the rule is not violated; one step beyond it is, alone, and says by how much."""
    row.check(rule.name)


@pytest.mark.parametrize("rule", BOUNDS, ids=lambda rule: rule.name)
def test_set_somewhere(rule: Rule[Any]) -> None:
    """Every side of every bound can be set in a valid example, or it is known why not."""
    bound = BOUNDS[rule]
    values = [beyond - at for setting in rule.settings for at, beyond in _sides(rule, setting)]
    sides = {value > 0 for value in values}
    expected = {above for above, limit in ((False, bound.minimum), (True, bound.maximum)) if limit is not None}
    assert sides == (set() if rule.name in UNSET else expected)
