"""The README says what is so."""

import doctest
import re
from pathlib import Path

import pytest

from rules_engine.__main__ import main

README = Path(__file__).parents[1] / "README.md"
RESULTS = README.parent / "benches" / "RESULTS.md"


def test_every_snippet_does_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every Python snippet of the README prints what stands below it, in a checkout."""
    monkeypatch.chdir(README.parent)
    test = doctest.DocTestParser().get_doctest(README.read_text(encoding="utf-8"), {}, "README.md", "README.md", 0)
    failures: list[str] = []
    results = doctest.DocTestRunner(optionflags=doctest.REPORT_NDIFF).run(test, out=failures.append)
    assert results.attempted > 6
    assert results.failed == 0, "".join(failures)


def test_length() -> None:
    """The README is read in three minutes."""
    assert len(README.read_text(encoding="utf-8").splitlines()) <= 120


def test_links_lead_somewhere() -> None:
    """Every link and picture of the README is a file of the project."""
    links = re.findall(r"\]\((?!https:)([^)#]+)", README.read_text(encoding="utf-8"))
    assert len(links) > 10
    assert [link for link in links if not (README.parent / link).is_file()] == []


def test_first_command_fits_a_screen(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The first command refuses a real draft, on one screen."""
    command = re.search("&& rules-engine (.*)$", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert command is not None
    monkeypatch.chdir(README.parent)
    assert main(command[1].split()) == 1
    lines = capsys.readouterr().out.splitlines()
    assert 10 < len(lines) < 40
    assert lines[-1] == "1 draft: 0 accepted, 1 refused, 0 undecided; 0 unreadable"
