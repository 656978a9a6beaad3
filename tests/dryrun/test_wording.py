"""Numbers in words: nothing that is there reads as nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules_engine.dryrun.report import Report, Transition
from rules_engine.dryrun.reports.wording import answered, counted, headline, share, warnings_of
from rules_engine.dryrun.tally import Tally
from tests.dryrun.samples import HEADER


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (0, 0, "0 %"),
        (0, 10, "0 %"),
        (1, 10**9, "<0.1 %"),
        (1, 2001, "<0.1 %"),
        (1, 2000, "0.1 %"),
        (1, 1000, "0.1 %"),
        (1, 3, "33.3 %"),
        (2, 3, "66.7 %"),
        (1, 2, "50.0 %"),
        (1999, 2000, ">99.9 %"),
        (10**18 - 1, 10**18, ">99.9 %"),
        (9989, 10000, "99.9 %"),
        (7, 7, "100 %"),
    ],
)
def test_share(part: int, whole: int, text: str) -> None:
    """A share has one decimal, and its ends are told apart from what is near them."""
    assert share(part, whole) == text


@given(st.integers(0, 10**30), st.integers(1, 10**30))
def test_a_share_is_near(part: int, others: int) -> None:
    """What is written is at most half of its last digit off; only nothing is 0 %, and only all is 100 %."""
    whole = part + others
    text = share(part, whole)
    assert text != "100 %"
    assert (text == "0 %") is (part == 0)
    number = text.strip("<>% ").partition(".")
    tenths = int(number[0]) * 10 + int(number[2] or 0)
    assert abs(tenths * whole - 1000 * part) * (1 if text[0] in "<>" else 2) <= whole


def test_counted() -> None:
    """One thing is one, and thousands are set apart."""
    assert [counted(number, "draft") for number in (0, 1, 1234)] == ["0 drafts", "1 draft", "1,234 drafts"]
    assert counted(2, "history", "histories") == "2 histories"


def test_answered() -> None:
    """An answer without codes has a name of its own."""
    assert [str(answered(answer)) for answer in ((), ("undecided",), ("b", "a"))] == ["accepted", "undecided", "b, a"]


def _report(**drafts: int) -> Report:
    answers = {
        "same": (("a",), ("a",)),
        "rejected": ((), ("a",)),
        "relieved": (("a",), ()),
        "open": ((), ("undecided",)),
    }
    return Report(HEADER, {answers[name]: Transition(Tally(count)) for name, count in drafts.items()}, unreadable=0)


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (_report(), "None of 0 records gets another answer."),
        (_report(same=1), "None of 1 record gets another answer."),
        (_report(same=1, rejected=1), "1 of 2 records (50.0 %) gets another answer: 1 newly rejected."),
        (
            _report(same=9996, rejected=2, relieved=2, open=1000),
            "4 of 11,000 records (<0.1 %) get another answer: 2 newly rejected, 2 newly accepted; 1,000 undecided.",
        ),
        (_report(open=3), "None of 3 records gets another answer; 3 undecided."),
    ],
)
def test_headline(report: Report, said: str) -> None:
    """One sentence says how many drafts get another answer, which, and of how many nothing can be said."""
    assert headline(report) == said


def test_warnings() -> None:
    """What is missing from the figures is said; of a whole report, nothing is."""
    assert warnings_of(_report(same=1)) == []
    report = Report(HEADER, unfinished=2, unrecorded=1, skipped=3)
    said = " ".join(warnings_of(report))
    for part in ("2 parts of the history not replayed", "1 draft with no recorded codes", "3 drafts left aside"):
        assert part in said
