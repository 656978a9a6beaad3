"""What a price may be when it is saved.

Sources: XPay's error page, its schemas of the calls that save a price, its page on prices.
"""

from rules_engine import codes
from rules_engine.rules.kinds import REMOVED, Bound, number
from rules_engine.rules.limits import LARGEST_AMOUNT, MAX_STOCK
from rules_engine.rules.price import price_missing
from rules_engine.rules.row import rule
from rules_engine.views.context import Context
from rules_engine.views.saved_price import SAVED_PRICE, SavedPriceView


def _amount_unknown(price: SavedPriceView, _: Context) -> bool:
    return price.amount_judged is None


def _recurring_unknown(price: SavedPriceView, _: Context) -> bool:
    return price.recurring_judged is None


def _custom_unknown(price: SavedPriceView, _: Context) -> bool:
    return price.custom_judged is None


@rule(
    codes.PARAMETER_MISSING,
    order=410,
    on=SAVED_PRICE,
    param="currency",
    except_in={"price.update": "a change cannot clear the currency"},
    counterexamples=(("price_create", {"/request/currency": REMOVED}),),
)
def price_currency_missing(price: SavedPriceView, _: Context) -> bool:
    """The price has no currency.

    XPay's page on prices asks for one, where its schema does not.
    """
    return price.currency_missing


@rule(
    codes.PARAMETERS_EXCLUSIVE,
    order=900,
    on=SAVED_PRICE,
    param=("unitAmount", "type"),
    needs=(price_missing,),
    undecided_when=_amount_unknown,
    public={"type": "type", "unitAmount": "unit_amount"},
    counterexamples=(
        ("price_create_custom", {"/request/unitAmount": 38000}),
        ("price_update_to_custom", {"/request/unitAmount": REMOVED}),
    ),
)
def unit_amount_exclusive(price: SavedPriceView, _: Context) -> bool:
    """The buyer sets the amount of the price, and it has a unit amount of its own.

    A change that makes a price so clears the stored one with null. XPay's page on prices.
    """
    return price.amount_judged is True and price.type == "CUSTOM" and price.unit_amount is not None


@rule(
    codes.PARAMETER_REQUIRES_ANOTHER,
    order=910,
    on=SAVED_PRICE,
    param=("recurring", "type"),
    needs=(price_missing,),
    undecided_when=_recurring_unknown,
    public={"type": "type"},
    counterexamples=(
        (("price_create", "price_update", "price_update_charged_once"), {"/request/recurring": {"interval": "MONTH"}}),
        ("price_create_recurring", {"/request/type": REMOVED}),
    ),
)
def recurring_without_recurring_type(price: SavedPriceView, _: Context) -> bool:
    """The price says how often it is charged, and is not of type RECURRING.

    A price that states no type is ONE_TIME; where a change takes the type RECURRING away, what is stored goes with it.
    XPay's page on prices; it documents no code, and the field builds on the type.
    """
    return price.recurring_judged is True and price.recurs and price.type != "RECURRING"


@rule(
    codes.PARAMETER_REQUIRES_ANOTHER,
    order=920,
    on=SAVED_PRICE,
    param=("customUnitAmount", "type"),
    needs=(price_missing,),
    undecided_when=_custom_unknown,
    public={"type": "type"},
    counterexamples=(
        ("price_create", {"/request/customUnitAmount": {"minimum": 10000}}),
        ("price_create_custom", {"/request/type": None}),
        ("price_update_from_custom", {"/request/customUnitAmount": REMOVED}),
    ),
)
def custom_unit_amount_without_custom_type(price: SavedPriceView, _: Context) -> bool:
    """The price bounds what the buyer may set, and is not of type CUSTOM.

    A price that states no type is ONE_TIME. XPay's page on prices; it documents no code, and the field builds on the
    type.
    """
    return price.custom_judged is True and price.bounded and price.type != "CUSTOM"


