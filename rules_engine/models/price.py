"""A price, of the catalogue or inline in a line; and the lines of a request that name one."""

from datetime import datetime
from typing import Final, Literal

from attrs import frozen

from rules_engine.models.formats import (
    UNSET,
    AccountObject,
    HttpsUrl,
    JsonObject,
    Label,
    RecurringInterval,
    Unset,
    own_first,
)


@frozen
class ProductData:
    """The product behind an inline price.

    Attributes:
        name: At most 255 characters.
        description: At most 500 characters.
        image: An https URL.
        unit_label: At most 50 characters.
        metadata: Any JSON object.
    """

    name: Label
    description: str | None = None
    image: HttpsUrl | None = None
    unit_label: str | None = None
    metadata: JsonObject | None = None


@frozen
class Recurring:
    """How often a recurring price is charged.

    Attributes:
        interval: The unit of time.
        interval_count: How many units lie between two charges; 1 where it is not stated.
    """

    interval: RecurringInterval
    interval_count: int | None = None


@frozen
class PriceData:
    """A one-off price written into the line.

    Attributes:
        currency: A currency code in either case.
        unit_amount: Minor units, 0 to 2147483647.
        product_data: What is sold.
        recurring: Set for a recurring price, which checkout does not take.
        metadata: Any JSON object.
    """

    currency: str
    unit_amount: int
    product_data: ProductData
    recurring: Recurring | None = None
    metadata: JsonObject | None = None


@frozen
class AdjustableQuantity:
    """Whether the buyer may change the quantity, and between which bounds.

    Attributes:
        enabled: Whether the buyer may change it.
        minimum: The least; 1 where it is not stated.
        maximum: The most.
    """

    enabled: bool
    minimum: int | None = None
    maximum: int | None = None


@frozen
class LineItem:
    """One line: a catalogue price or an inline one, never both.

    Attributes:
        quantity: 0 to 2147483647; 0 only for an optional line.
        price: The id of a catalogue price.
        price_data: An inline price.
        adjustable_quantity: What the buyer may do with the quantity.
    """

    quantity: int
    price: str | None = None
    price_data: PriceData | None = None
    adjustable_quantity: AdjustableQuantity | None = None


PriceType = Literal["ONE_TIME", "RECURRING", "CUSTOM"]
DEFAULT_TYPE: Final = "ONE_TIME"
"""What a price is that states no type."""


@frozen
class CatalogRecurring:
    """How often a catalogue price is charged.

    Attributes:
        interval: The unit of time.
        interval_count: How many units lie between two charges; 1 where it is not stated.
    """

    interval: RecurringInterval | None = None
    interval_count: int | None = None


@frozen
class CustomUnitAmount:
    """The bounds of an amount that the buyer sets, in minor units.

    Attributes:
        minimum: The least that the buyer may pay.
        maximum: The most that the buyer may pay.
        preset: What the page suggests.
    """

    minimum: int | None = None
    maximum: int | None = None
    preset: int | None = None


@frozen
class LineProduct:
    """The product of a price, as other objects show it."""

    id: str


@frozen(field_transformer=own_first)
class Price(AccountObject):
    """A catalogue price.

    Attributes:
        id: `price_...`.
        currency: A currency code in either case.
        unit_amount: Minor units; None for a CUSTOM price.
        type: CUSTOM means that the buyer sets the amount.
        custom_unit_amount: The bounds of a CUSTOM price.
        recurring: How often a RECURRING price is charged.
        stock: Units left; None is unlimited, a negative number is oversold.
        start_date: On sale from this instant on.
        expiration_date: On sale until just before this instant.
        active: False is archived.
        product_id: What is sold; None where not provided.
        product: The same, as prices of lines show it; a price may have either.
    """

    id: str
    currency: str
    unit_amount: int | None = None
    type: PriceType = "ONE_TIME"
    custom_unit_amount: CustomUnitAmount | None = None
    recurring: CatalogRecurring | None = None
    stock: int | None = None
    start_date: datetime | None = None
    expiration_date: datetime | None = None
    active: bool = True
    product_id: str | None = None
    product: LineProduct | None = None
    name: str | None = None


def product_of(price: Price) -> str | None:
    """Return the id of the product of a price; None where it is not provided."""
    if price.product_id is None and price.product is not None:
        return price.product.id
    return price.product_id


@frozen(field_transformer=own_first)
class Product(AccountObject):
    """A product of the catalogue, as the API returns it.

    Attributes:
        id: `prod_...`.
        name: What the merchant calls it.
        active: False is archived.
    """

    id: str
    name: str | None = None
    active: bool = True


@frozen
class PriceCreate:
    """The body of `price.create`, with the product that the API takes from the query; null is the same as absent.

    Attributes:
        name: What the merchant calls it.
        description: What the merchant notes about it.
        product_id: What is sold.
        currency: A currency code in either case.
        unit_amount: Minor units, 0 to 2147483647; not for a CUSTOM price, and for every other one.
        type: ONE_TIME where it is not stated.
        recurring: For a RECURRING price, and for no other.
        custom_unit_amount: For a CUSTOM price, and for no other.
        stock: Units left; not stated is unlimited.
        start_date: On sale from this instant on.
        expiration_date: On sale until just before this instant.
        active: False is archived.
        metadata: Any JSON object.
    """

    product_id: str
    currency: str | None = None
    unit_amount: int | None = None
    type: PriceType | None = None
    recurring: Recurring | None = None
    custom_unit_amount: CustomUnitAmount | None = None
    stock: int | None = None
    start_date: datetime | None = None
    expiration_date: datetime | None = None
    active: bool = True
    name: str | None = None
    description: str | None = None
    metadata: JsonObject | None = None


@frozen
class PriceUpdate:
    """The body of `price.update`: `UNSET` keeps what is stored, None clears it.

    Currency, type and `recurring` cannot be cleared; a stored `recurring` goes with the type RECURRING.
    """

    currency: str | Unset = UNSET
    unit_amount: int | Unset | None = UNSET
    type: PriceType | Unset = UNSET
    recurring: Recurring | Unset = UNSET
    custom_unit_amount: CustomUnitAmount | Unset | None = UNSET
    stock: int | Unset | None = UNSET
    start_date: datetime | Unset | None = UNSET
    expiration_date: datetime | Unset | None = UNSET
    active: bool | Unset = UNSET
    name: str | Unset | None = UNSET
    description: str | Unset | None = UNSET
    metadata: JsonObject | Unset | None = UNSET


@frozen
class PriceDelete:
    """The body of `price.delete`: nothing."""
