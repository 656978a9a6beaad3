"""Msgspec: the bytes of a document straight into its Structs, which the straight-line Python then looks at."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, cast

import attrs
import msgspec

from benches.peers.typed import Fields, Peer, document_class
from benches.straight_line import check_session_create


def struct_judge(most_lines: int) -> Callable[[bytes], list[str]]:
    """Decode into Structs, then check.

    Args:
        most_lines: How many lines are admitted.
    """
    decode = decoder()

    def judge(document: bytes) -> list[str]:
        return check_session_create(decode(document), most_lines)

    return judge


def decoder() -> Callable[[bytes], Any]:
    """Make the decoder of a draft document of `session.create`."""
    aware = Annotated[datetime, msgspec.Meta(tz=True)]
    return cast("Callable[[bytes], Any]", msgspec.json.Decoder(document_class(Peer(_struct, aware))).decode)


def _struct(name: str, fields: Fields, strict: bool) -> type:  # noqa: FBT001  # called by `document_class` only
    defined: list[Any] = []
    for field, (kind, default) in fields.items():
        defined.append((field, kind, *_given(default)))
    return msgspec.defstruct(
        name, defined, rename="camel", forbid_unknown_fields=strict, kw_only=True, frozen=True, gc=False
    )


def _given(default: Any) -> tuple[Any, ...]:
    if default is attrs.NOTHING:
        return ()
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]  # a class at run time, a function to mypy
        return (msgspec.field(default_factory=default.factory),)
    return (default,)
