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
from rules_engine.rules.row import LeftOut, lowered, now, rule
from rules_engine.views.context import Context
from rules_engine.views.line_item import InlinePriceView, PriceView, UnitAmountView

_LINKS = ("payment_link_create_full", "payment_link_update_full")
_ALL_LINKS = (*_LINKS, "payment_link_open_full")
_CHANGED: LeftOut = {
    ("price.update", "price.delete"): "a price may be changed and deleted whether or not it could be sold"
}
_OPENED: LeftOut = {("payment_link.create", "payment_link.update"): "it matters when the payment link is opened"}
_SETTLED = "settled when the line was written"
_INLINE = "/request/lineItems/2/priceData"


@rule(
    codes.RESOURCE_MISSING,
    order=870,
    on=PriceView,
    violated=Exists(),
    message="No price '{price}' exists on this account in this mode.",
    public={"price": "id"},
    except_in={"session.confirm": "a stored line may carry its price in itself"},
    counterexamples=(
        (
            ("create", *_LINKS, "payment_link_open"),
            {"/facts/prices/price_mug": REMOVED, "/facts/missing": {"prices": ["price_mug"]}},
        ),
        (
            ("price_update", "price_update_unused", "price_delete"),
            {"/facts/prices": {}, "/facts/missing": {"prices": ["price_mug"]}},
        ),
    ),
)
def price_missing() -> None:
    """The price does not exist.

    XPay's error page: the id is wrong, or the key is of the other mode.
    """


@rule(
    codes.PRICE_INACTIVE,
    order=1030,
    on=PriceView,
    needs=(price_missing,),
    undecided_when=lambda price, _: price.unknown,
    message="The price '{price}' is archived; use an active price.",
    public={"price": "id", "active": "stored.active"},
    except_in=_CHANGED,
    counterexamples=(
        (("create", "confirm"), {"/facts/prices/price_mug/active": False}),
        (_ALL_LINKS, {"/facts/prices/price_bowl/active": False}),
    ),
)
def price_inactive(price: PriceView, _: Context) -> bool:
    """The price is archived.

    XPay's error page.
    """
    return not price.stored.active


@rule(
    codes.PRICE_NOT_YET_ACTIVE,
    order=1040,
    on=PriceView,
    needs=(price_missing,),
    undecided_when=lambda price, _: price.unknown,
    message="The price '{price}' is not on sale before {startDate}.",
    public={"price": "id", "startDate": "stored.start_date", "now": now},
    except_in={**_CHANGED, **_OPENED},
    counterexamples=(
        (("create", "confirm"), {"/facts/prices/price_mug/startDate": "2026-11-22T10:00:01Z"}),
        ("payment_link_open_full", {"/facts/prices/price_bowl/startDate": "2026-11-22T10:00:01Z"}),
    ),
)
def price_not_yet_active(price: PriceView, ctx: Context) -> bool:
    """The price is not on sale yet.

    It is from its start date on, that instant included. A payment link may be made before, and is judged when it is
    opened. XPay's error page.
    """
    return price.stored.start_date is not None and ctx.now < price.stored.start_date


@rule(
    codes.PRICE_EXPIRED,
    order=1050,
    on=PriceView,
    needs=(price_missing,),
    undecided_when=lambda price, _: price.unknown,
    message="The price '{price}' expired at {expirationDate}; use a price that is on sale.",
    public={"price": "id", "expirationDate": "stored.expiration_date", "now": now},
    except_in=_CHANGED,
    counterexamples=(
        (("create", "confirm"), {"/facts/prices/price_mug/expirationDate": "2026-11-22T10:00:00Z"}),
        (_ALL_LINKS, {"/facts/prices/price_bowl/expirationDate": "2026-11-22T10:00:00Z"}),
    ),
)
def price_expired(price: PriceView, ctx: Context) -> bool:
    """The price is no longer on sale.

    It ends at its expiration date, that instant included. XPay's error page and its schema of a price.
    """
    return price.stored.expiration_date is not None and ctx.now >= price.stored.expiration_date


@rule(
    codes.PRICE_RECURRING_NOT_SUPPORTED,
    order=1060,
    on=PriceView,
    needs=(price_missing,),
    undecided_when=lambda price, _: price.unknown,
    message="The price '{price}' is recurring, and checkout takes one-time payments only; use a one-time price.",
    public={"price": "id", "type": "stored.type"},
    except_in={"session.confirm": _SETTLED, **_CHANGED},
    counterexamples=(
        ("create", {"/facts/prices/price_mug/type": "RECURRING"}),
        (_ALL_LINKS, {"/facts/prices/price_bowl/type": "RECURRING"}),
    ),
)
def price_recurring_not_supported(price: PriceView, _: Context) -> bool:
    """The price is recurring, and checkout takes one-time payments only.

    A price whose amount the buyer sets is not recurring. XPay's error page.
    """
    return price.stored.type == "RECURRING"


