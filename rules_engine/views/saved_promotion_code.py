"""A promotion code that is made or changed."""

import re
from datetime import datetime
from decimal import Decimal
from typing import Final

from rules_engine.models import Draft, Facts, PromotionCode, PromotionCodeCreate, PromotionCodeUpdate, Restrictions
from rules_engine.models.coupon import fold_code
from rules_engine.path import Path
from rules_engine.views.currency import build_stated_currency
from rules_engine.views.discount import CouponView, PromotionCodeView, build_coupon_alone
from rules_engine.views.fixed_field import build_fixed_fields
from rules_engine.views.scope import scope, view
from rules_engine.views.session import build_customer, build_metadata
from rules_engine.views.views import TARGET_PLACE, UnknownFact, Views, target_id

_COUPON_PLACE: Final[Path] = ("request", "coupon")
_ACTIVE_PLACE: Final[Path] = ("request", "active")
_MINIMUM_CURRENCY_PLACE: Final[Path] = ("request", "restrictions", "minimumAmountCurrency")
_WELL_FORMED: Final = re.compile("[A-Za-z0-9-]+")


@scope(("request",))
@view
class SavedPromotionCodeView:
    """A promotion code that is made.

    Attributes:
        stated: The code as the request states it.
        malformed: Whether its string, trimmed, is not of letters, digits and dashes.
        namesake: The code that has the string already, as it is stored; None where there is none, or nobody knows.
        namesake_unknown: Whether nobody looked for one.
        minimum_amount: The least subtotal it asks of a session, in minor units; None where it asks for none.
        minimum_fractional: Whether that is no whole number.
        minimum_currency: What that is in, as the request states it; None where it does not.
        coupon_unknown: Whether nobody looked up the coupon it stands for.
        coupon_max_redemptions: How often that may be redeemed; None is unlimited.
        coupon_redeem_by: Until when that may be redeemed; None is forever.
    """

    stated: PromotionCodeCreate
    malformed: bool
    namesake: str | None
    namesake_unknown: bool
    minimum_amount: Decimal | None
    minimum_fractional: bool
    minimum_currency: str | None
    coupon_unknown: bool
    coupon_max_redemptions: int | None
    coupon_redeem_by: datetime | None


def build_promotion_code_create(draft: Draft[PromotionCodeCreate]) -> Views:
    """Join a new promotion code with the coupon it stands for and the other facts."""
    request, facts = draft.request, draft.facts
    unknown: list[UnknownFact] = []
    restrictions = request.restrictions or Restrictions()
    saved = _saved(request, restrictions, facts, unknown)
    customer = build_customer(request.customer_id, facts, unknown)
    coupon = build_coupon_alone(request.coupon, _COUPON_PLACE, facts, unknown, by_code=False)
    currency = build_stated_currency(
        restrictions.minimum_amount_currency, facts, unknown, place=_MINIMUM_CURRENCY_PLACE
    )
    return {
        "unknown": unknown,
        "saved_promotion_code": (saved,),
        "customer": customer,
        "coupon": (coupon,),
        "currency": currency,
        "metadata": build_metadata(request.metadata),
    }


def _saved(
    request: PromotionCodeCreate, restrictions: Restrictions, facts: Facts, unknown: list[UnknownFact]
) -> SavedPromotionCodeView:
    string, folded = request.code.strip(), fold_code(request.code)
    namesake = facts.promotion_codes_by_code.get(folded)
    namesake_unknown = namesake is None and folded not in facts.missing.promotion_codes_by_code
    if namesake_unknown:
        unknown.append(("promotionCodesByCode", string))
    minimum = restrictions.minimum_amount
    coupon = facts.coupons.get(request.coupon)
    return SavedPromotionCodeView(
        request,
        malformed=_WELL_FORMED.fullmatch(string) is None,
        namesake=None if namesake is None else namesake.code,
        namesake_unknown=namesake_unknown,
        minimum_amount=minimum,
        minimum_fractional=minimum is not None and minimum != minimum.to_integral_value(),
        minimum_currency=restrictions.minimum_amount_currency,
        coupon_unknown=coupon is None and request.coupon not in facts.missing.coupons,
        coupon_max_redemptions=None if coupon is None else coupon.max_redemptions,
        coupon_redeem_by=None if coupon is None else coupon.redeem_by,
    )


def build_promotion_code_update(draft: Draft[PromotionCodeUpdate]) -> Views:
    """Join a change of a promotion code with the stored one, and with its coupon where it is switched on."""
    request, facts, code_id = draft.request, draft.facts, target_id(draft)
    unknown: list[UnknownFact] = []
    stored = facts.promotion_codes.get(code_id)
    missing = stored is None and code_id in facts.missing.promotion_codes
    not_looked_up = stored is None and not missing
    if not_looked_up:
        unknown.append(("promotionCodes", code_id))
    return {
        "unknown": unknown,
        "promotion_code": (
            PromotionCodeView(index=0, place=TARGET_PLACE, entered=False, missing=missing, unknown=not_looked_up),
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
        "coupon": ()
        if request.active is not True
        else _switched_on(stored, facts, unknown, code_unknown=not_looked_up),
        "metadata": build_metadata(request.metadata),
    }


def _switched_on(
    stored: PromotionCode | None, facts: Facts, unknown: list[UnknownFact], *, code_unknown: bool
) -> tuple[CouponView, ...]:
    """Join the coupon of a code that is switched on; one that is on already stays so."""
    if code_unknown:
        return (CouponView(index=0, place=_ACTIVE_PLACE, missing=False, unknown=True),)
    if stored is None or stored.active:
        return ()
    return (build_coupon_alone(stored.coupon.id, _ACTIVE_PLACE, facts, unknown, by_code=True),)
