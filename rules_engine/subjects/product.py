"""The products that a request names."""

from collections.abc import Iterable

from rules_engine.models.facts import Facts
from rules_engine.path import Path
from rules_engine.subjects.joined import UnknownFact
from rules_engine.subjects.scope import Axis, Scope, subject


@subject
class ProductSubject:
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


def join_products(named: Iterable[tuple[Path, str]], facts: Facts, unknown: list[UnknownFact]) -> list[ProductSubject]:
    """Look products up.

    Args:
        named: Where each is named, and its id.
        facts: What the host knows.
        unknown: Where a product that nobody looked up is noted.
    """
    subjects = []
    gone = frozenset(facts.missing.products)
    for index, (place, product_id) in enumerate(named):
        missing = product_id in gone
        not_looked_up = not missing and product_id not in facts.products
        if not_looked_up:
            unknown.append(("products", product_id))
        subjects.append(ProductSubject(index, place, product_id, missing, not_looked_up))
    return subjects


def _place(product: ProductSubject) -> Path:
    return product.place


PRODUCT = Scope("product", ProductSubject, Axis.PRODUCT, _place)
