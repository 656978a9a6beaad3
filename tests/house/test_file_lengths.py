"""A file that is too long to hold in mind is two files."""

from tests.house.source import LIBRARY, modules

LONGEST = 500


def test_no_file_is_too_long() -> None:
    """No file is longer than 500 lines."""
    every = (*modules(LIBRARY), *modules("benches"), *modules("policies"), *modules("tests"))
    lengths = {module.shown: len(module.text.splitlines()) for module in every}
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST} == {}
