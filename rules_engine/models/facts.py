"""Everything known about the world at one instant. What is not here, nobody looked up."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from attrs import field, frozen

from rules_engine.models.configuration import Configuration
from rules_engine.models.coupon import Coupon
from rules_engine.models.customer import Customer
from rules_engine.models.merchant import ExchangeRate, Merchant
from rules_engine.models.payment_method import PaymentIntent, PaymentMethod
from rules_engine.models.price import Price
from rules_engine.models.promotion_code import PromotionCode
from rules_engine.models.session import Session

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@frozen
class Payments:
    """Payments that succeeded, counted.

    Attributes:
        customers: Customer id to number of payments.
        guest: The payments of this buyer, where the session has no customer; None where nobody can tell.
    """

    customers: Mapping[str, int] = _NOTHING
    guest: int | None = None


@frozen
class Counted:
    """Redemptions that are already counted for the session at hand, so that a code never fails on its own.

    Attributes:
        coupons: Coupon ids.
        promotion_codes: Promotion code ids.
    """

    coupons: tuple[str, ...] = ()
    promotion_codes: tuple[str, ...] = ()


@frozen
class Redemptions:
    """Redemptions of coupons.

    Attributes:
        customers: Customer id to coupon id to number of redemptions.
        counted: Which of them are this session's own; None where nobody looked.
    """

    customers: Mapping[str, Mapping[str, int]] = _NOTHING
    counted: Counted | None = None


@frozen
class Missing:
    """What was looked up and does not exist, by id; exchange rates by pair (`KWD/EGP`)."""

    sessions: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()
    prices: tuple[str, ...] = ()
    coupons: tuple[str, ...] = ()
    promotion_codes: tuple[str, ...] = ()
    promotion_codes_by_code: tuple[str, ...] = ()
    configurations: tuple[str, ...] = ()
    payment_methods: tuple[str, ...] = ()
    payment_intents: tuple[str, ...] = ()
    exchange_rates: tuple[str, ...] = ()


@frozen
class Facts:
    """What the host knows.

    Attributes:
        now: The only clock.
        livemode: Which half of the platform the facts were looked up in.
        merchant: The account.
        session: The session that is acted on.
        customer: The customer that the request or the session names.
        prices: Price id to price.
        coupons: Coupon id to coupon.
        promotion_codes: Promotion code id to promotion code.
        promotion_codes_by_code: Code string, trimmed and folded to lower case, to promotion code.
        configurations: Configuration id to payment method configuration.
        payment_methods: Payment method id to payment method.
        payment_intents: Payment intent id to payment intent.
        exchange_rates: Pair in upper case (`KWD/EGP`) to rate.
        payments: Payments that succeeded.
        redemptions: Redemptions of coupons.
        missing: What was looked up and does not exist.
    """

    now: datetime
    livemode: bool | None = None
    merchant: Merchant | None = None
    session: Session | None = None
    customer: Customer | None = None
    prices: Mapping[str, Price] = _NOTHING
    coupons: Mapping[str, Coupon] = _NOTHING
    promotion_codes: Mapping[str, PromotionCode] = _NOTHING
    promotion_codes_by_code: Mapping[str, PromotionCode] = _NOTHING
    configurations: Mapping[str, Configuration] = _NOTHING
    payment_methods: Mapping[str, PaymentMethod] = _NOTHING
    payment_intents: Mapping[str, PaymentIntent] = _NOTHING
    exchange_rates: Mapping[str, ExchangeRate] = _NOTHING
    payments: Payments = field(factory=Payments)
    redemptions: Redemptions = field(factory=Redemptions)
    missing: Missing = field(factory=Missing)
