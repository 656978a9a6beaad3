"""Set the clock of a draft document, and every other instant with it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from rules_engine.wire.dates import read_instant, write_instant


def set_clock(document: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Move every instant of a document by one and the same time, so that it is judged at an instant.

    What lay in the past, or a week ahead, still does. A signature is of its time, and stays as it is.

    Args:
        document: A draft document.
        now: The instant.

    Raises:
        ValueError: An instant would leave the calendar.
        LookupError: The document says no instant that it is judged at.
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
