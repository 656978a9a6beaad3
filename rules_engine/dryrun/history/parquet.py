"""Records of Parquet: a column of JSON text, or columns named like the keys of a document.

Whatever is broken, every row is a record.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from types import ModuleType
from typing import Any, Final

from rules_engine.dryrun.history.files import Record, Split, text_problem
from rules_engine.extras import MissingExtraError, load_extra

_DOCUMENT: Final = "document"
"""The column of JSON text."""
_KEYS: Final = ("version", "id", "operation", "target", "request", "facts", "recorded")
_NEEDED: Final = {"version", "operation", "request", "facts"}
_TEXTS: Final = ("string", "large_string", "string_view", "binary", "large_binary", "binary_view")
_LISTS: Final = ("list", "large_list", "fixed_size_list", "list_view", "large_list_view")
_PLAIN: Final = ("boolean", "integer", "floating", "decimal", "string", "large_string", "string_view")
_BATCH = 64
"""How many rows are held at once."""
_BUFFER: Final = 1 << 18
_MOST_LOST = 1 << 20
"""How many rows that cannot be read are reported one by one: how many there are is only what a broken file says."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DIGITS: Final = {"s": 0, "ms": 3, "us": 6, "ns": 9}

_Convert = Callable[[Any], Any]
"""Turns one value, as Arrow gives it to Python, into plain JSON values; NULL is never asked."""
_Found = tuple[bytes | Mapping[str, Any] | None, str | None]
"""A document, or why there is none."""
_ReadBatch = Callable[[Any], list[_Found]]


class ParquetError(ValueError):
    """A file that is no Parquet, or no history."""


class _NotJsonError(ValueError):
    """A value that JSON has no word for; the text names its column."""


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
    arrow = load_extra("pyarrow.parquet", "parquet")
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
    """Read the records of some row groups; of a row group that is broken, every row that cannot be read has one."""
    try:
        arrow = load_extra("pyarrow.parquet", "parquet")
        file = _opened(arrow, split.file)
        names, documents = _columns(arrow, file)
    except (MissingExtraError, ParquetError) as error:
        for group in range(split.start + 1, split.end + 1):
            yield Record(f"{split.file}: row group {group}", None, str(error), (group, 0), cuts_off=True)
        return
    with file:
        for number in range(split.start, split.end):
            yield from _row_group(file, names, documents, split.file, number)


def _opened(arrow: ModuleType, path: str) -> Any:
    try:
        # A little at a time: by itself, the library reads whole row groups ahead.
        return arrow.parquet.ParquetFile(path, buffer_size=_BUFFER, pre_buffer=False, page_checksum_verification=True)
    except Exception as error:  # over a broken file, the library may stumble anywhere
        raise ParquetError("not readable as Parquet: its footer is missing or broken") from error


def _sizes(metadata: Any) -> list[int]:
    """Return how many bytes each row group has, uncompressed."""
    try:
        # Of a broken footer, asking for a column of a row group would end the process.
        return [max(0, metadata.row_group(number).total_byte_size) for number in range(metadata.num_row_groups)]
    except Exception as error:  # as above
        raise ParquetError("not readable as Parquet: its row groups make no sense") from error


def _columns(arrow: ModuleType, file: Any) -> tuple[list[str], _ReadBatch]:
    """Return the columns that hold documents, and what reads batches of them."""
    try:
        schema = file.schema_arrow
        index = schema.get_field_index(_DOCUMENT)
        kind = None if index < 0 else _unwrapped(arrow, schema.field(index).type)
        names = [name for name in schema.names if name in _KEYS and schema.get_field_index(name) >= 0]
        row = arrow.struct([schema.field(name) for name in names])
    except Exception as error:  # as above
        raise ParquetError("not readable as Parquet: its columns make no sense") from error
    if kind is not None:
        if not _is_any(arrow, kind, _TEXTS):
            raise ParquetError(f"the column {_DOCUMENT} is {kind}: expected JSON text")
        return [_DOCUMENT], partial(_texts, arrow)
    if missing := _NEEDED.difference(names):
        raise ParquetError(
            f"no history: expected a column {_DOCUMENT}, or columns that are keys of one"
            f" (there is no {', no '.join(sorted(missing))})"
        )
    return names, _rows(arrow, row)


def _row_group(file: Any, names: list[str], documents: _ReadBatch, path: str, number: int) -> Iterator[Record]:
    place, group = f"{path}: row group {number + 1}", number + 1
    try:
        rows = file.metadata.row_group(number).num_rows
        batches = file.iter_batches(_BATCH, row_groups=[number], columns=names, use_threads=False)
    except Exception:  # noqa: BLE001  # as above
        problem = "not readable as Parquet: the row group is missing or broken"
        yield Record(place, None, problem, (group, 0), cuts_off=True)
        return
    row, problem = 0, "the row group ends early"
    while row < rows:
        try:
            found = documents(next(batches))
        except StopIteration:
            break
        except Exception:  # noqa: BLE001  # as above
            problem = "the row group is broken here"
            break
        for row, (document, unreadable) in enumerate(found, row + 1):  # noqa: B020  # it goes on from where it was
            yield Record(f"{place}, row {row}", document, unreadable, (group, row))
    last = min(rows, row + _MOST_LOST)
    for lost in range(row + 1, last + 1):
        yield Record(f"{place}, row {lost}", None, problem, (group, lost))
    if last < rows:
        problem = f"{problem}: {rows - last} rows are lost"
        yield Record(f"{place}, row {last + 1}", None, problem, (group, last + 1), cuts_off=True)


