"""Discounts: what a request sets, what a buyer enters, and what a stored session keeps."""

from collections.abc import Sequence

from rules_engine.models.promotion_code import PromotionCode, fold_code
from rules_engine.models.session import Discount, SessionDiscount
from rules_engine.path import Path
from rules_engine.subjects.basket import WHOLE, Basket, Touched
from rules_engine.subjects.coupon import CouponSubject, join_coupon
from rules_engine.subjects.promotion_code import PromotionCodeSubject, join_promotion_code
from rules_engine.subjects.scope import Axis, Scope, subject


@subject
class DiscountSubject:
    """A discount the request sets.

    Attributes:
        index: Its index.
        discount: The discount as the request states it.
    """

    index: int
    discount: Discount


@subject
class EntrySubject:
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


class Discounts:
    """The discounts of a draft, joined one by one.

    Attributes:
        stated: Those that the request sets, as it states them.
        promotion_codes: The promotion codes behind all of them.
        coupons: The coupons behind all of them.
    """

    def __init__(self, basket: Basket) -> None:
        """Start with none.

        Args:
            basket: What they are measured against.
        """
        self._basket = basket
        self._products_noted = False
        self.stated: list[DiscountSubject] = []
        self.promotion_codes: list[PromotionCodeSubject] = []
        self.coupons: list[CouponSubject] = []

    def set_by_merchant(self, discounts: Sequence[Discount]) -> None:
        """Join the discounts of a request; one that names both or neither is left to the discount's own rules."""
        facts = self._basket.facts
        for index, discount in enumerate(discounts):
            self.stated.append(DiscountSubject(index, discount))
            coupon_id, code_id = discount.coupon, discount.promotion_code
            if code_id is not None and coupon_id is None:
                place: Path = ("request", "discounts", index, "promotionCode")
                known = facts.promotion_codes.get(code_id)
                if known is not None:
                    self._known_code(known, index, place, entered=False)
                else:
                    missing = code_id in self._basket.missing_codes
                    if not missing:
                        self._basket.unknown.append(("promotionCodes", code_id))
                    self._absent_code(index, place, missing=missing, entered=False)
            elif coupon_id is not None and code_id is None:
                place = ("request", "discounts", index, "coupon")
                self._coupon(coupon_id, index, place, WHOLE, by_code=False)

    def enter(self, text: str) -> PromotionCode | None:
        """Join the code that a buyer typed, and tell which one it is, if it is known."""
        facts = self._basket.facts
        code = fold_code(text)
        place = ("request", "promotionCode")
        known = facts.promotion_codes_by_code.get(code)
        if known is not None:
            self._known_code(known, 0, place, entered=True)
        else:
            missing = code in facts.missing.promotion_codes_by_code
            if not missing:
                self._basket.unknown.append(("promotionCodesByCode", text.strip()))
            self._absent_code(0, place, missing=missing, entered=True)
        return known

    def keep(self, discounts: Sequence[SessionDiscount], touched: Touched) -> None:
        """Join discounts of a stored session, on the sides that the request touches."""
        facts = self._basket.facts
        for index, stored in enumerate(discounts):
            code_id = stored.promotion_code_id
            if code_id is not None and code_id not in self._basket.missing_codes:
                known = facts.promotion_codes.get(code_id)
                if known is None:
                    self._basket.unknown.append(("promotionCodes", code_id))
                    self.promotion_codes.append(
                        PromotionCodeSubject(index, None, entered=False, missing=False, unknown=True)
                    )
                else:
                    self.promotion_codes.append(
                        join_promotion_code(known, index, None, touched, self._basket, entered=False)
                    )
            if stored.coupon.id not in self._basket.missing_coupons:
                self._coupon(stored.coupon.id, index, None, touched, by_code=False)

    def _known_code(self, code: PromotionCode, index: int, place: Path, *, entered: bool) -> None:
        """Join a promotion code, and the coupon that it stands for."""
        self.promotion_codes.append(join_promotion_code(code, index, place, WHOLE, self._basket, entered=entered))
        self._coupon(code.coupon.id, index, place, WHOLE, by_code=True)

    def _coupon(self, coupon_id: str, index: int, place: Path | None, touched: Touched, *, by_code: bool) -> None:
        """Join a coupon; what it takes to tell the products of the lines is asked for once, not for each of them."""
        coupon = join_coupon(coupon_id, index, place, touched, self._basket, by_code=by_code)
        self.coupons.append(coupon)
        if coupon.fit_unknown and not self._products_noted:
            self._basket.unknown.extend(("prices", price_id) for price_id in self._basket.products_unknown)
            self._products_noted = True

    def _absent_code(self, index: int, place: Path, *, missing: bool, entered: bool) -> None:
        """Join a promotion code that does not exist, or one that nobody looked up, and with it its coupon."""
        self.promotion_codes.append(
            PromotionCodeSubject(index, place, entered=entered, missing=missing, unknown=not missing)
        )
        if not missing:
            self.coupons.append(CouponSubject(index, place, missing=False, unknown=True))


def _place(discount: DiscountSubject) -> Path:
    return ("request", "discounts", discount.index)


def _entry_place(_: EntrySubject) -> Path:
    return ("request", "promotionCode")


DISCOUNT = Scope("discount", DiscountSubject, Axis.DISCOUNT, _place)
ENTRY = Scope("entry", EntrySubject, Axis.ROOT, _entry_place)
