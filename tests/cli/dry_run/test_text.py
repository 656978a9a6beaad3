"""The report of a dry run for people at a terminal."""

import io

import pytest
from hypothesis import given

from rules_engine import RULES
from rules_engine.cli.dry_run.text import text_report
from rules_engine.dryrun.condition import read_condition
from rules_engine.dryrun.replay import replay
from rules_engine.dryrun.report import (
    CANDIDATE,
    Answer,
    Report,
    Tally,
    Transition,
)
from rules_engine.dryrun.reports.tables import GroupingError
from tests.dryrun.reports.html.specimen import hostile_report
from tests.dryrun.samples import HEADER, SYNTHETIC, history, shipped_documents, shipped_report, strict_task

ESCAPE = "\x1b"
CONDITIONS = [read_condition("newly_rejected > 0.1%"), read_condition("gained(price_expired) > 0")]
BY = ("code", "operation", "day", "currency", "merchant")


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        """Return that a person looks at it."""
        return True


def _written(report: Report, *, by: tuple[str, ...] = ()) -> str:
    stream = io.StringIO()
    text_report(report, stream, by=by, conditions=CONDITIONS)
    return stream.getvalue()


def test_the_shipped_drafts() -> None:
    """What it comes to stands first, the result of each condition last, and each figure on its own line."""
    report = shipped_report()
    lines = _written(report, by=BY).splitlines()
    assert lines[:2] == [
        "strict against default",
        "1 of 159 records (0.6%) gets another answer: 1 newly rejected; 11 undecided, 1 unreadable.",
    ]
    assert lines[-3:] == [
        "Conditions",
        "  fails  newly_rejected > 0.1% (1 draft of 159)",
        "  passes  gained(price_expired) > 0 (0 drafts of 159)",
    ]
    for line in (
        "  newly rejected        1   0.6%  2,770.00 EGP",
        "  accepted  parameter_out_of_range       1   0.6%  2,770.00 EGP",
        f"  {len(report.never_fired(CANDIDATE))} of {len(RULES)} rules of the candidate",
        "  accepted -> parameter_out_of_range",
        "    history.jsonl:79  d_course_01",
        "  history.jsonl:159  not JSON",
    ):
        assert line in lines
    for title in ("Codes", "By operation", "By day", "By currency", "By merchant", "Undecided because of missing"):
        assert title in lines


def _hostile() -> Report:
    return hostile_report((f"[bold red]x[/] {ESCAPE}[2J\r\n\u202e\ud800日本",), "EGP")


def test_text_of_others_is_harmless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Control characters show as escapes, and what looks like markup is text, on a terminal too."""
    plain = _written(_hostile())
    assert ESCAPE not in plain
    assert "[bold red]x[/] \\x1b[2J\\r\\n\\u202e\\ud800日本" in plain
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    screen = Screen()
    text_report(_hostile(), screen, conditions=CONDITIONS)
    assert ESCAPE in screen.getvalue()
    assert f"{ESCAPE}[2J" not in screen.getvalue()
    assert "[bold red]x[/] \\x1b[2J" in screen.getvalue()


@pytest.mark.parametrize("columns", ["1", "20", "400"])
def test_narrow_terminals(monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    """However narrow a terminal is, every row is one line of the output, and the figures are those of a wide one."""
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("NO_COLOR", "1")
    screen = Screen()
    report = replay(history(*list(shipped_documents())[::20]), strict_task())
    text_report(report, screen, conditions=CONDITIONS)
    assert screen.getvalue() == _written(report)


@given(SYNTHETIC)
def test_any_report(report: Report) -> None:
    """Any report is written, the same each time, in lines that show."""
    text = _written(report, by=BY)
    assert text == _written(report, by=BY)
    assert all(line.isprintable() for line in text.split("\n"))


def test_columns_are_aligned() -> None:
    """Numbers stand below each other at the right, below wide letters too."""
    transitions: dict[tuple[Answer, Answer], Transition] = {
        ((), (code,)): Transition(Tally(drafts)) for code, drafts in (("日本", 1), ("abcd", 1_000))
    }
    lines = _written(Report(HEADER, transitions)).splitlines()
    assert "  accepted  abcd    1,000  99.9%" in lines
    assert "  accepted  日本        1   0.1%" in lines


def test_partial_reports() -> None:
    """A report of a part of the history says so at once."""
    lines = _written(_hostile()).splitlines()
    assert "This report is partial: not all of the history was replayed." in lines[:4]


def test_nothing_is_written_of_groups_that_there_are_not() -> None:
    """An unknown group is refused before the first line."""
    stream = io.StringIO()
    with pytest.raises(GroupingError):
        text_report(Report(HEADER), stream, by=["colour"])
    assert stream.getvalue() == ""
