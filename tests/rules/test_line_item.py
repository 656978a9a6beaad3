"""The rules on line items, on their currency, and on what they come to."""

from rules_engine.examples import REMOVED
from rules_engine.rules import currency, line_item
from tests.rules.table import (
    NO_SESSION,
    PAYMENT_LINKS,
    UNKNOWN_SESSION,
    Table,
    clear,
    reports,
    rows_test,
    shows,
    skipped,
    undecided,
)

LINES = "/request/lineItems"
BOWL, WRAP = f"{LINES}/1", f"{LINES}/2"
LARGEST = 2_147_483_647
MINIMUM, MAXIMUM = f"{BOWL}/adjustableQuantity/minimum", f"{BOWL}/adjustableQuantity/maximum"
LEAST, MOST = "lineItems[1].adjustableQuantity.minimum", "lineItems[1].adjustableQuantity.maximum"
QUANTITY, AT_QUANTITY, ENABLED = f"{BOWL}/quantity", "lineItems[1].quantity", f"{BOWL}/adjustableQuantity/enabled"
CODE = "/request/currency"
RESTRICTED, MINIMUM_CODE = "promotion_code_create_restricted", "/request/restrictions/minimumAmountCurrency"
AT_MINIMUM = "restrictions.minimumAmountCurrency"
MUG, BOWL_PRICE = "/facts/prices/price_mug", "/facts/prices/price_bowl"
INLINE = f"{LINES}/2/priceData"
ACCOUNT, CURRENCIES = "/facts/merchant/supportedCurrencies", "merchant.supportedCurrencies"
ELSEWHERE = {"/facts/merchant/settlementCurrency": "USD"}
UNKNOWN = {MUG: REMOVED}
GONE = {MUG: REMOVED, "/facts/missing": {"prices": ["price_mug"]}}
SETUP = {"/request/mode": "setup", LINES: REMOVED}
LAST_OF_KUNA, END_OF_KUNA = "2022-12-31T23:59:59.999999Z", "2023-01-01T00:00:00Z"
LAST_OF_LEV, END_OF_LEV = "2025-12-31T23:59:59.999999Z", "2026-01-01T00:00:00Z"
RATES, NO_RATE = "/facts/exchangeRates", {"/facts/exchangeRates": {}, "/facts/missing": {"exchangeRates": ["USD/EGP"]}}
DOLLARS = {
    "id": "cs_1",
    "status": "open",
    "currency": "EGP",
    "presentmentDetails": {"currency": "usd", "amountSubtotal": 128_500, "exchangeRate": "50.25"},
}
LINK_AT = "lineItems[0].priceId"
DIFFERS = {"currency": "usd", "sessionCurrency": "egp"}


def wrap(unit_amount: int, quantity: int = 1, code: str = "EGP") -> dict[str, object]:
    """An inline line."""
    return {
        "priceData": {"currency": code, "unitAmount": unit_amount, "productData": {"name": "Wrap"}},
        "quantity": quantity,
    }


