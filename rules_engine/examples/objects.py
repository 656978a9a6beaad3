"""Valid examples of the operations of stored objects: prices, codes, coupons, configurations, links, refunds."""

from collections.abc import Mapping
from typing import Any, Final

from rules_engine.examples.account import drafted

_MUG: Final = {"id": "price_mug", "currency": "EGP", "unitAmount": 38_000, "productId": "prod_mug"}
_PRICE_STORED: Final = {"prices": {"price_mug": _MUG}, "usage": {"prices": {"price_mug": 0}}}
_USED: Final = {
    "prices": {
        "price_mug": {
            **_MUG,
            "type": "RECURRING",
            "recurring": {"interval": "MONTH", "intervalCount": 1},
            "stock": -2,
            "startDate": "2026-09-01T00:00:00Z",
            "expirationDate": "2026-12-01T00:00:00Z",
            "active": False,
        }
    },
    "usage": {"prices": {"price_mug": 3}},
}
_GIFT: Final = {
    "prices": {
        "price_gift": {
            "id": "price_gift",
            "currency": "EGP",
            "type": "CUSTOM",
            "customUnitAmount": {"minimum": 10_000, "maximum": None, "preset": 50_000},
        }
    },
    "usage": {"prices": {"price_gift": 0}},
}
_PRODUCTS: Final = {"products": {"prod_mug": {"id": "prod_mug"}}}

_PRICE_EXAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "price_create": drafted(
        "price.create", {"productId": "prod_mug", "currency": "EGP", "unitAmount": 38_000}, _PRODUCTS
    ),
    "price_create_rich": drafted(
        "price.create",
        {
            "productId": "prod_mug",
            "name": "Mug, autumn batch",
            "description": "Olive glaze",
            "type": "ONE_TIME",
            "currency": "kwd",
            "unitAmount": 2_500,
            "stock": 12,
            "startDate": "2026-09-01T00:00:00Z",
            "expirationDate": "2026-12-01T00:00:00Z",
            "active": True,
            "metadata": {"kiln": "north"},
        },
        _PRODUCTS,
    ),
    "price_create_recurring": drafted(
        "price.create",
        {
            "productId": "prod_mug",
            "type": "RECURRING",
            "currency": "EGP",
            "unitAmount": 38_000,
            "recurring": {"interval": "MONTH", "intervalCount": 3},
        },
        _PRODUCTS,
    ),
    "price_create_custom": drafted(
        "price.create",
        {
            "productId": "prod_mug",
            "type": "CUSTOM",
            "currency": "EGP",
            "customUnitAmount": {"minimum": 10_000, "maximum": 90_000, "preset": 50_000},
        },
        _PRODUCTS,
    ),
    "price_update": drafted("price.update", {"name": "Mug"}, _PRICE_STORED, target="price_mug"),
    "price_update_used": drafted(
        "price.update",
        {
            "currency": "egp",
            "unitAmount": 38_000,
            "type": "RECURRING",
            "recurring": {"interval": "MONTH"},
            "customUnitAmount": None,
            "stock": None,
            "expirationDate": "2027-03-01T00:00:00Z",
            "description": None,
            "metadata": {"kiln": "north"},
        },
        _USED,
        target="price_mug",
    ),
    "price_update_unused": drafted(
        "price.update",
        {
            "currency": "USD",
            "unitAmount": 900,
            "type": "RECURRING",
            "recurring": {"interval": "WEEK", "intervalCount": 2},
            "stock": 40,
            "startDate": "2026-12-01T00:00:00Z",
        },
        _PRICE_STORED,
        target="price_mug",
    ),
    "price_update_to_custom": drafted(
        "price.update",
        {"type": "CUSTOM", "unitAmount": None, "customUnitAmount": {"minimum": 10_000, "preset": 50_000}},
        _PRICE_STORED,
        target="price_mug",
    ),
    "price_update_from_custom": drafted(
        "price.update",
        {"type": "ONE_TIME", "unitAmount": 20_000, "customUnitAmount": None},
        _GIFT,
        target="price_gift",
    ),
    "price_update_charged_once": drafted(
        "price.update", {"type": "ONE_TIME"}, {**_USED, "usage": {"prices": {"price_mug": 0}}}, target="price_mug"
    ),
    "price_delete": drafted("price.delete", {}, _PRICE_STORED, target="price_mug"),
    "price_delete_archived": drafted(
        "price.delete", {}, {**_USED, "usage": {"prices": {"price_mug": 0, "price_bowl": 3}}}, target="price_mug"
    ),
}

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

