"""Lines for people: styled on a terminal, plain elsewhere, and never a control character from a draft."""

import os
from collections.abc import Iterable, Sequence
from typing import TextIO

from rich.console import Console
from rich.text import Text

from rules_engine.printable import printable

Segment = str | tuple[str, str]
"""A text, or a text and its style in the terms of rich."""


def styled(stream: TextIO) -> bool:
    """Tell whether a stream is a terminal whose user did not ask for no colour."""
    return stream.isatty() and not os.environ.get("NO_COLOR")


class Printer:
    """Writes lines to a stream. Every text is escaped, none is read as markup, and no line is wrapped."""

    def __init__(self, stream: TextIO) -> None:
        """Decide once how the stream is written to."""
        self._stream = stream
        self._console = Console(file=stream) if styled(stream) else None

    def line(self, *segments: Segment) -> None:
        """Write one line."""
        parts = [_styled_part(segment) for segment in segments]
        if self._console is None:
            self._stream.write("".join(text for text, _ in parts) + "\n")
        else:
            self._console.print(Text.assemble(*parts), soft_wrap=True)

    def table(self, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Write a table whose columns are aligned by spaces, so that every row is one line to search and to copy."""
        cells = [list(map(printable, row)) for row in (header, *rows)]
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        for row in cells:
            padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.line(("  ".join(padded).rstrip(), "bold" if row is cells[0] else ""))


def _styled_part(segment: Segment) -> tuple[str, str]:
    text, style = (segment, "") if isinstance(segment, str) else segment
    return printable(text), style
