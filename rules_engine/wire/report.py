"""A verdict as plain values, for whoever writes it as JSON."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from rules_engine.violation import EvidenceValue, FactKey, Verdict, Violation, Waived
from rules_engine.wire.dates import write_instant


def verdict_document(verdict: Verdict) -> dict[str, Any]:
    """Turn a verdict into plain values.

    Args:
        verdict: The verdict.

    Returns:
        Its attributes by name, in their order, with `accepted` and `codes`: dictionaries, lists, texts, booleans,
        integers and None, and Decimals, which `write_json` writes digit by digit. Instants are RFC 3339 texts in UTC.
        It carries the evidence, which may name other customers: it is for the merchant, never for a buyer.
    """
    return {
        "operation": verdict.operation,
        "policy": verdict.policy,
        "accepted": verdict.accepted,
        "codes": list(verdict.codes),
        "violations": _violations(verdict.violations),
        "warnings": _violations(verdict.warnings),
        "shadowed": _violations(verdict.shadowed),
        "waived": [_waived(waived) for waived in verdict.waived],
        "skipped": [
            {"rule": skipped.rule, "param": skipped.param, "because_of": list(skipped.because_of)}
            for skipped in verdict.skipped
        ],
        "undecided": [{"rule": undecided.rule, "param": undecided.param} for undecided in verdict.undecided],
        "required_facts": [fact_document(fact) for fact in verdict.required_facts],
        "faults": [{"rule": fault.rule, "mode": fault.mode.value, "error": fault.error} for fault in verdict.faults],
    }


def fact_document(fact: FactKey) -> dict[str, Any]:
    """Turn a fact that is still to be looked up into plain values: its kind, and its key or None."""
    return {"kind": fact.kind, "key": fact.key}


def _violations(violations: Iterable[Violation]) -> list[dict[str, Any]]:
    return [_violation(violation) for violation in violations]


def _violation(violation: Violation) -> dict[str, Any]:
    return {
        "code": violation.code.name,
        "type": violation.code.type,
        "http_status": violation.code.http_status,
        "rule": violation.rule,
        "param": violation.param,
        "pointer": violation.pointer,
        "message": violation.message,
        "evidence": {name: _evidence(value) for name, value in violation.evidence.items()},
        "doc_url": violation.code.doc_url,
    }


def _waived(waived: Waived) -> dict[str, Any]:
    return {**_violation(waived), "waiver": waived.waiver, "reason": waived.reason}


def _evidence(value: EvidenceValue) -> Any:
    if isinstance(value, datetime):
        return write_instant(value)
    return list(value) if isinstance(value, tuple) else value
