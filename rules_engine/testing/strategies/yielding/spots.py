"""The places of a draft document that its models know, whether something stands there or not."""

from collections.abc import Iterator, Mapping
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin

import attrs
from attrs import frozen

from rules_engine.models import Facts, Unset
from rules_engine.operations import OPERATIONS
from rules_engine.path import Path, pointer_of
from rules_engine.wire.converter import camel_case

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
    """Name every field, item and entry of the request and of the facts, outer ones first.

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
    """Name the type of what stands in a field that may also be null or absent."""
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
