"""Decoders of types: a document's bytes into classes that are made of the models, with straight-line Python after them.

The classes have the same fields, the same types and the same names on the wire. What types cannot say is left out: the
formats of URLs, email addresses and colours are not checked, so a peer has less to do than the library's own reader.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from functools import reduce
from operator import or_
from types import UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

import attrs

from benches.straight_line import check_session_create
from rules_engine.models import Facts, Recorded, SessionCreate, Target, Unset
from rules_engine.models.formats import Format

_FORMATS: Final[Mapping[Format, Any]] = {
    Format.NUMBER: int | float,
    Format.NON_NEGATIVE: int,
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


def msgspec_judge(most_lines: int) -> Callable[[bytes], list[str]]:
    """Set up msgspec: the bytes straight into its Structs.

    Raises:
        ModuleNotFoundError: It is not installed.
    """
    import msgspec  # noqa: PLC0415  # it is in an extra

    def given(default: Any) -> Any:
        if isinstance(default, attrs.Factory):  # type: ignore[arg-type]  # a class at run time, a function to mypy
            return msgspec.field(default_factory=default.factory)
        return msgspec.NODEFAULT if default is attrs.NOTHING else default

    def struct(name: str, fields: Fields, strict: bool) -> type:  # noqa: FBT001  # called by `document_class` only
        defined = [(field, kind, given(default)) for field, (kind, default) in fields.items()]
        return msgspec.defstruct(
            name, defined, rename="camel", forbid_unknown_fields=strict, kw_only=True, frozen=True, gc=False
        )

    peer = Peer(struct, Annotated[datetime, msgspec.Meta(tz=True)])
    decode: Callable[[bytes], Any] = msgspec.json.Decoder(document_class(peer)).decode
    return lambda document: check_session_create(decode(document), most_lines)


def pydantic_judge(most_lines: int) -> Callable[[bytes], list[str]]:
    """Set up pydantic: the bytes into its models.

    Raises:
        ModuleNotFoundError: It is not installed.
    """
    import pydantic  # noqa: PLC0415  # it is in an extra
    from pydantic.alias_generators import to_camel  # noqa: PLC0415  # the same

    def given(default: Any) -> Any:
        if isinstance(default, attrs.Factory):  # type: ignore[arg-type]  # a class at run time, a function to mypy
            return pydantic.Field(default_factory=default.factory)
        return ... if default is attrs.NOTHING else default

    def model(name: str, fields: Fields, strict: bool) -> type:  # noqa: FBT001  # called by `document_class` only
        extra: Literal["forbid", "ignore"] = "forbid" if strict else "ignore"
        config = pydantic.ConfigDict(alias_generator=to_camel, extra=extra, strict=True, frozen=True)
        defined: dict[str, Any] = {field: (kind, given(default)) for field, (kind, default) in fields.items()}
        made: type = pydantic.create_model(name, __config__=config, **defined)
        return made

    adapter: pydantic.TypeAdapter[Any] = pydantic.TypeAdapter(document_class(Peer(model, pydantic.AwareDatetime)))
    return lambda document: check_session_create(adapter.validate_json(document), most_lines)


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
        return _FORMATS[arguments[1]] if arguments[1] in _FORMATS else inner(arguments[0])
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
