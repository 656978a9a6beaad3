"""Drafts with random faults, many of them several at once: what all opinions on `session.create` are compared on.

Some are a measured draft with values on a boundary of a check, or on one side of it; others are a valid example of the
library with several of its counterexamples at once. Nothing becomes unknown: what a broken draft names and the facts do
not hold is known to be missing.
"""

import random
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Final

from benches.documents import SIZES, Case, case_of, clean_document, measured
from rules_engine import DraftError, Engine, required_facts
from rules_engine.examples import REMOVED, Counterexample, changed, counterexamples, examples

_SHIPPED: Final = Path(__file__).parent.parent / "policies" / "drafts"
ENGINE: Final = Engine()
_QUANTITY: Final = 2_147_483_647
_AMOUNT: Final = 9_007_199_254_740_991
_INSTANTS: Final = (REMOVED, *(f"2026-11-22T{time}Z" for time in ("09:59:59", "10:00:00", "10:00:01")))
_COUNTS: Final = (REMOVED, 0, 1, 40, 61, 100)
_CURRENCIES: Final = ("EGP", "egp", "usd", "KWD", "JPY", "CHF", "HRK", "QQQ", "uß", "")
_TRUE: Final = (True, False)
_DATA: Final = {"currency": "EGP", "unitAmount": 4_500, "productData": {"name": "Gift wrap"}}
_REDIRECT: Final = {"url": "https://pots.example"}

