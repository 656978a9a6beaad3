"""Discounts: what a request sets, what a buyer enters, what a stored session keeps, and the objects behind them."""

from collections.abc import Collection, Sequence
from typing import Final

from rules_engine.models import (
    Coupon,
    CouponReference,
    Discount,
    Facts,
    PromotionCode,
    Session,
    SessionDiscount,
    customer_of,
    fold_code,
    fold_currency,
)
from rules_engine.path import Path
from rules_engine.views.basket import (
    NO_MINIMUM,
    UNTOUCHED,
    WHOLE,
    Basket,
    Minimum,
    Touched,
    build_coupon_minimum,
    build_minimum,
    fits_products,
)
from rules_engine.views.scope import INDEX, Axis, Reference, constructor, scope, view
from rules_engine.views.views import UnknownFact, look_up

_ENTERED: Final[Path] = ("request", "promotionCode")
_ALONE: Final = Touched(whole=True, amount=False, customer=False)
_VALID_CODE: Final = PromotionCode(id="", code="", coupon=CouponReference(id=""))
_VALID_COUPON: Final = Coupon(id="")
"""What rules read of an object that is unknown, or does not exist: nothing is wrong with it."""


@scope(("request", "discounts", INDEX), axis=Axis.DISCOUNT)
@view
class DiscountView:
    """A discount that the request sets.

    Attributes:
        index: Its index.
        discount: The discount as the request states it.
    """

    index: int
    discount: Discount


@scope(_ENTERED)
@view
class EntryView:
    """A promotion code that a buyer enters, and the session it is entered on.

    Attributes:
        allowed: Whether the session lets buyers enter codes; None where it is not provided.
        discount_count: How many discounts the session has with it; None where that is unknown.
        session_unknown: Whether the session is not provided.
        code_unknown: Whether it may be one that the session carries already, and is not provided.
    """

    allowed: bool | None
    discount_count: int | None
    session_unknown: bool
    code_unknown: bool


@scope(
    axis=Axis.DISCOUNT,
    fields="discounts[i].promotionCode",
    fields_in={
        "promotion_code.update": ("id", "active"),
        "session.apply_promotion_code": "promotionCode",
        "session.confirm": None,
    },
)
@view
class PromotionCodeView(Reference):
    """A promotion code, and what of the session it is compared with, in the parts that the request touches.

    Attributes:
        index: The index of the discount.
        place: Where it comes from; None for a stored discount that an update does not send.
        entered: Whether the buyer typed it.
        touched: What of it the request touches: only that is judged.
        stored: The code as it is stored; one with nothing wrong where it is unknown, or does not exist.
        redeemed: How often others have redeemed it, so without the session's own redemption.
        own_unknown: Whether it is unknown if one of them is the session's own.
        customer_id: The customer of the session.
        customer_unknown: Whether the customer is unknown.
        paid_before: Whether the buyer of a code for a first purchase has paid before; None where that is unknown.
        minimum: The least subtotal.
    """

    index: int
    place: Path | None
    entered: bool
    touched: Touched = WHOLE
    stored: PromotionCode = _VALID_CODE
    redeemed: int = 0
    own_unknown: bool = False
    customer_id: str | None = None
    customer_unknown: bool = False
    paid_before: bool | None = False
    minimum: Minimum = NO_MINIMUM


@scope(
    axis=Axis.DISCOUNT,
    fields=("discounts[i].coupon", "discounts[i].promotionCode"),
    fields_in={
        "promotion_code.create": "coupon",
        "promotion_code.update": "active",
        "coupon.update": "id",
        "coupon.delete": "id",
        "session.apply_promotion_code": "promotionCode",
        "session.confirm": None,
    },
)
@view
class CouponView(Reference):
    """A coupon, and what of the session it is compared with, in the parts that the request touches.

    It is missing where the request itself names one that does not exist.

    Attributes:
        index: The index of the discount.
        place: Where it comes from; None for a stored discount that an update does not send.
        touched: What of it the request touches: only that is judged.
        gone: Whether a promotion code stands for it, and it does not exist.
        stored: The coupon as it is stored; one with nothing wrong where it is unknown, or does not exist.
        redeemed: How often others have redeemed it, so without the session's own redemption.
        own_unknown: Whether it is unknown if one of them is the session's own.
        fits: Whether it is for all products, or a line has one of its products; None where that is unknown.
        currency: Its currency in upper case; None fits any, and where the request does not touch it.
        session_currency: The session's currency in upper case; None where it has none, or it is unknown.
        currency_unknown: Whether the session's currency is unknown.
        minimum: The least subtotal.
        customer_redeemed: How often this customer or guest has redeemed it, without the session's own redemption; None
            where that is unknown.
        customer_own_unknown: Whether it is unknown if one of these is the session's own.
    """

    index: int
    place: Path | None
    touched: Touched = WHOLE
    gone: bool = False
    stored: Coupon = _VALID_COUPON
    redeemed: int = 0
    own_unknown: bool = False
    fits: bool | None = True
    currency: str | None = None
    session_currency: str | None = None
    currency_unknown: bool = False
    minimum: Minimum = NO_MINIMUM
    customer_redeemed: int | None = 0
    customer_own_unknown: bool = False


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


