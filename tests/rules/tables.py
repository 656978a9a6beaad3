"""All rows of a rule: those of the tables of this room, and those that follow from the row of the rule."""

from importlib import import_module
from pathlib import Path
from typing import Any, Final

from rules_engine import RULES, Rule
from tests.rules.derived import derived_rows
from tests.rules.table import Row, Table

_NO_TABLES: Final = {"test_derived", "test_expression", "test_mutants", "test_tables"}
_FILES: Final = sorted(path.stem for path in Path(__file__).parent.glob("test_*.py") if path.stem not in _NO_TABLES)

BY_FILE: Final[tuple[Table, ...]] = tuple(import_module(f"tests.rules.{file}").ROWS for file in _FILES)
"""The tables, one a file."""
TABLES: Final[Table] = {rule: rows for table in BY_FILE for rule, rows in table.items()}
"""The rows that are written down, by rule; of some rules there are none."""

UNMET: Final = {
    ("invalid_client_secret", "session_missing"): "a session that does not exist has no secret to compare",
    **{
        (rule.name, need): "a code that does not exist stands for no coupon"
        for rule in RULES
        for need in ("promotion_code_not_found", "promotion_code_missing")
        if rule.name.startswith("coupon_") and (rule.name, need) != ("coupon_invalid", "promotion_code_missing")
    },
}
"""Needs because of which nothing is skipped, since the rule has nothing to judge where they are violated."""


def rows_of(rule: Rule[Any]) -> tuple[Row, ...]:
    """Return every row of a rule."""
    return (*TABLES.get(rule, ()), *derived_rows(rule))
