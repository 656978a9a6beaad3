"""Make a draft document as small as it can be, while it stays what it is."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from rules_engine.path import Path

KEPT: Final[frozenset[Path]] = frozenset({("version",), ("id",), ("operation",)})
"""What every document keeps, so that it can be read and named."""


def removable(document: Mapping[str, Any]) -> list[Path]:
    """List every key and every list item of a document that can be taken away, the outer ones first."""
    paths: list[Path] = []
    ahead: list[tuple[Path, Any]] = [((), document)]
    for path, value in ahead:
        if path and path not in KEPT:
            paths.append(path)
        ahead += [((*path, key), item) for key, item in _children(value)]
    return paths


def without(value: Any, path: Path) -> Any:
    """Return a document without one key or list item; what does not lie on the way to it is shared, not copied."""
    first, *rest = path
    smaller: Any = list(value) if isinstance(value, list) else dict(value)
    if rest:
        smaller[first] = without(value[first], tuple(rest))
    else:
        del smaller[first]
    return smaller


def shrunk(document: Mapping[str, Any], holds: Callable[[Mapping[str, Any]], bool]) -> dict[str, Any]:
    """Take keys and list items away, from the outside in, until none can go while the document still holds.

    The result depends on nothing but the document and what is asked of it: of two keys that could each go, but not
    both, the later one goes.

    Args:
        document: A draft document that holds.
        holds: Whether a document is still what it has to be.
    """
    smallest = dict(document)
    while (smaller := _passed_over(smallest, holds)) != smallest:
        smallest = smaller
    return smallest


def _passed_over(document: dict[str, Any], holds: Callable[[Mapping[str, Any]], bool]) -> dict[str, Any]:
    """Try once to take away each thing that is there, the outer ones first, and the last of its neighbours first."""
    ahead: list[Path] = [()]
    for path in ahead:
        for key, _ in reversed(_children(_at(document, path))):
            if (*path, key) not in KEPT and holds(candidate := without(document, (*path, key))):
                document = candidate
        ahead += [(*path, key) for key, _ in _children(_at(document, path))]
    return document


def _children(value: Any) -> list[tuple[str | int, Any]]:
    if isinstance(value, Mapping):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, list) else []


def _at(document: Any, path: Path) -> Any:
    for key in path:
        document = document[key]
    return document