NO_DISCOUNTS: Final = Discounts(stated=[], promotion_codes=[], coupons=[])
"""Those of a draft without any."""

_discounts = constructor(Discounts)
_discount_view = constructor(DiscountView)
_promotion_code_view = constructor(PromotionCodeView)
_coupon_view = constructor(CouponView)


def build_discounts(discounts: Sequence[Discount], basket: Basket) -> Discounts:
    """Build the discounts of a request; one that names both or neither is left to the discount's own rules."""
    facts, unknown = basket.facts, basket.unknown
    found = _discounts(stated=[], promotion_codes=[], coupons=[])
    # Sets, because each discount may look its own up in them.
    gone_codes, gone_coupons = frozenset(facts.missing.promotion_codes), frozenset(facts.missing.coupons)
    for index, discount in enumerate(discounts):
        found.stated.append(_discount_view(index=index, discount=discount))
        coupon_id, code_id = discount.coupon, discount.promotion_code
        if code_id is None and coupon_id is not None:
            place: Path = ("request", "discounts", index, "coupon")
            found.coupons.append(build_coupon(coupon_id, index, place, WHOLE, basket, gone=gone_coupons, by_code=False))
        elif code_id is not None and coupon_id is None:
            place = ("request", "discounts", index, "promotionCode")
            code, missing, _ = look_up(code_id, facts.promotion_codes, gone_codes, "promotionCodes", unknown)
            _add_code(found, code, index, place, basket, gone=gone_coupons, missing=missing, entered=False)
    return found


def build_entered_code(text: str, basket: Basket) -> tuple[Discounts, PromotionCode | None]:
    """Build the code that a buyer typed; the second value is the code itself, None where it is not known."""
    facts = basket.facts
    found = _discounts(stated=[], promotion_codes=[], coupons=[])
    folded = fold_code(text)
    code = facts.promotion_codes_by_code.get(folded) if folded else None
    # No code is blank, so there is nothing to look up.
    missing = not folded or (code is None and folded in facts.missing.promotion_codes_by_code)
    if code is None and not missing:
        basket.unknown.append(("promotionCodesByCode", text.strip()))
    _add_code(found, code, 0, _ENTERED, basket, gone=facts.missing.coupons, missing=missing, entered=True)
    return found, code


def _add_code(
    found: Discounts,
    code: PromotionCode | None,
    index: int,
    place: Path,
    basket: Basket,
    *,
    gone: Collection[str],
    missing: bool,
    entered: bool,
) -> None:
    """Build a promotion code that is set or entered, and its coupon."""
    if code is not None:
        found.promotion_codes.append(_build_code(code, index, place, WHOLE, basket, entered=entered))
        found.coupons.append(build_coupon(code.coupon.id, index, place, WHOLE, basket, gone=gone, by_code=True))
        return
    found.promotion_codes.append(
        PromotionCodeView(index=index, place=place, entered=entered, missing=missing, unknown=not missing)
    )
    if not missing:
        found.coupons.append(CouponView(index=index, place=place, missing=False, unknown=True))


def build_kept_discounts(discounts: Sequence[SessionDiscount], touched: Touched, basket: Basket) -> Discounts:
    """Build discounts of a stored session, in the parts that the request touches; those that are gone are left out."""
    facts = basket.facts
    gone_codes, gone_coupons = frozenset(facts.missing.promotion_codes), frozenset(facts.missing.coupons)
    found = _discounts(stated=[], promotion_codes=[], coupons=[])
    for index, stored in enumerate(discounts):
        code_id, coupon_id = stored.promotion_code_id, stored.coupon.id
        if code_id is not None and code_id not in gone_codes:
            code, _, unknown = look_up(code_id, facts.promotion_codes, (), "promotionCodes", basket.unknown)
            found.promotion_codes.append(
                PromotionCodeView(index=index, place=None, entered=False, missing=False, unknown=unknown)
                if code is None
                else _build_code(code, index, None, touched, basket, entered=False)
            )
        if coupon_id not in gone_coupons:
            found.coupons.append(build_coupon(coupon_id, index, None, touched, basket, gone=(), by_code=False))
    return found


