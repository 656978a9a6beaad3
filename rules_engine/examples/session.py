"""Valid examples of the session operations."""

from collections.abc import Mapping
from typing import Any, Final

from rules_engine.examples.account import NOW
from rules_engine.examples.documents import changed
from rules_engine.rules.kinds import REMOVED

_METHODS: Final = ["card", "fawry", "valu"]

_FACTS: Final[Mapping[str, Any]] = {
    "now": NOW,
    "livemode": False,
    "merchant": {
        "id": "mer_1",
        "defaultCurrency": "EGP",
        "supportedCurrencies": [
            {"code": "EGP", "decimals": 2, "paymentMethodTypes": _METHODS},
            {"code": "USD", "decimals": 2, "paymentMethodTypes": ["card"]},
            {"code": "KWD", "decimals": 3, "paymentMethodTypes": ["card"]},
        ],
    },
    "customer": {"id": "cus_1", "type": "registered", "name": "Salma"},
    "prices": {
        "price_mug": {
            "id": "price_mug",
            "currency": "EGP",
            "unitAmount": 38_000,
            "type": "ONE_TIME",
            "stock": 12,
            "startDate": "2026-09-01T00:00:00Z",
            "expirationDate": "2027-01-01T00:00:00Z",
            "active": True,
            "productId": "prod_mug",
        },
        "price_bowl": {
            "id": "price_bowl",
            "currency": "EGP",
            "unitAmount": 52_500,
            "type": "ONE_TIME",
            "active": True,
            "productId": "prod_bowl",
        },
    },
    "promotionCodes": {
        "promo_1": {
            "id": "promo_1",
            "code": "AUTUMN",
            "coupon": {"id": "coup_1"},
            "active": True,
            "customerId": "cus_1",
            "maxRedemptions": 100,
            "timesRedeemed": 40,
            "expiresAt": "2026-12-31T00:00:00Z",
            "restrictions": {
                "firstTimeTransaction": True,
                "minimumAmount": "60000",
                "minimumAmountCurrency": "EGP",
            },
        }
    },
    "coupons": {
        "coup_1": {
            "id": "coup_1",
            "discountType": "percentage",
            "percentOff": 15,
            "currency": "EGP",
            "minValue": 50_000,
            "maxRedemptions": 500,
            "customerMaxRedemptions": 2,
            "timesRedeemed": 61,
            "redeemBy": "2026-12-31T00:00:00Z",
            "valid": True,
            "active": True,
            "appliesToProductIds": ["prod_mug"],
        }
    },
    "configurations": {
        "pmc_1": {"id": "pmc_1", "name": "Online shop", "isDefault": True, "enabledMethods": ["card", "fawry"]}
    },
    "exchangeRates": {"KWD/EGP": {"id": "exr_1", "rate": "168.2"}, "USD/EGP": {"id": "exr_2", "rate": "50.25"}},
    "payments": {"customers": {"cus_1": 0}},
    "redemptions": {"customers": {"cus_1": {"coup_1": 1}}},
}

_LINES: Final = [
    {"price": "price_mug", "quantity": 2},
    {"price": "price_bowl", "quantity": 1, "adjustableQuantity": {"enabled": True, "minimum": 1, "maximum": 5}},
    {
        "priceData": {
            "currency": "EGP",
            "unitAmount": 4_500,
            "productData": {"name": "Gift wrap", "description": "Paper and a ribbon", "unitLabel": "box"},
        },
        "quantity": 0,
        "adjustableQuantity": {"enabled": True, "minimum": 0, "maximum": 3},
    },
]

_PARTS: Final[Mapping[str, Any]] = {
    "lineItems": _LINES,
    "cancelUrl": "https://pots.example/cart",
    "customerId": "cus_1",
    "customerUpdate": {"address": "auto"},
    "allowPromotionCodes": True,
    "discounts": [{"promotionCode": "promo_1"}],
    "nameCollection": True,
    "customFields": [
        {"label": "Engraving", "type": "TEXT", "hasLimits": True, "minCharacters": 1, "maxCharacters": 20},
        {"label": "Colour", "type": "DROPDOWN", "dropdownOptions": [{"label": "Blue"}, {"label": "Sand"}]},
    ],
    "metadata": {"orderNumber": "88"},
    "feeConfig": {"feesPassThrough": False, "vatCollectionEnabled": True, "vatCollectionRate": 1_400},
    "brandingSettings": {"colorMode": "light", "fontFamily": "Inter", "colors": {"primary": "#0a6"}},
    "locale": "en",
    "paymentMethodTypes": ["card", "fawry"],
    "afterCompletion": {"type": "redirect", "redirect": {"url": "https://pots.example/thanks"}},
}

_CREATE: Final[Mapping[str, Any]] = {
    "version": 1,
    "id": "d_create",
    "operation": "session.create",
    "request": {
        "mode": "payment",
        "uiMode": "hosted",
        "submitType": "PAY",
        "currency": "EGP",
        "expiresAfterMinutes": 90,
        **_PARTS,
    },
    "facts": _FACTS,
}

_CUSTOM_PAGE: Final[Mapping[str, Any]] = {
    "/request/cancelUrl": REMOVED,
    "/request/nameCollection": REMOVED,
}

