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
    RuleTable,
    clear,
    decided,
    says,
    skipped,
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
UNKNOWN_LINK = {"/facts/paymentLink": None}
LINK_LINES_LEFT_OUT = {"/facts/paymentLink/lineItems": REMOVED}
SESSION_MODE = "/facts/session/mode"


class TestPriceMissing(RuleTable):
    """A price that a line names, or that is changed or deleted, has to exist."""

    rule = price.price_missing
    rows = (
        clear("the price that is known", "create", {}),
        says("known not to exist", "create", GONE, AT, evidence={"price": "price_mug"}),
        says("the only one", "create_minimal", GONE, AT),
        says("two of them", "create", BOTH_GONE, AT, "lineItems[1].price"),
        says("the same one on two lines", "create_minimal", {**GONE, LINES: mugs(1, 1)}, AT, "lineItems[1].price"),
        says("in an update", "update_lines", GONE, AT),
        clear("of a stored session, where it was written into its line", "confirm", GONE),
        undecided("nobody looked", "create", UNKNOWN, AT, "prices[price_mug]"),
        undecided("nobody looked, in an update", "update_lines", UNKNOWN, AT, "prices[price_mug]"),
        says("that is changed", "price_update", GONE, "id", evidence={"price": "price_mug"}),
        says("that is deleted", "price_delete", GONE, "id"),
        undecided("nobody looked, and it is changed", "price_update", UNKNOWN, "id", "prices[price_mug]"),
        undecided("nobody looked, and it is deleted", "price_delete", UNKNOWN, "id", "prices[price_mug]"),
        *(says(f"of a payment link: {example}", example, GONE, LINK_AT) for example in PAYMENT_LINKS),
        says("of a stored line of a payment link", "payment_link_open", GONE, None),
        clear("no line of the payment link is touched", "payment_link_update", GONE),
        undecided("nobody looked, for a payment link", "payment_link_create", UNKNOWN, LINK_AT, "prices[price_mug]"),
        undecided(
            "nobody looked, for a changed payment link",
            "payment_link_update_full",
            UNKNOWN,
            LINK_AT,
            "prices[price_mug]",
        ),
        undecided("nobody looked, for a stored payment link", "payment_link_open", UNKNOWN, None, "prices[price_mug]"),
        undecided("nobody looked the payment link up", "payment_link_open", UNKNOWN_LINK, None, "paymentLink[plink_1]"),
        undecided(
            "nobody looked its lines up",
            "payment_link_open",
            LINK_LINES_LEFT_OUT,
            None,
            "paymentLink.lineItems[plink_1]",
        ),
        clear("a payment link without lines", "payment_link_open", {"/facts/paymentLink/lineItems": []}),
    )


class TestPriceInactive(RuleTable):
    """An archived price is not sold; one that states nothing is on sale."""

    rule = price.price_inactive
    rows = (
        clear("active", "create", {f"{MUG}/active": True}),
        clear("nothing stated", "create", {f"{MUG}/active": REMOVED}),
        says("archived", "create", {f"{MUG}/active": False}, AT, evidence={"price": "price_mug", "active": False}),
        says("archived, in an update", "update_lines", {f"{MUG}/active": False}, AT),
        says("archived, of a stored line", "confirm", {f"{MUG}/active": False}, None),
        clear("archived, and no line is touched", "update_metadata", {f"{MUG}/active": False}),
        says("two of them", "create", {f"{MUG}/active": False, f"{BOWL}/active": False}, AT, "lineItems[1].price"),
        says(
            "another line's price is missing",
            "create",
            {**GONE, f"{BOWL}/active": False},
            BY_MISSING,
            "lineItems[1].price",
        ),
        undecided("nobody looked the price up", "create", UNKNOWN, AT, "prices[price_mug]"),
        undecided("nobody looked the price of a stored line up", "confirm", UNKNOWN, None, "prices[price_mug]"),
        undecided("nobody looked the session up", "confirm_bare", UNKNOWN_SESSION, None, "session[cs_1]"),
        undecided("nobody looked its lines up", "confirm", STORED_LINES_LEFT_OUT, None, "session.lineItems[cs_1]"),
        clear("a session that only sets up a method", "confirm", {**STORED_LINES_LEFT_OUT, SESSION_MODE: "setup"}),
        skipped("there is no such price", "create", GONE, AT, by=BY_MISSING),
        *(
            says(f"of a payment link: {example}", example, {f"{MUG}/active": False}, LINK_AT)
            for example in PAYMENT_LINKS
        ),
        says("archived, of a stored line of a payment link", "payment_link_open", {f"{MUG}/active": False}, None),
        clear("archived, and no line of the payment link is touched", "payment_link_update", {f"{MUG}/active": False}),
    )