def build_paid_discounts(session: Session, facts: Facts, unknown: list[UnknownFact]) -> Discounts:
    """Build the discounts of a stored session that is paid, in their own state alone."""
    basket = Basket(
        facts=facts,
        unknown=unknown,
        currency=None,
        subtotal=None,
        amount_unknown=False,
        products=None,
        customer_id=customer_of(session),
        carried_codes=frozenset([discount.promotion_code_id for discount in session.discounts]),
        carried_coupons=frozenset([discount.coupon.id for discount in session.discounts]),
        carried_by=customer_of(session),
    )
    found = _discounts(stated=[], promotion_codes=[], coupons=[])
    gone_codes, gone_coupons = frozenset(facts.missing.promotion_codes), frozenset(facts.missing.coupons)
    for index, stored in enumerate(session.discounts):
        code_id = stored.promotion_code_id
        if code_id is not None:
            place: Path = ("facts", "session", "discounts", index, "promotionCodeId")
            code, missing, code_unknown = look_up(code_id, facts.promotion_codes, gone_codes, "promotionCodes", unknown)
            found.promotion_codes.append(
                PromotionCodeView(index=index, place=place, entered=False, missing=missing, unknown=code_unknown)
                if code is None
                else _build_code(code, index, place, _ALONE, basket, entered=False)
            )
        place = ("facts", "session", "discounts", index, "coupon")
        found.coupons.append(
            # One that is gone was deleted meanwhile.
            build_coupon(stored.coupon.id, index, place, _ALONE, basket, gone=gone_coupons, by_code=True)
        )
    return found


def _build_code(
    code: PromotionCode, index: int, place: Path | None, touched: Touched, basket: Basket, *, entered: bool
) -> PromotionCodeView:
    """Build a known promotion code with the session it is meant for."""
    redeemed, own_unknown = code.times_redeemed, False
    if touched.whole and code.max_redemptions is not None and code.id in basket.carried_codes:
        counted = basket.facts.redemptions.counted
        own_unknown = counted is None
        redeemed -= 1 if counted is None else int(code.id in counted.promotion_codes)
        if own_unknown and code.times_redeemed == code.max_redemptions:
            basket.unknown.append(("redemptions.counted", None))
    restrictions = code.restrictions
    paid_before: bool | None = False
    if touched.customer and restrictions.first_time_transaction:
        paid_before = _paid_before(basket)
    minimum = NO_MINIMUM
    if touched.amount:
        minimum = build_minimum(restrictions.minimum_amount, restrictions.minimum_amount_currency, basket)
    return _promotion_code_view(
        index=index,
        place=place,
        entered=entered,
        missing=False,
        unknown=False,
        touched=touched,
        stored=code,
        redeemed=redeemed,
        own_unknown=own_unknown,
        customer_id=basket.customer_id,
        customer_unknown=basket.customer_unknown,
        paid_before=paid_before,
        minimum=minimum,
    )


def _paid_before(basket: Basket) -> bool | None:
    if basket.customer_unknown:
        return None
    payments, customer_id = basket.facts.payments, basket.customer_id
    if customer_id is not None:
        paid = payments.customers.get(customer_id)
        if paid is None:
            basket.unknown.append(("payments.customers", customer_id))
    else:
        counts: list[tuple[int | None, UnknownFact]] = [(payments.guest, ("payments.guest", None))]
        if basket.carried_by is not None:
            counts.append((payments.customers.get(basket.carried_by), ("payments.customers", basket.carried_by)))
        paid = _most(counts, 1, basket.unknown)
    return None if paid is None else paid > 0


def _most(counts: Sequence[tuple[int | None, UnknownFact]], limit: int, unknown: list[UnknownFact]) -> int | None:
    """Return the greatest of the counts of one buyer, who may be counted as a customer and as a guest.

    Returns:
        The count; None, and the facts are noted, where one is unknown and none of the others reaches the limit.
    """
    known = [count for count, _ in counts if count is not None]
    most = max(known, default=None)
    if len(known) == len(counts) or (most is not None and most >= limit):
        return most
    unknown.extend(fact for count, fact in counts if count is None)
    return None


