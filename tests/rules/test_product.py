"""Boundaries of the rule on products."""

from rules_engine.rules import product
from tests.rules.table import RuleTable, clear, says, undecided

GONE = {"/facts/products": {}, "/facts/missing": {"products": ["prod_mug"]}}


class TestProductMissing(RuleTable):
    """A product that a request names has to exist."""

    rule = product.product_missing
    rows = (
        clear("the product that is known", "price_create", {}),
        says("known not to exist", "price_create", GONE, "productId", evidence={"product": "prod_mug"}),
        says("for a price with every field", "price_create_rich", GONE, "productId"),
        undecided("nobody looked", "price_create", {"/facts/products": {}}, "productId", "products[prod_mug]"),
    )