class TestPriceNotYetActive(RuleTable):
    """A price is on sale from its start date on, that very instant included."""

    rule = price.price_not_yet_active
    rows = (
        clear("one microsecond after its start", "create", {START: EARLIER}),
        clear("at its start", "create", {START: NOW}),
        says(
            "one microsecond before its start",
            "create",
            {START: LATER},
            AT,
            evidence={"price": "price_mug", "startDate": INSTANT.replace(microsecond=1), "now": INSTANT},
        ),
        clear("at its start, with another offset", "create", {START: "2026-11-22T12:00:00+02:00"}),
        says("before its start, with another offset", "create", {START: "2026-11-22T12:00:00.000001+02:00"}, AT),
        clear("no start", "create", {START: None}),
        says("of a stored line", "confirm", {START: LATER}, None),
        says("in an update", "update_lines", {START: LATER}, AT),
        clear("no line is touched", "update_metadata", {START: LATER}),
        says("its end has come before its start", "create", {START: LATER, END: NOW}, AT, ("price_expired", AT)),
        undecided("nobody looked the price up", "create", UNKNOWN, AT, "prices[price_mug]"),
        skipped("there is no such price", "create", GONE, AT, by=BY_MISSING),
        *(
            clear(f"a payment link may be ready before: {example}", example, {START: LATER})
            for example in PAYMENT_LINKS
        ),
        says("a payment link is opened one microsecond before its start", "payment_link_open", {START: LATER}, None),
        clear("a payment link is opened at its start", "payment_link_open", {START: NOW}),
    )


class TestPriceExpired(RuleTable):
    """A price is on sale until just before its expiration date."""

    rule = price.price_expired
    rows = (
        clear("one microsecond before its end", "create", {END: LATER}),
        says(
            "at its end",
            "create",
            {END: NOW},
            AT,
            evidence={"price": "price_mug", "expirationDate": INSTANT, "now": INSTANT},
        ),
        says("one microsecond after its end", "create", {END: EARLIER}, AT),
        says("at its end, with another offset", "create", {END: "2026-11-22T05:00:00-05:00"}, AT),
        clear("no end", "create", {END: None}),
        says(
            "the clock is stated with another offset",
            "create",
            {END: NOW, "/facts/now": "2026-11-22T12:00:00+02:00"},
            AT,
        ),
        says("of a stored line", "confirm", {END: NOW}, None),
        says("in an update", "update_lines", {END: NOW}, AT),
        clear("no line is touched", "update_metadata", {END: NOW}),
        undecided("nobody looked the price up", "create", UNKNOWN, AT, "prices[price_mug]"),
        skipped("there is no such price", "create", GONE, AT, by=BY_MISSING),
        *(says(f"of a payment link: {example}", example, {END: NOW}, LINK_AT) for example in PAYMENT_LINKS),
        clear("no line of the payment link is touched", "payment_link_update", {END: NOW}),
        says("a payment link is opened at its end", "payment_link_open", {END: NOW}, None),
        clear("a payment link is opened one microsecond before its end", "payment_link_open", {END: LATER}),
    )


