"""The products that a request names."""

from collections.abc import Iterable

from rules_engine.models import Facts
from rules_engine.path import Path
from rules_engine.views.scope import Axis, scope, view
from rules_engine.views.views import UnknownFact


@scope(axis=Axis.PRODUCT, fields="productId", fields_in={"coupon.create": "appliesToProductIds[i]"})
@view
class ProductView:
    """A product that a request names.

    Attributes:
        index: Its index in the list of products; 0 where there is none.
        place: Where it is named.
        id: Its id.
        missing: Whether it is known not to exist.
        unknown: Whether nobody looked it up.
    """

    index: int
    place: Path
    id: str
    missing: bool
    unknown: bool


def build_products(named: Iterable[tuple[Path, str]], facts: Facts, unknown: list[UnknownFact]) -> list[ProductView]:
    """Look products up.

    Args:
        named: Where each is named, and its id.
        facts: What the host knows.
        unknown: Where a product that nobody looked up is noted.
    """
    views = []
    gone = frozenset(facts.missing.products)
    for index, (place, product_id) in enumerate(named):
        missing = product_id in gone
        not_looked_up = not missing and product_id not in facts.products
        if not_looked_up:
            unknown.append(("products", product_id))
        views.append(ProductView(index, place, product_id, missing, not_looked_up))
    return views
