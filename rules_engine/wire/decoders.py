"""Decoders of msgspec, built when they are first asked for: of whole documents, of bodies and of facts alone."""

from collections.abc import Callable
from functools import lru_cache, partial
from threading import Lock
from typing import Any, Final, Literal, TypeAlias

import msgspec
from msgspec.structs import force_setattr

from rules_engine.models.draft import VERSION, Draft, Recorded, Target
from rules_engine.models.facts import Facts
from rules_engine.operations import OPERATIONS
from rules_engine.wire.json_text import exact
from rules_engine.wire.plain_text import plain_text
from rules_engine.wire.quick_types import defined, struct_of

Decode: TypeAlias = Callable[[bytes], Any]

UNSURE: Final = (msgspec.MsgspecError, ValueError, RecursionError)
"""What a decoder raises where it does not admit a document."""
put: Final = force_setattr
"""Puts a value into a struct, which is frozen."""
text_of: Final = plain_text
"""Gives plain values as the text that is decoded."""

_BUILDING: Final = Lock()
_MOST_FRACTIONS: Final = 512
"""How many numbers with a fraction are kept read: there are few but exchange rates."""
_fraction: Final = lru_cache(maxsize=_MOST_FRACTIONS)(exact)


class Parts(msgspec.Struct, gc=False):
    """The two large parts of a draft document, unread.

    Attributes:
        request: The text of the request.
        facts: The text of the facts.
    """

    request: msgspec.Raw
    facts: msgspec.Raw


decode_parts: Final = msgspec.json.Decoder(Parts).decode
"""Find the two large parts of a draft document; everything else is passed over."""


def _decoding(kind: type[msgspec.Struct]) -> Decode:
    return msgspec.json.Decoder(kind, float_hook=_fraction).decode


class _Decoders(dict[str, Decode]):
    """Decoders by operation, each built when it is first asked for.

    One thread builds at a time: another one that met a struct half built would crash msgspec. To use one takes no lock.
    """

    def __init__(self, build: Callable[[str], Decode]) -> None:
        """Keep how one is built."""
        super().__init__()
        self._build = build

    def __missing__(self, operation: str) -> Decode:
        """Build one, unless another thread has just done so."""
        with _BUILDING:
            if operation not in self:
                self[operation] = self._build(operation)
            return self[operation]


def _document_decoder(operation: str, *, plain: bool) -> Decode:
    row = OPERATIONS[operation]
    target, recorded = (struct_of(model, strict=False, plain=plain) for model in (Target, Recorded))
    fields: list[tuple[str, Any, Any]] = [
        ("version", Literal[VERSION], msgspec.NODEFAULT),
        ("operation", Literal[operation], msgspec.NODEFAULT),
        ("request", struct_of(row.request, strict=True, plain=plain), msgspec.NODEFAULT),
        ("facts", struct_of(Facts, strict=False, plain=plain), msgspec.NODEFAULT),
        ("target", target, msgspec.NODEFAULT) if row.has_target else ("target", target | None, None),
        ("id", str | None, None),
        ("recorded", recorded | None, None),
    ]
    return _decoding(defined(Draft, fields, [], {}, known=plain))


def _facts_decoder(_: str) -> Decode:
    return _decoding(struct_of(Facts, strict=False, plain=False))


def _request_decoder(operation: str, *, plain: bool) -> Decode:
    return _decoding(struct_of(OPERATIONS[operation].request, strict=True, plain=plain))


plain_documents: Final = _Decoders(partial(_document_decoder, plain=True))
"""What decodes the documents of an operation, as long as they are plain and no model lacks a key of theirs.

What they return has the attributes of the operation's draft; where they do not admit a document they raise one of
`UNSURE`.
"""
documents: Final = _Decoders(partial(_document_decoder, plain=False))
"""The same for all other documents.

What stands under a key that no model knows is not read, and may be what the detailed way refuses.
"""
plain_requests: Final = _Decoders(partial(_request_decoder, plain=True))
"""What decodes the bodies of an operation, as long as they are plain."""
requests: Final = _Decoders(partial(_request_decoder, plain=False))
"""What decodes all others."""
facts: Final = _Decoders(_facts_decoder)
"""What decodes facts that stand alone, for any operation; the same holds of keys that no model knows."""