class TestPriceRecurringNotSupported(RuleTable):
    """Checkout takes prices that are paid once, and those whose amount the buyer sets."""

    rule = price.price_recurring_not_supported
    rows = (
        clear("paid once", "create", {TYPE: "ONE_TIME"}),
        clear("nothing stated", "create", {TYPE: REMOVED}),
        clear("the buyer sets the amount", "create", {TYPE: "CUSTOM", f"{MUG}/customUnitAmount": {"preset": 38_000}}),
        says("recurring", "create", {TYPE: "RECURRING"}, AT, evidence={"price": "price_mug", "type": "RECURRING"}),
        says("recurring every month", "create", {TYPE: "RECURRING", f"{MUG}/recurring": {"interval": "MONTH"}}, AT),
        says(
            "recurring in a session for subscriptions",
            "create",
            {TYPE: "RECURRING", "/request/mode": "subscription"},
            AT,
        ),
        says("recurring, in an update", "update_lines", {TYPE: "RECURRING"}, AT),
        undecided("nobody looked the price up", "create", UNKNOWN, AT, "prices[price_mug]"),
        skipped("there is no such price", "create", GONE, AT, by=BY_MISSING),
        *(says(f"of a payment link: {example}", example, {TYPE: "RECURRING"}, LINK_AT) for example in PAYMENT_LINKS),
        says("recurring, of a stored line of a payment link", "payment_link_open", {TYPE: "RECURRING"}, None),
        clear("the buyer of a payment link sets the amount", "payment_link_open", SET_BY_BUYER),
    )


class TestCustomPriceUnavailable(RuleTable):
    """A price whose amount the buyer sets is for every page but a custom one."""

    rule = price.custom_price_unavailable
    rows = (
        clear("hosted", "create", SET_BY_BUYER),
        clear("hosted because nothing else is said", "create_minimal", SET_BY_BUYER),
        clear("embedded", "create", {**SET_BY_BUYER, "/request/uiMode": "embedded", "/request/cancelUrl": REMOVED}),
        says(
            "custom",
            "create_custom_page",
            SET_BY_BUYER,
            AT,
            evidence={"price": "price_mug", "type": "CUSTOM", "uiMode": "custom"},
        ),
        clear("custom, and paid once", "create_custom_page", {}),
        says("stored custom", "update_custom_page", SET_BY_BUYER, AT),
        clear("stored hosted", "update_lines", SET_BY_BUYER),
        undecided("nobody looked the price up", "create_custom_page", UNKNOWN, AT, "prices[price_mug]"),
        undecided(
            "nobody knows how it is shown", "update_lines", {**SET_BY_BUYER, **UNKNOWN_SESSION}, AT, "session[cs_1]"
        ),
        decided("nobody knows how it is shown, and it is paid once", "update_lines", UNKNOWN_SESSION),
        says("there is no session", "update_lines", {**SET_BY_BUYER, **NO_SESSION}, ("session_missing", "id")),
        skipped("there is no such price", "create_custom_page", GONE, AT, by=BY_MISSING),
    )


