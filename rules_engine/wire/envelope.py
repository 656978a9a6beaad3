"""Draft documents, facts and request bodies: what is read, and who is at fault where it cannot be."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from attrs import evolve, frozen

from rules_engine.codes import INVALID_REQUEST, PARAMETER_INVALID, PARAMETER_MISSING, PARAMETER_UNKNOWN
from rules_engine.exceptions import DraftError, FactsError
from rules_engine.models.draft import VERSION, Draft, Recorded, Target
from rules_engine.models.facts import Facts
from rules_engine.nearest import did_you_mean
from rules_engine.operations import OPERATIONS
from rules_engine.path import Path, param_of, pointer_of
from rules_engine.violation import Violation
from rules_engine.wire import caps
from rules_engine.wire import converter as converters
from rules_engine.wire.converter import SHAPE_ERRORS
from rules_engine.wire.faults import FaultKind, ShapeFault, shape_faults
from rules_engine.wire.json_text import JsonTextError, read_json
from rules_engine.wire.known import checked_facts

M = TypeVar("M")

_TEXTS = (str, bytes, bytearray)
_MOST_KEYS = 1_000
_MOST_SUGGESTIONS = 32
"""To look for the nearest name costs far more than to read a wrong one, and a hostile request has thousands."""

Document = Mapping[str, Any] | str | bytes | bytearray
"""A draft document: parsed already, or as JSON text."""


@frozen
class RefusedRequest:
    """A request that does not parse: its faults in document order, and no draft.

    Attributes:
        operation: The operation it was meant for.
        violations: What the wire says of it.
        facts: What the host knows.
        id: The host's name for the draft.
        recorded: What the host answered at the time.
    """

    operation: str
    violations: tuple[Violation, ...]
    facts: Facts
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
    _version(envelope.get("version"))
    operation = _operation(envelope.get("operation"))
    if "request" not in envelope:
        raise DraftError("/request", f"expected the request of {operation}")
    target = _target(operation, envelope.get("target"))
    name = _part("id", envelope.get("id"), str)
    recorded = _part("recorded", envelope.get("recorded"), Recorded)
    facts = read_facts(envelope.get("facts"))
    request = _request(operation, envelope["request"], facts)
    if isinstance(request, RefusedRequest):
        return evolve(request, id=name, recorded=recorded)
    return Draft(operation=operation, request=request, facts=facts, target=target, id=name, recorded=recorded)


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
        DraftError: There is no such operation, or it needs a target, or the body is neither text nor bytes.
        FactsError: The facts are malformed, or contradict each other.
    """
    operation = _operation(operation)
    acted_on = _target(operation, None if target is None else {"id": target})
    known: Facts = facts if issubclass(type(facts), Facts) else read_facts(facts)  # type: ignore[assignment]  # mypy does not follow issubclass
    if not issubclass(type(body), _TEXTS):
        raise DraftError("/request", "expected the raw body, as text or bytes")
    takes_nothing = not OPERATIONS[operation].request.__attrs_attrs__  # type: ignore[attr-defined]  # every request is an attrs class
    try:
        value = read_json(b"{}" if takes_nothing and not body.strip() else body, largest=caps.LARGEST_BODY)
    except JsonTextError as error:
        return _unreadable(operation, error.problem, known)
    request = _request(operation, value, known)
    if isinstance(request, RefusedRequest):
        return request
    return Draft(operation=operation, request=request, facts=known, target=acted_on)


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
    """Write a draft as a document: plain values, with Decimals for numbers that are not integers.

    Raises:
        ValueError: The draft, which the host built itself, holds an instant without an offset.
    """
    document: dict[str, Any] = {"version": VERSION, "id": draft.id, "operation": draft.operation}
    for name, part in (("target", draft.target), ("request", draft.request), ("facts", draft.facts)):
        document[name] = None if part is None else converters.REQUESTS.unstructure(part)
    if draft.recorded is not None:
        document["recorded"] = {"codes": list(draft.recorded.codes)}
    return {key: value for key, value in document.items() if value is not None}


