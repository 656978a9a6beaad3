"""Values of a report document, which anybody may have edited: each is what it has to be, or the report is refused."""

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from attrs import frozen

from rules_engine.path import Path, pointer_of
from rules_engine.wire.json_text import DEEPEST, LONGEST_NUMBER

_LARGEST: Final[int] = 10**LONGEST_NUMBER
"""Every number of a report is smaller than that: what is added up can still be written."""
_DEEPEST: Final = 2 * DEEPEST
"""A draft is as deep as a draft may be, and what is said of it holds parts of it."""


class ReportDocumentError(ValueError):
    """A document is no report of this version.

    Attributes:
        pointer: RFC 6901 pointer to what is wrong.
    """

    def __init__(self, expected: str, path: Path) -> None:
        """Say what is expected, and where."""
        self.pointer = pointer_of(path)
        super().__init__(f"not a report: expected {expected} at {self.pointer or 'its root'}")


@frozen
class Node:
    """A value, and where it stands. Whatever it is asked for and is not is a `ReportDocumentError`."""

    value: Any
    path: Path = ()

    def expected(self, what: str) -> ReportDocumentError:
        """Make the error that something else should stand here."""
        return ReportDocumentError(what, self.path)

    def __getitem__(self, name: str) -> "Node":
        """Give what stands under a name that has to be there."""
        if not isinstance(self.value, Mapping) or name not in self.value:
            raise self.expected(f"an object with {name}")
        return Node(self.value[name], (*self.path, name))

    def entries(self) -> "list[tuple[str, Node]]":
        """Give what stands in an object, by name."""
        if not isinstance(self.value, Mapping) or not all(isinstance(name, str) for name in self.value):
            raise self.expected("an object")
        return [(name, Node(value, (*self.path, name))) for name, value in self.value.items()]

    def items(self) -> "list[Node]":
        """Give what stands in a list."""
        if not isinstance(self.value, list | tuple):
            raise self.expected("a list")
        return [Node(value, (*self.path, position)) for position, value in enumerate(self.value)]

    def text(self) -> str:
        """Give a text."""
        if not isinstance(self.value, str):
            raise self.expected("a text")
        return self.value

    def text_or_none(self) -> str | None:
        """Give a text that may be missing."""
        return None if self.value is None else self.text()

    def texts(self) -> tuple[str, ...]:
        """Give a list of texts."""
        return tuple(item.text() for item in self.items())

    def flag(self) -> bool:
        """Give a boolean."""
        if not isinstance(self.value, bool):
            raise self.expected("true or false")
        return self.value

    def integer(self) -> int:
        """Give an integer."""
        if not isinstance(self.value, int) or isinstance(self.value, bool) or abs(self.value) >= _LARGEST:
            raise self.expected(f"an integer of at most {LONGEST_NUMBER} digits")
        return self.value

    def count(self) -> int:
        """Give an integer that counts something."""
        if self.integer() < 0:
            raise self.expected("an integer that is not negative")
        return self.integer()

    def plain(self) -> Any:
        """Give plain values of any form, if they can be written again."""
        if not _is_plain(self.value, _DEEPEST):
            raise self.expected(f"finite JSON, nested at most {_DEEPEST} deep")
        return self.value


def _is_plain(value: Any, levels: int) -> bool:
    # Most of a report is drafts and verdicts: to give every value of them its place would take most of the time.
    if value is None or isinstance(value, str | bool):
        return True
    if isinstance(value, dict):
        return levels > 0 and all(isinstance(name, str) and _is_plain(each, levels - 1) for name, each in value.items())
    if isinstance(value, list | tuple):
        return levels > 0 and all(_is_plain(each, levels - 1) for each in value)
    if isinstance(value, int):
        return abs(value) < _LARGEST
    return isinstance(value, float | Decimal) and math.isfinite(value)
