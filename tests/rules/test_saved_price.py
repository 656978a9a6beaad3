"""Boundaries of the rules on a price that is saved."""

from datetime import UTC, datetime
from typing import Final

from rules_engine.examples import REMOVED
from rules_engine.rules import saved_price
from tests.rules.table import Changes, RuleTable, clear, decided, says, skipped, undecided

REQUEST, MUG, GIFT = "/request", "/facts/prices/price_mug", "/facts/prices/price_gift"
CURRENCY, AMOUNT, TYPE, RECURRING, CUSTOM, STOCK, START, END = (
    f"{REQUEST}/{field}"
    for field in (
        "currency",
        "unitAmount",
        "type",
        "recurring",
        "customUnitAmount",
        "stock",
        "startDate",
        "expirationDate",
    )
)
UNKNOWN: Final[Changes] = {"/facts/prices": {}}
GONE: Final[Changes] = {"/facts/prices": {}, "/facts/missing": {"prices": ["price_mug"]}}
ID = ("price_missing", "id")
MONTHLY = {"interval": "MONTH"}
FROM_100 = {"minimum": 100}
FIRST = "2026-12-01T00:00:00Z"
BEFORE, AFTER = "2026-11-30T23:59:59.999999Z", "2026-12-01T00:00:00.000001Z"
LARGEST, LARGEST_EXACT = 2_147_483_647, 9_007_199_254_740_991
BY_CUSTOM = ("custom_unit_amount_without_custom_type", "customUnitAmount")


def every(count: int | None) -> dict[str, object]:
    """Charged once every so many weeks."""
    return {RECURRING: {"interval": "WEEK", "intervalCount": count}}


class TestPriceCurrencyMissing(RuleTable):
    """A price is made in a currency."""

    rule = saved_price.price_currency_missing
    rows = (
        clear("stated", "price_create", {}),
        says("left out", "price_create", {CURRENCY: REMOVED}, "currency", evidence={}),
        says("null", "price_create", {CURRENCY: None}, "currency"),
        says("empty is a code that is none", "price_create", {CURRENCY: ""}, ("currency_invalid", "currency")),
        says("of a price whose amount the buyer sets", "price_create_custom", {CURRENCY: REMOVED}, "currency"),
        says("cleared by a change", "price_update", {CURRENCY: None}, ("", "currency")),
    )


class TestUnitAmountExclusive(RuleTable):
    """Where the buyer sets the amount, the price has none: neither sent nor kept."""

    rule = saved_price.unit_amount_exclusive
    rows = (
        clear("none", "price_create_custom", {}),
        clear("null", "price_create_custom", {AMOUNT: None}),
        says(
            "one",
            "price_create_custom",
            {AMOUNT: 38_000},
            "unitAmount",
            evidence={"type": "CUSTOM", "unitAmount": 38_000},
        ),
        says("nothing is an amount", "price_create_custom", {AMOUNT: 0}, "unitAmount"),
        clear("of another type", "price_create_rich", {}),
        clear("cleared by the change that makes it custom", "price_update_to_custom", {}),
        says(
            "kept by the change that makes it custom",
            "price_update_to_custom",
            {AMOUNT: REMOVED},
            "type",
            evidence={"type": "CUSTOM", "unitAmount": 38_000},
        ),
        says("sent with it", "price_update_to_custom", {AMOUNT: 5}, "unitAmount"),
        says("sent to a stored one", "price_update_from_custom", {REQUEST: {"unitAmount": 5}}, "unitAmount"),
        clear("null sent to a stored one", "price_update_from_custom", {REQUEST: {"unitAmount": None}}),
        clear("not touched", "price_update_from_custom", {REQUEST: {"name": "Gift"}, f"{GIFT}/unitAmount": 5}),
        undecided(
            "nobody looked up what is kept",
            "price_update",
            {**UNKNOWN, REQUEST: {"type": "CUSTOM", "customUnitAmount": {}}},
            "type",
            "prices[price_mug]",
        ),
        undecided(
            "nobody looked up what it is",
            "price_update",
            {**UNKNOWN, AMOUNT: 5},
            "unitAmount",
            "prices[price_mug]",
            off=("price_missing",),
        ),
        decided("both are sent", "price_update_to_custom", {**UNKNOWN, START: FIRST}, off=("price_missing",)),
        decided("neither is", "price_update", {**UNKNOWN, CUSTOM: FROM_100}, off=("price_missing",)),
        skipped("there is no such price", "price_update", {**GONE, TYPE: "CUSTOM"}, "type", by=ID),
    )


