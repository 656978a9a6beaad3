"""Every rule has a boundary table, and no table leaves a kind of row out."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from rules_engine import RULES, Rule
from tests.rules.table import RuleTable, kinds_of, skipped_by

FILES = sorted(
    path.stem for path in Path(__file__).parent.glob("test_*.py") if path.stem not in {"test_tables", "test_bounds"}
)
UNMET = {
    ("invalid_client_secret", "session_missing"): "a session that does not exist has no secret to compare",
    **{
        (rule.name, need): "a code that does not exist stands for no coupon"
        for rule in RULES
        for need in ("promotion_code_not_found", "promotion_code_missing")
        if rule.name.startswith("coupon_")
    },
}
"""Needs that withhold nothing, because where they refuse there is nothing that the rule could stand on."""


def tables_of(file: str) -> list[type[RuleTable]]:
    """Return the tables of a file, in order."""
    members = vars(import_module(f"tests.rules.{file}")).values()
    return [
        member
        for member in members
        if isinstance(member, type) and issubclass(member, RuleTable) and member is not RuleTable
    ]


ALL = [table for file in FILES for table in tables_of(file)]
TABLES = {table.rule: table for table in ALL}

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


def test_one_table_for_each_rule() -> None:
    """Each rule has one table."""
    assert sorted(table.rule.name for table in ALL) == sorted(rule.name for rule in RULES)


@every_rule
def test_table_says_its_sentence(rule: Rule[Any]) -> None:
    """A table is named after its rule, and says in words of its own what the rule documents."""
    table = TABLES[rule]
    assert table.__name__ == "Test" + "".join(word.capitalize() for word in rule.name.split("_"))
    assert table.__doc__
    assert table.__doc__ != rule.sentence


@every_rule
def test_both_sides(rule: Rule[Any]) -> None:
    """A table has documents on which its rule speaks, one of them with its evidence, and others that are accepted."""
    assert {"clear", "says", "shows"} <= kinds_of(TABLES[rule])


@every_rule
def test_undecided(rule: Rule[Any]) -> None:
    """A table shows its rule undecided, where the rule reads facts."""
    assert ("undecided" in kinds_of(TABLES[rule])) >= (rule.undecided_when is not None)


@every_rule
def test_skipped(rule: Rule[Any]) -> None:
    """A table shows its rule skipped by each of its needs that can withhold it."""
    met = {need.name for need in rule.needs if (rule.name, need.name) not in UNMET}
    assert met <= skipped_by(TABLES[rule])


@every_rule
def test_labels(rule: Rule[Any]) -> None:
    """No two rows of a table have the same label."""
    labels = [row.label for row in TABLES[rule].rows]
    assert sorted(set(labels)) == sorted(labels)
