"""Which drafts a report is about."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules_engine import OPERATIONS
from rules_engine.dryrun.replay import replay
from rules_engine.dryrun.task import Where, WhereError, read_where, task_of
from rules_engine.examples import examples
from tests.dryrun.samples import DEFAULT, history

SINCE = datetime(2026, 11, 1, tzinfo=UTC)
UNTIL = datetime(2026, 12, 1, 12, tzinfo=UTC)
TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("texts", "where"),
    [
        ([], Where()),
        (["merchant=acct_1"], Where(("acct_1",))),
        (["merchant=b,merchant=a", "merchant=a"], Where(("a", "b"))),
        (["merchant=a=b"], Where(("a=b",))),
        (["operation=session.create, operation=price.create"], Where((), ("price.create", "session.create"))),
        (["since=2026-11-01,until=2026-12-01T14:00:00+02:00"], Where((), (), SINCE, UNTIL)),
        (["until=2026-12-01t12:00:00z"], Where(until=UNTIL)),
    ],
)
def test_read(texts: list[str], where: Where) -> None:
    """Parts are read in any number of texts, and each asked for once counts once."""
    assert read_where(texts) == where
    assert (where == Where()) is (texts == [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "unknown condition ''"),
        ("merchant", "expected merchant=VALUE"),
        ("merchant=", "expected merchant=VALUE"),
        (
            "merchants=a",
            "unknown condition 'merchants': expected merchant, operation, since, until; did you mean merchant?",
        ),
        ("operation=session.crate", "unknown operation session.crate; did you mean session.create?"),
        ("since=yesterday", "since must be a day in UTC"),
        ("since=2026-11-01T00:00:00", "since must be a day in UTC"),
        ("since=2026-13-01", "since must be a day in UTC"),
        ("until=0001-01-01T00:00:00+10:00", "until must be a day in UTC"),
        ("since=2026-11-01,since=2026-11-02", "since is given twice"),
        (
            "since=2026-11-08,until=2026-11-01",
            "no draft fits: since=2026-11-08T00:00:00Z is not before until=2026-11-01",
        ),
        ("until=2026-11-01,since=2026-11-01", "no draft fits"),
    ],
)
def test_refused(text: str, said: str) -> None:
    """What is in another form is refused in a sentence that says what is wrong."""
    with pytest.raises(WhereError) as refused:
        read_where([text])
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize(("now", "fits"), [(SINCE - TICK, False), (SINCE, True), (UNTIL - TICK, True), (UNTIL, False)])
def test_times_are_half_open(now: datetime, *, fits: bool) -> None:
    """From `since` on, until just before `until`."""
    assert Where(since=SINCE, until=UNTIL).fits("session.create", None, now) is fits


def test_merchants_and_operations() -> None:
    """Of several, any fits; a draft without a merchant belongs to nobody."""
    where = Where(("a", "b"), ("price.create",))
    assert where.fits("price.create", "b", SINCE)
    assert not where.fits("price.create", "c", SINCE)
    assert not where.fits("price.create", None, SINCE)
    assert not where.fits("session.create", "a", SINCE)
    assert Where().fits("session.create", None, SINCE)


@given(
    st.builds(
        Where,
        st.lists(st.sampled_from(("a", "b=c", "acct_1")), unique=True).map(sorted).map(tuple),
        st.lists(st.sampled_from(sorted(OPERATIONS)), unique=True).map(sorted).map(tuple),
        st.none() | st.datetimes(timezones=st.just(UTC)),
        st.none() | st.datetimes(timezones=st.just(UTC)),
    ).filter(lambda where: where.since is None or where.until is None or where.since < where.until)
)
def test_written_as_it_is_read(where: Where) -> None:
    """What is written of it reads as the same."""
    assert read_where([str(where)] if str(where) else []) == where


def test_skipped() -> None:
    """Drafts that are not meant are counted as skipped and as nothing else; what cannot be read is always counted."""
    documents = [examples()[name] for name in ("create", "price_create")]
    task = task_of(DEFAULT, DEFAULT, where=read_where(["operation=price.create"]))
    report = replay(history(*documents, None), task)
    assert (report.filtered_out, report.read, report.unreadable) == (1, 2, 1)
    assert dict(report.operations) == {"price.create": 1}
    assert report.header.where == "operation=price.create"
