"""The fields of an update that nothing can change any more."""

from collections.abc import Iterable

from rules_engine.models import UNSET
from rules_engine.path import Path
from rules_engine.views.scope import Axis, Scope, view


@view
class FixedFieldView:
    """A field that is fixed once its object is made.

    Attributes:
        index: Its index among the fixed fields of the object.
        name: What requests call it.
        sent: Whether the request carries it.
    """

    index: int
    name: str
    sent: bool


def join_fixed_fields(fields: Iterable[tuple[str, object]]) -> list[FixedFieldView]:
    """Tell which fixed fields a request carries.

    Args:
        fields: What requests call each, and what this one says of it.
    """
    return [FixedFieldView(index, name, value is not UNSET) for index, (name, value) in enumerate(fields)]


def _place(field: FixedFieldView) -> Path:
    return ("request", field.name)


FIXED_FIELD = Scope(
    "fixed_field",
    FixedFieldView,
    Axis.FIXED_FIELD,
    _place,
    fields=(
        "percentOff",
        "amountOff",
        "currency",
        "duration",
        "durationInMonths",
        "maxDiscountAmount",
        "minValue",
        "maxRedemptions",
        "customerMaxRedemptions",
        "redeemBy",
        "appliesToProductIds",
    ),
    fields_in={
        "promotion_code.update": ("code", "coupon", "customerId", "maxRedemptions", "expiresAt", "restrictions")
    },
)
