"""Promotion codes: set by the merchant, entered by the buyer, kept by a stored session, or acted on."""

from datetime import datetime

from rules_engine.models import PromotionCode
from rules_engine.path import Path
from rules_engine.views.basket import NO_MINIMUM, Basket, Minimum, Touched, build_minimum
from rules_engine.views.scope import Axis, scope, view


@scope(
    axis=Axis.DISCOUNT,
    fields="discounts[i].promotionCode",
    fields_in={"promotion_code.update": "id", "session.apply_promotion_code": "promotionCode"},
)
@view
class PromotionCodeView:
    """A promotion code, as far as the request touches it.

    Attributes:
        index: The index of the discount.
        place: Where it comes from; None for a stored discount that an update does not send.
        entered: Whether the buyer typed it.
        missing: Whether it is known not to exist.
        unknown: Whether nobody looked it up.
        code: Its string, as it is stored; "" where nobody knows it.
        active: False is switched off.
        expires_at: Redeemable until just before this instant.
        max_redemptions: How often it may be redeemed; None is unlimited.
        redeemed: How often it has been redeemed, without the session's own redemption.
        own_unknown: Whether one of them may be the session's own, and nobody looked.
        bound_to: The only customer who may redeem it; None is anybody.
        customer_id: The customer of the session.
        customer_unknown: Whether nobody knows the customer.
        first_time: Whether it is for a first purchase only.
        paid_before: Whether the customer has paid before; None where nobody looked.
        minimum: The least subtotal.
        subtotal: The session's subtotal; None where it has none, or nobody knows it.
    """

    index: int
    place: Path | None
    entered: bool
    missing: bool
    unknown: bool
    code: str = ""
    active: bool = True
    expires_at: datetime | None = None
    max_redemptions: int | None = None
    redeemed: int = 0
    own_unknown: bool = False
    bound_to: str | None = None
    customer_id: str | None = None
    customer_unknown: bool = False
    first_time: bool = False
    paid_before: bool | None = False
    minimum: Minimum = NO_MINIMUM
    subtotal: int | None = None


def build_promotion_code(
    code: PromotionCode, index: int, place: Path | None, touched: Touched, basket: Basket, *, entered: bool
) -> PromotionCodeView:
    """Join a known promotion code with the session it is meant for."""
    missing = unknown = own_unknown = False
    whole = touched.whole
    redeemed = code.times_redeemed if whole else 0
    if whole and code.max_redemptions is not None and code.id in basket.carried_codes:
        redeemed, own_unknown = _redeemed_by_others(code, basket)
    restrictions = code.restrictions
    first_time = touched.customer and bool(restrictions.first_time_transaction)
    paid_before = _paid_before(basket) if first_time else False
    minimum = NO_MINIMUM
    if touched.amount:
        minimum = build_minimum(restrictions.minimum_amount, restrictions.minimum_amount_currency, basket)
    return PromotionCodeView(
        index,
        place,
        entered,
        missing,
        unknown,
        code.code,
        code.active or not whole,
        code.expires_at if whole else None,
        code.max_redemptions if whole else None,
        redeemed,
        own_unknown,
        code.customer_id if touched.customer else None,
        basket.customer_id,
        basket.customer_unknown,
        first_time,
        paid_before,
        minimum,
        basket.subtotal,
    )


def _redeemed_by_others(code: PromotionCode, basket: Basket) -> tuple[int, bool]:
    """Tell how often other sessions redeemed a code that this one carries, and whether nobody looked that up."""
    counted = basket.facts.redemptions.counted
    if counted is not None:
        return code.times_redeemed - (code.id in counted.promotion_codes), False
    if code.times_redeemed == code.max_redemptions:
        basket.unknown.append(("redemptions.counted", None))
    return code.times_redeemed - 1, True


def _paid_before(basket: Basket) -> bool | None:
    if basket.customer_unknown:
        return None
    if basket.customer_id is None:
        # Nobody can show that an unnamed buyer never paid, unless the host knows who it is.
        return basket.facts.payments.guest != 0
    payments = basket.facts.payments.customers.get(basket.customer_id)
    if payments is None:
        basket.unknown.append(("payments.customers", basket.customer_id))
        return None
    return payments > 0
