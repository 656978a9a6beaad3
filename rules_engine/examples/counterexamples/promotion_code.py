"""Counterexamples of the rules on saved promotion codes."""

from collections.abc import Mapping
from typing import Any, Final

from rules_engine.examples.account import NOW
from rules_engine.examples.counterexamples.counterexample import Counterexample
from rules_engine.examples.documents import REMOVED

_PLAIN: Final = "promotion_code_create"
_RESTRICTED: Final = "promotion_code_create_restricted"
_ON: Final = "promotion_code_update_on"
_COUPON: Final = "/facts/coupons/coup_1"
_MINIMUM: Final = "/request/restrictions/minimumAmount"
_TOO_MANY_KEYS: Final = {f"key{number}": "" for number in range(51)}
_CODE_GONE: Final[Mapping[str, Any]] = {
    "/facts/promotionCodes": {},
    "/facts/missing": {"promotionCodes": ["promo_1"]},
}
_COUPON_GONE: Final[Mapping[str, Any]] = {"/facts/coupons": {}, "/facts/missing/coupons": ["coup_1"]}
_NAMESAKE: Final[Mapping[str, Any]] = {
    "/facts/missing/promotionCodesByCode": REMOVED,
    "/facts/promotionCodesByCode": {
        "AUTUMN": {"id": "promo_2", "code": "Autumn", "coupon": {"id": "coup_2"}, "active": False}
    },
}

COUNTEREXAMPLES: Final[tuple[Counterexample, ...]] = (
    Counterexample(
        "customer_missing",
        _RESTRICTED,
        {"/facts/customer": None, "/facts/missing/customers": ["cus_1"]},
        "customerId",
    ),
    Counterexample("metadata_too_large", _RESTRICTED, {"/request/metadata": _TOO_MANY_KEYS}, "metadata"),
    Counterexample("metadata_too_large", "promotion_code_update", {"/request/metadata": _TOO_MANY_KEYS}, "metadata"),
    Counterexample(
        "currency_invalid",
        _RESTRICTED,
        {f"{_MINIMUM}Currency": "usx"},
        "restrictions.minimumAmountCurrency",
    ),
    Counterexample(
        "unsupported_currency",
        _RESTRICTED,
        {f"{_MINIMUM}Currency": "eur"},
        "restrictions.minimumAmountCurrency",
    ),
    Counterexample("promotion_code_missing", "promotion_code_update", _CODE_GONE, "id"),
    Counterexample("promotion_code_missing", _ON, _CODE_GONE, "id"),
    Counterexample("coupon_missing", _PLAIN, _COUPON_GONE, "coupon"),
    Counterexample("coupon_missing", _RESTRICTED, _COUPON_GONE, "coupon"),
    Counterexample("coupon_invalid", _PLAIN, {f"{_COUPON}/deleted": True}, "coupon"),
    Counterexample("coupon_invalid", _RESTRICTED, {f"{_COUPON}/redeemBy": NOW}, "coupon"),
    Counterexample("coupon_invalid", _RESTRICTED, {f"{_COUPON}/maxRedemptions": 61}, "coupon"),
    Counterexample("coupon_invalid", _ON, {f"{_COUPON}/active": False}, "active"),
    Counterexample("coupon_invalid", _ON, _COUPON_GONE, "active"),
    Counterexample("field_immutable", "promotion_code_update", {"/request/code": "AUTUMN"}, "code"),
    Counterexample("field_immutable", _ON, {"/request/restrictions": None}, "restrictions"),
    Counterexample(
        "minimum_currency_without_minimum",
        _RESTRICTED,
        {_MINIMUM: None},
        "restrictions.minimumAmountCurrency",
    ),
    Counterexample("code_malformed", _PLAIN, {"/request/code": "AUTUMN 15"}, "code"),
    Counterexample("promotion_code_exists", _PLAIN, _NAMESAKE, "code"),
    Counterexample("promotion_code_exists", _RESTRICTED, _NAMESAKE, "code"),
    Counterexample("minimum_amount_invalid", _RESTRICTED, {_MINIMUM: "-1"}, "restrictions.minimumAmount"),
    Counterexample("minimum_amount_invalid", _RESTRICTED, {_MINIMUM: "600.5"}, "restrictions.minimumAmount"),
    Counterexample("code_max_redemptions_out_of_range", _RESTRICTED, {"/request/maxRedemptions": 0}, "maxRedemptions"),
    Counterexample("expires_at_past", _RESTRICTED, {"/request/expiresAt": NOW}, "expiresAt"),
    Counterexample("more_redemptions_than_coupon", _RESTRICTED, {"/request/maxRedemptions": 501}, "maxRedemptions"),
    Counterexample("expires_after_coupon", _RESTRICTED, {"/request/expiresAt": "2027-01-01T00:00:00Z"}, "expiresAt"),
)
"""A row or two a rule."""
