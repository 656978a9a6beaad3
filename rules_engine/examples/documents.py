"""Change a draft document: at a place, by RFC 6901 pointer, or all of its instants at once."""

import copy
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from rules_engine.rules.kinds import REMOVED
from rules_engine.wire.dates import read_instant, write_instant


def changed(document: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Copy a document with some places changed, in the order they are given.

    Args:
        document: A draft document.
        changes: Pointer to new value; `REMOVED` takes the key or the item away; a last segment `-` appends to a list.
            Objects on the way that are not there are made.

    Raises:
        KeyError: What should be removed is not there.
    """
    copied: dict[str, Any] = copy.deepcopy(dict(document))
    for pointer, value in changes.items():
        *way, last = [segment.replace("~1", "/").replace("~0", "~") for segment in pointer.split("/")[1:]]
        container: Any = copied
        for segment in way:
            container = container[int(segment)] if isinstance(container, list) else container.setdefault(segment, {})
        _set(container, last, value)
    return copied


def _set(container: Any, key: str, value: Any) -> None:
    if isinstance(container, list):
        if key == "-":
            container.append(copy.deepcopy(value))
        elif value is REMOVED:
            del container[int(key)]
        else:
            container[int(key)] = copy.deepcopy(value)
    elif value is REMOVED:
        del container[key]
    else:
        container[key] = copy.deepcopy(value)


def set_clock(document: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Move every instant of a document by one and the same time, so that it is judged at an instant.

    What lay in the past, or a week ahead, still does. A signature is of its time, and stays as it is.

    Args:
        document: A draft document.
        now: The instant.

    Raises:
        ValueError: An instant would leave the calendar.
        LookupError: The document states no instant that it is judged at.
    """
    delta = now - read_instant(document["facts"]["now"])
    moved = {part: _moved(document[part], delta) for part in ("request", "facts") if part in document}
    return {**document, **moved}


def _moved(value: Any, delta: timedelta) -> Any:
    if isinstance(value, Mapping):
        return {key: _moved(item, delta) for key, item in value.items()}
    if isinstance(value, list):
        return [_moved(item, delta) for item in value]
    try:
        instant = read_instant(value) if isinstance(value, str) else None
    except ValueError:
        return value
    if instant is None:
        return value
    try:
        return write_instant(instant + delta)
    except OverflowError as error:
        raise ValueError("outside the calendar") from error