class TestPriceCurrencyInvalid(RuleTable):
    """A price is in a currency of ISO 4217, in either case, that is not withdrawn at this instant."""

    rule = price.price_currency_invalid
    rows = (
        clear("lower case", "create", {CURRENCY: "egp"}),
        clear("mixed case", "create", {CURRENCY: "eGp"}),
        says("no code", "create", {CURRENCY: "EGX"}, AT, evidence={"price": "price_mug", "currency": "egx"}),
        says("no code, on the line that the session takes its currency from", "create_minimal", {CURRENCY: "EGX"}, AT),
        says("two letters", "create", {CURRENCY: "EG"}, AT),
        says("a space", "create", {CURRENCY: "EGP "}, AT),
        clear("the kuna, one microsecond before its end", "update_metadata", stored_in("HRK", LAST_OF_KUNA)),
        says("the kuna, at its end", "update_metadata", stored_in("HRK", END_OF_KUNA), AT),
        clear("the lev, one microsecond before its end", "update_metadata", stored_in("bgn", LAST_OF_LEV)),
        says("the lev, at its end", "update_metadata", stored_in("bgn", END_OF_LEV), AT),
        says(
            "the lev, at its end, with another offset",
            "update_metadata",
            stored_in("BGN", "2026-01-01T02:00:00+02:00"),
            AT,
        ),
        undecided("nobody looked the price up", "create", UNKNOWN, AT, "prices[price_mug]"),
        skipped("there is no such price", "create", GONE, AT, by=BY_MISSING),
        says("of a payment link", "payment_link_create", {CURRENCY: "EGX"}, LINK_AT),
        says("of a changed payment link", "payment_link_update_full", {CURRENCY: "EGX"}, LINK_AT),
    )


class TestPriceSoldOut(RuleTable):
    """Lines of one price add up in their order, and the first that asks for more than there is left is sold out."""

    rule = price.price_sold_out
    rows = (
        clear("unlimited", "create", {STOCK: None}),
        clear("nothing stated", "create", {STOCK: REMOVED}),
        clear("more than enough", "create", {STOCK: 3}),
        clear("just enough", "create", {STOCK: 2}),
        says("one too few", "create", {STOCK: 1}, AT, evidence={"price": "price_mug", "stock": 1, "requested": 2}),
        says("none", "create", {STOCK: 0}, AT),
        says("oversold", "create", {STOCK: -1}, AT, evidence={"price": "price_mug", "stock": -1, "requested": 2}),
        clear("two lines, just enough", "create_minimal", {LINES: mugs(5, 7)}),
        says(
            "two lines, one too few",
            "create_minimal",
            {LINES: mugs(5, 8)},
            "lineItems[1].price",
            evidence={"price": "price_mug", "stock": 12, "requested": 13},
        ),
        says("the first of two asks for too many", "create_minimal", {LINES: mugs(13, 1)}, AT),
        says("the second of three", "create_minimal", {LINES: mugs(12, 1, 1)}, "lineItems[1].price"),
        says("only the first, where there is none", "create_minimal", {LINES: mugs(1, 1), STOCK: 0}, AT),
        says("only the first, where it is oversold", "create_minimal", {LINES: mugs(1, 1), STOCK: -2}, AT),
        clear("quantity 0 of none", "create_minimal", {LINES: [optional_mugs(0)], STOCK: 0}),
        clear("quantity 0 of an oversold one", "create_minimal", {LINES: [optional_mugs(0)], STOCK: -1}),
        clear("quantity 0 after the last", "create_minimal", {LINES: [*mugs(12), optional_mugs(0)]}),
        says(
            "quantity 0 before the first",
            "create_minimal",
            {LINES: [optional_mugs(0), *mugs(1)], STOCK: 0},
            "lineItems[1].price",
        ),
        says("quantity 0 after too many", "create_minimal", {LINES: [*mugs(13), optional_mugs(0)]}, AT),
        says(
            "another price has stock of its own",
            "create",
            {f"{LINES}/0/quantity": 12, f"{BOWL}/stock": 0},
            "lineItems[1].price",
        ),
        clear("of a stored line, just enough", "confirm", {STOCK: 2}),
        says(
            "of a stored line, one too few",
            "confirm",
            {STOCK: 1},
            None,
            evidence={"price": "price_mug", "stock": 1, "requested": 2},
        ),
        clear("in an update, just enough", "update_lines", {STOCK: 2}),
        says("in an update, one too few", "update_lines", {STOCK: 1}, AT),
        clear("no line is touched", "update_metadata", {STOCK: 0}),
        says(
            "a line that asks for less than nothing gives nothing back",
            "create_minimal",
            {LINES: mugs(-5, 13)},
            ("quantity_out_of_range", "lineItems[0].quantity"),
            "lineItems[1].price",
        ),
        undecided("nobody looked the price up", "create", UNKNOWN, AT, "prices[price_mug]"),
        skipped("there is no such price", "create", GONE, AT, by=BY_MISSING),
        skipped(
            "the quantity is out of range",
            "create",
            {f"{LINES}/0/quantity": LARGEST + 1},
            AT,
            by=("quantity_out_of_range", "lineItems[0].quantity"),
        ),
        *(clear(f"a payment link may wait for stock: {example}", example, {STOCK: 0}) for example in PAYMENT_LINKS),
        clear("a payment link is opened, just enough", "payment_link_open", {STOCK: 2}),
        says(
            "a payment link is opened, one too few",
            "payment_link_open",
            {STOCK: 1},
            None,
            evidence={"price": "price_mug", "stock": 1, "requested": 2},
        ),
        says(
            "a payment link has two lines of it",
            "payment_link_open",
            {STOCK: 3, "/facts/paymentLink/lineItems/-": {"quantity": 2, "price": {"id": "price_mug"}}},
            None,
            evidence={"price": "price_mug", "stock": 3, "requested": 4},
        ),
    )


