"""What a request says of the amount that the buyer sets."""

from collections.abc import Sequence

from rules_engine.models import CustomUnitAmount, Unset
from rules_engine.path import Path
from rules_engine.views.scope import Attribute, Axis, scope, view

_PLACE: Path = ("request", "customUnitAmount")


@scope(
    ("request", "customUnitAmount", Attribute("field")),
    axis=Axis.CUSTOM_AMOUNT,
    fields=("customUnitAmount.minimum", "customUnitAmount.maximum", "customUnitAmount.preset"),
)
@view
class CustomAmountView:
    """One of its amounts.

    Attributes:
        index: 0 is the minimum, 1 the maximum, 2 the preset.
        field: The API's name of it.
        amount: Minor units.
    """

    index: int
    field: str
    amount: int


@scope(("request", "customUnitAmount"))
@view
class CustomUnitAmountView:
    """All of them.

    Attributes:
        minimum: The least that the buyer may set, in minor units.
        maximum: The most.
        preset: What is set until the buyer sets another.
    """

    minimum: int | None
    maximum: int | None
    preset: int | None


def build_custom_unit_amount(
    stated: CustomUnitAmount | Unset | None,
) -> tuple[Sequence[CustomUnitAmountView], Sequence[CustomAmountView]]:
    """Take what a request says apart, where it says anything."""
    if stated is None or isinstance(stated, Unset):
        return (), ()
    named = (("minimum", stated.minimum), ("maximum", stated.maximum), ("preset", stated.preset))
    amounts = [
        CustomAmountView(index, field, amount) for index, (field, amount) in enumerate(named) if amount is not None
    ]
    return (CustomUnitAmountView(stated.minimum, stated.maximum, stated.preset),), amounts
