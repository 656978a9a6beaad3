"""Structs of msgspec, derived from the models: they admit what the converters admit, or less, and look like the models.

What msgspec checks by itself is left to it. The rest (instants, texts of a format, exact numbers, free JSON) is checked
by the converters' own functions, in one function a struct, which is written here from the model's fields. A struct and
its decoder are built when they are first asked for.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from functools import cache, lru_cache, partial
from math import isfinite
from threading import Lock
from types import GenericAlias, NoneType
from typing import Annotated, Any, Final, Literal, TypeAlias, Union, get_args, get_origin

import attrs
import msgspec
from attrs import frozen
from msgspec.structs import force_setattr

from rules_engine.models import UNSET, Facts, Recorded, Target, Unset
from rules_engine.models.draft import VERSION
from rules_engine.models.formats import Format
from rules_engine.operations import OPERATIONS
from rules_engine.wire.converter import TEXT_FORMATS, camel_case, is_union, read_number
from rules_engine.wire.dates import read_instant
from rules_engine.wire.json_text import LONGEST_NUMBER, exact
from rules_engine.wire.keys import AdmittedKeys, api_keys

Decode: TypeAlias = Callable[[bytes], Any]

UNSURE: Final = (msgspec.MsgspecError, ValueError, RecursionError)
"""What a decoder raises where it does not admit a document."""

_INTEGER: Final = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
_LARGEST: Final = 10**LONGEST_NUMBER
_DEEPEST_FREE: Final = 32
"""The deepest free JSON that is admitted: with what it stands in, far from the deepest that the size limits admit."""
_MOST_INSTANTS: Final = 4096
"""How many instants are kept read: the windows of prices and coupons stand in one draft after the other."""
_MOST_FRACTIONS: Final = 512
"""How many numbers with a fraction are kept read: there are few but exchange rates."""
_MOST_CONTAINERS: Final = 20_000
"""How many objects and arrays `plain_text` walks: those that contain themselves have more."""
_CONTAINERS: Final = frozenset({dict, list, tuple})
_SCALARS: Final = frozenset({str, int, bool, NoneType})
_FRACTIONS: Final = frozenset({float, Decimal})
_UNKNOWN_FIELD: Final = "Object contains unknown field"
"""How msgspec says that no struct has a key."""
_BUILDING: Final = Lock()
_encode: Final = msgspec.json.Encoder(decimal_format="number").encode
_fraction: Final = lru_cache(maxsize=_MOST_FRACTIONS)(exact)


@frozen
class _Field:
    """How a field is decoded.

    Attributes:
        kind: What msgspec decodes.
        finish: What is still to be done with the value: takes it, and returns it as the model has it.
        shortcuts: What stands for `finish` with most values: a condition in Python, and what the value is then.
    """

    kind: Any
    finish: Callable[[Any], Any] | None = None
    shortcuts: tuple[tuple[str, str], ...] = ()


def _free(value: dict[str, Any] | list[Any]) -> Any:
    """Check free JSON: no size limit bounds yet what msgspec has built."""
    if not _within(value, _DEEPEST_FREE):
        raise ValueError("too much")
    return value


def _within(value: dict[str, Any] | list[Any], levels: int) -> bool:
    for item in value.values() if isinstance(value, dict) else value:
        kind = type(item)
        if kind is str:
            continue
        if kind is int and not -_LARGEST < item < _LARGEST:
            return False
        if kind in (dict, list) and not (levels and _within(item, levels - 1)):
            return False
    return True


def _text_of(known: Format) -> Callable[[str], str]:
    has_format = TEXT_FORMATS[known]

    def finish(text: str) -> str:
        if not has_format(text):
            raise ValueError(known.value)
        return text

    return finish


def _number_of(known: Format) -> Callable[[Any], int | Decimal]:
    def finish(value: Any) -> int | Decimal:
        if type(value) is int and not -_LARGEST < value < _LARGEST:
            raise ValueError(known.value)
        return read_number(value, known)

    return finish


_OBJECT: Final = GenericAlias(dict, (str, Any))
_DECIMAL: Final = ("type(value) is Decimal", "value")
_POSITIVE: Final = ("type(value) is Decimal and value > 0", "value")
_WHOLE: Final = ("type(value) is int and 0 < value < LARGEST", "Decimal(value)")
_FORMATS: Mapping[Format, _Field] = {
    **{known: _Field(str, _text_of(known)) for known in TEXT_FORMATS},
    Format.LABEL: _Field(Annotated[str, msgspec.Meta(min_length=1)]),
    # Items of a list are checked by msgspec alone.
    Format.METHOD_TYPE: _Field(str),
    Format.NOT_BLANK: _Field(Annotated[str, msgspec.Meta(pattern=r"\S")]),
    Format.NON_NEGATIVE: _Field(Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]),
    # Typed as a number, msgspec would read one that is written as a string, in more spellings than the converters do.
    Format.NUMBER: _Field(Any, _number_of(Format.NUMBER)),
    Format.DECIMAL_TEXT: _Field(Any, _number_of(Format.DECIMAL_TEXT), (_DECIMAL, _WHOLE)),
    Format.RATE: _Field(Any, _number_of(Format.RATE), (_POSITIVE, _WHOLE)),
    Format.METADATA: _Field(_OBJECT | list[Any], _free),
    Format.JSON_OBJECT: _Field(_OBJECT, _free),
}
_PLAIN: Mapping[Any, _Field] = {
    str: _Field(str),
    bool: _Field(bool),
    int: _Field(_INTEGER),
    # Read by msgspec, an instant may have a blank for the T, and is rounded.
    datetime: _Field(str, lru_cache(maxsize=_MOST_INSTANTS)(read_instant)),
}


def _field(kind: Any, *, strict: bool, tolerant: bool) -> _Field:
    if kind in _PLAIN:
        return _PLAIN[kind]
    if attrs.has(kind):
        return _Field(struct_of(kind, strict=strict, tolerant=tolerant))
    origin = get_origin(kind)
    if origin is Literal:
        return _Field(kind)
    if origin is Annotated:
        return _FORMATS[get_args(kind)[1]]
    if is_union(kind):
        members = get_args(kind)
        (inner,) = (member for member in members if member not in (NoneType, Unset))
        field = _field(inner, strict=strict, tolerant=tolerant)
        return attrs.evolve(field, kind=Union[field.kind, None]) if NoneType in members else field  # noqa: UP007  # a kind may be Any
    item = _field(get_args(kind)[0 if origin is tuple else 1], strict=strict, tolerant=tolerant)
    if item.finish is not None:
        raise TypeError(f"{kind}: items that msgspec alone cannot check")
    return _Field(GenericAlias(tuple, (item.kind, ...)) if origin is tuple else GenericAlias(dict, (str, item.kind)))


@cache
def struct_of(model: type, *, strict: bool, tolerant: bool = False) -> type[msgspec.Struct]:
    """Derive the struct of a model.

    Args:
        model: The model.
        strict: Whether it is a request's: no keys are admitted but those of the model, and null only where it has None.
            Of the facts, those of the API's objects are admitted too, and are not read.
        tolerant: Whether any other key of the facts is passed over.
    """
    fields: list[tuple[str, Any, Any]] = []
    lines: list[str] = []
    names: dict[str, Any] = {"UNSET": UNSET, "Decimal": Decimal, "LARGEST": _LARGEST, "put": force_setattr}
    for attribute in attrs.fields(model):
        name = attribute.name
        field = _field(attribute.type, strict=strict, tolerant=tolerant)
        required = attribute.default is attrs.NOTHING
        default = msgspec.NODEFAULT if required else attribute.default
        kind = field.kind
        if not strict and default is not None and NoneType in get_args(attribute.type):
            raise TypeError(f"{model.__name__}.{name}: null in facts is absent, and so no value")
        if not strict and not required and default is not None:
            kind = Union[kind, None]  # noqa: UP007  # a kind may be Any
            names[f"default_{name}"] = default
            lines += [f"if self.{name} is None:", f" put(self, {name!r}, default_{name})"]
        fields.append((name, kind, default))
        if field.finish is not None:
            names[f"finish_{name}"] = field.finish
            lines.append(f"value = self.{name}")
            lines += _finishing(attribute, field)
    if not strict and not tolerant:
        fields += [(key, msgspec.Raw, None) for key in sorted(api_keys(model))]
    namespace: dict[str, Any] = {
        # Views ask what a part is an instance of, and only of the models.
        "__class__": property(lambda _: model),
        # The fields may be secrets.
        "__repr__": lambda _: f"<{model.__name__}>",
    }
    if lines:
        exec("def finish(self):\n " + "\n ".join(lines), names)  # noqa: S102  # written from the names of the models' fields
        namespace["__post_init__"] = names["finish"]
    return msgspec.defstruct(
        model.__name__,
        fields,
        namespace=namespace,
        rename=camel_case,
        forbid_unknown_fields=not tolerant,
        frozen=True,
        kw_only=True,
        gc=False,
    )


def _finishing(attribute: "attrs.Attribute[Any]", field: _Field) -> Iterator[str]:
    """Render what is to be done with the value of a field.

    For an optional rate: `if value is None:`, ` pass`, `elif type(value) is Decimal and value > 0:`, ` pass`, ...,
    `elif True:`, ` put(self, 'rate', finish_rate(value))`.
    """
    members = () if attribute.default is attrs.NOTHING else get_args(attribute.type)
    shortcuts = [
        *([("value is None", "value")] if NoneType in members else []),
        *([("value is UNSET", "value")] if Unset in members else []),
        *field.shortcuts,
    ]
    word = "if"
    for condition, expression in (*shortcuts, ("True", f"finish_{attribute.name}(value)")):
        yield f"{word} {condition}:"
        yield " pass" if expression == "value" else f" put(self, {attribute.name!r}, {expression})"
        word = "elif"


class _Decoders(dict[str, Decode]):
    """Decoders by operation, each built when it is first asked for.

    One thread builds at a time: another one that met a struct half built would crash msgspec. To use one takes no lock.
    """

    def __init__(self, kind: Callable[[str], type[msgspec.Struct]]) -> None:
        """Keep what is decoded for an operation."""
        super().__init__()
        self._kind = kind

    def __missing__(self, operation: str) -> Decode:
        """Build one, unless another thread has just done so."""
        with _BUILDING:
            if operation not in self:
                self[operation] = msgspec.json.Decoder(self._kind(operation), float_hook=_fraction).decode
            return self[operation]


def _document(operation: str, *, tolerant: bool = False) -> type[msgspec.Struct]:
    row = OPERATIONS[operation]
    target, recorded = (struct_of(each, strict=False, tolerant=True) for each in (Target, Recorded))
    fields: list[tuple[str, Any, Any]] = [
        ("version", Literal[VERSION], msgspec.NODEFAULT),
        ("operation", Literal[operation], msgspec.NODEFAULT),
        ("request", struct_of(row.request, strict=True), msgspec.NODEFAULT),
        ("facts", struct_of(Facts, strict=False, tolerant=tolerant), msgspec.NODEFAULT),
        ("target", target, msgspec.NODEFAULT) if row.has_target else ("target", target | None, None),
        ("id", str | None, None),
        ("recorded", recorded | None, None),
    ]
    return msgspec.defstruct("Document", fields, frozen=True, kw_only=True, gc=False)


class UnreadParts(msgspec.Struct, gc=False):
    """The two large parts of a draft document, unread.

    Attributes:
        request: The text of the request.
        facts: The text of the facts.
    """

    request: msgspec.Raw
    facts: msgspec.Raw


decode_parts: Final = msgspec.json.Decoder(UnreadParts).decode
"""Find the two large parts of a draft document; everything else is passed over."""
documents: Final = _Decoders(_document)
"""What decodes the documents of an operation; where they do not admit one they raise one of `UNSURE`.

