"""Boundaries of the rules on a price that is used."""

from typing import Final

from rules_engine.examples import REMOVED
from rules_engine.rules import saved_price
from tests.rules.table import Changes, RuleTable, clear, decided, says, skipped, undecided

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


class TestPriceImmutableWhileUsed(RuleTable):
    """From its first line item on, a price keeps its currency, its amount, its type and its terms."""

    rule = saved_price.price_immutable_while_used
    rows = (
        clear("no line item", "price_update_unused", {USES: 0}),
        says(
            "one line item",
            "price_update_used",
            {USES: 1, **sent(unitAmount=39_000)},
            "unitAmount",
            evidence={"price": "price_mug", "lineItems": 1},
        ),
        says("amount", "price_update_used", sent(unitAmount=37_999), "unitAmount"),
        says("currency", "price_update_used", sent(currency="USD"), "currency"),
        says("recurring", "price_update_used", sent(recurring={"interval": "WEEK"}), "recurring"),
        says("type, and what is stored with it is dropped", "price_update_used", sent(type="ONE_TIME"), "type"),
        says(
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
        clear("the same values", "price_update_used", {}),
        clear("the currency in another case", "price_update_used", sent(currency="Egp")),
        says("another currency in the same case", "price_update_used", sent(currency="usd"), "currency"),
        clear(
            "the number of intervals, stated where it was not",
            "price_update_used",
            {f"{MUG}/recurring": {"interval": "MONTH"}, **sent(recurring={"interval": "MONTH", "intervalCount": 1})},
        ),
        says(
            "another number of intervals",
            "price_update_used",
            {f"{MUG}/recurring": {"interval": "MONTH"}, **sent(recurring={"interval": "MONTH", "intervalCount": 2})},
            "recurring",
        ),
        says(
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
        skipped("there is no such price", "price_update_unused", {**GONE, USES: 3}, "unitAmount", by=ID),
    )


class TestPriceInUse(RuleTable):
    """A price can be deleted until a line item uses it."""

    rule = saved_price.price_in_use
    rows = (
        clear("no line item", "price_delete", {}),
        says("one line item", "price_delete", {USES: 1}, "id", evidence={"price": "price_mug", "lineItems": 1}),
        clear("no line item, archived", "price_delete_archived", {}),
        says("one line item, archived", "price_delete_archived", {USES: 1}, "id"),
        clear("uses of another price", "price_delete", {"/facts/usage/prices/price_bowl": 1}),
        undecided("nobody counted", "price_delete", NOBODY_COUNTED, "id", USES_ASKED_FOR),
        undecided("nobody looked at uses at all", "price_delete", {"/facts/usage": REMOVED}, "id", USES_ASKED_FOR),
        undecided(
            "nobody looked the price up either",
            "price_delete",
            {**UNKNOWN, **NOBODY_COUNTED},
            "id",
            USES_ASKED_FOR,
            off=("price_missing",),
        ),
        skipped("there is no such price", "price_delete", {**GONE, USES: 1}, "id", by=ID),
    )
