"""The lines a request states, joined with their prices in one pass."""

from rules_engine.models.currency import currency_valid_at, fold_currency
from rules_engine.models.facts import Facts
from rules_engine.models.line_item import LineItem
from rules_engine.models.price import Price
from rules_engine.path import Path
from rules_engine.subjects.price import InlinePriceSubject, PriceSubject
from rules_engine.subjects.scope import Axis, Scope, subject


@subject
class LineItemSubject:
    """A line.

    Attributes:
        index: Its index.
        line: The line as the request states it.
        optional: Whether the buyer may leave it out.
        currency: Its currency in upper case; None where it has none, or nobody knows it.
        session_currency: The session's currency in upper case; None where it has none, or nobody knows it.
        currency_differs: Whether it is the first line in another currency than the session's.
        currency_unknown: Whether nobody looked up what it takes to tell that.
    """

    index: int
    line: LineItem
    optional: bool
    currency: str | None
    session_currency: str | None
    currency_differs: bool
    currency_unknown: bool


@subject
class LineItems:
    """The lines of a request, and what they come to.

    Attributes:
        lines: The lines.
        prices: The catalogue prices of those that name one.
        inline_prices: The inline prices of those that carry one.
        subtotal: Unit amount times quantity, added up, in minor units; None while a line has no known price.
        products: The products of the lines; None while a line has no known price.
        unknown: Whether nobody looked up a price.
    """

    lines: list[LineItemSubject]
    prices: list[PriceSubject]
    inline_prices: list[InlinePriceSubject]
    subtotal: int | None
    products: frozenset[str | None] | None
    unknown: bool


def unit_amount(price: Price) -> int:
    """Tell what one unit counts, in minor units; where the buyer sets it, the preset, else the minimum, else 0."""
    if price.unit_amount is not None and price.type != "CUSTOM":
        return price.unit_amount
    custom = price.custom_unit_amount
    return 0 if custom is None else custom.preset or custom.minimum or 0


def line_currency(line: LineItem, facts: Facts) -> str | None:
    """Tell the currency of a line, in upper case; None where it has none, or where nobody knows it."""
    if line.price is None:
        return None if line.price_data is None else fold_currency(line.price_data.currency)
    price = None if line.price_data is not None else facts.prices.get(line.price)
    return None if price is None else fold_currency(price.currency)


def price_unknown(price_id: str, facts: Facts) -> bool:
    """Tell whether nobody looked a price up."""
    return price_id not in facts.prices and price_id not in facts.missing.prices


class Demand:
    """What lines ask for, price by price, in line order."""

    def __init__(self) -> None:
        """Start with nothing asked for."""
        self._requested: dict[str, int] = {}

    def price_subject(
        self, line: tuple[int, str, int], facts: Facts, ui_mode: str | None, *, stored: bool
    ) -> PriceSubject:
        """Join a line with its catalogue price.

        Args:
            line: The index of the line, the id of its price, and the quantity it asks for.
            facts: Where prices are looked up.
            ui_mode: How the session is shown; None where nobody knows.
            stored: Whether the line is one of the stored session.
        """
        index, price_id, quantity = line
        price = facts.prices.get(price_id)
        before = self._requested.get(price_id, 0)
        requested = self._requested[price_id] = before + quantity if quantity > 0 else before
        if price is None:
            missing = price_id in facts.missing.prices
            return PriceSubject(
                index,
                price_id,
                stored,
                missing,
                not missing,
                active=True,
                start_date=None,
                expiration_date=None,
                type="ONE_TIME",
                currency=None,
                currency_recognised=True,
                stock=None,
                quantity=quantity,
                requested=requested,
                sold_out_before=False,
                ui_mode=ui_mode,
            )
        stock = price.stock
        currency = fold_currency(price.currency)
        return PriceSubject(
            index,
            price_id,
            stored,
            False,  # noqa: FBT003  # positional: built for every line of every draft
            False,  # noqa: FBT003  # the same
            price.active,
            price.start_date,
            price.expiration_date,
            price.type,
            currency,
            currency_valid_at(currency, facts.now),
            stock,
            quantity,
            requested,
            stock is not None and before > 0 and before > stock,
            ui_mode,
        )


def join_lines(
    lines: tuple[LineItem, ...], facts: Facts, currency: str | None, ui_mode: str | None, *, currency_unknown: bool
) -> LineItems:
    """Join the lines of a request with their prices.

    Args:
        lines: The lines.
        facts: Where prices are looked up.
        currency: The currency of the session, in upper case; None where nobody knows it.
        ui_mode: How the session is shown; None where nobody knows.
        currency_unknown: Whether nobody looked up the currency of the session.
    """
    demand = Demand()
    subjects: list[LineItemSubject] = []
    prices: list[PriceSubject] = []
    inline_prices: list[InlinePriceSubject] = []
    products: list[str | None] = []
    subtotal: int = 0
    priced = True
    unknown = False
    differing = currency is None
    for index, line in enumerate(lines):
        quantity = line.quantity
        data = line.price_data
        adjustable = line.adjustable_quantity
        stated: str | None = None
        recognised = False
        if line.price is not None:
            price_subject = demand.price_subject((index, line.price, quantity), facts, ui_mode, stored=False)
            prices.append(price_subject)
            unknown = unknown or price_subject.unknown
            if data is None and price_subject.currency is not None:
                stated, recognised = price_subject.currency, price_subject.currency_recognised
                price = facts.prices[line.price]
                subtotal += unit_amount(price) * quantity
                products.append(price.product_id)
        if data is not None:
            currency_code = fold_currency(data.currency)
            inline = InlinePriceSubject(index, data, currency_valid_at(currency_code, facts.now))
            inline_prices.append(inline)
            if line.price is None:
                stated, recognised = currency_code, inline.currency_recognised
                subtotal += data.unit_amount * quantity
                products.append(None)
        priced = priced and stated is not None
        differs = not differing and recognised and stated != currency
        differing = differing or differs
        optional = adjustable is not None and adjustable.enabled and adjustable.minimum == 0
        subjects.append(LineItemSubject(index, line, optional, stated, currency, differs, currency_unknown))
    return LineItems(
        subjects,
        prices,
        inline_prices,
        subtotal if priced else None,
        frozenset(products) if priced else None,
        unknown,
    )


def _place(line: LineItemSubject) -> Path:
    return ("request", "lineItems", line.index)


def _sent(line: LineItemSubject, param: str) -> bool:
    return param.startswith("priceData") and line.line.price_data is not None


LINE_ITEM = Scope("line_item", LineItemSubject, Axis.LINE, _place, _sent)
