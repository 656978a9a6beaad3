"""The error tree of cattrs, as faults in document order."""

import enum
from collections.abc import Iterator
from functools import cache
from typing import Any

import attrs
from attrs import frozen
from cattrs.errors import (
    AttributeValidationNote,
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
    IterableValidationNote,
)

from rules_engine.path import Path
from rules_engine.wire.converter import InvalidValueError, camel_case


class FaultKind(enum.Enum):
    """What can be wrong with the shape of a document."""

    MISSING = "missing"
    INVALID = "invalid"
    UNKNOWN = "unknown"


@frozen
class ShapeFault:
    """One place where a document does not have the shape of its model.

    Attributes:
        kind: What is wrong.
        path: Where.
        expected: What was expected there; for an unknown key, the keys that are known.
        known: Those keys, one by one.
    """

    kind: FaultKind
    path: Path
    expected: str
    known: tuple[str, ...] = ()


def shape_faults(error: Exception, value: Any, path: Path = ()) -> Iterator[ShapeFault]:
    """Walk an error tree in document order.

    Keys come in the order they are written in; a key that is not there stands at the end of its object, in the order of
    the model.

    Args:
        error: What a converter raised.
        value: The plain value it was given.
        path: Where the value stands.
    """
    if isinstance(error, ClassValidationError):
        yield from _object_faults(error, value, path)
    elif isinstance(error, IterableValidationError):
        by_index = {_note(item, IterableValidationNote).index: item for item in error.exceptions}
        for index in value if isinstance(value, dict) else range(len(value)):
            if index in by_index:
                yield from shape_faults(by_index[index], value[index], (*path, index))
    elif isinstance(error, InvalidValueError):
        yield ShapeFault(FaultKind.INVALID, path, error.expected)
    else:
        raise error


def _object_faults(error: ClassValidationError, value: dict[str, Any], path: Path) -> Iterator[ShapeFault]:
    keys, listed = _keys(error.cl)
    failed: dict[str, Exception] = {}
    unknown: frozenset[str] = frozenset()
    for cause in error.exceptions:
        if isinstance(cause, ForbiddenExtraKeysError):
            unknown = frozenset(cause.extra_fields)
        else:
            failed[camel_case(_note(cause, AttributeValidationNote).name)] = cause
    for key, item in value.items():
        if key in unknown:
            yield ShapeFault(FaultKind.UNKNOWN, (*path, key), listed, keys)
        elif key in failed and not isinstance(failed[key], KeyError):
            yield from shape_faults(failed[key], item, (*path, key))
    for key in keys:
        if isinstance(failed.get(key), KeyError):
            yield ShapeFault(FaultKind.MISSING, (*path, key), "a value")


@cache
def _keys(model: type) -> tuple[tuple[str, ...], str]:
    """Name the keys of a model, and list them in one phrase."""
    keys = tuple(camel_case(field.name) for field in attrs.fields(model))
    return keys, f"one of {', '.join(keys)}" if keys else "no parameters"


def _note(error: BaseException, kind: Any) -> Any:
    return next(note for note in error.__notes__ if isinstance(note, kind))
