"""What a price may say of the amount that the buyer sets. Source: XPay's page of the call that saves a price."""

from rules_engine import codes
from rules_engine.rules.declaration import rule
from rules_engine.rules.limits import LARGEST_AMOUNT
from rules_engine.views.context import Context
from rules_engine.views.custom_unit_amount import (
    CUSTOM_AMOUNT,
    CUSTOM_UNIT_AMOUNT,
    CustomAmountView,
    CustomUnitAmountView,
)
from rules_engine.violation import Evidence


def _bounds(custom: CustomUnitAmountView, _: Context) -> Evidence:
    return {"minimum": custom.minimum, "maximum": custom.maximum, "preset": custom.preset}


@rule(
    codes.AMOUNT_INVALID,
    on=CUSTOM_AMOUNT,
    evidence=lambda custom, _: {"amount": custom.amount, "minimum": 1, "maximum": LARGEST_AMOUNT},
)
def custom_amount_out_of_range(custom: CustomAmountView, _: Context) -> bool:
    """An amount that bounds or presets what the buyer sets is below one or too large.

    XPay's schema: 1 to 9007199254740991, both admitted.
    """
    return custom.amount < 1 or custom.amount > LARGEST_AMOUNT


@rule(
    codes.AMOUNT_INVALID,
    on=CUSTOM_UNIT_AMOUNT,
    param="maximum",
    needs=(custom_amount_out_of_range,),
    evidence=_bounds,
)
def custom_range_empty(custom: CustomUnitAmountView, _: Context) -> bool:
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
def preset_out_of_range(custom: CustomUnitAmountView, _: Context) -> bool:
    """The amount that is preset is one that the buyer may not set.

    As little as the least and as much as the greatest are fine. No source states it.
    """
    return custom.preset is not None and (
        (custom.minimum is not None and custom.preset < custom.minimum)
        or (custom.maximum is not None and custom.preset > custom.maximum)
    )
