"""How a session is paid: stored payment methods and payment intents, as the API returns them."""

from attrs import frozen

from rules_engine.models.formats import PaymentMethodType


@frozen
class PaymentMethod:
    """A stored payment method.

    Attributes:
        id: Its id.
        type: What kind of method it is.
        customer_id: The customer who owns it, in the host's records: no API object carries it. None is nobody's.
        readable: False where the stored data cannot be decrypted or parsed, in the host's records.
    """

    id: str
    type: PaymentMethodType
    customer_id: str | None = None
    readable: bool = True


@frozen
class IntentCustomer:
    """The customer of a payment intent."""

    id: str


@frozen
class IntentCharge:
    """A charge that was tried for a payment intent."""

    id: str


@frozen
class PaymentIntent:
    """A payment intent.

    Attributes:
        id: `pi_...`.
        customer: Its customer; None is a guest's.
        charges: The charges that were tried for it; None where nobody looked.
    """

    id: str
    customer: IntentCustomer | None = None
    charges: tuple[IntentCharge, ...] | None = None
