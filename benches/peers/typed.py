"""The models of a draft document, made anew for another library: same fields, same types, same names on the wire.

What a decoder of types cannot say in types is left out: the formats of URLs, email addresses and colours are not
checked, so a peer has less to do than our own wire.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from functools import reduce
from operator import or_
from types import UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

import attrs

from rules_engine.models import Facts, Recorded, SessionCreate, Target, Unset
from rules_engine.models.formats import Format

_FORMATS: Final[Mapping[Format, Any]] = {
    Format.NUMBER: int | float,
    Format.DECIMAL_TEXT: Decimal,
    Format.RATE: Decimal,
    Format.METADATA: dict[str, Any] | list[Any],
    Format.JSON_OBJECT: dict[str, Any],
}

Fields = Mapping[str, tuple[Any, Any]]
"""The name of a field to its type and to what it is where it is absent: `attrs.NOTHING`, a value, or a `Factory`."""
Make = Callable[[str, Fields, bool], type]
"""Makes a class from its name, its fields and whether it refuses keys that it does not know."""


@attrs.frozen
class Peer:
    """How a library makes classes.

    Attributes:
        make: Makes one.
        instant: Its type of an instant that has an offset.
    """

    make: Make
    instant: Any


def document_class(peer: Peer) -> type:
    """Make the class of a draft document of `session.create`."""
    request = _derived(SessionCreate, peer, {}, strict=True)
    tolerant: dict[type, type] = {}
    facts, target, recorded = (_derived(model, peer, tolerant, strict=False) for model in (Facts, Target, Recorded))
    fields = {
        "version": (Literal[1], attrs.NOTHING),
        "operation": (Literal["session.create"], attrs.NOTHING),
        "request": (request, attrs.NOTHING),
        "facts": (facts, attrs.NOTHING),
        "id": (str | None, None),
        "target": (target | None, None),
        "recorded": (recorded | None, None),
    }
    return peer.make("Document", fields, False)  # noqa: FBT003  # the envelope passes other keys over


def _derived(model: type, peer: Peer, known: dict[type, type], *, strict: bool) -> type:
    """Make a class for a model; each is made once."""
    if model not in known:
        fields = {
            field.name: (
                _kind(field.type, peer, known, strict=strict),
                _default(field.default, peer, known, strict=strict),
            )
            for field in attrs.fields(attrs.resolve_types(model))
        }
        known[model] = peer.make(model.__name__, fields, strict)
    return known[model]


def _kind(kind: Any, peer: Peer, known: dict[type, type], *, strict: bool) -> Any:  # noqa: PLR0911  # one case a kind
    def inner(member: Any) -> Any:
        return _kind(member, peer, known, strict=strict)

    origin, arguments = get_origin(kind), get_args(kind)
    if kind is datetime:
        return peer.instant
    if attrs.has(kind):
        return _derived(kind, peer, known, strict=strict)
    if origin in (Union, UnionType):
        return reduce(or_, (inner(member) for member in arguments if member is not Unset))
    if origin is Annotated:
        return _FORMATS.get(arguments[1], str)
    if origin is tuple:
        return tuple[inner(arguments[0]), ...]  # type: ignore[misc]  # the type is made while the program runs
    if origin is Mapping:
        return dict[str, inner(arguments[1])]  # type: ignore[misc]  # the same
    return kind


def _default(default: Any, peer: Peer, known: dict[type, type], *, strict: bool) -> Any:
    if isinstance(default, Mapping):
        return attrs.Factory(dict)
    if attrs.has(type(default)):
        return attrs.Factory(_derived(type(default), peer, known, strict=strict))
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]  # a class at run time, a function to mypy
        return attrs.Factory(_derived(default.factory, peer, known, strict=strict))
    return default
