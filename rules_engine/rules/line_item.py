"""What a line of a session or payment link may hold.

Sources: XPay's error page, its schema of a line item and its page on line items.
"""

from collections.abc import Mapping

from rules_engine import codes
from rules_engine.rules.kinds import OTHER_BOUND, VALUE, Bound, Exclusive, Setting, number
from rules_engine.rules.limits import LARGEST_AMOUNT, MAX_QUANTITY
from rules_engine.rules.row import LeftOut, Shown, rule
from rules_engine.views.context import Context
from rules_engine.views.line_item import LineItemView

_LINKS = ("payment_link_create_full", "payment_link_update_full")
_LINK_IS_SAVED = ("payment_link.create", "payment_link.update")
_NO_PRICE_DATA: LeftOut = {
    _LINK_IS_SAVED: "the lines of a payment link name catalogue prices only, and their shape says so"
}
_FIXED = {"enabled": False}
_CHOSEN: Mapping[str, Shown] = {
    "minimum": "line.adjustable_quantity.minimum",
    "maximum": "line.adjustable_quantity.maximum",
}
_RANGE: Mapping[str, Shown] = {**_CHOSEN, "limit": MAX_QUANTITY}


@rule(
    codes.LINE_ITEM_MISSING_PRICE,
    order=770,
    on=LineItemView,
    message="A line item requires price or priceData.",
    public={"price": "line.price"},
    except_in=_NO_PRICE_DATA,
    counterexamples=(("create", {"/request/lineItems/1/price": None}),),
)
def line_item_missing_price(line: LineItemView, _: Context) -> bool:
    """The line item has neither a price nor price data.

    XPay's error page.
    """
    return line.line.price is None and line.line.price_data is None


