"""A coupon that is made, changed or deleted."""

from collections.abc import Sequence
from typing import Any, Final

from attrs import define

from rules_engine.models.draft import CouponCreateDraft, CouponDeleteDraft, CouponDraft, CouponUpdateDraft
from rules_engine.subjects.coupon import COUPON, CouponSubject
from rules_engine.subjects.joined import Joined, JoinedOperation, UnknownFact
from rules_engine.subjects.target import TARGET_PLACE, target_id


@define(eq=False)
class SavedCouponJoined(Joined):
    """The items of every scope of the operations of a coupon."""

    coupon: Sequence[CouponSubject] = ()


def join_coupon_create(draft: CouponCreateDraft) -> SavedCouponJoined:
    """Join a new coupon with the facts."""
    unknown: list[UnknownFact] = []
    return SavedCouponJoined(unknown)


def join_coupon_update(draft: CouponUpdateDraft) -> SavedCouponJoined:
    """Join a change of a coupon with the stored one."""
    unknown: list[UnknownFact] = []
    return SavedCouponJoined(unknown, coupon=_target(draft, unknown))


def join_coupon_delete(draft: CouponDeleteDraft) -> SavedCouponJoined:
    """Join the end of a coupon with the stored one and what uses it."""
    unknown: list[UnknownFact] = []
    return SavedCouponJoined(unknown, coupon=_target(draft, unknown))


def _target(draft: CouponDraft[Any], unknown: list[UnknownFact]) -> tuple[CouponSubject, ...]:
    facts, coupon_id = draft.facts, target_id(draft)
    known = facts.coupons.get(coupon_id)
    missing = (known is None and coupon_id in facts.missing.coupons) or (known is not None and known.deleted)
    not_looked_up = known is None and not missing
    if not_looked_up:
        unknown.append(("coupons", coupon_id))
    return (CouponSubject(0, TARGET_PLACE, missing, not_looked_up),)


ROWS: Final[tuple[JoinedOperation, ...]] = (
    (CouponCreateDraft, join_coupon_create, ()),
    (CouponUpdateDraft, join_coupon_update, (COUPON,)),
    (CouponDeleteDraft, join_coupon_delete, (COUPON,)),
)
"""The draft of each operation, its join and its scopes."""
