"""Clean worlds of the operations of a coupon."""

from collections.abc import Mapping
from typing import Any, Final

from rules_engine.testing.worlds.account import drafted

_STORED: Final = {"coupons": {"coup_1": {"id": "coup_1", "percentOff": 15}}}

WORLDS: Final[Mapping[str, Mapping[str, Any]]] = {
    "coupon_create": drafted("coupon.create", {"percentOff": 15}),
    "coupon_update": drafted("coupon.update", {"name": "Autumn"}, _STORED, target="coup_1"),
    "coupon_delete": drafted(
        "coupon.delete",
        {},
        {**_STORED, "usage": {"coupons": {"coup_1": {"promotionCodes": 0, "sessions": 0}}}},
        target="coup_1",
    ),
}
"""Draft documents by name."""
