"""Validators of one object: pure functions from a model to the documented codes, by the rows that judge drafts.

A session draft is judged by rules on many views: its lines, their prices, its discounts, its currency. A validator asks
those of one view, in the same order, about an object alone: the pipeline of an operation is the composition of them.

    validate_price(price, now=now, quantity=2)      # (Code(price_expired), Code(price_sold_out))
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final, Literal

from rules_engine.api import Engine
from rules_engine.codes import Code
from rules_engine.exceptions import UndecidedError
from rules_engine.models import (
    AfterCompletion,
    Configuration,
    ConfigurationCreate,
    Coupon,
    CurrencyCheck,
    Customer,
    Discount,
    Draft,
    ExchangeRate,
    Facts,
    LineItem,
    Merchant,
    Missing,
    Payments,
    Price,
    PriceData,
    ProductData,
    PromotionCode,
    Redemptions,
    SessionCreate,
)
from rules_engine.models.session import UiMode
from rules_engine.policy.builtin import default_policy
from rules_engine.policy.model import Policy
from rules_engine.rules import RULES
from rules_engine.violation import FactKey

_SCOPES: Final[Mapping[str, str]] = {rule.name: rule.scope.name for rule in RULES}
_HOSTED: Final = AfterCompletion("hosted_confirmation")
_LINE: Final = "subtotal"
"""The id of the price of the one line that stands for what a session comes to."""
_NO_RATES: Final[Mapping[str, ExchangeRate]] = {}


def validate_price(
    price: Price,
    *,
    now: datetime,
    quantity: int = 1,
    ui_mode: UiMode = "hosted",
    policy: Policy | None = None,
) -> tuple[Code, ...]:
    """Report why a price cannot be paid in a checkout session now.

    Args:
        price: The price, of which the account has no other truth.
        now: The instant it is judged at, with an offset.
        quantity: How many units a line asks for.
        ui_mode: How the session is shown.
        policy: The policy; the built-in policy where none is given.

    Returns:
        The codes, each once, in documented order; none where the price can be paid.
    """
    request = SessionCreate(_HOSTED, ui_mode=ui_mode, line_items=(LineItem(quantity, price=price.id),))
    return _codes("session.create", request, Facts(now, prices={price.id: price}), ("price",), policy)


def validate_promotion_code(
    promotion_code: PromotionCode,
    *,
    now: datetime,
    customer_id: str | None = None,
    payments: int | None = None,
    subtotal: int | None = None,
    currency: str | None = None,
    merchant: Merchant | None = None,
    rates: Mapping[str, ExchangeRate] = _NO_RATES,
    policy: Policy | None = None,
) -> tuple[Code, ...]:
    """Report why a promotion code cannot be redeemed now; its coupon is validated by `validate_coupon`.

    Args:
        promotion_code: The promotion code.
        now: The instant it is judged at, with an offset.
        customer_id: Who redeems it; None for a guest.
        payments: How many payments this buyer has made; None where that is unknown.
        subtotal: What the session comes to before discounts, in minor units of `currency`; None where that is unknown.
        currency: The session's currency code, in either case.
        merchant: The account, for a minimum in another currency.
        rates: Exchange rates by pair, such as `KWD/EGP`; one that is not among them is unknown.
        policy: The policy; the built-in policy where none is given.

    Returns:
        The codes, each once, in documented order; none where the code can be redeemed.

    Raises:
        UndecidedError: No rule is violated, and one of the facts above is missing; it names them.
    """
    coupon = Coupon(promotion_code.coupon.id)
    facts = Facts(
        now,
        merchant=merchant,
        customer=None if customer_id is None else Customer(customer_id),
        promotion_codes={promotion_code.id: promotion_code},
        coupons={coupon.id: coupon},
        exchange_rates=rates,
        payments=_payments(customer_id, payments),
    )
    request = SessionCreate(
        _HOSTED,
        currency=currency,
        customer_id=customer_id,
        line_items=(_line(subtotal, currency),),
        discounts=(Discount(promotion_code=promotion_code.id),),
    )
    return _codes("session.create", request, facts, ("promotion_code",), policy)


def validate_coupon(
    coupon: Coupon,
    *,
    now: datetime,
    subtotal: int | None = None,
    currency: str | None = None,
    products: Iterable[str | None] | None = None,
    customer_id: str | None = None,
    redemptions: int | None = None,
    merchant: Merchant | None = None,
    rates: Mapping[str, ExchangeRate] = _NO_RATES,
    policy: Policy | None = None,
) -> tuple[Code, ...]:
    """Report why a coupon cannot be redeemed now.

    Args:
        coupon: The coupon.
        now: The instant it is judged at, with an offset.
        subtotal: What the session comes to before discounts, in minor units of `currency`; None where that is unknown.
        currency: The session's currency code, in either case; None where it is unknown.
        products: The ids of the products of the session's lines; None where they are unknown.
        customer_id: Who redeems it; None for a guest.
        redemptions: How often this buyer has redeemed it; None where that is unknown.
        merchant: The account, for a minimum in another currency.
        rates: Exchange rates by pair, such as `KWD/EGP`; one that is not among them is unknown.
        policy: The policy; the built-in policy where none is given.

    Returns:
        The codes, each once, in documented order; none where the coupon can be redeemed.

    Raises:
        UndecidedError: No rule is violated, and one of the facts above is missing; it names them.
    """
    named = None if products is None else tuple(products)
    prices = {} if currency is None else _prices(subtotal, currency, named, needed=bool(coupon.applies_to_product_ids))
    counted = {} if redemptions is None else {coupon.id: redemptions}
    facts = Facts(
        now,
        merchant=merchant,
        customer=None if customer_id is None else Customer(customer_id),
        prices=prices,
        coupons={coupon.id: coupon},
        exchange_rates=rates,
        redemptions=Redemptions(guest=counted) if customer_id is None else Redemptions({customer_id: counted}),
    )
    request = SessionCreate(
        _HOSTED,
        currency=currency,
        customer_id=customer_id,
        line_items=tuple(LineItem(1, price=price) for price in prices or (_LINE,)),
        discounts=(Discount(coupon=coupon.id),),
    )
    return _codes("session.create", request, facts, ("coupon",), policy)


def validate_currency(
    currency: str,
    merchant: Merchant | None,
    *,
    now: datetime,
    purpose: Literal["checkout", "catalog", "refund"] = "checkout",
    rates: Mapping[str, ExchangeRate] = _NO_RATES,
    missing_rates: Iterable[str] = (),
    policy: Policy | None = None,
) -> tuple[Code, ...]:
    """Report why an account cannot use a currency for a purpose now.

    Args:
        currency: The currency code, in either case.
        merchant: The account; None where it is unknown.
        now: The instant it is judged at, with an offset: a withdrawn currency is none from its withdrawal on.
        purpose: `checkout`, where a buyer is charged in it; `catalog`, where a price is kept in it; `refund`.
        rates: Exchange rates by pair, such as `KWD/EGP`; one that is in neither is unknown.
        missing_rates: The pairs that have no rate.
        policy: The policy; the built-in policy where none is given.

    Returns:
        The codes, each once, in documented order; none where the currency can be used.

    Raises:
        UndecidedError: No rule is violated, and the account or a rate is missing; it names them.
    """
    facts = Facts(now, merchant=merchant, exchange_rates=rates, missing=Missing(exchange_rates=tuple(missing_rates)))
    return _codes("currency.check", CurrencyCheck(currency, purpose), facts, ("currency",), policy)


def validate_payment_method_configuration(
    configuration: Configuration, merchant: Merchant | None, *, policy: Policy | None = None
) -> tuple[Code, ...]:
    """Report why sessions cannot offer what a payment method configuration holds.

    Args:
        configuration: The configuration.
        merchant: The account, whose currencies say which methods work; None where it is unknown.
        policy: The policy; the built-in policy where none is given.

    Returns:
        The codes, each once, in documented order; none where the configuration can be used.

    Raises:
        UndecidedError: No rule is violated, and the account, or its currencies, are missing.
    """
    request = ConfigurationCreate(
        configuration.id if configuration.name is None else configuration.name,
        configuration.enabled_methods,
        is_default=configuration.is_default,
    )
    # No rule on a configuration reads the clock.
    facts = Facts(datetime(1970, 1, 1, tzinfo=UTC), merchant=merchant)
    scopes = ("saved_configuration", "enabled_methods", "method_types")
    return _codes("configuration.create", request, facts, scopes, policy)


def _codes(
    operation: str, request: Any, facts: Facts, scopes: tuple[str, ...], policy: Policy | None
) -> tuple[Code, ...]:
    """Judge a draft that holds one object by the rules on its views, and no others.

    Raises:
        UndecidedError: No rule is violated, and a fact is missing.
    """
    verdict = _engine(policy, operation, scopes).validate(Draft(operation=operation, request=request, facts=facts))
    if verdict.undecided and not verdict.violations:
        raise UndecidedError(operation, tuple(dict.fromkeys(map(_argument, verdict.required_facts))))
    return tuple(dict.fromkeys(violation.code for violation in verdict.violations))


@lru_cache(maxsize=64)
def _engine(policy: Policy | None, operation: str, scopes: tuple[str, ...]) -> Engine:
    whole = default_policy() if policy is None else policy
    asked = tuple(name for name in whole.pipelines[operation] if _SCOPES.get(name) in scopes)
    return Engine(whole.with_pipeline(operation, asked))


def _argument(fact: FactKey) -> str:
    """Return what a validator calls a fact of the draft that it made."""
    names = {
        "prices": "subtotal, currency and products",
        "payments.customers": "payments",
        "payments.guest": "payments",
    }
    return names.get(fact.kind, "redemptions" if fact.kind.startswith("redemptions") else str(fact))


def _payments(customer_id: str | None, payments: int | None) -> Payments:
    if customer_id is None or payments is None:
        return Payments(guest=payments)
    return Payments(customers={customer_id: payments})


def _line(subtotal: int | None, currency: str | None) -> LineItem:
    if subtotal is None or currency is None:
        return LineItem(1, price=_LINE)
    return LineItem(1, price_data=PriceData(currency, subtotal, ProductData(_LINE)))


def _prices(
    subtotal: int | None, currency: str, products: tuple[str | None, ...] | None, *, needed: bool
) -> dict[str, Price]:
    """Return a price for each product, the first with the whole subtotal; none where it would have to be guessed."""
    if subtotal is None or (products is None and needed):
        return {}
    # A line without a product of the catalogue has none that a coupon could be for.
    return {
        f"{_LINE}_{index}": Price(f"{_LINE}_{index}", currency, 0 if index else subtotal, product_id=product or "")
        for index, product in enumerate(products or (None,))
    }
