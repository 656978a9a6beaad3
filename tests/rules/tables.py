"""All rows of a rule: those of the tables of this room, and those that follow from the row of the rule."""

from importlib import import_module
from pathlib import Path
from typing import Any, Final

from rules_engine import Rule
from tests.rules.derived import derived_rows
from tests.rules.table import Row, Table

_NO_TABLES: Final = {"test_derived", "test_expression", "test_mutants", "test_tables"}
_FILES: Final = sorted(path.stem for path in Path(__file__).parent.glob("test_*.py") if path.stem not in _NO_TABLES)

BY_FILE: Final[tuple[Table, ...]] = tuple(import_module(f"tests.rules.{file}").ROWS for file in _FILES)
"""The tables, one a file."""
TABLES: Final[Table] = {rule: rows for table in BY_FILE for rule, rows in table.items()}
"""The rows that are written down, by rule; of some rules there are none."""


def rows_of(rule: Rule[Any]) -> tuple[Row, ...]:
    """Return every row of a rule."""
    return (*TABLES.get(rule, ()), *derived_rows(rule))
