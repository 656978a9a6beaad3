"""The lines that a request states or an object stores, with their prices, built in one pass."""

from collections.abc import Sequence
from typing import Final

from rules_engine.models import Facts, LineItem, Price, PriceData
from rules_engine.models.currency import currency_valid_at, fold_currency
from rules_engine.path import Path
from rules_engine.views.scope import INDEX, Axis, PathPattern, Reference, constructor, path_of, scope, view
from rules_engine.views.views import TARGET_PLACE, UnknownFact, look_up

REQUESTED_LINES: Final[PathPattern] = ("request", "lineItems", INDEX, "price")
REQUESTED_LINK_LINES: Final[PathPattern] = ("request", "lineItems", INDEX, "priceId")
STORED_LINES: Final[PathPattern] = ("facts", "session", "lineItems", INDEX, "price")
STORED_LINK_LINES: Final[PathPattern] = ("facts", "paymentLink", "lineItems", INDEX, "price")

NO_PRICE: Final = Price(id="", currency="")
"""What rules read of a price that is unknown, or does not exist: nothing is wrong with it."""


def _sent(line: "LineItemView", param: str) -> bool:
    if param.startswith("priceData"):
        return line.line.price_data is not None
    return param == line.origin[-1]


@scope(("request", "lineItems", INDEX), axis=Axis.LINE, sent=_sent)
@view
class LineItemView:
    """A line.

    Attributes:
        index: Its index.
        line: The line as the request states it.
        origin: Where the id of its price stands.
        currency: Its currency in upper case; None where it has none, or it is unknown.
        currency_recognised: Whether that is a currency now.
        session_currency: The session's currency in upper case; None where it has none, or it is unknown.
        currency_unknown: Whether the session's currency is unknown, or the price of this or an earlier line.
        earlier_differs: Whether an earlier line is in another currency than the session's, or has an unknown price.
    """

    index: int
    line: LineItem
    origin: PathPattern
    currency: str | None
    currency_recognised: bool
    session_currency: str | None
    currency_unknown: bool
    earlier_differs: bool


@scope(("request", "lineItems"))
@view
class LineListView:
    """All lines of a request together.

    Attributes:
        required: Whether there have to be lines; None where the session that they are for is not provided.
        count: How many there are; None for null.
        subtotal: What they come to, in minor units; None where that cannot be computed.
        subtotal_unknown: Whether a price of theirs is not provided.
    """

    required: bool | None
    count: int | None
    subtotal: int | None
    subtotal_unknown: bool


