"""JSON Lines, plain or compressed, expanded a little at a time however well they are compressed.

Bad data gives records with a problem, and never an error.
"""

import gzip
import io
import os
import zlib
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, BinaryIO, Final, cast

from attrs import evolve

from rules_engine import record_files
from rules_engine.dryrun.history.files import STANDARD_INPUT, FileForm, Record, Split, reason, text_problem
from rules_engine.extras import MissingExtraError, load_extra

_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_BUFFER: Final = 1 << 18
"""How many bytes of a file are read at once."""
_CHUNK: Final = 1 << 16
_STEP: Final = 1 << 8
"""How many bytes of zstd are expanded at once: four of them can stand for 128 KiB."""
_MAGIC: Final[dict[bytes, FileForm]] = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}
_LONGEST_MAGIC: Final = 4


def bounded_lines(stream: BinaryIO, longest: int) -> Iterator[tuple[bytes, int]]:
    """Yield lines, each without its line feed, and how many bytes each takes with it.

    Of a line that is too long, one byte more than is admitted is given and nothing else is held.

    Args:
        stream: Where they come from.
        longest: The longest admitted line, in bytes.
    """
    while line := stream.readline(longest + 1):
        size = len(line)
        if size > longest and not line.endswith(b"\n"):
            while rest := stream.readline(_CHUNK):
                size += len(rest)
                if rest.endswith(b"\n"):
                    break
        yield line.removesuffix(b"\n"), size


def read_stream(stream: BinaryIO, *, name: str = STANDARD_INPUT) -> Iterator[Record]:
    """Read the records of a stream of JSON Lines, which may be compressed by gzip or zstd.

    Args:
        stream: The bytes.
        name: What the stream is called in places.
    """
    head = stream.read(_LONGEST_MAGIC)
    form: FileForm = next((form for magic, form in _MAGIC.items() if head.startswith(magic)), "lines")
    # What has come in already, if the stream can return that: whoever pipes records in may wait before the next one.
    read_some = getattr(stream, "read1", stream.read)
    rest = iter(lambda: read_some(_BUFFER), b"")
    return _expanded_lines(name, _joined(chain([head], rest)), form)


def plain_lines(split: Split) -> Iterator[Record]:
    """Read the records of a part of a file of lines."""
    try:
        with open(split.file, "rb", _BUFFER) as stream:  # noqa: PTH123  # pathlib would tidy the path as it was given
            stream.seek(split.start)
            yield from _lines(split.file, stream, "lines", split.first_line, split.end - split.start)
    except OSError as error:
        yield _cut_off(split.file, split.first_line, reason(error))


def compressed_lines(split: Split) -> Iterator[Record]:
    """Read the records of a compressed file of lines."""
    try:
        with open(split.file, "rb", _BUFFER) as stream:  # noqa: PTH123  # as above
            yield from _expanded_lines(split.file, stream, split.form)
    except OSError as error:
        yield _cut_off(split.file, 1, reason(error))


def one_document(split: Split) -> Iterator[Record]:
    """Read the record of a file that is one document."""
    try:
        with open(split.file, "rb") as stream:  # noqa: PTH123  # as above
            text = stream.read(record_files.LONGEST_RECORD + 1)
            size = os.fstat(stream.fileno()).st_size
    except OSError as error:
        yield Record(split.file, None, reason(error), cuts_off=True)
        return
    problem = text_problem(text, size)
    yield Record(split.file, text) if problem is None else Record(split.file, None, problem)


def _expanded_lines(file: str, source: BinaryIO, form: FileForm) -> Iterator[Record]:
    stream = source
    try:
        if form == "gzip":
            stream = cast("BinaryIO", gzip.GzipFile(fileobj=source, mode="rb"))
        elif form == "zstd":
            stream = _joined(_zstd_chunks(load_extra("zstandard", "zstd"), source))
    except MissingExtraError as error:
        yield _cut_off(file, 1, str(error))
    else:
        yield from _lines(file, stream, form)


def _zstd_chunks(library: Any, source: BinaryIO) -> Iterator[bytes]:
    """Yield the plain bytes of all frames; unlike the library's own reader, notice data that ends within a frame."""
    frame = None
    while given := source.read(_STEP):
        while given:
            frame = frame or library.ZstdDecompressor().decompressobj()
            try:
                yield frame.decompress(given)
            except library.ZstdError as error:
                raise zlib.error(str(error)) from error
            given, frame = (frame.unused_data, None) if frame.eof else (b"", frame)
    if frame is not None:
        raise EOFError


def _joined(chunks: Iterable[bytes]) -> BinaryIO:
    return io.BufferedReader(_Chunks(chunks), _BUFFER)


class _Chunks(io.RawIOBase):
    """Bytes that come in chunks, as a stream."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = filter(None, chunks)
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._left = self._left or memoryview(next(self._chunks, b""))
        taken = min(len(self._left), len(buffer))
        buffer[:taken] = self._left[:taken]
        self._left = self._left[taken:]
        return taken


def _lines(file: str, stream: BinaryIO, form: FileForm, first: int = 1, size: int | None = None) -> Iterator[Record]:
    """Read lines, those that start within a size; where reading has to stop, the next line says why."""
    number, taken = first, 0
    lines = bounded_lines(stream, record_files.LONGEST_RECORD)
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
    except EOFError:
        yield _cut_off(file, number, f"the {form} data ends early: what follows is lost")
    except (OSError, zlib.error) as error:
        damaged = f"the {form} data is damaged: what follows is lost"
        yield _cut_off(file, number, reason(error) if isinstance(error, OSError) and error.strerror else damaged)
    else:
        if size is not None and taken < size:
            yield _cut_off(file, number, f"the file has become shorter: {size - taken} bytes are missing")


def _unreadable(file: str, line: int, problem: str) -> Record:
    return Record(f"{file}:{line}", None, problem, (line, 0))


def _cut_off(file: str, line: int, problem: str) -> Record:
    return evolve(_unreadable(file, line, problem), cuts_off=True)