@rule(
    codes.PARAMETER_MISSING,
    order=930,
    on=SAVED_PRICE,
    param="unitAmount",
    needs=(price_missing, custom_unit_amount_without_custom_type),
    undecided_when=_amount_unknown,
    public={"type": "type"},
    counterexamples=(
        (("price_create", "price_update_from_custom"), {"/request/unitAmount": REMOVED}),
        (("price_create_recurring", "price_update"), {"/request/unitAmount": None}),
    ),
)
def unit_amount_missing(price: SavedPriceView, _: Context) -> bool:
    """The price has no unit amount, and the buyer does not set it.

    Zero is one. XPay's page on prices.
    """
    return price.amount_judged is True and price.type != "CUSTOM" and price.unit_amount is None


@rule(
    codes.PARAMETER_REQUIRES_ANOTHER,
    order=940,
    on=SAVED_PRICE,
    param=("type", "recurring"),
    needs=(price_missing, custom_unit_amount_without_custom_type),
    undecided_when=_recurring_unknown,
    public={"type": "type"},
    counterexamples=(
        ("price_create", {"/request/type": "RECURRING"}),
        ("price_update_unused", {"/request/recurring": REMOVED}),
    ),
)
def recurring_type_without_recurring(price: SavedPriceView, _: Context) -> bool:
    """The price is of type RECURRING, and does not say how often it is charged.

    XPay's page on prices; it documents no code.
    """
    return price.recurring_judged is True and price.type == "RECURRING" and not price.recurs


@rule(
    codes.PARAMETER_REQUIRES_ANOTHER,
    order=950,
    on=SAVED_PRICE,
    param=("type", "customUnitAmount"),
    needs=(price_missing, unit_amount_exclusive, recurring_without_recurring_type),
    undecided_when=_custom_unknown,
    public={"type": "type"},
    counterexamples=((("price_create_custom", "price_update_to_custom"), {"/request/customUnitAmount": REMOVED}),),
)
def custom_type_without_custom_unit_amount(price: SavedPriceView, _: Context) -> bool:
    """The price is of type CUSTOM, and does not say what the buyer may set.

    An object without any bound says that everything is. XPay's page on prices; it documents no code.
    """
    return price.custom_judged is True and price.type == "CUSTOM" and not price.bounded


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=1140,
    on=SAVED_PRICE,
    param="recurring.intervalCount",
    violated=Bound("interval_count", minimum=1, maximum=LARGEST_AMOUNT),
    counterexamples=(
        (
            ("price_create_recurring", "price_update_unused"),
            {"/request/recurring": {"interval": "WEEK", "intervalCount": 0}},
        ),
    ),
)
def interval_count_out_of_range() -> None:
    """The number of intervals between two charges is below one or too large.

    XPay's schema: 1 to 9007199254740991, both admitted; 1 where it is not stated.
    """


@rule(
    codes.PRICE_STOCK_INVALID,
    order=1160,
    on=SAVED_PRICE,
    param="stock",
    violated=Bound(
        "stock",
        minimum=0,
        settings=number(("price_create_rich", "price_update_used"), "/request/stock"),
    ),
    public={"stock": "stock"},
)
def price_stock_invalid() -> None:
    """The stock of the price is negative.

    Zero is sold out, and null unlimited. A stored price that is oversold may be changed elsewhere. XPay's error page.
    """


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=1170,
    on=SAVED_PRICE,
    param="stock",
    violated=Bound(
        "stock",
        maximum=MAX_STOCK,
        settings=number(("price_create_rich", "price_update_unused"), "/request/stock", 0, LARGEST_AMOUNT),
    ),
)
def stock_out_of_range() -> None:
    """The stock of the price is above the maximum.

    As much as the limit is fine. XPay's schema: 2147483647.
    """


@rule(
    codes.PRICE_DATE_RANGE_INVALID,
    order=1470,
    on=SAVED_PRICE,
    param=("expirationDate", "startDate"),
    needs=(price_missing,),
    undecided_when=lambda price, _: price.dates_judged is None,
    public={"startDate": "start_date", "expirationDate": "expiration_date"},
    counterexamples=(
        ("price_create_rich", {"/request/startDate": "2026-12-01T00:00:00Z"}),
        ("price_update_used", {"/request/expirationDate": "2026-08-31T23:59:59Z"}),
        ("price_update_unused", {"/facts/prices/price_mug/expirationDate": "2026-11-30T00:00:00Z"}),
    ),
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
