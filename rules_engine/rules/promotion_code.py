"""What a promotion code asks of a session. Sources: XPay's error page and its schema of a promotion code."""

from typing import Any

from rules_engine import codes
from rules_engine.rules.currency import SUBTOTAL_RULES
from rules_engine.rules.discount import promotion_codes_not_allowed
from rules_engine.rules.kinds import Bound, Repeated, Setting
from rules_engine.rules.limits import MAX_DISCOUNTS
from rules_engine.rules.row import Rule, now, rule
from rules_engine.rules.stored_session import session_missing
from rules_engine.views.context import Context
from rules_engine.views.discount import ENTRY
from rules_engine.views.promotion_code import PROMOTION_CODE, PromotionCodeView


def _unknown(code: PromotionCodeView, _: Context) -> bool:
    return code.unknown


@rule(
    codes.PROMOTION_CODE_NOT_FOUND,
    order=130,
    on=PROMOTION_CODE,
    needs=(promotion_codes_not_allowed,),
    undecided_when=lambda code, _: code.entered and code.unknown,
    except_in={("session.create", "session.update", "promotion_code.update"): "only a buyer enters a code"},
    counterexamples=(
        ("apply", {"/facts/promotionCodesByCode": {}, "/facts/missing": {"promotionCodesByCode": ["autumn"]}}),
    ),
)
def promotion_code_not_found(code: PromotionCodeView, _: Context) -> bool:
    """The account has no promotion code spelled like this.

    Codes are compared trimmed and without regard to case. XPay's error page.
    """
    return code.entered and code.missing


@rule(
    codes.RESOURCE_MISSING,
    order=1280,
    on=PROMOTION_CODE,
    undecided_when=lambda code, _: code.unknown and not code.entered,
    except_in={"session.apply_promotion_code": "a code is entered, not referred to by its id"},
    counterexamples=(
        (
            ("create", "promotion_code_update", "promotion_code_update_on"),
            {"/facts/promotionCodes": {}, "/facts/missing": {"promotionCodes": ["promo_1"]}},
        ),
    ),
)
def promotion_code_missing(code: PromotionCodeView, _: Context) -> bool:
    """There is no such promotion code.

    The id is wrong, or the key is of the other mode. XPay's error page.
    """
    return code.missing and not code.entered


FOUND: tuple[Rule[Any], ...] = (promotion_codes_not_allowed, promotion_code_not_found, promotion_code_missing)
"""While one of these refuses, nothing can be said of a promotion code."""


@rule(
    codes.TOO_MANY_DISCOUNTS,
    order=140,
    on=ENTRY,
    violated=Bound(
        "discount_count",
        maximum=MAX_DISCOUNTS,
        shown_as="discounts",
        settings=Setting(
            "apply",
            {
                "/facts/session/discounts": Repeated(
                    {"id": "di_{number}", "coupon": {"id": "coup_other_{number}"}}, less=1
                )
            },
            least=1,
            most=10000,
            beyond="a code that is entered is one discount, and the wire reads no longer list",
        ),
    ),
    needs=(session_missing, promotion_codes_not_allowed, promotion_code_not_found),
    undecided_when=lambda entry, _: entry.session_unknown or entry.code_unknown,
    counterexamples=(
        (
            "apply",
            {"/facts/session/discounts": [{"id": "di_2", "coupon": {"id": "coup_2"}, "promotionCodeId": "promo_2"}]},
        ),
    ),
)
def too_many_discounts_after_entry() -> None:
    """The session already carries as many discounts as it may.

    A code that it carries already takes its own place. XPay's error page: one discount.
    """


@rule(
    codes.PROMOTION_CODE_INACTIVE,
    order=1290,
    on=PROMOTION_CODE,
    needs=FOUND,
    undecided_when=_unknown,
    public={"code": "code", "active": "active"},
    except_in={"promotion_code.update": "there is no session to compare it with"},
    counterexamples=(
        ("create", {"/facts/promotionCodes/promo_1/active": False}),
        ("apply", {"/facts/promotionCodesByCode/AUTUMN/active": False}),
    ),
)
def promotion_code_inactive(code: PromotionCodeView, _: Context) -> bool:
    """The promotion code is switched off.

    XPay's error page.
    """
    return not code.active


@rule(
    codes.PROMOTION_CODE_EXPIRED,
    order=1300,
    on=PROMOTION_CODE,
    needs=FOUND,
    undecided_when=_unknown,
    public={"code": "code", "expiresAt": "expires_at", "now": now},
    except_in={"promotion_code.update": "there is no session to compare it with"},
    counterexamples=(
        ("create", {"/facts/promotionCodes/promo_1/expiresAt": "2026-11-22T10:00:00Z"}),
        ("apply", {"/facts/promotionCodesByCode/AUTUMN/expiresAt": "2026-11-22T10:00:00Z"}),
    ),
)
def promotion_code_expired(code: PromotionCodeView, ctx: Context) -> bool:
    """The promotion code has expired.

    It is over at its expiry, that instant included. XPay's error page.
    """
    return code.expires_at is not None and ctx.now >= code.expires_at


