"""A catalogue price, as the API returns it."""

from datetime import datetime
from typing import Literal

from attrs import frozen

from rules_engine.models.formats import RecurringInterval

PriceType = Literal["ONE_TIME", "RECURRING", "CUSTOM"]


@frozen
class CatalogRecurring:
    """How often a catalogue price is charged."""

    interval: RecurringInterval | None = None
    interval_count: int | None = None


@frozen
class CustomUnitAmount:
    """The bounds of an amount that the buyer sets, in minor units."""

    minimum: int | None = None
    maximum: int | None = None
    preset: int | None = None


@frozen
class Price:
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
        product_id: What is sold.
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
    name: str | None = None
