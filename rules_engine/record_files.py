"""Files of records, which are JSON texts: one on each line, compressed or not, or one in each row of Parquet.

The same records give the same bytes, whatever the file is called and whenever it is written. Each function opens a
file, empties it and gives a function that writes one more record; the file is complete when it is left.
"""

import gzip
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO

from rules_engine.extras import load_pyarrow, load_zstandard

Write = Callable[[bytes], object]
"""Writes one more record."""
_Row = Mapping[str, Any]

_MOST_ROWS = 1 << 12
_MOST_BYTES = 1 << 24
"""How large a row group grows: so many rows, or so many bytes of JSON text."""


def line_writer(stream: BinaryIO | gzip.GzipFile) -> Write:
    """Give what writes records to a stream, each on a line of its own."""
    return lambda text: stream.write(text + b"\n")


@contextmanager
def plain_lines(path: str) -> Iterator[Write]:
    """Write JSON Lines.

    Args:
        path: The file.

    Raises:
        OSError: The file cannot be opened, or written.
    """
    with _opened(path) as file:
        yield line_writer(file)


@contextmanager
def gzip_lines(path: str, *, level: int) -> Iterator[Write]:
    """Write JSON Lines, compressed.

    Args:
        path: The file.
        level: How hard to compress, 1 to 9.

    Raises:
        OSError: The file cannot be opened, or written.
    """
    # Without the name and the time, which would make every file another one.
    with _opened(path) as file, gzip.GzipFile("", "wb", level, file, mtime=0) as stream:
        yield line_writer(stream)


@contextmanager
def zstd_lines(path: str, *, level: int, checksum: bool = False) -> Iterator[Write]:
    """Write JSON Lines, compressed otherwise.

    Args:
        path: The file.
        level: How hard to compress, 1 to 22.
        checksum: Whether the file says what its bytes add up to, so that damage is noticed.

    Raises:
        MissingExtraError: `zstandard` is not installed.
        OSError: The file cannot be opened, or written.
    """
    compressor = load_zstandard().ZstdCompressor(level=level, write_checksum=checksum)
    with _opened(path) as file, compressor.stream_writer(file) as stream:
        yield line_writer(stream)


@contextmanager
def parquet_rows(file: str | BinaryIO, schema: Any, row: Callable[[bytes], _Row], **options: Any) -> Iterator[Write]:
    """Write rows of Parquet, in groups that are held until they are complete.

    Args:
        file: The path, or what was opened.
        schema: The columns, as `pyarrow` writes them.
        row: Gives the row of a record, by column.
        options: What else `pyarrow.parquet.ParquetWriter` is told.

    Raises:
        MissingExtraError: `pyarrow` is not installed.
        OSError: The file cannot be opened, or written.
    """
    arrow = load_pyarrow()
    with arrow.parquet.ParquetWriter(file, schema, compression="zstd", **options) as writer:
        group = _RowGroup(lambda rows: writer.write_table(arrow.Table.from_pylist(rows, schema)), row)
        yield group.write
        group.flush()


class _RowGroup:
    """Rows that wait until they are many enough."""

    def __init__(self, write: Callable[[list[_Row]], object], row: Callable[[bytes], _Row]) -> None:
        self._write = write
        self._row = row
        self._rows: list[_Row] = []
        self._bytes = 0

    def write(self, text: bytes) -> None:
        self._rows.append(self._row(text))
        self._bytes += len(text)
        if len(self._rows) >= _MOST_ROWS or self._bytes >= _MOST_BYTES:
            self.flush()

    def flush(self) -> None:
        if self._rows:
            self._write(self._rows)
        self._rows = []
        self._bytes = 0


def _opened(path: str) -> BinaryIO:
    return open(path, "wb")  # noqa: PTH123  # closed by the caller; a path is taken as it is given
