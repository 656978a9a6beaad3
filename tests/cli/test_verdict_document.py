"""A verdict as plain values."""

import json
from datetime import datetime, timedelta, timezone
from decimal import Decimal

from attrs import asdict

from rules_engine.codes import CATALOGUE, Code
from rules_engine.violation import Evidence, FactKey, Fault, Mode, Skipped, Undecided, Verdict, Violation, Waived
from rules_engine.wire.json_text import write_json
from rules_engine.wire.report import verdict_document


def test_everything_is_there() -> None:
    """Every part of a verdict has its place in the document."""
    violation = Violation(CATALOGUE["price_expired"], "price_expired", None, "/facts/session", "Over.")
    verdict = Verdict(
        operation="session.update",
        policy="shop",
        violations=(violation, violation),
        warnings=(violation,),
        shadowed=(violation,),
        waived=(Waived(**asdict(violation, recurse=False), waiver="shop#1", reason="Known."),),
        skipped=(Skipped("a", "b", ("c", "d")),),
        undecided=(Undecided("e", None),),
        faults=(Fault("f", Mode.SHADOW, "ValueError"),),
        required_facts=(FactKey("prices", "price_1"), FactKey("merchant")),
    )
    document = {
        "code": "price_expired",
        "type": "invalid_request_error",
        "http_status": 400,
        "rule": "price_expired",
        "param": None,
        "pointer": "/facts/session",
        "message": "Over.",
        "evidence": {},
        "doc_url": "https://docs.xpay.app/integrate/errors/api-error-codes#price_expired",
    }
    assert verdict_document(verdict) == {
        "operation": "session.update",
        "policy": "shop",
        "accepted": False,
        "codes": ["price_expired"],
        "violations": [document, document],
        "warnings": [document],
        "shadowed": [document],
        "waived": [{**document, "waiver": "shop#1", "reason": "Known."}],
        "skipped": [{"rule": "a", "param": "b", "because_of": ["c", "d"]}],
        "undecided": [{"rule": "e", "param": None}],
        "required_facts": [{"kind": "prices", "key": "price_1"}, {"kind": "merchant", "key": None}],
        "faults": [{"rule": "f", "mode": "shadow", "error": "ValueError"}],
    }


def test_evidence_as_json() -> None:
    """Evidence is written exactly: instants in UTC, Decimals digit by digit, tuples as lists, big integers whole."""
    evidence: Evidence = {
        "at": datetime(2026, 11, 22, 12, tzinfo=timezone(timedelta(hours=2))),
        "rate": Decimal("0.10"),
        "amount": 10**30,
        "known": True,
        "unknown": None,
        "types": ("card", "fawry"),
        "text": "é",
    }
    code = Code.custom("acme.cash_limit", "Too much cash.")
    violation = Violation(code, "acme.cash_limit", "lineItems", "/request/lineItems", "Too much.", evidence)
    (document,) = verdict_document(Verdict("session.create", "shop", (violation,)))["violations"]
    assert document["doc_url"] is None
    assert document["evidence"]["types"] == ["card", "fawry"]
    assert write_json(document["evidence"]) == (
        '{"at": "2026-11-22T10:00:00Z", "rate": 0.10, "amount": 1000000000000000000000000000000, "known": true, '
        '"unknown": null, "types": ["card", "fawry"], "text": "\\u00e9"}'
    )


def test_accepted() -> None:
    """The document of a clean verdict is accepted and empty."""
    document = verdict_document(Verdict("session.create", "default"))
    assert document.pop("accepted") is True
    assert [document.pop(key) for key in ("operation", "policy")] == ["session.create", "default"]
    assert all(value == [] for value in document.values())
    assert json.loads(write_json(document)) == document