@rule(
    codes.PARAMETER_INVALID,
    order=1070,
    on=PriceView,
    needs=(price_missing,),
    undecided_when=lambda price, _: price.unknown or (price.stored.type == "CUSTOM" and price.ui_mode is None),
    message="The price '{price}' has an amount that the buyer sets, which uiMode '{uiMode}' does not support.",
    public={"price": "id", "type": "stored.type", "uiMode": "ui_mode"},
    except_in={
        "session.confirm": _SETTLED,
        **_CHANGED,
        ("payment_link.create", "payment_link.update", "payment_link.open"): "the page of a payment link is hosted",
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
    """The buyer sets the amount of the price, and the session has a custom page.

    XPay's plugins are refused this way.
    """
    return price.stored.type == "CUSTOM" and price.ui_mode == "custom"


@rule(
    codes.PRICE_SOLD_OUT,
    order=1080,
    on=PriceView,
    needs=(price_missing, quantity_out_of_range),
    undecided_when=lambda price, _: price.unknown,
    message="The price '{price}' has {stock} left in stock, and {requested} are requested; lower the quantity.",
    public={
        "price": "id",
        "stock": "stored.stock",
        "requested": lambda price, _: price.earlier_requested + price.quantity,
    },
    except_in={**_CHANGED, **_OPENED},
    counterexamples=((("create", "confirm", "payment_link_open_full"), {"/facts/prices/price_mug/stock": 0}),),
)
def price_sold_out(price: PriceView, _: Context) -> bool:
    """The lines ask for more of the price than is left in stock.

    Lines of the same price add up, and the first one that exceeds the stock is sold out; a line of quantity 0 never is.
    No stock is unlimited stock. A payment link may be made without any, and is judged when it is opened. XPay's error
    page.
    """
    return (
        price.stored.stock is not None
        and price.quantity > 0
        and price.earlier_requested + price.quantity > price.stored.stock
        and (price.earlier_requested == 0 or price.earlier_requested <= price.stored.stock)
    )


@rule(
    codes.PRICE_RECURRING_NOT_SUPPORTED,
    order=1090,
    on=InlinePriceView,
    param="recurring",
    message="priceData.recurring cannot be set: checkout takes one-time payments only.",
    public={"interval": "data.recurring.interval"},
    counterexamples=(("create", {f"{_INLINE}/recurring": {"interval": "MONTH"}}),),
)
def inline_price_recurring(inline: InlinePriceView, _: Context) -> bool:
    """The inline price is recurring, and checkout takes one-time payments only.

    Whatever its interval. XPay's error page.
    """
    return inline.data.recurring is not None


@rule(
    codes.AMOUNT_INVALID,
    order=1100,
    on=UnitAmountView,
    violated=Bound(
        "amount",
        minimum=0,
        maximum=MAX_UNIT_AMOUNT,
        shown_as="unitAmount",
        settings=(
            number("create", f"{_INLINE}/unitAmount", 0, LARGEST_AMOUNT),
            number(("price_create", "price_update_unused"), "/request/unitAmount"),
        ),
    ),
    message="unitAmount must be between {minimum} and {maximum} minor units, and is {unitAmount}.",
    counterexamples=(("create", {f"{_INLINE}/unitAmount": -1}),),
)
def unit_amount_out_of_range() -> None:
    """The unit amount of the price is negative or above the maximum.

    Zero is free, inline and in the catalogue. XPay's schema: 0 to 2147483647.
    """


@rule(
    codes.PARAMETER_INVALID,
    order=1110,
    on=InlinePriceView,
    param="productData.name",
    violated=Bound(
        "data.product_data.name",
        maximum=MAX_PRODUCT_NAME,
        length=True,
        settings=text("create", f"{_INLINE}/productData/name", 1),
    ),
    message="productData.name must have at most {maximum} characters.",
)
def product_name_too_long() -> None:
    """The name of the product is too long.

    XPay's schema: 255.
    """


@rule(
    codes.PARAMETER_INVALID,
    order=1120,
    on=InlinePriceView,
    param="productData.description",
    violated=Bound(
        "data.product_data.description",
        maximum=MAX_PRODUCT_DESCRIPTION,
        length=True,
        settings=text("create", f"{_INLINE}/productData/description"),
    ),
    message="productData.description must have at most {maximum} characters.",
)
def product_description_too_long() -> None:
    """The description of the product is too long.

    XPay's schema: 500.
    """


@rule(
    codes.PARAMETER_INVALID,
    order=1130,
    on=InlinePriceView,
    param="productData.unitLabel",
    violated=Bound(
        "data.product_data.unit_label",
        maximum=MAX_UNIT_LABEL,
        length=True,
        settings=text("create", f"{_INLINE}/productData/unitLabel"),
    ),
    message="productData.unitLabel must have at most {maximum} characters.",
)
def unit_label_too_long() -> None:
    """The unit label of the product is too long.

    XPay's schema: 50.
    """


@rule(
    codes.CURRENCY_INVALID,
    order=1190,
    on=InlinePriceView,
    param="currency",
    message="priceData.currency '{currency}' is not a valid ISO 4217 code.",
    public={"currency": lowered("data.currency", 40)},
    counterexamples=(("create", {f"{_INLINE}/currency": "egx"}),),
)
def inline_currency_invalid(inline: InlinePriceView, _: Context) -> bool:
    """The currency of the inline price is not a valid ISO 4217 code.

    In either case. XPay's error page.
    """
    return not inline.currency_recognised


@rule(
    codes.CURRENCY_INVALID,
    order=1200,
    on=PriceView,
    needs=(price_missing,),
    undecided_when=lambda price, _: price.unknown,
    message="The currency '{currency}' of the price '{price}' is not a valid ISO 4217 code.",
    public={"price": "id", "currency": lowered("stored.currency")},
    except_in={("session.confirm", "payment_link.open"): _SETTLED, **_CHANGED},
    counterexamples=(
        ("create_minimal", {"/facts/prices/price_mug/currency": "EGX"}),
        (_LINKS, {"/facts/prices/price_bowl/currency": "EGX"}),
    ),
)
def price_currency_invalid(price: PriceView, _: Context) -> bool:
    """The currency of the price is not a valid ISO 4217 code.

    A withdrawn currency is invalid from the day of its withdrawal on. XPay's error page; ISO 4217.
    """
    return not price.currency_recognised
