"""The last part of `straight_line`: the promotion codes and coupons of a new session."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from benches.straight_line_basket import (
    NO_CURRENCY,
    NO_SUBTOTAL,
    UnknownFactError,
    account,
    expect_missing,
    fold,
    rate_to,
)
from rules_engine.models import Coupon, Facts, LineItem, SessionCreate
from rules_engine.models.currency import minor_unit_digits

NO_COUPON_CURRENCY: Final = NO_CURRENCY | {
    "unsupported_currency",
    "line_currency_mismatch",
    "line_item_price_exclusive",
}
"""With one of these, the currency of a coupon is not judged."""


def check_discounts(  # noqa: C901, PLR0912, PLR0915  # straight-line is the point
    request: SessionCreate, facts: Facts, currency: str | None, subtotal: int | None, found: set[str]
) -> None:
    """Check the promotion codes and coupons against the rest of the session, of which `found` has the faults."""
    now, customer_id = facts.now, request.customer_id
    subtotal_stands = found.isdisjoint(NO_SUBTOTAL)
    currency_stands = found.isdisjoint(NO_COUPON_CURRENCY)
    for discount in request.discounts or ():
        coupon_id, code_id = discount.coupon, discount.promotion_code
        if code_id is None:
            if coupon_id is None:
                found.add("discount_empty")
                continue
            code = None
            coupon = facts.coupons.get(coupon_id)
            if coupon is None:
                expect_missing(coupon_id, facts.missing.coupons)
                found.add("coupon_missing")
                continue
        elif coupon_id is not None:
            found.add("discount_exclusive")
            continue
        else:
            code = facts.promotion_codes.get(code_id)
            if code is None:
                expect_missing(code_id, facts.missing.promotion_codes)
                found.add("promotion_code_missing")
                continue
            coupon = facts.coupons.get(code.coupon.id)

        if code is not None:
            restrictions = code.restrictions
            if not code.active:
                found.add("promotion_code_inactive")
            if code.expires_at is not None and now >= code.expires_at:
                found.add("promotion_code_expired")
            if code.max_redemptions is not None and code.times_redeemed >= code.max_redemptions:
                found.add("promotion_code_max_redemptions")
            if code.customer_id is not None and code.customer_id != customer_id:
                found.add("promotion_code_customer_mismatch")
            elif restrictions.first_time_transaction and _paid_before(customer_id, facts):
                found.add("promotion_code_first_time_only")
            if subtotal_stands and _below(
                restrictions.minimum_amount, restrictions.minimum_amount_currency, subtotal, currency, facts
            ):
                found.add("promotion_code_minimum_amount")
        if coupon is None:
            if code is not None:
                expect_missing(code.coupon.id, facts.missing.coupons)
            found.add("coupon_invalid")
            continue
        if (
            coupon.deleted
            or not coupon.active
            or not coupon.valid
            or (coupon.redeem_by is not None and now >= coupon.redeem_by)
            or (coupon.max_redemptions is not None and coupon.times_redeemed >= coupon.max_redemptions)
            or (subtotal is not None and not _fits(coupon, request.line_items or (), facts))
        ):
            found.add("coupon_invalid")
        most = coupon.customer_max_redemptions
        if most is not None and _redeemed(customer_id, coupon.id, facts) >= most:
            found.add("coupon_customer_max_redemptions")
        if not currency_stands:
            continue
        if coupon.currency is not None and currency is not None and fold(coupon.currency) != currency:
            found.add("coupon_currency_mismatch")
        elif subtotal_stands and coupon.min_value is not None:
            minimum_currency = coupon.currency or account(facts)[0].settlement_currency
            if _below(coupon.min_value, minimum_currency, subtotal, currency, facts):
                found.add("coupon_minimum_amount")


def _paid_before(customer_id: str | None, facts: Facts) -> bool:
    payments = facts.payments.guest if customer_id is None else facts.payments.customers.get(customer_id)
    if payments is None:
        raise UnknownFactError(customer_id or "guest")
    return payments > 0


def _redeemed(customer_id: str | None, coupon_id: str, facts: Facts) -> int:
    redemptions = facts.redemptions
    by_coupon = redemptions.guest if customer_id is None else redemptions.customers.get(customer_id)
    redeemed = None if by_coupon is None else by_coupon.get(coupon_id)
    if redeemed is None:
        raise UnknownFactError(f"{customer_id}/{coupon_id}")
    return redeemed


def _fits(coupon: Coupon, lines: Sequence[LineItem], facts: Facts) -> bool:
    wanted = coupon.applies_to_product_ids
    if not wanted:
        return True
    for line in lines:  # noqa: SIM110  # any() would build a generator, in a function that is timed
        if line.price is not None and facts.prices[line.price].product_id in wanted:
            return True
    return False


def _below(
    minimum: int | Decimal | None,
    minimum_currency: str | None,
    subtotal: int | None,
    currency: str | None,
    facts: Facts,
) -> bool:
    """Return whether the subtotal does not reach a minimum; one that cannot be converted is never reached."""
    if minimum is None or minimum <= 0 or currency is None:
        return False
    source = currency if minimum_currency is None else fold(minimum_currency)
    if source != currency:
        settlement = fold(account(facts)[0].settlement_currency)
        rate, session_rate = rate_to(settlement, source, facts), rate_to(settlement, currency, facts)
        if rate is None or session_rate is None:
            return True
        major = Fraction(minimum) / 10 ** minor_unit_digits(source) * Fraction(rate) / Fraction(session_rate)
        return subtotal is not None and subtotal < major * 10 ** minor_unit_digits(currency)
    return subtotal is not None and subtotal < minimum
