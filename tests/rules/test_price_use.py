"""Boundaries of the rules on a price that is used."""

from typing import Final

from rules_engine.rules import saved_price
from tests.rules.table import Changes, Table, clear, decided, reports, rows_test, undecided

REQUEST, MUG = "/request", "/facts/prices/price_mug"
USES = "/facts/usage/prices/price_mug"
NOBODY_COUNTED = {"/facts/usage": {"prices": {"price_bowl": 0}}}
UNKNOWN: Final[Changes] = {"/facts/prices": {}}
GONE: Final[Changes] = {"/facts/prices": {}, "/facts/missing": {"prices": ["price_mug"]}}
ID = ("price_missing", "id")
USES_ASKED_FOR = "usage.prices[price_mug]"


def sent(**fields: object) -> dict[str, object]:
    """A change of nothing else."""
    return {REQUEST: fields}


ROWS: Table = {
    saved_price.price_immutable_while_used: (
        reports(
            "one line item",
            "price_update_used",
            {USES: 1, **sent(unitAmount=39_000)},
            "unitAmount",
            evidence={"price": "price_mug", "lineItems": 1},
        ),
        reports("amount", "price_update_used", sent(unitAmount=37_999), "unitAmount"),
        reports("currency", "price_update_used", sent(currency="USD"), "currency"),
        reports("recurring", "price_update_used", sent(recurring={"interval": "WEEK"}), "recurring"),
        reports("type, and what is stored with it is dropped", "price_update_used", sent(type="ONE_TIME"), "type"),
        reports(
            "all of them, in the order of the manual",
            "price_update_unused",
            {
                USES: 1,
                **sent(recurring={"interval": "WEEK"}, type="RECURRING", unitAmount=900, currency="USD"),
            },
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
        clear(
            "null for what is not there",
            "price_update_from_custom",
            {"/facts/usage/prices/price_gift": 3, **sent(unitAmount=None)},
        ),
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
            {
                "/facts/usage/prices/price_gift": 3,
                **sent(customUnitAmount={"minimum": 500}),
            },
        ),
        clear("uses of another price", "price_update_unused", {"/facts/usage/prices/price_bowl": 3}),
        undecided("nobody counted", "price_update_unused", NOBODY_COUNTED, "currency", USES_ASKED_FOR),
        clear("nobody counted, and nothing locked changes", "price_update_used", NOBODY_COUNTED),
        undecided(
            "nobody looked up what is stored",
            "price_update_used",
            {**UNKNOWN, **sent(unitAmount=38_000)},
            "unitAmount",
            "prices[price_mug]",
            off=("price_missing",),
        ),
        decided(
            "nobody looked up what is stored, but no line item uses it",
            "price_update_used",
            {**UNKNOWN, USES: 0, **sent(unitAmount=38_000)},
            off=("price_missing",),
        ),
    ),
    saved_price.price_in_use: (
        reports("one line item", "price_delete", {USES: 1}, "id", evidence={"price": "price_mug", "lineItems": 1}),
        clear("uses of another price", "price_delete", {"/facts/usage/prices/price_bowl": 1}),
        undecided(
            "nobody looked the price up either",
            "price_delete",
            {**UNKNOWN, **NOBODY_COUNTED},
            "id",
            USES_ASKED_FOR,
            off=("price_missing",),
        ),
    ),
}

test_rows = rows_test(ROWS)
