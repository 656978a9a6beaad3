"""Coupons: set by the merchant, reached through a promotion code, kept by a stored session, or acted on."""

from collections.abc import Collection
from datetime import datetime

from rules_engine.models import Coupon, Facts
from rules_engine.models.currency import fold_currency
from rules_engine.path import Path
from rules_engine.views.basket import NO_MINIMUM, UNKNOWN_MINIMUM, Basket, Minimum, Touched, build_minimum
from rules_engine.views.scope import Axis, scope, view
from rules_engine.views.views import UnknownFact


@scope(
    axis=Axis.DISCOUNT,
    fields=("discounts[i].coupon", "discounts[i].promotionCode"),
    fields_in={
        "promotion_code.create": "coupon",
        "promotion_code.update": "active",
        "coupon.update": "id",
        "coupon.delete": "id",
        "session.apply_promotion_code": "promotionCode",
    },
)
@view
class CouponView:
    """A coupon, as far as the request touches it.

    Attributes:
        index: The index of the discount.
        place: Where it comes from; None for a stored discount that an update does not send.
        missing: Whether it is known not to exist, and the request itself names it.
        unknown: Whether nobody looked it up.
        deleted: Whether it was deleted.
        active: False is switched off.
        valid: What the API computed last.
        redeem_by: Redeemable until just before this instant.
        max_redemptions: How often it may be redeemed; None is unlimited.
        redeemed: How often it has been redeemed, without the session's own redemption.
        own_unknown: Whether one of them may be the session's own, and nobody looked.
        fits_no_line: Whether it is for certain products only, and no line has one of them.
        fit_unknown: Whether nobody looked up what it takes to tell.
        currency: Its currency in upper case; None fits any.
        session_currency: The session's currency in upper case; None where nobody knows it.
        currency_unknown: Whether nobody knows the session's currency.
        minimum: The least subtotal.
        subtotal: The session's subtotal; None where it has none, or nobody knows it.
        customer_max: How often one customer may redeem it; None is unlimited.
        customer_redeemed: How often this customer has, without the session's own redemption; None where nobody looked.
        customer_own_unknown: Whether one of these may be the session's own, and nobody looked.
    """

    index: int
    place: Path | None
    missing: bool
    unknown: bool
    deleted: bool = False
    active: bool = True
    valid: bool = True
    redeem_by: datetime | None = None
    max_redemptions: int | None = None
    redeemed: int = 0
    own_unknown: bool = False
    fits_no_line: bool = False
    fit_unknown: bool = False
    currency: str | None = None
    session_currency: str | None = None
    currency_unknown: bool = False
    minimum: Minimum = NO_MINIMUM
    subtotal: int | None = None
    customer_max: int | None = None
    customer_redeemed: int | None = 0
    customer_own_unknown: bool = False


def build_coupon(coupon: Coupon, index: int, place: Path | None, touched: Touched, basket: Basket) -> CouponView:
    """Join a known coupon with the session it is meant for.

    Args:
        coupon: The coupon.
        index: The index of the discount.
        place: Where it comes from.
        touched: Which side of it the request touches.
        basket: The session.
    """
    whole = touched.whole
    missing = unknown = own_unknown = fits_no_line = fit_unknown = False
    own = 0
    keeps_customer = basket.customer_id == basket.carried_by
    if coupon.id in basket.carried_coupons:
        own, own_unknown = _own_redemption(coupon, basket, keeps_customer=keeps_customer)
    if touched.amount and coupon.applies_to_product_ids:
        fit_unknown = _fit_unknown(basket)
        fits_no_line = not fit_unknown and _fits_no_line(coupon.applies_to_product_ids, basket.products)
    minimum = _minimum(coupon, basket) if touched.amount else NO_MINIMUM
    customer_redeemed: int | None = 0
    if coupon.customer_max_redemptions is not None:
        customer_redeemed = _customer_redeemed(coupon, basket, own if keeps_customer else 0)
    if fit_unknown and basket.prices_unknown:
        # What it takes to tell the products of the lines is asked for once, not for each discount.
        basket.unknown.extend(("prices", price_id) for price_id in basket.prices_unknown)
        basket.prices_unknown.clear()
    return CouponView(
        index,
        place,
        missing,
        unknown,
        coupon.deleted and whole,
        coupon.active or not whole,
        coupon.valid or not whole,
        coupon.redeem_by if whole else None,
        coupon.max_redemptions if whole else None,
        coupon.times_redeemed - own,
        own_unknown,
        fits_no_line,
        fit_unknown,
        fold_currency(coupon.currency) if whole and coupon.currency is not None else None,
        basket.currency,
        basket.currency is None and basket.amount_unknown,
        minimum,
        basket.subtotal,
        coupon.customer_max_redemptions if touched.customer else None,
        customer_redeemed,
        own_unknown and keeps_customer,
    )