class TestInlineCurrencyInvalid(RuleTable):
    """An inline price is in a currency of ISO 4217, in either case, that is not withdrawn at this instant."""

    rule = price.inline_currency_invalid
    rows = (
        clear("lower case", "create", {f"{INLINE}/currency": "egp"}),
        says(
            "no code",
            "create",
            {f"{INLINE}/currency": "EGX"},
            "lineItems[2].priceData.currency",
            evidence={"currency": "egx"},
        ),
        says(
            "empty", "create", {f"{INLINE}/currency": ""}, "lineItems[2].priceData.currency", evidence={"currency": ""}
        ),
        says("a sign", "create", {f"{INLINE}/currency": "E£"}, "lineItems[2].priceData.currency"),
        says(
            "letters that only look like one in upper case",
            "create",
            {f"{INLINE}/currency": "uß"},
            "lineItems[2].priceData.currency",
        ),
        says(
            "a long text, of which 40 characters are shown",
            "create",
            {f"{INLINE}/currency": "X" * 41},
            "lineItems[2].priceData.currency",
            evidence={"currency": "x" * 40},
        ),
        clear("the kuna, one microsecond before its end", "update_metadata", stored_inline_in("hrk", LAST_OF_KUNA)),
        says(
            "the kuna, at its end",
            "update_metadata",
            stored_inline_in("hrk", END_OF_KUNA),
            "lineItems[0].priceData.currency",
        ),
        clear("the lev, one microsecond before its end", "update_metadata", stored_inline_in("BGN", LAST_OF_LEV)),
        says(
            "the lev, at its end",
            "update_metadata",
            stored_inline_in("BGN", END_OF_LEV),
            "lineItems[0].priceData.currency",
        ),
    )


class TestUnitAmountOutOfRange(RuleTable):
    """The amount of a price, inline or saved, is 0 at least, and at most what the policy allows, else 2147483647."""

    rule = price.unit_amount_out_of_range
    rows = (
        says(
            "-1",
            "create",
            {f"{INLINE}/unitAmount": -1},
            "lineItems[2].priceData.unitAmount",
            evidence={"unitAmount": -1, "minimum": 0, "maximum": LARGEST},
        ),
        clear("0", "create", {f"{INLINE}/unitAmount": 0}),
        clear("the largest", "create", {f"{INLINE}/unitAmount": LARGEST}),
        says("one more", "create", {f"{INLINE}/unitAmount": LARGEST + 1}, "lineItems[2].priceData.unitAmount"),
        clear("4500 of 4500", "create", {}, max_unit_amount=4_500),
        says("4500 of 4499", "create", {}, "lineItems[2].priceData.unitAmount", max_unit_amount=4_499),
        says("in an update", "update_lines", {f"{INLINE}/unitAmount": -1}, "lineItems[2].priceData.unitAmount"),
        says("-1, saved", "price_create", {AMOUNT: -1}, "unitAmount"),
        clear("0, saved", "price_create", {AMOUNT: 0}),
        clear("the largest, saved", "price_create", {AMOUNT: LARGEST}),
        says("one more, saved", "price_create", {AMOUNT: LARGEST + 1}, "unitAmount"),
        says("-1, changed", "price_update", {AMOUNT: -1}, "unitAmount"),
        clear("0, changed", "price_update", {AMOUNT: 0}),
        clear("as it is stored", "price_update", {}, max_unit_amount=37_999),
    )


