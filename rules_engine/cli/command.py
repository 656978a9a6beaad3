"""What commands share: types of options, what they print, and how they end.

Lines are styled on a terminal and plain elsewhere, and no control character of a draft reaches the terminal.
"""

import enum
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Annotated, Any, Literal, TextIO

from cyclopts import Parameter
from rich.console import Console
from rich.text import Text

from rules_engine.printable import printable
from rules_engine.wire.json_text import write_json
from rules_engine.wire.keys import AdmittedKeys

FORMAT_VERSION = 1
"""The version of the JSON forms."""

TextOrJson = Annotated[Literal["text", "json"], Parameter(name="--format")]
"""The option of a command that prints for people or for programs."""
FilePath = Annotated[str, Parameter(metavar="FILE")]
DirectoryPath = Annotated[str, Parameter(metavar="DIR")]
MerchantId = Annotated[str | None, Parameter(name="--for", metavar="MERCHANT")]
InstantText = Annotated[str | None, Parameter(name="--at", metavar="INSTANT")]
OutputFile = Annotated[str | None, Parameter(name=("--output", "-o"), metavar="FILE")]
Flag = Annotated[bool, Parameter(negative=(), show_default=False)]
"""An option without a value, and without a second option that denies it."""
KnownKeys = Annotated[tuple[str, ...], Parameter(name="--known-keys", metavar="KEYS", negative=(), show_default=False)]
Segment = str | tuple[str, str]
"""A text, or a text and its style in the terms of rich."""


class ExitCode(enum.IntEnum):
    """How a command ended; of several documents, the worst counts. No option changes it."""

    CLEAN = 0
    FINDINGS = 1
    UNUSABLE = 2
    INTERRUPTED = 130  # 128 and the number of the signal, as shells expect it; the same for the next
    READER_GONE = 141


EXIT_CODES: Mapping[ExitCode, str] = MappingProxyType(
    {
        ExitCode.CLEAN: "Everything is accepted, nothing differs, no condition of --fail-if holds.",
        ExitCode.FINDINGS: "A draft is refused or undecided, policies differ or have warnings, a test fails, or a"
        " condition of --fail-if holds.",
        ExitCode.UNUSABLE: "The arguments are wrong, a file cannot be read, or the report cannot be written.",
        ExitCode.INTERRUPTED: "The command was ended by Ctrl-C.",
        ExitCode.READER_GONE: "The program that read the output stopped reading.",
    }
)
"""What each means, as `rules-engine help exit-codes` prints it."""


class UsageError(Exception):
    """Arguments that do not go together."""


def admitted_keys(known_keys: Iterable[str], *, strict: bool) -> AdmittedKeys:
    """Return which keys of facts are admitted: names joined by commas, as often as the option was given.

    Raises:
        UsageError: A name is empty.
    """
    try:
        return AdmittedKeys([key.strip() for each in known_keys for key in each.split(",")], strict)
    except ValueError as error:
        raise UsageError("--known-keys: expected names of keys, joined by commas") from error


def styled(stream: TextIO) -> bool:
    """Return whether a stream is a terminal whose user did not ask for no colour."""
    return stream.isatty() and not os.environ.get("NO_COLOR")


def print_document(document: Mapping[str, Any]) -> None:
    """Print an object of JSON values for programs, with the version of its form first."""
    sys.stdout.write(write_json({"format_version": FORMAT_VERSION, **document}, indent=2) + "\n")


class Printer:
    """Prints lines to a stream. Every text is escaped, none is read as markup, and no line is wrapped."""

    def __init__(self, stream: TextIO | None = None) -> None:
        """Decide once how to print to the stream, or to standard output where none is given."""
        self._stream = stream or sys.stdout
        self._console = Console(file=self._stream) if styled(self._stream) else None

    def line(self, *segments: Segment) -> None:
        """Print one line."""
        parts = [_styled_part(segment) for segment in segments]
        if self._console is None:
            self._stream.write("".join(text for text, _ in parts) + "\n")
        else:
            self._console.print(Text.assemble(*parts), soft_wrap=True)

    def table(self, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Print a table whose columns are aligned by spaces, so that every row is one line to search and to copy."""
        cells = [list(map(printable, row)) for row in (header, *rows)]
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        for row in cells:
            padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.line(("  ".join(padded).rstrip(), "bold" if row is cells[0] else ""))


def _styled_part(segment: Segment) -> tuple[str, str]:
    text, style = (segment, "") if isinstance(segment, str) else segment
    return printable(text), style