_PROMOTION_CODE_EXAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {
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
        {
            "coupons": {"coup_1": _COUPON},
            "customer": {"id": "cus_1"},
            "missing": _NO_NAMESAKE,
        },
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
        {
            "promotionCodes": {"promo_1": {**_CODE, "active": False}},
            "coupons": {"coup_1": _COUPON},
        },
        target="promo_1",
    ),
}

_COUPON_STORED: Final = {"coupons": {"coup_1": {"id": "coup_1", "percentOff": 15}}}

_COUPON_EXAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {
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
    "coupon_update": drafted("coupon.update", {"name": "Autumn"}, _COUPON_STORED, target="coup_1"),
    "coupon_update_all": drafted(
        "coupon.update", {"name": None, "active": False, "metadata": _METADATA}, _COUPON_STORED, target="coup_1"
    ),
    "coupon_delete": drafted(
        "coupon.delete",
        {},
        {**_COUPON_STORED, "usage": {"coupons": {"coup_1": {"promotionCodes": 0, "sessions": 0}}}},
        target="coup_1",
    ),
}

_CURRENCY_EXAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "currency_check": drafted("currency.check", {"currency": "EGP"}),
    "currency_check_foreign": drafted(
        "currency.check",
        {"currency": "usd", "purpose": "checkout"},
        {"exchangeRates": {"USD/EGP": {"rate": "50.25"}}},
    ),
    "currency_check_catalog": drafted(
        "currency.check",
        {"currency": "KWD", "purpose": "catalog"},
        {"missing": {"exchangeRates": ["KWD/EGP"]}},
    ),
    "currency_check_refund": drafted("currency.check", {"currency": "EGP", "purpose": "refund"}),
}

_CONFIGURATION_STORED: Final = {
    "configurations": {
        "pmc_1": {"id": "pmc_1", "name": "Standard", "isDefault": True, "enabledMethods": ["card"]},
        "pmc_2": {"id": "pmc_2", "name": "Online shop", "enabledMethods": ["card", "fawry"]},
    },
    "usage": {"configurations": {"pmc_2": 0}},
}

_CONFIGURATION_EXAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "configuration_create": drafted("configuration.create", {"name": "Online shop", "enabledMethods": ["card"]}),
    "configuration_create_default": drafted(
        "configuration.create", {"name": "Every method", "enabledMethods": ["card", "fawry", "valu"], "isDefault": True}
    ),
    "configuration_update": drafted(
        "configuration.update", {"enabledMethods": ["card"]}, _CONFIGURATION_STORED, target="pmc_2"
    ),
    "configuration_update_default": drafted(
        "configuration.update",
        {"name": "Standard", "enabledMethods": ["card", "valu"], "isDefault": True},
        _CONFIGURATION_STORED,
        target="pmc_1",
    ),
    "configuration_update_succeeds": drafted(
        "configuration.update", {"name": "From now on", "isDefault": True}, _CONFIGURATION_STORED, target="pmc_2"
    ),
    "configuration_delete": drafted("configuration.delete", {}, _CONFIGURATION_STORED, target="pmc_2"),
}

_KNOWN: Final = {
    "prices": {
        "price_mug": {"id": "price_mug", "currency": "EGP", "unitAmount": 38_000, "stock": 12},
        "price_bowl": {
            "id": "price_bowl",
            "currency": "EGP",
            "unitAmount": 52_500,
            "startDate": "2026-09-01T00:00:00Z",
            "expirationDate": "2027-01-01T00:00:00Z",
        },
    },
    "configurations": {"pmc_1": {"id": "pmc_1", "name": "Online shop", "enabledMethods": ["card", "fawry"]}},
}
_MUGS: Final = {"quantity": 2, "price": {"id": "price_mug", "unitAmount": 38_000}}
_BOWL: Final = {"quantity": 1, "price": {"id": "price_bowl", "unitAmount": 52_500}}
_LINK: Final = {"id": "plink_1", "active": True, "currency": "EGP", "lineItems": [_MUGS]}
_EXPIRING: Final = {
    **_LINK,
    "expiresAt": "2026-12-24T00:00:00Z",
    "lineItems": [_MUGS, _BOWL],
}
_PARTS: Final[Mapping[str, Any]] = {
    "lineItems": [
        {"priceId": "price_mug", "quantity": 2, "adjustableQuantity": {"enabled": True, "minimum": 1, "maximum": 5}},
        {"priceId": "price_bowl", "quantity": 0, "adjustableQuantity": {"enabled": True, "minimum": 0}},
    ],
    "afterCompletion": {"type": "hosted_confirmation", "hostedConfirmation": {"customMessage": "Done"}},
    "submitType": "PAY",
    "customerCreation": "always",
    "allowPromotionCodes": True,
    "shippingAddressCollection": True,
    "customFields": [
        {"label": "Engraving", "type": "TEXT", "isOptional": True, "minCharacters": 1, "maxCharacters": 20},
        {"label": "Colour", "type": "DROPDOWN", "isOptional": False, "dropdownOptions": [{"label": "Blue"}]},
    ],
    "expiresAt": "2026-12-24T00:00:00Z",
    "metadata": {"campaign": "winter"},
    "feeConfig": {"feesPassThrough": False, "vatCollectionEnabled": False},
    "brandingSettings": {"fontFamily": "Inter"},
    "paymentMethodConfigurationId": "pmc_1",
}

