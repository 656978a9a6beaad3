"""Valid examples of the operations of a coupon."""

from collections.abc import Mapping
from typing import Any, Final

from rules_engine.examples.worlds.account import drafted

_STORED: Final = {"coupons": {"coup_1": {"id": "coup_1", "percentOff": 15}}}
_METADATA: Final = {"campaign": "autumn"}

EXAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "coupon_create": drafted("coupon.create", {"percentOff": 15}),
    "coupon_create_percentage": drafted(
        "coupon.create",
        {
            "percentOff": 15,
            "currency": "EGP",
            "duration": "repeating",
            "durationInMonths": 3,
            "name": "Autumn",
            "maxDiscountAmount": 20_000,
            "minValue": 50_000,
            "maxRedemptions": 500,
            "customerMaxRedemptions": 2,
            "redeemBy": "2026-12-31T00:00:00Z",
            "active": True,
            "appliesToProductIds": ["prod_mug", "prod_bowl"],
            "metadata": _METADATA,
        },
        {"products": {"prod_mug": {"id": "prod_mug"}, "prod_bowl": {"id": "prod_bowl"}}},
    ),
    "coupon_create_amount": drafted(
        "coupon.create", {"amountOff": 5_000, "currency": "usd", "duration": "once", "minValue": 0}
    ),
    "coupon_update": drafted("coupon.update", {"name": "Autumn"}, _STORED, target="coup_1"),
    "coupon_update_all": drafted(
        "coupon.update", {"name": None, "active": False, "metadata": _METADATA}, _STORED, target="coup_1"
    ),
    "coupon_delete": drafted(
        "coupon.delete",
        {},
        {**_STORED, "usage": {"coupons": {"coup_1": {"promotionCodes": 0, "sessions": 0}}}},
        target="coup_1",
    ),
}
"""Draft documents by name."""
