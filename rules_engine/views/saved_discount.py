"""Promotion codes and coupons that are made, changed or deleted."""

from collections.abc import Iterable
from typing import Any, Final

from rules_engine.models import (
    UNSET,
    CouponCreate,
    CouponDelete,
    CouponUpdate,
    CouponUsage,
    Draft,
    PromotionCode,
    PromotionCodeCreate,
    PromotionCodeUpdate,
    Restrictions,
    fold_code,
    is_code,
    months_until,
)
from rules_engine.path import Path
from rules_engine.views.currency import build_stated_currency
from rules_engine.views.discount import CouponView, PromotionCodeView, build_coupon_alone
from rules_engine.views.saved_price import build_products
from rules_engine.views.scope import Attribute, Axis, scope, view
from rules_engine.views.session import build_customer, build_metadata
from rules_engine.views.views import TARGET_PLACE, UnknownFact, Views, look_up, target_id

_COUPON: Final[Path] = ("request", "coupon")
_ACTIVE: Final[Path] = ("request", "active")
_MINIMUM_CURRENCY: Final[Path] = ("request", "restrictions", "minimumAmountCurrency")


@scope(("request",))
@view
class SavedPromotionCodeView:
    """A promotion code that is made.

    Attributes:
        stated: The code as the request states it.
        malformed: Whether its string, trimmed, is empty or has other characters than letters, digits and dashes.
        namesake: The code that has the string already; None where there is none, or it is unknown.
        namesake_unknown: Whether it is not provided if there is one.
        restrictions: What it asks of a session.
        minimum_fractional: Whether the minimum amount is no whole number.
        coupon: The coupon it stands for.
    """

    stated: PromotionCodeCreate
    malformed: bool
    namesake: PromotionCode | None
    namesake_unknown: bool
    restrictions: Restrictions
    minimum_fractional: bool
    coupon: CouponView


@scope(("request",))
@view
class SavedCouponView:
    """A coupon that is made.

    Attributes:
        stated: The coupon as the request states it.
        months_ahead: The least number of whole calendar months from now that reaches its end; None where it has no
            end, or one without an offset, at which the rules raise.
    """

    stated: CouponCreate
    months_ahead: int | None


@scope(TARGET_PLACE)
@view
class CouponUseView:
    """What a coupon that is deleted is attached to.

    Attributes:
        usage: What it is attached to; nothing where that is unknown.
        unknown: Whether that is not provided.
    """

    usage: CouponUsage
    unknown: bool


@scope(
    ("request", Attribute("name")),
    axis=Axis.FIXED_FIELD,
    fields=(
        "percentOff",
        "amountOff",
        "currency",
        "duration",
        "durationInMonths",
        "maxDiscountAmount",
        "minValue",
        "maxRedemptions",
        "customerMaxRedemptions",
        "redeemBy",
        "appliesToProductIds",
    ),
    fields_in={
        "promotion_code.update": ("code", "coupon", "customerId", "maxRedemptions", "expiresAt", "restrictions")
    },
)
@view
class FixedFieldView:
    """A field that cannot change once its object is made.

    Attributes:
        index: Its index among the fixed fields of the object.
        name: The API's name of it.
        sent: Whether the request carries it.
    """

    index: int
    name: str
    sent: bool


def build_fixed_fields(fields: Iterable[tuple[str, object]]) -> list[FixedFieldView]:
    """Build the fixed fields of an object, from the API's name of each and what a request states of it."""
    return [
        FixedFieldView(index=index, name=name, sent=value is not UNSET) for index, (name, value) in enumerate(fields)
    ]


def build_promotion_code_create(draft: Draft[PromotionCodeCreate]) -> Views:
    """Build what rules read of a new promotion code."""
    request, facts = draft.request, draft.facts
    unknown: list[UnknownFact] = []
    restrictions = request.restrictions or Restrictions()
    folded = fold_code(request.code)
    namesake = facts.promotion_codes_by_code.get(folded) if folded else None
    # No code is blank, so there is nothing to look up.
    namesake_unknown = folded != "" and namesake is None and folded not in facts.missing.promotion_codes_by_code
    if namesake_unknown:
        unknown.append(("promotionCodesByCode", request.code.strip()))
    customer = build_customer(request.customer_id, facts, unknown)
    coupon = build_coupon_alone(request.coupon, _COUPON, facts, unknown, by_code=False)
    minimum = restrictions.minimum_amount
    saved = SavedPromotionCodeView(
        stated=request,
        malformed=not is_code(request.code),
        namesake=namesake,
        namesake_unknown=namesake_unknown,
        restrictions=restrictions,
        minimum_fractional=minimum is not None and minimum != minimum.to_integral_value(),
        coupon=coupon,
    )
    return {
        "unknown": unknown,
        "saved_promotion_code": (saved,),
        "customer": customer,
        "coupon": (coupon,),
        "currency": build_stated_currency(restrictions.minimum_amount_currency, facts, unknown, _MINIMUM_CURRENCY),
        "metadata": build_metadata(request.metadata),
    }