_SESSION: Final[Mapping[str, Any]] = {
    "id": "cs_1",
    "object": "checkout.session",
    "status": "open",
    "paymentStatus": "unpaid",
    "mode": "payment",
    "uiMode": "hosted",
    "submitType": "PAY",
    "currency": "EGP",
    "amountSubtotal": 128_500,
    "expiresAt": "2026-11-22T11:00:00Z",
    "isExpired": False,
    "clientSecret": "cs_1_secret_a1",
    "customerId": "cus_1",
    "allowPromotionCodes": True,
    "lineItems": [
        {
            "id": "li_1",
            "quantity": 2,
            "price": {"id": "price_mug", "unitAmount": 38_000, "type": "ONE_TIME", "product": {"id": "prod_mug"}},
            "amountSubtotal": 76_000,
        },
        {
            "id": "li_2",
            "quantity": 1,
            "price": {"id": "price_bowl", "unitAmount": 52_500, "type": "ONE_TIME", "product": {"id": "prod_bowl"}},
            "amountSubtotal": 52_500,
        },
    ],
    "discounts": [],
    "paymentMethodTypes": [{"type": "card", "displayName": "Card"}, {"type": "fawry", "displayName": "Fawry"}],
}

_DISCOUNTED: Final = [{"id": "di_1", "coupon": {"id": "coup_1"}, "promotionCodeId": "promo_1"}]


def _acting(operation: str, request: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "version": 1,
        "id": "d_" + operation.partition(".")[2],
        "operation": operation,
        "target": {"id": "cs_1"},
        "request": request,
        "facts": {**_FACTS, "session": _SESSION},
    }


_UPDATE: Final = _acting("session.update", _PARTS)
_CONFIRM: Final = changed(
    _acting(
        "session.confirm",
        {
            "clientSecret": "cs_1_secret_a1",
            "paymentMethod": "pm_1",
            "paymentMethodType": "card",
            "paymentIntentId": "pi_1",
        },
    ),
    {
        "/facts/paymentMethods": {"pm_1": {"id": "pm_1", "type": "card", "customerId": "cus_1", "readable": True}},
        "/facts/paymentIntents": {"pi_1": {"id": "pi_1", "customer": {"id": "cus_1"}}},
    },
)
_APPLY: Final = changed(
    _acting("session.apply_promotion_code", {"promotionCode": " Autumn ", "clientSecret": "cs_1_secret_a1"}),
    {
        "/facts/promotionCodesByCode": {"AUTUMN": _FACTS["promotionCodes"]["promo_1"]},
        "/facts/promotionCodes": REMOVED,
    },
)

EXAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "create": _CREATE,
    "create_minimal": changed(
        _CREATE,
        {
            "/request": {
                "afterCompletion": {"type": "hosted_confirmation"},
                "lineItems": [{"price": "price_mug", "quantity": 1}],
            },
        },
    ),
    "create_configured": changed(
        _CREATE, {"/request/paymentMethodTypes": REMOVED, "/request/paymentMethodConfigurationId": "pmc_1"}
    ),
    "create_custom_page": changed(
        _CREATE, {**_CUSTOM_PAGE, "/request/uiMode": "custom", "/request/submitType": REMOVED}
    ),
    "create_confirmation": changed(
        _CREATE,
        {"/request/afterCompletion": {"type": "hosted_confirmation", "hostedConfirmation": {"customMessage": "Done"}}},
    ),
    "create_coupon": changed(_CREATE, {"/request/discounts/0": {"coupon": "coup_1"}}),
    "create_foreign": changed(
        _CREATE,
        {
            "/request/currency": "usd",
            "/request/discounts": REMOVED,
            "/facts/prices/price_mug/currency": "USD",
            "/facts/prices/price_bowl/currency": "USD",
            "/request/lineItems/2/priceData/currency": "usd",
        },
    ),
    "create_guest": changed(
        _CREATE,
        {
            "/request/customerId": REMOVED,
            "/request/customerUpdate": REMOVED,
            "/request/discounts": REMOVED,
            "/request/customerDetails": {"email": "buyer@mail.example"},
            "/request/customerCreation": "always",
        },
    ),
    "update": _UPDATE,
    "update_metadata": changed(_UPDATE, {"/request": {"metadata": {"orderNumber": "89"}}}),
    "update_lines": changed(_UPDATE, {"/request": {"lineItems": _LINES}, "/facts/session/discounts": _DISCOUNTED}),
    "update_customer": changed(
        _UPDATE,
        {
            "/request": {"customerId": "cus_1"},
            "/facts/session/discounts": _DISCOUNTED,
            "/facts/redemptions/counted": {},
        },
    ),
    "update_custom_page": changed(_UPDATE, {**_CUSTOM_PAGE, "/facts/session/uiMode": "custom"}),
    "confirm": _CONFIRM,
    "confirm_discounted": changed(
        _CONFIRM, {"/facts/session/discounts": _DISCOUNTED, "/facts/redemptions/counted": {}}
    ),
    "confirm_bare": changed(_CONFIRM, {"/request": {}}),
    "expire": _acting("session.expire", {}),
    "expire_overdue": changed(_acting("session.expire", {}), {"/facts/session/expiresAt": "2026-11-22T09:00:00Z"}),
    "apply": _APPLY,
}
"""Draft documents by name."""
