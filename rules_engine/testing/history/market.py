"""What one currency is worth in another, from day to day."""

from datetime import date
from typing import Final

from rules_engine.models.currency import minor_unit_digits
from rules_engine.testing.history.chance import Chance

_START: Final = {
    "EGP": 1_000_000,
    "USD": 50_250_000,
    "EUR": 56_100_000,
    "GBP": 64_800_000,
    "SAR": 13_400_000,
    "AED": 13_680_000,
    "KWD": 162_000_000,
    "OMR": 130_500_000,
    "CAD": 36_200_000,
    "AUD": 33_100_000,
    "JPY": 332_000,
}
"""What each currency was worth when the history began, in millionths of a pound."""
_STEPS: Final = 13
"""A day moves a rate by at most six thousandths either way."""
_DRIFT: Final = 12
"""A rate that has moved by more than a twelfth comes back."""
UNIT: Final = 1_000_000
"""One, in the unit of a rate."""


class Market:
    """The rates of the day. One that the feed brought late does not exist that day."""

    __slots__ = ("_chance", "_day", "_late", "_values")

    def __init__(self, chance: Chance) -> None:
        """Open with the rates of the first day."""
        self._chance = chance
        self._day: date | None = None
        self._late = ""
        self._values = dict(_START)

    def open(self, day: date) -> bool:
        """Move the rates where a new day has begun, and tell whether one has."""
        if day == self._day:
            return False
        self._day = day
        for currency, value in self._values.items():
            start = _START[currency]
            moved = value + value * (self._chance.below(_STEPS) - _STEPS // 2) // 1_000
            if currency != "EGP" and abs(moved - start) <= start // _DRIFT:
                self._values[currency] = moved
        self._late = self._chance.pick(("OMR", "AED", "CAD", "GBP")) if self._chance.share(120) else ""
        return True

    def rate(self, currency: str, settlement: str) -> int | None:
        """Tell how many millionths of the second currency one of the first is; None where the rate is late."""
        if currency == self._late:
            return None
        return self._values[currency] * UNIT // self._values[settlement]

    def converted(self, amount: int, currency: str, other: str) -> int:
        """Convert minor units of one currency into minor units of another, by the rate of the day."""
        return exchanged(amount, currency, other, self._values[currency] * UNIT // self._values[other])


def exchanged(amount: int, currency: str, other: str, rate: int) -> int:
    """Convert minor units by a rate, truncated once at the end."""
    return amount * rate * _minor_units(other) // (UNIT * _minor_units(currency))


def _minor_units(currency: str) -> int:
    return int(10 ** minor_unit_digits(currency))


def rate_text(rate: int) -> str:
    """Write a rate as the feed does, with six decimals."""
    return f"{rate // UNIT}.{rate % UNIT:06d}"