def build_coupon_alone(
    coupon_id: str, place: Path, facts: Facts, unknown: list[UnknownFact], *, by_code: bool
) -> CouponView:
    """Join a coupon that no session is at hand for: with what can be told of the coupon itself.

    Args:
        coupon_id: Its id.
        place: Where it comes from.
        facts: What the host knows.
        unknown: Where it is noted that nobody looked.
        by_code: Whether a promotion code stands for it: then a coupon that does not exist is a deleted one.
    """
    coupon = facts.coupons.get(coupon_id)
    if coupon is None:
        return absent_coupon(coupon_id, 0, place, facts.missing.coupons, unknown, by_code=by_code)
    return CouponView(
        0,
        place,
        missing=False,
        unknown=False,
        deleted=coupon.deleted,
        active=coupon.active,
        valid=coupon.valid,
        redeem_by=coupon.redeem_by,
        max_redemptions=coupon.max_redemptions,
        redeemed=coupon.times_redeemed,
    )


def absent_coupon(
    coupon_id: str, index: int, place: Path | None, gone: Collection[str], unknown: list[UnknownFact], *, by_code: bool
) -> CouponView:
    """Tell of a coupon that no fact describes whether it does not exist, or nobody looked."""
    missing = coupon_id in gone
    if not missing:
        unknown.append(("coupons", coupon_id))
    return CouponView(index, place, missing and not by_code, not missing, deleted=missing and by_code)


def _own_redemption(coupon: Coupon, basket: Basket, *, keeps_customer: bool) -> tuple[int, bool]:
    """Tell how many redemptions of a coupon that the session carries may be its own, and whether nobody looked."""
    counted = basket.facts.redemptions.counted
    if counted is not None:
        return int(coupon.id in counted.coupons), False
    by_customer = keeps_customer and coupon.customer_max_redemptions is not None
    if by_customer or coupon.times_redeemed == coupon.max_redemptions:
        basket.unknown.append(("redemptions.counted", None))
    return 1, True


def _fit_unknown(basket: Basket) -> bool:
    """Tell whether nobody looked up what it takes to tell the products of the lines."""
    return (
        basket.prices_unknown is not None or basket.lines_unknown or (basket.products is None and basket.amount_unknown)
    )


def _fits_no_line(product_ids: tuple[str, ...], products: Collection[str | None] | None) -> bool:
    """Tell whether a coupon is for products that no line has."""
    # Where there is no line at all, that is what is wrong, not the coupon.
    return bool(products) and frozenset(product_ids).isdisjoint(products or ())


def _minimum(coupon: Coupon, basket: Basket) -> Minimum:
    if coupon.min_value is None or coupon.min_value <= 0:
        return NO_MINIMUM
    merchant = basket.facts.merchant
    if coupon.currency:
        return build_minimum(coupon.min_value, coupon.currency, basket)
    if merchant is None:
        basket.unknown.append(("merchant", None))
        return UNKNOWN_MINIMUM
    return build_minimum(coupon.min_value, merchant.settlement_currency, basket)


def _customer_redeemed(coupon: Coupon, basket: Basket, own: int) -> int | None:
    """Tell how often the customer has redeemed a coupon, without a redemption of the session's own."""
    if basket.customer_unknown:
        return None
    if basket.customer_id is None:
        return 0
    by_coupon = basket.facts.redemptions.customers.get(basket.customer_id)
    redeemed = None if by_coupon is None else by_coupon.get(coupon.id)
    if redeemed is None:
        basket.unknown.append(("redemptions.customers", f"{basket.customer_id}/{coupon.id}"))
        return None
    return redeemed - own
