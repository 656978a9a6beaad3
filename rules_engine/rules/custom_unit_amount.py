"""What a price may say of the amount that the buyer sets. Source: XPay's page of the call that saves a price."""

from rules_engine import codes
from rules_engine.rules.kinds import Bound, number
from rules_engine.rules.limits import LARGEST_AMOUNT
from rules_engine.rules.row import rule
from rules_engine.views.context import Context
from rules_engine.views.custom_unit_amount import (
    CUSTOM_AMOUNT,
    CUSTOM_UNIT_AMOUNT,
    CustomUnitAmountView,
)


@rule(
    codes.AMOUNT_INVALID,
    order=1150,
    on=CUSTOM_AMOUNT,
    violated=Bound(
        "amount",
        minimum=1,
        maximum=LARGEST_AMOUNT,
        shown_as="amount",
        settings=(
            number("price_create_custom", "/request/customUnitAmount/minimum"),
            number("price_create_custom", "/request/customUnitAmount/maximum"),
            number("price_update_to_custom", "/request/customUnitAmount/preset"),
        ),
    ),
)
def custom_amount_out_of_range() -> None:
    """An amount that bounds or presets what the buyer sets is below one or too large.

    XPay's schema: 1 to 9007199254740991, both admitted.
    """


@rule(
    codes.AMOUNT_INVALID,
    order=1450,
    on=CUSTOM_UNIT_AMOUNT,
    param="maximum",
    needs=(custom_amount_out_of_range,),
    public={"minimum": "minimum", "maximum": "maximum", "preset": "preset"},
    counterexamples=((("price_create_custom", "price_update_to_custom"), {"/request/customUnitAmount/maximum": 9999}),),
)
def custom_range_empty(custom: CustomUnitAmountView, _: Context) -> bool:
    """The greatest amount that the buyer may set is below the least.

    Equal is fine. No source states it, and no buyer could ever pay such a price.
    """
    return custom.minimum is not None and custom.maximum is not None and custom.maximum < custom.minimum


@rule(
    codes.AMOUNT_INVALID,
    order=1460,
    on=CUSTOM_UNIT_AMOUNT,
    param="preset",
    needs=(custom_amount_out_of_range, custom_range_empty),
    public={"minimum": "minimum", "maximum": "maximum", "preset": "preset"},
    counterexamples=(
        ("price_create_custom", {"/request/customUnitAmount/preset": 90001}),
        ("price_update_to_custom", {"/request/customUnitAmount/preset": 9999}),
    ),
)
def preset_out_of_range(custom: CustomUnitAmountView, _: Context) -> bool:
    """The amount that is preset is one that the buyer may not set.

    As little as the least and as much as the greatest are fine. No source states it.
    """
    return custom.preset is not None and (
        (custom.minimum is not None and custom.preset < custom.minimum)
        or (custom.maximum is not None and custom.preset > custom.maximum)
    )
