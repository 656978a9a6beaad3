"""Plain JSON values to models and back, by cattrs, without coercion; what does not fit, as faults in document order.

Two converters: requests are strict (a key that the model does not know is a fault), facts are tolerant (such a key is
passed over, and null is the same as absent).
"""

import enum
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import attrs
from attrs import frozen
from cattrs import BaseValidationError, Converter
from cattrs.errors import (
    AttributeValidationNote,
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from rules_engine.models import Unset
from rules_engine.models.formats import Format
from rules_engine.path import Path
from rules_engine.wire.dates import read_instant, write_instant
from rules_engine.wire.json_text import exact

_Hook = Callable[[Any, Any], Any]

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_HEX_COLOR = re.compile(r"#([0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")
_NOT_IN_A_URL = re.compile(r"[\x00-\x20\x7f<>\"\\^`|]")
# As RFC 3986 splits a URL, but with letters of any script and with braces, which are filled in later. What the standard
# library's reader admits changes with its version.
_URL = re.compile(
    r"""
    (?P<scheme> [A-Za-z][A-Za-z0-9+.-]* ) :
    (?:
        // (?: [^/?\#@\[\]]* @ )?
        (?P<host> \[ [0-9A-Fa-f:.]+ \] | [^/?\#@:\[\]]* )
        (?: : (?P<port> [0-9]{0,5} ) )?
        (?= [/?\#] | \Z )
    |
        (?! // )
    )
    (?P<path> [^?\#]* )
    .*
    """,
    re.VERBOSE,
)
_LAST_PORT = 65_535
# Admits most of the https URLs there are, and nothing that a reading in full would not; that only takes longer.
_is_plain_url = re.compile(r"https://[a-z0-9.-]+(?:/[A-Za-z0-9._~/?&=%{}-]*)?").fullmatch


class InvalidValueError(ValueError):
    """A value of the wrong type or format.

    Attributes:
        expected: What was expected in its place.
    """

    def __init__(self, expected: str) -> None:
        """Keep what was expected; the value itself may be a secret and is not kept."""
        super().__init__(expected)
        self.expected = expected


SHAPE_ERRORS = (BaseValidationError, InvalidValueError)
"""What the converters raise where a value does not have the shape of its model."""


@cache
def camel_case(name: str) -> str:
    """Return `priceData` for `price_data`."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _text(value: Any, _: Any) -> str:
    if not isinstance(value, str):
        raise InvalidValueError("a string")
    return value


def _boolean(value: Any, _: Any) -> bool:
    if not isinstance(value, bool):
        raise InvalidValueError("true or false")
    return value


def _integer(value: Any, _: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise InvalidValueError("an integer")
    return value


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise InvalidValueError(Format.NON_NEGATIVE.value)
    return value


def _instant(value: Any, _: Any) -> datetime:
    if type(value) is datetime:  # of an application's facts; it is in UTC
        return value
    try:
        return read_instant(_text(value, str))
    except ValueError:
        raise InvalidValueError("an RFC 3339 instant with an offset, such as 2026-11-22T10:00:00Z") from None


def _url_parts(text: str) -> re.Match[str] | None:
    parts = None if _NOT_IN_A_URL.search(text) else _URL.fullmatch(text)
    if parts is None or int(parts["port"] or 0) > _LAST_PORT:
        return None
    return parts if parts["host"] else None


def _is_url(text: str, schemes: tuple[str, ...] = ("http", "https")) -> bool:
    if _is_plain_url(text):
        return True
    parts = _url_parts(text)
    return parts is not None and parts["scheme"].lower() in schemes


def _is_https_url(text: str) -> bool:
    return _is_url(text, ("https",))


# Whether a text has a format.
TEXT_FORMATS: Mapping[Format, Callable[[str], bool]] = {
    Format.URL: _is_url,
    Format.HTTPS_URL: _is_https_url,
    Format.EMAIL: lambda text: bool(_EMAIL.fullmatch(text)),
    Format.HEX_COLOR: lambda text: bool(_HEX_COLOR.fullmatch(text)),
    Format.LABEL: bool,
    Format.METHOD_TYPE: lambda _: True,
    Format.NOT_BLANK: lambda text: bool(text.strip()),
    Format.SHA256: lambda text: bool(_SHA256.fullmatch(text)),
}
_OBJECTS: Mapping[Format, tuple[type, ...]] = {Format.METADATA: (dict, list), Format.JSON_OBJECT: (dict,)}


_DECIMAL = re.compile(r"[+-]?\d{1,40}(\.\d{1,40})?", re.ASCII)


def read_number(value: Any, known: Format) -> int | Decimal:
    """Read a number of a format.

    Raises:
        InvalidValueError: The value is none, or not of the format.
    """
    number = _number(value, known)
    if known is Format.NUMBER:
        return number
    if known is Format.RATE and number <= 0:
        raise InvalidValueError(known.value)
    return Decimal(number)


def _number(value: Any, known: Format) -> int | Decimal:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return value
    if known is not Format.NUMBER and isinstance(value, str) and _DECIMAL.fullmatch(value):
        return exact(value)
    raise InvalidValueError(known.value)


def _free(value: Any) -> Any:
    """Copy free JSON, with instants as texts."""
    if isinstance(value, dict):
        return {key: _free(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_free(item) for item in value]
    return write_instant(value) if isinstance(value, datetime) else value


def _format_hook(annotated: Any, _: Converter) -> _Hook:
    known: Format = get_args(annotated)[1]

    def structure(value: Any, __: Any) -> Any:
        if known in _OBJECTS:
            if isinstance(value, _OBJECTS[known]):
                return _free(value)
            raise InvalidValueError(known.value)
        if known in TEXT_FORMATS:
            if isinstance(value, str) and TEXT_FORMATS[known](value):
                return value
            raise InvalidValueError(known.value)
        if known is Format.NON_NEGATIVE:
            return _count(value)
        return read_number(value, known)

    return structure


def _literal_hook(literal: Any, _: Converter) -> _Hook:
    values = get_args(literal)
    expected = "one of " + ", ".join(values)

    def structure(value: Any, _: Any) -> Any:
        if not isinstance(value, str) or value not in values:
            raise InvalidValueError(expected)
        return value

    return structure


def is_union(kind: Any) -> bool:
    """Return whether a type is a union, in either spelling."""
    return get_origin(kind) in (Union, UnionType)


def _union_hook(kind: Any, converter: Converter) -> _Hook:
    """Structure `X | None`, `X | Unset` and both: absent never comes here, and null only where None is admitted."""
    (inner,) = (member for member in get_args(kind) if member not in (NoneType, Unset))
    nullable = NoneType in get_args(kind)
    hook = converter.get_structure_hook(inner)

    def structure(value: Any, _: Any) -> Any:
        return None if value is None and nullable else hook(value, inner)

    return structure


def _of(origin: Any) -> Callable[[Any], bool]:
    return lambda kind: get_origin(kind) is origin


def _renamed(cls: type) -> dict[str, Any]:
    return {field.name: override(rename=camel_case(field.name)) for field in attrs.fields(cls)}


def _class_hook(cls: type, converter: Converter) -> _Hook:
    structure_fields: _Hook = make_dict_structure_fn(cls, converter, **_renamed(cls))
    strict = converter.forbid_extra_keys

    def structure(value: Any, kind: Any) -> Any:
        if not isinstance(value, dict):
            raise InvalidValueError("an object")
        known = value if strict else {key: item for key, item in value.items() if item is not None}
        return structure_fields(known, kind)

    return structure


def _class_unstructure_hook(cls: type, converter: Converter) -> Callable[[Any], Any]:
    return make_dict_unstructure_fn(cls, converter, _cattrs_omit_if_default=True, **_renamed(cls))


def _items_hook(kind: Any, inner: Any, converter: Converter) -> Callable[[Iterable[tuple[int | str, Any]]], list[Any]]:
    """Structure the items of a list or a mapping one by one.

    All faults of a request are reported, but only the first one of the facts: more would cost memory for nothing.
    """
    hook = converter.get_structure_hook(inner)
    strict = converter.forbid_extra_keys

    def structure(items: Iterable[tuple[int | str, Any]]) -> list[Any]:
        structured: list[Any] = []
        errors: list[Exception] = []
        for key, item in items:
            try:
                structured.append(hook(item, inner))
            except SHAPE_ERRORS as error:
                error.add_note(IterableValidationNote("", key, inner))
                # A traceback keeps every frame alive, and a hostile list has as many faults as items.
                errors.append(error.with_traceback(None))
                if not strict:
                    break
        if errors:
            raise IterableValidationError("", errors, kind)
        return structured

    return structure


def _tuple_hook(kind: Any, converter: Converter) -> _Hook:
    structure_items = _items_hook(kind, get_args(kind)[0], converter)

    def structure(value: Any, _: Any) -> Any:
        if not isinstance(value, list):
            raise InvalidValueError("an array")
        return tuple(structure_items(enumerate(value)))

    return structure


def _mapping_hook(kind: Any, converter: Converter) -> _Hook:
    structure_items = _items_hook(kind, get_args(kind)[1], converter)

    def structure(value: Any, _: Any) -> Any:
        if not isinstance(value, dict):
            raise InvalidValueError("an object")
        known = {key: item for key, item in value.items() if item is not None}
        return dict(zip(known, structure_items(known.items()), strict=True))

    return structure


def _build(*, strict: bool) -> Converter:
    converter = Converter(forbid_extra_keys=strict, detailed_validation=True)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(bool, _boolean)
    converter.register_structure_hook(int, _integer)
    converter.register_structure_hook(datetime, _instant)
    converter.register_unstructure_hook(datetime, write_instant)
    converter.register_unstructure_hook(Decimal, lambda number: number)
    converter.register_structure_hook_factory(attrs.has, _class_hook)
    converter.register_unstructure_hook_factory(attrs.has, _class_unstructure_hook)
    converter.register_structure_hook_factory(_of(tuple), _tuple_hook)
    converter.register_structure_hook_factory(_of(Mapping), _mapping_hook)
    converter.register_structure_hook_factory(_of(Literal), _literal_hook)
    converter.register_structure_hook_factory(is_union, _union_hook)
    converter.register_structure_hook_factory(_of(Annotated), _format_hook)
    return converter


REQUESTS = _build(strict=True)
FACTS = _build(strict=False)


class FaultKind(enum.Enum):
    """What can be wrong with the shape of a document."""

    MISSING = "missing"
    INVALID = "invalid"
    UNKNOWN = "unknown"


@frozen
class ShapeFault:
    """One place where a document does not have the shape of its model.

    Attributes:
        kind: What is wrong.
        path: Where.
        expected: What was expected there; for an unknown key, the keys that are known.
        known: Those keys, one by one.
    """

    kind: FaultKind
    path: Path
    expected: str
    known: tuple[str, ...] = ()


def shape_faults(error: Exception, value: Any, path: Path = ()) -> Iterator[ShapeFault]:
    """List the faults of an error tree in document order.

    Keys come in the order they are written in; a key that is not there stands at the end of its object, in the order of
    the model.

    Args:
        error: What a converter raised.
        value: The plain value it was given.
        path: Where the value stands.
    """
    if isinstance(error, ClassValidationError):
        yield from _object_faults(error, value, path)
    elif isinstance(error, IterableValidationError):
        by_index = {_note(item, IterableValidationNote).index: item for item in error.exceptions}
        for index in value if isinstance(value, dict) else range(len(value)):
            if index in by_index:
                yield from shape_faults(by_index[index], value[index], (*path, index))
    elif isinstance(error, InvalidValueError):
        yield ShapeFault(FaultKind.INVALID, path, error.expected)
    else:
        raise error


def _object_faults(error: ClassValidationError, value: dict[str, Any], path: Path) -> Iterator[ShapeFault]:
    keys, listed = _keys(error.cl)
    failed: dict[str, Exception] = {}
    unknown: frozenset[str] = frozenset()
    for cause in error.exceptions:
        if isinstance(cause, ForbiddenExtraKeysError):
            unknown = frozenset(cause.extra_fields)
        else:
            failed[camel_case(_note(cause, AttributeValidationNote).name)] = cause
    for key, item in value.items():
        if key in unknown:
            yield ShapeFault(FaultKind.UNKNOWN, (*path, key), listed, keys)
        elif key in failed and not isinstance(failed[key], KeyError):
            yield from shape_faults(failed[key], item, (*path, key))
    for key in keys:
        if isinstance(failed.get(key), KeyError):
            yield ShapeFault(FaultKind.MISSING, (*path, key), "a value")


@cache
def _keys(model: type) -> tuple[tuple[str, ...], str]:
    """List the keys of a model, one by one and in one phrase."""
    keys = tuple(camel_case(field.name) for field in attrs.fields(model))
    return keys, f"one of {', '.join(keys)}" if keys else "no parameters"


def _note(error: BaseException, kind: Any) -> Any:
    return next(note for note in error.__notes__ if isinstance(note, kind))
