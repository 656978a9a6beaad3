"""When drafts come in: the hours of a day, the days of a week, the seasons of a year."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from typing import Final

from rules_engine.testing.history.chance import Chance

_HOURS: Final = (8, 5, 3, 2, 2, 4, 9, 16, 26, 36, 44, 50, 54, 52, 48, 46, 48, 54, 64, 76, 86, 84, 60, 28)
"""By the hour of the shop: at night hardly anybody buys, in the evening nearly everybody."""
_WEEKDAYS: Final = (92, 90, 94, 108, 122, 118, 100)
"""From Monday: the week ends with the most orders."""
_MONTHS: Final = (84, 78, 86, 88, 92, 84, 76, 82, 94, 102, 128, 146)
"""From January: a quiet summer, and the holidays at the end."""
_SALE: Final = (11, 20)
"""From this day of November on, everybody sells at a discount."""
_RUSH: Final = 2
"""How many times as much comes in then."""
_HOURS_A_DAY: Final = 24
_FRACTION: Final = 1 << 32


def hour_weights(utc_offset: int) -> Sequence[int]:
    """Tell how much comes in at each hour of UTC.

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
