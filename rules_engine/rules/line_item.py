"""What a line of a session may be. Sources: XPay's error page, its schema of a line item, its page on line items."""

from rules_engine import codes
from rules_engine.rules.declaration import rule
from rules_engine.rules.limits import MAX_QUANTITY
from rules_engine.views.context import Context
from rules_engine.views.line_item import LINE_ITEM, LineItemView
from rules_engine.violation import Evidence


def _quantity(line: LineItemView, ctx: Context) -> Evidence:
    return {"quantity": line.line.quantity, "minimum": 0, "maximum": ctx.limits[MAX_QUANTITY]}


def _bounds(line: LineItemView, ctx: Context) -> Evidence:
    adjustable = line.line.adjustable_quantity
    return {
        "minimum": None if adjustable is None else adjustable.minimum,
        "maximum": None if adjustable is None else adjustable.maximum,
        "limit": ctx.limits[MAX_QUANTITY],
    }


def _price(line: LineItemView, _: Context) -> Evidence:
    return {"price": line.line.price}


@rule(codes.LINE_ITEM_MISSING_PRICE, on=LINE_ITEM, evidence=_price)
def line_item_missing_price(line: LineItemView, _: Context) -> bool:
    """The line item names no price and carries no price data.

    XPay's error page.
    """
    return line.line.price is None and line.line.price_data is None


@rule(codes.PARAMETERS_EXCLUSIVE, on=LINE_ITEM, param="priceData", evidence=_price)
def line_item_price_exclusive(line: LineItemView, _: Context) -> bool:
    """A line item names a price or carries price data, not both.

    XPay's page on line items has it refused; the code is the one of the error page for two parameters that exclude
    each other.
    """
    return line.line.price is not None and line.line.price_data is not None


@rule(codes.PARAMETER_OUT_OF_RANGE, on=LINE_ITEM, param="quantity", limits=(MAX_QUANTITY,), evidence=_quantity)
def quantity_out_of_range(line: LineItemView, ctx: Context) -> bool:
    """The quantity of the line item is negative or too large.

    XPay's schema: 0 to 2147483647, both admitted.
    """
    return line.line.quantity < 0 or line.line.quantity > ctx.limits[MAX_QUANTITY]


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    on=LINE_ITEM,
    param="quantity",
    evidence=lambda line, _: {"quantity": line.line.quantity, "minimum": 1},
)
def quantity_zero_not_optional(line: LineItemView, _: Context) -> bool:
    """A line item of quantity zero must be one that the buyer may add.

    Its quantity is adjustable, with a minimum of 0; a minimum below 0 is a fault of its own. XPay's schema states it
    in words.
    """
    return line.line.quantity == 0 and not line.optional


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    on=LINE_ITEM,
    param="adjustableQuantity.minimum",
    limits=(MAX_QUANTITY,),
    evidence=_bounds,
)
def adjustable_minimum_out_of_range(line: LineItemView, ctx: Context) -> bool:
    """The least quantity a buyer may choose is negative or too large.

    XPay's schema: 0 to 2147483647, both admitted.
    """
    return (
        line.line.adjustable_quantity is not None
        and line.line.adjustable_quantity.minimum is not None
        and (
            line.line.adjustable_quantity.minimum < 0
            or line.line.adjustable_quantity.minimum > ctx.limits[MAX_QUANTITY]
        )
    )


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    on=LINE_ITEM,
    param="adjustableQuantity.maximum",
    limits=(MAX_QUANTITY,),
    evidence=_bounds,
)
def adjustable_maximum_out_of_range(line: LineItemView, ctx: Context) -> bool:
    """The greatest quantity a buyer may choose is below one or too large.

    XPay's schema: 1 to 2147483647, both admitted.
    """
    return (
        line.line.adjustable_quantity is not None
        and line.line.adjustable_quantity.maximum is not None
        and (
            line.line.adjustable_quantity.maximum < 1
            or line.line.adjustable_quantity.maximum > ctx.limits[MAX_QUANTITY]
        )
    )


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    on=LINE_ITEM,
    param="adjustableQuantity.maximum",
    needs=(adjustable_minimum_out_of_range, adjustable_maximum_out_of_range),
    evidence=_bounds,
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
