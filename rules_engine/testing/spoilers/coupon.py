"""Spoilers of the rules on saved coupons."""

from collections.abc import Mapping
from typing import Any, Final

from rules_engine.rules.limits import LARGEST_AMOUNT
from rules_engine.testing.documents import REMOVED
from rules_engine.testing.spoilers.spoiler import Spoiler
from rules_engine.testing.worlds.instant import NOW

_GONE: Final[Mapping[str, Any]] = {"/facts/coupons": {}, "/facts/missing": {"coupons": ["coup_1"]}}
_BOWL_GONE: Final[Mapping[str, Any]] = {
    "/facts/products/prod_bowl": REMOVED,
    "/facts/missing": {"products": ["prod_bowl"]},
}
_PERCENTAGE: Final = "coupon_create_percentage"
_AMOUNT: Final = "coupon_create_amount"
_USE: Final = "/facts/usage/coupons/coup_1"
_TOO_MANY_KEYS: Final = {f"key{number}": "" for number in range(51)}

SPOILERS: Final[tuple[Spoiler, ...]] = (
    Spoiler("metadata_too_large", _PERCENTAGE, {"/request/metadata": _TOO_MANY_KEYS}, "metadata"),
    Spoiler("metadata_too_large", "coupon_update", {"/request/metadata": _TOO_MANY_KEYS}, "metadata"),
    Spoiler("currency_invalid", _PERCENTAGE, {"/request/currency": "EGX"}, "currency"),
    Spoiler("currency_invalid", _AMOUNT, {"/request/currency": "usx"}, "currency"),
    Spoiler("unsupported_currency", _AMOUNT, {"/request/currency": "EUR"}, "currency"),
    Spoiler("unsupported_currency", _AMOUNT, {"/facts/merchant/supportedCurrencies/1": REMOVED}, "currency"),
    Spoiler("coupon_missing", "coupon_update", _GONE, "id"),
    Spoiler("coupon_missing", "coupon_delete", _GONE, "id"),
    Spoiler("coupon_missing", "coupon_delete", {"/facts/coupons/coup_1/deleted": True}, "id"),
    Spoiler("product_missing", _PERCENTAGE, _BOWL_GONE, "appliesToProductIds[1]"),
    Spoiler("field_immutable", "coupon_update", {"/request/percentOff": 15}, "percentOff"),
    Spoiler("field_immutable", "coupon_update_all", {"/request/appliesToProductIds": []}, "appliesToProductIds"),
    Spoiler("coupon_discount_missing", "coupon_create", {"/request/percentOff": None}, "percentOff"),
    Spoiler("coupon_discount_missing", _PERCENTAGE, {"/request/percentOff": REMOVED}, "percentOff"),
    Spoiler("coupon_discount_missing", _AMOUNT, {"/request/amountOff": REMOVED}, "percentOff"),
    Spoiler("coupon_discount_exclusive", "coupon_create", {"/request/amountOff": 5_000}, "amountOff"),
    Spoiler("coupon_discount_exclusive", _AMOUNT, {"/request/percentOff": 15}, "amountOff"),
    Spoiler("amount_off_without_currency", _AMOUNT, {"/request/currency": REMOVED}, "amountOff"),
    Spoiler("max_discount_without_percentage", _AMOUNT, {"/request/maxDiscountAmount": 20_000}, "maxDiscountAmount"),
    Spoiler("repeating_without_months", _AMOUNT, {"/request/duration": "repeating"}, "duration"),
    Spoiler("repeating_without_months", _PERCENTAGE, {"/request/durationInMonths": REMOVED}, "duration"),
    Spoiler("months_without_repeating", "coupon_create", {"/request/durationInMonths": 3}, "durationInMonths"),
    Spoiler("months_without_repeating", _PERCENTAGE, {"/request/duration": "forever"}, "durationInMonths"),
    Spoiler("percent_off_out_of_range", "coupon_create", {"/request/percentOff": 0.009}, "percentOff"),
    Spoiler("percent_off_out_of_range", _PERCENTAGE, {"/request/percentOff": 101}, "percentOff"),
    Spoiler("amount_off_out_of_range", _AMOUNT, {"/request/amountOff": 0}, "amountOff"),
    Spoiler("amount_off_out_of_range", _AMOUNT, {"/request/amountOff": LARGEST_AMOUNT + 1}, "amountOff"),
    Spoiler("max_discount_out_of_range", _PERCENTAGE, {"/request/maxDiscountAmount": 0}, "maxDiscountAmount"),
    Spoiler("min_value_out_of_range", _AMOUNT, {"/request/minValue": -1}, "minValue"),
    Spoiler("months_out_of_range", _PERCENTAGE, {"/request/durationInMonths": 0}, "durationInMonths"),
    Spoiler("coupon_max_redemptions_out_of_range", "coupon_create", {"/request/maxRedemptions": 0}, "maxRedemptions"),
    Spoiler(
        "customer_max_redemptions_out_of_range",
        _PERCENTAGE,
        {"/request/customerMaxRedemptions": 0},
        "customerMaxRedemptions",
    ),
    Spoiler("redeem_by_past", _PERCENTAGE, {"/request/redeemBy": NOW}, "redeemBy"),
    Spoiler("redeem_by_too_late", "coupon_create", {"/request/redeemBy": "2032-01-01T00:00:00Z"}, "redeemBy"),
    Spoiler("coupon_in_use", "coupon_delete", {f"{_USE}/promotionCodes": 1}, "id"),
    Spoiler("coupon_in_use", "coupon_delete", {f"{_USE}/sessions": 1}, "id"),
)
"""A row or two a rule."""
