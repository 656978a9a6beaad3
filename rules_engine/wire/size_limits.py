"""Bounds on what is read, so that a hostile document can neither hang nor exhaust an application."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

import attrs
from attrs import define, field, frozen

from rules_engine.models import UNSET
from rules_engine.models.instants import FineInstant
from rules_engine.path import Path
from rules_engine.wire.converter import camel_case
from rules_engine.wire.dates import write_instant
from rules_engine.wire.json_text import DEEPEST, LONGEST_NUMBER, exact

LARGEST_BODY = 1 << 20
"""The longest request body that is read, in bytes."""
LARGEST_DOCUMENT = 1 << 26
"""The longest draft document that is read, in bytes."""
_LARGEST_INTEGER = 10**LONGEST_NUMBER


@frozen
class SizeLimits:
    """What a value may measure.

    Attributes:
        items: Items of an array, or keys of an object.
        characters: Characters of a string or a key.
        values: Values in all.
    """

    items: int
    characters: int
    values: int


REQUEST = SizeLimits(items=10_000, characters=100_000, values=50_000)
FACTS = SizeLimits(items=100_000, characters=1_000_000, values=1_000_000)


@frozen
class Excess:
    """A value that is not plain JSON, or passes a limit.

    Attributes:
        path: Where it stands; the empty path where the value as a whole is too much.
        expected: What was expected there.
    """

    path: Path
    expected: str


class _WholeError(Exception):
    """The value as a whole is too much; nothing more of it is read."""


@define
class _Walk:
    limits: SizeLimits
    of_python: bool
    excesses: list[Excess] = field(factory=list)
    values: int = 0

    def plain(self, value: Any, path: Path) -> Any:
        self.values += 1
        if self.values > self.limits.values:
            raise _WholeError(f"at most {self.limits.values} values in all")
        # The type alone says what a value is: `isinstance` would ask the value too, and a hostile one answers anything.
        kind = type(value)
        if value is None or kind is bool:
            return value
        if issubclass(kind, str):
            return self._text(str.__str__(value), path)
        if issubclass(kind, (int, float, Decimal)):
            return self._number(value, path)
        if issubclass(kind, (list, tuple)):
            return self._array(value, path)
        if issubclass(kind, (dict, Mapping)):
            return self._object(value, path)
        return self._of_python(value, path)

    def _refuse(self, path: Path, expected: str) -> Any:
        self.excesses.append(Excess(path, expected))
        return None

    def _text(self, value: str, path: Path) -> Any:
        if len(value) > self.limits.characters:
            return self._refuse(path, f"a string of at most {self.limits.characters} characters")
        return value

    def _number(self, value: float | Decimal, path: Path) -> Any:
        try:
            number = _plain_number(value)
        except ValueError:
            return self._refuse(path, f"a finite number of at most {LONGEST_NUMBER} digits")
        # Databases and decoders have Decimals and floats for numbers that are written as integers.
        if self.of_python and isinstance(number, Decimal) and number == number.to_integral_value():
            return int(number)
        return number

    def _of_python(self, value: Any, path: Path) -> Any:
        if self.of_python and attrs.has(type(value)):
            parts = ((name, getattr(value, name)) for name in attrs.fields_dict(type(value)))
            return self._object({camel_case(name): part for name, part in parts if part is not UNSET}, path)
        if self.of_python and issubclass(type(value), datetime):
            return self._instant(value, path)
        return self._refuse(path, "a JSON value")

    def _instant(self, value: datetime, path: Path) -> Any:
        if type(value) is FineInstant:
            return write_instant(value)
        try:
            if datetime.utcoffset(value) is not None:
                return datetime.fromisoformat(datetime.isoformat(datetime.astimezone(value, UTC)))
        except Exception:  # noqa: BLE001, S110  # a time zone may raise anything; at the ends of the calendar it has to
            pass
        return self._refuse(path, "an instant with an offset")

    def _array(self, value: list[Any] | tuple[Any, ...], path: Path) -> Any:
        most = self._most_items(path)
        items = _first_items(value, most + 1)
        if items is None:
            return self._refuse(path, "an array that can be read")
        if len(items) > most:
            return self._refuse(path, f"an array of at most {most} items")
        return [self.plain(item, (*path, index)) for index, item in enumerate(items)]

    def _object(self, value: Mapping[Any, Any], path: Path) -> Any:
        most = self._most_items(path)
        entries = first_entries(value, most + 1)
        if entries is None:
            return self._refuse(path, "an object that can be read")
        if len(entries) > most:
            return self._refuse(path, f"an object of at most {most} keys")
        plain: dict[str, Any] = {}
        for key, item in entries:
            if not issubclass(type(key), str):
                return self._refuse(path, "an object whose keys are strings")
            name = str.__str__(key)
            if len(name) > self.limits.characters:
                return self._refuse(path, f"an object whose keys have at most {self.limits.characters} characters")
            plain[name] = self.plain(item, (*path, name))
        return plain

    def _most_items(self, path: Path) -> int:
        if len(path) >= DEEPEST:
            raise _WholeError(f"at most {DEEPEST} levels of nesting")
        return self.limits.items


def _plain_number(value: Any) -> int | Decimal:
    """Copy a number; a float stands for the decimal that its shortest text spells.

    Raises:
        ValueError: It is not finite, or has too many digits.
    """
    if issubclass(type(value), float):
        return exact(float.__repr__(value))
    if issubclass(type(value), Decimal):
        return exact(Decimal.__str__(value))
    integer = int.__int__(value)
    if not -_LARGEST_INTEGER < integer < _LARGEST_INTEGER:
        raise ValueError("too many digits")
    return integer


def plain_value(value: Any, limits: SizeLimits, *, of_python: bool = False) -> tuple[Any, tuple[Excess, ...]]:
    """Copy a value into plain dictionaries, lists, strings, integers, Decimals, booleans and None.

    Args:
        value: Anything; mappings, lists and tuples are walked, within the limits even where they contain themselves.
        limits: What it may measure.
        of_python: Whether an application made it, not a reader of JSON: whole Decimals and floats are copied as the
            integers that they equal, instants in UTC, and models as objects.

    Returns:
        The copy, and everything that does not fit, in document order. With any excess the copy is not to be used.
    """
    walk = _Walk(limits, of_python)
    try:
        return walk.plain(value, ()), tuple(walk.excesses)
    except _WholeError as error:
        return None, (Excess((), str(error)),)


def first_entries(mapping: Mapping[Any, Any], most: int) -> list[tuple[Any, Any]] | None:
    """Read the first keys and values of any mapping, however it behaves; None where it cannot be read."""
    try:
        return [(key, value) for key, value in islice(mapping.items(), most)]  # an item may be no pair
    except Exception:  # noqa: BLE001  # an application's own mapping may raise anything; to the wire it is an unreadable value
        return None


def _first_items(items: list[Any] | tuple[Any, ...], most: int) -> list[Any] | None:
    try:
        return list(islice(items, most))
    except Exception:  # noqa: BLE001  # an application's own list may raise anything; to the wire it is an unreadable value
        return None
