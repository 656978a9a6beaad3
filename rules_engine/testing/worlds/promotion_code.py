"""Clean worlds of the operations of a promotion code."""

from collections.abc import Mapping
from typing import Any, Final

from rules_engine.testing.worlds.account import drafted

WORLDS: Final[Mapping[str, Mapping[str, Any]]] = {
    "promotion_code_create": drafted(
        "promotion_code.create",
        {"code": "AUTUMN", "coupon": "coup_1"},
        {"coupons": {"coup_1": {"id": "coup_1", "percentOff": 15}}, "missing": {"promotionCodesByCode": ["AUTUMN"]}},
    ),
    "promotion_code_update": drafted(
        "promotion_code.update",
        {"active": False},
        {"promotionCodes": {"promo_1": {"id": "promo_1", "code": "AUTUMN", "coupon": {"id": "coup_1"}}}},
        target="promo_1",
    ),
}
"""Draft documents by name."""
