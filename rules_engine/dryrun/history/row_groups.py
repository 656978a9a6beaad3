"""Records of Parquet: a column of JSON text, or columns named like the keys of a document."""

from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from attrs import frozen

from rules_engine.dryrun.history.extras import MissingExtraError, load_pyarrow
from rules_engine.dryrun.history.nested import Nested, NotJsonError, is_any, unwrapped
from rules_engine.dryrun.history.record import Record, text_problem
from rules_engine.dryrun.history.split import Split

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
    with open(path, "rb"):  # noqa: PTH123  # to tell a file that cannot be opened from one that is broken
        pass
    file = _opened(arrow, path)
    _columns(arrow, file)
    start, plain, size, groups = 0, 0, 0, file.metadata.num_row_groups
    for number in range(groups):
        group = file.metadata.row_group(number)
        plain += group.total_byte_size
        size += sum(group.column(index).total_compressed_size for index in range(group.num_columns))
        if plain >= split_bytes or number + 1 == groups:
            yield Split(0, path, "parquet", start, number + 1, size=size)
            start, plain, size = number + 1, 0, 0


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
            yield Record(f"{split.file}: row group {group}", None, str(error), (group, 0))
        return
    with file:
        for number in range(split.start, split.end):
            yield from _row_group(arrow, file, columns, split.file, number)


def _opened(arrow: ModuleType, path: str) -> Any:
    try:
        return arrow.parquet.ParquetFile(path, buffer_size=_BUFFER, page_checksum_verification=True)
    except (OSError, MemoryError, arrow.ArrowException) as error:
        raise ParquetError("not readable as Parquet: its footer is missing or broken") from error


def _columns(arrow: ModuleType, file: Any) -> _Columns:
    try:
        schema = file.schema_arrow
        return _text_column(arrow, schema) or _nested_columns(arrow, schema)
    except (arrow.ArrowException, RecursionError) as error:
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
    names = tuple(name for name in _KEYS if schema.get_field_index(name) >= 0)
    if missing := _NEEDED.difference(names):
        raise ParquetError(
            f"no history: expected a column {DOCUMENT}, or columns that are keys of one"
            f" (there is no {', no '.join(sorted(missing))})"
        )
    return _Columns(names, Nested(arrow, arrow.struct([schema.field(name) for name in names])))


def _row_group(arrow: ModuleType, file: Any, columns: _Columns, path: str, number: int) -> Iterator[Record]:
    place, group = f"{path}: row group {number + 1}", number + 1
    errors = (OSError, MemoryError, ValueError, arrow.ArrowException)
    try:
        rows = file.metadata.row_group(number).num_rows
        batches = file.iter_batches(_BATCH, row_groups=[number], columns=list(columns.names), use_threads=False)
    except (IndexError, *errors):
        yield Record(place, None, "not readable as Parquet: the row group is missing or broken", (group, 0))
        return
    row, problem = 0, "the row group ends early"
    while row < rows:
        try:
            found = _documents(arrow, next(batches), columns)
        except StopIteration:
            break
        except errors:
            problem = "the row group is broken here"
            break
        for row, (document, unreadable) in enumerate(found, row + 1):  # noqa: B020  # it goes on from where it was
            yield Record(f"{place}, row {row}", document, unreadable, (group, row))
    told = min(rows, row + _MOST_LOST)
    for lost in range(row + 1, told + 1):
        yield Record(f"{place}, row {lost}", None, problem, (group, lost))
    if told < rows:
        yield Record(f"{place}, row {told + 1}", None, f"{problem}: {rows - told} rows are lost", (group, told + 1))


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
