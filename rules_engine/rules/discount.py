"""What a discount of a session may be. Sources: XPay's error page and its schema of a session's discounts."""

from rules_engine import codes
from rules_engine.rules.row import rule
from rules_engine.rules.stored_session import session_missing
from rules_engine.views.context import Context
from rules_engine.views.discount import DISCOUNT, ENTRY, DiscountView, EntryView


@rule(
    codes.PARAMETERS_EXCLUSIVE,
    order=1260,
    on=DISCOUNT,
    param="promotionCode",
    public={"coupon": "discount.coupon", "promotionCode": "discount.promotion_code"},
    counterexamples=(("create", {"/request/discounts/0/coupon": "coup_1"}),),
)
def discount_exclusive(view: DiscountView, _: Context) -> bool:
    """A discount is a coupon or a promotion code, not both.

    XPay's schema states it in words; the code is the one of the error page for two parameters that exclude each other.
    """
    return view.discount.coupon is not None and view.discount.promotion_code is not None


@rule(
    codes.PARAMETER_MISSING,
    order=1270,
    on=DISCOUNT,
    public={"coupon": "discount.coupon", "promotionCode": "discount.promotion_code"},
    counterexamples=(("create", {"/request/discounts/0": {}}),),
)
def discount_empty(view: DiscountView, _: Context) -> bool:
    """A discount names neither a coupon nor a promotion code.

    XPay's schema states it in words.
    """
    return view.discount.coupon is None and view.discount.promotion_code is None


@rule(
    codes.PROMOTION_CODES_NOT_ALLOWED,
    order=120,
    on=ENTRY,
    needs=(session_missing,),
    undecided_when=lambda entry, _: entry.session_unknown,
    public={"allowPromotionCodes": "allowed"},
    counterexamples=(("apply", {"/facts/session/allowPromotionCodes": False}),),
)
def promotion_codes_not_allowed(entry: EntryView, _: Context) -> bool:
    """The session does not let the customer enter promotion codes.

    What the merchant sets on a session is not entered. XPay's error page.
    """
    return entry.allowed is False
