"""Records of Parquet: a column of JSON text, or columns named like the keys of a document."""

import os
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from attrs import frozen

from rules_engine.dryrun.history.nested import Nested, NotJsonError, is_any, unwrapped
from rules_engine.dryrun.history.record import Record, text_problem
from rules_engine.dryrun.history.split import Split
from rules_engine.extras import MissingExtraError, load_pyarrow

DOCUMENT = "document"
"""The column of JSON text."""
_KEYS = ("version", "id", "operation", "target", "request", "facts", "recorded")
_NEEDED = {"version", "operation", "request", "facts"}
_TEXTS = ("string", "large_string", "string_view", "binary", "large_binary", "binary_view")
_BATCH = 64
"""How many rows are held at once."""
_BUFFER = 1 << 18
_MOST_LOST = 1 << 20
"""How many rows that cannot be read are told one by one: how many there are is only what a broken file says."""


class ParquetError(ValueError):
    """A file that is no Parquet, or no history."""


_Found = tuple[bytes | Mapping[str, Any] | None, str | None]
"""A document, or why there is none."""


@frozen
class _Columns:
    """What is read of a file.

    Attributes:
        names: The columns.
        nested: How rows are read; None where the one column is JSON text.
    """

    names: tuple[str, ...]
    nested: Nested | None


def parquet_splits(path: str, split_bytes: int) -> Iterator[Split]:
    """Cut a file between row groups, after each one that fills a part.

    Args:
        path: The file.
        split_bytes: How many bytes a part has at least, uncompressed.

    Raises:
        MissingExtraError: `pyarrow` is not installed.
        ParquetError: The file is no Parquet, or no history.
        OSError: It cannot be opened.
    """
    arrow = load_pyarrow()
    with open(path, "rb"):  # noqa: PTH123  # a path is taken as it is given; what cannot be opened is not called broken
        file = _opened(arrow, path)
    _columns(arrow, file)
    sizes = _sizes(file.metadata)
    in_all, in_file = sum(sizes) or 1, os.stat(path).st_size  # noqa: PTH116  # as above
    start, size, before = 0, 0, 0
    for number, plain in enumerate(sizes, 1):
        size += plain
        if size >= split_bytes or number == len(sizes):
            after = before + size
            share = in_file * after // in_all - in_file * before // in_all
            yield Split(0, path, "parquet", start, number, size=share)
            start, size, before = number, 0, after


def parquet_records(split: Split) -> Iterator[Record]:
    """Read the records of some row groups; of a row group that is broken, every row that cannot be read has one.

    Args:
        split: The part.
    """
    try:
        arrow = load_pyarrow()
        file = _opened(arrow, split.file)
        columns = _columns(arrow, file)
    except (MissingExtraError, ParquetError) as error:
        for group in range(split.start + 1, split.end + 1):
            yield Record(f"{split.file}: row group {group}", None, str(error), (group, 0), cuts_off=True)
        return
    with file:
        for number in range(split.start, split.end):
            yield from _row_group(arrow, file, columns, split.file, number)


def _opened(arrow: ModuleType, path: str) -> Any:
    try:
        # A little at a time: by itself, the library reads whole row groups ahead.
        return arrow.parquet.ParquetFile(path, buffer_size=_BUFFER, pre_buffer=False, page_checksum_verification=True)
    except Exception as error:  # over a broken file, the library may stumble anywhere
        raise ParquetError("not readable as Parquet: its footer is missing or broken") from error


def _sizes(metadata: Any) -> list[int]:
    """Tell how many bytes each row group has, uncompressed."""
    try:
        # Of a broken footer, asking for a column of a row group would end the process.
        return [max(0, metadata.row_group(number).total_byte_size) for number in range(metadata.num_row_groups)]
    except Exception as error:  # as above
        raise ParquetError("not readable as Parquet: its row groups make no sense") from error


def _columns(arrow: ModuleType, file: Any) -> _Columns:
    try:
        schema = file.schema_arrow
        return _text_column(arrow, schema) or _nested_columns(arrow, schema)
    except ParquetError:
        raise
    except Exception as error:  # as above
        raise ParquetError("not readable as Parquet: its columns make no sense") from error


def _text_column(arrow: ModuleType, schema: Any) -> _Columns | None:
    index = schema.get_field_index(DOCUMENT)
    if index < 0:
        return None
    kind = unwrapped(arrow, schema.field(index).type)
    if not is_any(arrow.types, kind, _TEXTS):
        raise ParquetError(f"the column {DOCUMENT} is {kind}: expected JSON text")
    return _Columns((DOCUMENT,), None)


def _nested_columns(arrow: ModuleType, schema: Any) -> _Columns:
    names = tuple(name for name in schema.names if name in _KEYS and schema.get_field_index(name) >= 0)
    if missing := _NEEDED.difference(names):
        raise ParquetError(
            f"no history: expected a column {DOCUMENT}, or columns that are keys of one"
            f" (there is no {', no '.join(sorted(missing))})"
        )
    return _Columns(names, Nested(arrow, arrow.struct([schema.field(name) for name in names])))


def _row_group(arrow: ModuleType, file: Any, columns: _Columns, path: str, number: int) -> Iterator[Record]:
    place, group = f"{path}: row group {number + 1}", number + 1
    try:
        rows = file.metadata.row_group(number).num_rows
        batches = file.iter_batches(_BATCH, row_groups=[number], columns=list(columns.names), use_threads=False)
    except Exception:  # noqa: BLE001  # as above
        problem = "not readable as Parquet: the row group is missing or broken"
        yield Record(place, None, problem, (group, 0), cuts_off=True)
        return
    row, problem = 0, "the row group ends early"
    while row < rows:
        try:
            found = _documents(arrow, next(batches), columns)
        except StopIteration:
            break
        except Exception:  # noqa: BLE001  # as above
            problem = "the row group is broken here"
            break
        for row, (document, unreadable) in enumerate(found, row + 1):  # noqa: B020  # it goes on from where it was
            yield Record(f"{place}, row {row}", document, unreadable, (group, row))
    told = min(rows, row + _MOST_LOST)
    for lost in range(row + 1, told + 1):
        yield Record(f"{place}, row {lost}", None, problem, (group, lost))
    if told < rows:
        problem = f"{problem}: {rows - told} rows are lost"
        yield Record(f"{place}, row {told + 1}", None, problem, (group, told + 1), cuts_off=True)


def _documents(arrow: ModuleType, batch: Any, columns: _Columns) -> list[_Found]:
    if columns.nested is None:
        texts = batch.column(0)
        while isinstance(texts, arrow.ExtensionArray):
            texts = texts.storage
        return [_of_text(text) for text in texts.cast(arrow.binary()).to_pylist()]
    return [
        (None, str(value)) if isinstance(value, NotJsonError) else (value, None)
        for value in columns.nested.values(batch.to_struct_array())
    ]


def _of_text(text: bytes | None) -> _Found:
    problem = "the document is NULL" if text is None else text_problem(text, len(text))
    return (text, None) if problem is None else (None, problem)
