"""Reports to be shown: one of real drafts, one of a busy year, and one in which every text is hostile."""

import random
from datetime import date, timedelta
from functools import cache
from typing import Any

from attrs import asdict

from rules_engine.dryrun.history.files import Record
from rules_engine.dryrun.replay import replay
from rules_engine.dryrun.report import (
    ACCEPTED,
    UNDECIDED,
    Answer,
    Change,
    Exemplar,
    Header,
    Lost,
    PolicyName,
    Report,
    Tally,
    Transition,
    UnreadableRecord,
    change_of,
    group_tally,
)
from rules_engine.violation import FactKey, Undecided
from rules_engine.wire.report import VerdictDocument, ViolationDocument, WaivedDocument
from tests.dryrun.samples import SHIPPED, strict_task

HEADER = Header(PolicyName("default", "ab" * 32, ("rule_a", "rule_b")), PolicyName("strict", "cd" * 32, ("rule_a",)))
HOSTILE = (
    '<script>window.__hacked = 1</script><img src=x onerror="window.__hacked = 1">',
    '"><svg onload="window.__hacked = 1"></svg>',
    "' onmouseover='window.__hacked = 1",
    "</title></style></script></pre><!-- ]]> &lt;b&gt; &amp; {{7*7}} ${7*7}",
    "price_\u202eexpired\u2066\u0000\x1b[31m\ud800\u2028",
    "javascript:window.__hacked=1",
    "سعر منتهي",
    "x" * 5000,
)
"""Texts that a page must show and nothing else."""


@cache
def real_report() -> Report:
    """Replay the drafts of the project under two of its policies."""
    paths = sorted((SHIPPED / "drafts").glob("*.json"))
    records = [Record(path.name, path.read_bytes()) for path in paths]
    unreadable = Record("log.jsonl:17", b'{"version": 1, ', position=(17, 0))
    return replay([*records, unreadable], strict_task(by_merchant=True))


def report_of(counts: dict[tuple[Answer, Answer], int], header: Header = HEADER) -> Report:
    """Make a report of so many drafts of each transition, about nothing."""
    return Report(header, {answers: Transition(Tally(drafts, {}, drafts)) for answers, drafts in counts.items()})


def draft(key: str, *, name: str | None = None, place: str = "log.jsonl:1", text: str = "plain") -> Exemplar:
    """Make a draft that shows a transition, with the same text wherever one can stand."""
    return Exemplar(key, place, 120, name, {"id": text, text: [text, 1, None]}, verdict(text), verdict(f"{text}!"))


def verdict(text: str, **changes: Any) -> VerdictDocument:
    """Make a verdict that has one text wherever a text of others can stand."""
    evidence = {text: text, "n": 1, "all": [text]}
    found = ViolationDocument(text, "invalid_request_error", 400, text, text, "/request", text, evidence, None)
    waived = WaivedDocument(**asdict(found), waiver=text, reason=text)
    parts: dict[str, Any] = {
        "violations": (found,),
        "warnings": (found,),
        "shadowed": (),
        "waived": (waived,),
        "undecided": (Undecided(text, None),),
        "required_facts": (FactKey(text, text),),
        **changes,
    }
    return VerdictDocument("session.create", text, accepted=False, codes=(text,), skipped=(), faults=(), **parts)


def hostile_report(texts: tuple[str, ...] = HOSTILE, currency: str | None = None) -> Report:
    """Make a report that has a hostile text wherever one can stand, as a currency too unless one is given."""
    first, last = PolicyName(texts[0], texts[0], texts), PolicyName(texts[-1], texts[0], texts)
    report = Report(Header(first, last, where=texts[0], by_merchant=True))
    for position, text in enumerate(texts):
        amounts = {currency or text: 5}
        transition = Transition(Tally(1, dict(amounts)))
        transition.exemplars = [draft(f"{position}", name=text, place=text, text=text)]
        transition.smallest = draft("s", place=text, text=text)
        report.transitions[(text,), (texts[0], f"{text}2")] = transition
        report.transitions[ACCEPTED, (text, "b")] = Transition(Tally(2, dict(amounts)))
        for dimension in ("operation", "merchant", "currency", "day"):
            group_tally(report, dimension, text, Change.NEWLY_REJECTED).add(1, currency or text, 5)
        report.uses["candidate", "waived", text] = 1
        report.missing_facts[text] = 1
        report.unreadable_samples.append(UnreadableRecord(text, (position, 0), text, text, text))
        report.lost.append(Lost(text, text))
    report.unreadable = len(texts)
    return report


