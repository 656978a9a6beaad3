"""Boundaries of the rules on the lines of a session."""

from rules_engine.examples import REMOVED
from rules_engine.rules import line_item
from tests.rules.table import PAYMENT_LINKS, RuleTable, clear, says, skipped

LINES = "/request/lineItems"
BOWL, WRAP = f"{LINES}/1", f"{LINES}/2"
LARGEST = 2_147_483_647
MINIMUM, MAXIMUM = f"{BOWL}/adjustableQuantity/minimum", f"{BOWL}/adjustableQuantity/maximum"
LEAST, MOST = "lineItems[1].adjustableQuantity.minimum", "lineItems[1].adjustableQuantity.maximum"


class TestLineItemMissingPrice(RuleTable):
    """A line says what it costs: by a catalogue price, or by price data."""

    rule = line_item.line_item_missing_price
    rows = (
        clear("one of each", "create", {}),
        says("null", "create", {f"{BOWL}/price": None}, "lineItems[1]", evidence={"price": None}),
        says("absent", "create", {f"{BOWL}/price": REMOVED}, "lineItems[1]"),
        says("no price data either", "create", {f"{WRAP}/priceData": None}, "lineItems[2]"),
        says("two lines", "create", {f"{BOWL}/price": None, f"{WRAP}/priceData": None}, "lineItems[1]", "lineItems[2]"),
        says("the only line", "create_minimal", {f"{LINES}/0/price": None}, "lineItems[0]"),
        says("in an update", "update_lines", {f"{LINES}/0/price": None}, "lineItems[0]"),
    )


