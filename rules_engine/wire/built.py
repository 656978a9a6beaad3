"""Drafts that an application builds of the models itself: held to what a document is held to.

What has the very types of the models is taken as it is. Anything else is read as a document of the same values:
what equals a value of the model becomes that value, and what does not is refused at its place.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from functools import cache
from types import MappingProxyType, NoneType
from typing import Annotated, Any, Final, Literal, get_args, get_origin

import attrs

from rules_engine.exceptions import DraftError
from rules_engine.models import UNSET, Draft, Facts, Target, Unset
from rules_engine.models.formats import Format
from rules_engine.operations import OPERATIONS
from rules_engine.wire.converter import TEXT_FORMATS, is_union
from rules_engine.wire.facts import checked_facts
from rules_engine.wire.json_text import DEEPEST, LONGEST_NUMBER
from rules_engine.wire.keys import AdmittedKeys
from rules_engine.wire.read import as_checked, read_facts, read_request

_Check = Callable[[Any], bool]

_WALKED: Final = (dict, MappingProxyType)
_NOTHING: Final[Any] = MappingProxyType({})
_LARGEST: Final = 10**LONGEST_NUMBER


def read_built(draft: Draft[Any], keys: AdmittedKeys) -> Draft[Any]:
    """Read a draft that was built of models.

    Args:
        draft: The draft. It is checked once, so nothing in it may be changed afterwards.
        keys: The keys that are admitted where facts are documents.

    Returns:
        The same, where a document would be read into it; else what a document would be read into.

    Raises:
        DraftError: The draft is of no operation, or its request, target or id are not what its models declare.
        FactsError: The facts are not what their models declare, or contradict each other.
    """
    if draft.checked:
        return draft
    row = OPERATIONS.get(draft.operation)
    if row is None:
        raise DraftError("/operation", f"expected one of {', '.join(OPERATIONS)}")
    request = draft.request
    if not (draft.faults or isinstance(request, row.request)):
        raise DraftError("/request", f"expected {row.request.__name__}, the request of {draft.operation}")
    if not (draft.target is None or (type(draft.target) is Target and type(draft.target.id) is str)):
        raise DraftError("/target/id", "expected a string")
    if not isinstance(draft.id, str | None):
        raise DraftError("/id", "expected a string")
    facts = read_built_facts(draft.facts, keys)
    if not (draft.faults or _check(row.request)(request)):
        request, faults = read_request(draft.operation, request, of_python=True)
        if faults:
            raise DraftError(faults[0].pointer, "; ".join(f"expected {value}" for value in faults[0].evidence.values()))
    if facts is not draft.facts or request is not draft.request:
        draft = attrs.evolve(draft, facts=facts, request=request)
    return as_checked(draft)


def read_built_facts(facts: Facts, keys: AdmittedKeys) -> Facts:
    """Read facts that were built of models, as those of a draft are.

    A mapping of the application's own type, which may be a whole catalogue, is taken as it is: only what a request
    names is looked up in it.

    Raises:
        FactsError: They are not what their models declare, or contradict each other.
    """
    if _check(Facts)(facts):
        return checked_facts(facts)
    if not isinstance(facts, Facts):
        return read_facts(facts, keys)
    parts = {name: getattr(facts, name) for name in attrs.fields_dict(Facts)}
    own: dict[str, Any] = {
        name: part for name, part in parts.items() if isinstance(part, Mapping) and type(part) not in _WALKED
    }
    if own:
        rest = read_built_facts(attrs.evolve(facts, **dict.fromkeys(own, _NOTHING)), keys)
        return attrs.evolve(rest, **own)
    return read_facts(facts, keys)


@cache
def _check(kind: Any) -> _Check:
    """Return what tells whether a value is of the very type that a reader would make of it."""
    origin, arguments = get_origin(kind), get_args(kind)
    if attrs.has(kind):
        return _model_check(kind)
    if origin is Literal:
        return lambda value: type(value) is str and value in arguments
    if origin is Annotated:
        return _format_check(arguments[1])
    if is_union(kind):
        return _union_check(arguments)
    if origin in (tuple, Mapping):
        return _items_check(origin, _check(arguments[0 if origin is tuple else 1]))
    return _PLAIN[kind]


def _items_check(origin: Any, item: _Check) -> _Check:
    if origin is tuple:
        return lambda value: type(value) is tuple and all(map(item, value))
    return lambda value: _is_object(value) and all(map(item, value.values()))


def _union_check(members: tuple[Any, ...]) -> _Check:
    (kind,) = (member for member in members if member not in (NoneType, Unset))
    inner, nullable, may_be_unset = _check(kind), NoneType in members, Unset in members
    if kind is str and nullable and not may_be_unset:
        return lambda value: value is None or type(value) is str
    return lambda value: nullable if value is None else may_be_unset if value is UNSET else inner(value)


def _model_check(model: type) -> _Check:
    """Write a check: `type(it) is model and ((part := it.id) is default_id or type(part) is str) and ...`."""
    names: dict[str, Any] = {"model": model}
    conditions = ["type(it) is model"]
    for field in attrs.fields(model):
        # Most fields have their default, which is one object.
        names[f"default_{field.name}"] = object() if field.default is attrs.NOTHING else field.default
        names[f"check_{field.name}"] = _check(field.type)
        check = "type(part) is str" if field.type is str else f"check_{field.name}(part)"
        conditions.append(f"((part := it.{field.name}) is default_{field.name} or {check})")
    exec(f"def check(it): return {' and '.join(conditions)}", names)  # noqa: S102  # written from the names of the model's fields
    written: _Check = names["check"]
    return written


def _is_object(value: Any) -> bool:
    return type(value) in _WALKED and all(type(key) is str for key in value)


def _is_integer(value: Any) -> bool:
    return type(value) is int and -_LARGEST < value < _LARGEST


def _is_decimal(value: Any) -> bool:
    return type(value) is Decimal and value.is_finite()


def _is_free(value: Any, levels: int = DEEPEST // 2) -> bool:
    items = value.values() if _is_object(value) else value if type(value) is list else None
    if items is not None:
        return levels > 0 and all(_is_free(item, levels - 1) for item in items)
    return value is None or type(value) in (str, bool) or _is_integer(value) or _is_decimal(value)


_PLAIN: Final[Mapping[Any, _Check]] = {
    str: lambda value: type(value) is str,
    bool: lambda value: type(value) is bool,
    int: _is_integer,
    datetime: lambda value: type(value) is datetime and value.utcoffset() is not None,
}
_FORMATS: Final[Mapping[Format, _Check]] = {
    Format.NON_NEGATIVE: lambda value: _is_integer(value) and value >= 0,
    Format.NUMBER: lambda value: _is_integer(value) or _is_decimal(value),
    Format.DECIMAL_TEXT: _is_decimal,
    Format.RATE: lambda value: _is_decimal(value) and value > 0,
    Format.METADATA: lambda value: type(value) in (dict, list) and _is_free(value),
    Format.JSON_OBJECT: lambda value: type(value) is dict and _is_free(value),
}


def _format_check(known: Format) -> _Check:
    has_format = TEXT_FORMATS.get(known)
    return _FORMATS[known] if has_format is None else lambda value: type(value) is str and has_format(value)
