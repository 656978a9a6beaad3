"""The rules on a price when it is made, changed or deleted, and on products."""

from datetime import UTC, datetime
from typing import Final

from rules_engine.examples import REMOVED
from rules_engine.rules import saved_price
from tests.rules.table import Changes, Table, clear, decided, reports, rows_test, shows, undecided

REQUEST, MUG, GIFT = "/request", "/facts/prices/price_mug", "/facts/prices/price_gift"
CURRENCY, AMOUNT, TYPE, RECURRING, CUSTOM, STOCK, START, END = (
    f"{REQUEST}/{field}"
    for field in (
        *("currency", "unitAmount", "type", "recurring", "customUnitAmount", "stock", "startDate", "expirationDate"),
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


def every(count: int | None) -> dict[str, object]:
    """Charged once every so many weeks."""
    return {RECURRING: {"interval": "WEEK", "intervalCount": count}}


USES = "/facts/usage/prices/price_mug"
NOT_COUNTED = {"/facts/usage": {"prices": {"price_bowl": 0}}}
USES_ASKED_FOR = "usage.prices[price_mug]"


def sent(**fields: object) -> dict[str, object]:
    """A change of nothing else."""
    return {REQUEST: fields}


MINIMUM, MAXIMUM, PRESET = (f"customUnitAmount.{field}" for field in ("minimum", "maximum", "preset"))


def of(minimum: int | None = None, maximum: int | None = None, preset: int | None = None) -> dict[str, object]:
    """The customUnitAmount of a request."""
    return {"/request/customUnitAmount": {"minimum": minimum, "maximum": maximum, "preset": preset}}


NO_PRODUCT = {"/facts/products": {}, "/facts/missing": {"products": ["prod_mug"]}}
BOTH_GONE = {"/facts/products": {}, "/facts/missing": {"products": ["prod_bowl", "prod_mug"]}}

ROWS: Table = {
    saved_price.price_currency_missing: (
        reports("null", "price_create", {CURRENCY: None}, "currency"),
        reports("empty is a code that is none", "price_create", {CURRENCY: ""}, ("currency_invalid", "currency")),
        reports("of a price whose amount the buyer sets", "price_create_custom", {CURRENCY: REMOVED}, "currency"),
        reports("cleared by a change", "price_update", {CURRENCY: None}, ("", "currency")),
    ),
    saved_price.unit_amount_exclusive: (
        clear("null", "price_create_custom", {AMOUNT: None}),
        shows("one", "price_create_custom", {AMOUNT: 38_000}, "unitAmount", {"type": "CUSTOM", "unitAmount": 38_000}),
        reports("nothing is an amount", "price_create_custom", {AMOUNT: 0}, "unitAmount"),
        shows(
            "kept by the change that makes it custom",
            "price_update_to_custom",
            {AMOUNT: REMOVED},
            "type",
            {"type": "CUSTOM", "unitAmount": 38_000},
        ),
        reports("sent with it", "price_update_to_custom", {AMOUNT: 5}, "unitAmount"),
        reports("sent to a stored one", "price_update_from_custom", {REQUEST: {"unitAmount": 5}}, "unitAmount"),
        clear("null sent to a stored one", "price_update_from_custom", {REQUEST: {"unitAmount": None}}),
        clear("not touched", "price_update_from_custom", {REQUEST: {"name": "Gift"}, f"{GIFT}/unitAmount": 5}),
        undecided(
            "what it is not provided",
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
        shows("no type", "price_create", {RECURRING: MONTHLY}, "recurring", {"type": "ONE_TIME"}),
        reports("null for a type", "price_create_recurring", {TYPE: None}, "recurring"),
        reports("once", "price_create_recurring", {TYPE: "ONE_TIME"}, "recurring"),
        shows("custom", "price_create_custom", {RECURRING: MONTHLY}, "recurring", {"type": "CUSTOM"}),
        clear(
            "dropped by the change that lets the buyer set the amount",
            "price_update_charged_once",
            {REQUEST: {"type": "CUSTOM", "unitAmount": None, "customUnitAmount": {}}},
        ),
        shows(
            "sent with the change that makes it charged once",
            "price_update_charged_once",
            {RECURRING: MONTHLY},
            "recurring",
            {"type": "ONE_TIME"},
        ),
        clear("not touched", "price_update", {f"{MUG}/recurring": MONTHLY}),
        decided("whatever is stored is dropped", "price_update", {**UNKNOWN, TYPE: "ONE_TIME"}, off=("price_missing",)),
        decided("both are sent", "price_update_unused", UNKNOWN, off=("price_missing",)),
        decided("neither is", "price_update", {**UNKNOWN, AMOUNT: 5}, off=("price_missing",)),
    ),
    saved_price.custom_unit_amount_without_custom_type: (
        clear("null for another", "price_create_rich", {CUSTOM: None}),
        shows("no type", "price_create", {CUSTOM: FROM_100}, "customUnitAmount", {"type": "ONE_TIME"}),
        reports("without any bound", "price_create", {CUSTOM: {}}, "customUnitAmount"),
        reports("once", "price_create_custom", {TYPE: "ONE_TIME"}, "customUnitAmount"),
        shows("recurring", "price_create_recurring", {CUSTOM: FROM_100}, "customUnitAmount", {"type": "RECURRING"}),
        reports("sent to a stored one that is not", "price_update", {CUSTOM: FROM_100}, "customUnitAmount"),
        clear("sent to a stored one", "price_update_from_custom", {REQUEST: {"customUnitAmount": {}}}),
        clear("not touched", "price_update", {f"{MUG}/customUnitAmount": FROM_100}),
        undecided(
            "what it is not provided",
            "price_update",
            {**UNKNOWN, CUSTOM: FROM_100},
            "customUnitAmount",
            "prices[price_mug]",
            off=("price_missing",),
        ),
        decided("both are sent", "price_update_to_custom", {**UNKNOWN, START: FIRST}, off=("price_missing",)),
        decided("neither is", "price_update", {**UNKNOWN, AMOUNT: 5}, off=("price_missing",)),
    ),
    saved_price.unit_amount_missing: (
        clear("nothing is an amount", "price_create", {AMOUNT: 0}),
        shows("left out", "price_create", {AMOUNT: REMOVED}, "unitAmount", {"type": "ONE_TIME"}),
        reports("null", "price_create", {AMOUNT: None}, "unitAmount"),
        shows("recurring", "price_create_recurring", {AMOUNT: None}, "unitAmount", {"type": "RECURRING"}),
        clear("kept", "price_update", {TYPE: "ONE_TIME"}),
        clear("not touched", "price_update_from_custom", {REQUEST: {"name": "Gift"}}),
        decided(
            "both are sent",
            "price_update_from_custom",
            {**UNKNOWN, CUSTOM: REMOVED},
            off=("price_missing", "custom_unit_amount_without_custom_type"),
        ),
        decided("neither is", "price_update", {**UNKNOWN, RECURRING: MONTHLY}, off=("price_missing",)),
    ),
    saved_price.recurring_type_without_recurring: (
        shows("left out", "price_create_recurring", {RECURRING: REMOVED}, "type", {"type": "RECURRING"}),
        reports("null", "price_create_recurring", {RECURRING: None}, "type"),
        clear("kept", "price_update_used", {REQUEST: {"type": "RECURRING"}}),
        clear("not touched", "price_update_used", {REQUEST: {"name": "Mug"}, f"{MUG}/recurring": None}),
        decided(
            "both", "price_update_unused", UNKNOWN, off=("price_missing", "custom_unit_amount_without_custom_type")
        ),
        decided("neither is", "price_update", {**UNKNOWN, AMOUNT: 5}, off=("price_missing",)),
    ),
    saved_price.custom_type_without_custom_unit_amount: (
        clear("without any bound", "price_create_custom", {CUSTOM: {}}),
        shows("left out", "price_create_custom", {CUSTOM: REMOVED}, "type", {"type": "CUSTOM"}),
        reports("null", "price_create_custom", {CUSTOM: None}, "type"),
        reports("cleared", "price_update_from_custom", {REQUEST: {"customUnitAmount": None}}, "customUnitAmount"),
        clear("kept", "price_update_from_custom", {REQUEST: {"type": "CUSTOM"}}),
        clear("not touched", "price_update_from_custom", {REQUEST: {"name": "Gift"}, f"{GIFT}/customUnitAmount": None}),
        undecided("type unknown", "price_update", {**UNKNOWN, CUSTOM: None}, "customUnitAmount", "prices[price_mug]"),
        decided("both are sent", "price_update_to_custom", {**UNKNOWN, START: FIRST}, off=("price_missing",)),
        decided("neither is", "price_update", {**UNKNOWN, START: FIRST}, off=("price_missing",)),
    ),
    saved_price.interval_count_out_of_range: (
        clear("one", "price_create_recurring", every(1)),
        shows(
            "none",
            "price_create_recurring",
            every(0),
            "recurring.intervalCount",
            {"intervalCount": 0, "minimum": 1, "maximum": LARGEST_EXACT},
        ),
        clear("null", "price_create_recurring", every(None)),
        clear("left out", "price_create_recurring", {RECURRING: MONTHLY}),
        clear("the most", "price_create_recurring", every(LARGEST_EXACT)),
        reports("more", "price_create_recurring", every(LARGEST_EXACT + 1), "recurring.intervalCount"),
        clear("one in a change", "price_update_unused", every(1)),
        clear(
            "none in the stored one",
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
    saved_price.price_stock_invalid: (clear("oversold and left so", "price_update_used", {STOCK: REMOVED}),),
    saved_price.stock_out_of_range: (clear("not touched", "price_update", {f"{MUG}/stock": 12}, max_stock=11),),
    saved_price.price_date_range_invalid: (
        clear("one microsecond before", "price_create", {START: BEFORE, END: FIRST}),
        shows(
            "at the same instant",
            "price_create",
            {START: FIRST, END: FIRST},
            "expirationDate",
            {"startDate": datetime(2026, 12, 1, tzinfo=UTC), "expirationDate": datetime(2026, 12, 1, tzinfo=UTC)},
        ),
        clear("one nanosecond before", "price_create", {START: FIRST, END: "2026-12-01T00:00:00.000000001Z"}),
        reports(
            "one nanosecond after",
            "price_create",
            {START: "2026-12-01T00:00:00.000000002Z", END: "2026-12-01T00:00:00.000000001Z"},
            "expirationDate",
        ),
        reports("one microsecond after", "price_create", {START: AFTER, END: FIRST}, "expirationDate"),
        reports("in another zone", "price_create", {START: "2026-12-01T02:00:00+02:00", END: FIRST}, "expirationDate"),
        clear("no start", "price_create", {END: FIRST}),
        clear("no end", "price_create", {START: FIRST, END: None}),
        clear("both long ago", "price_create", {START: "2020-01-01T00:00:00Z", END: "2020-01-02T00:00:00Z"}),
        clear("a start before the stored end", "price_update", {START: BEFORE, f"{MUG}/expirationDate": FIRST}),
        reports("start at the stored end", "price_update", {START: FIRST, f"{MUG}/expirationDate": FIRST}, "startDate"),
        clear("an end after the stored start", "price_update", {END: AFTER, f"{MUG}/startDate": FIRST}),
        reports("end at the stored start", "price_update", {END: FIRST, f"{MUG}/startDate": FIRST}, "expirationDate"),
        reports("both sent in a change", "price_update", {START: FIRST, END: FIRST}, "expirationDate"),
        clear(
            "both sent, whatever is stored",
            "price_update",
            {START: BEFORE, END: FIRST, f"{MUG}/startDate": AFTER, f"{MUG}/expirationDate": BEFORE},
        ),
        clear("a start that clears the stored end", "price_update_used", {START: FIRST, END: None}),
        clear("an end that is cleared", "price_update_used", {END: None}),
        clear("not touched", "price_update", {f"{MUG}/startDate": FIRST, f"{MUG}/expirationDate": FIRST}),
        decided(
            "both", "price_update", {**UNKNOWN, START: BEFORE, END: FIRST, TYPE: "ONE_TIME"}, off=("price_missing",)
        ),
        decided("neither is", "price_update", {**UNKNOWN, TYPE: "ONE_TIME"}, off=("price_missing",)),
    ),
    saved_price.price_immutable_while_used: (
        shows(
            "one line item",
            "price_update_used",
            {USES: 1, **sent(unitAmount=39_000)},
            "unitAmount",
            {"price": "price_mug", "lineItemCount": 1},
        ),
        reports("amount", "price_update_used", sent(unitAmount=37_999), "unitAmount"),
        reports("currency", "price_update_used", sent(currency="USD"), "currency"),
        reports("recurring", "price_update_used", sent(recurring={"interval": "WEEK"}), "recurring"),
        reports("type, and what is stored with it is dropped", "price_update_used", sent(type="ONE_TIME"), "type"),
        reports(
            "all of them, in the order of the manual",
            "price_update_unused",
            {USES: 1, **sent(recurring={"interval": "WEEK"}, type="RECURRING", unitAmount=900, currency="USD")},
            "currency",
            "unitAmount",
            "type",
            "recurring",
        ),
        clear("the currency in another case", "price_update_used", sent(currency="Egp")),
        reports("another currency in the same case", "price_update_used", sent(currency="usd"), "currency"),
        clear(
            "the number of intervals, stated where it was not",
            "price_update_used",
            {f"{MUG}/recurring": {"interval": "MONTH"}, **sent(recurring={"interval": "MONTH", "intervalCount": 1})},
        ),
        reports(
            "another number of intervals",
            "price_update_used",
            {f"{MUG}/recurring": {"interval": "MONTH"}, **sent(recurring={"interval": "MONTH", "intervalCount": 2})},
            "recurring",
        ),
        reports(
            "no intervals are not one",
            "price_update_used",
            sent(recurring={"interval": "MONTH", "intervalCount": 0}),
            "recurring",
            ("interval_count_out_of_range", "recurring.intervalCount"),
        ),
        clear("the default type", "price_update", {USES: 3, **sent(type="ONE_TIME")}),
        clear("null", "price_update_from_custom", {"/facts/usage/prices/price_gift": 3, **sent(unitAmount=None)}),
        clear(
            "what is not locked",
            "price_update_used",
            sent(
                name="Mug",
                description="Olive",
                active=True,
                stock=5,
                startDate="2026-10-01T00:00:00Z",
                expirationDate=None,
                metadata={},
            ),
        ),
        clear(
            "bounds of what the buyer sets",
            "price_update_from_custom",
            {"/facts/usage/prices/price_gift": 3, **sent(customUnitAmount={"minimum": 500})},
        ),
        clear("uses of another price", "price_update_unused", {"/facts/usage/prices/price_bowl": 3}),
        undecided("not counted", "price_update_unused", NOT_COUNTED, "currency", USES_ASKED_FOR),
        clear("not counted, and nothing locked changes", "price_update_used", NOT_COUNTED),
        undecided(
            "what is stored not provided",
            "price_update_used",
            {**UNKNOWN, **sent(unitAmount=38_000)},
            "unitAmount",
            "prices[price_mug]",
            off=("price_missing",),
        ),
        decided(
            "what is stored not provided, but no line item uses it",
            "price_update_used",
            {**UNKNOWN, USES: 0, **sent(unitAmount=38_000)},
            off=("price_missing",),
        ),
    ),
    saved_price.price_in_use: (
        shows("one line item", "price_delete", {USES: 1}, "id", {"price": "price_mug", "lineItemCount": 1}),
        clear("uses of another price", "price_delete", {"/facts/usage/prices/price_bowl": 1}),
    ),
    saved_price.custom_amount_out_of_range: (
        reports("all three", "price_create_custom", of(0, LARGEST_EXACT + 1, -1), MINIMUM, MAXIMUM, PRESET),
        clear("more than a unit amount may be", "price_create_custom", {}, max_unit_amount=89_999),
        clear(
            "not touched",
            "price_update_from_custom",
            {"/request": {"name": "Gift"}, "/facts/prices/price_gift/customUnitAmount/minimum": 0},
        ),
    ),
    saved_price.custom_range_empty: (
        clear("several", "price_create_custom", of(100, 101)),
        clear("one", "price_create_custom", of(100, 100)),
        shows("none", "price_create_custom", of(100, 99), MAXIMUM, {"minimum": 100, "maximum": 99, "preset": None}),
        clear("no minimum", "price_create_custom", of(maximum=1)),
        clear("no maximum", "price_create_custom", of(minimum=LARGEST_EXACT)),
        reports("none in a change", "price_update_to_custom", of(100, 99), MAXIMUM),
        clear(
            "an object of a change takes the place of the stored one",
            "price_update_from_custom",
            {"/request": {"customUnitAmount": {"maximum": 1}}},
        ),
    ),
    saved_price.preset_out_of_range: (
        clear("the least", "price_create_custom", of(100, 200, 100)),
        shows("less", "price_create_custom", of(100, 200, 99), PRESET, {"minimum": 100, "maximum": 200, "preset": 99}),
        clear("the greatest", "price_create_custom", of(100, 200, 200)),
        reports("more", "price_create_custom", of(100, 200, 201), PRESET),
        clear("between", "price_create_custom", of(100, 200, 150)),
        clear("anything goes", "price_create_custom", of(preset=1)),
        clear("nothing is preset", "price_create_custom", of(100, 200)),
        reports("less, and no greatest", "price_create_custom", of(minimum=100, preset=99), PRESET),
        clear("more, and no greatest", "price_create_custom", of(minimum=100, preset=101)),
        reports("more, and no least", "price_create_custom", of(maximum=200, preset=201), PRESET),
        clear("less, and no least", "price_create_custom", of(maximum=200, preset=199)),
        reports("in a change", "price_update_to_custom", of(100, 200, 99), PRESET),
    ),
    saved_price.product_missing: (
        shows("missing", "price_create", NO_PRODUCT, "productId", {"product": "prod_mug"}),
        reports("for a price with every field", "price_create_rich", NO_PRODUCT, "productId"),
        clear("a coupon for all products", "coupon_create", {"/request/appliesToProductIds": []}),
        reports("two", "coupon_create_percentage", BOTH_GONE, "appliesToProductIds[0]", "appliesToProductIds[1]"),
        undecided(
            "one of a coupon not provided",
            "coupon_create_percentage",
            {"/facts/products/prod_bowl": REMOVED},
            "appliesToProductIds[1]",
            "products[prod_bowl]",
        ),
    ),
}

test_rows = rows_test(ROWS)
