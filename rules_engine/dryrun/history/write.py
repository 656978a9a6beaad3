"""Write a history: the same documents give the same bytes."""

import gzip
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from os import PathLike, fspath
from typing import Any, BinaryIO, Protocol, Self, cast

from rules_engine.dryrun.history.extras import load_pyarrow, load_zstandard
from rules_engine.dryrun.history.files import EXPECTED, form_of
from rules_engine.dryrun.history.record import LONGEST_RECORD
from rules_engine.wire.dates import read_instant
from rules_engine.wire.json_text import JsonTextError, read_json, write_json

_COMPRESSION = 6
_ZSTD_COMPRESSION = 3
_MOST_ROWS = 1 << 12
_MOST_BYTES = 1 << 24
"""How large a row group grows: so many rows, or so many bytes of JSON text."""


class _Sink(Protocol):
    def write(self, text: bytes) -> None: ...

    def close(self) -> None: ...


class HistoryWriter:
    """Writes documents to a file whose suffix says how: `.jsonl` or `.ndjson`, `.gz` or `.zst` after it, or `.parquet`.

    A context manager; the file is complete when it is left.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        """Open the file, and empty it.

        Args:
            path: The file.

        Raises:
            ValueError: The suffix is none of these.
            MissingExtraError: A library that the form needs is not installed.
            OSError: The file cannot be opened.
        """
        path = fspath(path)
        sink = _SINKS.get(form_of(path) or "")
        if sink is None:
            raise ValueError(f"{path}: unknown suffix of a history: {EXPECTED}")
        self._sink = sink(path)

    def __enter__(self) -> Self:
        """Give the writer."""
        return self

    def __exit__(self, *error: object) -> None:
        """Finish the file."""
        self._sink.close()

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
        self._sink.write(text)


class _Lines:
    """JSON Lines, compressed or not."""

    def __init__(self, path: str) -> None:
        self._closing = ExitStack()
        form = form_of(path)
        zstandard = load_zstandard() if form == "zstd" else None
        stream: Any = self._closing.enter_context(open(path, "wb"))  # noqa: PTH123, SIM115  # closed by the stack; a path is taken as it is given
        if form == "gzip":
            # Without the name and the time, which would make every file another one.
            stream = gzip.GzipFile("", "wb", _COMPRESSION, stream, mtime=0)
            self._closing.enter_context(stream)
        elif zstandard is not None:
            compressor = zstandard.ZstdCompressor(level=_ZSTD_COMPRESSION, write_checksum=True)
            stream = self._closing.enter_context(compressor.stream_writer(stream))
        self._stream = cast("BinaryIO", stream)

    def write(self, text: bytes) -> None:
        self._stream.write(text + b"\n")

    def close(self) -> None:
        self._closing.close()


class _Parquet:
    """A column of JSON text, and what one looks for beside it."""

    def __init__(self, path: str) -> None:
        self._arrow = load_pyarrow()
        text, instant = self._arrow.string(), self._arrow.timestamp("us", tz="UTC")
        self._schema = self._arrow.schema(
            {"document": text, "id": text, "merchant": text, "operation": text, "now": instant}
        )
        self._writer = self._arrow.parquet.ParquetWriter(
            path,
            self._schema,
            compression="zstd",
            use_dictionary=["merchant", "operation"],
            write_page_checksum=True,
        )
        self._rows: list[dict[str, Any]] = []
        self._bytes = 0

    def write(self, text: bytes) -> None:
        self._rows.append({"document": text.decode(), **_index(text)})
        self._bytes += len(text)
        if len(self._rows) >= _MOST_ROWS or self._bytes >= _MOST_BYTES:
            self._flush()

    def close(self) -> None:
        if self._rows:
            self._flush()
        self._writer.close()

    def _flush(self) -> None:
        self._writer.write_table(self._arrow.Table.from_pylist(self._rows, self._schema))
        self._rows = []
        self._bytes = 0


def _index(text: bytes) -> dict[str, Any]:
    """Give the columns beside a document; NULL where it does not tell."""
    try:
        document = read_json(text, largest=LONGEST_RECORD)
    except JsonTextError:
        document = None
    facts = _of(document, "facts", dict)
    now = _of(facts, "now", str)
    try:
        instant = None if now is None else read_instant(now)
    except ValueError:
        instant = None
    return {
        "id": _of(document, "id", str),
        "merchant": _of(_of(facts, "merchant", dict), "id", str),
        "operation": _of(document, "operation", str),
        "now": instant,
    }


def _of(value: Any, key: str, kind: type) -> Any:
    item = value.get(key) if isinstance(value, dict) else None
    return item if isinstance(item, kind) else None


_SINKS: dict[str, Callable[[str], _Sink]] = {"lines": _Lines, "gzip": _Lines, "zstd": _Lines, "parquet": _Parquet}
