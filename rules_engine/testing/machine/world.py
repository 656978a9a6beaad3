"""What no operation of a machine changes: the account, its products and customers, rates, and ids that lead nowhere."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

START: Final = datetime(2026, 11, 22, 10, tzinfo=UTC)
"""When the shop opens."""
CUSTOMERS: Final = ("cus_1", "cus_2")
PRODUCTS: Final[Mapping[str, Any]] = {"prod_1": {"id": "prod_1"}, "prod_2": {"id": "prod_2"}}
MERCHANT: Final[Mapping[str, Any]] = {
    "id": "mer_1",
    "defaultCurrency": "EGP",
    "supportedCurrencies": [
        {"code": "EGP", "paymentMethodTypes": ["card", "fawry", "valu"]},
        {"code": "USD", "paymentMethodTypes": ["card"]},
        {"code": "KWD", "paymentMethodTypes": ["card"]},
    ],
    "livePaymentsEnabled": True,
}
RATES: Final[Mapping[str, str]] = {"USD/EGP": "50"}
"""Pair to rate; the account could charge in a currency more, were there a rate."""
FIRST_CONFIGURATION: Final[Mapping[str, Any]] = {
    "id": "pmc_first",
    "name": "Standard",
    "isDefault": True,
    "enabledMethods": ["card", "fawry"],
}
"""The configuration that every account starts with."""
FIRST_COUPON: Final = "coup_first"
"""The coupon that the shop opens with, and that its first promotion code stands for."""
PAYMENT_METHODS: Final[Mapping[str, Any]] = {
    "pm_1": {"id": "pm_1", "type": "card", "customerId": "cus_1"},
    "pm_2": {"id": "pm_2", "type": "valu"},
    "pm_3": {"id": "pm_3", "type": "card", "readable": False},
}
PAYMENT_INTENTS: Final[Mapping[str, Any]] = {
    "pi_1": {"id": "pi_1", "customer": {"id": "cus_1"}},
    "pi_2": {"id": "pi_2"},
}
NOWHERE: Final[Mapping[str, str]] = {
    "session": "cs_none",
    "customer": "cus_none",
    "price": "price_none",
    "coupon": "coup_none",
    "promotion_code": "promo_none",
    "configuration": "pmc_none",
    "product": "prod_none",
    "payment_method": "pm_none",
    "payment_intent": "pi_none",
    "pair": "KWD/EGP",
}
"""Ids of nothing, by noun: they were looked up, and are not there."""
CODES: Final = ("SPRING", "AUTUMN", " autumn ", "NO CODE")
"""What buyers type and merchants choose: the first one is taken, two are one code, and the last is none."""
