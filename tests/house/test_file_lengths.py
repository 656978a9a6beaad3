"""A file that is too long to hold in mind is two files."""

from tests.house.source import modules

LONGEST = 300
TABLES = {
    "rules_engine/codes.py": "the error page: a row a code",
    "rules_engine/models/draft.py": "a class an operation",
    "rules_engine/testing/spoilers/session.py": "a row or two a rule",
}
"""Files that are one table, and grow with what they list."""


def test_no_file_is_too_long() -> None:
    """No file of the library is longer than 300 lines, but for tables."""
    lengths = {module.shown: len(module.text.splitlines()) for module in modules()}
    assert {path: length for path, length in lengths.items() if length > LONGEST and path not in TABLES} == {}


def test_every_table_is_long() -> None:
    """No file is excepted that does not need to be."""
    lengths = {module.shown: len(module.text.splitlines()) for module in modules()}
    assert [path for path in TABLES if lengths[path] <= LONGEST] == []
