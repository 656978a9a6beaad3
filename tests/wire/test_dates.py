"""Instants are read from RFC 3339 with an offset, and written in UTC."""

import copy
import operator
import pickle
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules_engine.models.instants import microseconds_between
from rules_engine.wire.dates import read_instant, write_instant

OFFSETS = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(lambda minutes: timezone(timedelta(minutes=minutes)))
INSTANTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=OFFSETS)  # noqa: DTZ001  # hypothesis adds the zone


@given(INSTANTS)
def test_what_is_written_is_read_back(instant: datetime) -> None:
    """An instant with any offset is the same instant after it was written and read."""
    assert read_instant(write_instant(instant)) == instant


@given(INSTANTS)
def test_every_spelling_is_the_same_instant(instant: datetime) -> None:
    """The letters may stand in either case, and the offset may be any: the instant is the same."""
    text = instant.isoformat()
    assert read_instant(text) == read_instant(text.lower()) == instant


@given(st.datetimes(timezones=st.just(UTC)))
def test_instant_is_read_in_utc(instant: datetime) -> None:
    """Whatever its offset was, an instant is kept in UTC."""
    assert read_instant(instant.isoformat()).tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2026-11-22T10:00:00Z", "2026-11-22T10:00:00Z"),
        ("2026-11-22t10:00:00z", "2026-11-22T10:00:00Z"),
        ("2026-11-22T12:00:00+02:00", "2026-11-22T10:00:00Z"),
        ("2026-11-22t12:00:00+02:00", "2026-11-22T10:00:00Z"),
        ("2026-11-22T09:59:59-00:00", "2026-11-22T09:59:59Z"),
        ("2026-11-22T00:30:00+05:45", "2026-11-21T18:45:00Z"),
        ("2026-11-22T10:00:00+23:59", "2026-11-21T10:01:00Z"),
        ("2026-11-22T10:00:00-23:59", "2026-11-23T09:59:00Z"),
        ("2024-02-29T23:59:59Z", "2024-02-29T23:59:59Z"),
        ("2026-11-22T10:00:00.5Z", "2026-11-22T10:00:00.500000Z"),
        ("2026-11-22t10:00:00.000001z", "2026-11-22T10:00:00.000001Z"),
        ("2026-11-22T10:00:00.123456789Z", "2026-11-22T10:00:00.123456789Z"),
        ("2026-11-22t12:00:00.000000001+02:00", "2026-11-22T10:00:00.000000001Z"),
        ("2026-11-22T10:00:00.1234560000Z", "2026-11-22T10:00:00.123456Z"),
        ("2026-11-22T10:00:00.1234567890Z", "2026-11-22T10:00:00.123456789Z"),
        (f"2026-11-22T10:00:00.{'9' * 30}Z", f"2026-11-22T10:00:00.{'9' * 30}Z"),
        ("9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ("0001-01-01T00:00:00-00:01", "0001-01-01T00:01:00Z"),
        ("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"),
        ("9999-12-31T23:59:59+00:01", "9999-12-31T23:58:59Z"),
    ],
)
def test_instant(text: str, written: str) -> None:
    """Each valid spelling is one instant, with all of its digits."""
    assert write_instant(read_instant(text)) == written


@pytest.mark.parametrize(
    "text",
    [
        *("", "2026-11-22", "2026-11-22T10:00:00", "2026-11-22T10:00Z", "2026-11-22T10Z", "2026-11-22 10:00:00Z"),
        *("2026-11-22T10:00:00 Z", " 2026-11-22T10:00:00Z", "2026-11-22T10:00:00Z\n", "20261122T100000Z"),
        *("2026-W47-7T10:00:00Z", "2026-326T10:00:00Z", "2026-1-22T10:00:00Z", "26-11-22T10:00:00Z"),
        *("+2026-11-22T10:00:00Z", "2026-11-22T10:00:00,5Z", "2026-11-22T10:00:00.Z"),
        *(f"2026-11-22T10:00:00.{'0' * 31}Z", "2026-11-22T10:00:00+02", "2026-11-22T10:00:00+0200"),
        *("2026-11-22T10:00:00+24:00", "2026-11-22T10:00:00+02:60", "2026-11-22T10:00:00\u221202:00"),
        *("2026-11-22T10:00:00EET", "2026-11-22T24:00:00Z", "2026-11-22t24:00:00z", "2026-11-22T25:00:00Z"),
        *("2026-11-22T10:60:00Z", "2026-11-22T23:59:60Z", "2026-11-22t23:59:60z", "2016-12-31T23:59:60Z"),
        *("2026-00-22T10:00:00Z", "2026-13-22T10:00:00Z", "2026-11-00T10:00:00Z", "2026-11-31T10:00:00Z"),
        *("2026-02-29T10:00:00Z", "2026-02-29t10:00:00z", "0000-01-01T00:00:00Z", "0000-01-01t00:00:00z"),
        *("0001-01-01T00:00:00+00:01", "0001-01-01t00:00:00+00:01", "9999-12-31T23:59:59-00:01"),
        *("9999-12-31t23:59:59-00:01", "2026-11-22T10:00:0\u0661Z", "1763805600"),
    ],
)
def test_text_that_is_no_instant(text: str) -> None:
    """What is not RFC 3339 with an offset, or not on the calendar, is refused."""
    with pytest.raises(ValueError, match=r"RFC 3339|calendar|out of range|must be in"):
        read_instant(text)


DIGITS = st.text("0123456789", min_size=7, max_size=30)


@given(st.tuples(st.integers(0, 1), DIGITS), st.tuples(st.integers(0, 1), DIGITS | st.just("000000")))
def test_instants_are_in_the_order_of_their_digits(left: tuple[int, str], right: tuple[int, str]) -> None:
    """Instants compare as exact numbers of seconds do, whether or not either has digits beyond the microsecond."""
    first, second = (read_instant(f"2026-11-22T10:00:0{second}.{digits}Z") for second, digits in (left, right))
    exact, other = (Fraction(f"{second}.{digits}") for second, digits in (left, right))
    for compare in (operator.lt, operator.le, operator.eq, operator.ne, operator.ge, operator.gt):
        assert compare(first, second) is compare(exact, other)
    assert microseconds_between(first, second) == (other - exact) * 10**6
    assert (first == second) <= (hash(first) == hash(second))


@given(DIGITS)
def test_digits_are_kept(digits: str) -> None:
    """A copy, a pickled instant, a later one and one that was written and read have the same digits."""
    instant = read_instant(f"2026-11-22T10:00:00.{digits}Z")
    pickled = pickle.loads(pickle.dumps(instant))  # noqa: S301  # what it has just written
    assert pickled == copy.deepcopy(instant) == read_instant(write_instant(instant)) == instant
    assert (instant + timedelta(days=1)).isoformat() == instant.isoformat().replace("22T", "23T")


def test_fine_instant_has_no_order_with_a_naive_one() -> None:
    """As with any instant, comparing it with one that has no offset raises."""
    fine = read_instant("2026-11-22T10:00:00.000000001Z")
    with pytest.raises(TypeError, match="offset-naive"):
        assert fine > datetime(2026, 11, 22)  # noqa: DTZ001  # the very fault
    assert fine != "2026-11-22"


def test_instant_without_an_offset_is_not_written() -> None:
    """A datetime without an offset has no one meaning and is refused, whatever zone the machine is in."""
    with pytest.raises(ValueError, match="without an offset"):
        write_instant(datetime(2026, 11, 22, 10))  # noqa: DTZ001  # the very fault
