"""Valid examples of the operations of a promotion code."""

from collections.abc import Mapping
from typing import Any, Final

from rules_engine.examples.worlds.account import drafted

_CODE: Final = {"id": "promo_1", "code": "AUTUMN", "coupon": {"id": "coup_1"}}
_COUPON: Final = {
    "id": "coup_1",
    "percentOff": 15,
    "currency": "EGP",
    "maxRedemptions": 500,
    "timesRedeemed": 61,
    "redeemBy": "2026-12-31T00:00:00Z",
    "valid": True,
    "active": True,
}
_NO_NAMESAKE: Final = {"promotionCodesByCode": ["AUTUMN"]}
_METADATA: Final = {"campaign": "autumn"}

EXAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "promotion_code_create": drafted(
        "promotion_code.create",
        {"code": "AUTUMN", "coupon": "coup_1"},
        {"coupons": {"coup_1": {"id": "coup_1", "percentOff": 15}}, "missing": _NO_NAMESAKE},
    ),
    "promotion_code_create_restricted": drafted(
        "promotion_code.create",
        {
            "code": " Autumn ",
            "coupon": "coup_1",
            "active": True,
            "customerId": "cus_1",
            "maxRedemptions": 100,
            "expiresAt": "2026-12-30T00:00:00Z",
            "restrictions": {
                "firstTimeTransaction": True,
                "minimumAmount": "60000",
                "minimumAmountCurrency": "usd",
            },
            "metadata": _METADATA,
        },
        {"coupons": {"coup_1": _COUPON}, "customer": {"id": "cus_1"}, "missing": _NO_NAMESAKE},
    ),
    "promotion_code_update": drafted(
        "promotion_code.update",
        {"active": False, "metadata": _METADATA},
        {"promotionCodes": {"promo_1": _CODE}},
        target="promo_1",
    ),
    "promotion_code_update_on": drafted(
        "promotion_code.update",
        {"active": True},
        {"promotionCodes": {"promo_1": {**_CODE, "active": False}}, "coupons": {"coup_1": _COUPON}},
        target="promo_1",
    ),
}
"""Draft documents by name."""