class TestLineItemPriceExclusive(RuleTable):
    """A line says what it costs in one way only."""

    rule = line_item.line_item_price_exclusive
    rows = (
        says(
            "both",
            "create",
            {f"{WRAP}/price": "price_bowl"},
            "lineItems[2].priceData",
            evidence={"price": "price_bowl"},
        ),
        clear("price data and null", "create", {f"{WRAP}/price": None}),
        clear("a price and null", "create", {f"{BOWL}/priceData": None}),
        says("both in an update", "update_lines", {f"{WRAP}/price": "price_mug"}, "lineItems[2].priceData"),
        says(
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
    )


class TestQuantityOutOfRange(RuleTable):
    """A line asks for 0 units at least, and for as many as the policy allows at most, else as four bytes hold."""

    rule = line_item.quantity_out_of_range
    rows = (
        says(
            "-1",
            "create",
            {f"{BOWL}/quantity": -1},
            "lineItems[1].quantity",
            evidence={"quantity": -1, "minimum": 0, "maximum": LARGEST},
        ),
        says("-1 of what may be left out", "create", {f"{WRAP}/quantity": -1}, "lineItems[2].quantity"),
        clear("0 of what may be left out", "create", {f"{WRAP}/quantity": 0}),
        clear("1", "create", {f"{BOWL}/quantity": 1}),
        clear("the largest", "create", {f"{BOWL}/quantity": LARGEST}),
        says("one more", "create", {f"{BOWL}/quantity": LARGEST + 1}, "lineItems[1].quantity"),
        says(
            "two lines",
            "create",
            {f"{LINES}/0/quantity": -1, f"{BOWL}/quantity": -1},
            "lineItems[0].quantity",
            "lineItems[1].quantity",
        ),
        clear("six of six", "create", {f"{BOWL}/quantity": 6}, max_quantity=6),
        says("six of five", "create", {f"{BOWL}/quantity": 6}, "lineItems[1].quantity", max_quantity=5),
        says("in an update", "update_lines", {f"{BOWL}/quantity": -1}, "lineItems[1].quantity"),
        *(
            says(f"of a payment link: {example}", example, {f"{BOWL}/quantity": -1}, "lineItems[1].quantity")
            for example in PAYMENT_LINKS
        ),
    )


class TestQuantityZeroNotOptional(RuleTable):
    """Only a line that the buyer may take out again, an adjustable one with minimum 0, starts at 0."""

    rule = line_item.quantity_zero_not_optional
    rows = (
        clear("adjustable from 0", "create", {}),
        says(
            "adjustable from 1",
            "create",
            {f"{WRAP}/adjustableQuantity/minimum": 1},
            "lineItems[2].quantity",
            evidence={"quantity": 0, "minimum": 1},
        ),
        says(
            "adjustable from nothing stated, which is 1",
            "create",
            {f"{WRAP}/adjustableQuantity/minimum": REMOVED},
            "lineItems[2].quantity",
        ),
        says("adjustable from null", "create", {f"{WRAP}/adjustableQuantity/minimum": None}, "lineItems[2].quantity"),
        says(
            "not adjustable, from 0", "create", {f"{WRAP}/adjustableQuantity/enabled": False}, "lineItems[2].quantity"
        ),
        says("nothing stated", "create", {f"{WRAP}/adjustableQuantity": None}, "lineItems[2].quantity"),
        clear("1, not adjustable", "create", {f"{WRAP}/quantity": 1, f"{WRAP}/adjustableQuantity/enabled": False}),
        clear("1, adjustable from 0", "create", {f"{WRAP}/quantity": 1}),
        says("in an update", "update_lines", {f"{LINES}/0/quantity": 0}, "lineItems[0].quantity"),
        says(
            "adjustable from below 0 is told there",
            "create",
            {f"{WRAP}/adjustableQuantity/minimum": -1},
            ("adjustable_minimum_out_of_range", "lineItems[2].adjustableQuantity.minimum"),
        ),
        *(
            says(
                f"of a payment link: {example}",
                example,
                {f"{BOWL}/adjustableQuantity": REMOVED},
                "lineItems[1].quantity",
            )
            for example in PAYMENT_LINKS
        ),
    )


class TestAdjustableMinimumOutOfRange(RuleTable):
    """The least quantity to choose from is 0 at least, and no more than one line may ask for."""

    rule = line_item.adjustable_minimum_out_of_range
    rows = (
        says("-1", "create", {MINIMUM: -1}, LEAST, evidence={"minimum": -1, "maximum": 5, "limit": LARGEST}),
        clear("0", "create", {MINIMUM: 0}),
        clear("1", "create", {MINIMUM: 1}),
        clear("the largest", "create", {MINIMUM: LARGEST, MAXIMUM: None}),
        says("one more", "create", {MINIMUM: LARGEST + 1, MAXIMUM: None}, LEAST),
        clear("null", "create", {MINIMUM: None}),
        clear("nothing stated", "create", {f"{BOWL}/adjustableQuantity": None}),
        clear("five of five", "create", {MINIMUM: 5}, max_quantity=5),
        says("six of five", "create", {MINIMUM: 6, MAXIMUM: None}, LEAST, max_quantity=5),
        says("in an update", "update_lines", {MINIMUM: -1}, LEAST),
        *(says(f"of a payment link: {example}", example, {MINIMUM: -1}, LEAST) for example in PAYMENT_LINKS),
    )


class TestAdjustableMaximumOutOfRange(RuleTable):
    """The greatest quantity to choose is 1 at least, and no more than one line may ask for."""

    rule = line_item.adjustable_maximum_out_of_range
    rows = (
        says("-1", "create", {MAXIMUM: -1}, MOST),
        says("0", "create", {MAXIMUM: 0}, MOST, evidence={"minimum": 1, "maximum": 0, "limit": LARGEST}),
        says("0 with a minimum of 0", "create", {MAXIMUM: 0, MINIMUM: 0}, MOST),
        clear("1", "create", {MAXIMUM: 1}),
        clear("the largest", "create", {MAXIMUM: LARGEST}),
        says("one more", "create", {MAXIMUM: LARGEST + 1}, MOST),
        clear("null", "create", {MAXIMUM: None}),
        clear("five of five", "create", {}, max_quantity=5),
        says("five of four", "create", {}, MOST, evidence={"minimum": 1, "maximum": 5, "limit": 4}, max_quantity=4),
        says("in an update", "update_lines", {MAXIMUM: 0}, MOST),
        *(says(f"of a payment link: {example}", example, {MAXIMUM: 0}, MOST) for example in PAYMENT_LINKS),
    )


class TestAdjustableRangeEmpty(RuleTable):
    """The greatest quantity to choose is not below the least."""

    rule = line_item.adjustable_range_empty
    rows = (
        clear("above", "create", {MINIMUM: 4}),
        clear("equal", "create", {MINIMUM: 5}),
        says("below", "create", {MINIMUM: 6}, MOST, evidence={"minimum": 6, "maximum": 5, "limit": LARGEST}),
        clear("no minimum", "create", {MINIMUM: None, MAXIMUM: 1}),
        clear("no maximum", "create", {MINIMUM: 6, MAXIMUM: None}),
        says("in an update", "update_lines", {MINIMUM: 6}, MOST),
        skipped(
            "the minimum is out of range",
            "create",
            {MINIMUM: LARGEST + 1},
            MOST,
            by=("adjustable_minimum_out_of_range", LEAST),
        ),
        skipped(
            "the maximum is out of range", "create", {MAXIMUM: 0}, MOST, by=("adjustable_maximum_out_of_range", MOST)
        ),
        *(
            says(
                f"of a payment link: {example}",
                example,
                {MINIMUM: 2, MAXIMUM: 1},
                ("quantity_zero_not_optional", "lineItems[1].quantity"),
                MOST,
            )
            for example in PAYMENT_LINKS
        ),
    )
