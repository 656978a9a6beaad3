"""What a price may say of the amount that the buyer sets. Source: XPay's page of the call that saves a price."""

from rules_engine import codes
from rules_engine.rules.declaration import rule
from rules_engine.rules.limits import MAX_UNIT_AMOUNT
from rules_engine.subjects.context import Context
from rules_engine.subjects.custom_unit_amount import (
    CUSTOM_AMOUNT,
    CUSTOM_UNIT_AMOUNT,
    CustomAmountSubject,
    CustomUnitAmountSubject,
)
from rules_engine.violation import Evidence


def _bounds(custom: CustomUnitAmountSubject, _: Context) -> Evidence:
    return {"minimum": custom.minimum, "maximum": custom.maximum, "preset": custom.preset}


@rule(
    codes.AMOUNT_INVALID,
    on=CUSTOM_AMOUNT,
    limits=(MAX_UNIT_AMOUNT,),
    evidence=lambda custom, ctx: {"amount": custom.amount, "minimum": 1, "maximum": ctx.limits[MAX_UNIT_AMOUNT]},
)
def custom_amount_out_of_range(custom: CustomAmountSubject, ctx: Context) -> bool:
    """An amount that bounds or presets what the buyer sets is below one or above the maximum.

    As much as the limit is fine. XPay's schema: at least 1; it states no maximum, and that of a unit amount is taken,
    because what the buyer sets becomes one.
    """
    return custom.amount < 1 or custom.amount > ctx.limits[MAX_UNIT_AMOUNT]


@rule(
    codes.AMOUNT_INVALID,
    on=CUSTOM_UNIT_AMOUNT,
    param="maximum",
    needs=(custom_amount_out_of_range,),
    evidence=_bounds,
)
def custom_range_empty(custom: CustomUnitAmountSubject, _: Context) -> bool:
    """The greatest amount that the buyer may set is below the least.

    Equal is fine. No source states it, and no buyer could ever pay such a price.
    """
    return custom.minimum is not None and custom.maximum is not None and custom.maximum < custom.minimum


@rule(
    codes.AMOUNT_INVALID,
    on=CUSTOM_UNIT_AMOUNT,
    param="preset",
    needs=(custom_amount_out_of_range, custom_range_empty),
    evidence=_bounds,
)
def preset_out_of_range(custom: CustomUnitAmountSubject, _: Context) -> bool:
    """The amount that is preset is one that the buyer may not set.

    As little as the least and as much as the greatest are fine. No source states it.
    """
    return custom.preset is not None and (
        (custom.minimum is not None and custom.preset < custom.minimum)
        or (custom.maximum is not None and custom.preset > custom.maximum)
    )
