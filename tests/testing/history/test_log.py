"""A made-up history is readable, mixed and in order, and the same every time."""

import json
import tracemalloc
from collections import Counter, deque
from datetime import UTC, date, datetime
from functools import partial
from itertools import pairwise
from typing import Any

import pytest
from attrs import evolve

from rules_engine import Engine, Verdict, required_facts
from rules_engine.exceptions import DraftError
from rules_engine.models import Draft
from rules_engine.testing import history as log
from rules_engine.testing.history import DAYS, START, history
from rules_engine.testing.history.trade import Attempt, FollowUp
from rules_engine.wire.read import read_draft

MIB = 1 << 20


@pytest.fixture(scope="module")
def drafts(documents: list[dict[str, Any]]) -> list[Draft[Any]]:
    """Read every record; it fails where one is no draft document."""
    return [read_draft(document) for document in documents]


@pytest.fixture(scope="module")
def verdicts(drafts: list[Draft[Any]]) -> list[Verdict]:
    """Judge the drafts by the default policy."""
    engine = Engine()
    return [engine.validate(draft) for draft in drafts]


@pytest.mark.slow
def test_readable(drafts: list[Draft[Any]]) -> None:
    """Every record is a draft document; only some requests, which clients got wrong, do not parse."""
    assert 100 < sum(bool(draft.faults) for draft in drafts) < 500


@pytest.mark.slow
def test_ids(documents: list[dict[str, Any]]) -> None:
    """Drafts are numbered from one on."""
    assert [document["id"] for document in documents] == [f"d_{number:06d}" for number in range(1, 10_001)]


@pytest.mark.slow
def test_in_order(documents: list[dict[str, Any]]) -> None:
    """No draft is judged before the one that stands before it, and all lie within the period."""
    instants = [document["facts"]["now"] for document in documents]
    assert instants == sorted(instants)
    assert instants[0].startswith("2026-08-01")
    assert instants[-1].startswith("2026-11-20")


@pytest.mark.slow
def test_outcomes(documents: list[dict[str, Any]], verdicts: list[Verdict]) -> None:
    """Most drafts are accepted, many are refused, for many reasons, and a few cannot be decided."""
    accepted = sum(verdict.accepted for verdict in verdicts)
    undecided = sum(not verdict.accepted and not verdict.violations for verdict in verdicts)
    codes = {code for verdict in verdicts for code in verdict.codes}
    assert 8_000 <= accepted <= 8_800
    assert 50 <= undecided <= 150
    assert len(codes) >= 45
    assert len({document["operation"] for document in documents}) >= 16


@pytest.mark.slow
def test_lost_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing was lost, nothing is left to look up."""
    monkeypatch.setattr(log, "_LOST", 0)
    lacking = {record: required_facts(record) for record in history(5_000, 1)}
    assert [record for record, keys in lacking.items() if keys] == []


@pytest.mark.slow
def test_recorded(documents: list[dict[str, Any]], verdicts: list[Verdict]) -> None:
    """The recorded codes are those of the default policy, but for some drafts of the older policy and some without."""
    recorded = [document.get("recorded") for document in documents]
    both = enumerate(zip(recorded, verdicts, strict=True))
    differing = [at for at, (then, now) in both if then is not None and tuple(then["codes"]) != now.codes]
    assert 150 < recorded.count(None) < 350
    assert 40 < len(differing) < 200
    assert differing[-1] < 7_000


@pytest.mark.slow
def test_shops(documents: list[dict[str, Any]]) -> None:
    """Some shops sell far more than others; those of the shipped policies are among them."""
    shops = Counter(document["facts"]["merchant"]["id"] for document in documents)
    (_, most), *_, (_, fewest) = shops.most_common()
    assert len(shops) == 8
    assert most > 10 * fewest
    assert {"mer_live_TeenElFayoum", "mer_live_DanaDigital"} < shops.keys()


@pytest.mark.slow
def test_world_moves(documents: list[dict[str, Any]]) -> None:
    """Stock goes down and up again, and rates move."""

    def known(part: str, name: str) -> list[Any]:
        return [facts[part][name] for facts in (each["facts"] for each in documents) if name in facts.get(part, ())]

    stock = [price["stock"] for price in known("prices", "price_teen_FishPlate_EGP")]
    rates = {pair["rate"] for pair in known("exchangeRates", "KWD/EGP")}
    steps = [after - before for before, after in pairwise(stock)]
    assert min(stock) == 0
    assert min(steps) < 0 < max(steps)
    assert len(rates) > 50


def test_seed_decides() -> None:
    """The same arguments give the same bytes, and another seed other ones."""
    assert list(history(200, 4)) == list(history(200, 4))
    assert list(history(200, 4)) != list(history(200, 5))


@pytest.mark.slow
def test_memory_is_flat() -> None:
    """Four times as many drafts take no more memory."""
    deque(history(3_000, 2), maxlen=0)  # fills what is kept once, such as the plans of operations
    assert _peak(3_000) < _peak(750) + MIB


def _peak(drafts: int) -> int:
    tracemalloc.start()
    try:
        deque(history(drafts, 2), maxlen=0)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_unreadable() -> None:
    """Records that cannot be read are added; the drafts stay what they are in number."""
    broken = 0
    records = list(history(400, 3, unreadable=200_000))
    for record in records:
        try:
            read_draft(record)
        except DraftError:
            broken += 1
    assert len(records) - broken == 400
    assert 40 < broken < 130


def test_any_period() -> None:
    """A log fills the period that it is given: a day, or years with their seasons."""
    for start, days, last in ((date(2024, 2, 29), 1, "2024-02-29"), (date(2027, 1, 1), 1_200, "2030-04-")):
        instants = [json.loads(record)["facts"]["now"] for record in history(500, 1, start=start, days=days)]
        assert instants[0] >= str(start)
        assert instants[-1].startswith(last)


@pytest.mark.parametrize(
    ("drafts", "start", "days", "unreadable"),
    [(-1, START, 1, 0), (1, START, 0, 0), (1, START, 40_000, 0), (1, date(1999, 1, 1), 1, 0), (1, START, 1, 1_000_001)],
)
def test_bounds(drafts: int, start: date, days: int, unreadable: int) -> None:
    """Numbers out of bounds are refused at once, before anything is written."""
    with pytest.raises(ValueError, match=r"at least 0|the period is"):
        history(drafts, 1, start=start, days=days, unreadable=unreadable)


def test_nothing() -> None:
    """A history of no drafts is empty."""
    assert list(history(0, 1)) == []


def test_two_at_one_time() -> None:
    """Two things that are tried at the same instant are tried in the order in which they were thought of."""
    made = log._Log(10, 1, START, DAYS)  # noqa: SLF001  # a log of chance hardly ever has such a tie
    trade = made._trades[0]  # noqa: SLF001  # the same
    later = [Attempt(trade, "session.expire", {}, name) for name in ("cs_1", "cs_2", "cs_3")]
    at_once = tuple(FollowUp(5, trade, None, partial(evolve, again)) for again in later)
    first = Attempt(trade, "session.expire", {}, accepted=lambda: at_once)
    now = datetime(2026, 9, 1, tzinfo=UTC)
    made._follow(first, now, well_formed=True, accepted=True)  # noqa: SLF001  # the same
    tried = [made._next(datetime(2026, 9, 2, tzinfo=UTC))[1] for _ in later]  # noqa: SLF001  # the same
    assert [attempt.target for attempt in tried] == ["cs_1", "cs_2", "cs_3"]
