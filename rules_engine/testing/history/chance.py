"""What a seed decides: random choices, rates, and the instants at which drafts come in.

All of it comes out the same on every machine and under every version of Python.
"""

import hashlib
import random
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from typing import Final, Generic, TypeVar

T = TypeVar("T")
_PER_MILLE = 1_000


class Weighted(Generic[T]):
    """Things to choose from, some more often than others."""

    __slots__ = ("bounds", "things")

    def __init__(self, weights: Iterable[tuple[T, int]]) -> None:
        """Keep what has a weight.

        Args:
            weights: Things with their weights, whole numbers; what has none is never chosen.

        Raises:
            ValueError: Nothing is left to choose from.
        """
        kept = [(thing, weight) for thing, weight in weights if weight > 0]
        if not kept:
            raise ValueError("nothing has a weight")
        self.things: Sequence[T] = tuple(thing for thing, _ in kept)
        self.bounds: Sequence[int] = tuple(accumulate(weight for _, weight in kept))


class Chance:
    """A stream of choices that a seed decides.

    All is drawn from `random.Random.random`, the one method whose sequence Python promises never to change, and
    computed in whole numbers or in one multiplication, so that no mathematical library of a machine is asked.
    """

    __slots__ = ("_draw",)

    def __init__(self, seed: int) -> None:
        """Start the stream of a seed."""
        digest = hashlib.sha256(str(seed).encode()).digest()
        self._draw = random.Random(int.from_bytes(digest)).random  # noqa: S311  # made-up shops keep no secrets

    def below(self, bound: int) -> int:
        """Choose a whole number from 0 up to, and without, the bound; the bound is at most 2 to the power of 53."""
        return int(self._draw() * bound)

    def between(self, least: int, most: int) -> int:
        """Choose a whole number, both bounds included."""
        return least + self.below(most - least + 1)

    def share(self, per_mille: int) -> bool:
        """Return True this many times in a thousand."""
        return self.below(_PER_MILLE) < per_mille

    def pick(self, things: Sequence[T]) -> T:
        """Choose one, each as often as the others."""
        return things[self.below(len(things))]

    def weighted(self, things: Weighted[T]) -> T:
        """Choose one by weight."""
        bounds = things.bounds
        return things.things[bisect_right(bounds, self.below(bounds[-1]))]

    def token(self) -> str:
        """Make up the random part of an id: ten hexadecimal digits."""
        return f"{self.below(16**10):010x}"


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


_HOURS: Final = (8, 5, 3, 2, 2, 4, 9, 16, 26, 36, 44, 50, 54, 52, 48, 46, 48, 54, 64, 76, 86, 84, 60, 28)
"""Orders by the hour of the shop: fewest at night, most in the evening."""
_WEEKDAYS: Final = (92, 90, 94, 108, 122, 118, 100)
"""From Monday: the week ends with the most orders."""
_MONTHS: Final = (84, 78, 86, 88, 92, 84, 76, 82, 94, 102, 128, 146)
"""From January: a quiet summer, and the holidays at the end."""
_SALE: Final = (11, 20)
"""The day of November from which the shops are on sale."""
_RUSH: Final = 2
"""How many times as many orders come in then."""
_HOURS_A_DAY: Final = 24
_FRACTION: Final = 1 << 32


def hour_weights(utc_offset: int) -> Sequence[int]:
    """Return how much comes in at each hour of UTC.

    Args:
        utc_offset: How many hours the clocks of the shop are ahead of UTC; they are never changed.
    """
    return tuple(_HOURS[(hour + utc_offset) % _HOURS_A_DAY] for hour in range(_HOURS_A_DAY))


def instants(number: int, start: date, days: int, hours: Sequence[int], chance: Chance) -> Iterator[datetime]:
    """Spread drafts over a period, each at its instant, in order, to the second.

    Each draft has an equal share of all that comes in, and lies somewhere within it. So the drafts fill the period,
    whatever their number, and nothing has to be sorted.

    Args:
        number: How many instants.
        start: The first day, in UTC.
        days: The length of the period.
        hours: How much comes in at each hour of UTC.
        chance: Where within its share a draft lies.
    """
    midnight = datetime(start.year, start.month, start.day, tzinfo=UTC)
    bounds = list(accumulate(_day_weight(start + timedelta(days=day)) * hour for day in range(days) for hour in hours))
    for index in range(number):
        position, rest = divmod((index * _FRACTION + chance.below(_FRACTION)) * bounds[-1], number * _FRACTION)
        slot = bisect_right(bounds, position)
        before = bounds[slot - 1] if slot else 0
        width = bounds[slot] - before
        within = ((position - before) * number * _FRACTION + rest) * 3600 // (width * number * _FRACTION)
        yield midnight + timedelta(hours=slot, seconds=within)


def _day_weight(day: date) -> int:
    rush = _RUSH if (day.month, day.day) >= _SALE and day.month == _SALE[0] else 1
    return _WEEKDAYS[day.weekday()] * _MONTHS[day.month - 1] * rush
