"""Write a history: JSON texts, one a line, compressed or not, or one a row of Parquet.

The same documents give the same bytes, whatever the file is called and whenever it is written.
"""

import gzip
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from os import PathLike, fspath
from typing import Any, BinaryIO, Final, Self

from rules_engine.extras import load_extra
from rules_engine.wire.dates import read_instant
from rules_engine.wire.json_text import JsonTextError, read_json, write_json

LONGEST_RECORD: Final[int] = 1 << 23
"""The longest JSON text of one draft that a history may hold, in bytes."""
_LEVEL: Final = 6
_MOST_ROWS = 1 << 12
_MOST_BYTES: Final = 1 << 24
"""How large a row group grows: so many rows, or so many bytes of JSON text."""

_Write = Callable[[bytes], object]


class HistoryWriter:
    """Writes documents to a file whose suffix says how: `.jsonl` or `.ndjson`, `.gz` or `.zst` after it, or `.parquet`.

    A context manager; the file is complete when it is left. Parquet has the document as JSON text and, beside it, what
    one looks for: its id, merchant, operation and time.
    """

    def __init__(self, path: str | PathLike[str], *, level: int = _LEVEL) -> None:
        """Open the file, and empty it.

        Args:
            path: The file.
            level: How hard to compress, 1 to 9.

        Raises:
            ValueError: The suffix is none of these.
            MissingExtraError: A library that the form needs is not installed.
            OSError: The file cannot be opened.
        """
        path = fspath(path)
        opened = next((form for suffix, form in _FORMS.items() if path.lower().endswith(suffix)), None)
        if opened is None:
            raise ValueError(f"{path}: unknown suffix of a history: expected {', '.join(_FORMS)}")
        self._file = ExitStack()
        self._write = self._file.enter_context(opened(path, level))

    def __enter__(self) -> Self:
        """Return the writer."""
        return self

    def __exit__(self, *error: object) -> None:
        """Finish the file."""
        self._file.close()

    def write(self, document: bytes | Mapping[str, Any]) -> None:
        """Write one more document.

        Args:
            document: A draft document, as plain values or as JSON text, which is not read but put on one line.

        Raises:
            ValueError: The text is blank; or, for Parquet, it is no UTF-8.
        """
        if isinstance(document, bytes):
            text = b" ".join(document.split(b"\n")) if b"\n" in document else document
        else:
            text = write_json(dict(document)).encode()
        if not text.strip():
            raise ValueError("a blank text is no document")
        self._write(text)


def _opened(path: str) -> BinaryIO:
    return open(path, "wb")  # noqa: PTH123  # closed by the caller; a path is taken as it is given


def _lines(stream: BinaryIO | gzip.GzipFile) -> _Write:
    return lambda text: stream.write(text + b"\n")


@contextmanager
def _plain_lines(path: str, _: int) -> Iterator[_Write]:
    with _opened(path) as file:
        yield _lines(file)


@contextmanager
def _gzip_lines(path: str, level: int) -> Iterator[_Write]:
    # Without the name and the time, which would make every file another one.
    with _opened(path) as file, gzip.GzipFile("", "wb", level, file, mtime=0) as stream:
        yield _lines(stream)


@contextmanager
def _zstd_lines(path: str, level: int) -> Iterator[_Write]:
    # With a checksum, so that damage is noticed.
    compressor = load_extra("zstandard", "zstd").ZstdCompressor(level=level, write_checksum=True)
    with _opened(path) as file, compressor.stream_writer(file) as stream:
        yield _lines(stream)


@contextmanager
def _parquet_rows(path: str, _: int) -> Iterator[_Write]:
    """Write rows in groups that are held until they are complete."""
    arrow = load_extra("pyarrow.parquet", "parquet")
    text, instant = arrow.string(), arrow.timestamp("us", tz="UTC")
    schema = arrow.schema({"document": text, "id": text, "merchant": text, "operation": text, "now": instant})
    options = {"use_dictionary": ["merchant", "operation"], "write_page_checksum": True, "compression": "zstd"}
    rows: list[dict[str, Any]] = []
    size = 0

    def write(document: bytes) -> None:
        nonlocal size
        rows.append(_row(document))
        size += len(document)
        if len(rows) >= _MOST_ROWS or size >= _MOST_BYTES:
            flush()

    def flush() -> None:
        nonlocal size
        if rows:
            writer.write_table(arrow.Table.from_pylist(rows, schema))
        rows.clear()
        size = 0

    with _opened(path) as file, arrow.parquet.ParquetWriter(file, schema, **options) as writer:
        yield write
        flush()


def _row(text: bytes) -> dict[str, Any]:
    """Return a document and the columns beside it; NULL where it has none."""
    try:
        document = read_json(text, largest=LONGEST_RECORD)
    except JsonTextError:
        document = None
    facts = _of(document, "facts", dict)
    try:
        instant = read_instant(_of(facts, "now", str) or "")
    except ValueError:
        instant = None
    return {
        "document": text.decode(),
        "id": _of(document, "id", str),
        "merchant": _of(_of(facts, "merchant", dict), "id", str),
        "operation": _of(document, "operation", str),
        "now": instant,
    }


def _of(value: Any, key: str, kind: type) -> Any:
    item = value.get(key) if isinstance(value, dict) else None
    return item if isinstance(item, kind) else None


_FORMS: Final[Mapping[str, Callable[[str, int], AbstractContextManager[_Write]]]] = {
    ".jsonl": _plain_lines,
    ".ndjson": _plain_lines,
    ".jsonl.gz": _gzip_lines,
    ".ndjson.gz": _gzip_lines,
    ".jsonl.zst": _zstd_lines,
    ".ndjson.zst": _zstd_lines,
    ".parquet": _parquet_rows,
}