@rule(
    codes.PROMOTION_CODE_MAX_REDEMPTIONS,
    order=1310,
    on=PROMOTION_CODE,
    needs=FOUND,
    undecided_when=lambda code, _: (
        code.unknown
        or (code.own_unknown and code.max_redemptions is not None and code.redeemed + 1 >= code.max_redemptions)
    ),
    public={"code": "code", "timesRedeemed": "redeemed", "maxRedemptions": "max_redemptions"},
    except_in={"promotion_code.update": "there is no session to compare it with"},
    counterexamples=(
        ("create", {"/facts/promotionCodes/promo_1/maxRedemptions": 40}),
        ("apply", {"/facts/promotionCodesByCode/AUTUMN/maxRedemptions": 40}),
    ),
)
def promotion_code_max_redemptions(code: PromotionCodeView, _: Context) -> bool:
    """The promotion code has been redeemed as often as it may be.

    The session's own redemption does not count. XPay's error page.
    """
    return code.max_redemptions is not None and code.redeemed >= code.max_redemptions


@rule(
    codes.PROMOTION_CODE_CUSTOMER_MISMATCH,
    order=1320,
    on=PROMOTION_CODE,
    kept_param="customerId",
    needs=(*FOUND, session_missing),
    undecided_when=lambda code, _: code.unknown or (code.bound_to is not None and code.customer_unknown),
    public={"code": "code", "customerId": "bound_to", "sessionCustomerId": "customer_id"},
    except_in={"promotion_code.update": "there is no session to compare it with"},
    counterexamples=(
        (("create", "update_customer"), {"/facts/promotionCodes/promo_1/customerId": "cus_2"}),
        ("apply", {"/facts/promotionCodesByCode/AUTUMN/customerId": "cus_2"}),
    ),
)
def promotion_code_customer_mismatch(code: PromotionCodeView, _: Context) -> bool:
    """The promotion code belongs to another customer.

    A session without a customer matches no code that belongs to one. XPay's error page.
    """
    return code.bound_to is not None and code.bound_to != code.customer_id and not code.customer_unknown


@rule(
    codes.PROMOTION_CODE_FIRST_TIME_ONLY,
    order=1330,
    on=PROMOTION_CODE,
    kept_param="customerId",
    needs=(*FOUND, session_missing, promotion_code_customer_mismatch),
    undecided_when=lambda code, _: code.unknown or (code.first_time and code.paid_before is None),
    public={"code": "code", "customerId": "customer_id", "paidBefore": "paid_before"},
    except_in={"promotion_code.update": "there is no session to compare it with"},
    counterexamples=((("create", "update_customer"), {"/facts/payments/customers/cus_1": 1}),),
)
def promotion_code_first_time_only(code: PromotionCodeView, _: Context) -> bool:
    """The promotion code is for a first purchase, and this customer has paid before.

    A buyer who is no stored customer counts as one who has paid, unless the facts say that this buyer never did: Stripe
    too refuses such codes on sessions without a customer. XPay's error page.
    """
    return code.first_time and code.paid_before is True


@rule(
    codes.PROMOTION_CODE_MINIMUM_AMOUNT,
    order=1410,
    on=PROMOTION_CODE,
    kept_param="lineItems",
    needs=(*FOUND, *SUBTOTAL_RULES),
    undecided_when=lambda code, _: code.unknown or code.minimum.unknown,
    public={"code": "code", "subtotal": "subtotal", "minimumAmount": "minimum.amount", "currency": "minimum.currency"},
    except_in={"promotion_code.update": "there is no session to compare it with"},
    counterexamples=(
        (("create", "update_lines"), {"/facts/promotionCodes/promo_1/restrictions/minimumAmount": "128501"}),
        ("apply", {"/facts/promotionCodesByCode/AUTUMN/restrictions/minimumAmount": "128501"}),
    ),
)
def promotion_code_minimum_amount(code: PromotionCodeView, _: Context) -> bool:
    """The session amount is below the minimum of the promotion code.

    The subtotal counts, before discounts; equal is enough. A minimum in another currency is converted; one without an
    exchange rate is never met. XPay's error page.
    """
    return code.minimum.unreachable or (
        code.minimum.amount is not None and code.subtotal is not None and code.subtotal < code.minimum.amount
    )