@scope(
    place=lambda price: path_of(price, price.origin),
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
class PriceView(Reference):
    """The catalogue price of a line, or the one that is acted on.

    Attributes:
        index: The index of the line; 0 where there is none.
        id: The id of the price.
        origin: Where that stands.
        quantity: What this line asks for.
        earlier_requested: What the lines before it ask for, of the same price.
        ui_mode: How the session is shown; None where that is unknown.
        stored: The price; `NO_PRICE` where it is unknown, or does not exist.
        currency_recognised: Whether its currency is one now.
    """

    index: int
    id: str
    origin: PathPattern = TARGET_PLACE
    quantity: int = 0
    earlier_requested: int = 0
    ui_mode: str | None = None
    stored: Price = NO_PRICE
    currency_recognised: bool = True


@scope(
    axis=Axis.LINE,
    fields="lineItems[i].priceData.unitAmount",
    fields_in={"price.create": "unitAmount", "price.update": "unitAmount"},
)
@view
class UnitAmountView:
    """A unit amount that a request states, of an inline price or of one that is saved.

    Attributes:
        index: The index of the line; 0 where there is none.
        place: Where it stands.
        amount: Minor units.
    """

    index: int
    place: Path
    amount: int


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


@view
class LineItems:
    """Lines, and what they come to.

    Attributes:
        lines: The lines.
        prices: The catalogue prices of those that name one.
        inline_prices: The inline prices of those that carry one.
        unit_amounts: The unit amounts of those prices.
        subtotal: Unit amount times quantity, added up, in minor units; None where a line has no known price.
        unknown: Whether a price is not provided.
    """

    lines: Sequence[LineItemView]
    prices: Sequence[PriceView]
    inline_prices: Sequence[InlinePriceView]
    unit_amounts: Sequence[UnitAmountView]
    subtotal: int | None
    unknown: bool


NO_LINES: Final = LineItems(lines=(), prices=(), inline_prices=(), unit_amounts=(), subtotal=None, unknown=False)
"""What a request without lines comes to."""

_line_item_view = constructor(LineItemView)
_price_view = constructor(PriceView)
_unit_amount_view = constructor(UnitAmountView)
_inline_price_view = constructor(InlinePriceView)
_line_items = constructor(LineItems)


def first_currency(lines: Sequence[LineItem], facts: Facts) -> tuple[str | None, bool]:
    """Return the currency of the first line, in upper case, and whether it is unknown.

    A line with neither a price nor price data has none, and so has one with both.
    """
    price_id, data = lines[0].price, lines[0].price_data
    if price_id is not None and data is not None:
        return None, False
    if data is not None:
        return fold_currency(data.currency), False
    price = None if price_id is None else facts.prices.get(price_id)
    if price is not None:
        return fold_currency(price.currency), False
    return None, price_id is not None and price_id not in facts.missing.prices


def build_lines(  # one pass: cut up, it costs a call more for every line of every draft
    lines: Sequence[LineItem],
    facts: Facts,
    currency: str | None,
    ui_mode: str | None,
    unknown: list[UnknownFact],
    *,
    currency_unknown: bool,
    origin: PathPattern = REQUESTED_LINES,
) -> LineItems:
    """Build lines with their prices.

    Args:
        lines: The lines.
        facts: Where prices are looked up.
        currency: The currency of the session, in upper case; None where it has none, or it is unknown.
        ui_mode: How the session is shown; None where that is unknown.
        unknown: Where prices that are not provided are noted.
        currency_unknown: Whether the currency of the session is unknown.
        origin: Where the ids of their prices stand.
    """
    gone = frozenset(facts.missing.prices)
    views: list[LineItemView] = []
    prices: list[PriceView] = []
    inline_prices: list[InlinePriceView] = []
    unit_amounts: list[UnitAmountView] = []
    requested: dict[str, int] = {}
    subtotal = priced = 0
    some_unknown = differing = False
    # The lines of a session are in one currency, nearly always: a code is folded and looked up where it changes.
    spelt: str | None = None
    code, recognised = "", False
    for index, line in enumerate(lines):
        quantity, price_id, data = line.quantity, line.price, line.price_data
        stated: str | None = None
        if price_id is not None:
            price, missing, not_provided = look_up(price_id, facts.prices, gone, "prices", unknown)
            earlier = requested.get(price_id, 0)
            requested[price_id] = earlier + quantity if quantity > 0 else earlier
            if price is not None and price.currency != spelt:
                spelt = price.currency
                code = fold_currency(spelt)
                recognised = currency_valid_at(code, facts.now)
            prices.append(
                _price_view(
                    index=index,
                    id=price_id,
                    origin=origin,
                    missing=missing,
                    unknown=not_provided,
                    quantity=quantity,
                    earlier_requested=earlier,
                    ui_mode=ui_mode,
                    stored=NO_PRICE if price is None else price,
                    currency_recognised=price is None or recognised,
                )
            )
            if price is not None and data is None:
                stated = code
                subtotal += _unit_amount(price) * quantity
                priced += 1
            if not_provided:
                # It may be the first line in another currency, so whether a later one is cannot be known.
                currency_unknown = currency_unknown or not (differing or currency is None)
                some_unknown = differing = True
        if data is not None:
            if data.currency != spelt:
                spelt = data.currency
                code = fold_currency(spelt)
                recognised = currency_valid_at(code, facts.now)
            inline_prices.append(_inline_price_view(index=index, data=data, currency_recognised=recognised))
            place = ("request", "lineItems", index, "priceData", "unitAmount")
            unit_amounts.append(_unit_amount_view(index=index, place=place, amount=data.unit_amount))
            if price_id is None:
                stated = code
                subtotal += data.unit_amount * quantity
                priced += 1
        views.append(
            _line_item_view(
                index=index,
                line=line,
                origin=origin,
                currency=stated,
                currency_recognised=recognised,
                session_currency=currency,
                currency_unknown=currency_unknown,
                earlier_differs=differing,
            )
        )
        if stated != currency and stated is not None and currency is not None and recognised:
            differing = True
    return _line_items(
        lines=views,
        prices=prices,
        inline_prices=inline_prices,
        unit_amounts=unit_amounts,
        # A line without a known price: nothing is known of all of them together.
        subtotal=subtotal if priced == len(lines) else None,
        unknown=some_unknown,
    )


def _unit_amount(price: Price) -> int:
    """Return what one unit counts, in minor units; where the buyer sets it, the preset, else the minimum, else 0."""
    if price.unit_amount is not None and price.type != "CUSTOM":
        return price.unit_amount
    custom = price.custom_unit_amount
    return 0 if custom is None else custom.preset or custom.minimum or 0
