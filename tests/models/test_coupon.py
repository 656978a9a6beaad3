"""Calendar months are counted as `dateutil.relativedelta` counts them, to the instant."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from rules_engine.models import months_until

INSTANTS = st.datetimes(datetime(1, 3, 1), datetime(9999, 10, 1), timezones=st.just(UTC))  # noqa: DTZ001  # hypothesis adds the zone


@given(INSTANTS, INSTANTS)
def test_least_number_of_months_that_reaches_the_end(now: datetime, end: datetime) -> None:
    """As many months reach the end, and one month fewer does not."""
    months = months_until(end, now)
    assert now + relativedelta(months=months - 1) < end <= now + relativedelta(months=months)


@pytest.mark.parametrize(
    ("end", "months"),
    [
        ("2028-01-31T12:00:00+00:00", 0),
        ("2028-01-31T12:00:00.000001+00:00", 1),
        ("2028-02-29T12:00:00+00:00", 1),
        ("2028-02-29T12:00:00.000001+00:00", 2),
        ("2028-03-31T12:00:00+00:00", 2),
        ("2027-12-31T12:00:00+00:00", -1),
        ("2027-12-31T12:00:00.000001+00:00", 0),
    ],
)
def test_months_from_the_end_of_a_month(end: str, months: int) -> None:
    """A month from 31 January is the last day of February, that instant included."""
    now = datetime(2028, 1, 31, 12, tzinfo=UTC)
    assert months_until(datetime.fromisoformat(end), now) == months


def test_months_are_those_of_utc() -> None:
    """The offset that an instant is written with does not matter."""
    now, end = datetime(2028, 1, 31, 23, 30, tzinfo=UTC), datetime(2028, 2, 29, 23, 30, tzinfo=UTC)
    cairo = timezone(timedelta(hours=2))
    assert months_until(end.astimezone(cairo), now.astimezone(cairo)) == 1
