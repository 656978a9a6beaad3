"""Bounds on what is read, so that a hostile document can neither hang nor exhaust a host."""

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from attrs import frozen

from rules_engine.path import Path
from rules_engine.wire.json_text import exact

LARGEST_BODY = 1 << 20
"""The longest request body that is read, in bytes."""
LARGEST_DOCUMENT = 1 << 26
"""The longest draft document that is read, in bytes."""
LONGEST_NUMBER = 400
"""The most decimal digits of an integer."""
_LARGEST_INTEGER = 10**LONGEST_NUMBER


@frozen
class Caps:
    """What a value may measure.

    Attributes:
        depth: Containers within containers.
        items: Items of a list, or keys of an object.
        characters: Characters of a text or a key.
        values: Values in all.
    """

    depth: int
    items: int
    characters: int
    values: int


REQUEST = Caps(depth=32, items=10_000, characters=100_000, values=200_000)
FACTS = Caps(depth=64, items=1_000_000, characters=1_000_000, values=2_000_000)


@frozen
class Excess:
    """A value that is not plain JSON, or passes a cap.

    Attributes:
        path: Where it stands.
        expected: What was expected there.
    """

    path: Path
    expected: str


class _TooManyError(Exception):
    """The value holds more values than the caps admit; nothing more is read."""


@frozen
class _Walk:
    caps: Caps
    excesses: list[Excess]
    seen: list[None]

    def plain(self, value: Any, path: Path) -> Any:
        self.seen.append(None)
        if len(self.seen) > self.caps.values:
            self.excesses.append(Excess((), f"at most {self.caps.values} values in all"))
            raise _TooManyError
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return self._text(str.__str__(value), path)
        if isinstance(value, int):
            return self._integer(int.__int__(value), path)
        if isinstance(value, float | Decimal):
            return self._fraction(value, path)
        if isinstance(value, Mapping | list | tuple):
            return self._container(value, path)
        return self._refuse(path, "a JSON value")

    def _refuse(self, path: Path, expected: str) -> Any:
        self.excesses.append(Excess(path, expected))
        return None

    def _text(self, value: str, path: Path) -> Any:
        if len(value) > self.caps.characters:
            return self._refuse(path, f"at most {self.caps.characters} characters")
        return value

    def _integer(self, value: int, path: Path) -> Any:
        if not -_LARGEST_INTEGER < value < _LARGEST_INTEGER:
            return self._refuse(path, f"a number of at most {LONGEST_NUMBER} digits")
        return value

    def _fraction(self, value: float | Decimal, path: Path) -> Any:
        if isinstance(value, float) and not math.isfinite(value):
            return self._refuse(path, "a finite number")
        try:
            # A float stands for the decimal that its shortest text spells.
            return exact(float.__repr__(value) if isinstance(value, float) else str(value))
        except ValueError:
            return self._refuse(path, "a number within reason")

    def _container(self, value: Mapping[Any, Any] | list[Any] | tuple[Any, ...], path: Path) -> Any:
        if len(path) >= self.caps.depth:
            return self._refuse(path, f"at most {self.caps.depth} levels of nesting")
        if len(value) > self.caps.items:
            return self._refuse(path, f"at most {self.caps.items} items")
        if not isinstance(value, Mapping):
            return [self.plain(item, (*path, index)) for index, item in enumerate(value)]
        try:
            items = list(value.items())
        except Exception:  # noqa: BLE001  # a host's own mapping may raise anything; to the wire it is an unreadable value
            return self._refuse(path, "a mapping that can be read")
        plain: dict[str, Any] = {}
        for key, item in items:
            if not isinstance(key, str):
                self._refuse(path, "an object whose keys are texts")
            elif len(key) > self.caps.characters:
                self._refuse(path, f"keys of at most {self.caps.characters} characters")
            else:
                plain[str(key)] = self.plain(item, (*path, key))
        return plain


def plain_value(value: Any, caps: Caps) -> tuple[Any, tuple[Excess, ...]]:
    """Copy a value into plain dictionaries, lists, texts, integers, Decimals, booleans and None.

    Args:
        value: Anything; mappings, lists and tuples are walked, within the caps even where they contain themselves.
        caps: What it may measure.

    Returns:
        The copy, and everything that does not fit, in document order. With any excess the copy is not to be used.
    """
    walk = _Walk(caps, [], [])
    try:
        return walk.plain(value, ()), tuple(walk.excesses)
    except _TooManyError:
        return None, tuple(walk.excesses)
