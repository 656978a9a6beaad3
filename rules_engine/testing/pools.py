"""Small pools of ids and currencies, so that random references meet what they refer to."""

import hmac
from collections.abc import Mapping
from hashlib import sha256
from typing import Final

CURRENCIES: Final = ("EGP", "egp", "USD", "KWD", "JPY", "HRK", "XXX", "EGX", "")
METADATA_KEYS: Final = ("orderNumber", "channel")
"""Keys that generated metadata often has, and that the waivers of generated policies ask for."""
IDS: Final[Mapping[str, tuple[str, ...]]] = {
    "merchant": ("mer_1", "mer_2"),
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
    "balance": ("EGP", "USD"),
    "payment_link": ("plink_1", "plink_2"),
    "charge": ("ch_1", "ch_2"),
    "idempotency_key": ("key_1", "key_2"),
    "api_key": ("key_1", "key_2"),
    "digest": (
        sha256(b"sk_test_1").hexdigest(),
        sha256(b"sk_live_1").hexdigest(),
        sha256(b"rk_test_1").hexdigest(),
    ),
    "authorization": ("Bearer sk_test_1", "Bearer sk_live_1", "bearer rk_test_1", "Bearer sk_test_2", "Basic x", ""),
    "signature": (
        f"t=1795341600,v1={hmac.new(b'whsec_1', b'1795341600.', sha256).hexdigest()}",
        f"t=1795341000,v1={hmac.new(b'whsec_1', b'1795341000.', sha256).hexdigest()}",
        f"t=1795341600,v1={'0' * 64}",
        "t=1795341600",
    ),
    "secret": ("whsec_1", "whsec_2"),
    "permission": ("PRODUCTS_READ", "PRODUCTS_WRITE", "REFUNDS_READ", "REFUNDS_WRITE"),
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
    "price_id": "price",
    "charge_id": "charge",
    "charges": "charge",
    "products": "product",
    "payment_links": "payment_link",
    "balances": "balance",
    "idempotency_key": "idempotency_key",
    "idempotency_keys": "idempotency_key",
    "authorization": "authorization",
    "signature": "signature",
    "signing_secrets": "secret",
    "permission": "permission",
    "permissions": "permission",
}
"""Which pool the ids of a field come from."""
CLASS_POOLS: Final[Mapping[str, str]] = {
    "Merchant": "merchant",
    "Session": "session",
    "Customer": "customer",
    "IntentCustomer": "customer",
    "IntentCharge": "charge",
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
    "Product": "product",
    "PaymentLink": "payment_link",
    "Charge": "charge",
    "ApiKey": "api_key",
}
"""Which pool the `id` of a class comes from."""
TARGET_POOLS: Final[Mapping[str, str]] = {
    "session": "session",
    "price": "price",
    "promotion_code": "promotion_code",
    "coupon": "coupon",
    "configuration": "configuration",
    "payment_link": "payment_link",
}
"""Which pool the target of an operation comes from, by the first word of its name."""
