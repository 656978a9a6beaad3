"""Where the keys and values of a TOML document are written.

`tomllib` returns values without positions. `locate` scans the same text a second time for its structure alone, so that
a message about a policy can name the line and the column of the setting that is wrong.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from contextlib import suppress
from typing import Final

from attrs import define, field, frozen

from rules_engine.path import Path

MAX_DEPTH: Final = 64
"""The longest path that is located, in keys and indices. Without a bound, deep nesting costs quadratic memory."""

_BASIC: Final = r'"(?:[^"\\\n]|\\.)*"'
_LITERAL: Final = r"'[^'\n]*'"
_KEY: Final = re.compile(rf"[ \t]*(?P<key>[A-Za-z0-9_-]+|{_BASIC}|{_LITERAL})[ \t]*(?P<dot>\.?)")
_ASSIGN: Final = re.compile(r"=[ \t]*")
_HEADER_END: Final = re.compile(r"\]{1,2}")
_BLANK: Final = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_SEPARATOR: Final = re.compile(r"(?:[ \t\r\n,]+|#[^\n]*)*")
# Possessive quantifiers would state this better, and match wrongly in early releases of Python 3.11. No two branches of
# a repetition start alike, so there is nothing to try twice.
#
# A multi-line string may end in up to two quotes of its own, directly before the three that close it. The last branch
# is a number, a boolean or a date; a date may hold a space, and the space is part of it.
_ATOM: Final = re.compile(
    r'"""(?:[^\\]|\\.)*?"""(?:""?)?'
    r"|'''.*?'''(?:''?)?"
    rf'|(?!"""){_BASIC}'
    rf"|(?!'''){_LITERAL}"
    r"""|[^"'\[\]{},#\r\n][^\]},#\r\n]*""",
    re.DOTALL,
)


@frozen
class Position:
    """A place in a text.

    Attributes:
        line: The line, counted from 1; lines end in LF or CRLF.
        column: The column, counted from 1 in characters (Unicode code points), not in bytes.
    """

    line: int
    column: int


@frozen
class Span:
    """Where one entry of a document is written.

    Attributes:
        key: Where its key starts, at the opening quote of a quoted key; for an element of an array, where it starts.
        value: Where its value starts, at the opening quote or bracket if it has one. The same as `key` for an element
            of an array, and for a table or an array of tables that is written with headers or dotted keys.
    """

    key: Position
    value: Position


class _MalformedError(Exception):
    """The text is not TOML from the current position on."""


