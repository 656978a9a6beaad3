"""Plain values as JSON text, written quickly: what is read quickly is text."""

from decimal import Decimal
from math import isfinite
from types import NoneType
from typing import Any, Final

import msgspec

_MOST_CONTAINERS: Final = 20_000
"""How many objects and arrays are walked: with more of them, and with those that contain themselves, another way is
taken."""
_CONTAINERS: Final = frozenset({dict, list, tuple})
_SCALARS: Final = frozenset({str, int, bool, Decimal, NoneType})
_encode: Final = msgspec.json.Encoder(decimal_format="number").encode


def plain_text(document: dict[Any, Any]) -> bytes | None:
    """Write a document in UTF-8, if it is nothing but dictionaries, lists, tuples, texts, numbers, booleans and None.

    Args:
        document: The document.

    Returns:
        The text, in which every value is what it was; None where that is not sure, or would take long.
    """
    if not _is_plain(document):
        return None
    try:
        return _encode(document)
    except (ValueError, TypeError, RecursionError):  # half of a surrogate pair, or nested too deeply
        return None


def _is_plain(document: dict[Any, Any]) -> bool:
    # It grows while it is walked. Only the very types: what derives from them may behave in any way.
    ahead: list[Any] = [document]
    for container in ahead:
        if type(container) is dict:
            for key in container:
                if type(key) is not str:
                    return False
            items = container.values()
        else:
            items = container
        for item in items:
            kind = type(item)
            if kind in _CONTAINERS:
                ahead.append(item)
            elif kind not in _SCALARS and not (kind is float and isfinite(item)):
                return False
        if len(ahead) > _MOST_CONTAINERS:
            return False
    return True
