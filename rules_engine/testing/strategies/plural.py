"""A function for each model that generates its instances, made from the fields of the model."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeVar

import attrs
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy

from rules_engine.nearest import did_you_mean
from rules_engine.testing.strategies.admitted import built, itself

M = TypeVar("M")

_PACKAGE: Final = "rules_engine.testing.strategies"
_NONE: Final[Mapping[str, Any]] = MappingProxyType({})


def plural(
    name: str,
    cls: type[M],
    *,
    types: Mapping[str, Any] = _NONE,
    always: Mapping[str, SearchStrategy[Any]] = _NONE,
    admits: Mapping[str, SearchStrategy[Any]] = _NONE,
    mended: Callable[[M], M] = itself,
) -> Callable[..., SearchStrategy[M]]:
    """Make the function that generates the instances of a model.

    It takes a strategy for each field, by keyword. A field that is not named, or is `...`, has everything that the
    model admits, and is often left out where it has a default.

    Args:
        name: The name of the function.
        cls: The model.
        types: The types of fields whose annotation does not say it all.
        always: What some fields hold where they are not named; they are never left out.
        admits: What some fields admit, where their type does not say it.
        mended: What is done to each instance.
    """
    fields = {field.name: types.get(field.name, field.type) for field in attrs.fields(cls)}  # type: ignore[arg-type]  # every model is an attrs class

    def strategy(**given: Any) -> SearchStrategy[M]:
        values = {field: value for field, value in given.items() if value is not ...}
        _check(name, values, fields)
        return built(cls, {**always, **values}, admits, mended)

    strategy.__name__ = strategy.__qualname__ = name
    strategy.__module__ = _PACKAGE
    strategy.__doc__ = _documentation(cls, fields)
    strategy.__signature__ = _signature(cls, fields)  # type: ignore[attr-defined]  # for `inspect.signature` to read
    return strategy


def _check(name: str, values: Mapping[str, object], fields: Iterable[str]) -> None:
    for field, value in values.items():
        if field not in fields:
            known = did_you_mean(field, fields) or f"; its fields are {', '.join(fields) or 'none'}"
            raise InvalidArgument(f"{name} has no field {field}{known}")
        if not isinstance(value, SearchStrategy):
            raise InvalidArgument(f"{name}: {field} takes a strategy, such as st.just(...), and not {value!r}")


def _documentation(cls: type, fields: Mapping[str, Any]) -> str:
    summary = f"Generate every `{cls.__name__}` of `{cls.__module__}`."
    arguments = [f"    {field}: A strategy of `{_shown(kind)}`." for field, kind in fields.items()]
    return "\n".join([summary, "", "Args:", *arguments] if arguments else [summary])


def _shown(kind: Any) -> str:
    return inspect.formatannotation(kind).replace("rules_engine.models.", "")


def _signature(cls: type, fields: Mapping[str, Any]) -> inspect.Signature:
    parameters = [
        inspect.Parameter(
            field,
            inspect.Parameter.KEYWORD_ONLY,
            default=...,
            annotation=SearchStrategy[kind],  # type: ignore[valid-type]  # made at run time
        )
        for field, kind in fields.items()
    ]
    return inspect.Signature(parameters, return_annotation=SearchStrategy[cls])  # type: ignore[valid-type]  # made at run time
