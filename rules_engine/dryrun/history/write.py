"""Write a history: the same documents give the same bytes."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from os import PathLike, fspath
from typing import Any, Final, Self

from rules_engine.dryrun.history.files import EXPECTED, LONGEST_RECORD, form_of
from rules_engine.extras import load_pyarrow
from rules_engine.record_files import Write, gzip_lines, parquet_rows, plain_lines, zstd_lines
from rules_engine.wire.dates import read_instant
from rules_engine.wire.json_text import JsonTextError, read_json, write_json


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
        opened = _FORMS.get(form_of(path) or "")
        if opened is None:
            raise ValueError(f"{path}: unknown suffix of a history: {EXPECTED}")
        self._file = ExitStack()
        self._write = self._file.enter_context(opened(path))

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


def _parquet(path: str) -> AbstractContextManager[Write]:
    """Open a file with a column of JSON text, and what one looks for beside it."""
    arrow = load_pyarrow()
    text, instant = arrow.string(), arrow.timestamp("us", tz="UTC")
    schema = arrow.schema({"document": text, "id": text, "merchant": text, "operation": text, "now": instant})
    return parquet_rows(path, schema, _row, use_dictionary=["merchant", "operation"], write_page_checksum=True)


def _row(text: bytes) -> dict[str, Any]:
    """Return a document and the columns beside it; NULL where it does not tell."""
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


_FORMS: Final[dict[str, Callable[[str], AbstractContextManager[Write]]]] = {
    "lines": plain_lines,
    "gzip": partial(gzip_lines, level=6),
    "zstd": partial(zstd_lines, level=3, checksum=True),
    "parquet": _parquet,
}
