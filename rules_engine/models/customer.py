"""Buyers: what a request says of one, and the stored customer."""

from typing import Literal

from attrs import frozen

from rules_engine.models.formats import AccountObject, Email, own_first


@frozen
class Address:
    """A postal address; every part is optional."""

    line1: str | None = None
    line2: str | None = None
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    country: str | None = None


@frozen
class BillingDetails:
    """Whom the payment is billed to."""

    name: str | None = None
    email: Email | None = None
    phone: str | None = None
    address: Address | None = None


@frozen
class Shipping:
    """Where the goods go."""

    name: str | None = None
    phone: str | None = None
    address: Address | None = None


@frozen
class CustomerDetails:
    """What is known of a buyer who is no stored customer."""

    name: str | None = None
    email: Email | None = None
    phone: str | None = None
    billing_details: BillingDetails | None = None
    shipping: Shipping | None = None


Updating = Literal["auto", "never"]


@frozen
class CustomerUpdate:
    """Which parts of the stored customer a payment may overwrite; `never` where it is not stated.

    Attributes:
        address: Whether the address may be overwritten.
        name: Whether the name may be overwritten.
        shipping: Whether the shipping details may be overwritten.
    """

    address: Updating | None = None
    name: Updating | None = None
    shipping: Updating | None = None


@frozen(field_transformer=own_first)
class Customer(AccountObject):
    """A stored customer, as the API returns it.

    Attributes:
        type: Whether the customer has an account.
    """

    id: str
    type: Literal["registered", "guest"] = "registered"
    name: str | None = None
    email: str | None = None
    phone: str | None = None


@frozen
class CustomerReference:
    """The customer of a payment intent or of a session; the customer itself is a fact of its own."""

    id: str


@frozen
class StoredCustomerUpdate:
    """That a stored session may overwrite parts of its customer."""

    address: str | None = None
    name: str | None = None
    shipping: str | None = None
