"""Draft documents, facts and request bodies: what is read, and who is at fault where it cannot be."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from attrs import evolve, frozen
from cattrs import BaseValidationError

from rules_engine.codes import INVALID_REQUEST, PARAMETER_INVALID, PARAMETER_MISSING, PARAMETER_UNKNOWN
from rules_engine.exceptions import DraftError, FactsError
from rules_engine.models.draft import DRAFTS, REQUESTS, VERSION, Draft, Recorded, Target
from rules_engine.models.facts import Facts
from rules_engine.nearest import did_you_mean
from rules_engine.path import Path, param_of, pointer_of
from rules_engine.violation import Violation
from rules_engine.wire import caps
from rules_engine.wire import converter as converters
from rules_engine.wire.converter import InvalidValueError
from rules_engine.wire.faults import FaultKind, ShapeFault, shape_faults
from rules_engine.wire.json_text import JsonTextError, read_json
from rules_engine.wire.known import checked_facts

M = TypeVar("M")

_SHAPE_ERRORS = (BaseValidationError, InvalidValueError)

Document = Mapping[str, Any] | str | bytes | bytearray
"""A draft document: parsed already, or as JSON text."""


@frozen
class RefusedRequest:
    """A request that does not parse: its faults in document order, and no draft.

    Attributes:
        operation: The operation it was meant for.
        violations: What the wire says of it.
        id: The host's name for the draft.
        recorded: What the host answered at the time.
    """

    operation: str
    violations: tuple[Violation, ...]
    id: str | None = None
    recorded: Recorded | None = None


def read_draft(document: Document) -> Draft[Any] | RefusedRequest:
    """Read a draft document.

    Args:
        document: The document, as a mapping, or as JSON text.

    Returns:
        The draft; or the faults of its request, where the request does not parse.

    Raises:
        DraftError: The envelope is malformed.
        FactsError: The facts are malformed, or contradict each other.
    """
    envelope = _object(document)
    version = envelope.get("version")
    if version != VERSION or isinstance(version, bool):
        raise DraftError("/version", f"expected the version of the document, {VERSION}")
    operation = _operation(envelope.get("operation"))
    if "request" not in envelope:
        raise DraftError("/request", f"expected the request of {operation}")
    target = _target(operation, envelope.get("target"))
    name = _part("id", envelope.get("id"), str)
    recorded = _part("recorded", envelope.get("recorded"), Recorded)
    facts = read_facts(envelope.get("facts"))
    request = _request(operation, envelope["request"])
    if isinstance(request, RefusedRequest):
        return evolve(request, id=name, recorded=recorded)
    return DRAFTS[operation](request=request, facts=facts, target=target, id=name, recorded=recorded)


def read_body(
    operation: str, body: str | bytes | bytearray, facts: Facts | Mapping[str, Any], target: str | None = None
) -> Draft[Any] | RefusedRequest:
    """Read the raw body of a request.

    Args:
        operation: The operation it was sent to.
        body: The body; an empty one is an empty object where the operation takes no parameters.
        facts: The facts, as a model or as in a draft document.
        target: The id of the object that is acted on.

    Returns:
        The draft; or the faults of the body, `invalid_request` where it is not a JSON object.

    Raises:
        DraftError: There is no such operation, or it needs a target.
        FactsError: The facts are malformed, or contradict each other.
    """
    operation = _operation(operation)
    acted_on = _target(operation, None if target is None else {"id": target})
    known = facts if isinstance(facts, Facts) else read_facts(facts)
    takes_nothing = not REQUESTS[operation].__attrs_attrs__  # type: ignore[attr-defined]  # every request is an attrs class
    try:
        value = read_json(b"{}" if takes_nothing and not body.strip() else body, largest=caps.LARGEST_BODY)
    except JsonTextError as error:
        return RefusedRequest(operation, (_not_an_object(str(error)),))
    request = _request(operation, value)
    if isinstance(request, RefusedRequest):
        return request
    return DRAFTS[operation](request=request, facts=known, target=acted_on)


def read_facts(value: Any) -> Facts:
    """Read the facts of a draft document.

    Raises:
        FactsError: They are malformed, or contradict each other; the pointer starts with `/facts`.
    """
    plain, excesses = caps.plain_value(value, caps.FACTS)
    if excesses:
        raise _host_error(FactsError, ("facts", *excesses[0].path), f"expected {excesses[0].expected}")
    return checked_facts(_structured(plain, Facts, ("facts",), FactsError))


def write_draft(draft: Draft[Any]) -> dict[str, Any]:
    """Write a draft as a document: plain values, with Decimals for numbers that are not integers."""
    document: dict[str, Any] = {"version": VERSION, "id": draft.id, "operation": draft.operation}
    for name, part in (("target", draft.target), ("request", draft.request), ("facts", draft.facts)):
        document[name] = None if part is None else converters.REQUESTS.unstructure(part)
    if draft.recorded is not None:
        document["recorded"] = {"codes": list(draft.recorded.codes)}
    return {key: value for key, value in document.items() if value is not None}


def _object(document: Document) -> Mapping[str, Any]:
    value: Any = document
    if isinstance(document, str | bytes | bytearray):
        try:
            value = read_json(document, largest=caps.LARGEST_DOCUMENT)
        except JsonTextError as error:
            raise DraftError("", str(error)) from error
    if not isinstance(value, Mapping):
        raise DraftError("", "expected an object")
    try:
        return dict(value)
    except Exception as error:  # a host's own mapping may raise anything; to the wire it is an unreadable document
        raise DraftError("", "expected a mapping that can be read") from error


def _operation(value: Any) -> str:
    if isinstance(value, str) and value in DRAFTS:
        return value
    known = ", ".join(DRAFTS)
    suggestion = did_you_mean(value, DRAFTS) if isinstance(value, str) else ""
    raise DraftError("/operation", f"expected one of {known}{suggestion}")


def _target(operation: str, value: Any) -> Target | None:
    if DRAFTS[operation].has_target and value is None:
        raise DraftError("/target", f'expected {{"id": ...}}: what {operation} acts on')
    return _part("target", value, Target)


def _part(name: str, value: Any, model: type[M]) -> M | None:
    if value is None:
        return None
    plain, excesses = caps.plain_value(value, caps.REQUEST)
    if excesses:
        raise _host_error(DraftError, (name, *excesses[0].path), f"expected {excesses[0].expected}")
    return _structured(plain, model, (name,), DraftError)


def _structured(value: Any, model: type[M], path: Path, error: Callable[[str, str], DraftError]) -> M:
    try:
        return converters.FACTS.structure(value, model)
    except _SHAPE_ERRORS as cause:
        first = next(shape_faults(cause, value, path))
        raise _host_error(error, first.path, f"expected {first.expected}") from cause


def _host_error(error: Callable[[str, str], DraftError], path: Path, problem: str) -> DraftError:
    return error(pointer_of(path), problem)


def _request(operation: str, value: Any) -> Any:
    plain, excesses = caps.plain_value(value, caps.REQUEST)
    if not isinstance(value, Mapping):
        return RefusedRequest(operation, (_not_an_object("not a JSON object"),))
    if excesses:
        faults: Iterable[ShapeFault] = (
            ShapeFault(FaultKind.INVALID, excess.path, excess.expected) for excess in excesses
        )
        return RefusedRequest(operation, tuple(_violation(fault) for fault in faults))
    try:
        return converters.REQUESTS.structure(plain, REQUESTS[operation])
    except _SHAPE_ERRORS as cause:
        faults = list(shape_faults(cause, plain))
        return RefusedRequest(operation, tuple(_violation(fault) for fault in faults))


def _not_an_object(problem: str) -> Violation:
    return Violation(
        code=INVALID_REQUEST,
        rule=None,
        param=None,
        pointer="/request",
        message="The request body must be a JSON object.",
        evidence={"problem": problem},
    )


def _violation(fault: ShapeFault) -> Violation:
    param = param_of(fault.path)
    if fault.kind is FaultKind.MISSING:
        code, message = PARAMETER_MISSING, f"Missing required parameter: {param}."
    elif fault.kind is FaultKind.UNKNOWN:
        suggestion = did_you_mean(str(fault.path[-1]), fault.expected.split(", "))
        code, message = PARAMETER_UNKNOWN, f"Unknown parameter: {param}{suggestion or '.'}"
    else:
        code, message = PARAMETER_INVALID, f"Invalid parameter: {param or 'the request'} must be {fault.expected}."
    return Violation(
        code=code,
        rule=None,
        param=param,
        pointer=pointer_of(("request", *fault.path)),
        message=message,
        evidence={"expected": fault.expected},
    )
