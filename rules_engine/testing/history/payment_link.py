"""Attempts on payment links."""

from datetime import datetime, timedelta
from typing import Any

from rules_engine.testing.history.attempt import Attempt
from rules_engine.testing.history.basket import Line, prices
from rules_engine.testing.history.trade import Trade
from rules_engine.wire.dates import write_instant


def create(trade: Trade, now: datetime) -> Attempt:
    """Make a link to send around."""
    chance, currency = trade.chance, trade.shop.currency
    line = Line(trade.item(currency), chance.between(1, 3))
    request: dict[str, Any] = {
        "lineItems": [{"priceId": trade.price_id(line.item, currency), "quantity": line.quantity}],
        "afterCompletion": {"type": "hosted_confirmation", "hostedConfirmation": {"customMessage": "Thank you!"}},
        "submitType": "PAY",
        "metadata": {"post": chance.pick(("instagram", "newsletter", "flyer"))},
    }
    if chance.share(500):
        request["expiresAt"] = write_instant(now + timedelta(hours=chance.between(-30, 900)))
    return Attempt("payment_link.create", request, trade.facts(prices=prices(trade, (line,), currency, now)))


def open_link(trade: Trade, now: datetime) -> Attempt:
    """Follow a link; old ones are found in old posts."""
    chance, currency = trade.chance, trade.shop.currency
    line = Line(trade.item(currency), 1)
    name = f"plink_{trade.shop.prefix}_{line.item.name}"
    price = {
        "id": trade.price_id(line.item, currency),
        "unitAmount": line.item.amounts[currency],
        "type": line.item.type,
    }
    link = {
        "id": name,
        "active": not chance.share(50),
        "currency": currency,
        "lineItems": [{"quantity": 1, "price": price}],
        "expiresAt": write_instant(now + timedelta(hours=chance.between(-60, 900))),
    }
    facts = trade.facts(paymentLink=link, prices=prices(trade, (line,), currency, now))
    return Attempt("payment_link.open", {}, facts, name)
