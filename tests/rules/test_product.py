"""Boundaries of the rule on products."""

from rules_engine.examples import REMOVED
from rules_engine.rules import saved_coupon
from tests.rules.table import RuleTable, clear, says, undecided

GONE = {"/facts/products": {}, "/facts/missing": {"products": ["prod_mug"]}}
BOWL_GONE = {"/facts/products/prod_bowl": REMOVED, "/facts/missing": {"products": ["prod_bowl"]}}
BOTH_GONE = {"/facts/products": {}, "/facts/missing": {"products": ["prod_bowl", "prod_mug"]}}


class TestProductMissing(RuleTable):
    """A product that a request names has to exist."""

    rule = saved_coupon.product_missing
    rows = (
        clear("the product that is known", "price_create", {}),
        says("known not to exist", "price_create", GONE, "productId", evidence={"product": "prod_mug"}),
        says("for a price with every field", "price_create_rich", GONE, "productId"),
        undecided("nobody looked", "price_create", {"/facts/products": {}}, "productId", "products[prod_mug]"),
        clear("the products of a coupon", "coupon_create_percentage", {}),
        clear("a coupon for all products", "coupon_create", {"/request/appliesToProductIds": []}),
        says("one of a coupon", "coupon_create_percentage", BOWL_GONE, "appliesToProductIds[1]"),
        says(
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
    )
