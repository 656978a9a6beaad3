"""The quick way in: a document that is surely well formed becomes what the joins read, without cattrs.

It admits no more than the detailed way does (`read_draft`, `read_body`), with equal values. What it is not sure of it
leaves to that, which also tells what is wrong. It takes msgspec; without it, everything goes the detailed way.
"""

import re
from collections import Counter
from functools import cache
from types import ModuleType
from typing import Any, TypeGuard

from rules_engine.exceptions import FactsError
from rules_engine.models.draft import Draft, Target
from rules_engine.models.facts import Facts
from rules_engine.operations import OPERATIONS
from rules_engine.wire import caps
from rules_engine.wire.caps import Caps
from rules_engine.wire.json_text import DEEPEST
from rules_engine.wire.known import are_sound, folded_keys, refuse_contradictions

_OLDEST_MSGSPEC = (0, 19)
_OPERATION = re.compile(rb'"operation"[ \t\r\n]*:[ \t\r\n]*"([a-z_.]+)"')
_OPERATIONS = {operation.encode(): operation for operation in OPERATIONS}
_SHORT = 2 * caps.REQUEST.items
"""An item of an array or an object takes two bytes: no cap is passed in fewer."""
_MOST_AROUND = 4_000
_MOST_KEYS = 1_000
"""In so many bytes, or with so few commas, what stands around the request and the facts passes no cap."""
_LEAST_OF_A_KEY = 6
"""The bytes that a key, its value and a comma take at least, when no key stands twice: `"a":1,`."""
_SHAPES = bytes.maketrans(b"123456789E{}", b"000000000e[]")
_SHAPE = bytes(_SHAPES[byte] if _SHAPES[byte] in b"0e[]" else ord(" ") for byte in range(256))
"""What a text is made of, as far as numbers and nesting go: digits, exponents and brackets, of one kind each."""
_LONG_EXPONENT = b"0e000"
_LONG_NUMBER = b"0" * 200
_NO_BRACKETS = bytes(byte for byte in range(256) if byte not in b"[]")
_MANY = 32
"""After so many documents of an operation that are not plain, one in as many is tried as such."""
_others_in_a_row: Counter[str] = Counter()
"""How many documents of each operation were not plain, one after the other. It decides what is tried, and so how long a
document takes, and nothing that is said of it."""


@cache
def decoders() -> ModuleType | None:
    """Load what decodes; None where msgspec is not installed, or too old."""
    try:
        import msgspec  # noqa: PLC0415  # an extra, and loaded only once there is something to read

        if tuple(map(int, msgspec.__version__.split(".")[:2])) < _OLDEST_MSGSPEC:
            return None
        from rules_engine.wire import decoders as found  # noqa: PLC0415  # the same
    except (ImportError, ValueError):
        return None
    return found


def quick_draft(document: object) -> Draft[Any] | None:
    """Read a draft document quickly.

    Args:
        document: The document; anything but text, bytes and plain values is left to `read_draft`.

    Returns:
        A draft, or what has its attributes and theirs in turn and counts as an instance of its class; None where
        `read_draft` has to say what the document is.
    """
    types = decoders()
    if types is None:
        return None
    text = document if type(document) is bytes else _bytes(document, types)
    if text is None:
        return None
    start = text.find(b'"operation"')
    stated = _OPERATION.match(text, start) if start >= 0 else None
    operation = None if stated is None else _OPERATIONS.get(stated[1])
    if operation is None or (len(text) > _SHORT and not _parts_fit(text, types)):
        return None
    draft = _plain_draft(operation, text, types)
    if draft is None:
        if not _passed_over_fits(text, types):
            return None
        try:
            draft = types.documents[operation](text)
        except types.UNSURE:
            return None
    return draft if are_sound(draft.facts) or _fold_and_check(draft.facts, types) else None


def _plain_draft(operation: str, text: bytes, types: ModuleType) -> Draft[Any] | None:
    """Decode a document that is plain; None where it is not, or where those before it were not."""
    others = _others_in_a_row[operation]
    if others >= _MANY and others % _MANY:
        _others_in_a_row[operation] = others + 1
        return None
    try:
        draft: Draft[Any] = types.plain_documents[operation](text)
    except types.UNSURE:
        _others_in_a_row[operation] = others + 1
        return None
    if others:
        _others_in_a_row[operation] = 0
    return draft