def _texts(arrow: ModuleType, batch: Any) -> list[_Found]:
    """Read a batch of one column of JSON text."""
    column = batch.column(0)
    while isinstance(column, arrow.ExtensionArray):
        column = column.storage
    return [_of_text(text) for text in column.cast(arrow.binary()).to_pylist()]


def _of_text(text: bytes | None) -> _Found:
    problem = "the document is NULL" if text is None else text_problem(text, len(text))
    return (text, None) if problem is None else (None, problem)


def _rows(arrow: ModuleType, row: Any) -> _ReadBatch:
    """Return what reads batches of nested columns."""
    stored, convert = _reading(arrow, row, ())

    def read(batch: Any) -> list[_Found]:
        return values(batch.to_struct_array())

    def values(rows: Any) -> list[_Found]:
        try:
            found = rows.cast(stored).to_pylist()
        except (arrow.ArrowException, ValueError):
            # A text that is no UTF-8, say, breaks all that is read with it.
            if len(rows) == 1:
                return [(None, "not readable as Arrow values")]
            return [value for index in range(len(rows)) for value in values(rows.slice(index, 1))]
        return list(map(document, found))

    def document(value: Any) -> _Found:
        try:
            return convert(value), None
        except _NotJsonError as error:
            return None, str(error)

    return read


def _reading(arrow: ModuleType, kind: Any, path: tuple[str, ...]) -> tuple[Any, _Convert]:
    """Return the type by which values are read exactly and fast, and what turns those into plain JSON values.

    Instants are read as integers, dictionaries as what stands in them, and lists as one kind of list.
    """
    types, name = arrow.types, ".".join(path)
    kind = _unwrapped(arrow, kind)
    if types.is_struct(kind):
        fields = {field.name: _reading(arrow, field.type, (*path, field.name)) for field in kind}
        stored = arrow.struct([field.with_type(fields[field.name][0]) for field in kind])
        return stored, _struct({key: convert for key, (_, convert) in fields.items()})
    if types.is_map(kind):
        (keys, _), (items, convert) = _reading(arrow, kind.key_type, path), _reading(arrow, kind.item_type, path)
        has_texts = keys in (arrow.string(), arrow.large_string())
        refuse = _refusal(f"{name} has keys of {kind.key_type}: expected text")
        return arrow.map_(keys, items), _map(_nullable(convert)) if has_texts else refuse
    if _is_any(arrow, kind, _LISTS):
        items, convert = _reading(arrow, kind.value_type, path)
        return arrow.list_(items), convert if convert is _as_it_is else _list(_nullable(convert))
    if types.is_timestamp(kind):
        return arrow.int64(), _instant(kind, name)
    if types.is_null(kind):
        return arrow.bool_(), _as_it_is  # left as they are, they are miscounted within lists and tables
    return kind, _as_it_is if _is_any(arrow, kind, _PLAIN) else _refusal(f"{name} is {kind}: expected JSON values")


def _unwrapped(arrow: ModuleType, kind: Any) -> Any:
    """Return the type of the values themselves, where they stand in a dictionary or have a meaning of their own."""
    while arrow.types.is_dictionary(kind) or isinstance(kind, arrow.BaseExtensionType):
        kind = kind.value_type if arrow.types.is_dictionary(kind) else kind.storage_type
    return kind


def _is_any(arrow: ModuleType, kind: Any, names: tuple[str, ...]) -> bool:
    """Return whether a type is one of some, by their names in `pyarrow.types`."""
    return any(getattr(arrow.types, f"is_{name}")(kind) for name in names)


def _as_it_is(value: Any) -> Any:
    return value


def _nullable(convert: _Convert) -> _Convert:
    return lambda value: None if value is None else convert(value)


def _list(convert: _Convert) -> _Convert:
    return lambda value: list(map(convert, value))


def _map(convert: _Convert) -> _Convert:
    return lambda value: {key: convert(item) for key, item in value}


def _struct(fields: dict[str, _Convert]) -> _Convert:
    return lambda value: {name: fields[name](item) for name, item in value.items() if item is not None}


def _refusal(problem: str) -> _Convert:
    def refuse(_: Any) -> Any:
        raise _NotJsonError(problem)

    return refuse


def _instant(kind: Any, name: str) -> _Convert:
    if kind.tz is None:
        return _refusal(f"{name} is a timestamp without a time zone")
    digits = _DIGITS[kind.unit]

    def convert(value: Any) -> Any:
        seconds, fraction = divmod(value, 10**digits)
        try:
            instant = _EPOCH + timedelta(seconds=seconds)
        except OverflowError:
            raise _NotJsonError(f"{name} is outside the calendar") from None
        text = instant.replace(tzinfo=None).isoformat()
        return f"{text}.{fraction:0{digits}}Z" if fraction else f"{text}Z"

    return convert
