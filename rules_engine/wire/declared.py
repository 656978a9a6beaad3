"""Documents that are declared once, as attrs classes: read, written, and described by a JSON Schema (2020-12)."""

import inspect
import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from functools import cache, reduce
from operator import or_
from types import UnionType
from typing import Annotated, Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

import attrs
from attrs import frozen
from cattrs import BaseValidationError, Converter
from cattrs.errors import AttributeValidationNote, IterableValidationNote
from cattrs.gen import make_dict_structure_fn

from rules_engine.path import Path, pointer_of
from rules_engine.wire.converter import InvalidValueError
from rules_engine.wire.json_text import DEEPEST, LONGEST_NUMBER

_LARGEST: Final[int] = 10**LONGEST_NUMBER
"""Every number of a document is smaller than that: what is added up can still be written."""
_DEEPEST: Final = 2 * DEEPEST
"""A draft is as deep as a draft may be, and a verdict on it holds parts of it."""

T = TypeVar("T")


@frozen(eq=False)
class Constraint:
    """What a value has to be beside its type; it stands in `Annotated`.

    Attributes:
        expected: How that is called in an error.
        admits: Whether a value of the type is such a one.
        schema: The keywords of JSON Schema that say the same.
    """

    expected: str
    admits: Callable[[Any], bool]
    schema: Mapping[str, Any]


def one_of(values: Collection[Any]) -> Constraint:
    """Admit some values only."""
    return Constraint(f"one of {', '.join(map(str, values))}", lambda value: value in values, {"enum": list(values)})


def matching(pattern: str) -> Constraint:
    """Admit texts that match a pattern from their start to their end."""
    return Constraint(f"a text like {pattern}", re.compile(pattern).fullmatch, {"pattern": f"^({pattern})$"})  # type: ignore[arg-type]  # a match is true


def every(names: Collection[str]) -> Constraint:
    """Admit objects that have all of their possible keys."""
    expected = f"an object with {', '.join(names)}"
    return Constraint(expected, lambda value: len(value) == len(names), {"minProperties": len(names)})


Count = Annotated[int, Constraint("an integer that is not negative", lambda value: value >= 0, {"minimum": 0})]
PlainObject = Annotated[
    Mapping[str, Any],
    Constraint(f"finite JSON, nested at most {_DEEPEST} deep", lambda value: _is_plain(value, _DEEPEST), {}),
]
"""An object of any keys and plain values, which can be written again."""


class InvalidDocumentError(ValueError):
    """A document is not what its declaration says.

    Attributes:
        expected: What should stand where it is wrong.
        pointer: RFC 6901 pointer to that place.
    """

    def __init__(self, expected: str, path: Path) -> None:
        """Keep what is expected, and where; the value itself may be a secret and is not kept."""
        self.expected = expected
        self.pointer = pointer_of(path)
        super().__init__(f"expected {expected} at {self.pointer or 'its root'}")


def read_declared(kind: type[T], document: Any) -> T:
    """Read plain values as an instance of a declaration.

    Args:
        kind: An attrs class, whose every field is a key of the document and has to be there.
        document: Dictionaries, lists, texts, numbers, booleans and None.

    Raises:
        InvalidDocumentError: A value is not what the declaration says, or a key is unknown or missing.
    """
    try:
        return _CONVERTER.structure(document, kind)
    except (BaseValidationError, InvalidValueError) as error:
        refusal = _refusal(error, ())
    # Raised here, it has no cause: those of cattrs carry the whole document along.
    raise refusal


def write_declared(value: Any) -> Any:
    """Turn an instance of a declaration into plain values, which `read_declared` reads back."""
    return _CONVERTER.unstructure(value)


def json_schema(kind: type, title: str) -> dict[str, Any]:
    """Describe the documents of a declaration; what a field is stands in the docstring of its class.

    Args:
        kind: An attrs class.
        title: What the documents are called.

    Raises:
        ModuleNotFoundError: `msgspec` is not installed.
    """
    import msgspec  # noqa: PLC0415  # an extra, which only whoever generates documentation needs

    schema = msgspec.json.schema(_translated(kind, msgspec.Meta))
    definitions = schema.pop("$defs")
    for definition in definitions.values():
        if "properties" in definition:
            definition["additionalProperties"] = False
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **definitions.pop(kind.__name__),
        "title": title,
        "$defs": definitions,
    }


def _refusal(error: BaseException, path: Path) -> InvalidDocumentError:
    """Find the first fault in an error of cattrs."""
    # The innermost place is noted first.
    for note in reversed(getattr(error, "__notes__", ())):
        if isinstance(note, AttributeValidationNote):
            path = (*path, note.name)
        elif isinstance(note, IterableValidationNote):
            path = (*path, note.index)
    if isinstance(error, BaseValidationError):
        return _refusal(error.exceptions[0], path)
    if isinstance(error, InvalidValueError):
        return InvalidDocumentError(error.expected, path)
    raise error


_Hook = Callable[[Any, Any], Any]


def _typed(kind: type, expected: str) -> _Hook:
    def structure(value: Any, _: Any) -> Any:
        # True is an integer to Python.
        if not isinstance(value, kind) or isinstance(value, bool) is not (kind is bool):
            raise InvalidValueError(expected)
        if isinstance(value, int) and abs(value) >= _LARGEST:
            raise InvalidValueError(expected)
        return value

    return structure


