"""Valid examples of the operations of a price."""

from collections.abc import Mapping
from typing import Any, Final

from rules_engine.examples.worlds.account import drafted

_MUG: Final = {"id": "price_mug", "currency": "EGP", "unitAmount": 38_000, "productId": "prod_mug"}
_STORED: Final = {"prices": {"price_mug": _MUG}, "usage": {"prices": {"price_mug": 0}}}
_USED: Final = {
    "prices": {
        "price_mug": {
            **_MUG,
            "type": "RECURRING",
            "recurring": {"interval": "MONTH", "intervalCount": 1},
            "stock": -2,
            "startDate": "2026-09-01T00:00:00Z",
            "expirationDate": "2026-12-01T00:00:00Z",
            "active": False,
        }
    },
    "usage": {"prices": {"price_mug": 3}},
}
_GIFT: Final = {
    "prices": {
        "price_gift": {
            "id": "price_gift",
            "currency": "EGP",
            "type": "CUSTOM",
            "customUnitAmount": {"minimum": 10_000, "maximum": None, "preset": 50_000},
        }
    },
    "usage": {"prices": {"price_gift": 0}},
}
_PRODUCTS: Final = {"products": {"prod_mug": {"id": "prod_mug"}}}

EXAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "price_create": drafted(
        "price.create", {"productId": "prod_mug", "currency": "EGP", "unitAmount": 38_000}, _PRODUCTS
    ),
    "price_create_rich": drafted(
        "price.create",
        {
            "productId": "prod_mug",
            "name": "Mug, autumn batch",
            "description": "Olive glaze",
            "type": "ONE_TIME",
            "currency": "kwd",
            "unitAmount": 2_500,
            "stock": 12,
            "startDate": "2026-09-01T00:00:00Z",
            "expirationDate": "2026-12-01T00:00:00Z",
            "active": True,
            "metadata": {"kiln": "north"},
        },
        _PRODUCTS,
    ),
    "price_create_recurring": drafted(
        "price.create",
        {
            "productId": "prod_mug",
            "type": "RECURRING",
            "currency": "EGP",
            "unitAmount": 38_000,
            "recurring": {"interval": "MONTH", "intervalCount": 3},
        },
        _PRODUCTS,
    ),
    "price_create_custom": drafted(
        "price.create",
        {
            "productId": "prod_mug",
            "type": "CUSTOM",
            "currency": "EGP",
            "customUnitAmount": {"minimum": 10_000, "maximum": 90_000, "preset": 50_000},
        },
        _PRODUCTS,
    ),
    "price_update": drafted("price.update", {"name": "Mug"}, _STORED, target="price_mug"),
    "price_update_used": drafted(
        "price.update",
        {
            "currency": "egp",
            "unitAmount": 38_000,
            "type": "RECURRING",
            "recurring": {"interval": "MONTH"},
            "customUnitAmount": None,
            "stock": None,
            "expirationDate": "2027-03-01T00:00:00Z",
            "description": None,
            "metadata": {"kiln": "north"},
        },
        _USED,
        target="price_mug",
    ),
    "price_update_unused": drafted(
        "price.update",
        {
            "currency": "USD",
            "unitAmount": 900,
            "type": "RECURRING",
            "recurring": {"interval": "WEEK", "intervalCount": 2},
            "stock": 40,
            "startDate": "2026-12-01T00:00:00Z",
        },
        _STORED,
        target="price_mug",
    ),
    "price_update_to_custom": drafted(
        "price.update",
        {"type": "CUSTOM", "unitAmount": None, "customUnitAmount": {"minimum": 10_000, "preset": 50_000}},
        _STORED,
        target="price_mug",
    ),
    "price_update_from_custom": drafted(
        "price.update",
        {"type": "ONE_TIME", "unitAmount": 20_000, "customUnitAmount": None},
        _GIFT,
        target="price_gift",
    ),
    "price_update_charged_once": drafted(
        "price.update", {"type": "ONE_TIME"}, {**_USED, "usage": {"prices": {"price_mug": 0}}}, target="price_mug"
    ),
    "price_delete": drafted("price.delete", {}, _STORED, target="price_mug"),
    "price_delete_archived": drafted(
        "price.delete", {}, {**_USED, "usage": {"prices": {"price_mug": 0, "price_bowl": 3}}}, target="price_mug"
    ),
}
"""Draft documents by name."""
