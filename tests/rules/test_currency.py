"""Boundaries of the rules on the currency of a session or a price, and on what lines come to in it."""

from rules_engine.examples import REMOVED
from rules_engine.rules import currency
from tests.rules.table import UNKNOWN_SESSION, RuleTable, amount_refused, clear, says, skipped, undecided

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


class TestCurrencyInvalid(RuleTable):
    """The currency that a request states is a code of ISO 4217, in either case, and not withdrawn at this instant."""

    rule = currency.currency_invalid
    rows = (
        clear("upper case", "create", {CODE: "EGP"}),
        clear("lower case", "create", {CODE: "egp"}),
        clear("mixed case", "create", {CODE: "Egp"}),
        clear("null", "create", {CODE: None}),
        says("no code", "create", {CODE: "EGX"}, "currency", evidence={"currency": "egx"}),
        says("empty", "create", {CODE: ""}, "currency", evidence={"currency": ""}),
        says("a space", "create", {CODE: "EGP "}, "currency"),
        says("a number", "create", {CODE: "818"}, "currency"),
        says(
            "a long text, of which 40 characters are shown",
            "create",
            {CODE: "X" * 41},
            "currency",
            evidence={"currency": "x" * 40},
        ),
        says(
            "the kuna, one microsecond before its end, is a code that the account has not",
            "create_minimal",
            {**SETUP, CODE: "hrk", "/facts/now": LAST_OF_KUNA},
            ("unsupported_currency", "currency"),
        ),
        says("the kuna, at its end", "create_minimal", {**SETUP, CODE: "hrk", "/facts/now": END_OF_KUNA}, "currency"),
        says(
            "the lev, one microsecond before its end, is a code that the account has not",
            "create_minimal",
            {**SETUP, CODE: "BGN", "/facts/now": LAST_OF_LEV},
            ("unsupported_currency", "currency"),
        ),
        says("the lev, at its end", "create_minimal", {**SETUP, CODE: "BGN", "/facts/now": END_OF_LEV}, "currency"),
        says(
            "the one of the first line is judged there",
            "create_minimal",
            {f"{MUG}/currency": "EGX"},
            ("price_currency_invalid", "lineItems[0].price"),
        ),
        says(
            "the one of an inline first line is judged there",
            "create_minimal",
            {LINES: [wrap(1, code="egx")]},
            ("inline_currency_invalid", "lineItems[0].priceData.currency"),
        ),
        says(
            "both the stated one and the one of a line",
            "create",
            {CODE: "EGX", f"{INLINE}/currency": "EGX"},
            "currency",
            ("inline_currency_invalid", "lineItems[2].priceData.currency"),
        ),
        clear("of a price, in lower case", "price_create", {CODE: "usd"}),
        says("of a price", "price_create", {CODE: "EGX"}, "currency", evidence={"currency": "egx"}),
        clear("of a changed price, in lower case", "price_update", {CODE: "usd"}),
        says("of a changed price", "price_update", {CODE: "EGX"}, "currency"),
        clear("as a price is stored", "price_update", {"/facts/prices/price_mug/currency": "EGX"}),
        says("asked about for checkout", "currency_check", {CODE: "EGX"}, "currency", evidence={"currency": "egx"}),
        says("asked about for a catalogue", "currency_check_catalog", {CODE: "EGX"}, "currency"),
        says("asked about for a refund", "currency_check_refund", {CODE: "EGX"}, "currency"),
        says(
            "asked about one microsecond before its end, it is a code that the account has not",
            "currency_check",
            {CODE: "hrk", "/facts/now": LAST_OF_KUNA},
            ("unsupported_currency", "currency"),
        ),
        says("asked about at its end", "currency_check", {CODE: "hrk", "/facts/now": END_OF_KUNA}, "currency"),
        says(
            "asked about for a refund, one microsecond before its end",
            "currency_check_refund",
            {CODE: "hrk", "/facts/now": LAST_OF_KUNA},
            ("unsupported_currency", "currency"),
        ),
        says(
            "asked about for a refund, at its end",
            "currency_check_refund",
            {CODE: "hrk", "/facts/now": END_OF_KUNA},
            "currency",
        ),
        clear("of a coupon, in lower case", "coupon_create_amount", {CODE: "kwd"}),
        clear("of a coupon that states none", "coupon_create", {}),
        says("of a coupon, no code", "coupon_create_amount", {CODE: "EGX"}, "currency", evidence={"currency": "egx"}),
        says("of a percentage coupon, empty", "coupon_create", {CODE: ""}, "currency"),
        clear("of a minimum, in upper case", RESTRICTED, {MINIMUM_CODE: "USD"}),
        clear("of a minimum that states none", RESTRICTED, {MINIMUM_CODE: None}),
        says("of a minimum, no code", RESTRICTED, {MINIMUM_CODE: "EGX"}, AT_MINIMUM, evidence={"currency": "egx"}),
    )


