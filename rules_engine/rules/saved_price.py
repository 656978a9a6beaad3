"""What a price may be when it is saved.

Sources: XPay's error page, its schemas of the calls that save a price, its page on prices.
"""

from rules_engine import codes
from rules_engine.rules.declaration import rule, shows_nothing
from rules_engine.rules.limits import LARGEST_AMOUNT, MAX_STOCK
from rules_engine.rules.price import price_missing
from rules_engine.views.context import Context
from rules_engine.views.saved_price import SAVED_PRICE, SavedPriceView
from rules_engine.violation import Evidence


def _type(price: SavedPriceView, _: Context) -> Evidence:
    return {"type": price.type}


def _amount_unknown(price: SavedPriceView, _: Context) -> bool:
    return price.amount_judged is None


def _recurring_unknown(price: SavedPriceView, _: Context) -> bool:
    return price.recurring_judged is None


def _custom_unknown(price: SavedPriceView, _: Context) -> bool:
    return price.custom_judged is None


@rule(codes.PARAMETER_MISSING, on=SAVED_PRICE, param="currency", evidence=shows_nothing)
def price_currency_missing(price: SavedPriceView, _: Context) -> bool:
    """The price has no currency.

    XPay's page on prices asks for one, where its schema does not.
    """
    return price.currency_missing


@rule(
    codes.PARAMETERS_EXCLUSIVE,
    on=SAVED_PRICE,
    param=("unitAmount", "type"),
    needs=(price_missing,),
    undecided_when=_amount_unknown,
    evidence=lambda price, _: {"type": price.type, "unitAmount": price.unit_amount},
)
def unit_amount_exclusive(price: SavedPriceView, _: Context) -> bool:
    """The buyer sets the amount of the price, and it has a unit amount of its own.

    A change that makes a price so clears the stored one with null. XPay's page on prices.
    """
    return price.amount_judged is True and price.type == "CUSTOM" and price.unit_amount is not None


@rule(
    codes.PARAMETER_REQUIRES_ANOTHER,
    on=SAVED_PRICE,
    param=("recurring", "type"),
    needs=(price_missing,),
    undecided_when=_recurring_unknown,
    evidence=_type,
)
def recurring_without_recurring_type(price: SavedPriceView, _: Context) -> bool:
    """The price says how often it is charged, and is not of type RECURRING.

    A price that states no type is ONE_TIME; where a change takes the type RECURRING away, what is stored goes with it.
    XPay's page on prices; it documents no code, and the field builds on the type.
    """
    return price.recurring_judged is True and price.recurs and price.type != "RECURRING"


@rule(
    codes.PARAMETER_REQUIRES_ANOTHER,
    on=SAVED_PRICE,
    param=("customUnitAmount", "type"),
    needs=(price_missing,),
    undecided_when=_custom_unknown,
    evidence=_type,
)
def custom_unit_amount_without_custom_type(price: SavedPriceView, _: Context) -> bool:
    """The price bounds what the buyer may set, and is not of type CUSTOM.

    A price that states no type is ONE_TIME. XPay's page on prices; it documents no code, and the field builds on the
    type.
    """
    return price.custom_judged is True and price.bounded and price.type != "CUSTOM"


@rule(
    codes.PARAMETER_MISSING,
    on=SAVED_PRICE,
    param="unitAmount",
    needs=(price_missing, custom_unit_amount_without_custom_type),
    undecided_when=_amount_unknown,
    evidence=_type,
)
def unit_amount_missing(price: SavedPriceView, _: Context) -> bool:
    """The price has no unit amount, and the buyer does not set it.

    Zero is one. XPay's page on prices.
    """
    return price.amount_judged is True and price.type != "CUSTOM" and price.unit_amount is None


@rule(
    codes.PARAMETER_REQUIRES_ANOTHER,
    on=SAVED_PRICE,
    param=("type", "recurring"),
    needs=(price_missing, custom_unit_amount_without_custom_type),
    undecided_when=_recurring_unknown,
    evidence=_type,
)
def recurring_type_without_recurring(price: SavedPriceView, _: Context) -> bool:
    """The price is of type RECURRING, and does not say how often it is charged.

    XPay's page on prices; it documents no code.
    """
    return price.recurring_judged is True and price.type == "RECURRING" and not price.recurs


@rule(
    codes.PARAMETER_REQUIRES_ANOTHER,
    on=SAVED_PRICE,
    param=("type", "customUnitAmount"),
    needs=(price_missing, unit_amount_exclusive, recurring_without_recurring_type),
    undecided_when=_custom_unknown,
    evidence=_type,
)
def custom_type_without_custom_unit_amount(price: SavedPriceView, _: Context) -> bool:
    """The price is of type CUSTOM, and does not say what the buyer may set.

    An object without any bound says that everything is. XPay's page on prices; it documents no code.
    """
    return price.custom_judged is True and price.type == "CUSTOM" and not price.bounded


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    on=SAVED_PRICE,
    param="recurring.intervalCount",
    evidence=lambda price, _: {"intervalCount": price.interval_count, "minimum": 1, "maximum": LARGEST_AMOUNT},
)
def interval_count_out_of_range(price: SavedPriceView, _: Context) -> bool:
    """The number of intervals between two charges is below one or too large.

    XPay's schema: 1 to 9007199254740991, both admitted; 1 where it is not stated.
    """
    return price.interval_count is not None and not 1 <= price.interval_count <= LARGEST_AMOUNT


@rule(
    codes.PRICE_STOCK_INVALID,
    on=SAVED_PRICE,
    param="stock",
    evidence=lambda price, _: {"stock": price.stock},
)
def price_stock_invalid(price: SavedPriceView, _: Context) -> bool:
    """The stock of the price is negative.

    Zero is sold out, and null unlimited. A stored price that is oversold may be changed elsewhere. XPay's error page.
    """
    return price.stock is not None and price.stock < 0


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    on=SAVED_PRICE,
    param="stock",
    limits=(MAX_STOCK,),
    evidence=lambda price, ctx: {"stock": price.stock, "maximum": ctx.limits[MAX_STOCK]},
)
def stock_out_of_range(price: SavedPriceView, ctx: Context) -> bool:
    """The stock of the price is above the maximum.

    As much as the limit is fine. XPay's schema: 2147483647.
    """
    return price.stock is not None and price.stock > ctx.limits[MAX_STOCK]


@rule(
    codes.PRICE_DATE_RANGE_INVALID,
    on=SAVED_PRICE,
    param=("expirationDate", "startDate"),
    needs=(price_missing,),
    undecided_when=lambda price, _: price.dates_judged is None,
    evidence=lambda price, _: {"startDate": price.start_date, "expirationDate": price.expiration_date},
)
def price_date_range_invalid(price: SavedPriceView, _: Context) -> bool:
    """The price would go on sale at the instant it goes off sale, or after it.

    Both may lie in the past. XPay's error page.
    """
    return (
        price.dates_judged is True
        and price.start_date is not None
        and price.expiration_date is not None
        and price.start_date >= price.expiration_date
    )
