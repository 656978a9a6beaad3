"""What a line of a session may be. Sources: XPay's error page, its schema of a line item, its page on line items."""

from rules_engine import codes
from rules_engine.rules.kinds import OTHER_BOUND, VALUE, Bound, Setting, number
from rules_engine.rules.limits import LARGEST_AMOUNT, MAX_QUANTITY
from rules_engine.rules.row import rule
from rules_engine.views.context import Context
from rules_engine.views.line_item import LINE_ITEM, LineItemView


@rule(
    codes.LINE_ITEM_MISSING_PRICE,
    order=770,
    on=LINE_ITEM,
    public={"price": "line.price"},
    except_in={
        (
            "payment_link.create",
            "payment_link.update",
        ): "the lines of a payment link name catalogue prices only, and their shape says so"
    },
    counterexamples=(("create", {"/request/lineItems/1/price": None}),),
)
def line_item_missing_price(line: LineItemView, _: Context) -> bool:
    """The line item names no price and carries no price data.

    XPay's error page.
    """
    return line.line.price is None and line.line.price_data is None


@rule(
    codes.PARAMETERS_EXCLUSIVE,
    order=780,
    on=LINE_ITEM,
    param="priceData",
    public={"price": "line.price"},
    except_in={
        (
            "payment_link.create",
            "payment_link.update",
        ): "the lines of a payment link name catalogue prices only, and their shape says so"
    },
    counterexamples=(("create", {"/request/lineItems/2/price": "price_bowl"}),),
)
def line_item_price_exclusive(line: LineItemView, _: Context) -> bool:
    """A line item names a price or carries price data, not both.

    XPay's page on line items has it refused; the code is the one of the error page for two parameters that exclude
    each other.
    """
    return line.line.price is not None and line.line.price_data is not None


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=820,
    on=LINE_ITEM,
    param="quantity",
    violated=Bound(
        "line.quantity",
        minimum=0,
        maximum=MAX_QUANTITY,
        settings=(
            number("create", "/request/lineItems/1/quantity", 1, LARGEST_AMOUNT),
            number(("payment_link_create_full", "payment_link_update_full"), "/request/lineItems/0/quantity"),
        ),
    ),
    counterexamples=(("create", {"/request/lineItems/1/quantity": -1}),),
)
def quantity_out_of_range() -> None:
    """The quantity of the line item is negative or too large.

    XPay's schema: 0 to 2147483647, both admitted.
    """


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=830,
    on=LINE_ITEM,
    param="quantity",
    public={"quantity": "line.quantity", "minimum": 1},
    counterexamples=(
        ("create", {"/request/lineItems/2/adjustableQuantity/minimum": 1}),
        (
            ("payment_link_create_full", "payment_link_update_full"),
            {"/request/lineItems/1/adjustableQuantity/minimum": 1},
        ),
    ),
)
def quantity_zero_not_optional(line: LineItemView, _: Context) -> bool:
    """A line item of quantity zero must be one that the buyer may add.

    Its quantity is adjustable, with a minimum of 0; a minimum below 0 is a fault of its own. XPay's schema states it
    in words.
    """
    return line.line.quantity == 0 and not line.optional


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=840,
    on=LINE_ITEM,
    param="adjustableQuantity.minimum",
    violated=Bound(
        "line.adjustable_quantity.minimum",
        minimum=0,
        maximum=MAX_QUANTITY,
        settings=Setting(
            "create",
            {"/request/lineItems/1/adjustableQuantity": {"enabled": True, "minimum": VALUE}},
            least=0,
            most=LARGEST_AMOUNT,
            beyond=OTHER_BOUND,
        ),
    ),
    public={
        "minimum": "line.adjustable_quantity.minimum",
        "maximum": "line.adjustable_quantity.maximum",
        "limit": MAX_QUANTITY,
    },
    counterexamples=(
        ("create", {"/request/lineItems/1/adjustableQuantity/minimum": -1}),
        (
            ("payment_link_create_full", "payment_link_update_full"),
            {"/request/lineItems/0/adjustableQuantity/minimum": -1},
        ),
    ),
)
def adjustable_minimum_out_of_range() -> None:
    """The least quantity a buyer may choose is negative or too large.

    XPay's schema: 0 to 2147483647, both admitted.
    """


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=850,
    on=LINE_ITEM,
    param="adjustableQuantity.maximum",
    violated=Bound(
        "line.adjustable_quantity.maximum",
        minimum=1,
        maximum=MAX_QUANTITY,
        settings=(
            number("create", "/request/lineItems/1/adjustableQuantity/maximum", 1, LARGEST_AMOUNT),
            number(
                ("payment_link_create_full", "payment_link_update_full"),
                "/request/lineItems/0/adjustableQuantity/maximum",
            ),
        ),
    ),
    public={
        "minimum": "line.adjustable_quantity.minimum",
        "maximum": "line.adjustable_quantity.maximum",
        "limit": MAX_QUANTITY,
    },
    counterexamples=(("create", {"/request/lineItems/1/adjustableQuantity/maximum": 0}),),
)
def adjustable_maximum_out_of_range() -> None:
    """The greatest quantity a buyer may choose is below one or too large.

    XPay's schema: 1 to 2147483647, both admitted.
    """


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=860,
    on=LINE_ITEM,
    param="adjustableQuantity.maximum",
    needs=(adjustable_minimum_out_of_range, adjustable_maximum_out_of_range),
    public={
        "minimum": "line.adjustable_quantity.minimum",
        "maximum": "line.adjustable_quantity.maximum",
        "limit": MAX_QUANTITY,
    },
    counterexamples=(
        ("create", {"/request/lineItems/1/adjustableQuantity/minimum": 6}),
        (
            ("payment_link_create_full", "payment_link_update_full"),
            {"/request/lineItems/0/adjustableQuantity/minimum": 6},
        ),
    ),
)
def adjustable_range_empty(line: LineItemView, _: Context) -> bool:
    """The greatest quantity a buyer may choose is below the least.

    Equal is fine. No source states it, and no buyer could ever choose a quantity of such a line.
    """
    return (
        line.line.adjustable_quantity is not None
        and line.line.adjustable_quantity.minimum is not None
        and line.line.adjustable_quantity.maximum is not None
        and line.line.adjustable_quantity.maximum < line.line.adjustable_quantity.minimum
    )