ROWS: Table = {
    line_item.line_item_missing_price: (
        shows("null", "create", {f"{BOWL}/price": None}, "lineItems[1]", {"price": None}),
        reports("absent", "create", {f"{BOWL}/price": REMOVED}, "lineItems[1]"),
        reports("no price data either", "create", {f"{WRAP}/priceData": None}, "lineItems[2]"),
        reports("two", "create", {f"{BOWL}/price": None, f"{WRAP}/priceData": None}, "lineItems[1]", "lineItems[2]"),
        reports("the only line", "create_minimal", {f"{LINES}/0/price": None}, "lineItems[0]"),
        reports("in an update", "update_lines", {f"{LINES}/0/price": None}, "lineItems[0]"),
    ),
    line_item.line_item_price_exclusive: (
        shows("both", "create", {f"{WRAP}/price": "price_bowl"}, "lineItems[2].priceData", {"price": "price_bowl"}),
        clear("price data and null", "create", {f"{WRAP}/price": None}),
        clear("a price and null", "create", {f"{BOWL}/priceData": None}),
        reports("both in an update", "update_lines", {f"{WRAP}/price": "price_mug"}, "lineItems[2].priceData"),
        reports(
            "both on the line that the session takes its currency from",
            "create",
            {
                "/request/currency": None,
                LINES: [
                    {
                        "price": "price_mug",
                        "quantity": 1,
                        "priceData": {"currency": "EGP", "unitAmount": 1, "productData": {"name": "Mug"}},
                    }
                ],
                "/request/discounts": None,
            },
            "lineItems[0].priceData",
        ),
    ),
    line_item.quantity_out_of_range: (
        reports("-1 of what may be left out", "create", {f"{WRAP}/quantity": -1}, "lineItems[2].quantity"),
        reports(
            "two lines",
            "create",
            {f"{LINES}/0/quantity": -1, f"{BOWL}/quantity": -1},
            "lineItems[0].quantity",
            "lineItems[1].quantity",
        ),
    ),
    line_item.quantity_zero_not_optional: (
        shows(
            "adjustable from 1",
            "create",
            {f"{WRAP}/adjustableQuantity/minimum": 1},
            "lineItems[2].quantity",
            {"quantity": 0, "minimum": 1},
        ),
        reports(
            "from absent, which is 1",
            "create",
            {f"{WRAP}/adjustableQuantity/minimum": REMOVED},
            "lineItems[2].quantity",
        ),
        reports("from null", "create", {f"{WRAP}/adjustableQuantity/minimum": None}, "lineItems[2].quantity"),
        reports("not adjustable", "create", {f"{WRAP}/adjustableQuantity/enabled": False}, "lineItems[2].quantity"),
        reports("nothing stated", "create", {f"{WRAP}/adjustableQuantity": None}, "lineItems[2].quantity"),
        clear("1, not adjustable", "create", {f"{WRAP}/quantity": 1, f"{WRAP}/adjustableQuantity/enabled": False}),
        clear("1, adjustable from 0", "create", {f"{WRAP}/quantity": 1}),
        reports("in an update", "update_lines", {f"{LINES}/0/quantity": 0}, "lineItems[0].quantity"),
        reports(
            "adjustable from below 0",
            "create",
            {f"{WRAP}/adjustableQuantity/minimum": -1},
            ("adjustable_minimum_out_of_range", "lineItems[2].adjustableQuantity.minimum"),
        ),
        *(
            reports(f"{example}", example, {f"{BOWL}/adjustableQuantity": REMOVED}, "lineItems[1].quantity")
            for example in PAYMENT_LINKS
        ),
    ),
    line_item.adjustable_minimum_out_of_range: (
        shows("-1", "create", {MINIMUM: -1}, LEAST, {"minimum": -1, "maximum": 5, "limit": LARGEST}),
    ),
    line_item.adjustable_maximum_out_of_range: (
        shows("0", "create", {MAXIMUM: 0}, MOST, {"minimum": 1, "maximum": 0, "limit": LARGEST}),
        reports("0 with a minimum of 0", "create", {MAXIMUM: 0, MINIMUM: 0}, MOST),
    ),
    line_item.adjustable_range_empty: (
        clear("above", "create", {MINIMUM: 4, QUANTITY: 4}),
        clear("equal", "create", {MINIMUM: 5, QUANTITY: 5}),
        shows("below", "create", {MINIMUM: 6}, MOST, {"minimum": 6, "maximum": 5, "limit": LARGEST}),
        clear("no minimum", "create", {MINIMUM: None, MAXIMUM: 1}),
        clear("no maximum", "create", {MINIMUM: 6, MAXIMUM: None, QUANTITY: 6}),
        reports("in an update", "update_lines", {MINIMUM: 6}, MOST),
        *(
            reports(
                f"{example}",
                example,
                {MINIMUM: 2, MAXIMUM: 1},
                ("quantity_zero_not_optional", "lineItems[1].quantity"),
                MOST,
            )
            for example in PAYMENT_LINKS
        ),
    ),
    line_item.quantity_outside_adjustable_range: (
        clear("the most", "create", {QUANTITY: 5}),
        shows("one more", "create", {QUANTITY: 6}, AT_QUANTITY, {"quantity": 6, "minimum": 1, "maximum": 5}),
        clear("the least", "create", {QUANTITY: 2, MINIMUM: 2}),
        shows("one less", "create", {MINIMUM: 2}, AT_QUANTITY, {"quantity": 1, "minimum": 2, "maximum": 5}),
        clear("more, and not adjustable", "create", {QUANTITY: 6, ENABLED: False}),
        clear("less, and not adjustable", "create", {MINIMUM: 2, ENABLED: False}),
        clear("no most", "create", {QUANTITY: 6, MAXIMUM: None}),
        clear("no least", "create", {MINIMUM: None}),
        reports("in an update", "update_lines", {QUANTITY: 6}, AT_QUANTITY),
        skipped(
            "a least of 2, and none",
            "create",
            {QUANTITY: 0, MINIMUM: 2},
            AT_QUANTITY,
            ("quantity_zero_not_optional", AT_QUANTITY),
        ),
        skipped("no range at all", "create", {MINIMUM: 6}, AT_QUANTITY, ("adjustable_range_empty", MOST)),
    ),
    currency.currency_invalid: (
        clear("lower case", "create", {CODE: "egp"}),
        clear("mixed case", "create", {CODE: "Egp"}),
        clear("null", "create", {CODE: None}),
        shows("no code", "create", {CODE: "EGX"}, "currency", {"currency": "egx"}),
        shows("empty", "create", {CODE: ""}, "currency", {"currency": ""}),
        reports("a space", "create", {CODE: "EGP "}, "currency"),
        reports("a number", "create", {CODE: "818"}, "currency"),
        shows("a long text, cut to 40 characters", "create", {CODE: "X" * 41}, "currency", {"currency": "x" * 40}),
        reports(
            "the kuna, just before its end, is a code that the account has not",
            "create_minimal",
            {**SETUP, CODE: "hrk", "/facts/now": LAST_OF_KUNA},
            ("unsupported_currency", "currency"),
        ),
        reports("kuna, at its end", "create_minimal", {**SETUP, CODE: "hrk", "/facts/now": END_OF_KUNA}, "currency"),
        reports(
            "the lev, just before its end, is a code that the account has not",
            "create_minimal",
            {**SETUP, CODE: "BGN", "/facts/now": LAST_OF_LEV},
            ("unsupported_currency", "currency"),
        ),
        reports("the lev, at its end", "create_minimal", {**SETUP, CODE: "BGN", "/facts/now": END_OF_LEV}, "currency"),
        reports(
            "the one of the first line is judged there",
            "create_minimal",
            {f"{MUG}/currency": "EGX"},
            ("price_currency_invalid", "lineItems[0].price"),
        ),
        reports(
            "the one of an inline first line is judged there",
            "create_minimal",
            {LINES: [wrap(1, code="egx")]},
            ("inline_currency_invalid", "lineItems[0].priceData.currency"),
        ),
        reports(
            "both the stated one and the one of a line",
            "create",
            {CODE: "EGX", f"{INLINE}/currency": "EGX"},
            "currency",
            ("inline_currency_invalid", "lineItems[2].priceData.currency"),
        ),
        clear("of a price, in lower case", "price_create", {CODE: "usd"}),
        shows("of a price", "price_create", {CODE: "EGX"}, "currency", {"currency": "egx"}),
        clear("of a changed price, in lower case", "price_update", {CODE: "usd"}),
        reports("of a changed price", "price_update", {CODE: "EGX"}, "currency"),
        clear("as a price is stored", "price_update", {"/facts/prices/price_mug/currency": "EGX"}),
        shows("asked about for checkout", "currency_check", {CODE: "EGX"}, "currency", {"currency": "egx"}),
        reports("asked about for a catalogue", "currency_check_catalog", {CODE: "EGX"}, "currency"),
        reports("asked about for a refund", "currency_check_refund", {CODE: "EGX"}, "currency"),
        reports(
            "asked about just before its end, it is a code that the account has not",
            "currency_check",
            {CODE: "hrk", "/facts/now": LAST_OF_KUNA},
            ("unsupported_currency", "currency"),
        ),
        reports("asked about at its end", "currency_check", {CODE: "hrk", "/facts/now": END_OF_KUNA}, "currency"),
        reports(
            "asked about for a refund, just before its end",
            "currency_check_refund",
            {CODE: "hrk", "/facts/now": LAST_OF_KUNA},
            ("unsupported_currency", "currency"),
        ),
        reports(
            "for a refund, at its end", "currency_check_refund", {CODE: "hrk", "/facts/now": END_OF_KUNA}, "currency"
        ),
        clear("of a coupon, in lower case", "coupon_create_amount", {CODE: "kwd"}),
        shows("of a coupon, no code", "coupon_create_amount", {CODE: "EGX"}, "currency", {"currency": "egx"}),
        reports("of a percentage coupon, empty", "coupon_create", {CODE: ""}, "currency"),
        clear("of a minimum, in upper case", RESTRICTED, {MINIMUM_CODE: "USD"}),
        clear("of a minimum that states none", RESTRICTED, {MINIMUM_CODE: None}),
        shows("of a minimum, no code", RESTRICTED, {MINIMUM_CODE: "EGX"}, AT_MINIMUM, {"currency": "egx"}),
    ),
    currency.unsupported_currency: (
        clear("the account has it in another case", "create_foreign", {f"{ACCOUNT}/1/code": "usd"}),
        shows("the account has it not", "create_foreign", {f"{ACCOUNT}/1": REMOVED}, "currency", {"currency": "usd"}),
        reports("the account has none", "create_minimal", {CODE: "EGP", ACCOUNT: []}, "currency"),
        reports("the policy has it not", "create_foreign", {}, "currency", supported_currencies=["EGP", "KWD"]),
        reports(
            "lines in a third", "create", {CODE: "GBP"}, "currency", ("line_currency_mismatch", "lineItems[0].price")
        ),
        clear("the policy has it", "create_foreign", {}, supported_currencies=["USD"]),
        reports(
            "a code that the account has and no policy may admit",
            "create_minimal",
            {**SETUP, CODE: "CHF", f"{ACCOUNT}/-": {"code": "CHF"}},
            "currency",
        ),
        shows("first line's", "create_minimal", {f"{MUG}/currency": "GBP"}, "lineItems[0].price", {"currency": "gbp"}),
        reports(
            "first inline price", "create_minimal", {LINES: [wrap(1, code="gbp")]}, "lineItems[0].priceData.currency"
        ),
        clear("the account's default, without a line", "create_minimal", {**SETUP, f"{ACCOUNT}": [{"code": "EGP"}]}),
        reports("unsupported default", "create_minimal", {**SETUP, "/facts/merchant/defaultCurrency": "gbp"}, None),
        reports(
            "an empty list of lines has no first",
            "create_minimal",
            {LINES: [], "/facts/merchant/defaultCurrency": "GBP"},
            ("line_items_empty", "lineItems"),
            None,
        ),
        undecided(
            "its default not provided",
            "create_minimal",
            {**SETUP, "/facts/merchant/defaultCurrency": None},
            None,
            "merchant.defaultCurrency",
        ),
        undecided("first price not provided", "create_minimal", UNKNOWN, "lineItems[0].price", "prices[price_mug]"),
        clear("of a price, and the account has it", "price_create", {CODE: "kwd"}),
        reports("of a price, and the account has it not", "price_create", {CODE: "GBP"}, "currency"),
        reports("of a price, and the policy has it not", "price_create", {}, "currency", supported_currencies=["USD"]),
        clear("of a price whose account is paid out in another", "price_create", ELSEWHERE),
        clear("of a changed price, and the account has it", "price_update", {CODE: "usd"}),
        reports("of a changed price, and the account has it not", "price_update", {CODE: "gbp"}, "currency"),
        clear("as a price is stored", "price_update", {"/facts/prices/price_mug/currency": "GBP"}),
        shows("asked about for checkout", "currency_check", {CODE: "GBP"}, "currency", {"currency": "gbp"}),
        reports("for checkout, not the policy's", "currency_check", {}, "currency", supported_currencies=["USD"]),
        reports("asked about for a catalogue", "currency_check_catalog", {CODE: "GBP"}, "currency"),
        reports(
            "for a catalogue, not the policy's", "currency_check_catalog", {}, "currency", supported_currencies=["USD"]
        ),
        clear("money goes back in the settlement currency", "currency_check_refund", {CODE: "egp"}),
        clear("in another case", "currency_check_refund", {CODE: "USD", "/facts/merchant/settlementCurrency": "usd"}),
        shows("and in no other", "currency_check_refund", {CODE: "USD"}, "currency", {"currency": "usd"}),
        clear("whatever the account charges in", "currency_check_refund", {ACCOUNT: []}),
        clear("whatever it charges in not provided", "currency_check_refund", {ACCOUNT: None}),
        clear("whatever the policy lists", "currency_check_refund", {}, supported_currencies=["USD"]),
        clear("not listable", "currency_check_refund", {CODE: "CHF", "/facts/merchant/settlementCurrency": "CHF"}),
        clear("of a coupon, without a rate", "coupon_create_amount", NO_RATE),
        reports("of a coupon, which the account has not", "coupon_create_amount", {CODE: "gbp"}, "currency"),
        reports("of a coupon, not the policy's", "coupon_create_amount", {}, "currency", supported_currencies=[]),
        clear("of a minimum, without a rate", RESTRICTED, {MINIMUM_CODE: "KWD"}),
        reports("of a minimum, which the account has not", RESTRICTED, {MINIMUM_CODE: "gbp"}, AT_MINIMUM),
        clear("of no minimum, and account not provided", "promotion_code_create", {"/facts/merchant": None}),
        clear("first line of a link, in another of the account's", "payment_link_create", {f"{MUG}/currency": "usd"}),
        shows(
            "the first line of a link, in none of the account's",
            "payment_link_create",
            {f"{MUG}/currency": "eur"},
            LINK_AT,
            {"currency": "eur"},
        ),
        reports("of a link, not the policy's", "payment_link_create", {}, LINK_AT, supported_currencies=["USD"]),
        clear("a link keeps its currency", "payment_link_update_full", {ACCOUNT: []}),
        clear("a link whose currency has no rate", "payment_link_create", {f"{MUG}/currency": "KWD"}),
    ),
    currency.exchange_rate_not_found: (
        clear("the rate is known in another case", "create_foreign", {RATES: {"usd/egp": {"rate": "50.25"}}}),
        shows("the rate is known not to exist", "create_foreign", NO_RATE, "currency", {"currency": "usd"}),
        clear("the settlement currency needs none", "create", {RATES: {}}),
        clear("settlement, in lower case", "create_foreign", {RATES: {}, "/facts/merchant/settlementCurrency": "usd"}),
        reports(
            "another settlement currency",
            "create_minimal",
            {"/facts/merchant/settlementCurrency": "USD", RATES: {}, "/facts/missing": {"exchangeRates": ["EGP/USD"]}},
            "lineItems[0].price",
        ),
        reports(
            "of the first line's price data",
            "create_minimal",
            {LINES: [wrap(1, code="USD")], **NO_RATE},
            "lineItems[0].priceData.currency",
        ),
        clear(
            "only creation asks for one",
            "update_lines",
            {RATES: {}, "/facts/missing": {"exchangeRates": ["EGP/USD"]}, "/facts/merchant/settlementCurrency": "USD"},
        ),
        clear("no price asks for one", "price_create", {CODE: "USD", **NO_RATE}),
        clear("no changed price asks for one", "price_update", {CODE: "USD", **NO_RATE}),
        shows("asked about, and there is no rate", "currency_check_foreign", NO_RATE, "currency", {"currency": "usd"}),
        clear("asked about for a catalogue", "currency_check_catalog", {CODE: "USD", **NO_RATE}),
        clear("asked about for a refund", "currency_check_refund", {RATES: {}}),
        clear("the settlement currency, asked about", "currency_check", {RATES: {}}),
        undecided("first price not provided", "create_minimal", UNKNOWN, "lineItems[0].price", "prices[price_mug]"),
    ),
    currency.line_currency_mismatch: (
        clear("one, in several cases", "create", {CODE: "egp", f"{MUG}/currency": "Egp", f"{INLINE}/currency": "EGP"}),
        shows("a price", "create", {f"{BOWL_PRICE}/currency": "USD"}, "lineItems[1].price", DIFFERS),
        shows("an inline price", "create", {f"{INLINE}/currency": "usd"}, "lineItems[2].priceData.currency", DIFFERS),
        reports(
            "two lines", "create", {f"{BOWL_PRICE}/currency": "USD", f"{INLINE}/currency": "KWD"}, "lineItems[1].price"
        ),
        reports("all lines", "create", {CODE: "USD", "/request/discounts": None}, "lineItems[0].price"),
        reports(
            "than the first, where no currency is stated",
            "create",
            {CODE: None, f"{MUG}/currency": "USD", "/request/discounts": None},
            "lineItems[1].price",
        ),
        reports(
            "default does not count", "create", {CODE: None, f"{BOWL_PRICE}/currency": "USD"}, "lineItems[1].price"
        ),
        reports(
            "an invalid code, and another currency on the next line",
            "create",
            {f"{BOWL_PRICE}/currency": "EGX", f"{INLINE}/currency": "KWD"},
            ("price_currency_invalid", "lineItems[1].price"),
            "lineItems[2].priceData.currency",
        ),
        reports("than the stored session", "update_lines", {f"{MUG}/currency": "USD"}, "lineItems[0].price"),
        reports("than the buyer sees", "update_lines", {"/facts/session": DOLLARS}, "lineItems[0].price"),
        clear("what the buyer sees", "update_metadata", {"/facts/session": DOLLARS, LINES: [wrap(1, code="USD")]}),
        undecided("price not provided", "create", {BOWL_PRICE: REMOVED}, "lineItems[1].price", "prices[price_bowl]"),
        undecided("session not provided", "update_lines", UNKNOWN_SESSION, "lineItems[0].price", "session[cs_1]"),
        undecided(
            "a line before it may be the first",
            "create",
            {BOWL_PRICE: REMOVED, f"{INLINE}/currency": "KWD"},
            "lineItems[2].priceData.currency",
            "prices[price_bowl]",
        ),
        skipped(
            "no session",
            "update_lines",
            {"/facts/session": None, "/facts/missing": {"sessions": ["cs_1"]}},
            "lineItems[0].price",
            by=("session_missing", "id"),
        ),
        shows(
            "second of a link",
            "payment_link_create_full",
            {f"{BOWL_PRICE}/currency": "USD"},
            "lineItems[1].priceId",
            DIFFERS,
        ),
        clear("a link in lower case", "payment_link_update_full", {"/facts/paymentLink/currency": "egp"}),
        shows(
            "all lines of a changed link, reported at the first",
            "payment_link_update_full",
            {"/facts/paymentLink/currency": "KWD"},
            LINK_AT,
            {"currency": "egp", "sessionCurrency": "kwd"},
        ),
        clear("no line of the link is touched", "payment_link_update", {"/facts/paymentLink/currency": "KWD"}),
        reports(
            "there is no payment link",
            "payment_link_update_full",
            {"/facts/paymentLink": None, "/facts/missing": {"paymentLinks": ["plink_1"]}},
            ("payment_link_missing", "id"),
        ),
        undecided(
            "link's first price", "payment_link_create_full", UNKNOWN, "lineItems[1].priceId", "prices[price_mug]"
        ),
    ),
    currency.session_amount_too_small: (
        clear("an inline line, as much", "create", {f"{LINES}/2/quantity": 2}, min_session_amount=137_500),
        shows(
            "an inline line, less",
            "create",
            {f"{LINES}/2/quantity": 2},
            "lineItems",
            {"subtotal": 137_500, "minimum": 137_501},
            min_session_amount=137_501,
        ),
        clear("nothing is paid, and no minimum set", "create_minimal", {f"{MUG}/unitAmount": 0}),
        reports(
            "nothing is paid, and a minimum set",
            "create_minimal",
            {f"{MUG}/unitAmount": 0},
            "lineItems",
            min_session_amount=1,
        ),
        clear("no line is touched", "update_metadata", {}, min_session_amount=9_000_000),
        clear("a session in setup mode", "create", SETUP, min_session_amount=1),
        skipped("no session", "update", NO_SESSION, "lineItems", by=("session_missing", "id")),
        clear("no line of a link is touched", "payment_link_update", {}, min_session_amount=9_000_000),
    ),
    currency.session_amount_too_large: (
        clear("with an inline line, as much", "create", {f"{LINES}/2/quantity": 2}, max_session_amount=137_500),
        reports("an inline line, more", "create", {f"{LINES}/2/quantity": 2}, "lineItems", max_session_amount=137_499),
        clear("no line is touched", "update_metadata", {}, max_session_amount=1),
        clear(
            "an amount set by the buyer counts at its preset",
            "create_minimal",
            {f"{MUG}/type": "CUSTOM", f"{MUG}/customUnitAmount": {"minimum": 100, "preset": 700}},
            max_session_amount=700,
        ),
        shows(
            "and not below",
            "create_minimal",
            {f"{MUG}/type": "CUSTOM", f"{MUG}/customUnitAmount": {"minimum": 100, "preset": 700}},
            "lineItems",
            {"subtotal": 700, "maximum": 699},
            max_session_amount=699,
        ),
        shows(
            "without a preset at its minimum",
            "create_minimal",
            {
                f"{MUG}/type": "CUSTOM",
                f"{MUG}/customUnitAmount": {"minimum": 100, "maximum": 900},
                f"{LINES}/0/quantity": 3,
            },
            "lineItems",
            {"subtotal": 300, "maximum": 299},
            max_session_amount=299,
        ),
        clear(
            "without either at nothing",
            "create_minimal",
            {f"{MUG}/type": "CUSTOM", f"{MUG}/customUnitAmount": {"maximum": 900}, f"{LINES}/0/quantity": 3},
            max_session_amount=1,
        ),
        clear(
            "not bounded", "create_minimal", {f"{MUG}/type": "CUSTOM", f"{LINES}/0/quantity": 3}, max_session_amount=1
        ),
        skipped("no session", "update", NO_SESSION, "lineItems", by=("session_missing", "id")),
        clear("no line of a link is touched", "payment_link_update", {}, max_session_amount=1),
    ),
}

test_rows = rows_test(ROWS)
