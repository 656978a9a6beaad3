"""Attempts on the prices of a catalogue."""

from datetime import datetime, timedelta
from typing import Any, Final

from rules_engine.testing.history.attempt import Attempt, Follow, FollowUp, nothing
from rules_engine.testing.history.chance import Weighted
from rules_engine.testing.history.edition import product_id
from rules_engine.testing.history.shop import Item
from rules_engine.testing.history.trade import Trade
from rules_engine.wire.dates import write_instant

_FEWEST_USES: Final = 30
_HOUR: Final = 3600
_ARCHIVED_WEIGHT: Final = 26
"""What sells better than this, nobody archives."""


def create(trade: Trade, now: datetime) -> Attempt:
    """Add a price to the catalogue."""
    chance, item, currency = trade.chance, trade.item(trade.shop.currency), trade.shop.currency
    product = product_id(trade.shop, item.name)
    start = now + timedelta(days=chance.between(1, 20))
    request: dict[str, Any] = {
        "productId": product,
        "name": f"{item.name}, next batch",
        "type": "ONE_TIME",
        "currency": currency if not chance.share(40) else chance.pick(("CHF", "TRY", "EGX")),
        "unitAmount": item.amounts[currency],
        "startDate": write_instant(start),
        "expirationDate": write_instant(start + timedelta(days=chance.between(20, 90))),
    }
    if item.stock is not None:
        request["stock"] = item.stock
    if chance.share(60):
        request["expirationDate"] = write_instant(now)
    if chance.share(40):
        del request["unitAmount"]
    return Attempt("price.create", request, trade.facts(products={product: {"id": product, "name": item.name}}))


def update(trade: Trade, now: datetime) -> Attempt:
    """Fill a shelf, archive a price for some hours, or try to make it dearer."""
    item, currency = trade.item(trade.shop.currency), trade.shop.currency
    changed = trade.chance.weighted(_CHANGES)
    if changed == "archive" and (trade.archived is not None or item.weight > _ARCHIVED_WEIGHT):
        changed = "describe"
    requests: dict[str, dict[str, Any]] = {
        "restock": {"stock": item.stock},
        "oversell": {"stock": -1},
        "archive": {"active": False},
        "raise": {"unitAmount": item.amounts[currency] * 11 // 10},
        "prolong": {"expirationDate": write_instant(now + timedelta(days=trade.chance.between(30, 300)))},
        "describe": {"description": f"{item.name}, made by hand"},
    }
    return _update(trade, item, requests[changed], now, lambda _: _changed(trade, item, changed))


def _update(trade: Trade, item: Item, request: dict[str, Any], now: datetime, accepted: Follow) -> Attempt:
    name = trade.price_id(item, trade.shop.currency)
    sold = _FEWEST_USES + trade.chance.below(900)
    prices = {name: trade.price_facts(item, trade.shop.currency, now)}
    facts = trade.facts(prices=prices, usage={"prices": {name: sold}})
    return Attempt("price.update", request, facts, name, accepted)


_CHANGES: Final = Weighted(
    [("restock", 330), ("archive", 300), ("describe", 220), ("prolong", 80), ("raise", 70), ("oversell", 20)]
)


def _changed(trade: Trade, item: Item, change: str) -> tuple[FollowUp, ...]:
    """Fill the shelf; or take the price from the shop for some hours."""
    if change == "restock":
        trade.restock(item)
    elif change == "archive":
        trade.archived = item
        return (FollowUp(trade.chance.between(4, 90) * _HOUR, lambda now: _unarchive(trade, item, now)),)
    return ()


def _unarchive(trade: Trade, item: Item, now: datetime) -> Attempt:
    attempt = _update(trade, item, {"active": True}, now, nothing)
    trade.archived = None
    return attempt


def delete(trade: Trade, now: datetime) -> Attempt:
    """Delete a price that was never sold, or was."""
    item, currency = trade.item(trade.shop.currency), trade.shop.currency
    name = trade.price_id(item, currency)
    uses = trade.chance.below(400) if trade.chance.share(300) else 0
    facts = trade.facts(prices={name: trade.price_facts(item, currency, now)}, usage={"prices": {name: uses}})
    return Attempt("price.delete", {}, facts, name)