def _object_hook(kind: type, converter: Converter) -> _Hook:
    fields: _Hook = make_dict_structure_fn(kind, converter)
    names = attrs.fields_dict(kind)

    def structure(value: Any, _: Any) -> Any:
        if not isinstance(value, dict):
            raise InvalidValueError("an object")
        # A default is for whoever makes an instance; a document has all of its keys.
        for name in names:
            if name not in value:
                raise InvalidValueError(f"an object with {name}")
        for name in value:
            if name not in names:
                raise InvalidValueError(f"an object without {name}")
        return fields(value, kind)

    return structure


def _tuple_hook(kind: Any, converter: Converter) -> _Hook:
    inner, *rest = get_args(kind)
    hook = converter.get_structure_hook(inner)
    size = None if rest == [...] else 1 + len(rest)

    def structure(value: Any, _: Any) -> Any:
        if not isinstance(value, list | tuple) or size not in (None, len(value)):
            raise InvalidValueError("a list" if size is None else f"a list of {size}")
        return tuple(item for _, item in _each(enumerate(value), hook, inner))

    return structure


def _mapping_hook(kind: Any, converter: Converter) -> _Hook:
    name, inner = get_args(kind)
    name_hook, hook = converter.get_structure_hook(name), converter.get_structure_hook(inner)

    def structure(value: Any, _: Any) -> Any:
        if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
            raise InvalidValueError("an object")
        names = [read for _, read in _each(zip(value, value, strict=True), name_hook, name)]
        return dict(zip(names, (item for _, item in _each(value.items(), hook, inner)), strict=True))

    return structure


def _each(items: Iterable[tuple[Any, Any]], hook: _Hook, kind: Any) -> Iterator[tuple[Any, Any]]:
    for key, item in items:
        try:
            yield key, hook(item, kind)
        except (BaseValidationError, InvalidValueError) as error:
            error.add_note(IterableValidationNote("", key, kind))
            raise


def _enum_hook(kind: type[Enum], _: Converter) -> _Hook:
    members = {member.value: member for member in kind}

    def structure(value: Any, _: Any) -> Any:
        if not isinstance(value, str) or value not in members:
            raise InvalidValueError(f"one of {', '.join(members)}")
        return members[value]

    return structure


def _annotated_hook(kind: Any, converter: Converter) -> _Hook:
    inner, constraint = get_args(kind)
    hook = converter.get_structure_hook(inner)

    def structure(value: Any, _: Any) -> Any:
        read = hook(value, inner)
        if not constraint.admits(value):
            raise InvalidValueError(constraint.expected)
        return read

    return structure


def _is_plain(value: Any, levels: int) -> bool:
    # Most of a report is drafts and verdicts: to give every value of them its place would take most of the time.
    if value is None or isinstance(value, str | bool):
        return True
    if isinstance(value, dict):
        return levels > 0 and all(isinstance(name, str) and _is_plain(each, levels - 1) for name, each in value.items())
    if isinstance(value, list | tuple):
        return levels > 0 and all(_is_plain(each, levels - 1) for each in value)
    if isinstance(value, int):
        return abs(value) < _LARGEST
    return isinstance(value, float | Decimal) and math.isfinite(value)


def _of(*origins: Any) -> Callable[[Any], bool]:
    return lambda kind: get_origin(kind) in origins


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _build() -> Converter:
    converter = Converter(unstruct_collection_overrides={tuple: list})
    converter.register_structure_hook(str, _typed(str, "a text"))
    converter.register_structure_hook(bool, _typed(bool, "true or false"))
    converter.register_structure_hook(int, _typed(int, f"an integer of at most {LONGEST_NUMBER} digits"))
    converter.register_structure_hook_factory(attrs.has, _object_hook)
    converter.register_structure_hook_factory(_of(tuple), _tuple_hook)
    converter.register_structure_hook_factory(_of(Mapping, dict), _mapping_hook)
    converter.register_structure_hook_factory(_is_enum, _enum_hook)
    converter.register_structure_hook_factory(_of(Annotated), _annotated_hook)
    # Plain values stay as they are.
    converter.register_unstructure_hook_func(lambda kind: kind is PlainObject, lambda value: value)
    return converter


_CONVERTER: Final = _build()


@cache
def _translated(kind: Any, meta: Any) -> Any:
    """Put what msgspec understands in the place of constraints and of docstrings."""
    if attrs.has(kind):
        return _described(kind, meta)
    if get_origin(kind) is Annotated:
        inner, constraint = get_args(kind)
        return Annotated[_translated(inner, meta), meta(extra_json_schema=dict(constraint.schema))]
    arguments: tuple[Any, ...] = get_args(kind)
    translated = tuple(each if each is ... else _translated(each, meta) for each in arguments)
    if get_origin(kind) in (UnionType, Union):
        return reduce(or_, translated)
    return get_origin(kind)[translated] if translated else kind


def _described(kind: Any, meta: Any) -> type:
    said = documented_fields(kind)
    hints = get_type_hints(kind, include_extras=True)
    types: dict[str, Any] = {
        name: Annotated[_translated(hints[name], meta), meta(description=said[name])]
        for name in attrs.fields_dict(kind)
    }
    made = attrs.make_class(kind.__name__, {name: attrs.field(type=each) for name, each in types.items()})
    made.__doc__ = inspect.cleandoc(kind.__doc__).partition("\n")[0]
    return made


def documented_fields(kind: type) -> dict[str, str]:
    """Read what the sections `Attributes` of the docstrings of a class and its bases say of each field."""
    said: dict[str, str] = {}
    for each in reversed(kind.__mro__):
        section = inspect.cleandoc(each.__doc__ or "").partition("\nAttributes:\n")[2]
        found = re.findall(r"^    (\w+): (.*(?:\n {6,}.*)*)", section, re.MULTILINE)
        said |= {name: " ".join(text.split()) for name, text in found}
    return said
