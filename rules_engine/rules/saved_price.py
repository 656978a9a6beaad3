"""What a price may be when it is saved, and what of it is locked while it is used.

Sources: XPay's error page, its page on prices, its schemas and pages of the calls that save and delete a price.
"""

from collections.abc import Mapping

from rules_engine import codes
from rules_engine.rules.kinds import REMOVED, Bound, Exists, number
from rules_engine.rules.limits import LARGEST_AMOUNT, MAX_STOCK
from rules_engine.rules.price import price_missing
from rules_engine.rules.row import Shown, rule
from rules_engine.views.context import Context
from rules_engine.views.saved_price import (
    CustomAmountView,
    CustomUnitAmountView,
    LockedFieldView,
    PriceUseView,
    ProductView,
    SavedPriceView,
)

_TYPE: Mapping[str, Shown] = {"type": "type"}
_USED: Mapping[str, Shown] = {"price": "price", "lineItemCount": "line_items"}
_RANGE: Mapping[str, Shown] = {"minimum": "stated.minimum", "maximum": "stated.maximum", "preset": "stated.preset"}
_CUSTOM = ("price_create_custom", "price_update_to_custom")


@rule(
    codes.PARAMETER_MISSING,
    order=410,
    on=SavedPriceView,
    param="currency",
    message="currency is required.",
    except_in={"price.update": "a change cannot clear the currency"},
    counterexamples=(("price_create", {"/request/currency": REMOVED}),),
)
def price_currency_missing(price: SavedPriceView, _: Context) -> bool:
    """The price has no currency.

    XPay's page on prices requires one, where its schema does not.
    """
    return price.currency is None


@rule(
    codes.PRICE_IMMUTABLE_WHILE_USED,
    order=880,
    on=LockedFieldView,
    needs=(price_missing,),
    undecided_when=lambda locked, _: locked.line_items is None or (locked.stored_unknown and locked.line_items > 0),
    message="This field of the price '{price}' is locked while {lineItemCount} line items use it; create a new price.",
    public=_USED,
    counterexamples=(
        ("price_update_used", {"/request/unitAmount": 39000}),
        ("price_update_used", {"/request/currency": "usd"}),
        ("price_update_used", {"/request/recurring": {"interval": "MONTH", "intervalCount": 2}}),
        ("price_update_used", {"/request/type": "ONE_TIME", "/request/recurring": REMOVED}),
    ),
)
def price_immutable_while_used(locked: LockedFieldView, _: Context) -> bool:
    """The update changes a field that is locked, because a line item uses the price.

    Currency, amount, type and recurring are locked from the first line item on, archived or not; the same value sent
    again is no change. XPay's error page; its page on prices never lets the type change, used or not.
    """
    return locked.line_items is not None and locked.line_items > 0 and not locked.stored_unknown


@rule(
    codes.RESOURCE_INVALID_STATE,
    order=890,
    on=PriceUseView,
    needs=(price_missing,),
    undecided_when=lambda use, _: use.line_items is None,
    message="The price '{price}' is used by {lineItemCount} line items and cannot be deleted; archive it instead.",
    public=_USED,
    counterexamples=((("price_delete", "price_delete_archived"), {"/facts/usage/prices/price_mug": 1}),),
)
def price_in_use(use: PriceUseView, _: Context) -> bool:
    """The price cannot be deleted, because a line item uses it.

    One is enough. XPay's page of the call, which has the status 400 for it; the code's own is 409.
    """
    return use.line_items is not None and use.line_items > 0


@rule(
    codes.PARAMETERS_EXCLUSIVE,
    order=900,
    on=SavedPriceView,
    param=("unitAmount", "type"),
    needs=(price_missing,),
    undecided_when=lambda price, _: price.amount_judged is None,
    message="unitAmount cannot be combined with type '{type}', where the buyer sets the amount; send null.",
    public={"type": "type", "unitAmount": "unit_amount"},
    counterexamples=(
        ("price_create_custom", {"/request/unitAmount": 38000}),
        ("price_update_to_custom", {"/request/unitAmount": REMOVED}),
    ),
)
def unit_amount_exclusive(price: SavedPriceView, _: Context) -> bool:
    """The buyer sets the amount of the price, and it has a unit amount of its own.

    An update that makes a price one of these clears the stored amount with null. XPay's page on prices.
    """
    return price.amount_judged is True and price.type == "CUSTOM" and price.unit_amount is not None


@rule(
    codes.PARAMETER_REQUIRES_ANOTHER,
    order=910,
    on=SavedPriceView,
    param=("recurring", "type"),
    needs=(price_missing,),
    undecided_when=lambda price, _: price.recurring_judged is None,
    message="recurring requires type 'RECURRING', and type is '{type}'.",
    public=_TYPE,
    counterexamples=(
        (("price_create", "price_update", "price_update_charged_once"), {"/request/recurring": {"interval": "MONTH"}}),
        ("price_create_recurring", {"/request/type": REMOVED}),
    ),
)
def recurring_without_recurring_type(price: SavedPriceView, _: Context) -> bool:
    """The price has a recurrence, and is not of type RECURRING.

    A price without a type is ONE_TIME; where an update takes the type RECURRING away, the stored recurrence goes with
    it. XPay's page on prices; it documents no code, and the field builds on the type.
    """
    return price.recurring_judged is True and price.recurring is not None and price.type != "RECURRING"


