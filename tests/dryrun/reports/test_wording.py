"""Numbers, amounts and shares in words: nothing that is there reads as nothing."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules_engine.dryrun.report import Report
from rules_engine.dryrun.reports.wording import amount, amounts, counted, headline, nothing_in, percent, warnings_of
from rules_engine.models.currency import CURRENCIES, minor_unit_digits
from tests.dryrun.samples import HEADER, drafts_of


def test_counted() -> None:
    """One thing is one, and thousands are set apart."""
    assert [counted(number, "draft") for number in (0, 1, 1234)] == ["0 drafts", "1 draft", "1,234 drafts"]
    assert counted(2, "history", "histories") == "2 histories"


def test_answered() -> None:
    """An answer without codes has a name of its own."""
    assert [nothing_in(answer) for answer in ((), ("undecided",), ("b", "a"))] == ["accepted", "undecided", ""]


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (drafts_of(), "None of 0 records gets another answer."),
        (drafts_of(accepted=1), "None of 1 record gets another answer."),
        (drafts_of(accepted=1, rejected=1), "1 of 2 records (50.0%) gets another answer: 1 newly rejected."),
        (
            drafts_of(accepted=9996, rejected=2, relieved=2, still_undecided=1000),
            "4 of 11,000 records (<0.1%) get another answer: 2 newly rejected, 2 newly accepted; 1,000 undecided.",
        ),
        (drafts_of(still_undecided=3), "None of 3 records gets another answer; 3 undecided."),
        (
            drafts_of(still_undecided=13, undecided=12),
            "None of 25 records gets another answer; 25 undecided, 12 of them newly.",
        ),
        (drafts_of(accepted=1, undecided=2), "None of 3 records gets another answer; 2 newly undecided."),
    ],
)
def test_headline(report: Report, said: str) -> None:
    """One sentence says how many drafts get another answer, which, and of how many nothing can be said."""
    assert headline(report) == said


def test_warnings() -> None:
    """What is missing from the figures is said; of a whole report, nothing is."""
    assert warnings_of(drafts_of(accepted=1)) == []
    report = Report(HEADER, unfinished=2, unrecorded=1, filtered_out=3)
    said = " ".join(warnings_of(report))
    for part in ("2 parts of the history not replayed", "1 draft with no recorded codes", "3 drafts filtered out"):
        assert part in said


def test_a_report_of_nothing_says_so() -> None:
    """A condition passes over no records at all; whoever reads that it passes has to know."""
    assert warnings_of(drafts_of()) == ["No record was replayed, so these figures say nothing."]


@pytest.mark.parametrize(
    ("currency", "minor_units", "text"),
    [
        ("JPY", 1234, "1,234 JPY"),
        ("JPY", 0, "0 JPY"),
        ("KWD", 1234500, "1,234.500 KWD"),
        ("KWD", 1, "0.001 KWD"),
        ("EGP", 5, "0.05 EGP"),
        ("EGP", -5, "-0.05 EGP"),
        ("EGP", -123456, "-1,234.56 EGP"),
        ("CLF", 10001, "1.0001 CLF"),
        ("ZZZ", 100, "1.00 ZZZ"),
        ("EGP", 10**21 + 7, "10,000,000,000,000,000,000.07 EGP"),
    ],
)
def test_amount(currency: str, minor_units: int, text: str) -> None:
    """Each currency has its own decimals, 2 where it is unknown; the sign stands once, in front."""
    assert amount(currency, minor_units) == text


@given(st.sampled_from(sorted(CURRENCIES)), st.integers(-(10**30), 10**30))
def test_nothing_is_rounded(currency: str, minor_units: int) -> None:
    """Without its separators, an amount is its minor units digit by digit."""
    number, _, code = amount(currency, minor_units).partition(" ")
    assert code == currency
    assert int(number.replace(",", "").replace(".", "")) == minor_units
    assert len(number.partition(".")[2]) == minor_unit_digits(currency)


def test_currencies_stand_beside_each_other() -> None:
    """Amounts of several currencies come in the order of their codes; of none, there is no text."""
    assert amounts({"USD": 100, "EGP": 5, "JPY": 7}) == ["0.05 EGP", "7 JPY", "1.00 USD"]
    assert amounts({}) == []


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [
        (0, 0, "0%"),
        (0, 7, "0%"),
        (7, 7, "100%"),
        (1, 1_000_000, "<0.1%"),
        (1, 2000, "0.1%"),
        (999_999, 1_000_000, ">99.9%"),
        (1, 8, "12.5%"),
        (2, 3, "66.7%"),
        (1, 1, "100%"),
    ],
)
def test_shares(part: int, whole: int, written: str) -> None:
    """A share has one decimal, and is nothing or all only where it is exactly that."""
    assert percent(part, whole) == written


@given(st.integers(1, 10**30), st.data())
def test_share_is_right_to_half_of_its_last_digit(whole: int, data: st.DataObject) -> None:
    """A written share is as near to the share as one decimal can be, however large the numbers."""
    part = data.draw(st.integers(0, whole))
    written = percent(part, whole)
    exact = Fraction(100 * part, whole)
    if written == "<0.1%":
        assert 0 < exact < Fraction(1, 20)
    elif written == ">99.9%":
        assert Fraction(9995, 100) <= exact < 100
    else:
        assert abs(Fraction(written.removesuffix("%")) - exact) <= Fraction(1, 20)
