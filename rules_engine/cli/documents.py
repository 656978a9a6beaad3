"""Where draft documents come from: files, directories and standard input, read within bounds.

What cannot be read is one item like any other, so that it does not stop what comes after it.
"""

import errno
import io
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from attrs import evolve, frozen

from rules_engine.dryrun.history.files import STANDARD_INPUT, files_below, reason
from rules_engine.dryrun.history.lines import bounded_lines
from rules_engine.wire import size_limits
from rules_engine.wire.json_text import JsonTextError, read_json

_ONE = frozenset([".json"])
_ONE_A_LINE = frozenset([".jsonl", ".ndjson"])


@frozen
class DocumentPlace:
    """Where a document was read.

    Attributes:
        file: The path of the file, as it was given or found; `STANDARD_INPUT` for standard input.
        line: The line, from 1; None where the document is the whole file.
    """

    file: str
    line: int | None = None

    def __str__(self) -> str:
        """Read as `drafts.jsonl:3`."""
        return self.file if self.line is None else f"{self.file}:{self.line}"


@frozen
class Found:
    """A JSON object; whether it is a draft document is not known yet."""

    place: DocumentPlace
    document: Mapping[str, Any]


@frozen
class Unreadable:
    """Something that is no draft document.

    Attributes:
        place: Where it was read.
        problem: What is wrong with it.
        pointer: RFC 6901 pointer to what is wrong within the document; None where it is not even JSON.
        id: The application's name for the draft, as far as it can be read.
    """

    place: DocumentPlace
    problem: str
    pointer: str | None = None
    id: str | None = None

    def __str__(self) -> str:
        """Read as `/facts/now: ...`, or as the problem alone."""
        return f"{self.pointer}: {self.problem}" if self.pointer else self.problem


def read_documents(paths: Sequence[str], *, leave_out: str | None = None) -> Iterator[Found | Unreadable]:
    """Read every document of some files, directories and standard input, one after the other.

    Of a directory, every `*.json`, `*.jsonl` and `*.ndjson` below it is read, in the order of the paths. A file with
    another name is one document if all of it is a JSON object, else one document a line; so is standard input.

    Args:
        paths: The paths; `STANDARD_INPUT` for standard input.
        leave_out: A file that directories are read without: the report that is being written.
    """
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112  # a path is shown as it was given; pathlib would tidy it
            yield from _directory(path, leave_out)
        else:
            yield from _file(path)


def _directory(directory: str, leave_out: str | None) -> Iterator[Found | Unreadable]:
    paths, problems = files_below(directory, lambda name: _suffix(name) in _ONE | _ONE_A_LINE)
    paths = [path for path in paths if leave_out is None or not same_file(path, leave_out)]
    for problem in problems:
        yield Unreadable(DocumentPlace(str(problem.filename)), reason(problem))
    if not paths and not problems:
        yield Unreadable(DocumentPlace(directory), "no draft document below: expected *.json, *.jsonl or *.ndjson")
    for path in paths:
        yield from _file(path)


def same_file(path: str, other: str) -> bool:
    """Return whether two paths lead to one file."""
    return os.path.realpath(path) == os.path.realpath(other)


def _suffix(path: str) -> str:
    return Path(path).suffix.lower()


def _file(path: str) -> Iterator[Found | Unreadable]:
    try:
        with _opened(path) as stream:
            if _suffix(path) in _ONE:
                yield _parsed(DocumentPlace(path), stream.read(size_limits.LARGEST_DOCUMENT + 1))
            elif _suffix(path) in _ONE_A_LINE:
                yield from _each(path, enumerate(_lines(stream), 1))
            else:
                yield from _by_content(path, stream)
    except OSError as error:
        yield Unreadable(DocumentPlace(path), reason(error))


def _opened(path: str) -> AbstractContextManager[BinaryIO]:
    if path != STANDARD_INPUT:
        return open(path, "rb")  # noqa: PTH123  # as above
    if sys.stdin is None:
        raise OSError(errno.EBADF, "there is no standard input")
    return nullcontext(sys.stdin.buffer)


def _by_content(file: str, stream: BinaryIO) -> Iterator[Found | Unreadable]:
    numbered = enumerate(_lines(stream), 1)
    first = next(_filled(numbered), None)
    if first is None:
        return
    alone = _parsed(DocumentPlace(file, first[0]), first[1])
    if isinstance(alone, Found):
        second = next(_filled(numbered), None)
        if second is None:
            yield evolve(alone, place=DocumentPlace(file))
        else:
            yield alone
            yield from _each(file, chain([second], numbered))
        return
    text = first[1] + b"\n" + stream.read(size_limits.LARGEST_DOCUMENT)
    whole = _parsed(DocumentPlace(file), text)
    # What starts with a lone brace is an object over several lines, and is no better understood line by line.
    if isinstance(whole, Found) or first[1].strip() == b"{":
        yield whole
    else:
        # Reading so far ahead may have ended within a line.
        ahead = io.BytesIO(text + next(_lines(stream), b"") + b"\n")
        yield from _each(file, enumerate(chain(_lines(ahead), _lines(stream)), first[0]))


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    return (line for line, _ in bounded_lines(stream, size_limits.LARGEST_DOCUMENT))


def _filled(numbered: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    return ((number, line) for number, line in numbered if line.strip())


def _each(file: str, numbered: Iterable[tuple[int, bytes]]) -> Iterator[Found | Unreadable]:
    return (_parsed(DocumentPlace(file, number), line) for number, line in _filled(numbered))


def _parsed(place: DocumentPlace, text: bytes) -> Found | Unreadable:
    try:
        value = read_json(text, largest=size_limits.LARGEST_DOCUMENT)
    except JsonTextError as error:
        # Within a line of a file, the line is the one of the file.
        return Unreadable(place, str(error) if place.line is None else str(error).replace(" at line 1,", " at"))
    if not isinstance(value, Mapping):
        return Unreadable(place, "expected an object, one draft document", "")
    return Found(place, value)
