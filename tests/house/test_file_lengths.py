"""A file that is too long to hold in mind is two files."""

from tests.house.source import LIBRARY, Module, modules

LONGEST = 300
TABLES = {
    "rules_engine/codes.py": "the error page: a row a code",
    "rules_engine/models/draft.py": "a class an operation",
    "rules_engine/examples/counterexamples/session.py": "a row or two a rule",
    "tests/rules/test_charge.py": "rows a rule",
    "tests/rules/test_coupon.py": "rows a rule",
    "tests/rules/test_currency.py": "rows a rule",
    "tests/rules/test_payment_method.py": "rows a rule",
    "tests/rules/test_price.py": "rows a rule",
    "tests/rules/test_promotion_code.py": "rows a rule",
    "tests/rules/test_request.py": "rows a rule",
    "tests/rules/test_saved_coupon.py": "rows a rule",
    "tests/rules/test_saved_price.py": "rows a rule",
}
"""Files that are one table, and grow with what they list."""


def _files() -> dict[str, int]:
    every: tuple[Module, ...] = (*modules(LIBRARY), *modules("benches"), *modules("policies"), *modules("tests"))
    return {module.shown: len(module.text.splitlines()) for module in every}


def test_no_file_is_too_long() -> None:
    """No file is longer than 300 lines, but for tables."""
    assert {path: lines for path, lines in _files().items() if lines > LONGEST and path not in TABLES} == {}


def test_every_table_is_long() -> None:
    """No file is excepted that does not need to be."""
    lengths = _files()
    assert [path for path in TABLES if lengths[path] <= LONGEST] == []
