"""Small pools of ids and currencies, so that random references meet what they refer to."""

from collections.abc import Mapping
from typing import Final

CURRENCIES: Final = ("EGP", "egp", "USD", "KWD", "JPY", "HRK", "XXX", "EGX", "")
IDS: Final[Mapping[str, tuple[str, ...]]] = {
    "session": ("cs_1", "cs_2"),
    "customer": ("cus_1", "cus_2"),
    "price": ("price_1", "price_2", "price_3"),
    "coupon": ("coup_1", "coup_2"),
    "promotion_code": ("promo_1", "promo_2"),
    "configuration": ("pmc_1", "pmc_2"),
    "payment_method": ("pm_1", "pm_2"),
    "payment_intent": ("pi_1", "pi_2"),
    "product": ("prod_1", "prod_2"),
    "code": ("AUTUMN", " autumn ", "WINTER"),
    "pair": ("USD/EGP", "KWD/EGP", "JPY/EGP"),
}
FIELD_POOLS: Final[Mapping[str, str]] = {
    "customer_id": "customer",
    "price": "price",
    "coupon": "coupon",
    "promotion_code": "promotion_code",
    "promotion_code_id": "promotion_code",
    "payment_method_configuration_id": "configuration",
    "payment_method": "payment_method",
    "payment_intent_id": "payment_intent",
    "product_id": "product",
    "applies_to_product_ids": "product",
    "code": "code",
    "sessions": "session",
    "customers": "customer",
    "prices": "price",
    "coupons": "coupon",
    "promotion_codes": "promotion_code",
    "promotion_codes_by_code": "code",
    "configurations": "configuration",
    "payment_methods": "payment_method",
    "payment_intents": "payment_intent",
    "exchange_rates": "pair",
}
"""Which pool the ids of a field come from."""
CLASS_POOLS: Final[Mapping[str, str]] = {
    "Session": "session",
    "Customer": "customer",
    "IntentCustomer": "customer",
    "Price": "price",
    "LinePrice": "price",
    "LineProduct": "product",
    "Coupon": "coupon",
    "CouponReference": "coupon",
    "DiscountCoupon": "coupon",
    "PromotionCode": "promotion_code",
    "Configuration": "configuration",
    "PaymentMethod": "payment_method",
    "PaymentIntent": "payment_intent",
    "Target": "session",
}
"""Which pool the `id` of a class comes from."""
