"""A coupon that is made, changed or deleted."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from attrs import define

from rules_engine.models.coupon import CouponCreate
from rules_engine.models.draft import CouponCreateDraft, CouponDeleteDraft, CouponDraft, CouponUpdateDraft
from rules_engine.path import Path
from rules_engine.subjects.coupon import COUPON, CouponSubject, absent_coupon
from rules_engine.subjects.currency import CURRENCY, CurrencySubject, join_stated_currency
from rules_engine.subjects.fixed_field import FIXED_FIELD, FixedFieldSubject, join_fixed_fields
from rules_engine.subjects.joined import Joined, JoinedOperation, UnknownFact
from rules_engine.subjects.metadata import METADATA, MetadataSubject, join_metadata
from rules_engine.subjects.product import PRODUCT, ProductSubject, join_products
from rules_engine.subjects.scope import Axis, Scope, subject
from rules_engine.subjects.target import TARGET_PLACE, target_id

_DAY: Final = timedelta(days=1)


@subject
class SavedCouponSubject:
    """A coupon that is made.

    Attributes:
        stated: The coupon as the request states it.
        days_ahead: In how many days it ends, a day that has begun counted in full; None where it has no end, or one
            without an offset, which is for the rules to stumble over.
    """

    stated: CouponCreate
    days_ahead: int | None


@subject
class CouponUseSubject:
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
class SavedCouponJoined(Joined):
    """The items of every scope of the operations of a coupon."""

    coupon: Sequence[CouponSubject] = ()
    coupon_use: Sequence[CouponUseSubject] = ()
    saved_coupon: Sequence[SavedCouponSubject] = ()
    fixed_field: Sequence[FixedFieldSubject] = ()
    currency: Sequence[CurrencySubject] = ()
    product: Sequence[ProductSubject] = ()
    metadata: Sequence[MetadataSubject] = ()


def join_coupon_create(draft: CouponCreateDraft) -> SavedCouponJoined:
    """Join a new coupon with the facts."""
    request, facts = draft.request, draft.facts
    unknown: list[UnknownFact] = []
    joined = SavedCouponJoined(unknown)
    joined.saved_coupon = (SavedCouponSubject(request, _days_ahead(request.redeem_by, facts.now)),)
    if request.currency is not None:
        joined.currency = (join_stated_currency(request.currency, facts, unknown, rate_needed=False),)
    named = enumerate(request.applies_to_product_ids or ())
    joined.product = join_products(
        ((("request", "appliesToProductIds", index), product_id) for index, product_id in named), facts, unknown
    )
    joined.metadata = join_metadata(request.metadata)
    return joined


def _days_ahead(instant: datetime | None, now: datetime) -> int | None:
    return None if instant is None or instant.tzinfo is None else -((now - instant) // _DAY)


def join_coupon_update(draft: CouponUpdateDraft) -> SavedCouponJoined:
    """Join a change of a coupon with the stored one."""
    request = draft.request
    unknown: list[UnknownFact] = []
    return SavedCouponJoined(
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


def join_coupon_delete(draft: CouponDeleteDraft) -> SavedCouponJoined:
    """Join the end of a coupon with the stored one and what it is attached to."""
    unknown: list[UnknownFact] = []
    target = _target(draft, unknown)
    return SavedCouponJoined(unknown, coupon=(target,), coupon_use=(_use(draft, target, unknown),))


def _target(draft: CouponDraft[Any], unknown: list[UnknownFact]) -> CouponSubject:
    facts, coupon_id = draft.facts, target_id(draft)
    stored = facts.coupons.get(coupon_id)
    if stored is None:
        return absent_coupon(coupon_id, 0, TARGET_PLACE, facts.missing.coupons, unknown, by_code=False)
    return CouponSubject(0, TARGET_PLACE, missing=stored.deleted, unknown=False)


def _use(draft: CouponDeleteDraft, target: CouponSubject, unknown: list[UnknownFact]) -> CouponUseSubject:
    if target.missing:
        # Nothing is attached to a coupon that is not there, whatever a stale count says.
        return CouponUseSubject(0, 0, unknown=False)
    coupon_id = target_id(draft)
    counted = draft.facts.usage.coupons.get(coupon_id)
    if counted is None:
        unknown.append(("usage.coupons", coupon_id))
        return CouponUseSubject(0, 0, unknown=True)
    return CouponUseSubject(counted.promotion_codes, counted.sessions, unknown=False)


def _request_place(_: SavedCouponSubject) -> Path:
    return ("request",)


def _use_place(_: CouponUseSubject) -> Path:
    return TARGET_PLACE


SAVED_COUPON = Scope("saved_coupon", SavedCouponSubject, Axis.ROOT, _request_place)
COUPON_USE = Scope("coupon_use", CouponUseSubject, Axis.ROOT, _use_place)

ROWS: Final[tuple[JoinedOperation, ...]] = (
    (CouponCreateDraft, join_coupon_create, (SAVED_COUPON, CURRENCY, PRODUCT, METADATA)),
    (CouponUpdateDraft, join_coupon_update, (COUPON, FIXED_FIELD, METADATA)),
    (CouponDeleteDraft, join_coupon_delete, (COUPON, COUPON_USE)),
)
"""The draft of each operation, its join and its scopes."""
