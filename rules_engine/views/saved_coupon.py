"""A coupon that is made, changed or deleted."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from attrs import define

from rules_engine.models import CouponCreate, CouponDelete, CouponUpdate, Draft
from rules_engine.path import Path
from rules_engine.views.coupon import CouponView, absent_coupon
from rules_engine.views.currency import CurrencyView, join_stated_currency
from rules_engine.views.fixed_field import FixedFieldView, join_fixed_fields
from rules_engine.views.metadata import MetadataView, join_metadata
from rules_engine.views.product import ProductView, join_products
from rules_engine.views.scope import Axis, Scope, view
from rules_engine.views.target import TARGET_PLACE, target_id
from rules_engine.views.views import UnknownFact, Views

_DAY: Final = timedelta(days=1)


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


@define(eq=False)
class SavedCouponViews(Views):
    """The items of every scope of the operations of a coupon."""

    coupon: Sequence[CouponView] = ()
    coupon_use: Sequence[CouponUseView] = ()
    saved_coupon: Sequence[SavedCouponView] = ()
    fixed_field: Sequence[FixedFieldView] = ()
    currency: Sequence[CurrencyView] = ()
    product: Sequence[ProductView] = ()
    metadata: Sequence[MetadataView] = ()


def join_coupon_create(draft: Draft[CouponCreate]) -> SavedCouponViews:
    """Join a new coupon with the facts."""
    request, facts = draft.request, draft.facts
    unknown: list[UnknownFact] = []
    views = SavedCouponViews(unknown)
    views.saved_coupon = (SavedCouponView(request, _days_ahead(request.redeem_by, facts.now)),)
    if request.currency is not None:
        views.currency = (join_stated_currency(request.currency, facts, unknown, rate_needed=False),)
    named = enumerate(request.applies_to_product_ids or ())
    views.product = join_products(
        ((("request", "appliesToProductIds", index), product_id) for index, product_id in named), facts, unknown
    )
    views.metadata = join_metadata(request.metadata)
    return views


def _days_ahead(instant: datetime | None, now: datetime) -> int | None:
    return None if instant is None or instant.tzinfo is None else -((now - instant) // _DAY)


def join_coupon_update(draft: Draft[CouponUpdate]) -> SavedCouponViews:
    """Join a change of a coupon with the stored one."""
    request = draft.request
    unknown: list[UnknownFact] = []
    return SavedCouponViews(
        unknown,
        coupon=(_target(draft, unknown),),
        fixed_field=join_fixed_fields(
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
        metadata=join_metadata(request.metadata),
    )


def join_coupon_delete(draft: Draft[CouponDelete]) -> SavedCouponViews:
    """Join the end of a coupon with the stored one and what it is attached to."""
    unknown: list[UnknownFact] = []
    target = _target(draft, unknown)
    return SavedCouponViews(unknown, coupon=(target,), coupon_use=(_use(draft, target, unknown),))


def _target(draft: Draft[Any], unknown: list[UnknownFact]) -> CouponView:
    facts, coupon_id = draft.facts, target_id(draft)
    stored = facts.coupons.get(coupon_id)
    if stored is None:
        return absent_coupon(coupon_id, 0, TARGET_PLACE, facts.missing.coupons, unknown, by_code=False)
    return CouponView(0, TARGET_PLACE, missing=stored.deleted, unknown=False)


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


def _request_place(_: SavedCouponView) -> Path:
    return ("request",)


def _use_place(_: CouponUseView) -> Path:
    return TARGET_PLACE


SAVED_COUPON = Scope("saved_coupon", SavedCouponView, Axis.ROOT, _request_place, fields="")
COUPON_USE = Scope("coupon_use", CouponUseView, Axis.ROOT, _use_place, fields="id")