class TestRecurringWithoutRecurringType(RuleTable):
    """Terms of charging again are for prices that are charged again."""

    rule = saved_price.recurring_without_recurring_type
    rows = (
        clear("a recurring price", "price_create_recurring", {}),
        clear("null for another", "price_create_rich", {RECURRING: None}),
        says("no type", "price_create", {RECURRING: MONTHLY}, "recurring", evidence={"type": "ONE_TIME"}),
        says("null for a type", "price_create_recurring", {TYPE: None}, "recurring"),
        says("once", "price_create_recurring", {TYPE: "ONE_TIME"}, "recurring"),
        says("custom", "price_create_custom", {RECURRING: MONTHLY}, "recurring", evidence={"type": "CUSTOM"}),
        clear("both sent in a change", "price_update_unused", {}),
        says("sent to a stored one that is charged once", "price_update", {RECURRING: MONTHLY}, "recurring"),
        clear("dropped by the change that makes it charged once", "price_update_charged_once", {}),
        clear(
            "dropped by the change that lets the buyer set the amount",
            "price_update_charged_once",
            {REQUEST: {"type": "CUSTOM", "unitAmount": None, "customUnitAmount": {}}},
        ),
        says(
            "sent with the change that makes it charged once",
            "price_update_charged_once",
            {RECURRING: MONTHLY},
            "recurring",
            evidence={"type": "ONE_TIME"},
        ),
        clear("not touched", "price_update", {f"{MUG}/recurring": MONTHLY}),
        undecided(
            "nobody looked up what it is",
            "price_update",
            {**UNKNOWN, RECURRING: MONTHLY},
            "recurring",
            "prices[price_mug]",
            off=("price_missing",),
        ),
        decided("whatever is stored is dropped", "price_update", {**UNKNOWN, TYPE: "ONE_TIME"}, off=("price_missing",)),
        decided("both are sent", "price_update_unused", UNKNOWN, off=("price_missing",)),
        decided("neither is", "price_update", {**UNKNOWN, AMOUNT: 5}, off=("price_missing",)),
        skipped("there is no such price", "price_update", {**GONE, RECURRING: MONTHLY}, "recurring", by=ID),
    )


class TestCustomUnitAmountWithoutCustomType(RuleTable):
    """Bounds of what the buyer sets are for prices whose amount the buyer sets."""

    rule = saved_price.custom_unit_amount_without_custom_type
    rows = (
        clear("a custom price", "price_create_custom", {}),
        clear("null for another", "price_create_rich", {CUSTOM: None}),
        says("no type", "price_create", {CUSTOM: FROM_100}, "customUnitAmount", evidence={"type": "ONE_TIME"}),
        says("without any bound", "price_create", {CUSTOM: {}}, "customUnitAmount"),
        says("once", "price_create_custom", {TYPE: "ONE_TIME"}, "customUnitAmount"),
        says(
            "recurring",
            "price_create_recurring",
            {CUSTOM: FROM_100},
            "customUnitAmount",
            evidence={"type": "RECURRING"},
        ),
        says("sent to a stored one that is not", "price_update", {CUSTOM: FROM_100}, "customUnitAmount"),
        clear("sent to a stored one", "price_update_from_custom", {REQUEST: {"customUnitAmount": {}}}),
        clear("cleared by the change that fixes the amount", "price_update_from_custom", {}),
        says("kept by the change that fixes the amount", "price_update_from_custom", {CUSTOM: REMOVED}, "type"),
        clear("not touched", "price_update", {f"{MUG}/customUnitAmount": FROM_100}),
        undecided(
            "nobody looked up what it is",
            "price_update",
            {**UNKNOWN, CUSTOM: FROM_100},
            "customUnitAmount",
            "prices[price_mug]",
            off=("price_missing",),
        ),
        undecided(
            "nobody looked up what is kept",
            "price_update",
            {**UNKNOWN, TYPE: "ONE_TIME", AMOUNT: 5},
            "type",
            "prices[price_mug]",
        ),
        decided("both are sent", "price_update_to_custom", {**UNKNOWN, START: FIRST}, off=("price_missing",)),
        decided("neither is", "price_update", {**UNKNOWN, AMOUNT: 5}, off=("price_missing",)),
        skipped("there is no such price", "price_update", {**GONE, CUSTOM: FROM_100}, "customUnitAmount", by=ID),
    )