_PAYMENT_LINK_EXAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "payment_link_create": drafted(
        "payment_link.create",
        {
            "lineItems": [{"priceId": "price_mug", "quantity": 2}],
            "afterCompletion": {"type": "redirect", "redirect": {"url": "https://pots.example/thanks"}},
        },
        _KNOWN,
    ),
    "payment_link_create_full": drafted("payment_link.create", _PARTS, _KNOWN),
    "payment_link_update": drafted(
        "payment_link.update",
        {"active": False},
        {**_KNOWN, "paymentLink": _LINK},
        target="plink_1",
    ),
    "payment_link_update_full": drafted(
        "payment_link.update",
        {**_PARTS, "active": True},
        {**_KNOWN, "paymentLink": _EXPIRING},
        target="plink_1",
    ),
    "payment_link_open": drafted("payment_link.open", {}, {**_KNOWN, "paymentLink": _LINK}, target="plink_1"),
    "payment_link_open_full": drafted("payment_link.open", {}, {**_KNOWN, "paymentLink": _EXPIRING}, target="plink_1"),
}

_REFUND_EXAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "refund_create": drafted(
        "refund.create",
        {"chargeId": "ch_1"},
        {
            "charges": {
                "ch_1": {
                    "id": "ch_1",
                    "status": "SUCCEEDED",
                    "amount": 76_000,
                    "currency": "EGP",
                    "captured": True,
                    "amountRefunded": 0,
                    "refunds": [],
                    "balanceTransaction": {"id": "txn_1"},
                    "disputed": False,
                    "feeData": {"processorFee": 1_500, "platformFee": 500},
                }
            },
            "balances": {"EGP": {"available": 500_000}},
        },
    ),
    "refund_create_by_intent": drafted(
        "refund.create",
        {
            "paymentIntentId": "pi_1",
            "amount": 19_000,
            "reason": "REQUESTED_BY_CUSTOMER",
            "description": "One of two mugs arrived broken",
            "instructionsEmail": "buyer@mail.example",
            "metadata": {"ticket": "T-14"},
        },
        {
            "paymentIntents": {"pi_1": {"id": "pi_1", "charges": [{"id": "ch_1"}, {"id": "ch_2"}]}},
            "charges": {
                "ch_1": {"id": "ch_1", "status": "FAILED", "amount": 76_000, "currency": "EGP", "captured": False},
                "ch_2": {
                    "id": "ch_2",
                    "status": "PARTIALLY_REFUNDED",
                    "amount": 76_000,
                    "currency": "egp",
                    "captured": True,
                    "amountCaptured": 70_000,
                    "amountRefunded": 10_000,
                    "refunds": [{"status": "FAILED"}, {"status": "SUCCEEDED"}],
                    "processorCapabilities": {"supportsRefund": True, "supportsPartialRefund": True},
                    "balanceTransaction": {"id": "txn_2"},
                    "disputed": False,
                    "feeData": {"processorFee": 1_500, "platformFee": 0},
                },
            },
            "balances": {"EGP": {"available": 60_000}},
        },
    ),
}

EXAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {
    **_PRICE_EXAMPLES,
    **_PROMOTION_CODE_EXAMPLES,
    **_COUPON_EXAMPLES,
    **_CURRENCY_EXAMPLES,
    **_CONFIGURATION_EXAMPLES,
    **_PAYMENT_LINK_EXAMPLES,
    **_REFUND_EXAMPLES,
}
"""Draft documents by name."""
