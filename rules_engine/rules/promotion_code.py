"""What a promotion code asks of a session. Sources: XPay's error page and its schema of a promotion code."""

from typing import Any

from rules_engine import codes
from rules_engine.rules.currency import SUBTOTAL_RULES
from rules_engine.rules.declaration import Rule, rule, shows_nothing
from rules_engine.rules.discount import promotion_codes_not_allowed
from rules_engine.rules.limits import MAX_DISCOUNTS
from rules_engine.rules.stored_session import session_missing
from rules_engine.views.context import Context
from rules_engine.views.discount import ENTRY, EntryView
from rules_engine.views.promotion_code import PROMOTION_CODE, PromotionCodeView


def _unknown(code: PromotionCodeView, _: Context) -> bool:
    return code.unknown


@rule(
    codes.PROMOTION_CODE_NOT_FOUND,
    on=PROMOTION_CODE,
    needs=(promotion_codes_not_allowed,),
    undecided_when=lambda code, _: code.entered and code.unknown,
    evidence=shows_nothing,
)
def promotion_code_not_found(code: PromotionCodeView, _: Context) -> bool:
    """The account has no promotion code spelled like this.

    Codes are compared trimmed and without regard to case. XPay's error page.
    """
    return code.entered and code.missing


@rule(
    codes.RESOURCE_MISSING,
    on=PROMOTION_CODE,
    undecided_when=lambda code, _: code.unknown and not code.entered,
    evidence=shows_nothing,
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
    on=ENTRY,
    needs=(session_missing, promotion_codes_not_allowed, promotion_code_not_found),
    limits=(MAX_DISCOUNTS,),
    undecided_when=lambda entry, _: entry.session_unknown or entry.code_unknown,
    evidence=lambda entry, ctx: {"discounts": entry.discount_count, "maximum": ctx.limits[MAX_DISCOUNTS]},
)
def too_many_discounts_after_entry(entry: EntryView, ctx: Context) -> bool:
    """The session already carries as many discounts as it may.

    A code that it carries already takes its own place. XPay's error page: one discount.
    """
    return entry.discount_count is not None and entry.discount_count > ctx.limits[MAX_DISCOUNTS]


@rule(
    codes.PROMOTION_CODE_INACTIVE,
    on=PROMOTION_CODE,
    needs=FOUND,
    undecided_when=_unknown,
    evidence=lambda code, _: {"code": code.code, "active": code.active},
)
def promotion_code_inactive(code: PromotionCodeView, _: Context) -> bool:
    """The promotion code is switched off.

    XPay's error page.
    """
    return not code.active


@rule(
    codes.PROMOTION_CODE_EXPIRED,
    on=PROMOTION_CODE,
    needs=FOUND,
    undecided_when=_unknown,
    evidence=lambda code, ctx: {"code": code.code, "expiresAt": code.expires_at, "now": ctx.now},
)
def promotion_code_expired(code: PromotionCodeView, ctx: Context) -> bool:
    """The promotion code has expired.

    It is over at its expiry, that instant included. XPay's error page.
    """
    return code.expires_at is not None and ctx.now >= code.expires_at


@rule(
    codes.PROMOTION_CODE_MAX_REDEMPTIONS,
    on=PROMOTION_CODE,
    needs=FOUND,
    undecided_when=lambda code, _: (
        code.unknown
        or (code.own_unknown and code.max_redemptions is not None and code.redeemed + 1 >= code.max_redemptions)
    ),
    evidence=lambda code, _: {
        "code": code.code,
        "timesRedeemed": code.redeemed,
        "maxRedemptions": code.max_redemptions,
    },
)
def promotion_code_max_redemptions(code: PromotionCodeView, _: Context) -> bool:
    """The promotion code has been redeemed as often as it may be.

    The session's own redemption does not count. XPay's error page.
    """
    return code.max_redemptions is not None and code.redeemed >= code.max_redemptions


@rule(
    codes.PROMOTION_CODE_CUSTOMER_MISMATCH,
    on=PROMOTION_CODE,
    kept_param="customerId",
    needs=(*FOUND, session_missing),
    undecided_when=lambda code, _: code.unknown or (code.bound_to is not None and code.customer_unknown),
    evidence=lambda code, _: {"code": code.code, "customerId": code.bound_to, "sessionCustomerId": code.customer_id},
)
def promotion_code_customer_mismatch(code: PromotionCodeView, _: Context) -> bool:
    """The promotion code belongs to another customer.

    A session without a customer matches no code that belongs to one. XPay's error page.
    """
    return code.bound_to is not None and code.bound_to != code.customer_id and not code.customer_unknown


@rule(
    codes.PROMOTION_CODE_FIRST_TIME_ONLY,
    on=PROMOTION_CODE,
    kept_param="customerId",
    needs=(*FOUND, session_missing, promotion_code_customer_mismatch),
    undecided_when=lambda code, _: code.unknown or (code.first_time and code.paid_before is None),
    evidence=lambda code, _: {"code": code.code, "customerId": code.customer_id, "paidBefore": code.paid_before},
)
def promotion_code_first_time_only(code: PromotionCodeView, _: Context) -> bool:
    """The promotion code is for a first purchase, and this customer has paid before.

    A buyer who is no stored customer counts as one who has paid, unless the facts say that this buyer never did: Stripe
    too refuses such codes on sessions without a customer. XPay's error page.
    """
    return code.first_time and code.paid_before is True


@rule(
    codes.PROMOTION_CODE_MINIMUM_AMOUNT,
    on=PROMOTION_CODE,
    kept_param="lineItems",
    needs=(*FOUND, *SUBTOTAL_RULES),
    undecided_when=lambda code, _: code.unknown or code.minimum.unknown,
    evidence=lambda code, _: {
        "code": code.code,
        "subtotal": code.subtotal,
        "minimumAmount": code.minimum.amount,
        "currency": code.minimum.currency,
    },
)
def promotion_code_minimum_amount(code: PromotionCodeView, _: Context) -> bool:
    """The session amount is below the minimum of the promotion code.

    The subtotal counts, before discounts; equal is enough. A minimum in another currency is converted; one without an
    exchange rate is never met. XPay's error page.
    """
    return code.minimum.unreachable or (
        code.minimum.amount is not None and code.subtotal is not None and code.subtotal < code.minimum.amount
    )