@rule(
    codes.PARAMETER_REQUIRES_ANOTHER,
    order=920,
    on=SavedPriceView,
    param=("customUnitAmount", "type"),
    needs=(price_missing,),
    undecided_when=lambda price, _: price.custom_judged is None,
    message="customUnitAmount requires type 'CUSTOM', and type is '{type}'.",
    public=_TYPE,
    counterexamples=(
        ("price_create", {"/request/customUnitAmount": {"minimum": 10000}}),
        ("price_create_custom", {"/request/type": None}),
        ("price_update_from_custom", {"/request/customUnitAmount": REMOVED}),
    ),
)
def custom_unit_amount_without_custom_type(price: SavedPriceView, _: Context) -> bool:
    """The price bounds what the buyer may set, and is not of type CUSTOM.

    A price without a type is ONE_TIME. XPay's page on prices; it documents no code, and the field builds on the type.
    """
    return price.custom_judged is True and price.custom_unit_amount is not None and price.type != "CUSTOM"


@rule(
    codes.PARAMETER_MISSING,
    order=930,
    on=SavedPriceView,
    param="unitAmount",
    needs=(price_missing, custom_unit_amount_without_custom_type),
    undecided_when=lambda price, _: price.amount_judged is None,
    message="unitAmount is required for type '{type}'; 0 is free.",
    public=_TYPE,
    counterexamples=(
        (("price_create", "price_update_from_custom"), {"/request/unitAmount": REMOVED}),
        (("price_create_recurring", "price_update"), {"/request/unitAmount": None}),
    ),
)
def unit_amount_missing(price: SavedPriceView, _: Context) -> bool:
    """The price has no unit amount, and the buyer does not set it.

    XPay's page on prices.
    """
    return price.amount_judged is True and price.type != "CUSTOM" and price.unit_amount is None


@rule(
    codes.PARAMETER_REQUIRES_ANOTHER,
    order=940,
    on=SavedPriceView,
    param=("type", "recurring"),
    needs=(price_missing, custom_unit_amount_without_custom_type),
    undecided_when=lambda price, _: price.recurring_judged is None,
    message="type '{type}' requires recurring.",
    public=_TYPE,
    counterexamples=(
        ("price_create", {"/request/type": "RECURRING"}),
        ("price_update_unused", {"/request/recurring": REMOVED}),
    ),
)
def recurring_type_without_recurring(price: SavedPriceView, _: Context) -> bool:
    """The price is of type RECURRING, and has no recurrence.

    XPay's page on prices; it documents no code.
    """
    return price.recurring_judged is True and price.type == "RECURRING" and price.recurring is None


@rule(
    codes.PARAMETER_REQUIRES_ANOTHER,
    order=950,
    on=SavedPriceView,
    param=("type", "customUnitAmount"),
    needs=(price_missing, unit_amount_exclusive, recurring_without_recurring_type),
    undecided_when=lambda price, _: price.custom_judged is None,
    message="type '{type}' requires customUnitAmount; an empty object allows any amount.",
    public=_TYPE,
    counterexamples=((_CUSTOM, {"/request/customUnitAmount": REMOVED}),),
)
def custom_type_without_custom_unit_amount(price: SavedPriceView, _: Context) -> bool:
    """The price is of type CUSTOM, and has nothing on what the buyer may set.

    An object without bounds allows everything. XPay's page on prices; it documents no code.
    """
    return price.custom_judged is True and price.type == "CUSTOM" and price.custom_unit_amount is None


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=1140,
    on=SavedPriceView,
    param="recurring.intervalCount",
    violated=Bound("interval_count", minimum=1, maximum=LARGEST_AMOUNT),
    message="recurring.intervalCount must be between {minimum} and {maximum}, and is {intervalCount}.",
    counterexamples=(
        (
            ("price_create_recurring", "price_update_unused"),
            {"/request/recurring": {"interval": "WEEK", "intervalCount": 0}},
        ),
    ),
)
def interval_count_out_of_range() -> None:
    """The number of intervals between two charges is below one or too large.

    XPay's schema: 1 to 9007199254740991; 1 where it is not stated.
    """


@rule(
    codes.AMOUNT_INVALID,
    order=1150,
    on=CustomAmountView,
    violated=Bound(
        "amount",
        minimum=1,
        maximum=LARGEST_AMOUNT,
        settings=(
            number("price_create_custom", "/request/customUnitAmount/minimum"),
            number("price_create_custom", "/request/customUnitAmount/maximum"),
            number("price_update_to_custom", "/request/customUnitAmount/preset"),
        ),
    ),
    message="An amount of customUnitAmount must be between {least} and {most} minor units, and is {amount}.",
    # Named minimum and maximum, they would read as those of the object.
    public={"amount": "amount", "least": 1, "most": LARGEST_AMOUNT},
)
def custom_amount_out_of_range() -> None:
    """An amount that bounds or presets what the buyer sets is below one or too large.

    XPay's schema: 1 to 9007199254740991.
    """


