"""Boundaries of the rule on products."""

from rules_engine.examples import REMOVED
from rules_engine.rules import saved_coupon
from tests.rules.table import Table, clear, reports, rows_test, undecided

GONE = {"/facts/products": {}, "/facts/missing": {"products": ["prod_mug"]}}
BOWL_GONE = {"/facts/products/prod_bowl": REMOVED, "/facts/missing": {"products": ["prod_bowl"]}}
BOTH_GONE = {"/facts/products": {}, "/facts/missing": {"products": ["prod_bowl", "prod_mug"]}}


ROWS: Table = {
    saved_coupon.product_missing: (
        reports("known not to exist", "price_create", GONE, "productId", evidence={"product": "prod_mug"}),
        reports("for a price with every field", "price_create_rich", GONE, "productId"),
        clear("a coupon for all products", "coupon_create", {"/request/appliesToProductIds": []}),
        reports(
            "both of a coupon",
            "coupon_create_percentage",
            BOTH_GONE,
            "appliesToProductIds[0]",
            "appliesToProductIds[1]",
            evidence={"product": "prod_mug"},
        ),
        undecided(
            "nobody looked for one of a coupon",
            "coupon_create_percentage",
            {"/facts/products/prod_bowl": REMOVED},
            "appliesToProductIds[1]",
            "products[prod_bowl]",
        ),
    ),
}

test_rows = rows_test(ROWS)