@rule(
    codes.PARAMETERS_EXCLUSIVE,
    order=780,
    on=LineItemView,
    param="priceData",
    violated=Exclusive("line.price", "line.price_data"),
    message="priceData cannot be combined with price; send one of them.",
    public={"price": "line.price"},
    except_in=_NO_PRICE_DATA,
    counterexamples=(("create", {"/request/lineItems/2/price": "price_bowl"}),),
)
def line_item_price_exclusive() -> None:
    """The line item has both a price and price data.

    XPay's page on line items; the code is the one of the error page for parameters that exclude each other.
    """


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=820,
    on=LineItemView,
    param="quantity",
    violated=Bound(
        "line.quantity",
        minimum=0,
        maximum=MAX_QUANTITY,
        settings=(
            Setting(
                "create",
                {"/request/lineItems/1/quantity": VALUE, "/request/lineItems/1/adjustableQuantity": _FIXED},
                1,
                LARGEST_AMOUNT,
                OTHER_BOUND,
            ),
            Setting(
                _LINKS, {"/request/lineItems/0/quantity": VALUE, "/request/lineItems/0/adjustableQuantity": _FIXED}
            ),
        ),
    ),
    message="quantity must be between {minimum} and {maximum}, and is {quantity}.",
    counterexamples=(("create", {"/request/lineItems/1/quantity": -1}),),
)
def quantity_out_of_range() -> None:
    """The quantity of the line item is negative or above the maximum.

    XPay's schema: 0 to 2147483647.
    """


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=830,
    on=LineItemView,
    param="quantity",
    message="quantity must be at least {minimum}, unless adjustableQuantity is enabled with a minimum of 0.",
    public={"quantity": "line.quantity", "minimum": 1},
    counterexamples=(
        ("create", {"/request/lineItems/2/adjustableQuantity/minimum": 1}),
        (_LINKS, {"/request/lineItems/1/adjustableQuantity/minimum": 1}),
    ),
)
def quantity_zero_not_optional(line: LineItemView, _: Context) -> bool:
    """The quantity of the line item is zero, and the buyer cannot add any.

    The buyer can where the quantity is adjustable with a minimum of 0; a minimum below 0 is a fault of its own. XPay's
    schema states it in words.
    """
    return line.line.quantity == 0 and (
        line.line.adjustable_quantity is None
        or not line.line.adjustable_quantity.enabled
        or line.line.adjustable_quantity.minimum is None
        or line.line.adjustable_quantity.minimum > 0
    )


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=840,
    on=LineItemView,
    param="adjustableQuantity.minimum",
    violated=Bound(
        "line.adjustable_quantity.minimum",
        minimum=0,
        maximum=MAX_QUANTITY,
        settings=Setting(
            "create",
            {
                "/request/lineItems/1/adjustableQuantity": {"enabled": False, "minimum": VALUE},
                "/request/lineItems/1/quantity": 1,
            },
            0,
            LARGEST_AMOUNT,
            OTHER_BOUND,
        ),
    ),
    message="adjustableQuantity.minimum must be between 0 and {limit}, and is {minimum}.",
    public=_RANGE,
    counterexamples=(
        ("create", {"/request/lineItems/1/adjustableQuantity/minimum": -1}),
        (_LINKS, {"/request/lineItems/0/adjustableQuantity/minimum": -1}),
    ),
)
def adjustable_minimum_out_of_range() -> None:
    """The least quantity a buyer may choose is negative or above the maximum.

    XPay's schema: 0 to 2147483647.
    """


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=850,
    on=LineItemView,
    param="adjustableQuantity.maximum",
    violated=Bound(
        "line.adjustable_quantity.maximum",
        minimum=1,
        maximum=MAX_QUANTITY,
        settings=(
            number("create", "/request/lineItems/1/adjustableQuantity/maximum", 1, LARGEST_AMOUNT),
            Setting(
                _LINKS, {"/request/lineItems/0/quantity": 1, "/request/lineItems/0/adjustableQuantity/maximum": VALUE}
            ),
        ),
    ),
    message="adjustableQuantity.maximum must be between 1 and {limit}, and is {maximum}.",
    public=_RANGE,
    counterexamples=(("create", {"/request/lineItems/1/adjustableQuantity/maximum": 0}),),
)
def adjustable_maximum_out_of_range() -> None:
    """The greatest quantity a buyer may choose is below one or above the maximum.

    XPay's schema: 1 to 2147483647.
    """


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=860,
    on=LineItemView,
    param="adjustableQuantity.maximum",
    needs=(adjustable_minimum_out_of_range, adjustable_maximum_out_of_range),
    message="adjustableQuantity.maximum must be at least adjustableQuantity.minimum, {minimum}, and is {maximum}.",
    public=_RANGE,
    counterexamples=(
        ("create", {"/request/lineItems/1/adjustableQuantity": {"enabled": True, "minimum": 2, "maximum": 1}}),
        (_LINKS, {"/request/lineItems/0/adjustableQuantity": {"enabled": True, "minimum": 2, "maximum": 1}}),
    ),
)
def adjustable_range_empty(line: LineItemView, _: Context) -> bool:
    """The greatest quantity a buyer may choose is below the least; equal is valid.

    No source states it, and no buyer could choose a quantity of such a line.
    """
    return (
        line.line.adjustable_quantity is not None
        and line.line.adjustable_quantity.minimum is not None
        and line.line.adjustable_quantity.maximum is not None
        and line.line.adjustable_quantity.maximum < line.line.adjustable_quantity.minimum
    )


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=865,
    on=LineItemView,
    param="quantity",
    needs=(
        quantity_out_of_range,
        quantity_zero_not_optional,
        adjustable_minimum_out_of_range,
        adjustable_maximum_out_of_range,
        adjustable_range_empty,
    ),
    message="quantity, {quantity}, must be from minimum to maximum of adjustableQuantity, {minimum} to {maximum}.",
    public={"quantity": "line.quantity", **_CHOSEN},
    counterexamples=(
        ("create", {"/request/lineItems/1/quantity": 6}),
        (
            "create",
            {
                "/request/lineItems/1/quantity": 2,
                "/request/lineItems/1/adjustableQuantity": {"enabled": True, "minimum": 1, "maximum": 1},
            },
        ),
        (_LINKS, {"/request/lineItems/0/adjustableQuantity/minimum": 3}),
    ),
)
def quantity_outside_adjustable_range(line: LineItemView, _: Context) -> bool:
    """The buyer may choose the quantity of the line item, and the one it starts with could not be chosen.

    Both bounds are valid, and a bound that is not stated bounds nothing here. XPay's error page has the code; no source
    states the case.
    """
    return (
        line.line.adjustable_quantity is not None
        and line.line.adjustable_quantity.enabled
        and (
            (
                line.line.adjustable_quantity.minimum is not None
                and line.line.quantity < line.line.adjustable_quantity.minimum
            )
            or (
                line.line.adjustable_quantity.maximum is not None
                and line.line.quantity > line.line.adjustable_quantity.maximum
            )
        )
    )
