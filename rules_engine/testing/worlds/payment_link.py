"""Clean worlds of the operations of a payment link."""

from collections.abc import Mapping
from typing import Any, Final

from rules_engine.testing.worlds.account import drafted

_PRICES: Final = {"prices": {"price_mug": {"id": "price_mug", "currency": "EGP", "unitAmount": 38_000}}}
_LINK: Final = {
    "id": "plink_1",
    "active": True,
    "currency": "EGP",
    "lineItems": [{"quantity": 2, "price": {"id": "price_mug", "unitAmount": 38_000}}],
}

WORLDS: Final[Mapping[str, Mapping[str, Any]]] = {
    "payment_link_create": drafted(
        "payment_link.create",
        {
            "lineItems": [{"priceId": "price_mug", "quantity": 2}],
            "afterCompletion": {"type": "redirect", "redirect": {"url": "https://pots.example/thanks"}},
        },
        _PRICES,
    ),
    "payment_link_update": drafted(
        "payment_link.update", {"active": False}, {**_PRICES, "paymentLink": _LINK}, target="plink_1"
    ),
    "payment_link_open": drafted("payment_link.open", {}, {**_PRICES, "paymentLink": _LINK}, target="plink_1"),
}
"""Draft documents by name."""
