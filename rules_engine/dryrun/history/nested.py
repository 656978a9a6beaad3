"""Rows of nested columns as documents: what a value of each Arrow type is in JSON."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any

Conversion = Callable[[Any], Any]
"""What turns one value, as Arrow gives it to Python, into plain JSON values; NULL is never asked."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DIGITS = {"s": 0, "ms": 3, "us": 6, "ns": 9}
_LISTS = ("list", "large_list", "fixed_size_list", "list_view", "large_list_view")
_PLAIN = ("boolean", "integer", "floating", "decimal", "null", "string", "large_string", "string_view")


class NotJsonError(ValueError):
    """A value that JSON has no word for; the text names its column."""


class Nested:
    """How rows of one type are read."""

    def __init__(self, arrow: ModuleType, row: Any) -> None:
        """Prepare.

        Args:
            arrow: The library `pyarrow`.
            row: The Arrow type of a row, a struct.
        """
        self._arrow = arrow
        self._stored = self._storage(row)
        self._conversion = self._of(row, ()) or _as_it_is

    def values(self, rows: Any) -> list[dict[str, Any] | NotJsonError]:
        """Read rows: a document for each, or what is wrong with it.

        Args:
            rows: An Arrow array of the type that this was prepared for.
        """
        try:
            found = rows.cast(self._stored).to_pylist()
        except (self._arrow.ArrowException, ValueError):
            # A text that is no UTF-8, say, breaks all that is read with it.
            if len(rows) == 1:
                return [NotJsonError("not readable as Arrow values")]
            return [value for index in range(len(rows)) for value in self.values(rows.slice(index, 1))]
        return [self._value(row) for row in found]

    def _value(self, row: Any) -> dict[str, Any] | NotJsonError:
        try:
            document: dict[str, Any] = self._conversion(row)
        except NotJsonError as error:
            return error
        return document

    def _storage(self, kind: Any) -> Any:
        """Give the type that can be read exactly and fast: instants as integers, no dictionaries, one kind of list."""
        arrow, types = self._arrow, self._arrow.types
        kind = unwrapped(arrow, kind)
        if types.is_timestamp(kind):
            return arrow.int64()
        if types.is_null(kind):
            return arrow.bool_()  # left as they are, they are miscounted within lists and tables
        if types.is_struct(kind):
            return arrow.struct([field.with_type(self._storage(field.type)) for field in kind])
        if types.is_map(kind):
            return arrow.map_(self._storage(kind.key_type), self._storage(kind.item_type))
        if is_any(types, kind, _LISTS):
            return arrow.list_(self._storage(kind.value_type))
        return kind

    def _of(self, kind: Any, path: tuple[str, ...]) -> Conversion | None:
        """Give how values of a type are read; None where they are plain already."""
        types = self._arrow.types
        kind = unwrapped(self._arrow, kind)
        if types.is_struct(kind):
            return _struct({field.name: self._of(field.type, (*path, field.name)) or _as_it_is for field in kind})
        if types.is_map(kind):
            return self._map(kind, path)
        if is_any(types, kind, _LISTS):
            return _list(self._of(kind.value_type, path))
        if is_any(types, kind, _PLAIN):
            return None
        name = ".".join(path)
        return _instant(kind, name) if types.is_timestamp(kind) else _refusal(f"{name} is {kind}: expected JSON values")

    def _map(self, kind: Any, path: tuple[str, ...]) -> Conversion:
        if self._storage(kind.key_type) not in (self._arrow.string(), self._arrow.large_string()):
            return _refusal(f"{'.'.join(path)} has keys of {kind.key_type}: expected text")
        return _table(self._of(kind.item_type, path) or _as_it_is)


def unwrapped(arrow: ModuleType, kind: Any) -> Any:
    """Give the type of the values themselves, where they stand in a dictionary or have a meaning of their own."""
    while arrow.types.is_dictionary(kind) or isinstance(kind, arrow.BaseExtensionType):
        kind = kind.value_type if arrow.types.is_dictionary(kind) else kind.storage_type
    return kind


def is_any(types: ModuleType, kind: Any, names: tuple[str, ...]) -> bool:
    """Tell whether a type is one of some, by their names in `pyarrow.types`."""
    return any(getattr(types, f"is_{name}")(kind) for name in names)


def _as_it_is(value: Any) -> Any:
    return value


def _struct(fields: dict[str, Conversion]) -> Conversion:
    def convert(value: Any) -> Any:
        return {name: fields[name](item) for name, item in value.items() if item is not None}

    return convert


def _table(item_of: Conversion) -> Conversion:
    def convert(value: Any) -> Any:
        return {key: None if item is None else item_of(item) for key, item in value}

    return convert


def _list(item_of: Conversion | None) -> Conversion | None:
    if item_of is None:
        return None

    def convert(value: Any) -> Any:
        return [None if item is None else item_of(item) for item in value]

    return convert


def _refusal(problem: str) -> Conversion:
    def refuse(_: Any) -> Any:
        raise NotJsonError(problem)

    return refuse


def _instant(kind: Any, name: str) -> Conversion:
    if kind.tz is None:
        return _refusal(f"{name} is a timestamp without a time zone")
    digits = _DIGITS[kind.unit]

    def convert(value: Any) -> Any:
        seconds, fraction = divmod(value, 10**digits)
        try:
            instant = _EPOCH + timedelta(seconds=seconds)
        except OverflowError:
            raise NotJsonError(f"{name} is outside the calendar") from None
        text = instant.replace(tzinfo=None).isoformat()
        return f"{text}.{fraction:0{digits}}Z" if fraction else f"{text}Z"

    return convert