class TestUnitAmountMissing(RuleTable):
    """A price states its amount, unless the buyer sets it."""

    rule = saved_price.unit_amount_missing
    rows = (
        clear("stated", "price_create", {}),
        clear("nothing is an amount", "price_create", {AMOUNT: 0}),
        says("left out", "price_create", {AMOUNT: REMOVED}, "unitAmount", evidence={"type": "ONE_TIME"}),
        says("null", "price_create", {AMOUNT: None}, "unitAmount"),
        says("recurring", "price_create_recurring", {AMOUNT: None}, "unitAmount", evidence={"type": "RECURRING"}),
        clear("custom", "price_create_custom", {}),
        says("cleared by a change", "price_update", {AMOUNT: None}, "unitAmount"),
        clear("sent with the type that needs it", "price_update_from_custom", {}),
        says("not sent with it", "price_update_from_custom", {AMOUNT: REMOVED}, "unitAmount"),
        clear("kept", "price_update", {TYPE: "ONE_TIME"}),
        clear("not touched", "price_update_from_custom", {REQUEST: {"name": "Gift"}}),
        undecided(
            "nobody looked up what is kept",
            "price_update",
            {**UNKNOWN, TYPE: "ONE_TIME"},
            "unitAmount",
            "prices[price_mug]",
            off=("price_missing",),
        ),
        undecided(
            "nobody looked up what it is", "price_update", {**UNKNOWN, AMOUNT: None}, "unitAmount", "prices[price_mug]"
        ),
        decided(
            "both are sent",
            "price_update_from_custom",
            {**UNKNOWN, CUSTOM: REMOVED},
            off=("price_missing", "custom_unit_amount_without_custom_type"),
        ),
        decided("neither is", "price_update", {**UNKNOWN, RECURRING: MONTHLY}, off=("price_missing",)),
        skipped("there is no such price", "price_update", {**GONE, TYPE: "ONE_TIME"}, "unitAmount", by=ID),
        skipped(
            "the type is not what else is sent",
            "price_create_custom",
            {TYPE: "ONE_TIME"},
            "unitAmount",
            by=BY_CUSTOM,
        ),
    )


class TestRecurringTypeWithoutRecurring(RuleTable):
    """A price that is charged again says when."""

    rule = saved_price.recurring_type_without_recurring
    rows = (
        clear("it does", "price_create_recurring", {}),
        says("left out", "price_create_recurring", {RECURRING: REMOVED}, "type", evidence={"type": "RECURRING"}),
        says("null", "price_create_recurring", {RECURRING: None}, "type"),
        clear("charged once", "price_create_rich", {}),
        says("not sent with the type", "price_update_unused", {RECURRING: REMOVED}, "type"),
        clear("dropped by the change that takes the type away", "price_update_charged_once", {}),
        clear("kept", "price_update_used", {REQUEST: {"type": "RECURRING"}}),
        clear("not touched", "price_update_used", {REQUEST: {"name": "Mug"}, f"{MUG}/recurring": None}),
        undecided(
            "nobody looked up what is kept",
            "price_update",
            {**UNKNOWN, TYPE: "RECURRING"},
            "type",
            "prices[price_mug]",
            off=("price_missing",),
        ),
        decided(
            "both are sent",
            "price_update_unused",
            UNKNOWN,
            off=("price_missing", "custom_unit_amount_without_custom_type"),
        ),
        decided("neither is", "price_update", {**UNKNOWN, AMOUNT: 5}, off=("price_missing",)),
        skipped("there is no such price", "price_update", {**GONE, TYPE: "RECURRING"}, "type", by=ID),
        skipped(
            "the type is not what else is sent",
            "price_create_custom",
            {TYPE: "RECURRING"},
            "type",
            by=BY_CUSTOM,
        ),
    )


