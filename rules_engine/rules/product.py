"""The products that prices and coupons are for. Source: XPay's error page."""

from rules_engine import codes
from rules_engine.rules.kinds import REMOVED, Exists
from rules_engine.rules.row import rule
from rules_engine.views.product import PRODUCT


@rule(
    codes.RESOURCE_MISSING,
    order=1350,
    on=PRODUCT,
    violated=Exists(),
    public={"product": "id"},
    counterexamples=(
        ("price_create", {"/facts/products": {}, "/facts/missing": {"products": ["prod_mug"]}}),
        (
            "coupon_create_percentage",
            {"/facts/products/prod_bowl": REMOVED, "/facts/missing": {"products": ["prod_bowl"]}},
        ),
    ),
)
def product_missing() -> None:
    """There is no such product.

    XPay's error page: the id is wrong, or the key is of the other mode.
    """
