"""The fields of an update that nothing can change any more."""

from collections.abc import Iterable

from rules_engine.models import UNSET
from rules_engine.views.scope import Attribute, Axis, scope, view


@scope(
    ("request", Attribute("name")),
    axis=Axis.FIXED_FIELD,
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


def build_fixed_fields(fields: Iterable[tuple[str, object]]) -> list[FixedFieldView]:
    """Tell which fixed fields a request carries.

    Args:
        fields: What requests call each, and what this one says of it.
    """
    return [FixedFieldView(index, name, value is not UNSET) for index, (name, value) in enumerate(fields)]
