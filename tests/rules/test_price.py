"""Boundaries of the rules on the price of a line, from the catalogue or inline."""

from rules_engine.examples import NOW, REMOVED
from rules_engine.rules import price
from tests.rules.table import (
    EARLIER,
    INSTANT,
    LATER,
    NO_SESSION,
    PAYMENT_LINKS,
    UNKNOWN_SESSION,
    Table,
    clear,
    decided,
    reports,
    rows_test,
    shows,
    undecided,
)

LINES = "/request/lineItems"
MUG, BOWL = "/facts/prices/price_mug", "/facts/prices/price_bowl"
AT = "lineItems[0].price"
UNKNOWN = {MUG: REMOVED}
GONE = {MUG: REMOVED, "/facts/missing": {"prices": ["price_mug"]}}
BY_MISSING = ("price_missing", AT)
BOTH_GONE = {"/facts/prices": {}, "/facts/missing": {"prices": ["price_mug", "price_bowl"]}}
START, END, STOCK, TYPE, CURRENCY = (
    f"{MUG}/{field}" for field in ("startDate", "expirationDate", "stock", "type", "currency")
)
INLINE = f"{LINES}/2/priceData"
NAME, DESCRIPTION, LABEL = (f"{INLINE}/productData/{field}" for field in ("name", "description", "unitLabel"))
AMOUNT = "/request/unitAmount"
LARGEST = 2_147_483_647
LAST_OF_KUNA, END_OF_KUNA = "2022-12-31T23:59:59.999999Z", "2023-01-01T00:00:00Z"
LAST_OF_LEV, END_OF_LEV = "2025-12-31T23:59:59.999999Z", "2026-01-01T00:00:00Z"
SET_BY_BUYER = {TYPE: "CUSTOM", f"{MUG}/customUnitAmount": {"preset": 38_000}}


def mugs(*quantities: int) -> list[dict[str, object]]:
    """Lines of mugs."""
    return [{"price": "price_mug", "quantity": quantity} for quantity in quantities]


def optional_mugs(quantity: int) -> dict[str, object]:
    """A line of mugs that may be left out."""
    return {"price": "price_mug", "quantity": quantity, "adjustableQuantity": {"enabled": True, "minimum": 0}}


def stored_in(currency: str, now: str) -> dict[str, object]:
    """An update, at an instant, of the lines of a session in a currency."""
    return {
        "/facts/now": now,
        "/facts/session/currency": currency,
        START: None,
        CURRENCY: currency,
        "/request": {"lineItems": mugs(1)},
    }


def stored_inline_in(currency: str, now: str) -> dict[str, object]:
    """The same with an inline price."""
    line = {"priceData": {"currency": currency, "unitAmount": 1, "productData": {"name": "Mug"}}, "quantity": 1}
    return {"/facts/now": now, "/facts/session/currency": currency, "/request": {"lineItems": [line]}}


STORED_LINES_LEFT_OUT = {"/facts/session/lineItems": REMOVED}
LINK_AT = "lineItems[0].priceId"
SESSION_MODE = "/facts/session/mode"


