"""What a request says of the amount that the buyer sets."""

from collections.abc import Sequence

from rules_engine.models.price import CustomUnitAmount
from rules_engine.models.unset import Unset
from rules_engine.path import Path
from rules_engine.subjects.scope import Axis, Scope, subject

_PLACE: Path = ("request", "customUnitAmount")


@subject
class CustomAmountSubject:
    """One of its amounts.

    Attributes:
        index: 0 is the minimum, 1 the maximum, 2 the preset.
        field: The API's name of it.
        amount: Minor units.
    """

    index: int
    field: str
    amount: int


@subject
class CustomUnitAmountSubject:
    """All of them.

    Attributes:
        minimum: The least that the buyer may set, in minor units.
        maximum: The most.
        preset: What is set until the buyer sets another.
    """

    minimum: int | None
    maximum: int | None
    preset: int | None


def join_custom_unit_amount(
    stated: CustomUnitAmount | Unset | None,
) -> tuple[Sequence[CustomUnitAmountSubject], Sequence[CustomAmountSubject]]:
    """Take what a request says apart, where it says anything."""
    if stated is None or isinstance(stated, Unset):
        return (), ()
    named = (("minimum", stated.minimum), ("maximum", stated.maximum), ("preset", stated.preset))
    amounts = [
        CustomAmountSubject(index, field, amount) for index, (field, amount) in enumerate(named) if amount is not None
    ]
    return (CustomUnitAmountSubject(stated.minimum, stated.maximum, stated.preset),), amounts


def _place(_: CustomUnitAmountSubject) -> Path:
    return _PLACE


def _amount_place(amount: CustomAmountSubject) -> Path:
    return (*_PLACE, amount.field)


CUSTOM_UNIT_AMOUNT = Scope("custom_unit_amount", CustomUnitAmountSubject, Axis.ROOT, _place)
CUSTOM_AMOUNT = Scope("custom_amount", CustomAmountSubject, Axis.CUSTOM_AMOUNT, _amount_place)