_VALUES: Final[Mapping[str, Sequence[Any]]] = {
    "/request/afterCompletion": (
        {"type": "redirect"},
        {"type": "redirect", "redirect": _REDIRECT, "hostedConfirmation": {}},
        {"type": "hosted_confirmation", "redirect": _REDIRECT},
        *({"type": "hosted_confirmation", "hostedConfirmation": {"customMessage": "x" * size}} for size in (500, 501)),
    ),
    "/request/mode": (REMOVED, "setup"),
    "/request/uiMode": (REMOVED, "embedded", "custom"),
    "/request/submitType": (REMOVED, "BOOK"),
    "/request/currency": (REMOVED, *_CURRENCIES),
    "/request/lineItems": (REMOVED, [], [{"quantity": 1, "price": "price_0"}] * 101),
    "/request/cancelUrl": (REMOVED,),
    "/request/customerId": (REMOVED, "cus_2", "cus_9"),
    "/request/customerDetails": ({},),
    "/request/customerUpdate": (REMOVED, {}),
    "/request/customerCreation": ("always", "if_required"),
    "/request/discounts": (
        *(REMOVED, [], [{"coupon": "coup_1"}], [{"coupon": "coup_9"}], [{"promotionCode": "promo_9"}]),
        *([{"coupon": "coup_1", "promotionCode": "promo_1"}], [{}, {"coupon": "coup_1"}]),
        [{"promotionCode": "promo_1"}, {"coupon": "coup_9"}],
    ),
    "/request/nameCollection": _TRUE,
    "/request/billingAddressCollection": _TRUE,
    "/request/shippingAddressCollection": _TRUE,
    "/request/phoneNumberCollection": _TRUE,
    "/request/customFields": (
        REMOVED,
        [{"label": "Colour", "type": "TEXT", "dropdownOptions": [{"label": "Blue", "value": "blue"}]}],
        *([{"label": "Engraving", "type": "TEXT", key: 0}] for key in ("minCharacters", "maxCharacters")),
        [{"label": "Engraving", "type": "TEXT", "minCharacters": 1}] * 4,
    ),
    "/request/metadata": (REMOVED, *(dict.fromkeys(map(str, range(size)), "") for size in (50, 51))),
    "/request/brandingSettings": (REMOVED, {}, *({"fontFamily": "x" * size} for size in (512, 513))),
    "/request/paymentMethodTypes": (REMOVED, [], ["card", "tabby"], ["valu"]),
    "/request/paymentMethodConfigurationId": ("pmc_1", "pmc_empty", "pmc_9"),
    "/request/expiresAfterMinutes": (REMOVED, 29, 30, 1_440, 1_440.5),
    "/request/lineItems/*/quantity": (-1, 0, 1, 5, 13, _QUANTITY, _QUANTITY + 1),
    "/request/lineItems/*/price": (REMOVED, "price_0", "price_0", "price_9999"),
    "/request/lineItems/*/priceData": (REMOVED, _DATA, {**_DATA, "unitAmount": _AMOUNT + 1}),
    "/request/lineItems/*/adjustableQuantity": (
        *(REMOVED, {"enabled": False, "minimum": 0}, {"enabled": True, "minimum": -1, "maximum": 3}),
        *({"enabled": True, "minimum": least, "maximum": most} for least, most in ((0, 0), (4, 3), (1, _QUANTITY + 1))),
    ),
    "/request/lineItems/-1/priceData/currency": _CURRENCIES,
    "/request/lineItems/-1/priceData/unitAmount": (-1, 0, _QUANTITY, _QUANTITY + 1),
    "/request/lineItems/-1/priceData/productData": (
        *({"name": "x" * size, "description": "x" * 501} for size in (255, 256)),
        {"name": "x", "description": "x" * 500, "unitLabel": "x" * 51},
    ),
    "/request/lineItems/-1/priceData/recurring": ({"interval": "MONTH"},),
    "/facts/prices/*/currency": _CURRENCIES,
    "/facts/prices/*/unitAmount": (0, 1, _QUANTITY**2),
    "/facts/prices/*/type": ("RECURRING", "CUSTOM", "CUSTOM"),
    "/facts/prices/*/customUnitAmount": (None, {}, {"minimum": 40_000}, {"minimum": 1, "preset": 50_000}),
    "/facts/prices/*/stock": (None, -1, 0, 1, 2, 5),
    "/facts/prices/*/startDate": _INSTANTS,
    "/facts/prices/*/expirationDate": _INSTANTS,
    "/facts/prices/*/active": (False,),
    "/facts/prices/*/productId": (REMOVED, "prod_0", "prod_9"),
    "/facts/promotionCodes/promo_1/active": (False,),
    "/facts/promotionCodes/promo_1/customerId": (REMOVED, "cus_2"),
    "/facts/promotionCodes/promo_1/maxRedemptions": _COUNTS,
    "/facts/promotionCodes/promo_1/timesRedeemed": (0, 100, 101),
    "/facts/promotionCodes/promo_1/expiresAt": _INSTANTS,
    "/facts/promotionCodes/promo_1/restrictions": (
        *({}, {"firstTimeTransaction": True}, {"minimumAmount": 38_000}, {"minimumAmount": 38_001}),
        *({"minimumAmount": 1_000, "minimumAmountCurrency": currency} for currency in ("usd", "KWD")),
        *({"minimumAmount": amount, "minimumAmountCurrency": "CHF"} for amount in (0, 0.5)),
    ),
    "/facts/coupons/coup_1/currency": (REMOVED, *_CURRENCIES),
    "/facts/coupons/coup_1/minValue": (REMOVED, 0, 38_000, 38_001, 10**6, 10**9),
    "/facts/coupons/coup_1/maxRedemptions": _COUNTS,
    "/facts/coupons/coup_1/customerMaxRedemptions": (REMOVED, 0, 1, 2),
    "/facts/coupons/coup_1/timesRedeemed": (0, 500),
    "/facts/coupons/coup_1/redeemBy": _INSTANTS,
    "/facts/coupons/coup_1/valid": (False,),
    "/facts/coupons/coup_1/active": (False,),
    "/facts/coupons/coup_1/appliesToProductIds": (REMOVED, [], ["prod_1"], ["prod_9"]),
    "/facts/coupons/coup_1/deleted": (True,),
    "/facts/customer": (REMOVED, {"id": "cus_2"}),
    "/facts/coupons": ({},),
    "/facts/promotionCodes": ({},),
    "/facts/exchangeRates": ({}, {"USD/EGP": {"rate": 50}}, {"EGP/USD": {"rate": 0.02}}),
    "/facts/payments": ({"customers": {"cus_1": 1}}, {"guest": 0}, {"guest": 1}),
    "/facts/merchant/defaultCurrency": ("USD", "qqq"),
    "/facts/merchant/supportedCurrencies": (
        [],
        [{"code": "usd", "paymentMethodTypes": ["card"]}],
        [{"code": code} for code in _CURRENCIES if code],
    ),
    "/facts/merchant/settlementCurrency": ("egp", "USD"),
}
"""A place, with `*` for any item and `-1` for the last line, and what a broken draft may have there."""


