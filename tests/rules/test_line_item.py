"""Boundaries of the rules on the lines of a session."""

from rules_engine.examples import REMOVED
from rules_engine.rules import line_item
from tests.rules.table import PAYMENT_LINKS, Table, clear, reports, rows_test

LINES = "/request/lineItems"
BOWL, WRAP = f"{LINES}/1", f"{LINES}/2"
LARGEST = 2_147_483_647
MINIMUM, MAXIMUM = f"{BOWL}/adjustableQuantity/minimum", f"{BOWL}/adjustableQuantity/maximum"
LEAST, MOST = "lineItems[1].adjustableQuantity.minimum", "lineItems[1].adjustableQuantity.maximum"


ROWS: Table = {
    line_item.line_item_missing_price: (
        reports("null", "create", {f"{BOWL}/price": None}, "lineItems[1]", evidence={"price": None}),
        reports("absent", "create", {f"{BOWL}/price": REMOVED}, "lineItems[1]"),
        reports("no price data either", "create", {f"{WRAP}/priceData": None}, "lineItems[2]"),
        reports(
            "two lines", "create", {f"{BOWL}/price": None, f"{WRAP}/priceData": None}, "lineItems[1]", "lineItems[2]"
        ),
        reports("the only line", "create_minimal", {f"{LINES}/0/price": None}, "lineItems[0]"),
        reports("in an update", "update_lines", {f"{LINES}/0/price": None}, "lineItems[0]"),
    ),
    line_item.line_item_price_exclusive: (
        reports(
            "both",
            "create",
            {f"{WRAP}/price": "price_bowl"},
            "lineItems[2].priceData",
            evidence={"price": "price_bowl"},
        ),
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
        clear("six of six", "create", {f"{BOWL}/quantity": 6}, max_quantity=6),
        reports("six of five", "create", {f"{BOWL}/quantity": 6}, "lineItems[1].quantity", max_quantity=5),
        reports("in an update", "update_lines", {f"{BOWL}/quantity": -1}, "lineItems[1].quantity"),
        *(
            reports(f"of a payment link: {example}", example, {f"{BOWL}/quantity": -1}, "lineItems[1].quantity")
            for example in PAYMENT_LINKS
        ),
    ),
    line_item.quantity_zero_not_optional: (
        reports(
            "adjustable from 1",
            "create",
            {f"{WRAP}/adjustableQuantity/minimum": 1},
            "lineItems[2].quantity",
            evidence={"quantity": 0, "minimum": 1},
        ),
        reports(
            "adjustable from nothing stated, which is 1",
            "create",
            {f"{WRAP}/adjustableQuantity/minimum": REMOVED},
            "lineItems[2].quantity",
        ),
        reports(
            "adjustable from null", "create", {f"{WRAP}/adjustableQuantity/minimum": None}, "lineItems[2].quantity"
        ),
        reports(
            "not adjustable, from 0", "create", {f"{WRAP}/adjustableQuantity/enabled": False}, "lineItems[2].quantity"
        ),
        reports("nothing stated", "create", {f"{WRAP}/adjustableQuantity": None}, "lineItems[2].quantity"),
        clear("1, not adjustable", "create", {f"{WRAP}/quantity": 1, f"{WRAP}/adjustableQuantity/enabled": False}),
        clear("1, adjustable from 0", "create", {f"{WRAP}/quantity": 1}),
        reports("in an update", "update_lines", {f"{LINES}/0/quantity": 0}, "lineItems[0].quantity"),
        reports(
            "adjustable from below 0 is told there",
            "create",
            {f"{WRAP}/adjustableQuantity/minimum": -1},
            ("adjustable_minimum_out_of_range", "lineItems[2].adjustableQuantity.minimum"),
        ),
        *(
            reports(
                f"of a payment link: {example}",
                example,
                {f"{BOWL}/adjustableQuantity": REMOVED},
                "lineItems[1].quantity",
            )
            for example in PAYMENT_LINKS
        ),
    ),
    line_item.adjustable_minimum_out_of_range: (
        reports("-1", "create", {MINIMUM: -1}, LEAST, evidence={"minimum": -1, "maximum": 5, "limit": LARGEST}),
        clear("0", "create", {MINIMUM: 0}),
        clear("the largest", "create", {MINIMUM: LARGEST, MAXIMUM: None}),
        reports("one more", "create", {MINIMUM: LARGEST + 1, MAXIMUM: None}, LEAST),
        clear("null", "create", {MINIMUM: None}),
        clear("nothing stated", "create", {f"{BOWL}/adjustableQuantity": None}),
        clear("five of five", "create", {MINIMUM: 5}, max_quantity=5),
        reports("six of five", "create", {MINIMUM: 6, MAXIMUM: None}, LEAST, max_quantity=5),
        reports("in an update", "update_lines", {MINIMUM: -1}, LEAST),
        *(reports(f"of a payment link: {example}", example, {MINIMUM: -1}, LEAST) for example in PAYMENT_LINKS),
    ),
    line_item.adjustable_maximum_out_of_range: (
        reports("-1", "create", {MAXIMUM: -1}, MOST),
        reports("0", "create", {MAXIMUM: 0}, MOST, evidence={"minimum": 1, "maximum": 0, "limit": LARGEST}),
        reports("0 with a minimum of 0", "create", {MAXIMUM: 0, MINIMUM: 0}, MOST),
        clear("null", "create", {MAXIMUM: None}),
        clear("five of five", "create", {}, max_quantity=5),
        reports("five of four", "create", {}, MOST, evidence={"minimum": 1, "maximum": 5, "limit": 4}, max_quantity=4),
        reports("in an update", "update_lines", {MAXIMUM: 0}, MOST),
        *(reports(f"of a payment link: {example}", example, {MAXIMUM: 0}, MOST) for example in PAYMENT_LINKS),
    ),
    line_item.adjustable_range_empty: (
        clear("above", "create", {MINIMUM: 4}),
        clear("equal", "create", {MINIMUM: 5}),
        reports("below", "create", {MINIMUM: 6}, MOST, evidence={"minimum": 6, "maximum": 5, "limit": LARGEST}),
        clear("no minimum", "create", {MINIMUM: None, MAXIMUM: 1}),
        clear("no maximum", "create", {MINIMUM: 6, MAXIMUM: None}),
        reports("in an update", "update_lines", {MINIMUM: 6}, MOST),
        *(
            reports(
                f"of a payment link: {example}",
                example,
                {MINIMUM: 2, MAXIMUM: 1},
                ("quantity_zero_not_optional", "lineItems[1].quantity"),
                MOST,
            )
            for example in PAYMENT_LINKS
        ),
    ),
}

test_rows = rows_test(ROWS)
