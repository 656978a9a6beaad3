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
        amount_refunded: What was given back already, in the same units.
        payment_intent_id: The payment intent it belongs to.
        processor_capabilities: What its processor can do.
        balance_transaction: The id of its balance transaction; None where it has none.
        fee_data: Its fees; None where it has none. A key of ours: no API object carries it.
        refund_in_flight: Whether another refund of it is not finished. A key of ours.
    """

    id: str
    status: Literal["SUCCEEDED", "PENDING", "FAILED", "CANCELED", "REFUNDED", "PARTIALLY_REFUNDED"]
    amount: int
    currency: str = "EGP"
    captured: bool = True
    amount_refunded: int = 0
    payment_intent_id: str | None = None
    processor_capabilities: ProcessorCapabilities = ProcessorCapabilities()
    balance_transaction: str | None = None
    fee_data: FeeData | None = None
    refund_in_flight: bool = False


@frozen
class Balance:
    """The balance of the account in one currency.

    Attributes:
        available: What may be paid out or refunded now, in minor units; it may be negative.
    """

    available: int
