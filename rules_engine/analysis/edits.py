"""Change a draft document at a place, by RFC 6901 pointer, for a test that wants it a little different."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from itertools import cycle, islice
from typing import Any, Final

from rules_engine.wire.dates import write_instant
from rules_engine.wire.json_text import DEEPEST

LARGEST_SIZE: Final = 100_000
"""The most items, keys or characters that a test may ask for."""

_GONE: Final = object()


class EditError(ValueError):
    """An edit that does not fit the draft."""


def with_value(document: Any, pointer: str, value: Any) -> Any:
    """Copy a document with a value at a pointer; what leads there must be there, and `-` appends to a list.

    Raises:
        EditError: Nothing leads there, or the value is none of JSON.
    """
    plain = _plain(value, DEEPEST)
    return _changed(document, _segments(pointer), lambda _: plain)


def without(document: Any, pointer: str) -> Any:
    """Copy a document without what stands at a pointer.

    Raises:
        EditError: Nothing stands there.
    """

    def gone(found: Any) -> Any:
        _there(found, pointer)
        return _GONE

    return _changed(document, _segments(pointer), gone)


def with_size(document: Any, pointer: str, size: int) -> Any:
    """Copy a document with a list, an object or a text of another size.

    It is cut at its end, or grows: a list and a text by their own items and characters from the start, an object by
    keys that are numbered.

    Raises:
        EditError: Nothing that has a size stands there, or it is empty, so that there is nothing to repeat.
    """
    return _changed(document, _segments(pointer), lambda found: _sized(_there(found, pointer), size, pointer))


def _segments(pointer: str) -> list[str]:
    if not pointer.startswith("/"):
        raise EditError("expected a pointer, such as /request/lineItems/0/quantity")
    segments = [segment.replace("~1", "/").replace("~0", "~") for segment in pointer.split("/")[1:]]
    if len(segments) > DEEPEST:
        raise EditError(f"expected a pointer of at most {DEEPEST} parts")
    return segments


def _there(found: Any, pointer: str) -> Any:
    if found is _GONE:
        raise EditError(f"nothing stands at {pointer}")
    return found


def _changed(container: Any, segments: list[str], change: Callable[[Any], Any]) -> Any:
    """Copy the containers along a path, and nothing else."""
    first, *others = segments
    if isinstance(container, list):
        items: dict[int | str, Any] = dict(enumerate(container))
        key: int | str = len(container) if first == "-" else _index(first, len(container))
    elif isinstance(container, dict):
        items, key = dict(container), first
    else:
        raise EditError(f"nothing can stand at {first}: what holds it is neither an object nor a list")
    if others:
        if key not in items:
            raise EditError(f"nothing stands at {first}, which the rest of the pointer leads into")
        items[key] = _changed(items[key], others, change)
    else:
        items[key] = change(items.get(key, _GONE))
        if items[key] is _GONE:
            del items[key]
    return list(items.values()) if isinstance(container, list) else items


def _index(segment: str, length: int) -> int:
    if segment in map(str, range(length)):
        return int(segment)
    raise EditError(f"nothing stands at {segment} of a list of {length}")


def _sized(found: Any, size: int, pointer: str) -> Any:
    if isinstance(found, dict):
        new = (f"key{number}" for number in range(size) if f"key{number}" not in found)
        return dict(islice([*found.items(), *((key, "") for key in new)], size))
    if not isinstance(found, list | str):
        raise EditError(f"what stands at {pointer} is no list, no object and no text, and has no size")
    if size and not found:
        raise EditError(f"what stands at {pointer} is empty, so that there is nothing to repeat")
    items = list(islice(cycle(found), size))
    return "".join(items) if isinstance(found, str) else items


def _plain(value: Any, depth: int) -> Any:
    """Turn a value of TOML into one of JSON."""
    if not depth:
        raise EditError(f"expected at most {DEEPEST} levels of nesting")
    if isinstance(value, dict):
        return {key: _plain(item, depth - 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, depth - 1) for item in value]
    if isinstance(value, float):
        number = Decimal(str(value))
        if not number.is_finite():
            raise EditError("expected a finite number")
        return number
    if isinstance(value, datetime) and value.tzinfo is not None:
        try:
            return write_instant(value)
        except OverflowError as error:
            raise EditError("expected an instant within the calendar") from error
    if isinstance(value, date | time):
        raise EditError("expected an instant with an offset; a date or a time alone stands in quotes")
    return value
