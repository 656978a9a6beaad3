"""The lines a request states, views with their prices in one pass."""

from collections.abc import Sequence

from rules_engine.models import Facts, LineItem, Price
from rules_engine.models.currency import currency_valid_at, fold_currency
from rules_engine.views.price import (
    REQUESTED_LINES,
    InlinePriceView,
    PriceOrigin,
    PriceView,
    UnitAmountView,
)
from rules_engine.views.scope import INDEX, Axis, scope, view


def _sent(line: "LineItemView", param: str) -> bool:
    if param.startswith("priceData"):
        return line.line.price_data is not None
    return param == line.price_field


@scope(("request", "lineItems", INDEX), axis=Axis.LINE, sent=_sent)
@view
class LineItemView:
    """A line.

    Attributes:
        index: Its index.
        line: The line as the request states it.
        optional: Whether the buyer may leave it out.
        currency: Its currency in upper case; None where it has none, or nobody knows it.
        session_currency: The session's currency in upper case; None where it has none, or nobody knows it.
        currency_differs: Whether it is the first line in another currency than the session's.
        currency_unknown: Whether nobody looked up what it takes to tell that.
        price_field: The field of the line that names its price.
    """

    index: int
    line: LineItem
    optional: bool
    currency: str | None
    session_currency: str | None
    currency_differs: bool
    currency_unknown: bool
    price_field: str


@scope(("request", "lineItems"))
@view
class LineListView:
    """All lines of a request together.

    Attributes:
        required: Whether there have to be lines; None where nobody looked up the session that they are for.
        count: How many there are; None for null.
        subtotal: What they come to, in minor units; None where that cannot be told.
        subtotal_unknown: Whether nobody looked up a price of theirs.
    """

    required: bool | None
    count: int | None
    subtotal: int | None
    subtotal_unknown: bool


@view
class LineItems:
    """The lines of a request, and what they come to.

    Attributes:
        lines: The lines.
        prices: The catalogue prices of those that name one.
        inline_prices: The inline prices of those that carry one.
        unit_amounts: The unit amounts of those prices.
        subtotal: Unit amount times quantity, added up, in minor units; None while a line has no known price.
        products: The product of each line; None while a line has no known price.
        unknown: Whether nobody looked up a price.
    """

    lines: list[LineItemView]
    prices: list[PriceView]
    inline_prices: list[InlinePriceView]
    unit_amounts: list[UnitAmountView]
    subtotal: int | None
    products: Sequence[str | None] | None
    unknown: bool


NO_LINES = LineItems([], [], [], [], None, None, unknown=False)
"""What a request without lines comes to."""


def line_currency(line: LineItem, facts: Facts) -> str | None:
    """Tell the currency of a line, in upper case; None where it has none, or where nobody knows it."""
    if line.price is None:
        return None if line.price_data is None else fold_currency(line.price_data.currency)
    price = None if line.price_data is not None else facts.prices.get(line.price)
    return None if price is None else fold_currency(price.currency)


def price_unknown(price_id: str, facts: Facts) -> bool:
    """Tell whether nobody looked a price up."""
    return price_id not in facts.prices and price_id not in facts.missing.prices


def build_lines(  # noqa: C901, PLR0915  # one pass: cut up, it costs a call more for every line of every draft
    lines: Sequence[LineItem],
    facts: Facts,
    currency: str | None,
    ui_mode: str | None,
    unknown: list[tuple[str, str | None]],
    *,
    currency_unknown: bool,
    origin: PriceOrigin = REQUESTED_LINES,
) -> LineItems:
    """Join lines with their prices.

    Args:
        lines: The lines.
        facts: Where prices are looked up.
        currency: The currency of the session, in upper case; None where nobody knows it.
        ui_mode: How the session is shown; None where nobody knows.
        unknown: Where a price that nobody looked up is noted.
        currency_unknown: Whether nobody looked up the currency of the session.
        origin: Where the ids of their prices stand.
    """
    now, catalogue = facts.now, facts.prices
    # A set, because each line asks for its own; where every price is known, none is made.
    gone: frozenset[str] | None = None
    inline, price_field = True, origin.field or ""
    views: list[LineItemView] = []
    prices: list[PriceView] = []
    inline_prices: list[InlinePriceView] = []
    unit_amounts: list[UnitAmountView] = []
    products: list[str | None] = []
    requested: dict[str, int] = {}
    subtotal = 0
    some_unknown = False
    differing = currency is None
    # The lines of a session are in one currency, nearly always: a code is folded and looked up where it changes.
    spelt: str | None = None
    code, recognised = "", False
    for index, line in enumerate(lines):
        quantity = line.quantity
        price_id = line.price
        data = line.price_data
        adjustable = line.adjustable_quantity
        missing = not_looked_up = False
        stated: str | None = None
        if price_id is not None:
            price = catalogue.get(price_id)
            before = requested.get(price_id, 0)
            after = requested[price_id] = before + quantity if quantity > 0 else before
            if price is None:
                gone = frozenset(facts.missing.prices) if gone is None else gone
                missing = price_id in gone
                not_looked_up = not missing
                prices.append(PriceView(index, price_id, origin, missing, not_looked_up, quantity, after, ui_mode))
            else:
                if price.currency != spelt:
                    spelt = price.currency
                    code = fold_currency(spelt)
                    recognised = currency_valid_at(code, now)
                stock = price.stock
                prices.append(
                    PriceView(
                        index,
                        price_id,
                        origin,
                        missing,
                        not_looked_up,
                        quantity,
                        after,
                        ui_mode,
                        price.active,
                        price.start_date,
                        price.expiration_date,
                        price.type,
                        code,
                        recognised,
                        stock,
                        stock is not None and before > 0 and before > stock,
                    )
                )
                if data is None:
                    stated = code
                    subtotal += _unit_amount(price) * quantity
                    products.append(price.product_id)
            if not_looked_up:
                some_unknown = True
                # It may be the first line in another currency: whether a later one is, nobody can tell.
                currency_unknown = currency_unknown or not differing
                differing = True
                unknown.append(("prices", price_id))
        if data is not None:
            if data.currency != spelt:
                spelt = data.currency
                code = fold_currency(spelt)
                recognised = currency_valid_at(code, now)
            inline_prices.append(InlinePriceView(index, data, recognised))
            unit_amounts.append(UnitAmountView(index, data.unit_amount, inline))
            if price_id is None:
                stated = code
                subtotal += data.unit_amount * quantity
                products.append(None)
        differs = stated is not None and stated != currency and recognised and not differing
        differing = differing or differs
        least = None if adjustable is None or not adjustable.enabled else adjustable.minimum
        optional = least is not None and least <= 0
        views.append(LineItemView(index, line, optional, stated, currency, differs, currency_unknown, price_field))
    if len(products) < len(lines):
        # A line without a known price: nothing can be said of all of them together.
        return LineItems(views, prices, inline_prices, unit_amounts, None, None, some_unknown)
    return LineItems(views, prices, inline_prices, unit_amounts, subtotal, products, some_unknown)


def _unit_amount(price: Price) -> int:
    """Tell what one unit counts, in minor units; where the buyer sets it, the preset, else the minimum, else 0."""
    if price.unit_amount is not None and price.type != "CUSTOM":
        return price.unit_amount
    custom = price.custom_unit_amount
    return 0 if custom is None else custom.preset or custom.minimum or 0
