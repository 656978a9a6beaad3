"""A history to try policies on: the made-up log of some shops, draft by draft, as long as one likes.

`python -m rules_engine.testing.history --drafts 10000 --seed 1 --out history.jsonl.gz` writes one.
"""

import heapq
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from attrs import evolve

from rules_engine.api import Engine
from rules_engine.policy.builtin import default_policy
from rules_engine.testing.history import back_office, buyers
from rules_engine.testing.history.chance import Chance, Market, Weighted, hour_weights, instants
from rules_engine.testing.history.faults import broken, faulty
from rules_engine.testing.history.storefronts import STOREFRONTS
from rules_engine.testing.history.trade import Attempt, FollowUp, Trade
from rules_engine.testing.shop import ApiObject, part_of
from rules_engine.testing.shop_drafts import draft
from rules_engine.violation import Mode, Verdict

START: Final = date(2026, 8, 1)
"""The first day of a history, where none is given."""
DAYS: Final = 112
"""The length of a history, where none is given: sixteen weeks, into the rush at the end of November."""
FIRST_DAY: Final = date(2000, 1, 1)
LAST_DAY: Final = date(2999, 12, 31)
MOST_DAYS: Final = 36_525
MILLION: Final = 1_000_000
_WAITING: Final = 512
"""The most follow-ups that wait: memory must not grow with the history."""
_MISTAKEN: Final = 30
"""Per thousand: requests that are malformed."""
_SENT_AGAIN: Final = 130
"""Per thousand: refused requests that are sent again unchanged."""
_FIXED: Final = 500
"""Per thousand: malformed requests that are sent again, corrected."""
_NOT_RECORDED: Final = 25
"""Per thousand: drafts without recorded codes."""
_LOST: Final = 10
"""Per thousand: accepted drafts that lose a fact they need."""
_LOSABLE: Final = (
    *("prices", "exchangeRates", "payments", "redemptions", "coupons", "session", "customer", "charges"),
    *("balances", "usage", "apiKeys", "rate", "products", "missing"),
)
_RELEASE: Final = (5, 9)
"""The policy of the time changes after this part of the period."""
_OLD_LIMITS: Final = {"max_expires_after_minutes": 720}
_UNKNOWN_THEN: Final = ("coupon_customer_max_redemptions",)
_MAKERS: Final[Weighted[Callable[[Trade], Attempt]]] = Weighted(
    [
        (buyers.create, 760),
        (back_office.authorize, 48),
        (back_office.open_link, 44),
        (back_office.refund, 46),
        (back_office.update_price, 36),
        (back_office.check_currency, 20),
        (back_office.create_promotion_code, 14),
        (back_office.create_price, 12),
        (back_office.create_link, 10),
        (back_office.update_promotion_code, 6),
        (back_office.create_coupon, 6),
        (back_office.update_configuration, 6),
        (back_office.delete_price, 5),
        (back_office.delete_coupon, 4),
    ]
)
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


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
    if drafts < 0 or not 0 <= unreadable <= MILLION:
        raise ValueError("the number of drafts is at least 0, and the share of what is unreadable 0 to 1")
    if not 1 <= days <= MOST_DAYS or start < FIRST_DAY or start > LAST_DAY - timedelta(days=days):
        raise ValueError(f"the period is 1 to {MOST_DAYS} days, from {FIRST_DAY} at the earliest to {LAST_DAY}")
    return _Log(drafts, seed, start, days).records(unreadable)


