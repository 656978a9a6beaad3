"""A draft: one operation's request, and everything that is known when it is judged."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, Generic, TypeVar

from attrs import field, frozen

from rules_engine.models.coupon import Coupon, CouponUsage, PromotionCode
from rules_engine.models.customer import Customer
from rules_engine.models.formats import JsonObject, NonNegative, Secret
from rules_engine.models.merchant import Configuration, ExchangeRate, Merchant
from rules_engine.models.payment import Balance, Charge, PaymentIntent, PaymentLink, PaymentMethod
from rules_engine.models.price import Price, Product
from rules_engine.models.request import ApiKey, Endpoint, RateUsage, StoredRequest
from rules_engine.models.session import Session
from rules_engine.violation import Violation

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@frozen
class Payments:
    """Payments that succeeded, counted.

    Attributes:
        customers: Customer id to number of payments.
        guest: The payments of this buyer, where the session has no customer; None where it is not known.
    """

    customers: Mapping[str, NonNegative] = _NOTHING
    guest: NonNegative | None = None


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
        guest: Coupon id to number of redemptions of this buyer, where the session has no customer.
        counted: Which of them are this session's own; None where not provided.
    """

    customers: Mapping[str, Mapping[str, NonNegative]] = _NOTHING
    guest: Mapping[str, NonNegative] = _NOTHING
    counted: Counted | None = None


@frozen
class Usage:
    """What stored objects are used by, counted by the application; what is not named is not provided.

    Attributes:
        prices: Price id to the number of line items it stands in.
        coupons: Coupon id to what it is attached to.
        configurations: Configuration id to the number of active sessions that name it.
    """

    prices: Mapping[str, NonNegative] = _NOTHING
    coupons: Mapping[str, CouponUsage] = _NOTHING
    configurations: Mapping[str, NonNegative] = _NOTHING


@frozen
class Missing:
    """What was looked up and does not exist, by id; exchange rates by pair (`KWD/EGP`), balances by currency."""

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
    products: tuple[str, ...] = ()
    payment_links: tuple[str, ...] = ()
    charges: tuple[str, ...] = ()
    balances: tuple[str, ...] = ()
    idempotency_keys: tuple[str, ...] = field(default=(), repr=False)


NONE_MISSING: Final = Missing()
"""Everything that was looked up exists."""


@frozen
class Facts:
    """What the application knows.

    Attributes:
        now: The only clock.
        livemode: Which half of the platform the facts were looked up in.
        merchant: The account.
        session: The session that is acted on.
        customer: The customer that the request or the session names.
        prices: Price id to price.
        coupons: Coupon id to coupon.
        promotion_codes: Promotion code id to promotion code.
        promotion_codes_by_code: Code string, as `fold_code` folds it, to promotion code.
        configurations: Configuration id to payment method configuration.
        payment_methods: Payment method id to payment method.
        payment_intents: Payment intent id to payment intent.
        exchange_rates: Pair in upper case (`KWD/EGP`) to rate.
        payments: Payments that succeeded.
        redemptions: Redemptions of coupons.
        usage: What stored objects are used by.
        products: Product id to product.
        payment_link: The payment link that is acted on.
        charges: Charge id to charge.
        balances: Currency in upper case to the account's balance in it.
        api_keys: The account's keys among which the one of the request is to be found; None where not provided, and
            empty where there is none.
        signing_secrets: The secrets that requests may be signed with now; None where not provided.
        endpoint: What the called endpoint asks of a request.
        rate: How many requests the account has sent.
        idempotency_keys: Idempotency key to the request it was used for.
        missing: What was looked up and does not exist.
        custom: Facts of the application's own, which its own rules read from the context.
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
    payments: Payments = Payments()
    redemptions: Redemptions = Redemptions()
    usage: Usage = Usage()
    products: Mapping[str, Product] = _NOTHING
    payment_link: PaymentLink | None = None
    charges: Mapping[str, Charge] = _NOTHING
    balances: Mapping[str, Balance] = _NOTHING
    api_keys: tuple[ApiKey, ...] | None = None
    signing_secrets: tuple[Secret, ...] | None = field(default=None, repr=False)
    endpoint: Endpoint | None = None
    rate: RateUsage | None = None
    idempotency_keys: Mapping[str, StoredRequest] = field(default=_NOTHING, repr=False)
    missing: Missing = NONE_MISSING
    custom: JsonObject = _NOTHING


R = TypeVar("R")
VERSION = 1
"""The version of the draft document."""


@frozen
class Target:
    """The object an operation acts on, by id."""

    id: str


@frozen
class Recorded:
    """What the application answered when the draft was recorded, and what came of it.

    Attributes:
        codes: The names of the codes, in order; empty where it was accepted.
        session: The id of the checkout session that the draft belongs to: the one it made, or acted on.
        paid: Whether that session was paid in the end; None where not known.
    """

    codes: tuple[str, ...] = ()
    session: str | None = None
    paid: bool | None = None


@frozen(kw_only=True)
class Draft(Generic[R]):
    """One operation's request and the facts it is judged by.

    Attributes:
        operation: The name of the operation, such as `session.create`: a key of `OPERATIONS`.
        request: What the caller sent: the operation's request model; None where it did not parse.
        facts: What the application knows.
        target: The stored object that is acted on; None where the operation creates one.
        id: The application's name for the draft.
        recorded: What the application answered at the time.
        faults: Why the request did not parse, in document order; no rule is run then.
        checked: Whether the library has read or checked it; a draft is checked once.
    """

    operation: str
    request: R
    facts: Facts
    target: Target | None = None
    id: str | None = None
    recorded: Recorded | None = None
    faults: tuple[Violation, ...] = ()
    checked: bool = field(default=False, init=False, eq=False, repr=False)
