"""Boundaries of the minimum amount of a coupon."""

from rules_engine.examples import REMOVED
from rules_engine.rules import discount
from tests.rules.table import NO_SESSION, Table, clear, reports, rows_test, shows, skipped, undecided
from tests.rules.test_coupon import BY_CODE, BY_ID, COUPON, CURRENCY, ENTERED, PRICE, SET_AGAIN, UNKNOWN

LEAST, RATES = f"{COUPON}/minValue", "/facts/exchangeRates"
PRICED_IN_DOLLARS = {
    "/request/currency": "USD",
    f"{PRICE}/currency": "USD",
    "/facts/prices/price_bowl/currency": "USD",
    "/request/lineItems/2/priceData/currency": "USD",
    CURRENCY: None,
}
SEEN_IN_DOLLARS = {
    "/facts/session/presentmentDetails": {"currency": "USD", "amountSubtotal": 128_500, "exchangeRate": "50.25"},
    "/facts/promotionCodesByCode/AUTUMN/restrictions/minimumAmount": None,
    CURRENCY: None,
}


def short(subtotal: int, minimum: int | None, currency: str | None = "egp") -> dict[str, object]:
    """Evidence of a subtotal below a minimum."""
    return {"subtotal": subtotal, "minimum": minimum, "sessionCurrency": currency}


ROWS: Table = {
    discount.coupon_minimum_amount: (
        clear("no minimum", "create_coupon", {LEAST: None}),
        clear("a minimum of nothing", "create_coupon", {LEAST: 0}),
        clear("a minimum of less than nothing", "create_coupon", {LEAST: -1}),
        clear("less than the subtotal", "create_coupon", {LEAST: 128_499}),
        clear("as much as the subtotal", "create_coupon", {LEAST: 128_500}),
        shows("more than the subtotal", "create_coupon", {LEAST: 128_501}, BY_ID, short(128_500, 128_501)),
        reports("more, behind a typed code", "apply", {LEAST: 128_501}, ENTERED),
        clear(
            "a stored session that came to as much", "update", {**SET_AGAIN, "/facts/session/amountSubtotal": 50_000}
        ),
        shows(
            "a stored session that came to less",
            "update",
            {**SET_AGAIN, "/facts/session/amountSubtotal": 49_999},
            BY_ID,
            short(49_999, 50_000),
        ),
        clear("before the discount", "create_coupon", {LEAST: 128_500, f"{COUPON}/percentOff": 100}),
        clear("no currency is the settlement currency's", "create_coupon", {LEAST: 128_500, CURRENCY: None}),
        reports("no currency, and more", "create_coupon", {LEAST: 128_501, CURRENCY: None}, BY_ID),
        # 64571.25 EGP at 50.25 are 1285 USD, and 64571.76 are 1285.0101.
        clear("no currency is converted to the session's", "create_coupon", {**PRICED_IN_DOLLARS, LEAST: 6_457_125}),
        shows(
            "no currency, converted, more by a fraction",
            "create_coupon",
            {**PRICED_IN_DOLLARS, LEAST: 6_457_126},
            BY_ID,
            short(128_500, 128_500, "usd"),
        ),
        shows(
            "no currency, converted, and more",
            "create_coupon",
            {**PRICED_IN_DOLLARS, LEAST: 6_457_176},
            BY_ID,
            short(128_500, 128_501, "usd"),
        ),
        clear("at the locked rate", "apply", {**SEEN_IN_DOLLARS, LEAST: 6_457_125, RATES: {}}),
        reports(
            "locked, more",
            "apply",
            {**SEEN_IN_DOLLARS, LEAST: 6_457_176, RATES: {"USD/EGP": {"rate": "1000"}}},
            ENTERED,
        ),
        reports(
            "in another currency", "create_coupon", {LEAST: 1, CURRENCY: "USD"}, ("coupon_currency_mismatch", BY_ID)
        ),
        clear(
            "in another currency, and only the lines are touched",
            "update_lines",
            {LEAST: 100, CURRENCY: "usd", RATES: {"USD/EGP": {"rate": "1285"}}},
        ),
        reports(
            "in another currency, only the lines are touched, and more",
            "update_lines",
            {LEAST: 100, CURRENCY: "usd", RATES: {"USD/EGP": {"rate": "1285.001"}}},
            "lineItems",
        ),
        shows(
            "no rate for it",
            "update_lines",
            {LEAST: 1, CURRENCY: "USD", RATES: {}, "/facts/missing": {"exchangeRates": ["USD/EGP"]}},
            "lineItems",
            short(128_500, None, None),
        ),
        undecided(
            "no rate", "update_lines", {LEAST: 1, CURRENCY: "USD", RATES: {}}, "lineItems", "exchangeRates[USD/EGP]"
        ),
        undecided("settlement unknown", "apply", {CURRENCY: None, "/facts/merchant": None}, ENTERED, "merchant"),
        clear("more, and only the customer is touched", "update_customer", {LEAST: 128_501}),
        clear("more, and it is taken away with the lines", "update_lines", {LEAST: 128_501, "/request/discounts": []}),
        undecided("a price not provided", "create_coupon", {PRICE: REMOVED}, BY_ID, "prices[price_mug]"),
        undecided("coupon not provided", "create_coupon", UNKNOWN, BY_ID, "coupons[coup_1]"),
        skipped("no session", "update", NO_SESSION, BY_CODE, by=("session_missing", "id")),
    ),
}

test_rows = rows_test(ROWS)
