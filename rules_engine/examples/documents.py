"""Change a draft document at a place, by RFC 6901 pointer."""

import copy
from collections.abc import Mapping
from typing import Any, Final

REMOVED: Final = object()
"""In place of a value: take the key away."""


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
