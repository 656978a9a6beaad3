"""Validators of one object report the codes that drafts with that object get, by the same rows."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from rules_engine import (
    CATALOGUE,
    RULES,
    Mode,
    UndecidedError,
    default_policy,
    read_draft,
    validate_coupon,
    validate_currency,
    validate_payment_method_configuration,
    validate_price,
    validate_promotion_code,
    validate_session,
)
from rules_engine.examples import counterexamples
from rules_engine.models import (
    Configuration,
    Coupon,
    CouponReference,
    ExchangeRate,
    Merchant,
    Price,
    PromotionCode,
    Restrictions,
    SupportedCurrency,
)

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
LATER = NOW + timedelta(microseconds=1)
PRICE = Price("price_1", "EGP", 100)
CODE = PromotionCode("promo_1", "AUTUMN", CouponReference("coup_1"))
COUPON = Coupon("coup_1")
MERCHANT = Merchant("acct_1", supported_currencies=(SupportedCurrency("EGP", ("card",)), SupportedCurrency("USD")))
CONFIGURATION = Configuration("pmc_1", ("card",))
FIRST_TIME = Restrictions(first_time_transaction=True)
SALE: dict[str, Any] = {"subtotal": 1000, "currency": "EGP"}


@pytest.mark.parametrize(
    ("changes", "quantity", "codes"),
    [
        ({}, 1, ()),
        ({"active": False}, 1, ("price_inactive",)),
        ({"start_date": NOW}, 1, ()),
        ({"start_date": LATER}, 1, ("price_not_yet_active",)),
        ({"expiration_date": LATER}, 1, ()),
        ({"expiration_date": NOW}, 1, ("price_expired",)),
        ({"type": "RECURRING"}, 1, ("price_recurring_not_supported",)),
        ({"currency": "XXY"}, 1, ("currency_invalid",)),
        ({"stock": 2}, 2, ()),
        ({"stock": 2}, 3, ("price_sold_out",)),
        (
            {"stock": 0, "active": False, "expiration_date": NOW},
            1,
            ("price_inactive", "price_expired", "price_sold_out"),
        ),
    ],
)
def test_price(changes: dict[str, Any], quantity: int, codes: tuple[str, ...]) -> None:
    """Every fault of a price is reported, in documented order."""
    assert _names(validate_price(evolve(PRICE, **changes), now=NOW, quantity=quantity)) == codes


def test_price_set_by_the_buyer() -> None:
    """A price whose amount the buyer sets cannot be paid on a page of one's own."""
    price = evolve(PRICE, type="CUSTOM", unit_amount=None)
    assert validate_price(price, now=NOW) == ()
    assert _names(validate_price(price, now=NOW, ui_mode="custom")) == ("parameter_invalid",)


@pytest.mark.parametrize(
    ("changes", "arguments", "codes"),
    [
        ({}, {}, ()),
        ({"active": False}, {}, ("promotion_code_inactive",)),
        ({"expires_at": NOW}, {}, ("promotion_code_expired",)),
        ({"max_redemptions": 2, "times_redeemed": 2}, {}, ("promotion_code_max_redemptions",)),
        ({"customer_id": "cus_1"}, {"customer_id": "cus_1"}, ()),
        ({"customer_id": "cus_1"}, {"customer_id": "cus_2"}, ("promotion_code_customer_mismatch",)),
        ({"restrictions": FIRST_TIME}, {"customer_id": "cus_1", "payments": 0}, ()),
        (
            {"restrictions": FIRST_TIME},
            {"customer_id": "cus_1", "payments": 1},
            ("promotion_code_first_time_only",),
        ),
        ({"restrictions": Restrictions(None, Decimal(1000))}, SALE, ()),
        ({"restrictions": Restrictions(None, Decimal(1001))}, SALE, ("promotion_code_minimum_amount",)),
    ],
)
def test_promotion_code(changes: dict[str, Any], arguments: dict[str, Any], codes: tuple[str, ...]) -> None:
    """Every fault of a promotion code is reported."""
    assert _names(validate_promotion_code(evolve(CODE, **changes), now=NOW, **arguments)) == codes


@pytest.mark.parametrize(
    ("changes", "arguments", "codes"),
    [
        ({}, SALE, ()),
        ({"active": False}, {}, ("coupon_invalid",)),
        ({"redeem_by": NOW}, {}, ("coupon_invalid",)),
        ({"currency": "egp"}, SALE, ()),
        ({"currency": "USD"}, SALE, ("coupon_currency_mismatch",)),
        ({"currency": "EGP", "min_value": 1000}, SALE, ()),
        ({"currency": "EGP", "min_value": 1001}, SALE, ("coupon_minimum_amount",)),
        ({"applies_to_product_ids": ("prod_1",)}, {**SALE, "products": ["prod_2", "prod_1"]}, ()),
        ({"applies_to_product_ids": ("prod_1",)}, {**SALE, "products": ["prod_2"]}, ("coupon_invalid",)),
        ({"customer_max_redemptions": 2}, {**SALE, "customer_id": "cus_1", "redemptions": 1}, ()),
        (
            {"customer_max_redemptions": 2},
            {**SALE, "customer_id": "cus_1", "redemptions": 2},
            ("coupon_customer_max_redemptions",),
        ),
    ],
)
def test_coupon(changes: dict[str, Any], arguments: dict[str, Any], codes: tuple[str, ...]) -> None:
    """Every fault of a coupon is reported."""
    assert _names(validate_coupon(evolve(COUPON, **changes), now=NOW, **arguments)) == codes


