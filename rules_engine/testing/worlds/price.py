"""Clean worlds of the operations of a price."""

from collections.abc import Mapping
from typing import Any, Final

from rules_engine.testing.worlds.account import drafted

_STORED: Final = {
    "prices": {"price_mug": {"id": "price_mug", "currency": "EGP", "unitAmount": 38_000, "productId": "prod_mug"}},
    "usage": {"prices": {"price_mug": 0}},
}

WORLDS: Final[Mapping[str, Mapping[str, Any]]] = {
    "price_create": drafted(
        "price.create",
        {"productId": "prod_mug", "currency": "EGP", "unitAmount": 38_000},
        {"products": {"prod_mug": {"id": "prod_mug"}}},
    ),
    "price_update": drafted("price.update", {"name": "Mug"}, _STORED, target="price_mug"),
    "price_delete": drafted("price.delete", {}, _STORED, target="price_mug"),
}
"""Draft documents by name."""
