"""Texts and numbers with a documented format, as annotated types; and what stands for a field that was not sent.

The models only name the format; the wire checks it. An application that builds models itself is trusted to keep them.
"""

import enum
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Final, Literal, TypeGuard, TypeVar

from attrs import Attribute, field, fields_dict, frozen

V = TypeVar("V")
W = TypeVar("W")


class Unset(enum.Enum):
    """The type of `UNSET`."""

    UNSET = "unset"

    def __repr__(self) -> str:
        """Read as the constant."""
        return "UNSET"


UNSET: Final = Unset.UNSET
"""The field was not sent: an update keeps what is stored, where `None` clears it."""


def is_given(value: V | Unset | None) -> TypeGuard[V]:
    """Return whether a request gives a value: neither absent nor null."""
    return value is not None and value is not UNSET


def merged(sent: V | Unset, stored: W) -> V | W:
    """Return what a field becomes: what is sent, and what is stored where nothing is."""
    return stored if isinstance(sent, Unset) else sent


class Format(enum.Enum):
    """A format the wire checks, by the phrase that describes it in an error message."""

    URL = "an absolute http or https URL"
    HTTPS_URL = "an absolute https URL"
    EMAIL = "an email address"
    HEX_COLOR = "a hex colour of 3, 4, 6 or 8 digits after #"
    LABEL = "a string that is not empty"
    SHA256 = "a SHA-256 digest of 64 hexadecimal digits"
    METHOD_TYPE = "a string"
    NOT_BLANK = "a string that is not blank"
    NON_NEGATIVE = "an integer of at least 0"
    NUMBER = "a number"
    DECIMAL_TEXT = "a decimal number, or one written as a string"
    RATE = "a positive number, or one written as a string"
    METADATA = "an object or an array"
    JSON_OBJECT = "an object"


Url = Annotated[str, Format.URL]
HttpsUrl = Annotated[str, Format.HTTPS_URL]
Email = Annotated[str, Format.EMAIL]
HexColor = Annotated[str, Format.HEX_COLOR]
Label = Annotated[str, Format.LABEL]
Sha256 = Annotated[str, Format.SHA256]
Secret = Annotated[str, Format.NOT_BLANK]
NonNegative = Annotated[int, Format.NON_NEGATIVE]
Number = Annotated[int | Decimal, Format.NUMBER]
"""A JSON number, exact: an int where it is written as one, a Decimal elsewhere."""
DecimalText = Annotated[Decimal, Format.DECIMAL_TEXT]
Rate = Annotated[Decimal, Format.RATE]
JsonObject = Annotated[Mapping[str, Any], Format.JSON_OBJECT]
Metadata = Annotated[Mapping[str, Any] | list[Any], Format.METADATA]
"""Any JSON object or array; numbers with a fraction are Decimals."""

PaymentMethodType = Literal[
    "card",
    "fawry",
    "aman",
    "valu",
    "sympl",
    "tabby",
    "tamara",
    "vodafone_cash",
    "etisalat_cash",
    "orange_cash",
    "we_pay",
    "apple_pay",
    "google_pay",
    "samsung_pay",
    "instapay",
    "bank_transfer",
    "cash_on_delivery",
]
MethodType = Annotated[str, Format.METHOD_TYPE]
"""A payment method type: an open set, because accounts have methods that this version does not know."""
RecurringInterval = Literal["DAY", "WEEK", "MONTH", "YEAR", "CUSTOM"]


def own_first(_: type, fields: "list[Attribute[Any]]") -> "list[Attribute[Any]]":
    """Return the fields of a model with those of its base behind its own."""
    return sorted(fields, key=lambda field: field.name in fields_dict(AccountObject))


@frozen
class AccountObject:
    """An object of an account, in one half of the platform; for another account, or in the other half, it is missing.

    Attributes:
        livemode: Which half it is of; None where it does not say.
        merchant_id: The id of the account; None where it does not say.
    """

    livemode: bool | None = field(default=None, kw_only=True)
    merchant_id: str | None = field(default=None, kw_only=True)