class _Log:
    """The log.

    Until the day of a release, sessions lasted half a day at most, and redemptions of a coupon were not counted by
    customer. Since then the policy of the time is the default policy.
    """

    def __init__(self, drafts: int, seed: int, start: date, days: int) -> None:
        first = datetime(start.year, start.month, start.day, tzinfo=UTC)
        chance = self._chance = Chance(seed)
        self._market = Market(chance)
        self._market.open(start)
        self._trades = [Trade(front, chance, self._market, drafts, first) for front in STOREFRONTS]
        by_hour = [
            [(trade, trade.front.weight * hour_weights(trade.front.utc_offset)[hour]) for trade in self._trades]
            for hour in range(24)
        ]
        self._arriving = [Weighted(weights) for weights in by_hour]
        self._arrivals = instants(drafts, start, days, [sum(weight for _, weight in row) for row in by_hour], chance)
        policy, (part, whole) = default_policy(), _RELEASE
        self._release = first + timedelta(days=days * part // whole)
        self._after = Engine(policy)
        self._before = Engine(policy.with_limits(**_OLD_LIMITS).with_modes(Mode.OFF, *_UNKNOWN_THEN))
        self._waiting: list[tuple[datetime, int, int, FollowUp]] = []
        self._awaited: Counter[str | None] = Counter()
        self._number = 0

    def records(self, unreadable: int) -> Iterator[bytes]:
        for arrival in self._arrivals:
            self._number += 1
            now, attempt = self._next(arrival)
            document, well_formed = self._document(attempt)
            written = _text(document)
            verdict = (self._after if now >= self._release else self._before).validate(written)
            self._follow(attempt, now, well_formed=well_formed, accepted=verdict.accepted)
            record = self._record(document, written, verdict)
            yield record
            if unreadable and self._chance.below(MILLION) < unreadable:
                yield broken(record, self._chance)

    def _next(self, arrival: datetime) -> tuple[datetime, Attempt]:
        """Return the next attempt: the follow-up that is due, or else that of who arrives."""
        while self._waiting and self._waiting[0][0] <= arrival:
            due, _, _, follow_up = heapq.heappop(self._waiting)
            self._awaited -= Counter([follow_up.about])
            if follow_up.about is None or follow_up.trade.shop.find(follow_up.about) is not None:
                self._set_clocks(due)
                return due, follow_up.make()
        self._set_clocks(arrival)
        trade = self._chance.weighted(self._arriving[arrival.hour])
        return arrival, self._chance.weighted(_MAKERS)(trade)

    def _set_clocks(self, now: datetime) -> None:
        for trade in self._trades:
            trade.shop.now = now
        if self._market.open(now.date()):
            for trade in self._trades:
                trade.open()

    def _document(self, attempt: Attempt) -> tuple[ApiObject, bool]:
        """Build the draft of an attempt, and decide whether the request is well formed."""
        well_formed = attempt.again or not self._chance.share(_MISTAKEN)
        shop, name = attempt.trade.shop, f"d_{self._number:06d}"
        document = draft(shop, attempt.operation, attempt.request, attempt.target, name=name, known=attempt.known)
        return (
            document if well_formed else {**document, "request": faulty(attempt.request, self._chance)}
        ), well_formed

    def _follow(self, attempt: Attempt, now: datetime, *, well_formed: bool, accepted: bool) -> None:
        if not well_formed:
            follow_ups = self._repeated(attempt, _FIXED)
        elif accepted:
            follow_ups = attempt.take()
        else:
            follow_ups = (*attempt.refused(), *(() if attempt.again else self._repeated(attempt, _SENT_AGAIN)))
        for place, follow_up in enumerate(follow_ups[: _WAITING - len(self._waiting)]):
            heapq.heappush(self._waiting, (now + timedelta(seconds=follow_up.after), self._number, place, follow_up))
            self._awaited[follow_up.about] += 1
        session = attempt.target or attempt.made
        if session is not None and part_of(session) == "sessions" and session not in self._awaited:
            attempt.trade.shop.forget(session)  # no follow-up needs it any more

    def _repeated(self, attempt: Attempt, share: int) -> tuple[FollowUp, ...]:
        if not self._chance.share(share):
            return ()
        repeated = evolve(attempt, again=True)
        return (FollowUp(self._chance.between(2, 240), attempt.trade, attempt.target, lambda: repeated),)

    def _record(self, document: ApiObject, written: bytes, verdict: Verdict) -> bytes:
        """Record a draft with the codes of the time, and now and then too little of it."""
        recorded = not self._chance.share(_NOT_RECORDED)
        if verdict.accepted and self._chance.share(_LOST):
            written = self._without_a_fact(document, written)
        return written[:-1] + b',"recorded":' + _text({"codes": list(verdict.codes)}) + b"}" if recorded else written

    def _without_a_fact(self, document: Mapping[str, Any], written: bytes) -> bytes:
        facts = document["facts"]
        for name in _LOSABLE:
            if name in facts:
                without = _text({**document, "facts": {key: value for key, value in facts.items() if key != name}})
                if self._after.validate(without).undecided:
                    return without
        return written


def _text(value: Any) -> bytes:
    """Return a value as JSON, without white space."""
    return _ENCODER.encode(value).encode()
