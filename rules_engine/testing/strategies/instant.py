"""Instants, in every form that a host can hold them in."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

_DAY: Final = timedelta(days=1) - timedelta(microseconds=1)
_ZONES: Final = st.one_of(
    st.just(UTC),
    st.sampled_from((timedelta(hours=2), timedelta(hours=-5), timedelta(hours=5, minutes=45))).map(timezone),
    st.timedeltas(-_DAY, _DAY).map(timezone),
)


def _on_the_calendar(instant: datetime) -> bool:
    try:
        instant.astimezone(UTC)
    except OverflowError:
        return False
    return True


def instants() -> SearchStrategy[datetime]:
    """Generate aware instants of the whole calendar, with any fixed offset and either fold.

    The zones of the tz database are left out: in an hour that summer time repeats, Python holds an instant unequal to
    every other one (PEP 495), itself in UTC among them. Pass `st.datetimes(timezones=st.timezones())` where that is
    what you test.
    """
    naive = st.datetimes() | st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1))  # noqa: DTZ001  # the zone is added below
    return st.builds(
        lambda clock, zone, fold: clock.replace(tzinfo=zone, fold=fold), naive, _ZONES, st.sampled_from((0, 1))
    ).filter(_on_the_calendar)
