"""A file that is too long to hold in mind is two files."""

from tests.house.source import LIBRARY, Module, modules

LONGEST = 500
TABLES = {
    "rules_engine/rules/session.py": "a row a rule",
}
"""Files that are one table, and grow with what they list."""


def _files() -> dict[str, int]:
    every: tuple[Module, ...] = (*modules(LIBRARY), *modules("benches"), *modules("policies"), *modules("tests"))
    return {module.shown: len(module.text.splitlines()) for module in every}


def test_no_file_is_too_long() -> None:
    """No file is longer than 500 lines, but for tables."""
    assert {path: lines for path, lines in _files().items() if lines > LONGEST and path not in TABLES} == {}


def test_every_table_is_long() -> None:
    """No file is excepted that does not need to be."""
    lengths = _files()
    assert [path for path in TABLES if lengths[path] <= LONGEST] == []
