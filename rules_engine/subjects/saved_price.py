"""A price that is saved, changed or deleted."""

from collections.abc import Sequence
from typing import Any, Final

from attrs import define

from rules_engine.models.draft import PriceCreateDraft, PriceDeleteDraft, PriceDraft, PriceUpdateDraft
from rules_engine.subjects.joined import Joined, JoinedOperation, UnknownFact
from rules_engine.subjects.line_item import price_unknown
from rules_engine.subjects.price import PRICE, TARGET_PRICE, PriceSubject
from rules_engine.subjects.product import PRODUCT, ProductSubject, join_products
from rules_engine.subjects.target import target_id


@define(eq=False)
class SavedPriceJoined(Joined):
    """The items of every scope of the operations of a price."""

    product: Sequence[ProductSubject] = ()
    price: Sequence[PriceSubject] = ()


def join_price_create(draft: PriceCreateDraft) -> SavedPriceJoined:
    """Join a new price with the facts."""
    unknown: list[UnknownFact] = []
    named = [(("request", "productId"), draft.request.product_id)]
    return SavedPriceJoined(unknown, product=join_products(named, draft.facts, unknown))


def join_price_update(draft: PriceUpdateDraft) -> SavedPriceJoined:
    """Join a change of a price with the stored one and the facts."""
    unknown: list[UnknownFact] = []
    return SavedPriceJoined(unknown, price=_target(draft, unknown))


def join_price_delete(draft: PriceDeleteDraft) -> SavedPriceJoined:
    """Join the end of a price with the stored one."""
    unknown: list[UnknownFact] = []
    return SavedPriceJoined(unknown, price=_target(draft, unknown))


def _target(draft: PriceDraft[Any], unknown: list[UnknownFact]) -> tuple[PriceSubject, ...]:
    facts, price_id = draft.facts, target_id(draft)
    not_looked_up = price_unknown(price_id, facts)
    if not_looked_up:
        unknown.append(("prices", price_id))
    missing = price_id in facts.missing.prices
    return (PriceSubject(0, price_id, TARGET_PRICE, missing, not_looked_up, 0, 0, None),)


ROWS: Final[tuple[JoinedOperation, ...]] = (
    (PriceCreateDraft, join_price_create, (PRODUCT,)),
    (PriceUpdateDraft, join_price_update, (PRICE,)),
    (PriceDeleteDraft, join_price_delete, (PRICE,)),
)
"""The draft of each operation, its join and its scopes."""
