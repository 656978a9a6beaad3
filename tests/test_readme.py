"""The README says what is so."""

import doctest
import re
from pathlib import Path

from rules_engine import CATALOGUE, OPERATIONS, RULES, Origin, default_policy

README = Path(__file__).parents[1] / "README.md"
BY_NAME = {rule.name: rule for rule in RULES}


def test_every_snippet_does_what_it_shows() -> None:
    """Every Python snippet of the README prints what stands below it."""
    test = doctest.DocTestParser().get_doctest(README.read_text(encoding="utf-8"), {}, "README.md", "README.md", 0)
    failures: list[str] = []
    results = doctest.DocTestRunner(optionflags=doctest.REPORT_NDIFF).run(test, out=failures.append)
    assert results.attempted > 20
    assert results.failed == 0, "".join(failures)


def test_table_of_operations() -> None:
    """The table of operations names each with the number of its rules."""
    rows = dict(re.findall(r"^\| `([a-z_.]+)` \| (\d+) \|", README.read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert rows == {operation: str(len(names)) for operation, names in default_policy().pipelines.items()}


def test_table_of_codes() -> None:
    """The table of codes has every code some operation can say, and marks those that can."""
    pattern = r"^\| `([a-z_]+)` \|(.*)\|(.*)\|(.*)\|(.*)\|(.*)\|$"
    rows = re.findall(pattern, README.read_text(encoding="utf-8"), flags=re.MULTILINE)
    pipelines = default_policy().pipelines
    said = {
        operation: {BY_NAME[name].code.name for name in names}
        | {code.name for code in CATALOGUE.values() if Origin.WIRE in code.origins}
        | {OPERATIONS[operation].fault_code.name}
        for operation, names in pipelines.items()
    }
    table = {name: [bool(mark.strip()) for mark in marks] for name, *marks in rows}
    everywhere = set().union(*said.values())
    assert list(table) == [name for name in CATALOGUE if name in everywhere]
    assert table == {name: [name in said[operation] for operation in pipelines] for name in table}
