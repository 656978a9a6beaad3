"""What sessions are paid by, payment links that open them, and refunds of what was paid, as the API returns them."""

from datetime import datetime
from typing import Literal

from attrs import frozen

from rules_engine.models.customer import CustomerReference
from rules_engine.models.formats import (
    UNSET,
    AccountObject,
    Email,
    JsonObject,
    Label,
    MethodType,
    NonNegative,
    Unset,
    own_first,
)
from rules_engine.models.price import AdjustableQuantity
from rules_engine.models.session import (
    AfterCompletion,
    BrandingSettings,
    CustomerCreation,
    FeeConfig,
    LinePrice,
    LinkCustomField,
    SubmitType,
)


@frozen(field_transformer=own_first)
class PaymentMethod(AccountObject):
    """A stored payment method.

    Attributes:
        id: Its id.
        type: What kind of method it is.
        customer_id: Its customer, as the application records it; no API object has it. None where it has none.
        readable: False where the stored data cannot be decrypted or parsed, in the application's records.
    """

    id: str
    type: MethodType
    customer_id: str | None = None
    readable: bool = True


@frozen
class IntentCharge:
    """A charge that was tried for a payment intent."""

    id: str


@frozen(field_transformer=own_first)
class PaymentIntent(AccountObject):
    """A payment intent.

    Attributes:
        id: `pi_...`.
        customer: Its customer; None is a guest's.
        checkout_session_id: The session that it pays; None where it was made for none.
        charges: The charges that were tried for it; None where not provided.
    """

    id: str
    customer: CustomerReference | None = None
    checkout_session_id: str | None = None
    charges: tuple[IntentCharge, ...] | None = None


@frozen
class PaymentLinkLine:
    """A line of a payment link: a catalogue price, never an inline one.

    Attributes:
        price_id: The id of a catalogue price.
        quantity: 0 to 2147483647; 0 only for an optional line.
        adjustable_quantity: What the buyer may do with the quantity.
    """

    price_id: Label
    quantity: int
    adjustable_quantity: AdjustableQuantity | Unset = UNSET


@frozen
class PaymentLinkCreate:
    """The body of `payment_link.create`; null, where it is admitted, is the same as absent.

    Attributes:
        expires_at: Open until just before this instant; not stated never expires.
    """

    line_items: tuple[PaymentLinkLine, ...]
    after_completion: AfterCompletion
    submit_type: SubmitType | None = None
    customer_creation: CustomerCreation = "if_required"
    allow_promotion_codes: bool | None = None
    name_collection: bool | None = None
    billing_address_collection: bool | None = None
    shipping_address_collection: bool | None = None
    phone_number_collection: bool | None = None
    custom_fields: tuple[LinkCustomField, ...] | None = None
    expires_at: datetime | None = None
    metadata: JsonObject | None = None
    fee_config: FeeConfig | None = None
    branding_settings: BrandingSettings | None = None
    payment_method_configuration_id: str | None = None


@frozen
class PaymentLinkUpdate:
    """The body of `payment_link.update`: `UNSET` keeps what is stored, None clears it, lists replace.

    Attributes:
        active: False is switched off.
    """

    line_items: tuple[PaymentLinkLine, ...] | Unset = UNSET
    after_completion: AfterCompletion | Unset = UNSET
    submit_type: SubmitType | Unset = UNSET
    customer_creation: CustomerCreation | Unset = UNSET
    allow_promotion_codes: bool | Unset = UNSET
    name_collection: bool | Unset = UNSET
    billing_address_collection: bool | Unset = UNSET
    shipping_address_collection: bool | Unset = UNSET
    phone_number_collection: bool | Unset = UNSET
    custom_fields: tuple[LinkCustomField, ...] | Unset = UNSET
    expires_at: datetime | Unset | None = UNSET
    metadata: JsonObject | Unset | None = UNSET
    fee_config: FeeConfig | Unset | None = UNSET
    branding_settings: BrandingSettings | Unset | None = UNSET
    payment_method_configuration_id: str | Unset | None = UNSET
    active: bool | Unset = UNSET


