"""The form of a view, and what is known of a class of views beside its items: its axis, and where each comes from."""

import enum
import re
from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, Generic, ParamSpec, TypeVar, cast

import attrs
from attrs import define, frozen

from rules_engine.models import is_given
from rules_engine.path import Path

__all__ = ["INDEX", "Attribute", "Axis", "Reference", "Scope", "constructor", "scope", "scope_of", "view"]


P = ParamSpec("P")
S = TypeVar("S")

if TYPE_CHECKING:
    from attrs import frozen as view
else:
    # Views are built for every draft; a frozen class costs twice as much to build, and guards at run time only.
    view = define(eq=False, weakref_slot=False)


@view
class Reference:
    """An object that a draft refers to.

    Attributes:
        missing: Whether it is known not to exist.
        unknown: Whether it is not provided.
    """

    missing: bool
    unknown: bool


def constructor(view: Callable[P, S]) -> Callable[P, S]:
    """Return a function that builds a view of a class, by keyword, in half the time of the class itself.

    Calling a class by keyword collects the values in a dictionary first; a function does without, where it is given no
    more than fifteen.
    """
    fields: tuple[attrs.Attribute[Any], ...] = attrs.fields(cast("type[Any]", view))
    defaults = {field.name: field.default for field in fields if field.default is not attrs.NOTHING}
    arguments = ", ".join(f"{field.name}=None" if field.name in defaults else field.name for field in fields)
    assignments = "".join(f"    built.{field.name} = {field.name}\n" for field in fields)
    text = f"def build(*, {arguments}):\n    built = new(view)\n{assignments}    return built\n"
    names: dict[str, Any] = {"new": object.__new__, "view": view}
    exec(text, names)  # noqa: S102  # of the names of attributes, and of nothing else
    build: Callable[P, S] = names["build"]
    build.__kwdefaults__ = defaults
    return build


class Axis(enum.Enum):
    """What numbers the items of a scope; needs match index by index within one axis, and any index across two."""

    ROOT = "root"
    LINE = "line"
    DISCOUNT = "discount"
    CUSTOM_FIELD = "custom_field"
    PRODUCT = "product"
    CUSTOM_AMOUNT = "custom_amount"
    LOCKED_FIELD = "locked_field"
    FIXED_FIELD = "fixed_field"


@frozen
class Attribute:
    """In the place of a scope: an attribute of the view holds this part of the path."""

    name: str


INDEX: Final = Attribute("index")
PathPattern = tuple[str | int | Attribute, ...]
"""A path into the draft document, of which attributes of a view hold parts."""
Place = PathPattern | Callable[[Any], Path | None] | None
"""A pattern; or a function of the view; None where the view has it as its attribute `place`."""
Fields = str | tuple[str | None, ...] | None
"""The field of the request that items come from, with `i` for an index; "" for the request itself, None where they come
from none; several where they come from one of these."""


def _is_given(item: Any, param: str) -> bool:
    """Return whether the request of a view gives a field a value."""
    name = re.sub("([A-Z])", r"_\1", param.partition(".")[0]).lower()
    return is_given(getattr(getattr(item, "request", None), name, None))


@frozen(eq=False)
class Scope(Generic[S]):
    """What is known of a class of views.

    Attributes:
        name: Its name, under which `Views` have its items: that of the class.
        view: The class.
        axis: What numbers the items.
        place: Returns where an item comes from, as a path into the draft document; None for a stored discount that an
            update does not send, so that the rule has to name the field that brought it up.
        sent: Returns whether the request gives a field of the item a value; called where a rule names several.
        fields: The field of the request that the items come from; None for a header or a fact: a fault of it has no
            param.
        fields_in: The same for operations in which they come from elsewhere.
    """

    name: str
    view: type[S]
    axis: Axis
    place: Callable[[S], Path | None]
    sent: Callable[[S, str], bool]
    fields: Fields
    fields_in: Mapping[str, Fields]

    def fields_of(self, operation: str) -> tuple[str | None, ...]:
        """Return the fields of the request that its items come from in an operation."""
        fields = self.fields_in.get(operation, self.fields)
        return fields if isinstance(fields, tuple) else (fields,)


_SCOPES: Final[dict[type[Any], Scope[Any]]] = {}


def scope(
    place: Place = None,
    *,
    axis: Axis = Axis.ROOT,
    sent: Callable[[Any, str], bool] = _is_given,
    fields: Fields = "",
    fields_in: Mapping[str, Fields] | None = None,
) -> Callable[[type[S]], type[S]]:
    """Declare a class of views that rules read; the name of its scope is `custom_field` for `CustomFieldView`.

    Args:
        place: Where its items come from.
        axis: What numbers them.
        sent: Whether the request gives a field a value; by default, whether the attribute `request` of the view does.
        fields: The field of the request that they come from; follows from a place that is a path.
        fields_in: The same for operations in which they come from elsewhere.
    """

    def declare(view: type[S]) -> type[S]:
        name = re.sub("(?<=[a-z])([A-Z])", r"_\1", view.__name__.removesuffix("View")).lower()
        manual = _fields_at(place) if isinstance(place, tuple) and fields == "" else fields
        _SCOPES[view] = Scope(name, view, axis, _reader_of(place), sent, manual, fields_in or {})
        return view

    return declare


def scope_of(view: type[S]) -> Scope[S]:
    """Return the scope of a class of views.

    Raises:
        TypeError: It was not declared with `scope`.
    """
    if view not in _SCOPES:
        raise TypeError(f"no rule can read {view.__name__}: it is no class of `rules_engine.views` with a scope")
    return _SCOPES[view]


def _reader_of(place: Place) -> Callable[[Any], Path | None]:
    if place is None:
        return attrgetter("place")
    if callable(place):
        return place
    path = tuple(part for part in place if not isinstance(part, Attribute))
    if path == place:
        return lambda _: path
    return lambda view: path_of(view, place)


def path_of(view: Any, place: PathPattern) -> Path:
    """Return a place as a path, with the attributes of a view that hold parts of it."""
    return tuple(getattr(view, part.name) if isinstance(part, Attribute) else part for part in place)


def _fields_at(place: PathPattern) -> str | None:
    """Return what the manual calls a place: `lineItems[i].priceData`."""
    root, *parts = place
    if root == "request":
        return "".join("[i]" if part is INDEX else f".{part}" for part in parts).removeprefix(".")
    return "id" if root == "target" else None
