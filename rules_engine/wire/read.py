"""Draft documents, facts and request bodies: read, and who is at fault where they cannot be.

There are two ways. The quick one decodes a text into structs, with msgspec where that is installed; what it is not sure
of it leaves to the other one, which goes through plain values and cattrs and finds every fault. It admits no more, and
reads equal values.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import ModuleType
from typing import Any, TypeGuard, TypeVar

from attrs import evolve

from rules_engine.codes import INVALID_REQUEST, PARAMETER_INVALID, PARAMETER_MISSING, PARAMETER_UNKNOWN
from rules_engine.exceptions import DraftError, FactsError
from rules_engine.models import HEADER_FIELDS, Draft, Facts, Recorded, RequestAuthorize, Target
from rules_engine.models.draft import VERSION
from rules_engine.nearest import did_you_mean
from rules_engine.operations import OPERATIONS
from rules_engine.path import Path, param_of, pointer_of
from rules_engine.violation import Violation
from rules_engine.wire import converter as converters
from rules_engine.wire import size_limits
from rules_engine.wire.converter import SHAPE_ERRORS, FaultKind, ShapeFault, shape_faults
from rules_engine.wire.facts import checked_facts
from rules_engine.wire.json_text import DEEPEST, JsonTextError, read_json
from rules_engine.wire.keys import ALL_BUT_MISSPELT, AdmittedKeys
from rules_engine.wire.size_limits import SizeLimits

M = TypeVar("M")

Document = Mapping[str, Any] | str | bytes | bytearray
"""A draft document: parsed already, or as JSON text."""

_TEXTS = (str, bytes, bytearray)
_MOST_KEYS = 1_000
"""The most keys of a document."""
_MOST_SUGGESTIONS = 32
"""To look for the nearest name costs far more than to read a wrong one, and a hostile request has thousands."""

_OLDEST_MSGSPEC = (0, 19)
_OPERATION = re.compile(rb'"operation"[ \t\r\n]*:[ \t\r\n]*"([a-z_.]+)"')
_OPERATIONS = {operation.encode(): operation for operation in OPERATIONS}
_SHORT = 2 * size_limits.REQUEST.items
"""An item of an array or an object takes two bytes: no limit is passed in fewer."""
_MOST_AROUND = 4_000
"""In so many bytes, what stands around the request and the facts passes no limit."""
_SHAPES = bytes.maketrans(b"123456789E{}", b"000000000e[]")
_SHAPE = bytes(_SHAPES[byte] if _SHAPES[byte] in b"0e[]" else ord(" ") for byte in range(256))
"""What a text is made of, as far as numbers and nesting go: digits, exponents and brackets, of one kind each."""
_LONG_EXPONENT = b"0e000"
_LONG_NUMBER = b"0" * 200
_NO_BRACKETS = bytes(byte for byte in range(256) if byte not in b"[]")


def read_draft(document: Document, *, models: bool = True, keys: AdmittedKeys = ALL_BUT_MISSPELT) -> Draft[Any]:
    """Read a draft document.

    Args:
        document: The document, as a mapping, or as JSON text.
        models: Whether the request and the facts are to be the models. Structs, which have the same attributes and
            count as instances of the models, are read several times faster.
        keys: Which keys of the facts are admitted.

    Returns:
        The draft; with `faults`, in document order, where its request does not parse.

    Raises:
        DraftError: The envelope is malformed.
        FactsError: The facts are malformed, have a misspelt key, or contradict each other.
    """
    structs = _structs()
    draft = None if structs is None else _quick_draft(document, structs, keys)
    if draft is not None:
        return as_checked(with_models(draft) if models else draft)
    envelope = _object(document)
    _version(envelope.get("version"))
    operation = _operation(envelope.get("operation"))
    if "request" not in envelope:
        raise DraftError("/request", f"expected the request of {operation}")
    target = _target(operation, envelope.get("target"))
    name = _part("id", envelope.get("id"), str)
    recorded = _part("recorded", envelope.get("recorded"), Recorded)
    facts = read_facts(envelope.get("facts"), keys, of_python=not issubclass(type(document), _TEXTS))
    request, faults = read_request(operation, envelope["request"])
    draft = Draft(
        operation=operation, request=request, facts=facts, target=target, id=name, recorded=recorded, faults=faults
    )
    return as_checked(draft)


def read_body(
    operation: str,
    body: str | bytes | bytearray,
    facts: Facts | Mapping[str, Any],
    target: str | None = None,
    *,
    models: bool = True,
    keys: AdmittedKeys = ALL_BUT_MISSPELT,
) -> Draft[Any]:
    """Read the raw body of a request.

    Args:
        operation: The operation it was sent to.
        body: The body; an empty one is an empty object where the operation takes no parameters.
        facts: The facts, as a model or as in a draft document.
        target: The id of the object that is acted on.
        models: Whether the request and the facts are to be the models, as for `read_draft`.
        keys: Which keys of the facts are admitted.

    Returns:
        The draft; with the faults of the body where it does not parse, `invalid_request` where it is not a JSON object.

    Raises:
        DraftError: There is no such operation, or it needs a target, or the body is neither text nor bytes.
        FactsError: The facts are malformed, have a misspelt key, or contradict each other.
    """
    structs = _structs()
    draft = None if structs is None else _quick_body(operation, body, facts, target, structs, keys)
    if draft is not None:
        return as_checked(with_models(draft) if models else draft)
    operation = _operation(operation)
    acted_on = _target(operation, None if target is None else {"id": target})
    known = facts if _are_facts(facts) else read_facts(facts, keys)
    if not issubclass(type(body), _TEXTS):
        raise DraftError("/request", "expected the raw body, as text or bytes")
    takes_nothing = not OPERATIONS[operation].request.__attrs_attrs__  # type: ignore[attr-defined]  # every request is an attrs class
    try:
        value = read_json(b"{}" if takes_nothing and not body.strip() else body, largest=size_limits.LARGEST_BODY)
    except JsonTextError as error:
        request, faults = None, _unreadable(error.problem)
    else:
        request, faults = read_request(operation, value)
    return as_checked(Draft(operation=operation, request=request, facts=known, target=acted_on, faults=faults))


def as_checked(draft: Draft[Any]) -> Draft[Any]:
    """Return a draft, noting in it that it needs no further check."""
    object.__setattr__(draft, "checked", True)
    return draft


def with_models(draft: Draft[Any]) -> Draft[Any]:
    """Return a draft with the models in place of the structs that stand for them."""
    structs = _structs()
    if structs is None or draft.faults:
        return draft
    return evolve(draft, request=structs.model_of(draft.request), facts=structs.model_of(draft.facts))


def read_facts(value: Any, keys: AdmittedKeys = ALL_BUT_MISSPELT, *, of_python: bool = True) -> Facts:
    """Read the facts of a draft document, with the keys that are admitted.

    Args:
        value: The facts.
        keys: The keys that are admitted.
        of_python: Whether they are values of an application, not of a JSON text.

    Raises:
        FactsError: They are malformed, have a misspelt key, or contradict each other; the pointer starts with `/facts`.
    """
    plain, excesses = size_limits.plain_value(value, size_limits.FACTS, of_python=of_python)
    if excesses:
        raise _host_error(FactsError, ("facts", *excesses[0].path), f"expected {excesses[0].expected}")
    keys.check(plain)
    return checked_facts(_structured(plain, Facts, ("facts",), FactsError))


def write_draft(draft: Draft[Any]) -> dict[str, Any]:
    """Render a draft as a document: plain values, with Decimals for numbers that are not integers.

    Raises:
        ValueError: The request of the draft did not parse, and so it has none; or the draft, which the application
            built itself, holds an instant without an offset.
    """
    if draft.faults:
        raise ValueError("a draft whose request did not parse has no request to write")
    document: dict[str, Any] = {"version": VERSION, "id": draft.id, "operation": draft.operation}
    for name, part in (("target", draft.target), ("request", draft.request), ("facts", draft.facts)):
        document[name] = None if part is None else converters.REQUESTS.unstructure(part)
    if draft.recorded is not None:
        document["recorded"] = {"codes": [], **converters.REQUESTS.unstructure(draft.recorded)}
    return {key: value for key, value in document.items() if value is not None}


def _object(document: Document) -> dict[str, Any]:
    value: Any = document
    if issubclass(type(value), _TEXTS):
        try:
            value = read_json(value, largest=size_limits.LARGEST_DOCUMENT)
        except JsonTextError as error:
            raise DraftError("", str(error)) from error
        if not isinstance(value, dict):
            raise DraftError("", "expected an object")
    if not issubclass(type(value), Mapping):
        kind = type(value).__name__
        raise DraftError("", f"expected a Draft, or a document as a mapping or as JSON text, and not {kind}")
    entries = size_limits.first_entries(value, _MOST_KEYS + 1)
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
    plain, excesses = size_limits.plain_value(value, size_limits.REQUEST)
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


def read_request(operation: str, value: Any, *, of_python: bool = False) -> tuple[Any, tuple[Violation, ...]]:
    """Read a request; None and its faults where it does not parse.

    Args:
        operation: The operation that it is of.
        value: The request.
        of_python: Whether it is of models and other values of an application, not of a JSON text.
    """
    if not (of_python or issubclass(type(value), Mapping)):
        return None, _unreadable("not a JSON object")
    plain, excesses = size_limits.plain_value(value, size_limits.REQUEST, of_python=of_python)
    for excess in excesses:
        if not excess.path:
            return None, _unreadable(f"not readable: expected {excess.expected}")
    if excesses:
        return None, _refused(
            operation, (ShapeFault(FaultKind.INVALID, excess.path, excess.expected) for excess in excesses)
        )
    try:
        return converters.REQUESTS.structure(plain, OPERATIONS[operation].request), ()
    except SHAPE_ERRORS as cause:
        return None, _refused(operation, shape_faults(cause, plain))


def _unreadable(problem: str) -> tuple[Violation, ...]:
    violation = Violation(
        code=INVALID_REQUEST,
        rule=None,
        param=None,
        pointer="/request",
        message=f"The request body is {problem}.",
        evidence={"problem": problem},
    )
    return (violation,)


def _refused(operation: str, faults: Iterable[ShapeFault]) -> tuple[Violation, ...]:
    headers = HEADER_FIELDS if OPERATIONS[operation].request is RequestAuthorize else frozenset()
    return tuple(
        _violation(fault, suggest=index < _MOST_SUGGESTIONS, in_header=any(name in headers for name in fault.path[:1]))
        for index, fault in enumerate(faults)
    )


def _violation(fault: ShapeFault, *, suggest: bool, in_header: bool) -> Violation:
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
        param=None if in_header else param,
        pointer=pointer_of(("request", *fault.path)),
        message=message,
        evidence={"expected": fault.expected},
    )


@cache
def _structs() -> ModuleType | None:
    """Load what decodes quickly; None where msgspec is not installed, or too old."""
    try:
        import msgspec  # noqa: PLC0415  # an extra, and loaded only once there is something to read

        if tuple(map(int, msgspec.__version__.split(".")[:2])) < _OLDEST_MSGSPEC:
            return None
        from rules_engine.wire import structs  # noqa: PLC0415  # the same
    except (ImportError, ValueError):
        return None
    return structs


def _quick_draft(document: object, structs: ModuleType, keys: AdmittedKeys) -> Draft[Any] | None:
    """Read a draft document quickly; None where it takes the other way to find out what it is."""
    text = _bytes(document, structs)
    if text is None:
        return None
    start = text.find(b'"operation"')
    stated = _OPERATION.match(text, start) if start >= 0 else None
    operation = None if stated is None else _OPERATIONS.get(stated[1])
    if operation is None or not (_document_fits(text, structs) and _passed_over_fits(text)):
        return None
    try:
        try:
            read = structs.documents[operation](text)
        except structs.UNSURE as error:
            decode, facts_text = structs.tolerant_documents[operation], bytes(structs.decode_parts(text).facts)
            read = structs.decode_with_other_keys(error, decode, text, facts_text, keys)
        facts = checked_facts(read.facts)
    except (*structs.UNSURE, FactsError):
        return None
    return Draft(
        operation=operation,
        request=read.request,
        facts=facts,
        target=None if read.target is None else Target(read.target.id),
        id=read.id,
        recorded=None if read.recorded is None else structs.model_of(read.recorded),
    )


def _quick_body(  # noqa: PLR0917  # what read_body was called with, and what it found out
    operation: object, body: object, facts: object, target: object, structs: ModuleType, keys: AdmittedKeys
) -> Any:
    """Read the raw body of a request quickly; None where it takes the other way to find out what it is."""
    if type(operation) is not str or operation not in OPERATIONS or not _is_target(target, operation):
        return None
    text = None if type(body) is dict else _bytes(body, structs)
    if text is None or not _fits(text, size_limits.REQUEST):
        return None
    try:
        known = facts if _are_facts(facts) else _quick_facts(operation, facts, structs, keys)
        if known is None:
            return None
        request = structs.requests[operation](text)
    except (*structs.UNSURE, FactsError):
        return None
    return Draft(
        operation=operation, request=request, facts=known, target=None if target is None else Target(str(target))
    )


def _quick_facts(operation: str, facts: object, structs: ModuleType, keys: AdmittedKeys) -> Facts | None:
    text = structs.plain_text(facts) if type(facts) is dict else None
    if text is None or not _fits(text, size_limits.FACTS) or not _passed_over_fits(text):
        return None
    try:
        read = structs.facts[operation](text)
    except structs.UNSURE as error:
        decode = structs.tolerant_facts[operation]
        read = structs.decode_with_other_keys(error, decode, text, text, keys)
    return checked_facts(read)


def _are_facts(facts: object) -> TypeGuard[Facts]:
    return issubclass(type(facts), Facts)


def _is_target(target: object, operation: str) -> bool:
    if target is None:
        return not OPERATIONS[operation].has_target
    return type(target) is str and len(target) <= size_limits.REQUEST.characters


def _bytes(text: object, structs: ModuleType) -> bytes | None:
    """Encode a text, or plain values as one; None for anything else, or where UTF-8 has no bytes for it."""
    if type(text) is bytes:
        return text
    if type(text) is bytearray:
        return bytes(text)
    if type(text) is dict:
        written: bytes | None = structs.plain_text(text)
        return written
    if type(text) is not str:
        return None
    try:
        return text.encode()
    except UnicodeEncodeError:
        return None


def _fits(text: bytes, limits: SizeLimits) -> bool:
    """Report whether a text is guaranteed to be within the limits, its depth left aside."""
    if len(text) <= 2 * limits.items:
        return True
    commas = text.count(b",")
    return (
        len(text) <= limits.characters
        and commas < limits.items
        and commas + text.count(b"[") + text.count(b"{") < limits.values
    )


def _document_fits(text: bytes, structs: ModuleType) -> bool:
    """Report whether the parts of a document are guaranteed to be within the limits that each of them has."""
    if len(text) <= _SHORT and text.count(b",") < _MOST_KEYS:
        return True
    try:
        parts = structs.decode_parts(text)
    except structs.UNSURE:
        return False
    request, facts = bytes(parts.request), bytes(parts.facts)
    around = len(text) - len(request) - len(facts)
    return around <= _MOST_AROUND and _fits(request, size_limits.REQUEST) and _fits(facts, size_limits.FACTS)


def _passed_over_fits(text: bytes) -> bool:
    """Report whether the other way is guaranteed to get over what a decoder passes over, wherever that stands."""
    if not _is_utf_8(text):
        return False
    shape = _shape(text)
    if shape.count(b"[") <= DEEPEST and _has_short_numbers(shape):
        return True
    shape = _shape(_outside_strings(text))
    return _has_short_numbers(shape) and _is_shallow(shape)


def _is_utf_8(text: bytes) -> bool:
    if text.isascii():
        return True
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def _outside_strings(text: bytes) -> bytes:
    if b"\\" in text:
        text = text.replace(b"\\\\", b"").replace(b'\\"', b"")
    return b" ".join(text.split(b'"')[::2])


def _shape(text: bytes) -> bytes:
    return text.translate(_SHAPE, b"+-")


def _has_short_numbers(shape: bytes) -> bool:
    """Report whether no number has hundreds of digits, nor would have when it is written without an exponent."""
    return shape.find(_LONG_NUMBER) < 0 and shape.find(_LONG_EXPONENT) < 0


def _is_shallow(shape: bytes) -> bool:
    """Report whether a JSON text, its strings taken out, has no more levels than the limits admit."""
    brackets = shape.translate(None, _NO_BRACKETS)
    for _ in range(DEEPEST):
        brackets = brackets.replace(b"[]", b"")
    return not brackets
