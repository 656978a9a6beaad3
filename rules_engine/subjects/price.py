"""Prices: the catalogue price of a line, and the inline one."""

from datetime import datetime

from rules_engine.models.line_item import PriceData
from rules_engine.path import Path
from rules_engine.subjects.scope import Axis, Scope, subject


@subject
class PriceSubject:
    """The catalogue price of a line.

    Attributes:
        index: The index of the line.
        id: The id of the price.
        stored: Whether the line is one of the stored session, not of the request.
        missing: Whether it is known not to exist.
        unknown: Whether nobody looked it up.
        quantity: What this line asks for.
        requested: What this line and those before it ask for, of the same price.
        ui_mode: How the session is shown; None where nobody knows.
        active: False is archived.
        start_date: On sale from this instant on.
        expiration_date: On sale until just before this instant.
        type: ONE_TIME, RECURRING or CUSTOM.
        currency: A currency code, in upper case.
        currency_recognised: Whether that is a currency now.
        stock: Units left; None is unlimited.
        sold_out_before: Whether a line before this one already asks for more than there is.
    """

    index: int
    id: str
    stored: bool
    missing: bool
    unknown: bool
    quantity: int
    requested: int
    ui_mode: str | None
    active: bool = True
    start_date: datetime | None = None
    expiration_date: datetime | None = None
    type: str = "ONE_TIME"
    currency: str | None = None
    currency_recognised: bool = True
    stock: int | None = None
    sold_out_before: bool = False


@subject
class InlinePriceSubject:
    """The inline price of a line.

    Attributes:
        index: The index of the line.
        data: The price as the request states it.
        currency_recognised: Whether its currency is one now.
    """

    index: int
    data: PriceData
    currency_recognised: bool


def _price_place(price: PriceSubject) -> Path:
    if price.stored:
        return ("facts", "session", "lineItems", price.index, "price")
    return ("request", "lineItems", price.index, "price")


def _inline_price_place(inline: InlinePriceSubject) -> Path:
    return ("request", "lineItems", inline.index, "priceData")


PRICE = Scope("price", PriceSubject, Axis.LINE, _price_place)
INLINE_PRICE = Scope("inline_price", InlinePriceSubject, Axis.LINE, _inline_price_place)
