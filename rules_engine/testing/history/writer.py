"""Write a log to a file: JSON Lines, compressed or not, or Parquet."""

import gzip
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

STANDARD_OUTPUT: Final = "-"
_ROWS: Final = 4096
"""The length of a row group: so many documents are in memory at once."""
_LEVEL: Final = 9


class MissingExtraError(ImportError):
    """A library is not installed; the text says how to install it."""


def write(records: Iterable[bytes], out: str) -> None:
    """Write records, one after another, as they are made.

    Args:
        records: JSON texts, each on one line.
        out: The file, whose suffix says how; `-` is standard output, as JSON Lines.

    Raises:
        ValueError: The suffix is unknown.
        MissingExtraError: What the form needs is not installed.
        OSError: The file cannot be written.
    """
    if out == STANDARD_OUTPUT:
        _lines(records, sys.stdout.buffer)
        return
    suffix = next((suffix for suffix in _FORMS if out.endswith(suffix)), None)
    if suffix is None:
        raise ValueError(f"{out}: expected a file that ends in {', '.join(_FORMS)}")
    _FORMS[suffix](records, out)


def _lines(records: Iterable[bytes], stream: Any) -> None:
    for record in records:
        stream.write(record + b"\n")


def _plain(records: Iterable[bytes], out: str) -> None:
    with Path(out).open("wb") as file:
        _lines(records, file)


def _gzip(records: Iterable[bytes], out: str) -> None:
    # Without the name and the time, which would make every file another one.
    with Path(out).open("wb") as file, gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as stream:
        _lines(records, stream)


def _zstd(records: Iterable[bytes], out: str) -> None:
    try:
        import zstandard  # noqa: PLC0415  # an extra, which only zstd needs
    except ModuleNotFoundError:
        raise MissingExtraError("zstandard is not installed: pip install 'rules-engine[zstd]'") from None
    compressor = zstandard.ZstdCompressor(level=_LEVEL)
    with Path(out).open("wb") as file, compressor.stream_writer(file) as stream:
        _lines(records, stream)


def _parquet(records: Iterable[bytes], out: str) -> None:
    try:
        import pyarrow.parquet  # noqa: PLC0415  # an extra, which only Parquet needs
    except ModuleNotFoundError:
        raise MissingExtraError("pyarrow is not installed: pip install 'rules-engine[parquet]'") from None
    schema = pyarrow.schema({"document": pyarrow.string()})
    with Path(out).open("wb") as file, pyarrow.parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for rows in _batches(records):
            column = pyarrow.array([row.decode() for row in rows], pyarrow.string())
            writer.write_batch(pyarrow.record_batch([column], schema=schema))


def _batches(records: Iterable[bytes]) -> Iterator[list[bytes]]:
    waiting = iter(records)
    while rows := list(islice(waiting, _ROWS)):
        yield rows


_FORMS: Final[Mapping[str, Callable[[Iterable[bytes], str], None]]] = MappingProxyType(
    {".jsonl": _plain, ".jsonl.gz": _gzip, ".jsonl.zst": _zstd, ".parquet": _parquet}
)
"""What each suffix means."""
