"""The drafts that are measured: new sessions of 1 to 1,000 lines, clean and dirty, and as every contestant takes them.

They are what a shop sends: catalogue prices with a window and a stock, one inline price, a stored customer, a promotion
code with everything a code can ask for, and the coupon behind it. Nothing about them is unknown.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from attrs import frozen

from rules_engine import Draft, read_draft
from rules_engine.examples import changed
from rules_engine.models import SessionCreate

SIZES: Final = (1, 3, 10, 30, 100)
"""How many lines sessions have that the default policy admits."""
LONG: Final = 1_000
"""How many lines a session has that only a wider limit admits."""

DIRTY_CODES: Final = (
    "parameter_out_of_range",
    "price_expired",
    "price_sold_out",
    "promotion_code_max_redemptions",
    "coupon_invalid",
)
"""What is wrong with every dirty draft, in order, as the default policy is documented to report it."""

_REQUEST: Final[Mapping[str, Any]] = {
    "mode": "payment",
    "uiMode": "hosted",
    "submitType": "PAY",
    "currency": "egp",
    "cancelUrl": "https://pots.example/cart",
    "customerId": "cus_1",
    "customerUpdate": {"address": "auto"},
    "discounts": [{"promotionCode": "promo_1"}],
    "nameCollection": True,
    "customFields": [
        {"label": "Engraving", "type": "TEXT", "hasLimits": True, "minCharacters": 1, "maxCharacters": 20},
    ],
    "metadata": {"orderNumber": "88"},
    "brandingSettings": {"colorMode": "light", "fontFamily": "Inter"},
    "locale": "en",
    "paymentMethodTypes": ["card", "fawry"],
    "expiresAfterMinutes": 90,
    "afterCompletion": {"type": "redirect", "redirect": {"url": "https://pots.example/thanks"}},
}
_WRAP: Final[Mapping[str, Any]] = {
    "quantity": 0,
    "priceData": {
        "currency": "egp",
        "unitAmount": 4_500,
        "productData": {"name": "Gift wrap", "description": "Paper and a ribbon", "unitLabel": "box"},
    },
    "adjustableQuantity": {"enabled": True, "minimum": 0, "maximum": 3},
}
_CODE: Final[Mapping[str, Any]] = {
    "id": "promo_1",
    "code": "AUTUMN",
    "coupon": {"id": "coup_1"},
    "customerId": "cus_1",
    "maxRedemptions": 100,
    "timesRedeemed": 40,
    "expiresAt": "2026-12-31T10:00:00Z",
    "restrictions": {"firstTimeTransaction": True, "minimumAmount": 30_000, "minimumAmountCurrency": "EGP"},
}
_COUPON: Final[Mapping[str, Any]] = {
    "id": "coup_1",
    "percentOff": 15,
    "currency": "EGP",
    "minValue": 20_000,
    "maxRedemptions": 500,
    "customerMaxRedemptions": 2,
    "timesRedeemed": 61,
    "redeemBy": "2026-12-31T10:00:00Z",
    "appliesToProductIds": ["prod_0"],
}
_FACTS: Final[Mapping[str, Any]] = {
    "now": "2026-11-22T10:00:00Z",
    "livemode": False,
    "merchant": {
        "id": "mer_1",
        "defaultCurrency": "EGP",
        "supportedCurrencies": [
            {"code": "EGP", "paymentMethodTypes": ["card", "fawry", "valu"]},
            {"code": "USD", "paymentMethodTypes": ["card"]},
            {"code": "KWD", "paymentMethodTypes": ["card"]},
        ],
    },
    "customer": {"id": "cus_1", "name": "Salma"},
    "coupons": {"coup_1": _COUPON},
    "promotionCodes": {"promo_1": _CODE},
    "configurations": {"pmc_1": {"id": "pmc_1", "enabledMethods": ["card", "fawry"], "isDefault": True}},
    "exchangeRates": {"KWD/EGP": {"rate": 168.2}, "USD/EGP": {"rate": 50.25}},
    "payments": {"customers": {"cus_1": 0}},
    "redemptions": {"customers": {"cus_1": {"coup_1": 1}}},
}


@frozen(eq=False)
class Case:
    """A draft of `session.create`, as each contestant takes it.

    Attributes:
        name: What reports call it.
        draft: The model objects.
        document: The same, as the bytes of a draft document.
        parsed: The same, as `json.loads` gives it.
    """

    name: str
    draft: Draft[SessionCreate]
    document: bytes
    parsed: Mapping[str, Any]


def case_of(name: str, document: Mapping[str, Any] | bytes) -> Case:
    """Read a document as a case.

    Raises:
        DraftError: It is no draft document.
        ValueError: Its request does not parse, or is not one of `session.create`.
    """
    text = document if isinstance(document, bytes) else json.dumps(document).encode()
    draft = read_draft(text)
    if draft.faults or draft.operation != "session.create":
        raise ValueError(f"{name}: no request to create a session")
    return Case(name, draft, text, json.loads(text))


def measured(size: int, *, clean: bool) -> Case:
    """Build the clean or the dirty draft of so many lines."""
    return case_of(f"clean, {size}", clean_document(size)) if clean else case_of(f"dirty, {size}", _dirty(size))


def clean_document(size: int) -> dict[str, Any]:
    """Build a document that nothing is wrong with.

    Args:
        size: How many lines it has, at least 1. The last of three or more carries its price inline, and every tenth has
            a quantity that the buyer may change.
    """
    priced = size - 1 if size >= 3 else size
    lines = [*map(_line, range(priced)), *([_WRAP] if priced < size else [])]
    prices = {f"price_{index}": _price(index) for index in range(priced)}
    return {
        "version": 1,
        "operation": "session.create",
        "request": {**_REQUEST, "lineItems": lines},
        "facts": {**_FACTS, "prices": prices},
    }


def _dirty(size: int) -> dict[str, Any]:
    """Break five places, from the first field to the coupon: the price in the middle has expired, the last sold out."""
    clean = clean_document(size)
    priced = len(clean["facts"]["prices"])
    return changed(
        clean,
        {
            "/request/expiresAfterMinutes": 5,
            f"/facts/prices/price_{priced // 2}/expirationDate": "2026-11-21T10:00:00Z",
            f"/facts/prices/price_{priced - 1}/stock": 0,
            "/facts/promotionCodes/promo_1/timesRedeemed": 100,
            "/facts/coupons/coup_1/active": False,
        },
    )


def _line(index: int) -> dict[str, Any]:
    line = {"quantity": 1 + index % 3, "price": f"price_{index}"}
    return line | {"adjustableQuantity": {"enabled": True, "minimum": 1, "maximum": 5}} if index % 10 == 1 else line


def _price(index: int) -> dict[str, Any]:
    return {
        "id": f"price_{index}",
        "currency": "EGP",
        "unitAmount": 38_000 + 500 * index,
        "stock": 12 if index % 2 == 0 else None,
        "startDate": "2026-09-03T10:00:00Z",
        "expirationDate": "2027-01-01T10:00:00Z",
        "productId": f"prod_{index}",
    }
