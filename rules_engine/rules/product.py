"""The products that prices and coupons are for. Source: XPay's error page."""

from rules_engine import codes
from rules_engine.rules.declaration import rule
from rules_engine.views.context import Context
from rules_engine.views.product import PRODUCT, ProductView


@rule(
    codes.RESOURCE_MISSING,
    on=PRODUCT,
    undecided_when=lambda product, _: product.unknown,
    evidence=lambda product, _: {"product": product.id},
)
def product_missing(product: ProductView, _: Context) -> bool:
    """There is no such product.

    XPay's error page: the id is wrong, or the key is of the other mode.
    """
    return product.missing
