"""Prices: the catalogue price of a line, and the inline one."""

from datetime import datetime

from attrs import frozen

from rules_engine.models import PriceData
from rules_engine.path import Path
from rules_engine.views.scope import INDEX, Axis, scope, view


@frozen
class PriceOrigin:
    """Where the ids of prices stand.

    Attributes:
        way: The path into the draft document; to the list of lines, where they have one.
        field: The field of a line that names its price; None where there are no lines.
    """

    way: Path
    field: str | None


REQUESTED_LINES = PriceOrigin(("request", "lineItems"), "price")
REQUESTED_LINK_LINES = PriceOrigin(("request", "lineItems"), "priceId")
STORED_LINES = PriceOrigin(("facts", "session", "lineItems"), "price")
STORED_LINK_LINES = PriceOrigin(("facts", "paymentLink", "lineItems"), "price")
TARGET_PRICE = PriceOrigin(("target", "id"), None)


def _price_place(price: "PriceView") -> Path:
    origin = price.origin
    return origin.way if origin.field is None else (*origin.way, price.index, origin.field)


@scope(
    place=_price_place,
    axis=Axis.LINE,
    fields="lineItems[i].price",
    fields_in={
        "price.update": "id",
        "price.delete": "id",
        "payment_link.create": "lineItems[i].priceId",
        "payment_link.update": "lineItems[i].priceId",
        "payment_link.open": None,
        "session.confirm": None,
    },
)
@view
class PriceView:
    """The catalogue price of a line, or the one that is acted on.

    Attributes:
        index: The index of the line; 0 where there is none.
        id: The id of the price.
        origin: Where it comes from.
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
    origin: PriceOrigin
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


def _unit_amount_place(amount: "UnitAmountView") -> Path:
    if amount.inline:
        return ("request", "lineItems", amount.index, "priceData", "unitAmount")
    return ("request", "unitAmount")


@scope(
    place=_unit_amount_place,
    axis=Axis.LINE,
    fields="lineItems[i].priceData.unitAmount",
    fields_in={"price.create": "unitAmount", "price.update": "unitAmount"},
)
@view
class UnitAmountView:
    """A unit amount that a request states.

    Attributes:
        index: The index of the line; 0 where there is none.
        amount: Minor units.
        inline: Whether it is the one of an inline price; else of a catalogue price that is saved.
    """

    index: int
    amount: int
    inline: bool


@scope(("request", "lineItems", INDEX, "priceData"), axis=Axis.LINE)
@view
class InlinePriceView:
    """The inline price of a line.

    Attributes:
        index: The index of the line.
        data: The price as the request states it.
        currency_recognised: Whether its currency is one now.
    """

    index: int
    data: PriceData
    currency_recognised: bool