class TestInlinePriceRecurring(RuleTable):
    """An inline price that states how often it recurs is not sold, however often that is."""

    rule = price.inline_price_recurring
    rows = (
        clear("absent", "create", {}),
        clear("null", "create", {f"{INLINE}/recurring": None}),
        says(
            "monthly",
            "create",
            {f"{INLINE}/recurring": {"interval": "MONTH"}},
            "lineItems[2].priceData.recurring",
            evidence={"interval": "MONTH"},
        ),
        says(
            "every two years",
            "create",
            {f"{INLINE}/recurring": {"interval": "YEAR", "intervalCount": 2}},
            "lineItems[2].priceData.recurring",
        ),
        says(
            "never, by its count",
            "create",
            {f"{INLINE}/recurring": {"interval": "DAY", "intervalCount": 0}},
            "lineItems[2].priceData.recurring",
        ),
        says(
            "in an update",
            "update_lines",
            {f"{INLINE}/recurring": {"interval": "DAY"}},
            "lineItems[2].priceData.recurring",
        ),
    )


class TestProductNameTooLong(RuleTable):
    """The name of an inline product has at most as many characters as the policy allows, else 255."""

    rule = price.product_name_too_long
    rows = (
        clear("254", "create", {NAME: "x" * 254}),
        clear("255", "create", {NAME: "x" * 255}),
        says("256", "create", {NAME: "x" * 256}, "lineItems[2].priceData.productData.name", evidence={"maximum": 255}),
        clear("255 characters of two bytes", "create", {NAME: "ك" * 255}),
        says("nine of eight", "create", {}, "lineItems[2].priceData.productData.name", max_product_name_length=8),
        says("in an update", "update_lines", {NAME: "x" * 256}, "lineItems[2].priceData.productData.name"),
    )


class TestProductDescriptionTooLong(RuleTable):
    """The description of an inline product has at most as many characters as the policy allows, else 500."""

    rule = price.product_description_too_long
    rows = (
        clear("499", "create", {DESCRIPTION: "x" * 499}),
        clear("500", "create", {DESCRIPTION: "x" * 500}),
        says(
            "501",
            "create",
            {DESCRIPTION: "x" * 501},
            "lineItems[2].priceData.productData.description",
            evidence={"maximum": 500},
        ),
        clear("empty", "create", {DESCRIPTION: ""}),
        clear("null", "create", {DESCRIPTION: None}),
        says(
            "18 of 0", "create", {}, "lineItems[2].priceData.productData.description", max_product_description_length=0
        ),
    )


class TestUnitLabelTooLong(RuleTable):
    """The unit label of an inline product has at most as many characters as the policy allows, else 50."""

    rule = price.unit_label_too_long
    rows = (
        clear("49", "create", {LABEL: "x" * 49}),
        clear("50", "create", {LABEL: "x" * 50}),
        says(
            "51", "create", {LABEL: "x" * 51}, "lineItems[2].priceData.productData.unitLabel", evidence={"maximum": 50}
        ),
        clear("empty", "create", {LABEL: ""}),
        clear("null", "create", {LABEL: None}),
        says("three of two", "create", {}, "lineItems[2].priceData.productData.unitLabel", max_unit_label_length=2),
    )
