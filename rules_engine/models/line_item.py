"""A line of a checkout session, as a request states it."""

from attrs import frozen

from rules_engine.models.formats import HttpsUrl, JsonObject, Label, RecurringInterval


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
    """How often a recurring price is charged: every `interval_count` intervals, 1 where it is not stated."""

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
    """Whether the buyer may change the quantity, and between which bounds (minimum 1 where it is not stated)."""

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
