"""What one currency is worth in another, from day to day."""

from collections.abc import Iterable
from datetime import date
from typing import Final

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
_UNIT: Final = 1_000_000


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
        """Move the rates where a new day has begun, and return whether one has."""
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

    def rates(self, currencies: Iterable[str], settlement: str) -> dict[str, str]:
        """Return the rate of each pair that is there, with six decimals."""
        others = [currency for currency in currencies if currency not in {settlement, self._late}]
        millionths = {other: self._values[other] * _UNIT // self._values[settlement] for other in others}
        return {f"{other}/{settlement}": f"{rate // _UNIT}.{rate % _UNIT:06d}" for other, rate in millionths.items()}
