"""What the price of a line may be, from the catalogue or inline.

Sources: XPay's error page, its schemas of a price and of inline price data, its page on prices.
"""

from rules_engine import codes
from rules_engine.rules.declaration import rule
from rules_engine.rules.limits import (
    MAX_PRODUCT_DESCRIPTION,
    MAX_PRODUCT_NAME,
    MAX_UNIT_AMOUNT,
    MAX_UNIT_LABEL,
)
from rules_engine.rules.line_item import quantity_out_of_range
from rules_engine.views.context import Context
from rules_engine.views.price import (
    INLINE_PRICE,
    PRICE,
    UNIT_AMOUNT,
    InlinePriceView,
    PriceView,
    UnitAmountView,
)
from rules_engine.violation import Evidence


def _unknown(price: PriceView, _: Context) -> bool:
    return price.unknown


def _id(price: PriceView, _: Context) -> Evidence:
    return {"price": price.id}


@rule(codes.RESOURCE_MISSING, on=PRICE, undecided_when=_unknown, evidence=_id)
def price_missing(price: PriceView, _: Context) -> bool:
    """There is no such price.

    XPay's error page: the id is wrong, or the key is of the other mode.
    """
    return price.missing


@rule(
    codes.PRICE_INACTIVE,
    on=PRICE,
    needs=(price_missing,),
    undecided_when=_unknown,
    evidence=lambda price, _: {"price": price.id, "active": price.active},
)
def price_inactive(price: PriceView, _: Context) -> bool:
    """The price is archived.

    XPay's error page.
    """
    return not price.active


@rule(
    codes.PRICE_NOT_YET_ACTIVE,
    on=PRICE,
    needs=(price_missing,),
    undecided_when=_unknown,
    evidence=lambda price, ctx: {"price": price.id, "startDate": price.start_date, "now": ctx.now},
)
def price_not_yet_active(price: PriceView, ctx: Context) -> bool:
    """The price is not on sale yet.

    It is on sale from its start date on, that instant included. A payment link may be made before, and is judged when
    it is opened. XPay's error page.
    """
    return price.start_date is not None and ctx.now < price.start_date


@rule(
    codes.PRICE_EXPIRED,
    on=PRICE,
    needs=(price_missing,),
    undecided_when=_unknown,
    evidence=lambda price, ctx: {"price": price.id, "expirationDate": price.expiration_date, "now": ctx.now},
)
def price_expired(price: PriceView, ctx: Context) -> bool:
    """The price is no longer on sale.

    It is off sale at its expiration date, that instant included. XPay's error page and its schema of a price.
    """
    return price.expiration_date is not None and ctx.now >= price.expiration_date


@rule(
    codes.PRICE_RECURRING_NOT_SUPPORTED,
    on=PRICE,
    needs=(price_missing,),
    undecided_when=_unknown,
    evidence=lambda price, _: {"price": price.id, "type": price.type},
)
def price_recurring_not_supported(price: PriceView, _: Context) -> bool:
    """The price is a recurring one, and checkout takes one-time payments only.

    A price whose amount the buyer sets is none. XPay's error page.
    """
    return price.type == "RECURRING"


@rule(
    codes.PARAMETER_INVALID,
    on=PRICE,
    needs=(price_missing,),
    undecided_when=lambda price, _: price.unknown or (price.type == "CUSTOM" and price.ui_mode is None),
    evidence=lambda price, _: {"price": price.id, "type": price.type, "uiMode": price.ui_mode},
)
def custom_price_unavailable(price: PriceView, _: Context) -> bool:
    """A session with a custom page cannot let the buyer set the amount.

    XPay's plugins are refused so.
    """
    return price.type == "CUSTOM" and price.ui_mode == "custom"


@rule(
    codes.CURRENCY_INVALID,
    on=PRICE,
    needs=(price_missing,),
    undecided_when=_unknown,
    evidence=lambda price, _: {"price": price.id, "currency": str(price.currency).lower()},
)
def price_currency_invalid(price: PriceView, _: Context) -> bool:
    """The price is in a currency that is none, or no longer one.

    A withdrawn currency is none from the day of its withdrawal on. XPay's error page; ISO 4217.
    """
    return not price.currency_recognised