@frozen
class PaymentLinkOpen:
    """The body of `payment_link.open`, a buyer's first step on a link: nothing. The API has no such call."""


@frozen
class StoredLinkLine:
    """A line of a stored payment link; the price itself is a fact of its own.

    Attributes:
        quantity: How many.
        price: The price, as the lines of other objects show it.
        price_id: Its id, as the requests of a link name it; a line has one of the two.
    """

    quantity: NonNegative
    price: LinePrice | None = None
    price_id: str | None = None


@frozen(field_transformer=own_first)
class PaymentLink(AccountObject):
    """A stored payment link, as the API returns it.

    Attributes:
        id: `plink_...`.
        active: False is switched off.
        expires_at: Open until just before this instant; None never expires.
        currency: A currency code in either case.
        line_items: Its lines; None where not provided.
    """

    id: str
    active: bool = True
    expires_at: datetime | None = None
    currency: str | None = None
    line_items: tuple[StoredLinkLine, ...] | None = None


@frozen
class RefundCreate:
    """The body of `refund.create`; null is the same as absent.

    Attributes:
        charge_id: The charge to refund; exactly one of this and the next.
        payment_intent_id: The payment intent whose one succeeded charge is refunded.
        amount: Minor units of the charge's currency, at least 1; all that is left where it is not stated.
        reason: Why it is refunded.
        description: At most 500 characters.
        instructions_email: Where the buyer gets instructions.
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
    """What the processor of a charge can do.

    Attributes:
        supports_refund: Whether it can give money back.
        supports_partial_refund: Whether it can give back a part.
    """

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
        status: What became of it; one that is pending or waits for an action is not finished.
        amount: What it gives back, in minor units of the charge's currency; None where not provided.
    """

    status: Literal["PENDING", "REQUIRES_ACTION", "SUCCEEDED", "FAILED", "CANCELED"]
    amount: NonNegative | None = None


@frozen
class FeeData:
    """The fees of a charge in minor units, as the application records them; a part that is None is not there.

    Attributes:
        processor_fee: What the processor kept.
        platform_fee: What the platform kept.
    """

    processor_fee: NonNegative | None = None
    platform_fee: NonNegative | None = None


@frozen(field_transformer=own_first)
class Charge(AccountObject):
    """A charge, as the API returns it.

    Attributes:
        id: `ch_...`.
        status: What became of it.
        amount: Minor units of `currency`.
        currency: Its processing currency, a code in either case.
        captured: Whether the money was taken, not only held.
        amount_captured: How much of it was taken; None is all.
        amount_refunded: What was given back already, in the same units.
        refunds: The refunds that were asked for; None where not provided.
        processor_capabilities: What its processor can do.
        balance_transaction: Its balance transaction; None where it has none.
        disputed: Whether its buyer disputes or disputed it; None where not provided.
        fee_data: Its fees, empty where it has none; None where not provided. Defined here: no API object carries it.
    """

    id: str
    status: Literal["SUCCEEDED", "PENDING", "FAILED", "CANCELED", "REFUNDED", "PARTIALLY_REFUNDED"]
    amount: NonNegative
    currency: str
    captured: bool = True
    amount_captured: NonNegative | None = None
    amount_refunded: NonNegative = 0
    refunds: tuple[Refund, ...] | None = None
    processor_capabilities: ProcessorCapabilities = ProcessorCapabilities()
    balance_transaction: BalanceTransaction | None = None
    disputed: bool | None = None
    fee_data: FeeData | None = None


@frozen
class Balance:
    """The balance of the account in one currency.

    Attributes:
        available: What may be paid out or refunded now, in minor units; it may be negative.
    """

    available: int


def least_refunded(charge: Charge) -> int:
    """Return how much of a charge has been given back at least, as its status and its refunds show."""
    listed = sum(refund.amount or 0 for refund in charge.refunds or () if refund.status == "SUCCEEDED")
    return max(listed, 1 if charge.status == "PARTIALLY_REFUNDED" else 0)
