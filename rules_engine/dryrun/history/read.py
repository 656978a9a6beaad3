"""Read the records of a history: bad data gives records with a problem, and never an error."""

import os
from collections.abc import Callable, Iterator
from typing import BinaryIO

from attrs import evolve

from rules_engine.dryrun.history import record as limits
from rules_engine.dryrun.history.files import reason
from rules_engine.dryrun.history.lines import bounded_lines
from rules_engine.dryrun.history.record import Record, text_problem
from rules_engine.dryrun.history.row_groups import parquet_records
from rules_engine.dryrun.history.split import STANDARD_INPUT, Form, Split
from rules_engine.dryrun.history.streams import BUFFER, STREAM_ERRORS, expanded, recognised
from rules_engine.extras import MissingExtraError

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_split(split: Split) -> Iterator[Record]:
    """Read the records of one part of a history, in their order, without holding more than a few of them.

    Args:
        split: The part; its file is opened here.
    """
    return _READERS[split.form](split)


def read_stream(stream: BinaryIO, *, name: str = STANDARD_INPUT) -> Iterator[Record]:
    """Read the records of a stream of JSON Lines, which may be compressed by gzip or zstd.

    Args:
        stream: The bytes.
        name: What the stream is called in places.
    """
    source, form = recognised(stream)
    return _expanded_lines(name, source, form)


def _plain_lines(split: Split) -> Iterator[Record]:
    try:
        with open(split.file, "rb", BUFFER) as stream:  # noqa: PTH123  # pathlib would tidy the path as it was given
            stream.seek(split.start)
            yield from _lines(split.file, stream, "lines", split.first_line, split.end - split.start)
    except OSError as error:
        yield _cut_off(split.file, split.first_line, reason(error))


def _compressed_lines(split: Split) -> Iterator[Record]:
    try:
        with open(split.file, "rb", BUFFER) as stream:  # noqa: PTH123  # as above
            yield from _expanded_lines(split.file, stream, split.form)
    except OSError as error:
        yield _cut_off(split.file, 1, reason(error))


def _expanded_lines(file: str, source: BinaryIO, form: Form) -> Iterator[Record]:
    try:
        stream = expanded(source, form)
    except MissingExtraError as error:
        yield _cut_off(file, 1, str(error))
    else:
        yield from _lines(file, stream, form)


def _lines(file: str, stream: BinaryIO, form: Form, first: int = 1, size: int | None = None) -> Iterator[Record]:
    """Read lines, those that start within a size; where reading has to stop, the next line says why."""
    number, taken = first, 0
    lines = bounded_lines(stream, limits.LONGEST_RECORD)
    try:
        while (size is None or taken < size) and (line := next(lines, None)):
            text, length = line
            problem = text_problem(text, length)
            if number == 1:
                text = text.removeprefix(_BYTE_ORDER_MARK)
            if problem is not None:
                yield _unreadable(file, number, problem)
            elif text and not text.isspace():
                yield Record(f"{file}:{number}", text, None, (number, 0))
            number += 1
            taken += length
    except STREAM_ERRORS as error:
        yield _cut_off(file, number, _stopped(error, form))
    else:
        if size is not None and taken < size:
            yield _cut_off(file, number, f"the file has become shorter: {size - taken} bytes are missing")


def _stopped(error: BaseException, form: Form) -> str:
    if isinstance(error, EOFError):
        return f"the {form} data ends early: what follows is lost"
    if isinstance(error, OSError) and error.strerror:
        return reason(error)
    return f"the {form} data is damaged: what follows is lost"


def _unreadable(file: str, line: int, problem: str) -> Record:
    return Record(f"{file}:{line}", None, problem, (line, 0))


def _cut_off(file: str, line: int, problem: str) -> Record:
    return evolve(_unreadable(file, line, problem), cuts_off=True)


def _document(split: Split) -> Iterator[Record]:
    try:
        with open(split.file, "rb") as stream:  # noqa: PTH123  # as above
            text = stream.read(limits.LONGEST_RECORD + 1)
            size = os.fstat(stream.fileno()).st_size
    except OSError as error:
        yield Record(split.file, None, reason(error), cuts_off=True)
        return
    problem = text_problem(text, size)
    yield Record(split.file, text) if problem is None else Record(split.file, None, problem)


_READERS: dict[Form, Callable[[Split], Iterator[Record]]] = {
    "lines": _plain_lines,
    "gzip": _compressed_lines,
    "zstd": _compressed_lines,
    "document": _document,
    "parquet": parquet_records,
}
