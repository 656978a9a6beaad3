"""Requests that do not parse: a clean world, with one thing in its request that the wire refuses."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from rules_engine.testing.documents import REMOVED, changed

_UNKNOWN: Final = "unknown"
"""A key that no request has."""


def unreadable(world: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Give a document in many ways that the wire may refuse; what it says of each, if anything, only the wire knows.

    Args:
        world: A draft document whose request is an object.
    """
    yield changed(world, {"/request": []})
    yield changed(world, {f"/request/{_UNKNOWN}": True})
    for key in world["request"]:
        yield changed(world, {f"/request/{key}": REMOVED})
        yield changed(world, {f"/request/{key}": True})
