"""What the price of a line may be, from the catalogue or inline.

Sources: XPay's error page, its schemas of a price and of inline price data, its page on prices.
"""

from rules_engine import codes
from rules_engine.rules.kinds import REMOVED, Bound, Exists, number, text
from rules_engine.rules.limits import (
    LARGEST_AMOUNT,
    MAX_PRODUCT_DESCRIPTION,
    MAX_PRODUCT_NAME,
    MAX_UNIT_AMOUNT,
    MAX_UNIT_LABEL,
)
from rules_engine.rules.line_item import quantity_out_of_range
from rules_engine.rules.row import now, rule
from rules_engine.views.context import Context
from rules_engine.views.price import (
    INLINE_PRICE,
    PRICE,
    UNIT_AMOUNT,
    InlinePriceView,
    PriceView,
)


def _unknown(price: PriceView, _: Context) -> bool:
    return price.unknown


@rule(
    codes.RESOURCE_MISSING,
    order=870,
    on=PRICE,
    violated=Exists(),
    public={"price": "id"},
    except_in={"session.confirm": "a stored line may carry its price in itself"},
    counterexamples=(
        (
            ("create", "payment_link_create_full", "payment_link_update_full", "payment_link_open"),
            {"/facts/prices/price_mug": REMOVED, "/facts/missing": {"prices": ["price_mug"]}},
        ),
        (
            ("price_update", "price_update_unused", "price_delete"),
            {"/facts/prices": {}, "/facts/missing": {"prices": ["price_mug"]}},
        ),
    ),
)
def price_missing() -> None:
    """There is no such price.

    XPay's error page: the id is wrong, or the key is of the other mode.
    """


@rule(
    codes.PRICE_INACTIVE,
    order=1030,
    on=PRICE,
    needs=(price_missing,),
    undecided_when=_unknown,
    public={"price": "id", "active": "active"},
    except_in={("price.update", "price.delete"): "a price may be changed and deleted whether or not it could be sold"},
    counterexamples=(
        (("create", "confirm"), {"/facts/prices/price_mug/active": False}),
        (
            ("payment_link_create_full", "payment_link_update_full", "payment_link_open_full"),
            {"/facts/prices/price_bowl/active": False},
        ),
    ),
)
def price_inactive(price: PriceView, _: Context) -> bool:
    """The price is archived.

    XPay's error page.
    """
    return not price.active


@rule(
    codes.PRICE_NOT_YET_ACTIVE,
    order=1040,
    on=PRICE,
    needs=(price_missing,),
    undecided_when=_unknown,
    public={"price": "id", "startDate": "start_date", "now": now},
    except_in={
        ("price.update", "price.delete"): "a price may be changed and deleted whether or not it could be sold",
        ("payment_link.create", "payment_link.update"): "it matters when the payment link is opened",
    },
    counterexamples=(
        (("create", "confirm"), {"/facts/prices/price_mug/startDate": "2026-11-22T10:00:01Z"}),
        ("payment_link_open_full", {"/facts/prices/price_bowl/startDate": "2026-11-22T10:00:01Z"}),
    ),
)
def price_not_yet_active(price: PriceView, ctx: Context) -> bool:
    """The price is not on sale yet.

    It is on sale from its start date on, that instant included. A payment link may be made before, and is judged when
    it is opened. XPay's error page.
    """
    return price.start_date is not None and ctx.now < price.start_date


@rule(
    codes.PRICE_EXPIRED,
    order=1050,
    on=PRICE,
    needs=(price_missing,),
    undecided_when=_unknown,
    public={"price": "id", "expirationDate": "expiration_date", "now": now},
    except_in={("price.update", "price.delete"): "a price may be changed and deleted whether or not it could be sold"},
    counterexamples=(
        (("create", "confirm"), {"/facts/prices/price_mug/expirationDate": "2026-11-22T10:00:00Z"}),
        (
            ("payment_link_create_full", "payment_link_update_full", "payment_link_open_full"),
            {"/facts/prices/price_bowl/expirationDate": "2026-11-22T10:00:00Z"},
        ),
    ),
)
def price_expired(price: PriceView, ctx: Context) -> bool:
    """The price is no longer on sale.

    It is off sale at its expiration date, that instant included. XPay's error page and its schema of a price.
    """
    return price.expiration_date is not None and ctx.now >= price.expiration_date


@rule(
    codes.PRICE_RECURRING_NOT_SUPPORTED,
    order=1060,
    on=PRICE,
    needs=(price_missing,),
    undecided_when=_unknown,
    public={"price": "id", "type": "type"},
    except_in={
        "session.confirm": "settled when the line was written",
        ("price.update", "price.delete"): "a price may be changed and deleted whether or not it could be sold",
    },
    counterexamples=(
        ("create", {"/facts/prices/price_mug/type": "RECURRING"}),
        (
            ("payment_link_create_full", "payment_link_update_full", "payment_link_open_full"),
            {"/facts/prices/price_bowl/type": "RECURRING"},
        ),
    ),
)
def price_recurring_not_supported(price: PriceView, _: Context) -> bool:
    """The price is a recurring one, and checkout takes one-time payments only.

    A price whose amount the buyer sets is none. XPay's error page.
    """
    return price.type == "RECURRING"