def _object(document: Document) -> dict[str, Any]:
    value: Any = document
    if issubclass(type(value), _TEXTS):
        try:
            value = read_json(value, largest=caps.LARGEST_DOCUMENT)
        except JsonTextError as error:
            raise DraftError("", str(error)) from error
    if not issubclass(type(value), Mapping):
        raise DraftError("", "expected an object")
    entries = caps.first_entries(value, _MOST_KEYS + 1)
    if entries is None:
        raise DraftError("", "expected an object that can be read")
    if len(entries) > _MOST_KEYS:
        raise DraftError("", f"expected an object of at most {_MOST_KEYS} keys")
    return {str.__str__(key): item for key, item in entries if issubclass(type(key), str)}


def _version(value: Any) -> None:
    version = _plain("version", value)
    if version != VERSION or not isinstance(version, int) or isinstance(version, bool):
        raise DraftError("/version", f"expected the version of the document, {VERSION}")


def _operation(value: Any) -> str:
    operation = _plain("operation", value)
    if isinstance(operation, str) and operation in OPERATIONS:
        return operation
    suggestion = did_you_mean(operation, OPERATIONS) if isinstance(operation, str) else ""
    raise DraftError("/operation", f"expected one of {', '.join(OPERATIONS)}{suggestion}")


def _target(operation: str, value: Any) -> Target | None:
    if OPERATIONS[operation].has_target and value is None:
        raise DraftError("/target", f'expected {{"id": ...}}: what {operation} acts on')
    return _part("target", value, Target)


def _part(name: str, value: Any, model: type[M]) -> M | None:
    return None if value is None else _structured(_plain(name, value), model, (name,), DraftError)


def _plain(name: str, value: Any) -> Any:
    plain, excesses = caps.plain_value(value, caps.REQUEST)
    if excesses:
        raise _host_error(DraftError, (name, *excesses[0].path), f"expected {excesses[0].expected}")
    return plain


def _structured(value: Any, model: type[M], path: Path, error: Callable[[str, str], DraftError]) -> M:
    try:
        return converters.FACTS.structure(value, model)
    except SHAPE_ERRORS as cause:
        first = next(shape_faults(cause, value, path))
    # Raised here, it has no cause: the one of the converter carries keys of the document along, which may be secrets.
    raise _host_error(error, first.path, f"expected {first.expected}")


def _host_error(error: Callable[[str, str], DraftError], path: Path, problem: str) -> DraftError:
    return error(pointer_of(path), problem)


def _request(operation: str, value: Any, facts: Facts) -> Any:
    if not issubclass(type(value), Mapping):
        return _unreadable(operation, "not a JSON object", facts)
    plain, excesses = caps.plain_value(value, caps.REQUEST)
    for excess in excesses:
        if not excess.path:
            return _unreadable(operation, f"not readable: expected {excess.expected}", facts)
    if excesses:
        found = (ShapeFault(FaultKind.INVALID, excess.path, excess.expected) for excess in excesses)
        return _refused(operation, found, facts)
    try:
        return converters.REQUESTS.structure(plain, OPERATIONS[operation].request)
    except SHAPE_ERRORS as cause:
        return _refused(operation, shape_faults(cause, plain), facts)


def _unreadable(operation: str, problem: str, facts: Facts) -> RefusedRequest:
    violation = Violation(
        code=INVALID_REQUEST,
        rule=None,
        param=None,
        pointer="/request",
        message=f"The request body is {problem}.",
        evidence={"problem": problem},
    )
    return RefusedRequest(operation, (violation,), facts)


def _refused(operation: str, faults: Iterable[ShapeFault], facts: Facts) -> RefusedRequest:
    violations = (_violation(fault, suggest=index < _MOST_SUGGESTIONS) for index, fault in enumerate(faults))
    return RefusedRequest(operation, tuple(violations), facts)


def _violation(fault: ShapeFault, *, suggest: bool) -> Violation:
    param = param_of(fault.path)
    name = param or '""'
    if fault.kind is FaultKind.MISSING:
        code, message = PARAMETER_MISSING, f"Missing required parameter: {name}."
    elif fault.kind is FaultKind.UNKNOWN:
        suggestion = did_you_mean(str(fault.path[-1]), fault.known) if suggest else ""
        code, message = PARAMETER_UNKNOWN, f"Unknown parameter: {name}{suggestion or '.'}"
    else:
        code, message = PARAMETER_INVALID, f"Invalid parameter: {name} must be {fault.expected}."
    return Violation(
        code=code,
        rule=None,
        param=param,
        pointer=pointer_of(("request", *fault.path)),
        message=message,
        evidence={"expected": fault.expected},
    )
