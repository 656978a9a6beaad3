"""A function for each model that generates its instances, made from the fields of the model."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeVar

import attrs
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy

from rules_engine.nearest import did_you_mean
from rules_engine.testing.strategies.admitted import built

M = TypeVar("M")

_NONE: Final[Mapping[str, SearchStrategy[Any]]] = MappingProxyType({})


def _itself(instance: M) -> M:
    return instance


def plural(
    name: str,
    cls: type[M],
    *,
    always: Mapping[str, SearchStrategy[Any]] = _NONE,
    admits: Mapping[str, SearchStrategy[Any]] = _NONE,
    mended: Callable[[M], M] = _itself,
) -> Callable[..., SearchStrategy[M]]:
    """Make the function that generates the instances of a model.

    It takes a strategy for each field, by keyword. A field that is not named, or is `...`, has everything that the
    model admits, and is often left out where it has a default.

    Args:
        name: The name of the function.
        cls: The model.
        always: What some fields hold where they are not named; they are never left out.
        admits: What some fields admit, where their type does not say it.
        mended: What is done to each instance.
    """
    fields = attrs.fields_dict(cls)  # type: ignore[arg-type]  # every model is an attrs class

    def strategy(**given: Any) -> SearchStrategy[M]:
        values = {field: value for field, value in given.items() if value is not ...}
        _check(name, values, fields)
        return built(cls, {**always, **values}, admits).map(mended)

    strategy.__name__ = strategy.__qualname__ = name
    strategy.__doc__ = _documentation(cls, fields.values())
    strategy.__signature__ = _signature(cls, fields.values())  # type: ignore[attr-defined]  # `inspect.signature` reads it
    return strategy


def _check(name: str, values: Mapping[str, object], fields: Iterable[str]) -> None:
    for field, value in values.items():
        if field not in fields:
            raise InvalidArgument(f"{name} has no field {field}{did_you_mean(field, fields)}")
        if not isinstance(value, SearchStrategy):
            raise InvalidArgument(f"{name}: {field} takes a strategy, such as st.just(...), and not {value!r}")


def _shown(kind: Any) -> str:
    return inspect.formatannotation(kind).replace("rules_engine.models.", "")


def _documentation(cls: type, fields: Iterable[attrs.Attribute[Any]]) -> str:
    lines = [f"Generate instances of `{cls.__module__}.{cls.__name__}`; each argument is a strategy of a field."]
    described = [
        f"    {field.name}: `{_shown(field.type)}`{'' if field.default is attrs.NOTHING else ', often left out'}."
        for field in fields
    ]
    return "\n".join([*lines, *(["", "Args:", *described] if described else [])])


def _signature(cls: type, fields: Iterable[attrs.Attribute[Any]]) -> inspect.Signature:
    parameters = [
        inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=...,
            annotation=SearchStrategy[field.type],  # type: ignore[name-defined]  # made at run time
        )
        for field in fields
    ]
    return inspect.Signature(parameters, return_annotation=SearchStrategy[cls])  # type: ignore[valid-type]  # made at run time
