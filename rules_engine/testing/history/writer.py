"""Write a log to a file: JSON Lines, compressed or not, or Parquet."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from rules_engine.extras import load_pyarrow
from rules_engine.record_files import Write, gzip_lines, line_writer, parquet_rows, plain_lines, zstd_lines

STANDARD_OUTPUT: Final = "-"
_LEVEL: Final = 9


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
        _write_all(records, line_writer(sys.stdout.buffer))
        return
    suffix = next((suffix for suffix in _FORMS if out.endswith(suffix)), None)
    if suffix is None:
        raise ValueError(f"{out}: expected a file that ends in {', '.join(_FORMS)}")
    with _FORMS[suffix](out) as write_one:
        _write_all(records, write_one)


def _write_all(records: Iterable[bytes], write_one: Write) -> None:
    for record in records:
        write_one(record)


@contextmanager
def _parquet(out: str) -> Iterator[Write]:
    arrow = load_pyarrow()
    schema = arrow.schema({"document": arrow.string()})
    # Opened here, so that a file that cannot be is told of in the same words as those of the other forms.
    with Path(out).open("wb") as file, parquet_rows(file, schema, _row, write_page_checksum=True) as write_one:
        yield write_one


def _row(record: bytes) -> dict[str, Any]:
    return {"document": record.decode()}


_FORMS: Final[Mapping[str, Callable[[str], AbstractContextManager[Write]]]] = MappingProxyType(
    {
        ".jsonl": plain_lines,
        ".jsonl.gz": partial(gzip_lines, level=_LEVEL),
        ".jsonl.zst": partial(zstd_lines, level=_LEVEL),
        ".parquet": _parquet,
    }
)
"""What each suffix means."""