CODES = (
    *("price_expired", "coupon_minimum_amount", "promotion_code_expired", "line_item_out_of_stock"),
    *("parameter_out_of_range", "checkout_session_expired", "unsupported_currency", "exchange_rate_not_found"),
    *("parameter_missing", "coupon_invalid", "promotion_code_customer_mismatch", "amount_too_small"),
    "metadata_too_many_keys",
)
_CURRENCIES = (("EGP", 40_000), ("KWD", 12_000), ("SAR", 9_000), ("JPY", 1_500))


def busy_report(days: int = 300, merchants: int = 60, transitions: int = 140, seed: int = 7) -> Report:
    """Make a report of a busy time: many days, merchants and transitions, and a part that is lost."""
    chance = random.Random(seed)  # noqa: S311  # a specimen, the same in every run
    rules = (*CODES, *(f"rule_{number}" for number in range(20)))
    header = Header(PolicyName("2026-q1", "5e" * 32, rules), PolicyName("2026-q2", "a7" * 32, rules), by_merchant=True)
    report = Report(header)
    answers = _answers(chance, transitions)
    start = date(2026, 1, 1)
    for number in range(days):
        for _ in range(12):
            _happen(report, chance, chance.choice(answers), start + timedelta(number), merchants=merchants)
        _happen(report, chance, (ACCEPTED, ACCEPTED), start + timedelta(number), merchants=merchants, most=930)
    for rule in CODES:
        for side in ("baseline", "candidate"):
            report.uses[side, "enforced", rule] = chance.randrange(2000)
        report.uses["candidate", "waived", rule] = chance.randrange(60)
    report.missing_facts.update({"prices": 214, "exchangeRates": 61, "policy": 9})
    report.unreadable = 12
    report.unreadable_samples = [UnreadableRecord("a.jsonl", (3, 0), "a.jsonl:3", "not JSON", None)]
    report.lost = [Lost("b.parquet, row group 4", "the page is broken")]
    return report


def _answers(chance: random.Random, transitions: int) -> list[tuple[Answer, Answer]]:
    found: list[tuple[Answer, Answer]] = []
    while len(found) < transitions:
        codes = tuple(chance.sample(CODES, chance.choice((1, 1, 2, 3, 7))))
        other = tuple(chance.sample(CODES, chance.choice((1, 1, 2))))
        before, after = chance.choice(
            ((ACCEPTED, codes), (ACCEPTED, codes), (codes, ACCEPTED), (codes, other), (codes, codes[::-1]))
        )
        found += [(before, after)] * chance.choice((1, 1, 1, 2, 6))
    return [*found, (ACCEPTED, UNDECIDED), (UNDECIDED, ACCEPTED), (("price_expired",), ("price_expired",))]


def _happen(
    report: Report,
    chance: random.Random,
    answers: tuple[Answer, Answer],
    day: date,
    *,
    merchants: int,
    most: int = 30,
) -> None:
    drafts = chance.randrange(1, most)
    currency, price = chance.choice(_CURRENCIES)
    amount = drafts * chance.randrange(price)
    values = {
        "operation": chance.choice(("session.create", "session.create", "session.update", "refund.create")),
        "day": day.isoformat(),
        "currency": currency,
        "merchant": f"mer_{int(merchants * chance.random() ** 2):03d}",
    }
    transition = report.transitions.setdefault(answers, Transition())
    transition.tally.add(drafts, currency, amount)
    if answers[0] or answers[1]:
        transition.smallest = draft("0", name=f"d_{day}", place=f"log/{day}.jsonl.gz:41")
    for dimension, value in values.items():
        group_tally(report, dimension, value, change_of(*answers)).add(drafts, currency, amount)
