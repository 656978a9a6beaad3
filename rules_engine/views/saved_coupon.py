"""A coupon that is made, changed or deleted."""

from datetime import datetime, timedelta
from typing import Any, Final

from rules_engine.models import CouponCreate, CouponDelete, CouponUpdate, Draft
from rules_engine.views.currency import build_stated_currency
from rules_engine.views.discount import CouponView
from rules_engine.views.fixed_field import build_fixed_fields
from rules_engine.views.product import build_products
from rules_engine.views.scope import scope, view
from rules_engine.views.session import build_metadata
from rules_engine.views.views import TARGET_PLACE, UnknownFact, Views, look_up, target_id

_DAY: Final = timedelta(days=1)


@scope(("request",))
@view
class SavedCouponView:
    """A coupon that is made.

    Attributes:
        stated: The coupon as the request states it.
        days_ahead: In how many days it ends, a day that has begun counted in full; None where it has no end, or one
            without an offset, which is for the rules to stumble over.
    """

    stated: CouponCreate
    days_ahead: int | None


@scope(("target", "id"))
@view
class CouponUseView:
    """What a coupon that is deleted is attached to.

    Attributes:
        promotion_codes: Active promotion codes that stand for it.
        sessions: Open sessions that carry it.
        unknown: Whether nobody counted them.
    """

    promotion_codes: int
    sessions: int
    unknown: bool


def build_coupon_create(draft: Draft[CouponCreate]) -> Views:
    """Join a new coupon with the facts."""
    request, facts = draft.request, draft.facts
    unknown: list[UnknownFact] = []
    currency = build_stated_currency(request.currency, facts, unknown)
    named = enumerate(request.applies_to_product_ids or ())
    return {
        "unknown": unknown,
        "saved_coupon": (SavedCouponView(request, _days_ahead(request.redeem_by, facts.now)),),
        "currency": currency,
        "product": build_products(
            ((("request", "appliesToProductIds", index), product_id) for index, product_id in named), facts, unknown
        ),
        "metadata": build_metadata(request.metadata),
    }


def _days_ahead(instant: datetime | None, now: datetime) -> int | None:
    return None if instant is None or instant.tzinfo is None else -((now - instant) // _DAY)


def build_coupon_update(draft: Draft[CouponUpdate]) -> Views:
    """Join a change of a coupon with the stored one."""
    request = draft.request
    unknown: list[UnknownFact] = []
    return {
        "unknown": unknown,
        "coupon": (_target(draft, unknown),),
        "fixed_field": build_fixed_fields(
            (
                ("percentOff", request.percent_off),
                ("amountOff", request.amount_off),
                ("currency", request.currency),
                ("duration", request.duration),
                ("durationInMonths", request.duration_in_months),
                ("maxDiscountAmount", request.max_discount_amount),
                ("minValue", request.min_value),
                ("maxRedemptions", request.max_redemptions),
                ("customerMaxRedemptions", request.customer_max_redemptions),
                ("redeemBy", request.redeem_by),
                ("appliesToProductIds", request.applies_to_product_ids),
            )
        ),
        "metadata": build_metadata(request.metadata),
    }


def build_coupon_delete(draft: Draft[CouponDelete]) -> Views:
    """Join the end of a coupon with the stored one and what it is attached to."""
    unknown: list[UnknownFact] = []
    target = _target(draft, unknown)
    return {"unknown": unknown, "coupon": (target,), "coupon_use": (_use(draft, target, unknown),)}


def _target(draft: Draft[Any], unknown: list[UnknownFact]) -> CouponView:
    facts = draft.facts
    stored, missing, not_provided = look_up(target_id(draft), facts.coupons, facts.missing.coupons, "coupons", unknown)
    gone = missing or (stored is not None and stored.deleted)
    return CouponView(index=0, place=TARGET_PLACE, missing=gone, unknown=not_provided)


def _use(draft: Draft[CouponDelete], target: CouponView, unknown: list[UnknownFact]) -> CouponUseView:
    if target.missing:
        # Nothing is attached to a coupon that is not there, whatever a stale count says.
        return CouponUseView(0, 0, unknown=False)
    coupon_id = target_id(draft)
    counted = draft.facts.usage.coupons.get(coupon_id)
    if counted is None:
        unknown.append(("usage.coupons", coupon_id))
        return CouponUseView(0, 0, unknown=True)
    return CouponUseView(counted.promotion_codes, counted.sessions, unknown=False)
