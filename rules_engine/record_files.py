"""Files of records, which are JSON texts: one a line, compressed or not, or one a row of Parquet.

The same records give the same bytes, whatever the file is called and whenever it is written. Each function opens a
file, empties it and yields a function that writes one more record; the file is complete when the context ends.
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
    """Return what writes records to a stream, each on a line of its own."""
    return lambda text: stream.write(text + b"\n")


@contextmanager
def plain_lines(path: str) -> Iterator[Write]:
    """Write JSON Lines.

    Raises:
        OSError: The file cannot be opened, or written.
    """
    with _opened(path) as file:
        yield line_writer(file)


@contextmanager
def gzip_lines(path: str, *, level: int) -> Iterator[Write]:
    """Write JSON Lines compressed by gzip.

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
    """Write JSON Lines compressed by Zstandard.

    Args:
        path: The file.
        level: How hard to compress, 1 to 22.
        checksum: Whether the file has a checksum of its bytes, so that damage is noticed.

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
        row: Returns the row of a record, by column.
        options: Further options of `pyarrow.parquet.ParquetWriter`.

    Raises:
        MissingExtraError: `pyarrow` is not installed.
        OSError: The file cannot be opened, or written.
    """
    arrow = load_pyarrow()
    rows: list[_Row] = []
    size = 0

    def write(text: bytes) -> None:
        nonlocal size
        rows.append(row(text))
        size += len(text)
        if len(rows) >= _MOST_ROWS or size >= _MOST_BYTES:
            flush()

    def flush() -> None:
        nonlocal size
        if rows:
            writer.write_table(arrow.Table.from_pylist(rows, schema))
        rows.clear()
        size = 0

    with arrow.parquet.ParquetWriter(file, schema, compression="zstd", **options) as writer:
        yield write
        flush()


def _opened(path: str) -> BinaryIO:
    return open(path, "wb")  # noqa: PTH123  # closed by the caller; a path is taken as it is given
