"""Counterexamples of the rules on saved coupons."""

from collections.abc import Mapping
from typing import Any, Final

from rules_engine.examples.account import NOW
from rules_engine.examples.counterexamples.counterexample import Counterexample
from rules_engine.examples.documents import REMOVED
from rules_engine.rules.limits import LARGEST_AMOUNT

_GONE: Final[Mapping[str, Any]] = {"/facts/coupons": {}, "/facts/missing": {"coupons": ["coup_1"]}}
_BOWL_GONE: Final[Mapping[str, Any]] = {
    "/facts/products/prod_bowl": REMOVED,
    "/facts/missing": {"products": ["prod_bowl"]},
}
_PERCENTAGE: Final = "coupon_create_percentage"
_AMOUNT: Final = "coupon_create_amount"
_USE: Final = "/facts/usage/coupons/coup_1"
_TOO_MANY_KEYS: Final = {f"key{number}": "" for number in range(51)}

COUNTEREXAMPLES: Final[tuple[Counterexample, ...]] = (
    Counterexample("metadata_too_large", _PERCENTAGE, {"/request/metadata": _TOO_MANY_KEYS}, "metadata"),
    Counterexample("metadata_too_large", "coupon_update", {"/request/metadata": _TOO_MANY_KEYS}, "metadata"),
    Counterexample("currency_invalid", _PERCENTAGE, {"/request/currency": "EGX"}, "currency"),
    Counterexample("currency_invalid", _AMOUNT, {"/request/currency": "usx"}, "currency"),
    Counterexample("unsupported_currency", _AMOUNT, {"/request/currency": "EUR"}, "currency"),
    Counterexample("unsupported_currency", _AMOUNT, {"/facts/merchant/supportedCurrencies/1": REMOVED}, "currency"),
    Counterexample("coupon_missing", "coupon_update", _GONE, "id"),
    Counterexample("coupon_missing", "coupon_delete", _GONE, "id"),
    Counterexample("coupon_missing", "coupon_delete", {"/facts/coupons/coup_1/deleted": True}, "id"),
    Counterexample("product_missing", _PERCENTAGE, _BOWL_GONE, "appliesToProductIds[1]"),
    Counterexample("field_immutable", "coupon_update", {"/request/percentOff": 15}, "percentOff"),
    Counterexample("field_immutable", "coupon_update_all", {"/request/appliesToProductIds": []}, "appliesToProductIds"),
    Counterexample("coupon_discount_missing", "coupon_create", {"/request/percentOff": None}, "percentOff"),
    Counterexample("coupon_discount_missing", _PERCENTAGE, {"/request/percentOff": REMOVED}, "percentOff"),
    Counterexample("coupon_discount_missing", _AMOUNT, {"/request/amountOff": REMOVED}, "percentOff"),
    Counterexample("coupon_discount_exclusive", "coupon_create", {"/request/amountOff": 5_000}, "amountOff"),
    Counterexample("coupon_discount_exclusive", _AMOUNT, {"/request/percentOff": 15}, "amountOff"),
    Counterexample("amount_off_without_currency", _AMOUNT, {"/request/currency": REMOVED}, "amountOff"),
    Counterexample(
        "max_discount_without_percentage", _AMOUNT, {"/request/maxDiscountAmount": 20_000}, "maxDiscountAmount"
    ),
    Counterexample("repeating_without_months", _AMOUNT, {"/request/duration": "repeating"}, "duration"),
    Counterexample("repeating_without_months", _PERCENTAGE, {"/request/durationInMonths": REMOVED}, "duration"),
    Counterexample("months_without_repeating", "coupon_create", {"/request/durationInMonths": 3}, "durationInMonths"),
    Counterexample("months_without_repeating", _PERCENTAGE, {"/request/duration": "forever"}, "durationInMonths"),
    Counterexample("percent_off_out_of_range", "coupon_create", {"/request/percentOff": 0.009}, "percentOff"),
    Counterexample("percent_off_out_of_range", _PERCENTAGE, {"/request/percentOff": 101}, "percentOff"),
    Counterexample("amount_off_out_of_range", _AMOUNT, {"/request/amountOff": 0}, "amountOff"),
    Counterexample("amount_off_out_of_range", _AMOUNT, {"/request/amountOff": LARGEST_AMOUNT + 1}, "amountOff"),
    Counterexample("max_discount_out_of_range", _PERCENTAGE, {"/request/maxDiscountAmount": 0}, "maxDiscountAmount"),
    Counterexample("min_value_out_of_range", _AMOUNT, {"/request/minValue": -1}, "minValue"),
    Counterexample("months_out_of_range", _PERCENTAGE, {"/request/durationInMonths": 0}, "durationInMonths"),
    Counterexample(
        "coupon_max_redemptions_out_of_range", "coupon_create", {"/request/maxRedemptions": 0}, "maxRedemptions"
    ),
    Counterexample(
        "customer_max_redemptions_out_of_range",
        _PERCENTAGE,
        {"/request/customerMaxRedemptions": 0},
        "customerMaxRedemptions",
    ),
    Counterexample("redeem_by_past", _PERCENTAGE, {"/request/redeemBy": NOW}, "redeemBy"),
    Counterexample("redeem_by_too_late", "coupon_create", {"/request/redeemBy": "2032-01-01T00:00:00Z"}, "redeemBy"),
    Counterexample("coupon_in_use", "coupon_delete", {f"{_USE}/promotionCodes": 1}, "id"),
    Counterexample("coupon_in_use", "coupon_delete", {f"{_USE}/sessions": 1}, "id"),
)
"""A row or two a rule."""