@rule(
    codes.PARAMETER_INVALID,
    order=1070,
    on=PRICE,
    needs=(price_missing,),
    undecided_when=lambda price, _: price.unknown or (price.type == "CUSTOM" and price.ui_mode is None),
    public={"price": "id", "type": "type", "uiMode": "ui_mode"},
    except_in={
        "session.confirm": "settled when the line was written",
        ("price.update", "price.delete"): "a price may be changed and deleted whether or not it could be sold",
        (
            "payment_link.create",
            "payment_link.update",
            "payment_link.open",
        ): "the page of a payment link is a hosted one",
    },
    counterexamples=(
        (
            "create_custom_page",
            {
                "/request/lineItems/-": {"price": "price_gift", "quantity": 1},
                "/facts/prices/price_gift": {"id": "price_gift", "currency": "EGP", "type": "CUSTOM"},
            },
        ),
    ),
)
def custom_price_unavailable(price: PriceView, _: Context) -> bool:
    """A session with a custom page cannot let the buyer set the amount.

    XPay's plugins are refused so.
    """
    return price.type == "CUSTOM" and price.ui_mode == "custom"


@rule(
    codes.CURRENCY_INVALID,
    order=1200,
    on=PRICE,
    needs=(price_missing,),
    undecided_when=_unknown,
    public={"price": "id", "currency": lambda price, _: str(price.currency).lower()},
    except_in={
        ("session.confirm", "payment_link.open"): "settled when the line was written",
        ("price.update", "price.delete"): "a price may be changed and deleted whether or not it could be sold",
    },
    counterexamples=(
        ("create_minimal", {"/facts/prices/price_mug/currency": "EGX"}),
        (("payment_link_create_full", "payment_link_update_full"), {"/facts/prices/price_bowl/currency": "EGX"}),
    ),
)
def price_currency_invalid(price: PriceView, _: Context) -> bool:
    """The price is in a currency that is none, or no longer one.

    A withdrawn currency is none from the day of its withdrawal on. XPay's error page; ISO 4217.
    """
    return not price.currency_recognised


@rule(
    codes.PRICE_SOLD_OUT,
    order=1080,
    on=PRICE,
    needs=(price_missing, quantity_out_of_range),
    undecided_when=_unknown,
    public={"price": "id", "stock": "stock", "requested": "requested"},
    except_in={
        ("price.update", "price.delete"): "a price may be changed and deleted whether or not it could be sold",
        ("payment_link.create", "payment_link.update"): "it matters when the payment link is opened",
    },
    counterexamples=((("create", "confirm", "payment_link_open_full"), {"/facts/prices/price_mug/stock": 1}),),
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
    order=1190,
    on=INLINE_PRICE,
    param="currency",
    public={"currency": lambda inline, _: inline.data.currency.lower()[:40]},
    counterexamples=(("create", {"/request/lineItems/2/priceData/currency": "egx"}),),
)
def inline_currency_invalid(inline: InlinePriceView, _: Context) -> bool:
    """The currency of the inline price is not a currency code of ISO 4217.

    Either case is read. XPay's error page.
    """
    return not inline.currency_recognised


@rule(
    codes.AMOUNT_INVALID,
    order=1100,
    on=UNIT_AMOUNT,
    violated=Bound(
        "amount",
        minimum=0,
        maximum=MAX_UNIT_AMOUNT,
        shown_as="unitAmount",
        settings=(
            number("create", "/request/lineItems/2/priceData/unitAmount", 0, LARGEST_AMOUNT),
            number(("price_create", "price_update_unused"), "/request/unitAmount"),
        ),
    ),
    counterexamples=(("create", {"/request/lineItems/2/priceData/unitAmount": -1}),),
)
def unit_amount_out_of_range() -> None:
    """The unit amount of the price is negative or above the maximum.

    Zero is free, and as much as the limit is fine, inline and in the catalogue. XPay's schema: 0 to 2147483647.
    """


@rule(
    codes.PRICE_RECURRING_NOT_SUPPORTED,
    order=1090,
    on=INLINE_PRICE,
    param="recurring",
    public={"interval": lambda inline, _: None if inline.data.recurring is None else inline.data.recurring.interval},
    counterexamples=(("create", {"/request/lineItems/2/priceData/recurring": {"interval": "MONTH"}}),),
)
def inline_price_recurring(inline: InlinePriceView, _: Context) -> bool:
    """The inline price is a recurring one, and checkout takes one-time payments only.

    How often it recurs is not looked at. XPay's error page.
    """
    return inline.data.recurring is not None


@rule(
    codes.PARAMETER_INVALID,
    order=1110,
    on=INLINE_PRICE,
    param="productData.name",
    violated=Bound(
        "data.product_data.name",
        maximum=MAX_PRODUCT_NAME,
        length=True,
        settings=text("create", "/request/lineItems/2/priceData/productData/name", 1),
    ),
)
def product_name_too_long() -> None:
    """The name of the product is too long.

    As many characters as the limit are fine. XPay's schema: 255.
    """


@rule(
    codes.PARAMETER_INVALID,
    order=1120,
    on=INLINE_PRICE,
    param="productData.description",
    violated=Bound(
        "data.product_data.description",
        maximum=MAX_PRODUCT_DESCRIPTION,
        length=True,
        settings=text("create", "/request/lineItems/2/priceData/productData/description"),
    ),
)
def product_description_too_long() -> None:
    """The description of the product is too long.

    As many characters as the limit are fine. XPay's schema: 500.
    """


@rule(
    codes.PARAMETER_INVALID,
    order=1130,
    on=INLINE_PRICE,
    param="productData.unitLabel",
    violated=Bound(
        "data.product_data.unit_label",
        maximum=MAX_UNIT_LABEL,
        length=True,
        settings=text("create", "/request/lineItems/2/priceData/productData/unitLabel"),
    ),
)
def unit_label_too_long() -> None:
    """The unit label of the product is too long.

    As many characters as the limit are fine. XPay's schema: 50.
    """