@rule(
    codes.PRICE_STOCK_INVALID,
    order=1160,
    on=SavedPriceView,
    param="stock",
    violated=Bound("stock", minimum=0, settings=number(("price_create_rich", "price_update_used"), "/request/stock")),
    message="stock must be at least 0, and is {stock}; send null for unlimited stock.",
    public={"stock": "stock"},
)
def price_stock_invalid() -> None:
    """The stock of the price is negative.

    Zero is sold out, and null unlimited. Other fields of a stored price that is oversold may be changed. XPay's error
    page.
    """


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=1170,
    on=SavedPriceView,
    param="stock",
    violated=Bound(
        "stock",
        maximum=MAX_STOCK,
        settings=number(("price_create_rich", "price_update_unused"), "/request/stock", 0, LARGEST_AMOUNT),
    ),
    message="stock must be at most {maximum}, and is {stock}; send null for unlimited stock.",
)
def stock_out_of_range() -> None:
    """The stock of the price is above the maximum.

    XPay's schema: 2147483647.
    """


@rule(
    codes.RESOURCE_MISSING,
    order=1350,
    on=ProductView,
    violated=Exists(),
    message="No product '{product}' exists on this account in this mode.",
    public={"product": "id"},
    counterexamples=(
        ("price_create", {"/facts/products": {}, "/facts/missing": {"products": ["prod_mug"]}}),
        (
            "coupon_create_percentage",
            {"/facts/products/prod_bowl": REMOVED, "/facts/missing": {"products": ["prod_bowl"]}},
        ),
    ),
)
def product_missing() -> None:
    """The product that a price or a coupon is for does not exist.

    XPay's error page: the id is wrong, or the key is of the other mode.
    """


@rule(
    codes.AMOUNT_INVALID,
    order=1450,
    on=CustomUnitAmountView,
    param="maximum",
    needs=(custom_amount_out_of_range,),
    message="customUnitAmount.maximum must be at least customUnitAmount.minimum, {minimum}, and is {maximum}.",
    public=_RANGE,
    counterexamples=((_CUSTOM, {"/request/customUnitAmount": {"minimum": 2, "maximum": 1}}),),
)
def custom_range_empty(custom: CustomUnitAmountView, _: Context) -> bool:
    """The greatest amount that the buyer may set is below the least; equal is valid.

    No source states it, and no buyer could pay such a price.
    """
    return (
        custom.stated.minimum is not None
        and custom.stated.maximum is not None
        and custom.stated.maximum < custom.stated.minimum
    )


@rule(
    codes.AMOUNT_INVALID,
    order=1460,
    on=CustomUnitAmountView,
    param="preset",
    needs=(custom_amount_out_of_range, custom_range_empty),
    message="customUnitAmount.preset, {preset}, must be an amount that the buyer may set.",
    public=_RANGE,
    counterexamples=(
        ("price_create_custom", {"/request/customUnitAmount": {"maximum": 1, "preset": 2}}),
        ("price_update_to_custom", {"/request/customUnitAmount": {"minimum": 2, "preset": 1}}),
    ),
)
def preset_out_of_range(custom: CustomUnitAmountView, _: Context) -> bool:
    """The preset amount is one that the buyer may not set; both bounds are valid.

    No source states it.
    """
    return custom.stated.preset is not None and (
        (custom.stated.minimum is not None and custom.stated.preset < custom.stated.minimum)
        or (custom.stated.maximum is not None and custom.stated.preset > custom.stated.maximum)
    )


@rule(
    codes.PRICE_DATE_RANGE_INVALID,
    order=1470,
    on=SavedPriceView,
    param=("expirationDate", "startDate"),
    needs=(price_missing,),
    undecided_when=lambda price, _: price.dates_judged is None,
    message="expirationDate, {expirationDate}, must be after startDate, {startDate}.",
    public={"startDate": "start_date", "expirationDate": "expiration_date"},
    counterexamples=(
        ("price_create_rich", {"/request/startDate": "2026-12-01T00:00:00Z"}),
        ("price_update_used", {"/request/expirationDate": "2026-08-31T23:59:59Z"}),
        ("price_update_unused", {"/facts/prices/price_mug/expirationDate": "2026-11-30T00:00:00Z"}),
    ),
)
def price_date_range_invalid(price: SavedPriceView, _: Context) -> bool:
    """The price would go on sale at the instant it expires, or after it.

    Both may lie in the past. XPay's error page.
    """
    return (
        price.dates_judged is True
        and price.start_date is not None
        and price.expiration_date is not None
        and price.start_date >= price.expiration_date
    )
