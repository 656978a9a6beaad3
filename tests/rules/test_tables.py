"""The tables hold what does not follow from the rows of the rules, and leave nothing out."""

from typing import Any

import pytest

from rules_engine import RULES, Rule
from tests.rules.derived import Alone, bound_rows, skipped_row, undecided_rows
from tests.rules.table import shows_evidence, shows_undecided, skipped_because_of
from tests.rules.tables import BY_FILE, TABLES, UNMET

NEEDS = [pytest.param(rule, need, id=f"{rule.name}-{need.name}") for rule in RULES for need in rule.needs]
every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


def test_one_table_for_a_rule() -> None:
    """No rule has rows in two tables."""
    assert sum(map(len, BY_FILE)) == len(TABLES)


@every_rule
def test_evidence(rule: Rule[Any]) -> None:
    """A rule that shows evidence has a row that states all of it."""
    determined = any(row.evidence.keys() == rule.readers.keys() for row in bound_rows(rule) if isinstance(row, Alone))
    assert not rule.readers or determined or any(map(shows_evidence, TABLES.get(rule, ())))


@every_rule
def test_undecided(rule: Rule[Any]) -> None:
    """A rule that reads facts has a row in which it is undecided."""
    rows = (*undecided_rows(rule), *TABLES.get(rule, ()))
    assert rule.undecided_when is None or any(map(shows_undecided, rows))


@pytest.mark.parametrize(
    ("rule", "need"), [pytest.param(rule, need, id=f"{rule.name}-{need.name}") for rule in RULES for need in rule.needs]
)
def test_skipped(rule: Rule[Any], need: Rule[Any]) -> None:
    """A rule has a row in which it is skipped because of each of its needs, and none because of what cannot be."""
    written = any(skipped_because_of(row) == need.name for row in TABLES.get(rule, ()))
    assert (skipped_row(rule, need) is not None or written) == ((rule.name, need.name) not in UNMET)


@every_rule
def test_labels(rule: Rule[Any]) -> None:
    """No two rows of a rule have the same label."""
    labels = [row.label for row in TABLES.get(rule, ())]
    assert sorted(set(labels)) == sorted(labels)