class TestUnsupportedCurrency(RuleTable):
    """Buyers are charged in a currency that account and policy list; money goes back in that of the settlement."""

    rule = currency.unsupported_currency
    rows = (
        clear("the account has it", "create_foreign", {}),
        clear("the account has it in another case", "create_foreign", {f"{ACCOUNT}/1/code": "usd"}),
        says(
            "the account has it not",
            "create_foreign",
            {f"{ACCOUNT}/1": REMOVED},
            "currency",
            evidence={"currency": "usd"},
        ),
        says("the account has none", "create_minimal", {CODE: "EGP", ACCOUNT: []}, "currency"),
        says("the policy has it not", "create_foreign", {}, "currency", supported_currencies=["EGP", "KWD"]),
        says(
            "the lines are in another one as well",
            "create",
            {CODE: "GBP"},
            "currency",
            ("line_currency_mismatch", "lineItems[0].price"),
        ),
        clear("the policy has it", "create_foreign", {}, supported_currencies=["USD"]),
        says(
            "a code that the account has and no policy may admit",
            "create_minimal",
            {**SETUP, CODE: "CHF", f"{ACCOUNT}/-": {"code": "CHF"}},
            "currency",
        ),
        says(
            "the one of the first line's price",
            "create_minimal",
            {f"{MUG}/currency": "GBP"},
            "lineItems[0].price",
            evidence={"currency": "gbp"},
        ),
        says(
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
        says(
            "the account's default, which it has not",
            "create_minimal",
            {**SETUP, "/facts/merchant/defaultCurrency": "gbp"},
            None,
        ),
        says(
            "an empty list of lines has no first",
            "create_minimal",
            {LINES: [], "/facts/merchant/defaultCurrency": "GBP"},
            ("line_items_empty", "lineItems"),
            None,
        ),
        undecided("nobody looked the account up", "create_foreign", {"/facts/merchant": None}, "currency", "merchant"),
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
        says("of a price, and the account has it not", "price_create", {CODE: "GBP"}, "currency"),
        says("of a price, and the policy has it not", "price_create", {}, "currency", supported_currencies=["USD"]),
        clear("of a price whose account is paid out in another", "price_create", ELSEWHERE),
        clear("of a changed price, and the account has it", "price_update", {CODE: "usd"}),
        says("of a changed price, and the account has it not", "price_update", {CODE: "gbp"}, "currency"),
        clear("as a price is stored", "price_update", {"/facts/prices/price_mug/currency": "GBP"}),
        undecided("of a price, and nobody looked", "price_create", {ACCOUNT: None}, "currency", CURRENCIES),
        undecided(
            "of a changed price, and nobody looked",
            "price_update",
            {CODE: "USD", ACCOUNT: None},
            "currency",
            CURRENCIES,
        ),
        skipped(
            "a price that does not exist is in none",
            "price_update",
            {CODE: "GBP", **GONE_PRICES},
            "currency",
            by=("price_missing", "id"),
        ),
        says("asked about for checkout", "currency_check", {CODE: "GBP"}, "currency", evidence={"currency": "gbp"}),
        says(
            "asked about for checkout, and not the policy's",
            "currency_check",
            {},
            "currency",
            supported_currencies=["USD"],
        ),
        says("asked about for a catalogue", "currency_check_catalog", {CODE: "GBP"}, "currency"),
        says(
            "asked about for a catalogue, and not the policy's",
            "currency_check_catalog",
            {},
            "currency",
            supported_currencies=["USD"],
        ),
        clear("money goes back in the settlement currency", "currency_check_refund", {CODE: "egp"}),
        clear("in another case", "currency_check_refund", {CODE: "USD", "/facts/merchant/settlementCurrency": "usd"}),
        says("and in no other", "currency_check_refund", {CODE: "USD"}, "currency", evidence={"currency": "usd"}),
        clear("whatever the account charges in", "currency_check_refund", {ACCOUNT: []}),
        clear("whatever nobody looked up that it charges in", "currency_check_refund", {ACCOUNT: None}),
        clear("whatever the policy lists", "currency_check_refund", {}, supported_currencies=["USD"]),
        clear(
            "even where no policy could list it",
            "currency_check_refund",
            {CODE: "CHF", "/facts/merchant/settlementCurrency": "CHF"},
        ),
        undecided("asked about, and nobody looked", "currency_check", {ACCOUNT: None}, "currency", CURRENCIES),
        undecided(
            "asked about for a refund, and nobody looked",
            "currency_check_refund",
            {"/facts/merchant": None},
            "currency",
            "merchant",
        ),
        skipped(
            "asked about, and none", "currency_check", {CODE: "EGX"}, "currency", by=("currency_invalid", "currency")
        ),
        skipped("the stated code is none", "create", {CODE: "EGX"}, "currency", by=("currency_invalid", "currency")),
        clear("of a coupon, without a rate", "coupon_create_amount", NO_RATE),
        says("of a coupon, which the account has not", "coupon_create_amount", {CODE: "gbp"}, "currency"),
        says("of a coupon, which the policy has not", "coupon_create_amount", {}, "currency", supported_currencies=[]),
        undecided(
            "of a coupon, and nobody looked the account up",
            "coupon_create_amount",
            {"/facts/merchant": None},
            "currency",
            "merchant",
        ),
        skipped(
            "of a coupon, no code", "coupon_create", {CODE: "EGX"}, "currency", by=("currency_invalid", "currency")
        ),
        clear("of a minimum, without a rate", RESTRICTED, {MINIMUM_CODE: "KWD"}),
        says("of a minimum, which the account has not", RESTRICTED, {MINIMUM_CODE: "gbp"}, AT_MINIMUM),
        undecided(
            "of a minimum, and nobody looked the account's up",
            RESTRICTED,
            {ACCOUNT: None},
            AT_MINIMUM,
            "merchant.supportedCurrencies",
        ),
        clear("of no minimum, and nobody looked the account up", "promotion_code_create", {"/facts/merchant": None}),
        skipped(
            "the price's code is none",
            "create_minimal",
            {f"{MUG}/currency": "EGX"},
            "lineItems[0].price",
            by=("price_currency_invalid", "lineItems[0].price"),
        ),
        skipped(
            "an inline code is none",
            "create",
            {f"{INLINE}/currency": "EGX"},
            "currency",
            by=("inline_currency_invalid", "lineItems[2].priceData.currency"),
        ),
        skipped(
            "there is no first price",
            "create_minimal",
            GONE,
            "lineItems[0].price",
            by=("price_missing", "lineItems[0].price"),
        ),
        clear(
            "the first line of a payment link, in another of the account's",
            "payment_link_create",
            {f"{MUG}/currency": "usd"},
        ),
        says(
            "the first line of a payment link, in none of the account's",
            "payment_link_create",
            {f"{MUG}/currency": "eur"},
            LINK_AT,
            evidence={"currency": "eur"},
        ),
        says(
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
        skipped(
            "a payment link has no such price", "payment_link_create", GONE, LINK_AT, by=("price_missing", LINK_AT)
        ),
    )


class TestExchangeRateNotFound(RuleTable):
    """A new session in another than the settlement currency needs a rate between the two; so does one asked about."""

    rule = currency.exchange_rate_not_found
    rows = (
        clear("the rate is known", "create_foreign", {}),
        clear("the rate is known in another case", "create_foreign", {RATES: {"usd/egp": {"rate": "50.25"}}}),
        says("the rate is known not to exist", "create_foreign", NO_RATE, "currency", evidence={"currency": "usd"}),
        clear("the settlement currency needs none", "create", {RATES: {}}),
        clear(
            "the settlement currency in another case",
            "create_foreign",
            {RATES: {}, "/facts/merchant/settlementCurrency": "usd"},
        ),
        says(
            "another settlement currency",
            "create_minimal",
            {"/facts/merchant/settlementCurrency": "USD", RATES: {}, "/facts/missing": {"exchangeRates": ["EGP/USD"]}},
            "lineItems[0].price",
        ),
        says(
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
        clear("asked about, and the rate is known", "currency_check_foreign", {}),
        says(
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
            "asked about, and nobody looked",
            "currency_check_foreign",
            {RATES: {}},
            "currency",
            "exchangeRates[USD/EGP]",
        ),
        undecided(
            "asked about, and nobody looked the account up",
            "currency_check_foreign",
            {"/facts/merchant": None},
            "currency",
            "merchant",
        ),
        skipped(
            "asked about, and the account cannot charge in it",
            "currency_check_foreign",
            {**NO_RATE, f"{ACCOUNT}/1": REMOVED},
            "currency",
            by=("unsupported_currency", "currency"),
        ),
        undecided("nobody looked the rate up", "create_foreign", {RATES: {}}, "currency", "exchangeRates[USD/EGP]"),
        undecided("nobody looked the account up", "create_foreign", {"/facts/merchant": None}, "currency", "merchant"),
        undecided(
            "nobody looked the first line's price up",
            "create_minimal",
            UNKNOWN,
            "lineItems[0].price",
            "prices[price_mug]",
        ),
        skipped(
            "the account cannot charge in it",
            "create_foreign",
            {**NO_RATE, f"{ACCOUNT}/1": REMOVED},
            "currency",
            by=("unsupported_currency", "currency"),
        ),
    )


class TestLineCurrencyMismatch(RuleTable):
    """All lines are in the currency of the session; the first that is not is told, and only that one."""

    rule = currency.line_currency_mismatch
    rows = (
        clear(
            "one currency in several cases",
            "create",
            {CODE: "egp", f"{MUG}/currency": "Egp", f"{INLINE}/currency": "EGP"},
        ),
        says("a price", "create", {f"{BOWL}/currency": "USD"}, "lineItems[1].price", evidence=DIFFERS),
        says(
            "an inline price",
            "create",
            {f"{INLINE}/currency": "usd"},
            "lineItems[2].priceData.currency",
            evidence=DIFFERS,
        ),
        says("two lines", "create", {f"{BOWL}/currency": "USD", f"{INLINE}/currency": "KWD"}, "lineItems[1].price"),
        says("all lines", "create", {CODE: "USD", "/request/discounts": None}, "lineItems[0].price"),
        says(
            "an optional line of quantity 0",
            "create",
            {f"{INLINE}/currency": "KWD", f"{LINES}/2/quantity": 0},
            "lineItems[2].priceData.currency",
        ),
        says(
            "than the first, where no currency is stated",
            "create",
            {CODE: None, f"{MUG}/currency": "USD", "/request/discounts": None},
            "lineItems[1].price",
        ),
        says(
            "than the default does not count, where a line states one",
            "create",
            {CODE: None, f"{BOWL}/currency": "USD"},
            "lineItems[1].price",
        ),
        says(
            "a code that is none is told as that, and the next line as another currency",
            "create",
            {f"{BOWL}/currency": "EGX", f"{INLINE}/currency": "KWD"},
            ("price_currency_invalid", "lineItems[1].price"),
            "lineItems[2].priceData.currency",
        ),
        says("than the stored session", "update_lines", {f"{MUG}/currency": "USD"}, "lineItems[0].price"),
        says("than the buyer sees", "update_lines", {"/facts/session": DOLLARS}, "lineItems[0].price"),
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
        skipped(
            "the stated code is none",
            "create",
            {CODE: "EGX"},
            "lineItems[0].price",
            by=("currency_invalid", "currency"),
        ),
        skipped(
            "the price's code is none",
            "create",
            {f"{MUG}/currency": "EGX"},
            "lineItems[0].price",
            by=("price_currency_invalid", "lineItems[0].price"),
        ),
        skipped(
            "the inline code is none",
            "create",
            {f"{INLINE}/currency": "EGX"},
            "lineItems[2].priceData.currency",
            by=("inline_currency_invalid", "lineItems[2].priceData.currency"),
        ),
        skipped(
            "there is no such price", "create", GONE, "lineItems[0].price", by=("price_missing", "lineItems[0].price")
        ),
        skipped(
            "the line has two prices",
            "create",
            {f"{LINES}/2/price": "price_bowl", f"{INLINE}/currency": "KWD"},
            "lineItems[2].priceData.currency",
            by=("line_item_price_exclusive", "lineItems[2].priceData"),
        ),
        says(
            "the second line of a payment link",
            "payment_link_create_full",
            {f"{BOWL}/currency": "USD"},
            "lineItems[1].priceId",
            evidence=DIFFERS,
        ),
        clear("a payment link in lower case", "payment_link_update_full", {"/facts/paymentLink/currency": "egp"}),
        says(
            "all lines of a changed payment link, told at the first",
            "payment_link_update_full",
            {"/facts/paymentLink/currency": "KWD"},
            LINK_AT,
            evidence={"currency": "egp", "sessionCurrency": "kwd"},
        ),
        clear("no line of the payment link is touched", "payment_link_update", {"/facts/paymentLink/currency": "KWD"}),
        undecided(
            "nobody looked up the currency of a payment link",
            "payment_link_update_full",
            {"/facts/paymentLink/currency": None},
            LINK_AT,
            "paymentLink.currency[plink_1]",
        ),
        undecided(
            "nobody looked up the payment link",
            "payment_link_update_full",
            {"/facts/paymentLink": None},
            LINK_AT,
            "paymentLink[plink_1]",
        ),
        says(
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
    )


class TestSessionAmountTooLarge(RuleTable):
    """Unit amounts times quantities, inline ones too and before discounts, add up to what the policy allows at most."""

    rule = currency.session_amount_too_large
    rows = (
        clear("less than the limit", "create", {}, max_session_amount=128_501),
        clear("as much as the limit", "create", {}, max_session_amount=128_500),
        says(
            "more than the limit",
            "create",
            {},
            "lineItems",
            evidence={"subtotal": 128_500, "maximum": 128_499},
            max_session_amount=128_499,
        ),
        clear("with an inline line, as much", "create", {f"{LINES}/2/quantity": 2}, max_session_amount=137_500),
        says(
            "with an inline line, more", "create", {f"{LINES}/2/quantity": 2}, "lineItems", max_session_amount=137_499
        ),
        clear(
            "as much as every reader keeps exact",
            "create_minimal",
            {LINES: [wrap(2_147_483_647, 4_194_304), wrap(4_194_303)]},
        ),
        says(
            "one more than that",
            "create_minimal",
            {LINES: [wrap(2_147_483_647, 4_194_304), wrap(4_194_304)]},
            "lineItems",
            evidence={"subtotal": 9_007_199_254_740_992, "maximum": 9_007_199_254_740_991},
        ),
        says("in an update", "update_lines", {}, "lineItems", max_session_amount=128_499),
        clear("no line is touched", "update_metadata", {}, max_session_amount=1),
        clear(
            "an amount set by the buyer counts at its preset",
            "create_minimal",
            {f"{MUG}/type": "CUSTOM", f"{MUG}/customUnitAmount": {"minimum": 100, "preset": 700}},
            max_session_amount=700,
        ),
        says(
            "and not below",
            "create_minimal",
            {f"{MUG}/type": "CUSTOM", f"{MUG}/customUnitAmount": {"minimum": 100, "preset": 700}},
            "lineItems",
            evidence={"subtotal": 700, "maximum": 699},
            max_session_amount=699,
        ),
        says(
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
        undecided("nobody looked a price up", "create", UNKNOWN, "lineItems", "prices[price_mug]"),
        *amount_refused({"create": "lineItems", "update": "lineItems"}),
        clear("a payment link, as much as the limit", "payment_link_create_full", {}, max_session_amount=76_000),
        says(
            "a payment link, more than the limit",
            "payment_link_create_full",
            {},
            "lineItems",
            max_session_amount=75_999,
        ),
        says(
            "a changed payment link, more than the limit",
            "payment_link_update_full",
            {},
            "lineItems",
            evidence={"subtotal": 76_000, "maximum": 75_999},
            max_session_amount=75_999,
        ),
        clear("no line of a payment link is touched", "payment_link_update", {}, max_session_amount=1),
    )