What stands under a key that no model knows is not read, and may be what the converters refuse.
"""
tolerant_documents: Final = _Decoders(partial(_document, tolerant=True))
"""The same, whatever other keys the facts have."""
requests: Final = _Decoders(lambda operation: struct_of(OPERATIONS[operation].request, strict=True))
"""What decodes the bodies of an operation."""
facts: Final = _Decoders(lambda _: struct_of(Facts, strict=False))
"""What decodes facts that stand alone, for any operation; the same holds of keys that no model knows."""
tolerant_facts: Final = _Decoders(lambda _: struct_of(Facts, strict=False, tolerant=True))
"""The same, whatever other keys they have."""
_plain: Final = msgspec.json.Decoder(float_hook=_fraction).decode


def decode_with_other_keys(error: Exception, decode: Decode, text: bytes, facts_text: bytes, keys: AdmittedKeys) -> Any:
    """Decode a text whose facts have keys that neither the models nor the API have.

    Args:
        error: What was raised by the decoder that admits no such keys.
        decode: The tolerant decoder in its place.
        text: The text.
        facts_text: The text of the facts.
        keys: Which keys are admitted.

    Raises:
        MsgspecError: The error was about something else.
        FactsError: A key is refused.
    """
    if not str(error).startswith(_UNKNOWN_FIELD):
        raise error
    keys.check(_plain(facts_text))
    return decode(text)


def model_of(value: Any) -> Any:
    """Return a value with the models that the structs in it stand for."""
    if type(value) is tuple:
        return tuple(map(model_of, value))
    if type(value) is dict:
        return {key: model_of(item) for key, item in value.items()}
    # Facts whose keys were folded are the model, with structs in it.
    if not isinstance(value, msgspec.Struct | Facts):
        return value
    model: Any = value.__class__
    return model(**{field.name: model_of(getattr(value, field.name)) for field in attrs.fields(model)})


def plain_text(document: dict[Any, Any]) -> bytes | None:
    """Render a document in UTF-8, if it is nothing but dictionaries, lists, tuples, texts, numbers, booleans and None.

    Args:
        document: The document.

    Returns:
        The text, in which every value is what it was; None where that is not sure, or would take long.
    """
    if not _is_plain(document):
        return None
    try:
        return _encode(document)
    except (ValueError, TypeError, RecursionError):  # half of a surrogate pair, or nested too deeply
        return None


def _has_fraction(number: float | Decimal) -> bool:
    """Return whether a number is finite and not whole: a whole one stands for an integer in facts, not in a request."""
    if isinstance(number, float):
        return isfinite(number) and not number.is_integer()
    return number.is_finite() and number != number.to_integral_value()


def _is_plain(document: dict[Any, Any]) -> bool:
    # It grows while it is walked. Only the very types: what derives from them may behave in any way.
    ahead: list[Any] = [document]
    for container in ahead:
        if type(container) is dict:
            for key in container:
                if type(key) is not str:
                    return False
            items = container.values()
        else:
            items = container
        for item in items:
            kind = type(item)
            if kind in _CONTAINERS:
                ahead.append(item)
            elif kind not in _SCALARS and not (kind in _FRACTIONS and _has_fraction(item)):
                return False
        if len(ahead) > _MOST_CONTAINERS:
            return False
    return True
