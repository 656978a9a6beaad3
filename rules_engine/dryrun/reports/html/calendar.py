"""Days, gathered into as many stretches of time as a picture has room for."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from attrs import Factory, define, frozen

from rules_engine.dryrun.report import Change, Tally

MOST_STRETCHES: Final = 120


@frozen
class _Grain:
    """How long a stretch is.

    Attributes:
        name: What a stretch is called.
        number_of: Gives the number of the stretch that a day is in; stretches follow each other without a gap.
        name_of: Gives the name of the stretch with a number.
    """

    name: str
    number_of: Callable[[date], int]
    name_of: Callable[[int], str]


def _week(day: date) -> int:
    return (day.toordinal() - 1) // 7


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


_GRAINS: Final = (
    _Grain("day", date.toordinal, lambda number: date.fromordinal(number).isoformat()),
    _Grain("week", _week, lambda number: (date.min + timedelta(days=number * 7)).isoformat()),
    _Grain("month", _month, lambda number: f"{number // 12:04d}-{number % 12 + 1:02d}"),
    _Grain("year", lambda day: day.year, lambda number: f"{number:04d}"),
    _Grain("decade", lambda day: day.year // 10, lambda number: f"{number * 10:04d}s"),
    _Grain("century", lambda day: day.year // 100, lambda number: f"{number * 100:04d}s"),
)
"""From the shortest to the longest; of centuries a calendar has a hundred."""


@define
class Stretch:
    """What happened in a stretch of time.

    Attributes:
        name: The stretch: its day, or its first one, or its month or year.
        drafts: How many drafts of each class.
    """

    name: str
    drafts: Counter[Change] = Factory(Counter)


def stretches(days: Mapping[str, Mapping[Change, Tally]]) -> tuple[str, list[Stretch]]:
    """Gather days.

    Args:
        days: Day, as ISO 8601 has it, to class to drafts. What is no day stands nowhere in time.

    Returns:
        What a stretch is, `day` or longer, and every stretch from the first to the last, those without drafts
        included.
    """
    known = [(day, changes) for name, changes in days.items() if (day := _read(name)) is not None]
    if not known:
        return "day", []
    first, last = min(day for day, _ in known), max(day for day, _ in known)
    grain = next(each for each in _GRAINS if each.number_of(last) - each.number_of(first) < MOST_STRETCHES)
    start = grain.number_of(first)
    found = [Stretch(grain.name_of(number)) for number in range(start, grain.number_of(last) + 1)]
    for day, changes in known:
        for change, tally in changes.items():
            found[grain.number_of(day) - start].drafts[change] += tally.drafts
    return grain.name, found


def _read(day: str) -> date | None:
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None
