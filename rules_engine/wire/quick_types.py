"""Structs of msgspec, derived from the models: they admit what the converters admit, or less, and look like the models.

What msgspec checks by itself is left to it. The rest (instants, texts of a format, exact numbers, free JSON) is checked
by the converters' own functions, in one function a struct, which is written here from the model's fields.

A plain struct admits only the forms that nearly everybody sends, such as integers for numbers and flat metadata: what
msgspec checks costs far less than what Python does. A document with any other form is decoded once more.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from functools import cache, lru_cache
from types import GenericAlias, NoneType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

import attrs
import msgspec
from attrs import frozen
from msgspec.structs import force_setattr

from rules_engine.models.formats import Format
from rules_engine.models.unset import UNSET, Unset
from rules_engine.wire.converter import PLAIN_URL, TEXT_FORMATS, camel_case, is_union, read_number
from rules_engine.wire.dates import read_instant
from rules_engine.wire.json_text import LONGEST_NUMBER

_INTEGER: Final = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
_LARGEST: Final = 10**LONGEST_NUMBER
_DEEPEST_FREE: Final = 32
"""The deepest free JSON that is admitted: with what it stands in, far from the deepest that the caps admit."""
_MOST_INSTANTS: Final = 4096
"""How many instants are kept read: the windows of prices and coupons stand in one draft after the other."""


@frozen
class _Field:
    """How a field is decoded.

    Attributes:
        kind: What msgspec decodes.
        finish: What is still to be done with the value: takes it, and returns it as the model has it.
        shortcuts: What stands for `finish` with most values: a condition in Python, and what the value is then.
    """

    kind: Any
    finish: Callable[[Any], Any] | None = None
    shortcuts: tuple[tuple[str, str], ...] = ()


def _free(value: dict[str, Any] | list[Any]) -> Any:
    """Check free JSON: what msgspec has built, no cap bounds yet."""
    if not _within(value, _DEEPEST_FREE):
        raise ValueError("too much")
    return value


def _within(value: dict[str, Any] | list[Any], levels: int) -> bool:
    for item in value.values() if isinstance(value, dict) else value:
        kind = type(item)
        if kind is str:
            continue
        if kind is int and not -_LARGEST < item < _LARGEST:
            return False
        if kind in (dict, list) and not (levels and _within(item, levels - 1)):
            return False
    return True


def _text_of(known: Format) -> Callable[[str], str]:
    has_format = TEXT_FORMATS[known]

    def finish(text: str) -> str:
        if not has_format(text):
            raise ValueError(known.value)
        return text

    return finish


def _number_of(known: Format) -> Callable[[Any], int | Decimal]:
    def finish(value: Any) -> int | Decimal:
        if type(value) is not int:
            return read_number(value, known)
        if not -_LARGEST < value < _LARGEST or (known is Format.RATE and value <= 0):
            raise ValueError(known.value)
        return value if known is Format.NUMBER else Decimal(value)

    return finish


_OBJECT: Final = GenericAlias(dict, (str, Any))
_URL: Final = _Field(Annotated[str, msgspec.Meta(pattern=rf"\A(?:{PLAIN_URL})\Z")])
_FLAT: Final = _Field(GenericAlias(dict, (str, str)))
_DECIMAL: Final = ("type(value) is Decimal", "value")
_POSITIVE: Final = ("type(value) is Decimal and value > 0", "value")
_WHOLE: Final = ("type(value) is int and 0 < value < LARGEST", "Decimal(value)")
_PLAIN_FORMATS: Mapping[Format, _Field] = {
    **dict.fromkeys((Format.URL, Format.HTTPS_URL), _URL),
    Format.NUMBER: _Field(_INTEGER),
    **dict.fromkeys((Format.METADATA, Format.JSON_OBJECT), _FLAT),
}
_FORMATS: Mapping[Format, _Field] = {
    **{known: _Field(str, _text_of(known)) for known in TEXT_FORMATS},
    Format.LABEL: _Field(Annotated[str, msgspec.Meta(min_length=1)]),
    # Typed as a number, msgspec would read one that is written as a string, in more spellings than we do.
    Format.NUMBER: _Field(Any, _number_of(Format.NUMBER)),
    Format.DECIMAL_TEXT: _Field(Any, _number_of(Format.DECIMAL_TEXT), (_DECIMAL, _WHOLE)),
    Format.RATE: _Field(Any, _number_of(Format.RATE), (_POSITIVE, _WHOLE)),
    Format.METADATA: _Field(_OBJECT | list[Any], _free),
    Format.JSON_OBJECT: _Field(_OBJECT, _free),
}
_PLAIN: Mapping[Any, _Field] = {
    str: _Field(str),
    bool: _Field(bool),
    int: _Field(_INTEGER),
    # Read by msgspec, an instant may have a blank for the T, and is rounded.
    datetime: _Field(str, lru_cache(maxsize=_MOST_INSTANTS)(read_instant)),
}


def _field(kind: Any, *, strict: bool, plain: bool) -> _Field:
    if kind in _PLAIN:
        return _PLAIN[kind]
    if attrs.has(kind):
        return _Field(struct_of(kind, strict=strict, plain=plain))
    origin = get_origin(kind)
    if origin is Literal:
        return _Field(kind)
    if origin is Annotated:
        known = get_args(kind)[1]
        return _PLAIN_FORMATS[known] if plain and known in _PLAIN_FORMATS else _FORMATS[known]
    if is_union(kind):
        members = get_args(kind)
        (inner,) = (member for member in members if member not in (NoneType, Unset))
        field = _field(inner, strict=strict, plain=plain)
        return attrs.evolve(field, kind=Union[field.kind, None]) if NoneType in members else field  # noqa: UP007  # a kind may be Any
    item = _field(get_args(kind)[0 if origin is tuple else 1], strict=strict, plain=plain)
    if item.finish is not None:
        raise TypeError(f"{kind}: items that msgspec alone cannot check")
    return _Field(GenericAlias(tuple, (item.kind, ...)) if origin is tuple else GenericAlias(dict, (str, item.kind)))


@cache
def struct_of(model: type, *, strict: bool, plain: bool) -> type[msgspec.Struct]:
    """Derive the struct of a model.

    Args:
        model: The model.
        strict: Whether it is a request's: no keys are admitted but those of the model, and null only where it has None.
        plain: Whether only plain forms are admitted; in facts, no unknown keys then, nor null for other defaults.
    """
    defaults_for_null = not strict and not plain
    fields: list[tuple[str, Any, Any]] = []
    lines: list[str] = []
    names: dict[str, Any] = {"UNSET": UNSET, "Decimal": Decimal, "LARGEST": _LARGEST, "put": force_setattr}
    for attribute in attrs.fields(model):
        name = attribute.name
        field = _field(attribute.type, strict=strict, plain=plain)
        required = attribute.default is attrs.NOTHING
        default = msgspec.NODEFAULT if required else attribute.default
        kind = field.kind
        if not strict and default is not None and NoneType in get_args(attribute.type):
            raise TypeError(f"{model.__name__}.{name}: null in facts is absent, and so no value")
        if defaults_for_null and not required and default is not None:
            kind = Union[kind, None]  # noqa: UP007  # a kind may be Any
            names[f"default_{name}"] = default
            lines += [f"if self.{name} is None:", f" put(self, {name!r}, default_{name})"]
        fields.append((name, kind, default))
        if field.finish is not None:
            names[f"finish_{name}"] = field.finish
            lines.append(f"value = self.{name}")
            lines += _finishing(attribute, field)
    return defined(model, fields, lines, names, known=strict or plain)


def _finishing(attribute: "attrs.Attribute[Any]", field: _Field) -> Iterator[str]:
    """Write what is to be done with the value of a field."""
    members = () if attribute.default is attrs.NOTHING else get_args(attribute.type)
    shortcuts = [
        *([("value is None", "value")] if NoneType in members else []),
        *([("value is UNSET", "value")] if Unset in members else []),
        *field.shortcuts,
    ]
    word = "if"
    for condition, expression in (*shortcuts, ("True", f"finish_{attribute.name}(value)")):
        yield f"{word} {condition}:"
        yield " pass" if expression == "value" else f" put(self, {attribute.name!r}, {expression})"
        word = "elif"


def defined(
    model: type, fields: list[tuple[str, Any, Any]], lines: list[str], names: dict[str, Any], *, known: bool
) -> type[msgspec.Struct]:
    """Define a struct that looks like a model.

    Args:
        model: The model.
        fields: Its fields: names, kinds and defaults.
        lines: What is still to be done with their values, line by line.
        names: What these lines name.
        known: Whether no keys are admitted but those of the fields.
    """
    namespace: dict[str, Any] = {
        # The joins ask what a part is an instance of, and only of the models.
        "__class__": property(lambda _: model),
        # The fields may be secrets.
        "__repr__": lambda _: f"<{model.__name__}>",
    }
    if lines:
        exec("def finish(self):\n " + "\n ".join(lines), names)  # noqa: S102  # written from the names of our own fields
        namespace["__post_init__"] = names["finish"]
    return msgspec.defstruct(
        model.__name__,
        fields,
        namespace=namespace,
        rename=camel_case,
        forbid_unknown_fields=known,
        frozen=True,
        kw_only=True,
        gc=False,
    )