ROWS: Table = {
    price.price_missing: (
        shows("missing", "create", GONE, AT, {"price": "price_mug"}),
        reports("the only one", "create_minimal", GONE, AT),
        reports("two of them", "create", BOTH_GONE, AT, "lineItems[1].price"),
        reports("the same one on two lines", "create_minimal", {**GONE, LINES: mugs(1, 1)}, AT, "lineItems[1].price"),
        reports("in an update", "update_lines", GONE, AT),
        clear("of a stored session, where it was written into its line", "confirm", GONE),
        undecided("not provided, in an update", "update_lines", UNKNOWN, AT, "prices[price_mug]"),
        shows("that is changed", "price_update", GONE, "id", {"price": "price_mug"}),
        clear("no line of the link is touched", "payment_link_update", GONE),
        clear("a link without lines", "payment_link_open", {"/facts/paymentLink/lineItems": []}),
    ),
    price.price_inactive: (
        clear("nothing stated", "create", {f"{MUG}/active": REMOVED}),
        shows("archived", "create", {f"{MUG}/active": False}, AT, {"price": "price_mug", "active": False}),
        reports("archived, in an update", "update_lines", {f"{MUG}/active": False}, AT),
        clear("archived, and no line is touched", "update_metadata", {f"{MUG}/active": False}),
        reports("two of them", "create", {f"{MUG}/active": False, f"{BOWL}/active": False}, AT, "lineItems[1].price"),
        reports("another is missing", "create", {**GONE, f"{BOWL}/active": False}, BY_MISSING, "lineItems[1].price"),
        clear("a session that only sets up a method", "confirm", {**STORED_LINES_LEFT_OUT, SESSION_MODE: "setup"}),
        *(reports(f"{example}", example, {f"{MUG}/active": False}, LINK_AT) for example in PAYMENT_LINKS),
        reports("archived, of a stored line of a link", "payment_link_open", {f"{MUG}/active": False}, None),
        clear("archived, and no line of the link is touched", "payment_link_update", {f"{MUG}/active": False}),
    ),
    price.price_not_yet_active: (
        clear("just after its start", "create", {START: EARLIER}),
        clear("at its start", "create", {START: NOW}),
        shows(
            "just before its start",
            "create",
            {START: LATER},
            AT,
            {"price": "price_mug", "startDate": INSTANT.replace(microsecond=1), "now": INSTANT},
        ),
        clear("at its start, with another offset", "create", {START: "2026-11-22T12:00:00+02:00"}),
        reports("before its start, with another offset", "create", {START: "2026-11-22T12:00:00.000001+02:00"}, AT),
        clear("no start", "create", {START: None}),
        reports("of a stored line", "confirm", {START: LATER}, None),
        reports("in an update", "update_lines", {START: LATER}, AT),
        clear("no line is touched", "update_metadata", {START: LATER}),
        reports("its end has come before its start", "create", {START: LATER, END: NOW}, AT, ("price_expired", AT)),
        *(clear(f"a link may be ready before: {example}", example, {START: LATER}) for example in PAYMENT_LINKS),
        reports("a link is opened just before its start", "payment_link_open", {START: LATER}, None),
        clear("a link is opened at its start", "payment_link_open", {START: NOW}),
    ),
    price.price_expired: (
        clear("just before its end", "create", {END: LATER}),
        shows("its end", "create", {END: NOW}, AT, {"price": "price_mug", "expirationDate": INSTANT, "now": INSTANT}),
        reports("just after its end", "create", {END: EARLIER}, AT),
        reports("at its end, with another offset", "create", {END: "2026-11-22T05:00:00-05:00"}, AT),
        clear("no end", "create", {END: None}),
        reports("now with another offset", "create", {END: NOW, "/facts/now": "2026-11-22T12:00:00+02:00"}, AT),
        reports("in an update", "update_lines", {END: NOW}, AT),
        clear("no line is touched", "update_metadata", {END: NOW}),
        *(reports(f"{example}", example, {END: NOW}, LINK_AT) for example in PAYMENT_LINKS),
        clear("no line of the link is touched", "payment_link_update", {END: NOW}),
        reports("a link is opened at its end", "payment_link_open", {END: NOW}, None),
        clear("a link is opened just before its end", "payment_link_open", {END: LATER}),
    ),
    price.price_recurring_not_supported: (
        clear("nothing stated", "create", {TYPE: REMOVED}),
        clear("the buyer sets the amount", "create", {TYPE: "CUSTOM", f"{MUG}/customUnitAmount": {"preset": 38_000}}),
        shows("recurring", "create", {TYPE: "RECURRING"}, AT, {"price": "price_mug", "type": "RECURRING"}),
        reports("recurring every month", "create", {TYPE: "RECURRING", f"{MUG}/recurring": {"interval": "MONTH"}}, AT),
        reports("recurring in a subscription", "create", {TYPE: "RECURRING", "/request/mode": "subscription"}, AT),
        reports("recurring, in an update", "update_lines", {TYPE: "RECURRING"}, AT),
        *(reports(f"{example}", example, {TYPE: "RECURRING"}, LINK_AT) for example in PAYMENT_LINKS),
        reports("recurring, of a stored line of a link", "payment_link_open", {TYPE: "RECURRING"}, None),
        clear("the buyer of a link sets the amount", "payment_link_open", SET_BY_BUYER),
    ),
    price.custom_price_unavailable: (
        clear("hosted", "create", SET_BY_BUYER),
        clear("hosted because nothing else is said", "create_minimal", SET_BY_BUYER),
        clear("embedded", "create", {**SET_BY_BUYER, "/request/uiMode": "embedded", "/request/cancelUrl": REMOVED}),
        shows(
            "custom",
            "create_custom_page",
            SET_BY_BUYER,
            AT,
            {"price": "price_mug", "type": "CUSTOM", "uiMode": "custom"},
        ),
        reports("stored custom", "update_custom_page", SET_BY_BUYER, AT),
        clear("stored hosted", "update_lines", SET_BY_BUYER),
        undecided("uiMode unknown", "update_lines", {**SET_BY_BUYER, **UNKNOWN_SESSION}, AT, "session[cs_1]"),
        decided("uiMode unknown, and it is paid once", "update_lines", UNKNOWN_SESSION),
        reports("no session", "update_lines", {**SET_BY_BUYER, **NO_SESSION}, ("session_missing", "id")),
    ),
    price.price_currency_invalid: (
        clear("lower case", "create", {CURRENCY: "egp"}),
        clear("mixed case", "create", {CURRENCY: "eGp"}),
        shows("no code", "create", {CURRENCY: "EGX"}, AT, {"price": "price_mug", "currency": "egx"}),
        reports("two letters", "create", {CURRENCY: "EG"}, AT),
        reports("a space", "create", {CURRENCY: "EGP "}, AT),
        clear("the kuna, just before its end", "update_metadata", stored_in("HRK", LAST_OF_KUNA)),
        reports("the kuna, at its end", "update_metadata", stored_in("HRK", END_OF_KUNA), AT),
        clear("the lev, just before its end", "update_metadata", stored_in("bgn", LAST_OF_LEV)),
        reports("the lev, at its end", "update_metadata", stored_in("bgn", END_OF_LEV), AT),
        reports("the lev, with another offset", "update_metadata", stored_in("BGN", "2026-01-01T02:00:00+02:00"), AT),
        reports("of a link", "payment_link_create", {CURRENCY: "EGX"}, LINK_AT),
        reports("of a changed link", "payment_link_update_full", {CURRENCY: "EGX"}, LINK_AT),
    ),
    price.price_sold_out: (
        clear("unlimited", "create", {STOCK: None}),
        clear("nothing stated", "create", {STOCK: REMOVED}),
        clear("more than enough", "create", {STOCK: 3}),
        clear("just enough", "create", {STOCK: 2}),
        shows("one too few", "create", {STOCK: 1}, AT, {"price": "price_mug", "stock": 1, "requested": 2}),
        shows("oversold", "create", {STOCK: -1}, AT, {"price": "price_mug", "stock": -1, "requested": 2}),
        clear("two lines, just enough", "create_minimal", {LINES: mugs(5, 7)}),
        shows(
            "two lines, one too few",
            "create_minimal",
            {LINES: mugs(5, 8)},
            "lineItems[1].price",
            {"price": "price_mug", "stock": 12, "requested": 13},
        ),
        reports("the first of two asks for too many", "create_minimal", {LINES: mugs(13, 1)}, AT),
        reports("the second of three", "create_minimal", {LINES: mugs(12, 1, 1)}, "lineItems[1].price"),
        reports("only the first, where there is none", "create_minimal", {LINES: mugs(1, 1), STOCK: 0}, AT),
        reports("only the first, where it is oversold", "create_minimal", {LINES: mugs(1, 1), STOCK: -2}, AT),
        clear("quantity 0 of none", "create_minimal", {LINES: [optional_mugs(0)], STOCK: 0}),
        clear("quantity 0 of an oversold one", "create_minimal", {LINES: [optional_mugs(0)], STOCK: -1}),
        clear("quantity 0 after the last", "create_minimal", {LINES: [*mugs(12), optional_mugs(0)]}),
        reports("0, then one", "create_minimal", {LINES: [optional_mugs(0), *mugs(1)], STOCK: 0}, "lineItems[1].price"),
        reports("quantity 0 after too many", "create_minimal", {LINES: [*mugs(13), optional_mugs(0)]}, AT),
        reports("another's stock", "create", {f"{LINES}/0/quantity": 12, f"{BOWL}/stock": 0}, "lineItems[1].price"),
        clear("of a stored line, just enough", "confirm", {STOCK: 2}),
        shows("stored, one too few", "confirm", {STOCK: 1}, None, {"price": "price_mug", "stock": 1, "requested": 2}),
        clear("in an update, just enough", "update_lines", {STOCK: 2}),
        reports("in an update, one too few", "update_lines", {STOCK: 1}, AT),
        clear("no line is touched", "update_metadata", {STOCK: 0}),
        reports(
            "a line that asks for less than nothing gives nothing back",
            "create_minimal",
            {LINES: mugs(-5, 13)},
            ("quantity_out_of_range", "lineItems[0].quantity"),
            "lineItems[1].price",
        ),
        *(clear(f"a link may wait for stock: {example}", example, {STOCK: 0}) for example in PAYMENT_LINKS),
        clear("a link is opened, just enough", "payment_link_open", {STOCK: 2}),
        shows("opened link", "payment_link_open", {STOCK: 1}, None, {"price": "price_mug", "stock": 1, "requested": 2}),
        shows(
            "a link has two lines of it",
            "payment_link_open",
            {STOCK: 3, "/facts/paymentLink/lineItems/-": {"quantity": 2, "price": {"id": "price_mug"}}},
            None,
            {"price": "price_mug", "stock": 3, "requested": 4},
        ),
    ),
    price.inline_currency_invalid: (
        clear("lower case", "create", {f"{INLINE}/currency": "egp"}),
        shows(
            "no code", "create", {f"{INLINE}/currency": "EGX"}, "lineItems[2].priceData.currency", {"currency": "egx"}
        ),
        shows("empty", "create", {f"{INLINE}/currency": ""}, "lineItems[2].priceData.currency", {"currency": ""}),
        reports("a sign", "create", {f"{INLINE}/currency": "E£"}, "lineItems[2].priceData.currency"),
        reports("upper case only", "create", {f"{INLINE}/currency": "uß"}, "lineItems[2].priceData.currency"),
        shows(
            "a long text, of which 40 characters are shown",
            "create",
            {f"{INLINE}/currency": "X" * 41},
            "lineItems[2].priceData.currency",
            {"currency": "x" * 40},
        ),
        clear("the kuna, just before its end", "update_metadata", stored_inline_in("hrk", LAST_OF_KUNA)),
        reports("the kuna", "update_metadata", stored_inline_in("hrk", END_OF_KUNA), "lineItems[0].priceData.currency"),
        clear("the lev, just before its end", "update_metadata", stored_inline_in("BGN", LAST_OF_LEV)),
        reports("the lev", "update_metadata", stored_inline_in("BGN", END_OF_LEV), "lineItems[0].priceData.currency"),
    ),
    price.unit_amount_out_of_range: (clear("as it is stored", "price_update", {}, max_unit_amount=37_999),),
    price.inline_price_recurring: (
        clear("null", "create", {f"{INLINE}/recurring": None}),
        shows(
            "monthly",
            "create",
            {f"{INLINE}/recurring": {"interval": "MONTH"}},
            "lineItems[2].priceData.recurring",
            {"interval": "MONTH"},
        ),
        reports(
            "every two years",
            "create",
            {f"{INLINE}/recurring": {"interval": "YEAR", "intervalCount": 2}},
            "lineItems[2].priceData.recurring",
        ),
        reports(
            "never, by its count",
            "create",
            {f"{INLINE}/recurring": {"interval": "DAY", "intervalCount": 0}},
            "lineItems[2].priceData.recurring",
        ),
        reports(
            "in an update",
            "update_lines",
            {f"{INLINE}/recurring": {"interval": "DAY"}},
            "lineItems[2].priceData.recurring",
        ),
    ),
}

test_rows = rows_test(ROWS)
