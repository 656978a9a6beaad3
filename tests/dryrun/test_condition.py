"""Conditions that fail a dry run are read strictly and computed on integers."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules_engine.dryrun.condition import ConditionError, read_condition
from rules_engine.dryrun.report import Report
from tests.dryrun.samples import HEADER, drafts_of

REPORT = drafts_of(
    unreadable=5, accepted=989, rejected=1, relieved=1, changed=1, reordered=1, undecided=1, still_undecided=1
)
"""A thousand records."""


@pytest.mark.parametrize(
    ("text", "count", "code", "comparison", "bound", "is_share"),
    [
        ("newly_rejected > 0.1%", "newly_rejected", None, ">", Fraction(1, 1000), True),
        ("newly_rejected>0.1 %", "newly_rejected", None, ">", Fraction(1, 1000), True),
        ("  changed >= 10  ", "changed", None, ">=", Fraction(10), False),
        ("unreadable == 0", "unreadable", None, "==", Fraction(0), False),
        ("unchanged < 99.9%", "unchanged", None, "<", Fraction(999, 1000), True),
        ("undecided <= 0.5", "undecided", None, "<=", Fraction(1, 2), False),
        ("gained(price_expired) > 0", "gained", "price_expired", ">", Fraction(0), False),
        ("lost ( acme.cash_limit ) > 1%", "lost", "acme.cash_limit", ">", Fraction(1, 100), True),
    ],
)
def test_read(text: str, count: str, code: str | None, comparison: str, bound: Fraction, *, is_share: bool) -> None:
    """A condition is read exactly, and keeps its text."""
    condition = read_condition(text)
    assert (condition.count, condition.code, condition.comparison) == (count, code, comparison)
    assert (condition.bound, condition.is_share, condition.text) == (bound, is_share, text.strip())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "expected a condition such as"),
        ("newly_rejected", "expected a condition such as"),
        ("newly_rejected > ", "expected a condition such as"),
        ("newly_rejected > -1", "expected a condition such as"),
        ("newly_rejected > 1e3", "expected a condition such as"),
        ("newly_rejected > .1%", "expected a condition such as"),
        ("newly_rejected > 1 % 2", "expected a condition such as"),
        ("newly_rejected != 1", "expected a condition such as"),
        ("newly_rejected => 1", "expected a condition such as"),
        ("newly_rejected > ٣", "expected a condition such as"),
        ("1 > newly_rejected", "expected a condition such as"),
        ("gained() > 0", "expected a condition such as"),
        ("newly_rejected > 1 and undecided > 1", "expected a condition such as"),
        ("newly_rejected > 123456789012345678901", "expected a condition such as"),
        ("newly_rejectd > 1", "unknown count newly_rejectd; did you mean newly_rejected?"),
        ("shadowed > 1", "unknown count shadowed: expected unchanged, "),
        ("gained > 0", "expected gained(CODE)"),
        (
            "gained(price_expird) > 0",
            "unknown code price_expird in 'gained(price_expird) > 0'; did you mean price_expired?",
        ),
        ("changed(price_expired) > 0", "expected changed in"),
    ],
)
def test_refused(text: str, said: str) -> None:
    """A condition in another form is refused in a sentence that says what is wrong."""
    with pytest.raises(ConditionError) as refused:
        read_condition(text)
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("unchanged > 0", 989),
        ("newly_rejected > 0", 1),
        ("newly_accepted > 0", 1),
        ("reasons_changed > 0", 1),
        ("order_only > 0", 1),
        ("undecided > 0", 2),
        ("newly_undecided > 0", 1),
        ("unreadable > 0", 5),
        ("changed > 0", 4),
        ("gained(price_expired) > 0", 2),
        ("gained(coupon_invalid) > 0", 0),
        ("lost(coupon_invalid) > 0", 2),
        ("lost(a) > 0", 0),
        ("gained(no.such) > 0", 0),
    ],
)
def test_counted(text: str, counted: int) -> None:
    """A condition counts a class, the newly undecided, all with another answer, or what one code gains or loses."""
    assert read_condition(text).counted(REPORT) == counted


@pytest.mark.parametrize(
    ("rejected", "records", "holds"),
    [(1, 1000, False), (1, 1001, False), (1, 999, True), (2, 1999, True), (2, 2000, False), (10**15, 10**18, False)],
)
def test_shares_are_not_rounded(rejected: int, records: int, *, holds: bool) -> None:
    """More than 0.1 % is more than one in a thousand, and one in a thousand is not."""
    report = drafts_of(accepted=records - rejected, rejected=rejected)
    assert read_condition("newly_rejected > 0.1%").holds(report) is holds
    assert read_condition("newly_rejected <= 0.1%").holds(report) is not holds


@pytest.mark.parametrize(("text", "holds"), [("changed > 0%", False), ("changed >= 0%", True), ("changed > 0", False)])
def test_of_nothing(text: str, *, holds: bool) -> None:
    """Of no records, a share is a share of nothing."""
    assert read_condition(text).holds(Report(HEADER)) is holds


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 6))
def test_a_share_is_a_product(rejected: int, others: int, digits: int, places: int) -> None:
    """`n > p %` is `100 n > p records`, whatever the numbers."""
    report = drafts_of(accepted=others, rejected=rejected)
    whole, part = divmod(digits, 10**places)
    text = f"newly_rejected > {whole}{f'.{part:0{places}d}' if places else ''}%"
    expected = rejected * 100 * 10**places > digits * (rejected + others)
    assert read_condition(text).holds(report) is expected


@given(st.text(max_size=30) | st.from_regex(r"[a-z_]+ ?\(?[a-z.]*\)? ?[<>=]+ ?[0-9.]+ ?%?", fullmatch=True))
def test_any_text(text: str) -> None:
    """Any text is a condition that can be asked, or is refused."""
    try:
        condition = read_condition(text)
    except ConditionError:
        return
    assert condition.holds(REPORT) in (True, False)
