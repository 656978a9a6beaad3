"""The places of a draft document that its models know, and what else could stand there."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

import attrs
from attrs import frozen
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from rules_engine.examples import NOW, REMOVED
from rules_engine.models import Facts, Unset
from rules_engine.models.formats import Format
from rules_engine.operations import OPERATIONS
from rules_engine.path import Path, pointer_of
from rules_engine.testing.strategies.formats import FORMATS
from rules_engine.wire.converter import camel_case
from rules_engine.wire.dates import read_instant

ABSENT: Final = object()
"""What stands where nothing stands."""


@frozen
class Spot:
    """A place that a model knows.

    Attributes:
        path: Where it is, in the document.
        kind: The type that stands there where anything does.
        value: What stands there; `ABSENT` where nothing does.
        example: What could stand there; `ABSENT` where nothing is at hand.
    """

    path: Path
    kind: Any
    value: Any
    example: Any = ABSENT

    @property
    def pointer(self) -> str:
        """The place, as RFC 6901 writes it."""
        return pointer_of(self.path)


def spots(document: Mapping[str, Any]) -> Iterator[Spot]:
    """List every field, item and entry of the request and of the facts, outer ones first.

    A list has one place more than items, and a map of objects by id one more for each object, so that something can be
    added: a second line, or a price that nobody asks for.
    """
    yield from _inside(OPERATIONS[document["operation"]].request, document["request"], ("request",))
    yield from _inside(Facts, document["facts"], ("facts",))


def _spot(kind: Any, value: Any, path: Path) -> Iterator[Spot]:
    present = _present(kind)
    yield Spot(path, present, value)
    yield from _inside(present, value, path)


def _present(kind: Any) -> Any:
    """Return the type of what stands in a field that may also be null or absent."""
    if get_origin(kind) not in (Union, UnionType):
        return kind
    (present,) = (member for member in get_args(kind) if member not in (NoneType, Unset))
    return present


def _inside(kind: Any, value: Any, path: Path) -> Iterator[Spot]:
    if attrs.has(kind) and isinstance(value, Mapping):
        for field in attrs.fields(kind):
            key = camel_case(field.name)
            yield from _spot(field.type, value.get(key, ABSENT), (*path, key))
    elif get_origin(kind) is tuple and isinstance(value, list):
        for index, item in enumerate(value):
            yield from _spot(get_args(kind)[0], item, (*path, index))
        yield Spot((*path, "-"), get_args(kind)[0], ABSENT, value[-1] if value else ABSENT)
    elif get_origin(kind) is Mapping and isinstance(value, Mapping):
        for key, item in value.items():
            yield from _spot(get_args(kind)[1], item, (*path, key))
            if isinstance(item, Mapping) and item.get("id") == key:
                twin = f"{key}_twin"
                yield Spot((*path, twin), get_args(kind)[1], ABSENT, {**item, "id": twin})


_STEPS: Final = st.one_of(st.integers(-3, 3), st.integers(-1_000, 1_000), st.integers(-100_000, 100_000))
_SECONDS: Final = st.one_of(st.integers(-3, 3), st.integers(-86_400, 86_400), st.integers(-(10**8), 10**8))
_ZONES: Final = tuple(timezone(timedelta(minutes=minutes)) for minutes in (0, 120, -300, 345))
_WORDS: Final = st.text(min_size=1, max_size=20)
_NOTES: Final = st.dictionaries(_WORDS, _WORDS | st.integers(0, 99) | st.none(), min_size=1, max_size=3)
_NUMBERS: Final = (Format.NUMBER, Format.DECIMAL_TEXT, Format.RATE)
_FORMATS: Final[Mapping[Format, SearchStrategy[Any]]] = {
    **FORMATS,
    Format.LABEL: _WORDS,
    Format.METADATA: _NOTES,
    Format.JSON_OBJECT: _NOTES,
}


def alternatives(spot: Spot, examples: tuple[Any, ...]) -> SearchStrategy[Any]:
    """Generate what else could stand at a place: nothing, null, what stands in its like, or something near.

    Args:
        spot: The place.
        examples: What stands there in other documents.
    """
    others = [*_members(spot.kind), *examples, spot.example]
    others = [value for value in others if value is not ABSENT and value != spot.value]
    found = list(_near(spot))
    if others:
        found.append(st.sampled_from(others))
    if spot.value is not ABSENT and not isinstance(spot.path[-1], int):
        found.append(st.just(REMOVED))
    if spot.path[0] == "request" or not found:
        found.append(st.none())  # in the facts it is the same as absent
    return st.one_of(found)


def _members(kind: Any) -> tuple[Any, ...]:
    if kind is bool:
        return (False, True)
    return get_args(kind) if get_origin(kind) is Literal else ()


def _near(spot: Spot) -> Iterator[SearchStrategy[Any]]:
    known = get_args(spot.kind)[1] if get_origin(spot.kind) is Annotated else None
    if spot.kind is int or known in _NUMBERS:
        yield _numbers(0 if spot.value is ABSENT else spot.value)
    elif spot.kind is datetime:
        yield _instants(NOW if spot.value is ABSENT else spot.value)
    elif known is not None:
        yield _FORMATS[known]
    elif spot.kind is str:
        yield _WORDS
        if isinstance(spot.value, str) and spot.value.isalpha():
            yield st.just(spot.value.swapcase())


def _numbers(value: Any) -> SearchStrategy[Any]:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal(0)

    def moved(step: int) -> Any:
        written = number + step
        whole = int(written) if written == written.to_integral_value() else written
        return str(whole) if isinstance(value, str) else whole

    return _STEPS.map(moved)


def _instants(value: Any) -> SearchStrategy[str]:
    try:
        instant = read_instant(value)
    except (TypeError, ValueError):
        instant = read_instant(NOW)
    return st.builds(
        lambda seconds, zone: (instant + timedelta(seconds=seconds)).astimezone(zone).isoformat(),
        _SECONDS,
        st.sampled_from(_ZONES),
    )