class TestCustomTypeWithoutCustomUnitAmount(RuleTable):
    """A price whose amount the buyer sets says so in full."""

    rule = saved_price.custom_type_without_custom_unit_amount
    rows = (
        clear("it does", "price_create_custom", {}),
        clear("without any bound", "price_create_custom", {CUSTOM: {}}),
        says("left out", "price_create_custom", {CUSTOM: REMOVED}, "type", evidence={"type": "CUSTOM"}),
        says("null", "price_create_custom", {CUSTOM: None}, "type"),
        clear("another type", "price_create_rich", {}),
        says("not sent with the type", "price_update_to_custom", {CUSTOM: REMOVED}, "type"),
        says(
            "cleared by a change",
            "price_update_from_custom",
            {REQUEST: {"customUnitAmount": None}},
            "customUnitAmount",
        ),
        clear("kept", "price_update_from_custom", {REQUEST: {"type": "CUSTOM"}}),
        clear("not touched", "price_update_from_custom", {REQUEST: {"name": "Gift"}, f"{GIFT}/customUnitAmount": None}),
        undecided(
            "nobody looked up what is kept",
            "price_update",
            {**UNKNOWN, TYPE: "CUSTOM", AMOUNT: None},
            "type",
            "prices[price_mug]",
            off=("price_missing",),
        ),
        undecided(
            "nobody looked up what it is",
            "price_update",
            {**UNKNOWN, CUSTOM: None},
            "customUnitAmount",
            "prices[price_mug]",
        ),
        decided(
            "both are sent",
            "price_update_to_custom",
            {**UNKNOWN, START: FIRST},
            off=("price_missing",),
        ),
        decided("neither is", "price_update", {**UNKNOWN, START: FIRST}, off=("price_missing",)),
        skipped("there is no such price", "price_update", {**GONE, TYPE: "CUSTOM", AMOUNT: None}, "type", by=ID),
        skipped(
            "an amount is sent",
            "price_create",
            {TYPE: "CUSTOM"},
            "type",
            by=("unit_amount_exclusive", "unitAmount"),
        ),
        skipped(
            "terms of charging again are sent",
            "price_create_recurring",
            {TYPE: "CUSTOM", AMOUNT: REMOVED},
            "type",
            by=("recurring_without_recurring_type", "recurring"),
        ),
    )


class TestIntervalCountOutOfRange(RuleTable):
    """Between two charges lies at least one interval, and no more than every reader keeps exact."""

    rule = saved_price.interval_count_out_of_range
    rows = (
        clear("one", "price_create_recurring", every(1)),
        says(
            "none",
            "price_create_recurring",
            every(0),
            "recurring.intervalCount",
            evidence={"intervalCount": 0, "minimum": 1, "maximum": LARGEST_EXACT},
        ),
        says("fewer", "price_create_recurring", every(-1), "recurring.intervalCount"),
        clear("null", "price_create_recurring", every(None)),
        clear("left out", "price_create_recurring", {RECURRING: MONTHLY}),
        clear("the most", "price_create_recurring", every(LARGEST_EXACT)),
        says("more", "price_create_recurring", every(LARGEST_EXACT + 1), "recurring.intervalCount"),
        clear("one in a change", "price_update_unused", every(1)),
        says("none in a change", "price_update_unused", every(0), "recurring.intervalCount"),
        clear(
            "none in what is stored",
            "price_update_used",
            {REQUEST: {"name": "Mug"}, f"{MUG}/recurring/intervalCount": 0},
        ),
        says(
            "none where nothing recurs",
            "price_create",
            every(0),
            ("recurring_without_recurring_type", "recurring"),
            "recurring.intervalCount",
        ),
    )


class TestPriceStockInvalid(RuleTable):
    """There is nothing in stock, or something, or no end to it; but not less than nothing."""

    rule = saved_price.price_stock_invalid
    rows = (
        clear("none left", "price_create", {STOCK: 0}),
        clear("one left", "price_create", {STOCK: 1}),
        clear("no end to it", "price_create_rich", {STOCK: None}),
        says("less than nothing", "price_create", {STOCK: -1}, "stock", evidence={"stock": -1}),
        clear("none left in a change", "price_update", {STOCK: 0}),
        says("less than nothing in a change", "price_update", {STOCK: -1}, "stock"),
        clear("oversold and left so", "price_update_used", {STOCK: REMOVED}),
    )


