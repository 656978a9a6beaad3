"""What a discount is measured against: the amount, the currency, the products and the customer of a session."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from rules_engine.models import Coupon, Facts, product_of
from rules_engine.models.currency import converted, fold_currency
from rules_engine.views.currency import look_up_rate
from rules_engine.views.line_item import LineItems
from rules_engine.views.scope import constructor, view
from rules_engine.views.views import UnknownFact

_FEW: Final = 16


@view
class Basket:
    """The side of the session that discounts look at.

    Attributes:
        facts: Where coupons, codes, payments and redemptions are looked up.
        unknown: Where facts that are not provided are noted.
        currency: The currency of the session, in upper case; None where it has none, or it is unknown.
        subtotal: Before discounts, in minor units; None where it has none, or it is unknown.
        amount_unknown: Whether currency or subtotal are None because they are unknown.
        products: The products of the lines as far as they are known, None for one of no catalogue; None where there are
            no lines, or some have no price, or one that does not exist.
        customer_id: The customer; None for a buyer who is no stored customer, or where unknown.
        customer_unknown: Whether the customer is unknown.
        lines_unknown: Whether lines, or the prices of some, are not provided.
        products_unknown: What it takes to know the products of the other lines, until that is noted; None for nothing.
        locked_rate: A currency in upper case, and the rate that the stored session locked for it.
        carried_codes: The promotion codes the stored session carries already, by id.
        carried_coupons: The coupons it carries already, by id.
        carried_by: The customer that the redemptions of these count for: the one it has, whoever it is to get. A buyer
            who is taken off the session as a customer, and goes on as a guest, is still that one.
    """

    facts: Facts
    unknown: list[UnknownFact]
    currency: str | None
    subtotal: int | None
    amount_unknown: bool
    products: Collection[str | None] | None
    customer_id: str | None
    customer_unknown: bool = False
    products_unknown: list[UnknownFact] | None = None
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
UNTOUCHED = Touched(whole=False, amount=False, customer=False)


@view
class Minimum:
    """A minimum amount, in the currency of the session.

    Attributes:
        exact: Minor units of the session's currency, not rounded; None where there is none, or it is unknown.
        amount: The same as it is shown: truncated to the minor unit where it was converted.
        currency: The session's currency, in lower case; None where there is no amount.
        subtotal: What is compared with it, in the same units; None where there is none, or it is unknown.
        unreachable: Whether it is in a currency that is known to have no exchange rate, so that it is never met.
        unknown: Whether a fact that it takes to compare it is not provided.
    """

    exact: int | Decimal | Fraction | None = None
    amount: int | Decimal | None = None
    currency: str | None = None
    subtotal: int | None = None
    unreachable: bool = False
    unknown: bool = False


NO_MINIMUM = Minimum()
UNKNOWN_MINIMUM = Minimum(unknown=True)

_minimum = constructor(Minimum)


def build_minimum(amount: int | Decimal | None, currency: str | None, basket: Basket) -> Minimum:
    """Build a minimum amount in the currency of the session.

    Args:
        amount: Minor units; None for no minimum.
        currency: What it is in, in either case; None is the session's own currency.
        basket: The session.
    """
    target = basket.currency
    if amount is None or amount <= 0:
        return NO_MINIMUM
    if target is None:
        return UNKNOWN_MINIMUM if basket.amount_unknown else NO_MINIMUM
    source = target if currency is None else fold_currency(currency)
    exact: int | Decimal | Fraction = amount
    if source != target:
        source_rate, source_missing, _ = look_up_rate(source, basket.facts, basket.unknown, basket.locked_rate)
        target_rate, target_missing, _ = look_up_rate(target, basket.facts, basket.unknown, basket.locked_rate)
        if source_missing or target_missing:
            return Minimum(unreachable=True, subtotal=basket.subtotal)
        if source_rate is None or target_rate is None:
            return UNKNOWN_MINIMUM
        exact = converted(amount, source, target, source_rate=source_rate, target_rate=target_rate)
        amount = int(exact)
    if basket.amount_unknown:
        return UNKNOWN_MINIMUM
    return _minimum(exact=exact, amount=amount, currency=target.lower(), subtotal=basket.subtotal)


def build_coupon_minimum(coupon: Coupon, basket: Basket) -> Minimum:
    """Build the minimum of a coupon, which is in its currency, else in the settlement currency."""
    if coupon.min_value is None or coupon.min_value <= 0:
        return NO_MINIMUM
    if coupon.currency:
        return build_minimum(coupon.min_value, coupon.currency, basket)
    merchant = basket.facts.merchant
    if merchant is None:
        basket.unknown.append(("merchant", None))
        return UNKNOWN_MINIMUM
    return build_minimum(coupon.min_value, merchant.settlement_currency, basket)


def line_products(lines: LineItems) -> tuple[Collection[str | None] | None, list[UnknownFact] | None]:
    """Return the products of lines as a basket has them, and what it takes to know more of them."""
    if lines.subtotal is None and not lines.unknown:
        return None, None
    priced = [price for price in lines.prices if not price.unknown and not price.missing]
    products = [product_of(price.stored) for price in priced]
    required = [("prices.productId", price.id) for price in priced if product_of(price.stored) is None]
    if lines.inline_prices:
        products.append(None)
    # Many are looked at by every discount.
    return products if len(products) <= _FEW else frozenset(products), list(dict.fromkeys(required)) or None


def fits_products(product_ids: Sequence[str], basket: Basket) -> bool | None:
    """Return whether a line has one of the products of a coupon, or it has none; None where that is unknown."""
    if not product_ids:
        return True
    if basket.products and not frozenset(product_ids).isdisjoint(basket.products):
        return True
    if basket.lines_unknown or basket.products_unknown is not None:
        # Noted once, not for each discount.
        basket.unknown.extend(basket.products_unknown or ())
        if basket.products_unknown is not None:
            basket.products_unknown.clear()
        return None
    # Where there is no line at all, that is what is wrong, not the coupon.
    return not basket.products
