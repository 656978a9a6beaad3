"""Boundaries of the rules on a price that is saved."""

from datetime import UTC, datetime
from typing import Final

from rules_engine.examples import REMOVED
from rules_engine.rules import saved_price
from tests.rules.table import Changes, Table, clear, decided, reports, rows_test, undecided

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


ROWS: Table = {
    saved_price.price_currency_missing: (
        reports("null", "price_create", {CURRENCY: None}, "currency"),
        reports("empty is a code that is none", "price_create", {CURRENCY: ""}, ("currency_invalid", "currency")),
        reports("of a price whose amount the buyer sets", "price_create_custom", {CURRENCY: REMOVED}, "currency"),
        reports("cleared by a change", "price_update", {CURRENCY: None}, ("", "currency")),
    ),
    saved_price.unit_amount_exclusive: (
        clear("null", "price_create_custom", {AMOUNT: None}),
        reports(
            "one",
            "price_create_custom",
            {AMOUNT: 38_000},
            "unitAmount",
            evidence={"type": "CUSTOM", "unitAmount": 38_000},
        ),
        reports("nothing is an amount", "price_create_custom", {AMOUNT: 0}, "unitAmount"),
        reports(
            "kept by the change that makes it custom",
            "price_update_to_custom",
            {AMOUNT: REMOVED},
            "type",
            evidence={"type": "CUSTOM", "unitAmount": 38_000},
        ),
        reports("sent with it", "price_update_to_custom", {AMOUNT: 5}, "unitAmount"),
        reports("sent to a stored one", "price_update_from_custom", {REQUEST: {"unitAmount": 5}}, "unitAmount"),
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
    ),
    saved_price.recurring_without_recurring_type: (
        clear("null for another", "price_create_rich", {RECURRING: None}),
        reports("no type", "price_create", {RECURRING: MONTHLY}, "recurring", evidence={"type": "ONE_TIME"}),
        reports("null for a type", "price_create_recurring", {TYPE: None}, "recurring"),
        reports("once", "price_create_recurring", {TYPE: "ONE_TIME"}, "recurring"),
        reports("custom", "price_create_custom", {RECURRING: MONTHLY}, "recurring", evidence={"type": "CUSTOM"}),
        clear(
            "dropped by the change that lets the buyer set the amount",
            "price_update_charged_once",
            {REQUEST: {"type": "CUSTOM", "unitAmount": None, "customUnitAmount": {}}},
        ),
        reports(
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
    ),
    saved_price.custom_unit_amount_without_custom_type: (
        clear("null for another", "price_create_rich", {CUSTOM: None}),
        reports("no type", "price_create", {CUSTOM: FROM_100}, "customUnitAmount", evidence={"type": "ONE_TIME"}),
        reports("without any bound", "price_create", {CUSTOM: {}}, "customUnitAmount"),
        reports("once", "price_create_custom", {TYPE: "ONE_TIME"}, "customUnitAmount"),
        reports(
            "recurring",
            "price_create_recurring",
            {CUSTOM: FROM_100},
            "customUnitAmount",
            evidence={"type": "RECURRING"},
        ),
        reports("sent to a stored one that is not", "price_update", {CUSTOM: FROM_100}, "customUnitAmount"),
        clear("sent to a stored one", "price_update_from_custom", {REQUEST: {"customUnitAmount": {}}}),
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
    ),
    saved_price.unit_amount_missing: (
        clear("nothing is an amount", "price_create", {AMOUNT: 0}),
        reports("left out", "price_create", {AMOUNT: REMOVED}, "unitAmount", evidence={"type": "ONE_TIME"}),
        reports("null", "price_create", {AMOUNT: None}, "unitAmount"),
        reports("recurring", "price_create_recurring", {AMOUNT: None}, "unitAmount", evidence={"type": "RECURRING"}),
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
        decided(
            "both are sent",
            "price_update_from_custom",
            {**UNKNOWN, CUSTOM: REMOVED},
            off=("price_missing", "custom_unit_amount_without_custom_type"),
        ),
        decided("neither is", "price_update", {**UNKNOWN, RECURRING: MONTHLY}, off=("price_missing",)),
    ),
    saved_price.recurring_type_without_recurring: (
        reports("left out", "price_create_recurring", {RECURRING: REMOVED}, "type", evidence={"type": "RECURRING"}),
        reports("null", "price_create_recurring", {RECURRING: None}, "type"),
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
    ),
    saved_price.custom_type_without_custom_unit_amount: (
        clear("without any bound", "price_create_custom", {CUSTOM: {}}),
        reports("left out", "price_create_custom", {CUSTOM: REMOVED}, "type", evidence={"type": "CUSTOM"}),
        reports("null", "price_create_custom", {CUSTOM: None}, "type"),
        reports(
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
    ),
    saved_price.interval_count_out_of_range: (
        clear("one", "price_create_recurring", every(1)),
        reports(
            "none",
            "price_create_recurring",
            every(0),
            "recurring.intervalCount",
            evidence={"intervalCount": 0, "minimum": 1, "maximum": LARGEST_EXACT},
        ),
        reports("fewer", "price_create_recurring", every(-1), "recurring.intervalCount"),
        clear("null", "price_create_recurring", every(None)),
        clear("left out", "price_create_recurring", {RECURRING: MONTHLY}),
        clear("the most", "price_create_recurring", every(LARGEST_EXACT)),
        reports("more", "price_create_recurring", every(LARGEST_EXACT + 1), "recurring.intervalCount"),
        clear("one in a change", "price_update_unused", every(1)),
        clear(
            "none in what is stored",
            "price_update_used",
            {REQUEST: {"name": "Mug"}, f"{MUG}/recurring/intervalCount": 0},
        ),
        reports(
            "none where nothing recurs",
            "price_create",
            every(0),
            ("recurring_without_recurring_type", "recurring"),
            "recurring.intervalCount",
        ),
    ),
    saved_price.price_stock_invalid: (
        clear("none left", "price_create", {STOCK: 0}),
        clear("one left", "price_create", {STOCK: 1}),
        clear("no end to it", "price_create_rich", {STOCK: None}),
        reports("less than nothing", "price_create", {STOCK: -1}, "stock", evidence={"stock": -1}),
        clear("none left in a change", "price_update", {STOCK: 0}),
        reports("less than nothing in a change", "price_update", {STOCK: -1}, "stock"),
        clear("oversold and left so", "price_update_used", {STOCK: REMOVED}),
    ),
    saved_price.stock_out_of_range: (
        clear("the most", "price_create", {STOCK: LARGEST}),
        clear("one less", "price_create", {STOCK: LARGEST - 1}),
        reports(
            "one more",
            "price_create",
            {STOCK: LARGEST + 1},
            "stock",
            evidence={"stock": LARGEST + 1, "maximum": LARGEST},
        ),
        clear("no end to it", "price_create_rich", {STOCK: None}, max_stock=0),
        clear("the most that the policy allows", "price_create_rich", {}, max_stock=12),
        reports("one more than that", "price_create_rich", {}, "stock", max_stock=11),
        clear("none of none", "price_update", {STOCK: 0}, max_stock=0),
        reports("one of none", "price_update", {STOCK: 1}, "stock", max_stock=0),
        clear("not touched", "price_update", {f"{MUG}/stock": 12}, max_stock=11),
    ),
    saved_price.price_date_range_invalid: (
        clear("one microsecond before", "price_create", {START: BEFORE, END: FIRST}),
        reports(
            "at the same instant",
            "price_create",
            {START: FIRST, END: FIRST},
            "expirationDate",
            evidence={
                "startDate": datetime(2026, 12, 1, tzinfo=UTC),
                "expirationDate": datetime(2026, 12, 1, tzinfo=UTC),
            },
        ),
        reports("one microsecond after", "price_create", {START: AFTER, END: FIRST}, "expirationDate"),
        reports(
            "at the same instant in another zone",
            "price_create",
            {START: "2026-12-01T02:00:00+02:00", END: FIRST},
            "expirationDate",
        ),
        clear("no start", "price_create", {END: FIRST}),
        clear("no end", "price_create", {START: FIRST, END: None}),
        clear("both long ago", "price_create", {START: "2020-01-01T00:00:00Z", END: "2020-01-02T00:00:00Z"}),
        clear("a start before the stored end", "price_update", {START: BEFORE, f"{MUG}/expirationDate": FIRST}),
        reports(
            "a start at the stored end", "price_update", {START: FIRST, f"{MUG}/expirationDate": FIRST}, "startDate"
        ),
        clear("an end after the stored start", "price_update", {END: AFTER, f"{MUG}/startDate": FIRST}),
        reports(
            "an end at the stored start", "price_update", {END: FIRST, f"{MUG}/startDate": FIRST}, "expirationDate"
        ),
        reports("both sent in a change", "price_update", {START: FIRST, END: FIRST}, "expirationDate"),
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
    ),
}

test_rows = rows_test(ROWS)
