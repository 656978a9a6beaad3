"""A refund: the request for one, and the charge and the balance it is taken from."""

from typing import Literal

from attrs import frozen

from rules_engine.models.formats import Email, JsonObject


@frozen
class RefundCreate:
    """The body of `refund.create`; null is the same as absent.

    Attributes:
        charge_id: The charge to refund; exactly one of this and the next.
        payment_intent_id: The payment intent whose one succeeded charge is refunded.
        amount: Minor units of the charge's currency, at least 1; all that is left where it is not stated.
        reason: Why.
        description: At most 500 characters.
        instructions_email: Where the buyer is told what to do.
        metadata: Any JSON object.
    """

    charge_id: str | None = None
    payment_intent_id: str | None = None
    amount: int | None = None
    reason: Literal["DUPLICATE", "FRAUDULENT", "REQUESTED_BY_CUSTOMER", "RISK_HOLD_CAPTURE"] | None = None
    description: str | None = None
    instructions_email: Email | None = None
    metadata: JsonObject | None = None


@frozen
class ProcessorCapabilities:
    """What the processor of a charge can do; both where it is not stated."""

    supports_refund: bool = True
    supports_partial_refund: bool = True


@frozen
class BalanceTransaction:
    """What a charge put into the balance."""

    id: str


@frozen
class Refund:
    """A refund of a charge that was asked for before.

    Attributes:
        status: What became of it; one that is pending or waits for somebody is not finished.
    """

    status: Literal["PENDING", "REQUIRES_ACTION", "SUCCEEDED", "FAILED", "CANCELED"]


@frozen
class FeeData:
    """The fees of a charge in minor units of its currency, in the host's records; a part that is None is not there.

    Attributes:
        processor_fee: What the processor kept.
        platform_fee: What the platform kept.
    """

    processor_fee: int | None = None
    platform_fee: int | None = None


@frozen
class Charge:
    """A charge, as the API returns it.

    Attributes:
        id: `ch_...`.
        status: What became of it.
        amount: Minor units of `currency`.
        currency: Its processing currency, a code in either case.
        captured: Whether the money was taken, not only held.
        amount_captured: How much of it was taken; None is all.
        amount_refunded: What was given back already, in the same units.
        refunds: The refunds that were asked for; None where nobody looked.
        processor_capabilities: What its processor can do.
        balance_transaction: Its balance transaction; None where it has none.
        fee_data: Its fees, empty where it has none; None where nobody looked. A key of ours: no API object carries it.
    """

    id: str
    status: Literal["SUCCEEDED", "PENDING", "FAILED", "CANCELED", "REFUNDED", "PARTIALLY_REFUNDED"]
    amount: int
    currency: str
    captured: bool = True
    amount_captured: int | None = None
    amount_refunded: int = 0
    refunds: tuple[Refund, ...] | None = None
    processor_capabilities: ProcessorCapabilities = ProcessorCapabilities()
    balance_transaction: BalanceTransaction | None = None
    fee_data: FeeData | None = None


@frozen
class Balance:
    """The balance of the account in one currency.

    Attributes:
        available: What may be paid out or refunded now, in minor units; it may be negative.
    """

    available: int
