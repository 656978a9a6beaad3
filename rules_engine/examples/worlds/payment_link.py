"""Valid examples of the operations of a payment link."""

from collections.abc import Mapping
from typing import Any, Final

from rules_engine.examples.worlds.account import drafted

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
_EXPIRING: Final = {**_LINK, "expiresAt": "2026-12-24T00:00:00Z", "lineItems": [_MUGS, _BOWL]}
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

EXAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {
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
        "payment_link.update", {"active": False}, {**_KNOWN, "paymentLink": _LINK}, target="plink_1"
    ),
    "payment_link_update_full": drafted(
        "payment_link.update", {**_PARTS, "active": True}, {**_KNOWN, "paymentLink": _EXPIRING}, target="plink_1"
    ),
    "payment_link_open": drafted("payment_link.open", {}, {**_KNOWN, "paymentLink": _LINK}, target="plink_1"),
    "payment_link_open_full": drafted("payment_link.open", {}, {**_KNOWN, "paymentLink": _EXPIRING}, target="plink_1"),
}
"""Draft documents by name."""
