"""What is tried again later is tried in its order, whatever comes at the same time."""

from datetime import UTC, datetime
from functools import partial

from rules_engine.testing.history import DAYS, START
from rules_engine.testing.history import log as logs
from rules_engine.testing.history.trade import Attempt, FollowUp


def _given(attempt: Attempt) -> Attempt:
    return attempt


def test_two_at_one_time() -> None:
    """Two things that are tried at the same instant are tried in the order in which they were thought of."""
    log = logs._Log(10, 1, START, DAYS)  # noqa: SLF001  # a log of chance hardly ever has such a tie
    trade = log._trades[0]  # noqa: SLF001  # the same
    later = [Attempt(trade, "session.expire", {}, name) for name in ("cs_1", "cs_2", "cs_3")]
    at_once = tuple(FollowUp(5, trade, None, partial(_given, again)) for again in later)
    first = Attempt(trade, "session.expire", {}, accepted=lambda: at_once)
    now = datetime(2026, 9, 1, tzinfo=UTC)
    log._follow(first, now, clean=True, accepted=True)  # noqa: SLF001  # the same
    tried = [log._next(datetime(2026, 9, 2, tzinfo=UTC))[1] for _ in later]  # noqa: SLF001  # the same
    assert [attempt.target for attempt in tried] == ["cs_1", "cs_2", "cs_3"]
