"""Drafts with random faults, many of them several at once: what two opinions on `session.create` are compared on.

Every value stands on a boundary of a check, or on one side of it. Nothing becomes unknown: what a broken draft names
and the facts do not hold is known to be missing.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from attrs import evolve

from benches.examples import NOW, clean_draft
from rules_engine.models import (
    AdjustableQuantity,
    AfterCompletion,
    BrandingSettings,
    Configuration,
    Customer,
    CustomerDetails,
    CustomerUpdate,
    CustomField,
    CustomUnitAmount,
    Discount,
    Draft,
    DropdownOption,
    ExchangeRate,
    Facts,
    HostedConfirmation,
    LineItem,
    Missing,
    Payments,
    PriceData,
    ProductData,
    Recurring,
    Redemptions,
    Redirect,
    Restrictions,
    SessionCreate,
    SupportedCurrency,
)

_Values = Mapping[str, Sequence[Any]]
"""The name of a field, and what a broken model may have there."""

_SECOND: Final = timedelta(seconds=1)
_LARGEST_QUANTITY: Final = 2_147_483_647
_INSTANTS: Final = (None, NOW - _SECOND, NOW, NOW + _SECOND)
_COUNTS: Final = (None, 0, 1, 40, 61, 100)
_CURRENCIES: Final = ("EGP", "egp", "usd", "KWD", "JPY", "CHF", "HRK", "QQQ", "uß", "")
_CUSTOMERS: Final = ("cus_1", "cus_2", "cus_9")
_DATA: Final = PriceData("EGP", 4_500, ProductData("Gift wrap"))

_REQUEST: Final[_Values] = {
    "after_completion": (
        AfterCompletion("redirect"),
        AfterCompletion("redirect", Redirect("https://pots.example"), HostedConfirmation()),
        AfterCompletion("hosted_confirmation", Redirect("https://pots.example")),
        AfterCompletion("hosted_confirmation", hosted_confirmation=HostedConfirmation("x" * 500)),
        AfterCompletion("hosted_confirmation", hosted_confirmation=HostedConfirmation("x" * 501)),
    ),
    "mode": (None, "setup"),
    "ui_mode": (None, "embedded", "custom"),
    "submit_type": (None, "BOOK"),
    "currency": (None, *_CURRENCIES),
    "line_items": (None, (), (LineItem(1, price="price_0"),) * 101),
    "cancel_url": (None,),
    "customer_id": (None, "cus_2", "cus_9"),
    "customer_details": (CustomerDetails(),),
    "customer_update": (None, CustomerUpdate()),
    "customer_creation": ("always", "if_required"),
    "discounts": (
        None,
        (),
        (Discount(coupon="coup_1"),),
        (Discount(coupon="coup_9"),),
        (Discount(promotion_code="promo_9"),),
        (Discount("coup_1", "promo_1"),),
        (Discount(), Discount(coupon="coup_1")),
        (Discount(promotion_code="promo_1"), Discount(coupon="coup_9")),
    ),
    "name_collection": (False, True),
    "billing_address_collection": (True,),
    "shipping_address_collection": (True,),
    "phone_number_collection": (True,),
    "custom_fields": (
        None,
        (CustomField("Colour", "TEXT", dropdown_options=(DropdownOption("Blue"),)),),
        (CustomField("Engraving", "TEXT", min_characters=0),),
        (CustomField("Engraving", "TEXT", max_characters=0),),
        (CustomField("Engraving", "TEXT", min_characters=1),) * 4,
    ),
    "metadata": (None, dict.fromkeys(map(str, range(50)), ""), dict.fromkeys(map(str, range(51)), "")),
    "branding_settings": (
        None,
        BrandingSettings(),
        BrandingSettings(font_family="x" * 512),
        BrandingSettings(font_family="x" * 513),
    ),
    "payment_method_types": (None, (), ("card", "tabby"), ("valu",)),
    "payment_method_configuration_id": ("pmc_1", "pmc_empty", "pmc_9"),
    "expires_after_minutes": (None, 29, 30, 1_440, Decimal("1440.5")),
}
_LINE: Final[_Values] = {
    "quantity": (-1, 0, 1, 5, 13, _LARGEST_QUANTITY, _LARGEST_QUANTITY + 1),
    "price": (None, "price_0", "price_0", "price_9999"),
    "price_data": (None, _DATA, evolve(_DATA, unit_amount=9_007_199_254_740_992)),
    "adjustable_quantity": (
        None,
        AdjustableQuantity(enabled=False, minimum=0),
        AdjustableQuantity(enabled=True, minimum=-1, maximum=3),
        AdjustableQuantity(enabled=True, minimum=0, maximum=0),
        AdjustableQuantity(enabled=True, minimum=4, maximum=3),
        AdjustableQuantity(enabled=True, maximum=_LARGEST_QUANTITY + 1),
    ),
}
_PRICE_DATA: Final[_Values] = {
    "currency": _CURRENCIES,
    "unit_amount": (-1, 0, _LARGEST_QUANTITY, _LARGEST_QUANTITY + 1),
    "product_data": (
        ProductData("x" * 256),
        ProductData("x" * 255, description="x" * 501),
        ProductData("x", description="x" * 500, unit_label="x" * 51),
    ),
    "recurring": (Recurring("MONTH"),),
}
_PRICE: Final[_Values] = {
    "currency": _CURRENCIES,
    "unit_amount": (None, 0, 1, _LARGEST_QUANTITY**2),
    "type": ("RECURRING", "CUSTOM", "CUSTOM"),
    "custom_unit_amount": (
        None,
        CustomUnitAmount(),
        CustomUnitAmount(minimum=40_000),
        CustomUnitAmount(minimum=1, preset=50_000),
    ),
    "stock": (None, -1, 0, 1, 2, 5),
    "start_date": _INSTANTS,
    "expiration_date": _INSTANTS,
    "active": (False,),
    "product_id": (None, "prod_0", "prod_9"),
}
_CODE: Final[_Values] = {
    "active": (False,),
    "customer_id": (None, "cus_2"),
    "max_redemptions": _COUNTS,
    "times_redeemed": (0, 100, 101),
    "expires_at": _INSTANTS,
    "restrictions": (
        Restrictions(),
        Restrictions(first_time_transaction=True),
        Restrictions(minimum_amount=Decimal(38_000)),
        Restrictions(minimum_amount=Decimal(38_001)),
        Restrictions(minimum_amount=Decimal(1_000), minimum_amount_currency="usd"),
        Restrictions(minimum_amount=Decimal(1_000), minimum_amount_currency="KWD"),
        Restrictions(minimum_amount=Decimal(0), minimum_amount_currency="CHF"),
        Restrictions(minimum_amount=Decimal("0.5"), minimum_amount_currency="CHF"),
    ),
}
_COUPON: Final[_Values] = {
    "currency": (None, *_CURRENCIES),
    "min_value": (None, 0, 38_000, 38_001, 10**6, 10**9),
    "max_redemptions": _COUNTS,
    "customer_max_redemptions": (None, 0, 1, 2),
    "times_redeemed": (0, 500),
    "redeem_by": _INSTANTS,
    "valid": (False,),
    "active": (False,),
    "applies_to_product_ids": (None, (), ("prod_1",), ("prod_9",)),
    "deleted": (True,),
}
_FACTS: Final[_Values] = {
    "customer": (None, Customer("cus_2")),
    "coupons": ({},),
    "promotion_codes": ({},),
    "exchange_rates": ({}, {"USD/EGP": ExchangeRate(Decimal(50))}, {"EGP/USD": ExchangeRate(Decimal("0.02"))}),
    "payments": (
        Payments({"cus_1": 1}),
        Payments(guest=0),
        Payments(guest=1),
    ),
}
_MERCHANT: Final[_Values] = {
    "default_currency": ("USD", "qqq"),
    "supported_currencies": (
        (),
        (SupportedCurrency("usd", ("card",)),),
        tuple(SupportedCurrency(code) for code in _CURRENCIES),
    ),
    "settlement_currency": ("egp", "USD"),
}


def broken_draft(seed: int) -> Draft[SessionCreate]:
    """Build a draft with one to six random changes; the same seed gives the same draft."""
    choice = random.Random(seed)  # noqa: S311  # a sample of drafts, not a secret
    draft = clean_draft(choice.choice((1, 2, 3, 5)))
    if choice.random() < 0.3:
        draft = _on_custom_page(draft)
    for _ in range(choice.choice((1, 1, 1, 2, 3, 6))):
        draft = choice.choice(_COUNTEREXAMPLES)(draft, choice)
    return _known(draft)


def _on_custom_page(draft: Draft[SessionCreate]) -> Draft[SessionCreate]:
    request = evolve(draft.request, ui_mode="custom", submit_type=None, cancel_url=None, name_collection=None)
    return evolve(draft, request=request)


def _one_of(model: Any, values: _Values, choice: random.Random) -> Any:
    name = choice.choice(list(values))
    return evolve(model, **{name: choice.choice(values[name])})


def _with_facts(draft: Draft[SessionCreate], **changes: Any) -> Draft[SessionCreate]:
    return evolve(draft, facts=evolve(draft.facts, **changes))


def _spoil_request(draft: Draft[SessionCreate], choice: random.Random) -> Draft[SessionCreate]:
    return evolve(draft, request=_one_of(draft.request, _REQUEST, choice))


def _spoil_line(draft: Draft[SessionCreate], choice: random.Random) -> Draft[SessionCreate]:
    lines = list(draft.request.line_items or [LineItem(1)])
    index = choice.randrange(len(lines))
    line = lines[index]
    if line.price_data is not None and choice.random() < 0.7:
        lines[index] = evolve(line, price_data=_one_of(line.price_data, _PRICE_DATA, choice))
    else:
        lines[index] = _one_of(line, _LINE, choice)
    return evolve(draft, request=evolve(draft.request, line_items=tuple(lines)))


def _spoil_price(draft: Draft[SessionCreate], choice: random.Random) -> Draft[SessionCreate]:
    prices = dict(draft.facts.prices)
    price_id = choice.choice(list(prices))
    prices[price_id] = _one_of(prices[price_id], _PRICE, choice)
    return _with_facts(draft, prices=prices)


def _spoil_code(draft: Draft[SessionCreate], choice: random.Random) -> Draft[SessionCreate]:
    codes = {key: _one_of(code, _CODE, choice) for key, code in draft.facts.promotion_codes.items()}
    return _with_facts(draft, promotion_codes=codes)


def _spoil_coupon(draft: Draft[SessionCreate], choice: random.Random) -> Draft[SessionCreate]:
    coupons = {key: _one_of(coupon, _COUPON, choice) for key, coupon in draft.facts.coupons.items()}
    return _with_facts(draft, coupons=coupons)


def _spoil_merchant(draft: Draft[SessionCreate], choice: random.Random) -> Draft[SessionCreate]:
    return _with_facts(draft, merchant=_one_of(draft.facts.merchant, _MERCHANT, choice))


def _spoil_facts(draft: Draft[SessionCreate], choice: random.Random) -> Draft[SessionCreate]:
    return evolve(draft, facts=_one_of(draft.facts, _FACTS, choice))


_COUNTEREXAMPLES: Final[Sequence[Callable[[Draft[SessionCreate], random.Random], Draft[SessionCreate]]]] = (
    _spoil_request,
    _spoil_request,
    _spoil_line,
    _spoil_line,
    _spoil_price,
    _spoil_price,
    _spoil_code,
    _spoil_coupon,
    _spoil_merchant,
    _spoil_facts,
)


def _known(draft: Draft[SessionCreate]) -> Draft[SessionCreate]:
    """Let the facts say of everything that the draft may name, and that they do not hold, that it does not exist."""
    payments = draft.facts.payments
    return _with_facts(
        draft,
        configurations={**draft.facts.configurations, "pmc_empty": Configuration("pmc_empty", ())},
        payments=evolve(payments, customers={**dict.fromkeys(_CUSTOMERS, 0), **payments.customers}),
        redemptions=Redemptions({customer_id: {"coup_1": 1} for customer_id in _CUSTOMERS}),
        missing=Missing(
            customers=_CUSTOMERS,
            prices=("price_9999", *(f"price_{index}" for index in range(5))),
            coupons=("coup_1", "coup_9"),
            promotion_codes=("promo_1", "promo_9"),
            configurations=("pmc_9",),
            exchange_rates=_missing_pairs(draft.facts),
        ),
    )


def _missing_pairs(facts: Facts) -> tuple[str, ...]:
    codes = {code.upper() if code.isascii() else code for code in _CURRENCIES}
    pairs = (f"{code}/{settlement}" for code in sorted(codes) for settlement in ("EGP", "USD"))
    return tuple(pair for pair in pairs if pair not in facts.exchange_rates)