class TestStockOutOfRange(RuleTable):
    """There is no more in stock than the policy allows."""

    rule = saved_price.stock_out_of_range
    rows = (
        clear("the most", "price_create", {STOCK: LARGEST}),
        clear("one less", "price_create", {STOCK: LARGEST - 1}),
        says(
            "one more",
            "price_create",
            {STOCK: LARGEST + 1},
            "stock",
            evidence={"stock": LARGEST + 1, "maximum": LARGEST},
        ),
        clear("no end to it", "price_create_rich", {STOCK: None}, max_stock=0),
        clear("the most that the policy allows", "price_create_rich", {}, max_stock=12),
        says("one more than that", "price_create_rich", {}, "stock", max_stock=11),
        clear("none of none", "price_update", {STOCK: 0}, max_stock=0),
        says("one of none", "price_update", {STOCK: 1}, "stock", max_stock=0),
        clear("not touched", "price_update", {f"{MUG}/stock": 12}, max_stock=11),
    )


class TestPriceDateRangeInvalid(RuleTable):
    """A price goes on sale before it goes off sale, by a microsecond at least."""

    rule = saved_price.price_date_range_invalid
    rows = (
        clear("one microsecond before", "price_create", {START: BEFORE, END: FIRST}),
        says(
            "at the same instant",
            "price_create",
            {START: FIRST, END: FIRST},
            "expirationDate",
            evidence={
                "startDate": datetime(2026, 12, 1, tzinfo=UTC),
                "expirationDate": datetime(2026, 12, 1, tzinfo=UTC),
            },
        ),
        says("one microsecond after", "price_create", {START: AFTER, END: FIRST}, "expirationDate"),
        says(
            "at the same instant in another zone",
            "price_create",
            {START: "2026-12-01T02:00:00+02:00", END: FIRST},
            "expirationDate",
        ),
        clear("no start", "price_create", {END: FIRST}),
        clear("no end", "price_create", {START: FIRST, END: None}),
        clear("both long ago", "price_create", {START: "2020-01-01T00:00:00Z", END: "2020-01-02T00:00:00Z"}),
        clear("a start before the stored end", "price_update", {START: BEFORE, f"{MUG}/expirationDate": FIRST}),
        says("a start at the stored end", "price_update", {START: FIRST, f"{MUG}/expirationDate": FIRST}, "startDate"),
        clear("an end after the stored start", "price_update", {END: AFTER, f"{MUG}/startDate": FIRST}),
        says("an end at the stored start", "price_update", {END: FIRST, f"{MUG}/startDate": FIRST}, "expirationDate"),
        says("both sent in a change", "price_update", {START: FIRST, END: FIRST}, "expirationDate"),
        clear(
            "both sent, whatever is stored",
            "price_update",
            {START: BEFORE, END: FIRST, f"{MUG}/startDate": AFTER, f"{MUG}/expirationDate": BEFORE},
        ),
        clear("a start that clears the stored end", "price_update_used", {START: FIRST, END: None}),
        clear("an end that is cleared", "price_update_used", {END: None}),
        clear("not touched", "price_update", {f"{MUG}/startDate": FIRST, f"{MUG}/expirationDate": FIRST}),
        undecided(
            "nobody looked up when it ends",
            "price_update",
            {**UNKNOWN, START: FIRST},
            "startDate",
            "prices[price_mug]",
            off=("price_missing",),
        ),
        undecided(
            "nobody looked up when it starts",
            "price_update",
            {**UNKNOWN, END: FIRST},
            "expirationDate",
            "prices[price_mug]",
        ),
        decided(
            "both are sent",
            "price_update",
            {**UNKNOWN, START: BEFORE, END: FIRST, TYPE: "ONE_TIME"},
            off=("price_missing",),
        ),
        decided("neither is", "price_update", {**UNKNOWN, TYPE: "ONE_TIME"}, off=("price_missing",)),
        skipped("there is no such price", "price_update", {**GONE, START: FIRST}, "startDate", by=ID),
    )
