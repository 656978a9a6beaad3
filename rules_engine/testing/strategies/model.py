"""A function for each model that generates its instances: everything that the model admits, from its annotations."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, Final, Literal, TypeVar, Union, get_args, get_origin

import attrs
from attrs import frozen
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy

from rules_engine.models import UNSET, Unset
from rules_engine.models.formats import Format
from rules_engine.nearest import did_you_mean
from rules_engine.testing.strategies.formats import FORMATS, INTEGERS, TEXTS, instants

M = TypeVar("M")

MOST_OBJECTS: Final = 3
"""The most objects by a key: facts are a dozen such maps, and with more in each few draws would be whole drafts."""

_PACKAGE: Final = "rules_engine.testing.strategies"
_NONE: Final[Mapping[str, Any]] = MappingProxyType({})


@frozen(repr=False)
class Source:
    """What the values of a type are drawn from.

    Attributes:
        formats: The values of each format.
        plain: The values of each type that has no parts.
        keys: The keys of objects by a key, of which there are up to `MOST_OBJECTS`.
        instances: The instances of a model.
        most: The most items of a list; None is any number.
    """

    formats: Mapping[Format, SearchStrategy[Any]]
    plain: Mapping[Any, SearchStrategy[Any]]
    keys: SearchStrategy[str]
    instances: Callable[[type], SearchStrategy[Any]]
    most: int | None = None

    def values(self, kind: Any) -> SearchStrategy[Any]:
        """Generate every value of a type that stands in a model.

        Args:
            kind: The annotation of a field.
        """
        origin = get_origin(kind)
        if origin is Annotated:
            return self.formats[get_args(kind)[1]]
        if origin in (Union, UnionType):
            return st.one_of([self.values(member) for member in reversed(get_args(kind))])
        if origin is Literal:
            return st.sampled_from(get_args(kind))
        if origin is tuple:
            return st.lists(self.values(get_args(kind)[0]), max_size=self.most).map(tuple)
        if origin is Mapping:
            return st.dictionaries(self.keys, self.values(get_args(kind)[1]), max_size=MOST_OBJECTS)
        return self.instances(kind) if attrs.has(kind) else self.plain[kind]


PLAIN: Final[Mapping[Any, SearchStrategy[Any]]] = {
    NoneType: st.none(),
    Unset: st.just(UNSET),
    bool: st.booleans(),
    int: INTEGERS,
    str: TEXTS,
    datetime: instants(),
    date: st.dates(),
}
"""All values of each type that has no parts."""


@cache
def _instances(cls: type) -> SearchStrategy[Any]:
    return built(cls)


admitted: Final = Source(FORMATS, PLAIN, TEXTS, _instances).values
"""Generates every value of a type."""


def itself(instance: M) -> M:
    """Fix nothing."""
    return instance


def built(
    cls: type[M],
    given: Mapping[str, SearchStrategy[Any]] = _NONE,
    admits: Mapping[str, SearchStrategy[Any]] = _NONE,
    fixed: Callable[[M], M] = itself,
) -> SearchStrategy[M]:
    """Generate instances of a model; a field that has a default is often left out.

    Args:
        cls: The class.
        given: The values of some fields, which are then never left out.
        admits: What some fields admit, where their type does not say it; the others admit all that their type does.
        fixed: What is done to each instance.
    """
    required = dict(given)
    optional: dict[str, SearchStrategy[Any]] = {}
    for field in attrs.fields(cls):  # type: ignore[arg-type]  # every model is an attrs class
        if field.name not in given:
            values = admits.get(field.name, deferred(admitted, field.type))
            (required if field.default is attrs.NOTHING else optional)[field.name] = values
    return _made(cls, st.fixed_dictionaries(required, optional=optional), fixed)


def deferred(make: Callable[..., SearchStrategy[Any]], *arguments: Any) -> SearchStrategy[Any]:
    """Make a strategy when it is first drawn from: the models of its values may hold each other."""
    return st.deferred(lambda: make(*arguments))


@st.composite
def _made(draw: st.DrawFn, cls: type[M], fields: SearchStrategy[dict[str, Any]], fixed: Callable[[M], M]) -> M:
    # Mapped, an instance would be reported as the call that made it, and not as what it is.
    return fixed(cls(**draw(fields)))


def plural(
    name: str,
    cls: type[M],
    *,
    types: Mapping[str, Any] = _NONE,
    always: Mapping[str, SearchStrategy[Any]] = _NONE,
    admits: Mapping[str, SearchStrategy[Any]] = _NONE,
    fixed: Callable[[M], M] = itself,
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
        fixed: What is done to each instance.
    """
    fields = {field.name: types.get(field.name, field.type) for field in attrs.fields(cls)}  # type: ignore[arg-type]  # every model is an attrs class

    def strategy(**given: Any) -> SearchStrategy[M]:
        values = {field: value for field, value in given.items() if value is not ...}
        _check(name, values, fields)
        return built(cls, {**always, **values}, admits, fixed)

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
