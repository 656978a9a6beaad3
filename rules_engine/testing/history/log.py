"""The log of what was tried at the shops, draft by draft."""

import heapq
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from attrs import evolve

from rules_engine.testing.history import (
    configuration,
    coupon,
    currency,
    payment_link,
    price,
    promotion_code,
    refund,
    request,
    session,
)
from rules_engine.testing.history.attempt import Attempt, FollowUp
from rules_engine.testing.history.broken import broken
from rules_engine.testing.history.chance import Chance, Weighted
from rules_engine.testing.history.client import faulty
from rules_engine.testing.history.market import Market
from rules_engine.testing.history.recorder import Recorder, text
from rules_engine.testing.history.rhythm import hour_weights, instants
from rules_engine.testing.history.shop import Shop
from rules_engine.testing.history.shops import SHOPS
from rules_engine.testing.history.trade import Trade
from rules_engine.wire.dates import write_instant

START: Final = date(2026, 8, 1)
"""The first day of a history, where none is given."""
DAYS: Final = 112
"""The length of a history, where none is given: sixteen weeks, into the rush at the end of November."""
FIRST_DAY: Final = date(2000, 1, 1)
LAST_DAY: Final = date(2999, 12, 31)
MOST_DAYS: Final = 36_525
_WAITING: Final = 512
"""So many follow-ups wait at most: what is remembered must not grow with the history."""
_MISTAKEN: Final = 30
"""In a thousand: requests that a client gets wrong."""
_SENT_AGAIN: Final = 130
"""In a thousand: refused requests that are sent again as they are."""
_MENDED: Final = 500
"""In a thousand: wrong requests that are sent again, right."""
_RELEASE: Final = (5, 9)
"""The policy of the time changes after this part of the period."""
_MILLION: Final = 1_000_000
_Maker = Callable[[Trade, datetime], Attempt]
_MAKERS: Final[Weighted[_Maker]] = Weighted(
    [
        (session.create, 760),
        (request.authorize, 48),
        (payment_link.open_link, 44),
        (refund.create, 46),
        (price.update, 36),
        (currency.check, 20),
        (promotion_code.create, 14),
        (price.create, 12),
        (payment_link.create, 10),
        (promotion_code.update, 6),
        (coupon.create, 6),
        (configuration.update, 6),
        (price.delete, 5),
        (coupon.delete, 4),
    ]
)


def history(drafts: int, seed: int, *, start: date = START, days: int = DAYS, unreadable: int = 0) -> Iterator[bytes]:
    """Make up the log of some shops: draft documents as JSON text, in the order of their instants.

    The same arguments give the same bytes, on any machine and under any version of Python. The drafts fill the whole
    period, whatever their number: those of a longer log are others, and lie closer. Only what a draft needs is in
    memory, however long the log is.

    Args:
        drafts: How many drafts.
        seed: Any whole number.
        start: The first day, in UTC.
        days: The length of the period.
        unreadable: In a million: drafts after which a record stands that no reader can read.

    Raises:
        ValueError: A number is negative, or the period is empty, too long, or not within 2000 to 2999.
    """
    if drafts < 0 or not 0 <= unreadable <= _MILLION:
        raise ValueError("the number of drafts is at least 0, and the share of what is unreadable 0 to 1")
    if not 1 <= days <= MOST_DAYS or start < FIRST_DAY or start > LAST_DAY - timedelta(days=days):
        raise ValueError(f"the period is 1 to {MOST_DAYS} days, from {FIRST_DAY} at the earliest to {LAST_DAY}")
    return _Log(drafts, seed, start, days).records(unreadable)


class _Log:
    def __init__(self, drafts: int, seed: int, start: date, days: int) -> None:
        first = datetime(start.year, start.month, start.day, tzinfo=UTC)
        chance = self._chance = Chance(seed)
        self._drafts = drafts
        self._market = Market(chance)
        self._market.open(start)
        self._trades = {shop: Trade(shop, chance, self._market, drafts, first) for shop in SHOPS}
        by_hour = [[(shop, shop.weight * hour_weights(shop.utc_offset)[hour]) for shop in SHOPS] for hour in range(24)]
        self._shops: list[Weighted[Shop]] = [Weighted(weights) for weights in by_hour]
        self._arrivals = instants(drafts, start, days, [sum(weight for _, weight in row) for row in by_hour], chance)
        part, whole = _RELEASE
        self._recorder = Recorder(first + timedelta(days=days * part // whole), chance)
        self._waiting: list[tuple[datetime, int, int, FollowUp]] = []
        self._number = 0

    def records(self, unreadable: int) -> Iterator[bytes]:
        for arrival in self._arrivals:
            self._number += 1
            now, attempt = self._next(arrival)
            document, clean = self._document(attempt, now)
            written = text(document)
            verdict = self._recorder.judge(written, now)
            self._follow(attempt, now, clean=clean, accepted=verdict.accepted)
            record = self._recorder.record(document, written, verdict)
            yield record
            if unreadable and self._chance.below(_MILLION) < unreadable:
                yield broken(record, self._chance)

    def _next(self, arrival: datetime) -> tuple[datetime, Attempt]:
        """Let whoever waits go first, where it is time: nobody is tried after an instant that has passed."""
        if self._waiting and self._waiting[0][0] <= arrival:
            due, _, _, follow_up = heapq.heappop(self._waiting)
            self._open(due)
            return due, follow_up.make(due)
        self._open(arrival)
        trade = self._trades[self._chance.weighted(self._shops[arrival.hour])]
        return arrival, self._chance.weighted(_MAKERS)(trade, arrival)

    def _open(self, now: datetime) -> None:
        if self._market.open(now.date()):
            for trade in self._trades.values():
                trade.open(now)

    def _document(self, attempt: Attempt, now: datetime) -> tuple[dict[str, Any], bool]:
        """Write the draft of an attempt, and tell whether the client got it right."""
        clean = attempt.again or not self._chance.share(_MISTAKEN)
        document: dict[str, Any] = {"version": 1, "id": f"d_{self._number:06d}", "operation": attempt.operation}
        if attempt.target is not None:
            document["target"] = {"id": attempt.target}
        document["request"] = attempt.request if clean else faulty(attempt.request, self._chance)
        document["facts"] = {"now": write_instant(now), **attempt.facts}
        return document, clean

    def _follow(self, attempt: Attempt, now: datetime, *, clean: bool, accepted: bool) -> None:
        if not clean:
            follow_ups = self._repeated(attempt, _MENDED)
        elif accepted:
            follow_ups = attempt.accepted(now)
        else:
            follow_ups = (*attempt.refused(now), *(() if attempt.again else self._repeated(attempt, _SENT_AGAIN)))
        for place, follow_up in enumerate(follow_ups[: _WAITING - len(self._waiting)]):
            heapq.heappush(self._waiting, (now + timedelta(seconds=follow_up.after), self._number, place, follow_up))

    def _repeated(self, attempt: Attempt, share: int) -> tuple[FollowUp, ...]:
        if not self._chance.share(share):
            return ()
        repeated = evolve(attempt, again=True)
        return (FollowUp(self._chance.between(2, 240), lambda _: repeated),)
