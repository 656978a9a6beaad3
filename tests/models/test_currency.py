"""The currency table agrees with the iso4217 package, and a withdrawal takes effect at one exact instant."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

import iso4217
import pytest

from rules_engine.models import Currency
from rules_engine.models.currency import (
    CURRENCIES,
    CURRENCY_SOURCE,
    converted,
    currency_valid_at,
    fold_currency,
    minor_unit_digits,
)

WITHDRAWN = [currency for currency in CURRENCIES.values() if currency.withdrawn is not None]
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def test_table_equals_the_iso4217_package() -> None:
    """On the day the installed package was published, the codes and minor units valid here are exactly its own."""
    published = datetime.combine(iso4217.__published__, time(), UTC)
    ours = {c.code: c.minor_units for c in CURRENCIES.values() if currency_valid_at(c.code, published)}
    assert ours == {currency.code: currency.exponent for currency in iso4217.Currency}


def test_source_names_its_publication_date() -> None:
    """The source constant names the date of the list that the table was taken from."""
    assert "2026-01-01" in CURRENCY_SOURCE


def test_table_is_in_alphabetical_order() -> None:
    """The table iterates in the alphabetical order of its codes."""
    assert list(CURRENCIES) == sorted(CURRENCIES)


def test_table_is_keyed_by_its_codes() -> None:
    """Every key is the code of its currency, in three upper-case ASCII letters."""
    for key, currency in CURRENCIES.items():
        assert key == currency.code
        assert len(key) == 3
        assert key.isascii()
        assert key.isalpha()
        assert key.isupper()


def test_table_cannot_be_changed() -> None:
    """The table refuses assignment."""
    with pytest.raises(TypeError):
        CURRENCIES["ABC"] = Currency("ABC", 2, None)  # type: ignore[index] # the very assignment that must fail


@pytest.mark.parametrize(
    ("code", "minor_units", "withdrawn"),
    [
        ("ANG", 2, date(2025, 3, 31)),
        ("BGN", 2, date(2026, 1, 1)),
        ("BYR", 0, date(2017, 1, 1)),
        ("CUC", 2, date(2021, 7, 1)),
        ("EEK", 2, date(2011, 1, 1)),
        ("HRK", 2, date(2023, 1, 1)),
        ("LTL", 2, date(2015, 1, 1)),
        ("LVL", 2, date(2014, 1, 1)),
        ("MRO", 2, date(2018, 1, 1)),
        ("SLL", 2, date(2024, 1, 1)),
        ("STD", 2, date(2018, 1, 1)),
        ("USS", 2, date(2014, 3, 28)),
        ("VEF", 2, date(2018, 8, 20)),
        ("XFU", None, date(2013, 11, 7)),
        ("ZMK", 2, date(2013, 1, 1)),
        ("ZWL", 2, date(2024, 9, 1)),
    ],
)
def test_withdrawn_code(code: str, minor_units: int | None, withdrawn: date) -> None:
    """A withdrawn code keeps the minor units it had, and the first day on which it was no longer valid."""
    assert CURRENCIES[code] == Currency(code, minor_units, withdrawn)


def test_no_other_code_is_withdrawn() -> None:
    """Exactly sixteen codes of the table are withdrawn."""
    assert len(WITHDRAWN) == 16


@pytest.mark.parametrize("currency", WITHDRAWN, ids=lambda currency: currency.code)
def test_withdrawal_boundary(currency: Currency) -> None:
    """A withdrawn code is valid one microsecond before midnight UTC of its date, and no longer at that midnight."""
    assert currency.withdrawn is not None
    midnight = datetime.combine(currency.withdrawn, time(), UTC)
    assert currency_valid_at(currency.code, midnight - timedelta(microseconds=1))
    assert not currency_valid_at(currency.code, midnight)


def test_withdrawal_is_at_midnight_utc_in_every_zone() -> None:
    """The same instant gives the same answer, in whichever time zone it is written."""
    sofia = timezone(timedelta(hours=2))
    assert currency_valid_at("BGN", datetime(2026, 1, 1, 1, 59, 59, 999_999, tzinfo=sofia))
    assert not currency_valid_at("BGN", datetime(2026, 1, 1, 2, tzinfo=sofia))


@pytest.mark.parametrize("now", [datetime.min.replace(tzinfo=UTC), NOW, datetime.max.replace(tzinfo=UTC)])
def test_current_code_is_always_valid(now: datetime) -> None:
    """A code that is not withdrawn is valid at every instant."""
    assert currency_valid_at("EUR", now)


@pytest.mark.parametrize("code", ["eur", "EUR", "eUr"])
def test_letter_case_is_folded(code: str) -> None:
    """A code is known in any letter case, once it is folded."""
    assert currency_valid_at(fold_currency(code), NOW)


@pytest.mark.parametrize("code", ["", "EU", "EURO", "ABC", " EUR", "978"])
def test_unknown_code_is_not_valid(code: str) -> None:
    """A string that is no code of the table is never valid."""
    assert not currency_valid_at(code, NOW)


@pytest.mark.parametrize("code", ["u\u017fd", "u\u00df"])
def test_letters_outside_ascii_are_not_folded(code: str) -> None:
    """A string that only becomes a code by Unicode case mapping is unknown."""
    assert code.upper() in CURRENCIES
    assert not currency_valid_at(fold_currency(code), datetime(2010, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("code", "digits"),
    [("JPY", 0), ("EUR", 2), ("KWD", 3), ("CLF", 4), ("BYR", 0), ("BGN", 2), ("XAU", 2), ("ABC", 2)],
)
def test_minor_unit_digits(code: str, digits: int) -> None:
    """The digits are those of ISO 4217, and 2 where it states none or does not know the code."""
    assert minor_unit_digits(code) == digits


@pytest.mark.parametrize(
    ("amount", "source", "target", "rates", "result"),
    [
        (100, "USD", "EGP", ("50.25", "1"), 5025),
        (1000, "KWD", "EGP", ("160", "1"), 16_000),
        (1, "JPY", "EGP", ("0.339", "1"), Fraction("33.9")),
        (100, "USD", "KWD", ("50", "160"), Fraction("312.5")),
        (Decimal("0.5"), "USD", "EGP", ("50.25", "1"), Fraction("25.125")),
        (3, "USD", "EUR", ("1", "3"), 1),
        (1, "USD", "EUR", ("1", "3"), Fraction(1, 3)),
    ],
    ids=[
        "two digits",
        "three to two",
        "none to two",
        "through a third currency",
        "half a cent",
        "whole",
        "no decimal",
    ],
)
def test_converted(
    amount: int | Decimal, source: str, target: str, rates: tuple[str, str], result: int | Fraction
) -> None:
    """An amount is converted exactly, between currencies of any digits, and nothing is cut off."""
    source_rate, target_rate = map(Decimal, rates)
    assert converted(amount, source, target, source_rate=source_rate, target_rate=target_rate) == result
