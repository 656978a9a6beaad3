"""Documents of any model, derived from the types of its fields."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

import attrs
from attrs import frozen
from hypothesis import strategies as st

from rules_engine.models import Facts, Recorded, Target, Unset
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
        st.integers(-(10**6), 10**6).map(Decimal),
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
        least: The smallest document of it.
        admits: Names of the samples that are read without a fault.
    """

    least: Any
    admits: frozenset[str] = frozenset()


_PLAIN: Mapping[Any, Shape] = {
    NoneType: Shape(None, frozenset({"null"})),
    Unset: Shape(None),
    str: Shape("x", frozenset({"string"})),
    bool: Shape(least=True, admits=frozenset({"boolean"})),
    int: Shape(1, frozenset({"integer"})),
    datetime: Shape("2026-11-22T10:00:00Z"),
}
_FORMATS: Mapping[Format, Shape] = {
    Format.URL: Shape("https://a.example"),
    Format.HTTPS_URL: Shape("https://a.example"),
    Format.EMAIL: Shape("a@b.example"),
    Format.HEX_COLOR: Shape("#abc"),
    Format.LABEL: Shape("x", frozenset({"string"})),
    Format.SHA256: Shape("0" * 64),
    Format.METHOD_TYPE: Shape("card", frozenset({"string"})),
    Format.NOT_BLANK: Shape("x", frozenset({"string"})),
    Format.NON_NEGATIVE: Shape(1, frozenset({"integer"})),
    Format.NUMBER: Shape(1, frozenset({"integer", "fraction"})),
    Format.DECIMAL_TEXT: Shape("1", frozenset({"integer", "fraction", "string"})),
    Format.RATE: Shape(1, frozenset({"integer", "fraction", "string"})),
    Format.METADATA: Shape({}, frozenset({"object", "array"})),
    Format.JSON_OBJECT: Shape({}, frozenset({"object"})),
}


@cache
def shape_of(kind: Any) -> Shape:
    """Return how a type of a model's field stands in JSON."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    if attrs.has(kind):
        return Shape(smallest_document(kind), frozenset({"object"}))
    origin, args = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _FORMATS[args[1]]
    if origin is Literal:
        return Shape(args[0])
    if origin in (Union, UnionType):
        members = [shape_of(member) for member in args]
        return Shape(members[0].least, frozenset[str]().union(*(member.admits for member in members)))
    return Shape([], frozenset({"array"})) if origin is tuple else Shape({}, frozenset({"object"}))


def smallest_document(model: type[Any]) -> dict[str, Any]:
    """Return the document of a model that states only what has no default."""
    return {camel_case(name): shape_of(kind).least for name, kind in required_fields(model)}


def required_fields(model: type[Any]) -> list[tuple[str, Any]]:
    """List the fields of a model that have no default, with their types."""
    return [(field.name, field.type) for field in attrs.fields(model) if field.default is attrs.NOTHING]


def models_within(kind: Any) -> Iterator[type[Any]]:
    """List a type and every model in it; one that stands twice comes twice."""
    if attrs.has(kind):
        yield kind
        for field in attrs.fields(kind):
            yield from models_within(field.type)
    else:
        for member in get_args(kind):
            yield from models_within(member)


REQUEST_MODELS: Final = tuple(dict.fromkeys(m for row in OPERATIONS.values() for m in models_within(row.request)))
"""Every model of a request."""
FACT_MODELS: Final = tuple(dict.fromkeys(model for kind in (Facts, Target, Recorded) for model in models_within(kind)))
"""Every model of facts."""