@define
class _Scanner:
    """One pass over a text; every step moves forward or raises `_MalformedError`, so the pass always ends."""

    text: str
    spans: dict[Path, Span] = field(factory=dict, init=False)
    _offset: int = field(default=0, init=False)
    _line_starts: list[int] = field(init=False)
    _table_counts: dict[Path, int] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        """Index the lines once, so that each position is found by bisection."""
        self._line_starts = [0, *(newline.end() for newline in re.finditer("\n", self.text))]

    def document(self) -> None:
        """Scan the whole text."""
        table: Path = ()
        self._match(_BLANK)
        while self._offset < len(self.text):
            if self._take("[["):
                table = self._header(of_array=True)
            elif self._take("["):
                table = self._header(of_array=False)
            else:
                self._value(*self._assignment(table))
            self._match(_BLANK)

    def _header(self, *, of_array: bool) -> Path:
        """Scan the rest of a table header and return the path of the table it opens."""
        *parents, (name, offset) = self._keys()
        self._match(_HEADER_END)
        path = _extend(self._walk((), parents), name)
        if of_array:
            self._record(path, offset, offset)
            index = self._table_counts.get(path, 0)
            self._table_counts[path] = index + 1
            path = _extend(path, index)
        # A header is the better place for a table that the header of a subtable mentioned before it.
        self.spans.pop(path, None)
        self._record(path, offset, offset)
        return path

    def _assignment(self, table: Path) -> tuple[Path, int]:
        """Scan a key and its equals sign, up to the value, and return its path and the offset of its last part."""
        *parents, (name, offset) = self._keys()
        self._match(_ASSIGN)
        return _extend(self._walk(table, parents), name), offset

    def _value(self, path: Path, key: int) -> None:
        """Scan the value of a path whose key is at an offset, and all that is nested in it, without recursion."""
        # One entry per open bracket: the path it belongs to, and the next index for an array or None for a table.
        brackets: list[tuple[Path, int | None]] = []
        while True:
            value = self._offset
            if self._take("["):
                brackets.append((path, 0))
            elif self._take("{"):
                brackets.append((path, None))
            else:
                self._match(_ATOM)
            self._record(path, key, value)
            self._match(_SEPARATOR)
            while brackets and (self._take("]") or self._take("}")):
                brackets.pop()
                self._match(_SEPARATOR)
            if not brackets:
                return
            parent, index = brackets[-1]
            if index is None:
                path, key = self._assignment(parent)
            else:
                brackets[-1] = (parent, index + 1)
                path, key = _extend(parent, index), self._offset

    def _keys(self) -> list[tuple[str, int]]:
        """Scan a bare, quoted or dotted key and return its parts, each with its offset."""
        keys = []
        while True:
            match = self._match(_KEY)
            keys.append((_decode(match["key"]), match.start("key")))
            if not match["dot"]:
                return keys

    def _walk(self, path: Path, keys: Iterable[tuple[str, int]]) -> Path:
        """Record the first mention of each table along the keys and return the path of the last one."""
        for name, offset in keys:
            path = _extend(path, name)
            self._record(path, offset, offset)
            if path in self._table_counts:
                path = _extend(path, self._table_counts[path] - 1)
        return path

    def _record(self, path: Path, key: int, value: int) -> None:
        """Keep the span of a path, given as two offsets, unless the path has one or is too long."""
        if path not in self.spans and len(path) <= MAX_DEPTH:
            start = self._position(key)
            self.spans[path] = Span(start, start if value == key else self._position(value))

    def _position(self, offset: int) -> Position:
        """Return the line and the column of an offset."""
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)

    def _take(self, symbol: str) -> bool:
        """Move past a symbol and return whether it was there."""
        found = self.text.startswith(symbol, self._offset)
        if found:
            self._offset += len(symbol)
        return found

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str]:
        """Move past what a pattern matches here, or raise `_MalformedError` if it matches nothing."""
        match = pattern.match(self.text, self._offset)
        if match is None:
            raise _MalformedError
        self._offset = match.end()
        return match


def _extend(path: Path, step: str | int) -> Path:
    """Return a path with one more step; a path that is too long to be recorded grows no further."""
    return path if len(path) > MAX_DEPTH else (*path, step)


def _decode(written: str) -> str:
    """Return the key that a bare or quoted key stands for, or raise `_MalformedError`."""
    if written[0] not in "\"'":
        return written
    if "\\" not in written:
        return written[1:-1]
    import tomllib  # noqa: PLC0415  # it takes time to load, and parsing the document has loaded it already

    try:
        return next(iter(tomllib.loads(f"{written} = 0")))
    except tomllib.TOMLDecodeError as error:
        raise _MalformedError from error


def locate(text: str) -> dict[Path, Span]:
    """Return where every key and every array element of a TOML document is written.

    The paths are those of the value that `tomllib.loads` returns for the text, down to a depth of `MAX_DEPTH`. A table
    is located at its header if it has one, even where a subtable mentions it earlier, otherwise at its first mention.
    An array of tables is located at its first header, and each of its elements at its own. The root has no entry.

    Args:
        text: A document that `tomllib.loads` accepts, with LF or CRLF line endings.

    Returns:
        The span of each path, with lines and columns counted from 1 and columns in characters. For a text that is not
        valid TOML, the spans found before the scan stopped; nothing is raised. The time taken is proportional to the
        length of the text.
    """
    scanner = _Scanner(text)
    with suppress(_MalformedError):
        scanner.document()
    return scanner.spans
