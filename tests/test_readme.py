"""The README says what is so."""

import doctest
import re
from pathlib import Path

import pytest

from rules_engine.__main__ import main

README = Path(__file__).parents[1] / "README.md"
RESULTS = README.parent / "benches" / "RESULTS.md"


def test_every_snippet_does_what_it_shows() -> None:
    """Every Python snippet of the README prints what stands below it."""
    test = doctest.DocTestParser().get_doctest(README.read_text(encoding="utf-8"), {}, "README.md", "README.md", 0)
    failures: list[str] = []
    results = doctest.DocTestRunner(optionflags=doctest.REPORT_NDIFF).run(test, out=failures.append)
    assert results.attempted > 20
    assert results.failed == 0, "".join(failures)


def test_figures_are_those_of_the_results() -> None:
    """Every figure of the README stands in the results that the bench wrote, in the row of the same contestant."""
    passage = README.read_text(encoding="utf-8").partition("## How fast")[2].partition("\n## ")[0]
    shown = [
        tuple(cell.strip() for cell in row.split("|")[1:-1]) for row in re.findall(r"^\|.*\|$", passage, re.MULTILINE)
    ]
    results = [
        tuple(cell.strip() for cell in row.split("|")[1:-1])
        for row in re.findall(
            r"^\| (?:object|wire) \| clean \| 3 \|.*\|$", RESULTS.read_text(encoding="utf-8"), re.MULTILINE
        )
    ]
    measured = [(path, who, rules, cost, ratio) for path, _, _, who, rules, cost, _, ratio, *_ in results]
    assert len(shown) > 8
    assert [row for row in shown[2:] if row not in measured] == []


def test_the_dry_run_prints_what_is_shown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The dry run that the README shows prints these lines; an ellipsis stands for what is left out."""
    passage = README.read_text(encoding="utf-8").partition("## What would this policy have done?")[2]
    command, shown = re.findall(r"^```(?:sh|text)\n(.*?)^```$", passage, re.DOTALL | re.MULTILINE)[:2]
    monkeypatch.chdir(README.parent)
    assert main(command.split()[1:]) == 0
    lines = [re.escape(line).replace(re.escape("..."), ".*") for line in shown.splitlines() if line.strip() != "..."]
    printed = iter(capsys.readouterr().out.splitlines())
    assert [line for line in lines if not any(re.fullmatch(line, found.rstrip()) for found in printed)] == []
