"""Discounts: what a request sets, what a buyer enters, and what a stored session keeps."""

from collections.abc import Sequence
from typing import Final

from rules_engine.models import Discount, PromotionCode, SessionDiscount
from rules_engine.models.coupon import fold_code
from rules_engine.path import Path
from rules_engine.views.basket import WHOLE, Basket, Touched
from rules_engine.views.coupon import CouponView, absent_coupon, build_coupon
from rules_engine.views.promotion_code import PromotionCodeView, build_promotion_code
from rules_engine.views.scope import INDEX, Axis, scope, view


@scope(("request", "discounts", INDEX), axis=Axis.DISCOUNT)
@view
class DiscountView:
    """A discount the request sets.

    Attributes:
        index: Its index.
        discount: The discount as the request states it.
    """

    index: int
    discount: Discount


@scope(("request", "promotionCode"))
@view
class EntryView:
    """A promotion code that a buyer enters, and the session it is entered on.

    Attributes:
        allowed: Whether the session lets buyers enter codes; None where nobody looked.
        discount_count: How many discounts the session would carry with it; None where nobody knows.
        session_unknown: Whether nobody looked the session up.
        code_unknown: Whether it may be one that the session carries already, and nobody looked it up.
    """

    allowed: bool | None
    discount_count: int | None
    session_unknown: bool
    code_unknown: bool


@view
class Discounts:
    """The discounts of a draft.

    Attributes:
        stated: Those that the request sets, as it states them.
        promotion_codes: The promotion codes behind all of them.
        coupons: The coupons behind all of them.
    """

    stated: list[DiscountView]
    promotion_codes: list[PromotionCodeView]
    coupons: list[CouponView]


NO_DISCOUNTS: Final = Discounts([], [], [])
"""Those of a draft without any."""


def build_discounts(discounts: Sequence[Discount], basket: Basket) -> Discounts:
    """Join the discounts of a request; one that names both or neither is left to the discount's own rules."""
    facts, unknown = basket.facts, basket.unknown
    found = Discounts([], [], [])
    # Each discount asks for its own: sets, which a draft without absent ones does without.
    gone_codes: frozenset[str] | None = None
    gone_coupons: frozenset[str] | None = None
    entered = False
    for index, discount in enumerate(discounts):
        found.stated.append(DiscountView(index, discount))
        coupon_id, code_id = discount.coupon, discount.promotion_code
        if code_id is not None:
            if coupon_id is not None:
                continue
            place: Path = ("request", "discounts", index, "promotionCode")
            code = facts.promotion_codes.get(code_id)
            if code is None:
                gone_codes = frozenset(facts.missing.promotion_codes) if gone_codes is None else gone_codes
                if code_id not in gone_codes:
                    unknown.append(("promotionCodes", code_id))
                _absent_code(found, index, place, missing=code_id in gone_codes, entered=entered)
                continue
            found.promotion_codes.append(build_promotion_code(code, index, place, WHOLE, basket, entered=entered))
            coupon_id = code.coupon.id
        elif coupon_id is not None:
            place = ("request", "discounts", index, "coupon")
        else:
            continue
        coupon = facts.coupons.get(coupon_id)
        if coupon is None:
            gone_coupons = frozenset(facts.missing.coupons) if gone_coupons is None else gone_coupons
            found.coupons.append(
                absent_coupon(coupon_id, index, place, gone_coupons, unknown, by_code=code_id is not None)
            )
        else:
            found.coupons.append(build_coupon(coupon, index, place, WHOLE, basket))
    return found


def enter_code(text: str, basket: Basket) -> tuple[Discounts, PromotionCode | None]:
    """Join the code that a buyer typed, and tell which one it is, if it is known."""
    facts, unknown = basket.facts, basket.unknown
    found = Discounts([], [], [])
    folded = fold_code(text)
    place = ("request", "promotionCode")
    code = facts.promotion_codes_by_code.get(folded)
    if code is None:
        missing = folded in facts.missing.promotion_codes_by_code
        if not missing:
            unknown.append(("promotionCodesByCode", text.strip()))
        _absent_code(found, 0, place, missing=missing, entered=True)
        return found, None
    found.promotion_codes.append(build_promotion_code(code, 0, place, WHOLE, basket, entered=True))
    coupon = facts.coupons.get(code.coupon.id)
    if coupon is None:
        found.coupons.append(absent_coupon(code.coupon.id, 0, place, facts.missing.coupons, unknown, by_code=True))
    else:
        found.coupons.append(build_coupon(coupon, 0, place, WHOLE, basket))
    return found, code


def keep_discounts(discounts: Sequence[SessionDiscount], touched: Touched, basket: Basket) -> Discounts:
    """Join discounts of a stored session, on the sides that the request touches."""
    facts, unknown = basket.facts, basket.unknown
    gone_codes, gone_coupons = frozenset(facts.missing.promotion_codes), frozenset(facts.missing.coupons)
    found = Discounts([], [], [])
    for index, stored in enumerate(discounts):
        code_id = stored.promotion_code_id
        if code_id is not None and code_id not in gone_codes:
            code = facts.promotion_codes.get(code_id)
            if code is None:
                unknown.append(("promotionCodes", code_id))
                found.promotion_codes.append(PromotionCodeView(index, None, entered=False, missing=False, unknown=True))
            else:
                found.promotion_codes.append(build_promotion_code(code, index, None, touched, basket, entered=False))
        coupon_id = stored.coupon.id
        if coupon_id not in gone_coupons:
            coupon = facts.coupons.get(coupon_id)
            if coupon is None:
                found.coupons.append(absent_coupon(coupon_id, index, None, gone_coupons, unknown, by_code=False))
            else:
                found.coupons.append(build_coupon(coupon, index, None, touched, basket))
    return found


def _absent_code(found: Discounts, index: int, place: Path, *, missing: bool, entered: bool) -> None:
    """Join a promotion code that does not exist, or one that nobody looked up, and with it its coupon."""
    found.promotion_codes.append(PromotionCodeView(index, place, entered=entered, missing=missing, unknown=not missing))
    if not missing:
        found.coupons.append(CouponView(index, place, missing=False, unknown=True))
