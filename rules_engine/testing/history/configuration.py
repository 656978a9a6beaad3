"""Attempts on payment method configurations."""

from datetime import datetime
from typing import Any

from rules_engine.testing.history.attempt import Attempt
from rules_engine.testing.history.trade import Trade


def update(trade: Trade, _: datetime) -> Attempt:
    """Switch methods on and off."""
    chance, shop = trade.chance, trade.shop
    name = f"pmc_{shop.prefix}"
    methods = list(shop.methods[shop.currency])
    request: dict[str, Any] = {"enabledMethods": methods[: chance.between(1, len(methods))]}
    if chance.share(120):
        request = {"enabledMethods": []}
    elif chance.share(120):
        request = {"name": "Checkout, new"}
    stored = {"id": name, "name": "Checkout", "isDefault": True, "enabledMethods": methods}
    return Attempt("configuration.update", request, trade.facts(configurations={name: stored}), name)
