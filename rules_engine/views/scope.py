"""What a rule stands on: the kind of view, the axis its items lie on, and where each of them comes from."""

import enum
from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from attrs import define, field, frozen

from rules_engine.path import Path

__all__ = ["Axis", "Scope", "view"]

S = TypeVar("S")

if TYPE_CHECKING:
    from attrs import frozen as view
else:
    # Views are built anew for every draft; a frozen class costs twice as much to build and guards only at run time.
    view = define(eq=False, weakref_slot=False)


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


def never_sent(_: Any, __: str) -> bool:
    """Tell nothing about the fields of a request: the first place that a rule names is the one."""
    return False


@frozen(eq=False)
class Scope(Generic[S]):
    """A kind of view.

    Attributes:
        name: Its name, which is also the attribute of `Views` that holds its items.
        view: The class of its items.
        axis: What numbers them.
        place: Where an item comes from, as a path into the draft document; None for a stored discount that an update
            does not send, so that the rule has to name the field that brought it up.
        sent: Whether the request carries a field of the item; asked where a rule names several.
        fields: The field of the request that its items come from, for the manual, with `i` for an index; "" for the
            request itself, None where they come from no field of it; several where they come from one of these.
        fields_in: The same for operations in which they come from elsewhere.
    """

    name: str
    view: type[S]
    axis: Axis
    place: Callable[[S], Path | None]
    sent: Callable[[S, str], bool] = never_sent
    fields: str | tuple[str | None, ...] | None = ""
    fields_in: Mapping[str, str | tuple[str | None, ...] | None] = field(factory=dict)
    select: Callable[[Any], Any] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Derive the getter of the items once; it is called for every draft."""
        object.__setattr__(self, "select", attrgetter(self.name))

    def fields_of(self, operation: str) -> tuple[str | None, ...]:
        """Return the fields of the request that its items come from in an operation."""
        fields = self.fields_in.get(operation, self.fields)
        return fields if isinstance(fields, tuple) else (fields,)
