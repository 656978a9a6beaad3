"""Boundaries of the rules on the currency of a session or a price, and on what lines come to in it."""

from rules_engine.examples import REMOVED
from rules_engine.rules import currency
from tests.rules.table import NO_SESSION, UNKNOWN_SESSION, Table, clear, reports, rows_test, skipped, undecided

LINES = "/request/lineItems"
CODE = "/request/currency"
RESTRICTED, MINIMUM_CODE = "promotion_code_create_restricted", "/request/restrictions/minimumAmountCurrency"
AT_MINIMUM = "restrictions.minimumAmountCurrency"
MUG, BOWL = "/facts/prices/price_mug", "/facts/prices/price_bowl"
INLINE = f"{LINES}/2/priceData"
ACCOUNT, CURRENCIES = "/facts/merchant/supportedCurrencies", "merchant.supportedCurrencies"
ELSEWHERE = {"/facts/merchant/settlementCurrency": "USD"}
UNKNOWN = {MUG: REMOVED}
GONE_PRICES = {"/facts/prices": {}, "/facts/missing": {"prices": ["price_mug"]}}
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
    currency.currency_invalid: (
        clear("lower case", "create", {CODE: "egp"}),
        clear("mixed case", "create", {CODE: "Egp"}),
        clear("null", "create", {CODE: None}),
        reports("no code", "create", {CODE: "EGX"}, "currency", evidence={"currency": "egx"}),
        reports("empty", "create", {CODE: ""}, "currency", evidence={"currency": ""}),
        reports("a space", "create", {CODE: "EGP "}, "currency"),
        reports("a number", "create", {CODE: "818"}, "currency"),
        reports(
            "a long text, of which 40 characters are shown",
            "create",
            {CODE: "X" * 41},
            "currency",
            evidence={"currency": "x" * 40},
        ),
        reports(
            "the kuna, one microsecond before its end, is a code that the account has not",
            "create_minimal",
            {**SETUP, CODE: "hrk", "/facts/now": LAST_OF_KUNA},
            ("unsupported_currency", "currency"),
        ),
        reports(
            "the kuna, at its end", "create_minimal", {**SETUP, CODE: "hrk", "/facts/now": END_OF_KUNA}, "currency"
        ),
        reports(
            "the lev, one microsecond before its end, is a code that the account has not",
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
        reports("of a price", "price_create", {CODE: "EGX"}, "currency", evidence={"currency": "egx"}),
        clear("of a changed price, in lower case", "price_update", {CODE: "usd"}),
        reports("of a changed price", "price_update", {CODE: "EGX"}, "currency"),
        clear("as a price is stored", "price_update", {"/facts/prices/price_mug/currency": "EGX"}),
        reports("asked about for checkout", "currency_check", {CODE: "EGX"}, "currency", evidence={"currency": "egx"}),
        reports("asked about for a catalogue", "currency_check_catalog", {CODE: "EGX"}, "currency"),
        reports("asked about for a refund", "currency_check_refund", {CODE: "EGX"}, "currency"),
        reports(
            "asked about one microsecond before its end, it is a code that the account has not",
            "currency_check",
            {CODE: "hrk", "/facts/now": LAST_OF_KUNA},
            ("unsupported_currency", "currency"),
        ),
        reports("asked about at its end", "currency_check", {CODE: "hrk", "/facts/now": END_OF_KUNA}, "currency"),
        reports(
            "asked about for a refund, one microsecond before its end",
            "currency_check_refund",
            {CODE: "hrk", "/facts/now": LAST_OF_KUNA},
            ("unsupported_currency", "currency"),
        ),
        reports(
            "asked about for a refund, at its end",
            "currency_check_refund",
            {CODE: "hrk", "/facts/now": END_OF_KUNA},
            "currency",
        ),
        clear("of a coupon, in lower case", "coupon_create_amount", {CODE: "kwd"}),
        reports(
            "of a coupon, no code", "coupon_create_amount", {CODE: "EGX"}, "currency", evidence={"currency": "egx"}
        ),
        reports("of a percentage coupon, empty", "coupon_create", {CODE: ""}, "currency"),
        clear("of a minimum, in upper case", RESTRICTED, {MINIMUM_CODE: "USD"}),
        clear("of a minimum that states none", RESTRICTED, {MINIMUM_CODE: None}),
        reports("of a minimum, no code", RESTRICTED, {MINIMUM_CODE: "EGX"}, AT_MINIMUM, evidence={"currency": "egx"}),
    ),
    currency.unsupported_currency: (
        clear("the account has it in another case", "create_foreign", {f"{ACCOUNT}/1/code": "usd"}),
        reports(
            "the account has it not",
            "create_foreign",
            {f"{ACCOUNT}/1": REMOVED},
            "currency",
            evidence={"currency": "usd"},
        ),
        reports("the account has none", "create_minimal", {CODE: "EGP", ACCOUNT: []}, "currency"),
        reports("the policy has it not", "create_foreign", {}, "currency", supported_currencies=["EGP", "KWD"]),
        reports(
            "the lines are in another one as well",
            "create",
            {CODE: "GBP"},
            "currency",
            ("line_currency_mismatch", "lineItems[0].price"),
        ),
        clear("the policy has it", "create_foreign", {}, supported_currencies=["USD"]),
        reports(
            "a code that the account has and no policy may admit",
            "create_minimal",
            {**SETUP, CODE: "CHF", f"{ACCOUNT}/-": {"code": "CHF"}},
            "currency",
        ),
        reports(
            "the one of the first line's price",
            "create_minimal",
            {f"{MUG}/currency": "GBP"},
            "lineItems[0].price",
            evidence={"currency": "gbp"},
        ),
        reports(
            "the one of the first line's price data",
            "create_minimal",
            {LINES: [wrap(1, code="gbp")]},
            "lineItems[0].priceData.currency",
        ),
        clear(
            "the account's default, where there is no line",
            "create_minimal",
            {**SETUP, f"{ACCOUNT}": [{"code": "EGP"}]},
        ),
        reports(
            "the account's default, which it has not",
            "create_minimal",
            {**SETUP, "/facts/merchant/defaultCurrency": "gbp"},
            None,
        ),
        reports(
            "an empty list of lines has no first",
            "create_minimal",
            {LINES: [], "/facts/merchant/defaultCurrency": "GBP"},
            ("line_items_empty", "lineItems"),
            None,
        ),
        undecided(
            "nobody looked its currencies up",
            "create_minimal",
            {CODE: "EGP", ACCOUNT: None},
            "currency",
            "merchant.supportedCurrencies",
        ),
        undecided(
            "nobody looked its default up",
            "create_minimal",
            {**SETUP, "/facts/merchant/defaultCurrency": None},
            None,
            "merchant.defaultCurrency",
        ),
        undecided(
            "nobody looked the first line's price up",
            "create_minimal",
            UNKNOWN,
            "lineItems[0].price",
            "prices[price_mug]",
        ),
        clear("of a price, and the account has it", "price_create", {CODE: "kwd"}),
        reports("of a price, and the account has it not", "price_create", {CODE: "GBP"}, "currency"),
        reports("of a price, and the policy has it not", "price_create", {}, "currency", supported_currencies=["USD"]),
        clear("of a price whose account is paid out in another", "price_create", ELSEWHERE),
        clear("of a changed price, and the account has it", "price_update", {CODE: "usd"}),
        reports("of a changed price, and the account has it not", "price_update", {CODE: "gbp"}, "currency"),
        clear("as a price is stored", "price_update", {"/facts/prices/price_mug/currency": "GBP"}),
        undecided("of a price, and nobody looked", "price_create", {ACCOUNT: None}, "currency", CURRENCIES),
        undecided(
            "of a changed price, and nobody looked",
            "price_update",
            {CODE: "USD", ACCOUNT: None},
            "currency",
            CURRENCIES,
        ),
        reports("asked about for checkout", "currency_check", {CODE: "GBP"}, "currency", evidence={"currency": "gbp"}),
        reports(
            "asked about for checkout, and not the policy's",
            "currency_check",
            {},
            "currency",
            supported_currencies=["USD"],
        ),
        reports("asked about for a catalogue", "currency_check_catalog", {CODE: "GBP"}, "currency"),
        reports(
            "asked about for a catalogue, and not the policy's",
            "currency_check_catalog",
            {},
            "currency",
            supported_currencies=["USD"],
        ),
        clear("money goes back in the settlement currency", "currency_check_refund", {CODE: "egp"}),
        clear("in another case", "currency_check_refund", {CODE: "USD", "/facts/merchant/settlementCurrency": "usd"}),
        reports("and in no other", "currency_check_refund", {CODE: "USD"}, "currency", evidence={"currency": "usd"}),
        clear("whatever the account charges in", "currency_check_refund", {ACCOUNT: []}),
        clear("whatever nobody looked up that it charges in", "currency_check_refund", {ACCOUNT: None}),
        clear("whatever the policy lists", "currency_check_refund", {}, supported_currencies=["USD"]),
        clear(
            "even where no policy could list it",
            "currency_check_refund",
            {CODE: "CHF", "/facts/merchant/settlementCurrency": "CHF"},
        ),
        undecided("asked about, and nobody looked", "currency_check", {ACCOUNT: None}, "currency", CURRENCIES),
        clear("of a coupon, without a rate", "coupon_create_amount", NO_RATE),
        reports("of a coupon, which the account has not", "coupon_create_amount", {CODE: "gbp"}, "currency"),
        reports(
            "of a coupon, which the policy has not", "coupon_create_amount", {}, "currency", supported_currencies=[]
        ),
        clear("of a minimum, without a rate", RESTRICTED, {MINIMUM_CODE: "KWD"}),
        reports("of a minimum, which the account has not", RESTRICTED, {MINIMUM_CODE: "gbp"}, AT_MINIMUM),
        clear("of no minimum, and nobody looked the account up", "promotion_code_create", {"/facts/merchant": None}),
        clear(
            "the first line of a payment link, in another of the account's",
            "payment_link_create",
            {f"{MUG}/currency": "usd"},
        ),
        reports(
            "the first line of a payment link, in none of the account's",
            "payment_link_create",
            {f"{MUG}/currency": "eur"},
            LINK_AT,
            evidence={"currency": "eur"},
        ),
        reports(
            "the first line of a payment link, in none of the policy's",
            "payment_link_create",
            {},
            LINK_AT,
            supported_currencies=["USD"],
        ),
        clear("a payment link keeps its currency", "payment_link_update_full", {ACCOUNT: []}),
        clear("a payment link whose currency has no rate", "payment_link_create", {f"{MUG}/currency": "KWD"}),
        undecided(
            "nobody looked up the account, for a payment link",
            "payment_link_create",
            {"/facts/merchant": None},
            LINK_AT,
            "merchant",
        ),
        undecided(
            "nobody looked up the price of a payment link", "payment_link_create", UNKNOWN, LINK_AT, "prices[price_mug]"
        ),
    ),
    currency.exchange_rate_not_found: (
        clear("the rate is known in another case", "create_foreign", {RATES: {"usd/egp": {"rate": "50.25"}}}),
        reports("the rate is known not to exist", "create_foreign", NO_RATE, "currency", evidence={"currency": "usd"}),
        clear("the settlement currency needs none", "create", {RATES: {}}),
        clear(
            "the settlement currency in another case",
            "create_foreign",
            {RATES: {}, "/facts/merchant/settlementCurrency": "usd"},
        ),
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
        reports(
            "asked about, and the rate is known not to exist",
            "currency_check_foreign",
            NO_RATE,
            "currency",
            evidence={"currency": "usd"},
        ),
        clear("asked about for a catalogue", "currency_check_catalog", {CODE: "USD", **NO_RATE}),
        clear("asked about for a refund", "currency_check_refund", {RATES: {}}),
        clear("the settlement currency, asked about", "currency_check", {RATES: {}}),
        undecided(
            "nobody looked the first line's price up",
            "create_minimal",
            UNKNOWN,
            "lineItems[0].price",
            "prices[price_mug]",
        ),
    ),
    currency.line_currency_mismatch: (
        clear(
            "one currency in several cases",
            "create",
            {CODE: "egp", f"{MUG}/currency": "Egp", f"{INLINE}/currency": "EGP"},
        ),
        reports("a price", "create", {f"{BOWL}/currency": "USD"}, "lineItems[1].price", evidence=DIFFERS),
        reports(
            "an inline price",
            "create",
            {f"{INLINE}/currency": "usd"},
            "lineItems[2].priceData.currency",
            evidence=DIFFERS,
        ),
        reports("two lines", "create", {f"{BOWL}/currency": "USD", f"{INLINE}/currency": "KWD"}, "lineItems[1].price"),
        reports("all lines", "create", {CODE: "USD", "/request/discounts": None}, "lineItems[0].price"),
        reports(
            "than the first, where no currency is stated",
            "create",
            {CODE: None, f"{MUG}/currency": "USD", "/request/discounts": None},
            "lineItems[1].price",
        ),
        reports(
            "than the default does not count, where a line states one",
            "create",
            {CODE: None, f"{BOWL}/currency": "USD"},
            "lineItems[1].price",
        ),
        reports(
            "a code that is none is told as that, and the next line as another currency",
            "create",
            {f"{BOWL}/currency": "EGX", f"{INLINE}/currency": "KWD"},
            ("price_currency_invalid", "lineItems[1].price"),
            "lineItems[2].priceData.currency",
        ),
        reports("than the stored session", "update_lines", {f"{MUG}/currency": "USD"}, "lineItems[0].price"),
        reports("than the buyer sees", "update_lines", {"/facts/session": DOLLARS}, "lineItems[0].price"),
        clear(
            "what the buyer sees, in another case",
            "update_metadata",
            {"/facts/session": DOLLARS, LINES: [wrap(1, code="USD")]},
        ),
        undecided("nobody looked the price up", "create", {BOWL: REMOVED}, "lineItems[1].price", "prices[price_bowl]"),
        undecided(
            "nobody looked the first line's price up",
            "create_minimal",
            UNKNOWN,
            "lineItems[0].price",
            "prices[price_mug]",
        ),
        undecided(
            "nobody looked the session up", "update_lines", UNKNOWN_SESSION, "lineItems[0].price", "session[cs_1]"
        ),
        undecided(
            "a line before it may be the first",
            "create",
            {BOWL: REMOVED, f"{INLINE}/currency": "KWD"},
            "lineItems[2].priceData.currency",
            "prices[price_bowl]",
        ),
        skipped(
            "there is no session",
            "update_lines",
            {"/facts/session": None, "/facts/missing": {"sessions": ["cs_1"]}},
            "lineItems[0].price",
            by=("session_missing", "id"),
        ),
        reports(
            "the second line of a payment link",
            "payment_link_create_full",
            {f"{BOWL}/currency": "USD"},
            "lineItems[1].priceId",
            evidence=DIFFERS,
        ),
        clear("a payment link in lower case", "payment_link_update_full", {"/facts/paymentLink/currency": "egp"}),
        reports(
            "all lines of a changed payment link, told at the first",
            "payment_link_update_full",
            {"/facts/paymentLink/currency": "KWD"},
            LINK_AT,
            evidence={"currency": "egp", "sessionCurrency": "kwd"},
        ),
        clear("no line of the payment link is touched", "payment_link_update", {"/facts/paymentLink/currency": "KWD"}),
        reports(
            "there is no payment link",
            "payment_link_update_full",
            {"/facts/paymentLink": None, "/facts/missing": {"paymentLinks": ["plink_1"]}},
            ("payment_link_missing", "id"),
        ),
        undecided(
            "nobody looked up the first price of a payment link",
            "payment_link_create_full",
            UNKNOWN,
            "lineItems[1].priceId",
            "prices[price_mug]",
        ),
    ),
    currency.session_amount_too_large: (
        clear("less than the limit", "create", {}, max_session_amount=128_501),
        clear("as much as the limit", "create", {}, max_session_amount=128_500),
        reports(
            "more than the limit",
            "create",
            {},
            "lineItems",
            evidence={"subtotal": 128_500, "maximum": 128_499},
            max_session_amount=128_499,
        ),
        clear("with an inline line, as much", "create", {f"{LINES}/2/quantity": 2}, max_session_amount=137_500),
        reports(
            "with an inline line, more", "create", {f"{LINES}/2/quantity": 2}, "lineItems", max_session_amount=137_499
        ),
        clear(
            "as much as every reader keeps exact",
            "create_minimal",
            {LINES: [wrap(2_147_483_647, 4_194_304), wrap(4_194_303)]},
        ),
        reports(
            "one more than that",
            "create_minimal",
            {LINES: [wrap(2_147_483_647, 4_194_304), wrap(4_194_304)]},
            "lineItems",
            evidence={"subtotal": 9_007_199_254_740_992, "maximum": 9_007_199_254_740_991},
        ),
        reports("in an update", "update_lines", {}, "lineItems", max_session_amount=128_499),
        clear("no line is touched", "update_metadata", {}, max_session_amount=1),
        clear(
            "an amount set by the buyer counts at its preset",
            "create_minimal",
            {f"{MUG}/type": "CUSTOM", f"{MUG}/customUnitAmount": {"minimum": 100, "preset": 700}},
            max_session_amount=700,
        ),
        reports(
            "and not below",
            "create_minimal",
            {f"{MUG}/type": "CUSTOM", f"{MUG}/customUnitAmount": {"minimum": 100, "preset": 700}},
            "lineItems",
            evidence={"subtotal": 700, "maximum": 699},
            max_session_amount=699,
        ),
        reports(
            "without a preset at its minimum",
            "create_minimal",
            {
                f"{MUG}/type": "CUSTOM",
                f"{MUG}/customUnitAmount": {"minimum": 100, "maximum": 900},
                f"{LINES}/0/quantity": 3,
            },
            "lineItems",
            evidence={"subtotal": 300, "maximum": 299},
            max_session_amount=299,
        ),
        clear(
            "without either at nothing",
            "create_minimal",
            {f"{MUG}/type": "CUSTOM", f"{MUG}/customUnitAmount": {"maximum": 900}, f"{LINES}/0/quantity": 3},
            max_session_amount=1,
        ),
        clear(
            "and without any bound at nothing",
            "create_minimal",
            {f"{MUG}/type": "CUSTOM", f"{LINES}/0/quantity": 3},
            max_session_amount=1,
        ),
        skipped("there is no session", "update", NO_SESSION, "lineItems", by=("session_missing", "id")),
        clear("a payment link, as much as the limit", "payment_link_create_full", {}, max_session_amount=76_000),
        reports(
            "a payment link, more than the limit",
            "payment_link_create_full",
            {},
            "lineItems",
            max_session_amount=75_999,
        ),
        reports(
            "a changed payment link, more than the limit",
            "payment_link_update_full",
            {},
            "lineItems",
            evidence={"subtotal": 76_000, "maximum": 75_999},
            max_session_amount=75_999,
        ),
        clear("no line of a payment link is touched", "payment_link_update", {}, max_session_amount=1),
    ),
}

test_rows = rows_test(ROWS)
