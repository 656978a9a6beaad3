"""Amounts are written with the decimals of their currency, and never added up across currencies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules_engine.dryrun.reports.wording import amount, amounts
from rules_engine.models.currency import CURRENCIES, minor_unit_digits


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
