"""Numbers in words: nothing that is there reads as nothing."""

import pytest

from rules_engine.dryrun.report import Report, Tally, Transition
from rules_engine.dryrun.reports.wording import counted, headline, nothing_in, warnings_of
from tests.dryrun.samples import HEADER


def test_counted() -> None:
    """One thing is one, and thousands are set apart."""
    assert [counted(number, "draft") for number in (0, 1, 1234)] == ["0 drafts", "1 draft", "1,234 drafts"]
    assert counted(2, "history", "histories") == "2 histories"


def test_answered() -> None:
    """An answer without codes has a name of its own."""
    assert [nothing_in(answer) for answer in ((), ("undecided",), ("b", "a"))] == ["accepted", "undecided", ""]


def _report(**drafts: int) -> Report:
    answers = {
        "same": (("a",), ("a",)),
        "rejected": ((), ("a",)),
        "relieved": (("a",), ()),
        "open": (("undecided",), ("undecided",)),
        "opened": ((), ("undecided",)),
    }
    return Report(HEADER, {answers[name]: Transition(Tally(count)) for name, count in drafts.items()}, unreadable=0)


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (_report(), "None of 0 records gets another answer."),
        (_report(same=1), "None of 1 record gets another answer."),
        (_report(same=1, rejected=1), "1 of 2 records (50.0%) gets another answer: 1 newly rejected."),
        (
            _report(same=9996, rejected=2, relieved=2, open=1000),
            "4 of 11,000 records (<0.1%) get another answer: 2 newly rejected, 2 newly accepted; 1,000 undecided.",
        ),
        (_report(open=3), "None of 3 records gets another answer; 3 undecided."),
        (_report(open=13, opened=12), "None of 25 records gets another answer; 25 undecided, 12 of them newly."),
        (_report(same=1, opened=2), "None of 3 records gets another answer; 2 newly undecided."),
    ],
)
def test_headline(report: Report, said: str) -> None:
    """One sentence says how many drafts get another answer, which, and of how many nothing can be said."""
    assert headline(report) == said


def test_warnings() -> None:
    """What is missing from the figures is said; of a whole report, nothing is."""
    assert warnings_of(_report(same=1)) == []
    report = Report(HEADER, unfinished=2, unrecorded=1, filtered_out=3)
    said = " ".join(warnings_of(report))
    for part in ("2 parts of the history not replayed", "1 draft with no recorded codes", "3 drafts filtered out"):
        assert part in said


def test_a_report_of_nothing_says_so() -> None:
    """A condition passes over no records at all; whoever reads that it passes has to know."""
    assert warnings_of(_report()) == ["No record was replayed, so these figures say nothing."]
