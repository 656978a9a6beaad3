"""Draft documents as a report may show them: what is secret is hidden, everything else stands as it was."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args

import attrs

from rules_engine.models import Facts
from rules_engine.operations import OPERATIONS
from rules_engine.path import HIDDEN, shown
from rules_engine.wire.converter import camel_case


def redacted(value: Any) -> Any:
    """Copy plain values, with `***` in the place of each secret: of names that have the form of one, the value too.

    Args:
        value: Plain values, no more deeply nested than a document may be.
    """
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, Mapping):
        return dict(_redacted(key, item) for key, item in value.items())
    if isinstance(value, list | tuple):
        return [redacted(item) for item in value]
    return value


def _redacted(key: str, item: Any) -> tuple[str, Any]:
    name = shown(key)
    is_secret = name is not key or key in _secret_keys()
    return name, HIDDEN if is_secret and item else redacted(item)


@cache
def _secret_keys() -> frozenset[str]:
    """Name the fields that the models keep out of their representations: those are the secrets."""
    seen: set[type] = set()
    models = (*(operation.request for operation in OPERATIONS.values()), Facts)
    return frozenset(name for model in models for name in _secret_fields(model, seen))


def _secret_fields(model: type, seen: set[type]) -> Iterator[str]:
    if model in seen:
        return
    seen.add(model)
    for field in attrs.fields(model):
        if not field.repr:
            yield camel_case(field.name)
        for inner in _models_of(field.type):
            yield from _secret_fields(inner, seen)


def _models_of(kind: Any) -> Iterator[type]:
    if isinstance(kind, type) and attrs.has(kind):
        yield kind
    for argument in get_args(kind):
        yield from _models_of(argument)