@rule(
    codes.PRICE_SOLD_OUT,
    on=PRICE,
    needs=(price_missing, quantity_out_of_range),
    undecided_when=_unknown,
    evidence=lambda price, _: {"price": price.id, "stock": price.stock, "requested": price.requested},
)
def price_sold_out(price: PriceView, _: Context) -> bool:
    """The price has less stock left than is asked for.

    Lines of the same price add up, and the first line that asks for more than there is sold out; a line of quantity 0
    never is. No stock stated is unlimited. A payment link may be made without, and is judged when it is opened. XPay's
    error page.
    """
    return (
        price.stock is not None and price.quantity > 0 and price.requested > price.stock and not price.sold_out_before
    )


@rule(
    codes.CURRENCY_INVALID,
    on=INLINE_PRICE,
    param="currency",
    evidence=lambda inline, _: {"currency": inline.data.currency.lower()[:40]},
)
def inline_currency_invalid(inline: InlinePriceView, _: Context) -> bool:
    """The currency of the inline price is not a currency code of ISO 4217.

    Either case is read. XPay's error page.
    """
    return not inline.currency_recognised


@rule(
    codes.AMOUNT_INVALID,
    on=UNIT_AMOUNT,
    limits=(MAX_UNIT_AMOUNT,),
    evidence=lambda unit, ctx: {
        "unitAmount": unit.amount,
        "minimum": 0,
        "maximum": ctx.limits[MAX_UNIT_AMOUNT],
    },
)
def unit_amount_out_of_range(unit: UnitAmountView, ctx: Context) -> bool:
    """The unit amount of the price is negative or above the maximum.

    Zero is free, and as much as the limit is fine, inline and in the catalogue. XPay's schema: 0 to 2147483647.
    """
    return unit.amount < 0 or unit.amount > ctx.limits[MAX_UNIT_AMOUNT]


@rule(
    codes.PRICE_RECURRING_NOT_SUPPORTED,
    on=INLINE_PRICE,
    param="recurring",
    evidence=lambda inline, _: {"interval": None if inline.data.recurring is None else inline.data.recurring.interval},
)
def inline_price_recurring(inline: InlinePriceView, _: Context) -> bool:
    """The inline price is a recurring one, and checkout takes one-time payments only.

    How often it recurs is not looked at. XPay's error page.
    """
    return inline.data.recurring is not None


@rule(
    codes.PARAMETER_INVALID,
    on=INLINE_PRICE,
    param="productData.name",
    limits=(MAX_PRODUCT_NAME,),
    evidence=lambda _, ctx: {"maximum": ctx.limits[MAX_PRODUCT_NAME]},
)
def product_name_too_long(inline: InlinePriceView, ctx: Context) -> bool:
    """The name of the product is too long.

    As many characters as the limit are fine. XPay's schema: 255.
    """
    return len(inline.data.product_data.name) > ctx.limits[MAX_PRODUCT_NAME]


@rule(
    codes.PARAMETER_INVALID,
    on=INLINE_PRICE,
    param="productData.description",
    limits=(MAX_PRODUCT_DESCRIPTION,),
    evidence=lambda _, ctx: {"maximum": ctx.limits[MAX_PRODUCT_DESCRIPTION]},
)
def product_description_too_long(inline: InlinePriceView, ctx: Context) -> bool:
    """The description of the product is too long.

    As many characters as the limit are fine. XPay's schema: 500.
    """
    return (
        inline.data.product_data.description is not None
        and len(inline.data.product_data.description) > ctx.limits[MAX_PRODUCT_DESCRIPTION]
    )


@rule(
    codes.PARAMETER_INVALID,
    on=INLINE_PRICE,
    param="productData.unitLabel",
    limits=(MAX_UNIT_LABEL,),
    evidence=lambda _, ctx: {"maximum": ctx.limits[MAX_UNIT_LABEL]},
)
def unit_label_too_long(inline: InlinePriceView, ctx: Context) -> bool:
    """The unit label of the product is too long.

    As many characters as the limit are fine. XPay's schema: 50.
    """
    return (
        inline.data.product_data.unit_label is not None
        and len(inline.data.product_data.unit_label) > ctx.limits[MAX_UNIT_LABEL]
    )