def build_coupon(
    coupon_id: str,
    index: int,
    place: Path | None,
    touched: Touched,
    basket: Basket,
    *,
    gone: Collection[str],
    by_code: bool,
) -> CouponView:
    """Build a coupon with the session it is meant for.

    Args:
        coupon_id: Its id.
        index: The index of the discount.
        place: Where it comes from.
        touched: Which side of it the request touches.
        basket: The session.
        gone: The ids that are known to have none.
        by_code: Whether a promotion code stands for it: then a coupon that does not exist is a deleted one.
    """
    coupon = basket.facts.coupons.get(coupon_id)
    if coupon is None:
        _, missing, unknown = look_up(coupon_id, {}, gone, "coupons", basket.unknown)
        return CouponView(
            index=index,
            place=place,
            missing=missing and not by_code,
            unknown=unknown,
            touched=WHOLE if unknown else UNTOUCHED,
            gone=missing and by_code,
        )
    own, own_unknown = 0, False
    customer_max = coupon.customer_max_redemptions if touched.customer else None
    # A customer who is taken off the session stays the buyer it counts for.
    keeps_customer = basket.customer_id is None or basket.customer_id == basket.carried_by
    if coupon_id in basket.carried_coupons:
        matters = (keeps_customer and customer_max is not None) or (
            touched.whole and coupon.times_redeemed == coupon.max_redemptions
        )
        own, own_unknown = _own_redemption(coupon_id, basket, matters=matters)
    fits: bool | None = True
    minimum = NO_MINIMUM
    if touched.amount:
        fits = fits_products(coupon.applies_to_product_ids or (), basket)
        minimum = build_coupon_minimum(coupon, basket)
    customer_redeemed: int | None = 0
    if customer_max is not None:
        customer_redeemed = _customer_redeemed(coupon_id, customer_max, basket, own if keeps_customer else 0)
    return _coupon_view(
        index=index,
        place=place,
        missing=False,
        unknown=False,
        touched=touched,
        stored=coupon,
        redeemed=coupon.times_redeemed - own,
        own_unknown=own_unknown and touched.whole,
        fits=fits,
        currency=fold_currency(coupon.currency) if touched.whole and coupon.currency is not None else None,
        session_currency=basket.currency,
        currency_unknown=basket.currency is None and basket.amount_unknown,
        minimum=minimum,
        customer_redeemed=customer_redeemed,
        customer_own_unknown=own_unknown and keeps_customer,
    )


def build_coupon_alone(
    coupon_id: str, place: Path, facts: Facts, unknown: list[UnknownFact], *, by_code: bool
) -> CouponView:
    """Build a coupon without a session that it could be compared with; the arguments are those of `build_coupon`."""
    no_session = Basket(
        facts=facts,
        unknown=unknown,
        currency=None,
        subtotal=None,
        amount_unknown=False,
        products=None,
        customer_id=None,
    )
    return build_coupon(coupon_id, 0, place, _ALONE, no_session, gone=facts.missing.coupons, by_code=by_code)


def _own_redemption(coupon_id: str, basket: Basket, *, matters: bool) -> tuple[int, bool]:
    """Return how many redemptions of a coupon that the session carries may be its own, and whether that is unknown."""
    counted = basket.facts.redemptions.counted
    if counted is not None:
        return int(coupon_id in counted.coupons), False
    if matters:
        basket.unknown.append(("redemptions.counted", None))
    return 1, True


def _customer_redeemed(coupon_id: str, limit: int, basket: Basket, own: int) -> int | None:
    """Return how often the buyer has redeemed a coupon, without the session's own redemption."""
    if basket.customer_unknown:
        return None
    by_customer: int | None = None
    customer_id = basket.carried_by if basket.customer_id is None else basket.customer_id
    if customer_id is not None:
        by_coupon = basket.facts.redemptions.customers.get(customer_id)
        by_customer = None if by_coupon is None else by_coupon.get(coupon_id)
        if by_customer is not None:
            by_customer -= own
        if basket.customer_id is not None:
            if by_customer is None:
                basket.unknown.append(("redemptions.customers", f"{customer_id}/{coupon_id}"))
            return by_customer
    by_guest = basket.facts.redemptions.guest.get(coupon_id)
    if by_guest is not None and customer_id is None:
        by_guest -= own
    counts: list[tuple[int | None, UnknownFact]] = [(by_guest, ("redemptions.guest", coupon_id))]
    if customer_id is not None:
        counts.append((by_customer, ("redemptions.customers", f"{customer_id}/{coupon_id}")))
    return _most(counts, limit, basket.unknown)
