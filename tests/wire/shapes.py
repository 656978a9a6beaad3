"""Values and documents of any model, derived from the types of its fields."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

import attrs
from attrs import frozen
from hypothesis import strategies as st

from rules_engine.models import UNSET, Facts, Recorded, Target, Unset
from rules_engine.models.formats import Format
from rules_engine.operations import OPERATIONS
from rules_engine.wire.converter import camel_case

SAMPLES: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "null": None,
        "boolean": True,
        "integer": 5,
        "fraction": Decimal("1.0"),
        "string": "5",
        "array": [],
        "object": {},
    }
)
"""One JSON value of each type; the string spells a number, the fraction an integer."""

JSON: Final[st.SearchStrategy[Any]] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.decimals(-(10**12), 10**12),
        st.text(max_size=10),
        st.sampled_from(["EGP", "price_1", "2026-11-22T10:00:00Z", 0, 1, -1, 10**30]),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=10), inner, max_size=3)),
    max_leaves=8,
)
"""Plain JSON values, as `read_json` gives them."""


@frozen
class Shape:
    """How a type stands in JSON.

    Attributes:
        values: Values of the type.
        least: The smallest document of it.
        admits: Names of the samples that are read without a fault.
    """

    values: st.SearchStrategy[Any]
    least: Any
    admits: frozenset[str] = frozenset()


_NUMBERS = st.one_of(st.integers(), st.decimals(allow_nan=False, allow_infinity=False))
_DECIMALS = st.decimals(allow_nan=False, allow_infinity=False)
_TEXTS = st.text(max_size=12)
_OBJECTS = st.dictionaries(_TEXTS, JSON, max_size=3)
_URLS = st.sampled_from(["https://shop.example/thanks?a=1#b", "https://shop.example:8443/شكرا", "https://[::1]/{ID}"])

_PLAIN: Mapping[Any, Shape] = {
    NoneType: Shape(st.none(), None, frozenset({"null"})),
    Unset: Shape(st.just(UNSET), None),
    str: Shape(_TEXTS, "x", frozenset({"string"})),
    bool: Shape(st.booleans(), least=True, admits=frozenset({"boolean"})),
    int: Shape(st.integers(-(10**60), 10**60), 1, frozenset({"integer"})),
    datetime: Shape(st.datetimes(timezones=st.just(UTC)), "2026-11-22T10:00:00Z"),
}
_FORMATS: Mapping[Format, Shape] = {
    Format.URL: Shape(st.one_of(_URLS, st.just("app.example:done")), "https://a.example"),
    Format.HTTPS_URL: Shape(_URLS, "https://a.example"),
    Format.EMAIL: Shape(st.sampled_from(["mona@example.com", "m+o.n@a.b.example"]), "a@b.example"),
    Format.HEX_COLOR: Shape(
        st.from_regex(r"#([0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})", fullmatch=True), "#abc"
    ),
    Format.LABEL: Shape(st.text(min_size=1, max_size=12), "x", frozenset({"string"})),
    Format.SHA256: Shape(st.from_regex(r"[0-9a-fA-F]{64}", fullmatch=True), "0" * 64),
    Format.NUMBER: Shape(_NUMBERS, 1, frozenset({"integer", "fraction"})),
    Format.DECIMAL_TEXT: Shape(_DECIMALS, "1", frozenset({"integer", "fraction", "string"})),
    Format.RATE: Shape(_DECIMALS.filter(lambda rate: rate > 0), 1, frozenset({"integer", "fraction", "string"})),
    Format.METADATA: Shape(st.one_of(_OBJECTS, st.lists(JSON, max_size=3)), {}, frozenset({"object", "array"})),
    Format.JSON_OBJECT: Shape(_OBJECTS, {}, frozenset({"object"})),
}


@cache
def shape_of(kind: Any) -> Shape:
    """Tell how a type of a model's field stands in JSON."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    if attrs.has(kind):
        fields = {field.name: shape_of(field.type).values for field in attrs.fields(kind)}
        return Shape(st.builds(kind, **fields), smallest_document(kind), frozenset({"object"}))
    return _SHAPES[get_origin(kind)](get_args(kind))


def _tuple_shape(args: tuple[Any, ...]) -> Shape:
    return Shape(st.lists(shape_of(args[0]).values, max_size=2).map(tuple), [], frozenset({"array"}))


def _mapping_shape(args: tuple[Any, ...]) -> Shape:
    return Shape(st.dictionaries(_TEXTS, shape_of(args[1]).values, max_size=2), {}, frozenset({"object"}))


def _union_shape(args: tuple[Any, ...]) -> Shape:
    members = [shape_of(member) for member in args]
    admitted = frozenset[str]().union(*(member.admits for member in members))
    return Shape(st.one_of(*(member.values for member in members)), members[0].least, admitted)


_SHAPES: Mapping[Any, Callable[[tuple[Any, ...]], Shape]] = {
    Annotated: lambda args: _FORMATS[args[1]],
    Literal: lambda args: Shape(st.sampled_from(args), args[0]),
    tuple: _tuple_shape,
    Mapping: _mapping_shape,
    Union: _union_shape,
    UnionType: _union_shape,
}


def smallest_document(model: type[Any]) -> dict[str, Any]:
    """Write the document of a model that states only what has no default."""
    return {camel_case(name): shape_of(kind).least for name, kind in required_fields(model)}


def required_fields(model: type[Any]) -> list[tuple[str, Any]]:
    """Name the fields of a model that have no default, with their types."""
    return [(field.name, field.type) for field in attrs.fields(model) if field.default is attrs.NOTHING]


def models_within(kind: Any) -> Iterator[type[Any]]:
    """Walk a type and every model in it; one that stands twice comes twice."""
    if attrs.has(kind):
        yield kind
        for field in attrs.fields(kind):
            yield from models_within(field.type)
    else:
        for member in get_args(kind):
            yield from models_within(member)


REQUEST_MODELS: Final = tuple(dict.fromkeys(m for row in OPERATIONS.values() for m in models_within(row.request)))
"""Every model of what callers say."""
FACT_MODELS: Final = tuple(dict.fromkeys(model for kind in (Facts, Target, Recorded) for model in models_within(kind)))
"""Every model of what hosts know."""
