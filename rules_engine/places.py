"""Where the items of each scope come from, for the manual: the field of the request, with `i` for an index."""

from collections.abc import Mapping
from typing import Any, Final

from rules_engine.views.scope import Scope

_ROOT: Final = ("",)
_PLACES: Mapping[str, tuple[str | None, ...]] = {
    "target": ("id",),
    "stored_session": (None,),
    "client_secret": _ROOT,
    "session": _ROOT,
    "customer": ("customerId",),
    "patch": _ROOT,
    "after_completion": ("afterCompletion",),
    "currency": ("currency", "lineItems[0].price", "lineItems[0].priceData", None),
    "line_list": ("lineItems",),
    "line_item": ("lineItems[i]",),
    "price": ("lineItems[i].price",),
    "inline_price": ("lineItems[i].priceData",),
    "custom_field_list": ("customFields",),
    "custom_field": ("customFields[i]",),
    "branding": ("brandingSettings",),
    "method_types": ("paymentMethodTypes",),
    "configuration": ("paymentMethodConfigurationId",),
    "enabled_methods": ("paymentMethodConfigurationId",),
    "entry": ("promotionCode",),
    "discount": ("discounts[i]",),
    "promotion_code": ("discounts[i].promotionCode",),
    "coupon": ("discounts[i].coupon", "discounts[i].promotionCode"),
    "payment_method": ("paymentMethod",),
    "chosen_method": ("paymentMethodType",),
    "payment_intent": ("paymentIntentId",),
    "metadata": ("metadata",),
    "product": ("productId",),
    "fixed_field": (
        *("percentOff", "amountOff", "currency", "duration", "durationInMonths", "maxDiscountAmount", "minValue"),
        *("maxRedemptions", "customerMaxRedemptions", "redeemBy", "appliesToProductIds"),
    ),
    "saved_promotion_code": _ROOT,
    "saved_coupon": _ROOT,
    "coupon_use": ("id",),
    "unit_amount": ("lineItems[i].priceData.unitAmount",),
    "saved_price": _ROOT,
    "locked_field": ("currency", "unitAmount", "type", "recurring"),
    "price_use": ("id",),
    "custom_unit_amount": ("customUnitAmount",),
    "custom_amount": ("customUnitAmount.minimum", "customUnitAmount.maximum", "customUnitAmount.preset"),
    "saved_configuration": _ROOT,
    "deleted_configuration": ("id",),
    "payment_link_target": ("id",),
    "payment_link": _ROOT,
    "stored_link": (None,),
    "refund": _ROOT,
    "charge": ("chargeId", "paymentIntentId"),
    "balance": (None,),
    "credential": _ROOT,
    "signature": _ROOT,
    "activation": (None,),
    "rate": (None,),
    "idempotency_key": _ROOT,
}
"""Scope to the fields its items come from; None where they come from no field of the request."""
_PLACES_IN: Mapping[tuple[str, str], tuple[str | None, ...]] = {
    ("price", "price.update"): ("id",),
    ("price", "price.delete"): ("id",),
    ("unit_amount", "price.create"): ("unitAmount",),
    ("unit_amount", "price.update"): ("unitAmount",),
    ("currency", "price.create"): ("currency",),
    ("currency", "price.update"): ("currency",),
    ("currency", "currency.check"): ("currency",),
    ("promotion_code", "promotion_code.update"): ("id",),
    ("coupon", "promotion_code.create"): ("coupon",),
    ("coupon", "promotion_code.update"): ("active",),
    ("currency", "promotion_code.create"): ("restrictions.minimumAmountCurrency",),
    ("fixed_field", "promotion_code.update"): (
        *("code", "coupon", "customerId", "maxRedemptions", "expiresAt", "restrictions"),
    ),
    ("currency", "coupon.create"): ("currency",),
    ("product", "coupon.create"): ("appliesToProductIds[i]",),
    ("coupon", "coupon.update"): ("id",),
    ("coupon", "coupon.delete"): ("id",),
    ("configuration", "configuration.update"): ("id",),
    ("configuration", "configuration.delete"): ("id",),
    ("enabled_methods", "configuration.create"): ("enabledMethods",),
    ("enabled_methods", "configuration.update"): ("enabledMethods", "isDefault"),
    ("method_types", "configuration.create"): ("enabledMethods",),
    ("method_types", "configuration.update"): ("enabledMethods",),
    ("currency", "payment_link.create"): ("lineItems[0].priceId",),
    ("price", "payment_link.create"): ("lineItems[i].priceId",),
    ("price", "payment_link.update"): ("lineItems[i].priceId",),
    ("price", "payment_link.open"): (None,),
    ("price", "session.confirm"): (None,),
    ("promotion_code", "session.apply_promotion_code"): ("promotionCode",),
    ("coupon", "session.apply_promotion_code"): ("promotionCode",),
}
"""The same for an operation in which they come from elsewhere."""


def places_of(scope: Scope[Any], operation: str) -> tuple[str | None, ...]:
    """Name the fields that the items of a scope come from in an operation; None where that is no field of a request."""
    return _PLACES_IN.get((scope.name, operation), _PLACES[scope.name])