def build_promotion_code_update(draft: Draft[PromotionCodeUpdate]) -> Views:
    """Build what rules read of a changed promotion code, and of its coupon where the code is switched on."""
    request, facts = draft.request, draft.facts
    unknown: list[UnknownFact] = []
    stored, missing, not_provided = look_up(
        target_id(draft), facts.promotion_codes, facts.missing.promotion_codes, "promotionCodes", unknown
    )
    coupons: tuple[CouponView, ...] = ()
    if request.active is True and not_provided:
        coupons = (CouponView(index=0, place=_ACTIVE, missing=False, unknown=True),)
    elif request.active is True and stored is not None and not stored.active:
        # A code that is switched on already stays so, whatever its coupon.
        coupons = (build_coupon_alone(stored.coupon.id, _ACTIVE, facts, unknown, by_code=True),)
    return {
        "unknown": unknown,
        "promotion_code": (
            _build_switched_on(stored)
            if stored is not None and request.active is True and not stored.active
            else PromotionCodeView(index=0, place=TARGET_PLACE, entered=False, missing=missing, unknown=not_provided),
        ),
        "fixed_field": build_fixed_fields(
            (
                ("code", request.code),
                ("coupon", request.coupon),
                ("customerId", request.customer_id),
                ("maxRedemptions", request.max_redemptions),
                ("expiresAt", request.expires_at),
                ("restrictions", request.restrictions),
            )
        ),
        "coupon": coupons,
        "metadata": build_metadata(request.metadata),
    }


def _build_switched_on(code: PromotionCode) -> PromotionCodeView:
    """Build a promotion code that is switched on, with nothing of a session."""
    return PromotionCodeView(
        index=0,
        place=_ACTIVE,
        entered=False,
        missing=False,
        unknown=False,
        stored=code,
        redeemed=code.times_redeemed,
    )


def build_coupon_create(draft: Draft[CouponCreate]) -> Views:
    """Build what rules read of a new coupon."""
    request, facts = draft.request, draft.facts
    unknown: list[UnknownFact] = []
    ends_at = request.redeem_by
    months_ahead = None if ends_at is None or ends_at.tzinfo is None else months_until(ends_at, facts.now)
    named = enumerate(request.applies_to_product_ids or ())
    return {
        "unknown": unknown,
        "saved_coupon": (SavedCouponView(stated=request, months_ahead=months_ahead),),
        "currency": build_stated_currency(request.currency, facts, unknown),
        "product": build_products(
            ((("request", "appliesToProductIds", index), product_id) for index, product_id in named), facts, unknown
        ),
        "metadata": build_metadata(request.metadata),
    }


def build_coupon_update(draft: Draft[CouponUpdate]) -> Views:
    """Build what rules read of a changed coupon."""
    request = draft.request
    unknown: list[UnknownFact] = []
    return {
        "unknown": unknown,
        "coupon": (_build_target(draft, unknown),),
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
    """Build what rules read of a coupon that is deleted, and what it is attached to."""
    coupon_id = target_id(draft)
    unknown: list[UnknownFact] = []
    target = _build_target(draft, unknown)
    # Nothing is attached to a coupon that does not exist, whatever a stale count says.
    usage = CouponUsage() if target.missing else draft.facts.usage.coupons.get(coupon_id)
    if usage is None:
        unknown.append(("usage.coupons", coupon_id))
    use = CouponUseView(usage=usage or CouponUsage(), unknown=usage is None)
    return {"unknown": unknown, "coupon": (target,), "coupon_use": (use,)}


def _build_target(draft: Draft[Any], unknown: list[UnknownFact]) -> CouponView:
    """Build the coupon that is changed or deleted, for which a deleted one does not exist."""
    facts = draft.facts
    stored, missing, not_provided = look_up(target_id(draft), facts.coupons, facts.missing.coupons, "coupons", unknown)
    gone = missing or (stored is not None and stored.deleted)
    return CouponView(index=0, place=TARGET_PLACE, missing=gone, unknown=not_provided)
