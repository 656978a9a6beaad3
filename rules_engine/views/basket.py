"""What a discount is measured against: the amount, the currency, the products and the customer of a session."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Final

from rules_engine.models import Facts
from rules_engine.models.currency import fold_currency
from rules_engine.views.currency import Absent, convert
from rules_engine.views.scope import view

_FEW: Final = 16


def distinct(products: Sequence[str | None] | None) -> Collection[str | None] | None:
    """List each product once where they are many: every discount may look at all of them."""
    return products if products is None or len(products) <= _FEW else frozenset(products)


@view
class Basket:
    """The side of the session that discounts look at.

    Attributes:
        facts: Where coupons, codes, payments and redemptions are looked up.
        unknown: Where a fact that nobody looked up is noted.
        currency: The currency of the session, in upper case; None where it has none, or nobody knows it.
        subtotal: Before discounts, in minor units; None where it has none, or nobody knows it.
        amount_unknown: Whether currency or subtotal are None because nobody looked.
        products: The products of the lines; None where they cannot all be told.
        customer_id: The customer; None for a buyer who is no stored customer, or where nobody looked.
        customer_unknown: Whether nobody looked.
        lines_unknown: Whether nobody looked up the lines of the stored session.
        prices_unknown: The ids of prices that would have to be looked up to tell the products, until they are noted;
            None where there are none.
        locked_rate: A currency in upper case, and the rate that the stored session locked for it.
        carried_codes: The promotion codes the stored session carries already, by id.
        carried_coupons: The coupons it carries already, by id.
        carried_by: The customer that the redemptions of these count for: the one it has, whoever it is to get.
    """

    facts: Facts
    unknown: list[tuple[str, str | None]]
    currency: str | None
    subtotal: int | None
    amount_unknown: bool
    products: Collection[str | None] | None
    customer_id: str | None
    customer_unknown: bool = False
    prices_unknown: list[str] | None = None
    lines_unknown: bool = False
    locked_rate: tuple[str, Decimal] | None = None
    carried_codes: frozenset[str | None] = frozenset()
    carried_coupons: frozenset[str] = frozenset()
    carried_by: str | None = None


@view
class Touched:
    """Which side of a discount a request touches: all of it where it sets the discount, or what it depends on.

    Attributes:
        whole: The discount itself.
        amount: The lines it is measured by.
        customer: The customer it is measured by.
    """

    whole: bool
    amount: bool
    customer: bool


WHOLE = Touched(whole=True, amount=True, customer=True)


@view
class Minimum:
    """A minimum amount, in the currency of the session.

    Attributes:
        amount: The minimum in minor units of the session's currency; None where there is none, or where it cannot be
            told.
        currency: The session's currency, in lower case; None where there is no amount.
        unreachable: Whether it is in a currency that is known to have no exchange rate, so that it is never met.
        unknown: Whether nobody looked up what it takes to compare it.
    """

    amount: int | Decimal | None = None
    currency: str | None = None
    unreachable: bool = False
    unknown: bool = False


NO_MINIMUM = Minimum()
UNKNOWN_MINIMUM = Minimum(unknown=True)
_UNREACHABLE_MINIMUM = Minimum(unreachable=True)


def minimum_of(amount: int | Decimal | None, currency: str | None, basket: Basket) -> Minimum:
    """Bring a minimum into the currency of the session.

    Args:
        amount: Minor units; None for no minimum.
        currency: What it is in, in any case; None is the session's own currency.
        basket: The session.
    """
    if amount is None or amount <= 0:
        return NO_MINIMUM
    if basket.currency is None:
        return UNKNOWN_MINIMUM if basket.amount_unknown else NO_MINIMUM
    if currency is not None and currency != basket.currency:
        converted = convert(
            amount, fold_currency(currency), basket.currency, basket.facts, basket.unknown, locked=basket.locked_rate
        )
        if isinstance(converted, Absent):
            return _UNREACHABLE_MINIMUM if converted is Absent.MISSING else UNKNOWN_MINIMUM
        amount = converted
    if basket.amount_unknown:
        return UNKNOWN_MINIMUM
    return Minimum(amount, basket.currency.lower())
