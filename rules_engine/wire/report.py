"""A verdict as plain values, for whoever writes it as JSON."""

from datetime import datetime
from typing import Annotated, Any

from attrs import frozen

from rules_engine.operations import OPERATIONS
from rules_engine.printable import encodable
from rules_engine.violation import EvidenceValue, FactKey, Fault, Skipped, Undecided, Verdict, Violation, Waived
from rules_engine.wire.dates import write_instant
from rules_engine.wire.declared import Constraint, PlainObject, one_of, write_declared

_STATUS = Constraint(
    "an HTTP status of an error", lambda status: status in range(400, 600), {"minimum": 400, "maximum": 599}
)


@frozen
class ViolationDocument:
    """A violation, as JSON holds it.

    Attributes:
        code: The name of the code.
        type: The type of the error.
        http_status: The status of the answer.
        rule: The name of the rule that found it; null where the request does not parse.
        param: The field of the request at fault; null where the cause is not in the request.
        pointer: RFC 6901 pointer into the draft document.
        message: What is wrong, in one English sentence.
        evidence: The values that decided it.
        doc_url: Where the code is documented; null where it is not.
    """

    code: str
    type: str
    http_status: Annotated[int, _STATUS]
    rule: str | None
    param: str | None
    pointer: str
    message: str
    evidence: PlainObject
    doc_url: str | None


@frozen
class WaivedDocument(ViolationDocument):
    """A violation that the policy tolerates, as JSON holds it.

    Attributes:
        waiver: The id of the waiver.
        reason: Why it is waived, in the words of the policy.
    """

    waiver: str
    reason: str


@frozen
class VerdictDocument:
    """A verdict, as JSON holds it.

    Attributes:
        operation: The operation that was judged.
        policy: The id of the policy.
        accepted: Whether there is no violation and nothing is undecided.
        codes: The names of the codes, in order, each once.
        violations: Why the draft is refused, in order.
        warnings: What rules in mode `warn` found, in order.
        shadowed: What rules in mode `shadow` found, in order.
        waived: What enforced rules found and the policy tolerates, in order.
        skipped: Rules that were skipped because what they build on is refused, in order.
        undecided: Enforced rules whose facts are missing, in order.
        required_facts: What to look up so that nothing is undecided.
        faults: Rules that raised, in order.
    """

    operation: Annotated[str, one_of(OPERATIONS)]
    policy: str
    accepted: bool
    codes: tuple[str, ...]
    violations: tuple[ViolationDocument, ...]
    warnings: tuple[ViolationDocument, ...]
    shadowed: tuple[ViolationDocument, ...]
    waived: tuple[WaivedDocument, ...]
    skipped: tuple[Skipped, ...]
    undecided: tuple[Undecided, ...]
    required_facts: tuple[FactKey, ...]
    faults: tuple[Fault, ...]


def declared_verdict(verdict: Verdict) -> VerdictDocument:
    """Return a verdict in the shape of its JSON.

    It carries the evidence, which may name other customers: it is for the merchant, never for a buyer.
    """
    return VerdictDocument(
        operation=verdict.operation,
        policy=verdict.policy,
        accepted=verdict.accepted,
        codes=verdict.codes,
        violations=tuple(map(_violation, verdict.violations)),
        warnings=tuple(map(_violation, verdict.warnings)),
        shadowed=tuple(map(_violation, verdict.shadowed)),
        waived=tuple(map(_waived, verdict.waived)),
        skipped=verdict.skipped,
        undecided=verdict.undecided,
        required_facts=tuple(map(_encodable_fact, verdict.required_facts)),
        faults=verdict.faults,
    )


def verdict_document(verdict: Verdict) -> dict[str, Any]:
    """Turn a verdict into plain values.

    Args:
        verdict: The verdict.

    Returns:
        What `declared_verdict` holds, by name and in its order: dictionaries, lists, texts, booleans, integers and
        None, and Decimals, which `write_json` writes digit by digit. Instants are RFC 3339 texts in UTC. Halves of
        surrogate pairs are escaped.
    """
    document: dict[str, Any] = write_declared(declared_verdict(verdict))
    return document


def fact_document(fact: FactKey) -> dict[str, Any]:
    """Turn a fact that is still to be looked up into plain values: its kind, and its key or None."""
    return {"kind": fact.kind, "key": _encodable_fact(fact).key}


def _encodable_fact(fact: FactKey) -> FactKey:
    return fact if fact.key is None else FactKey(fact.kind, encodable(fact.key))


def _violation(violation: Violation) -> ViolationDocument:
    return ViolationDocument(**_fields(violation))


def _waived(waived: Waived) -> WaivedDocument:
    return WaivedDocument(**_fields(waived), waiver=waived.waiver, reason=waived.reason)


def _fields(violation: Violation) -> dict[str, Any]:
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


def _evidence(value: EvidenceValue) -> Any:
    if isinstance(value, datetime):
        return write_instant(value)
    if isinstance(value, str):
        return encodable(value)
    return list(map(encodable, value)) if isinstance(value, tuple) else value
