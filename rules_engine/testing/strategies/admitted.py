"""Everything that a model admits, from its annotations."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, Final, Literal, TypeVar, Union, get_args, get_origin

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from rules_engine.models import UNSET, Unset
from rules_engine.testing.strategies.formats import FORMATS, INTEGERS, TEXTS
from rules_engine.testing.strategies.instant import instants

M = TypeVar("M")

MOST_OBJECTS: Final = 3
"""The most objects by a key: facts are a dozen such maps, and with more in each few draws would be whole drafts."""

_NONE: Final[Mapping[str, SearchStrategy[Any]]] = MappingProxyType({})
_PLAIN: Final[Mapping[Any, SearchStrategy[Any]]] = {
    NoneType: st.none(),
    Unset: st.just(UNSET),
    bool: st.booleans(),
    int: INTEGERS,
    str: TEXTS,
    datetime: instants(),
    date: st.dates(),
}


def admitted(kind: Any) -> SearchStrategy[Any]:
    """Generate every value of a type that stands in a model; of objects by a key, up to `MOST_OBJECTS`.

    Args:
        kind: The annotation of a field.
    """
    origin = get_origin(kind)
    if origin is Annotated:
        return FORMATS[get_args(kind)[1]]
    if origin in (Union, UnionType):
        return st.one_of([admitted(member) for member in reversed(get_args(kind))])
    if origin is Literal:
        return st.sampled_from(get_args(kind))
    if origin is tuple:
        return st.lists(admitted(get_args(kind)[0])).map(tuple)
    if origin is Mapping:
        return st.dictionaries(TEXTS, admitted(get_args(kind)[1]), max_size=MOST_OBJECTS)
    return _instances(kind) if attrs.has(kind) else _PLAIN[kind]


@cache
def _instances(cls: type) -> SearchStrategy[Any]:
    return built(cls)


def itself(instance: M) -> M:
    """Mend nothing."""
    return instance


def built(
    cls: type[M],
    given: Mapping[str, SearchStrategy[Any]] = _NONE,
    admits: Mapping[str, SearchStrategy[Any]] = _NONE,
    mended: Callable[[M], M] = itself,
) -> SearchStrategy[M]:
    """Generate instances of a model; a field that has a default is often left out.

    Args:
        cls: The class.
        given: The values of some fields, which are then never left out.
        admits: What some fields admit, where their type does not say it; the others admit all that their type does.
        mended: What is done to each instance.
    """
    required = dict(given)
    optional: dict[str, SearchStrategy[Any]] = {}
    for field in attrs.fields(cls):  # type: ignore[arg-type]  # every model is an attrs class
        if field.name not in given:
            values = admits[field.name] if field.name in admits else _deferred(field.type)
            (required if field.default is attrs.NOTHING else optional)[field.name] = values
    return _made(cls, st.fixed_dictionaries(required, optional=optional), mended)


def _deferred(kind: Any) -> SearchStrategy[Any]:
    return st.deferred(lambda: admitted(kind))


@st.composite
def _made(draw: st.DrawFn, cls: type[M], fields: SearchStrategy[dict[str, Any]], mended: Callable[[M], M]) -> M:
    # Mapped, an instance would be reported as the call that made it, and not as what it is.
    return mended(cls(**draw(fields)))