def test_minimum_in_another_currency() -> None:
    """A minimum in another currency is converted by the rates that are given."""
    code = evolve(CODE, restrictions=Restrictions(None, Decimal(21), "USD"))
    rates = {"USD/EGP": ExchangeRate(Decimal(50))}
    found = validate_promotion_code(code, now=NOW, subtotal=1049, currency="EGP", merchant=MERCHANT, rates=rates)
    assert _names(found) == ("promotion_code_minimum_amount",)
    assert validate_promotion_code(code, now=NOW, subtotal=1050, currency="EGP", merchant=MERCHANT, rates=rates) == ()


@pytest.mark.parametrize(
    ("currency", "arguments", "codes"),
    [
        ("egp", {}, ()),
        ("XXY", {}, ("currency_invalid",)),
        ("KWD", {}, ("unsupported_currency",)),
        ("USD", {"missing_rates": ["USD/EGP"]}, ("exchange_rate_not_found",)),
        ("USD", {"rates": {"USD/EGP": ExchangeRate(Decimal(50))}}, ()),
        ("USD", {"purpose": "catalog"}, ()),
        ("USD", {"purpose": "refund"}, ("unsupported_currency",)),
    ],
)
def test_currency(currency: str, arguments: dict[str, Any], codes: tuple[str, ...]) -> None:
    """Every fault of a currency is reported, for each purpose."""
    assert _names(validate_currency(currency, MERCHANT, now=NOW, **arguments)) == codes


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, ()),
        ({"enabled_methods": ()}, ("must_have_enabled_method",)),
        ({"enabled_methods": ("fawry",)}, ("parameter_invalid",)),
        ({"name": " "}, ("parameter_invalid",)),
    ],
)
def test_configuration(changes: dict[str, Any], codes: tuple[str, ...]) -> None:
    """Every fault of a payment method configuration is reported."""
    assert _names(validate_payment_method_configuration(evolve(CONFIGURATION, **changes), MERCHANT)) == codes


@pytest.mark.parametrize(
    ("validated", "named"),
    [
        (lambda: validate_coupon(evolve(COUPON, min_value=1, currency="EGP"), now=NOW, currency="EGP"), "subtotal"),
        (lambda: validate_coupon(evolve(COUPON, applies_to_product_ids=("a",)), now=NOW, **SALE), "products"),
        (
            lambda: validate_coupon(
                evolve(COUPON, customer_max_redemptions=1), now=NOW, customer_id="cus_1", subtotal=1, currency="EGP"
            ),
            "redemptions",
        ),
        (
            lambda: validate_promotion_code(
                evolve(CODE, restrictions=FIRST_TIME), now=NOW, customer_id="cus_1", **SALE
            ),
            "payments",
        ),
        (lambda: validate_currency("EGP", None, now=NOW), "merchant"),
        (lambda: validate_currency("USD", MERCHANT, now=NOW), "exchangeRates[USD/EGP]"),
        (lambda: validate_payment_method_configuration(CONFIGURATION, None), "merchant"),
    ],
)
def test_missing_fact(validated: Any, named: str) -> None:
    """Where nothing is violated and a fact is missing, it is named, and nothing is returned."""
    with pytest.raises(UndecidedError) as raised:
        validated()
    assert named in ", ".join(raised.value.facts)


def test_violated_and_missing() -> None:
    """What is violated is reported, whatever else is missing."""
    assert _names(validate_coupon(evolve(COUPON, min_value=1, redeem_by=NOW), now=NOW)) == ("coupon_invalid",)


def test_policy() -> None:
    """A policy that warns of a rule, or bounds it otherwise, is followed."""
    policy = default_policy().with_modes(Mode.WARN, "price_inactive")
    assert validate_price(evolve(PRICE, active=False), now=NOW, policy=policy) == ()
    narrow = default_policy().with_limits(supported_currencies=frozenset({"USD"}))
    assert _names(validate_currency("EGP", MERCHANT, now=NOW, policy=narrow)) == ("unsupported_currency",)


@pytest.mark.parametrize(
    "counterexample",
    [found for found in counterexamples() if found.example == "create" and found.rule.startswith("price_")],
    ids=lambda found: found.rule,
)
def test_session_and_price_agree(counterexample: Any) -> None:
    """What a session draft is refused for on account of a price, the validator of the price reports."""
    document = counterexample.document()
    draft = read_draft(document)
    on_prices = {rule.name for rule in RULES if rule.scope.name == "price"}
    (violation,) = validate_session(document).violations
    if violation.rule not in on_prices or violation.rule == "price_missing":
        return
    line = draft.request.line_items[int(str(violation.param).partition("[")[2].partition("]")[0])]
    found = validate_price(draft.facts.prices[line.price], now=draft.facts.now, quantity=line.quantity)
    assert found == (violation.code,)


def _names(codes: tuple[Any, ...]) -> tuple[str, ...]:
    assert all(CATALOGUE[code.name] is code for code in codes)
    return tuple(code.name for code in codes)