_CUSTOMERS: Final = ("cus_1", "cus_2", "cus_9")
_MISSING: Final = {
    "customers": _CUSTOMERS,
    "prices": ("price_9999", *(f"price_{index}" for index in range(5))),
    "coupons": ("coup_1", "coup_9"),
    "promotionCodes": ("promo_1", "promo_9"),
    "configurations": ("pmc_9",),
    "exchangeRates": tuple(
        f"{code.upper() if code.isascii() else code}/{settlement}"
        for code in _CURRENCIES
        for settlement in ("EGP", "USD")
    ),
}
"""What does not exist, where the facts do not hold it."""


def cases(number: int) -> list[Case]:
    """Return the measured drafts, the shipped ones, and a number of broken ones; of none of them a fact is unknown."""
    shipped = ((path.stem, path.read_bytes()) for path in sorted(_SHIPPED.glob("*.json")))
    compared = [measured(size, clean=clean) for size in SIZES for clean in (True, False)]
    for name, document in shipped:
        with suppress(DraftError, ValueError):
            compared.append(case_of(name, document))
    compared = [case for case in compared if not ENGINE.validate(case.draft).undecided]
    return [*compared, *(broken(seed) for seed in range(number))]


@cache
def broken(seed: int) -> Case:
    """Return a draft with one to six random changes; the same seed gives the same draft."""
    choice = random.Random(seed)  # noqa: S311  # a sample of drafts, not a secret
    while True:
        make = choice.choice((_with_values, _with_values, _with_counterexamples))
        with suppress(DraftError, ValueError):  # what no document may hold, or no request
            case = case_of(f"broken {seed}", _known(make(choice)))
            if not required_facts(case.draft):
                return case


def _with_values(choice: random.Random) -> dict[str, Any]:
    document = changed(
        clean_document(choice.choice((1, 2, 3, 5))),
        {
            "/facts/configurations/pmc_empty": {"id": "pmc_empty", "enabledMethods": []},
            "/facts/payments/customers": dict.fromkeys(_CUSTOMERS, 0),
            "/facts/redemptions/customers": {customer: {"coup_1": 1} for customer in _CUSTOMERS},
        },
    )
    if choice.random() < 0.3:
        page = dict.fromkeys(f"/request/{name}" for name in ("submitType", "cancelUrl", "nameCollection"))
        document = changed(document, page | {"/request/uiMode": "custom"})
    for _ in range(choice.choice((1, 1, 2, 3, 4, 6))):
        place = choice.choice(list(_VALUES))
        with suppress(IndexError, KeyError, TypeError):  # an earlier change took away what the place is in
            document = changed(document, {_one_of(place, document, choice): choice.choice(_VALUES[place])})
    return document


def _one_of(place: str, document: Any, choice: random.Random) -> str:
    """Choose the item that a star stands for."""
    parent, star, rest = place.partition("/*/")
    if not star:
        return place
    for segment in parent.split("/")[1:]:
        document = document[segment]
    return f"{parent}/{choice.choice(list(document) if isinstance(document, dict) else range(len(document)))}/{rest}"


def _with_counterexamples(choice: random.Random) -> dict[str, Any]:
    example = choice.choice(list(_counterexamples()))
    document = examples()[example]
    for counterexample in choice.choices(_counterexamples()[example], k=choice.choice((1, 2, 3, 4))):
        with suppress(AttributeError, IndexError, KeyError, TypeError):  # the same
            document = changed(document, counterexample.changes)
    return document


@cache
def _counterexamples() -> Mapping[str, Sequence[Counterexample]]:
    """Return the counterexamples of `session.create`, by the valid example that they break."""
    found: dict[str, list[Counterexample]] = {}
    for counterexample in counterexamples():
        if examples()[counterexample.example]["operation"] == "session.create":
            found.setdefault(counterexample.example, []).append(counterexample)
    return found


def _known(document: dict[str, Any]) -> dict[str, Any]:
    """Let the facts hold or miss all that the draft may name, and nothing both."""
    facts = document["facts"]
    missing = {
        kind: [key for key in (*keys, *facts.get("missing", {}).get(kind, ())) if not _is_known(kind, key, facts)]
        for kind, keys in _MISSING.items()
    }
    return {**document, "facts": {**facts, "missing": facts.get("missing", {}) | missing}}


def _is_known(kind: str, key: str, facts: Mapping[str, Any]) -> bool:
    return bool(key == (facts.get("customer") or {}).get("id") if kind == "customers" else key in facts.get(kind, {}))
