"""Requests that do not parse: a valid example, with one thing in its request that the wire refuses."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from rules_engine.examples import REMOVED, changed

_UNKNOWN: Final = "unknown"
"""A key that no request has."""


def unreadable(example: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Give a document in many ways that the wire may refuse; what it says of each, if anything, only the wire knows.

    Args:
        example: A draft document whose request is an object.
    """
    yield changed(example, {"/request": []})
    yield changed(example, {f"/request/{_UNKNOWN}": True})
    for key in example["request"]:
        yield changed(example, {f"/request/{key}": REMOVED})
        yield changed(example, {f"/request/{key}": True})