def quick_body(operation: object, body: object, facts: object, target: object) -> Draft[Any] | None:
    """Read the raw body of a request quickly.

    Args:
        operation: The operation it was sent to.
        body: The body.
        facts: The facts, as a model or as plain values; anything else is left to `read_body`.
        target: The id of the object that is acted on.

    Returns:
        The draft, its request as `quick_draft` reads one; None where `read_body` has to say what the body is.
    """
    types = decoders()
    if types is None or type(operation) is not str or operation not in OPERATIONS:
        return None
    known = facts if _are_facts(facts) else _quick_facts(operation, facts, types)
    text = None if type(body) is dict else _bytes(body, types)
    if known is None or text is None or not _fits(text, caps.REQUEST) or not _is_target(target, operation):
        return None
    try:
        request = types.plain_requests[operation](text)
    except types.UNSURE:
        try:
            request = types.requests[operation](text)
        except types.UNSURE:
            return None
    acted_on = None if target is None else Target(target)
    return Draft(operation=operation, request=request, facts=known, target=acted_on)


def _quick_facts(operation: str, facts: object, types: ModuleType) -> Facts | None:
    text = types.text_of(facts) if type(facts) is dict else None
    if text is None or not _fits(text, caps.FACTS) or not _passed_over_fits(text, types):
        return None
    try:
        known: Facts = types.facts[operation](text)
    except types.UNSURE:
        return None
    return known if are_sound(known) or _fold_and_check(known, types) else None


def _are_facts(facts: object) -> TypeGuard[Facts]:
    return issubclass(type(facts), Facts)


def _is_target(target: object, operation: str) -> TypeGuard[str | None]:
    if target is None:
        return not OPERATIONS[operation].has_target
    return type(target) is str and len(target) <= caps.REQUEST.characters


def _bytes(text: object, types: ModuleType) -> bytes | None:
    """Give a text in UTF-8, or plain values as one; None for anything else, or where UTF-8 has no bytes for it."""
    if type(text) is bytes:
        return text
    if type(text) is bytearray:
        return bytes(text)
    if type(text) is dict:
        written: bytes | None = types.text_of(text)
        return written
    if type(text) is not str:
        return None
    try:
        return text.encode()
    except UnicodeEncodeError:
        return None


def _fold_and_check(facts: Facts, types: ModuleType) -> bool:
    """Do what `checked_facts` does to the model, and tell whether it would be content."""
    stated_codes = facts.promotion_codes_by_code
    try:
        of_facts, of_missing = folded_keys(facts)
        for name, value in of_facts.items():
            types.put(facts, name, value)
        for name, value in of_missing.items():
            types.put(facts.missing, name, value)
        refuse_contradictions(facts, stated_codes)
    except FactsError:
        return False
    return True


def _fits(text: bytes, most: Caps) -> bool:
    """Tell whether a text is surely within the caps, its depth left aside."""
    if len(text) <= 2 * most.items:
        return True
    commas = text.count(b",")
    return (
        len(text) <= most.characters
        and commas < most.items
        and commas + text.count(b"[") + text.count(b"{") < most.values
    )


def _parts_fit(text: bytes, types: ModuleType) -> bool:
    """Tell whether the parts of a long document are surely within the caps that each of them has."""
    try:
        parts = types.decode_parts(text)
    except types.UNSURE:
        return False
    request, facts = bytes(parts.request), bytes(parts.facts)
    around = len(text) - len(request) - len(facts)
    return around <= _MOST_AROUND and _fits(request, caps.REQUEST) and _fits(facts, caps.FACTS)


def _passed_over_fits(text: bytes, types: ModuleType) -> bool:
    """Tell whether the detailed way surely gets over what a decoder passes over, wherever that stands."""
    if not _is_utf_8(text):
        return False
    if len(text) > _LEAST_OF_A_KEY * _MOST_KEYS and text.count(b",") >= _MOST_KEYS and not _parts_fit(text, types):
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
    """Tell whether no number has hundreds of digits, nor would have when it is written without an exponent."""
    return shape.find(_LONG_NUMBER) < 0 and shape.find(_LONG_EXPONENT) < 0


def _is_shallow(shape: bytes) -> bool:
    """Tell whether a JSON text, its strings taken out, has no more levels than the caps admit."""
    brackets = shape.translate(None, _NO_BRACKETS)
    for _ in range(DEEPEST):
        brackets = brackets.replace(b"[]", b"")
    return not brackets
