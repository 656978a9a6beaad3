"""What a coupon asks of a session, and what it has to be to be redeemed at all.

Sources: XPay's error page and its schema of a coupon.
"""

from rules_engine import codes
from rules_engine.rules.currency import CURRENCY_RULES, SUBTOTAL_RULES, line_currency_mismatch, unsupported_currency
from rules_engine.rules.declaration import rule, shows_nothing
from rules_engine.rules.promotion_code import FOUND
from rules_engine.rules.stored_session import session_missing
from rules_engine.views.context import Context
from rules_engine.views.coupon import COUPON, CouponView
from rules_engine.violation import Evidence


def _state(coupon: CouponView, ctx: Context) -> Evidence:
    return {
        "deleted": coupon.deleted,
        "active": coupon.active,
        "valid": coupon.valid,
        "redeemBy": coupon.redeem_by,
        "now": ctx.now,
        "timesRedeemed": coupon.redeemed,
        "maxRedemptions": coupon.max_redemptions,
        "fitsNoLine": coupon.fits_no_line,
    }


@rule(
    codes.RESOURCE_MISSING,
    on=COUPON,
    undecided_when=lambda coupon, _: coupon.unknown,
    evidence=shows_nothing,
)
def coupon_missing(coupon: CouponView, _: Context) -> bool:
    """There is no such coupon.

    The id is wrong, or the key is of the other mode; a coupon that a promotion code stands for was deleted instead. To
    the calls that change or delete a coupon, a deleted one does not exist. XPay's error page.
    """
    return coupon.missing


@rule(
    codes.COUPON_INVALID,
    on=COUPON,
    kept_param="lineItems",
    needs=(*FOUND, coupon_missing),
    undecided_when=lambda coupon, _: (
        coupon.unknown
        or coupon.fit_unknown
        or (coupon.own_unknown and coupon.max_redemptions is not None and coupon.redeemed + 1 >= coupon.max_redemptions)
    ),
    evidence=_state,
)
def coupon_invalid(coupon: CouponView, ctx: Context) -> bool:
    """The coupon cannot be redeemed.

    It is deleted, switched off or no longer valid; or it is past its last day, that instant included; or it has been
    redeemed as often as it may be, not counting this session's own; or it is for products that no line has. XPay's
    error page has one code for all of these. No promotion code is made for such a coupon, whatever the lines, and none
    that is off is switched on again: XPay states none for these two, and Stripe's is followed.
    """
    return (
        coupon.deleted
        or not coupon.active
        or not coupon.valid
        or (coupon.redeem_by is not None and ctx.now >= coupon.redeem_by)
        or (coupon.max_redemptions is not None and coupon.redeemed >= coupon.max_redemptions)
        or coupon.fits_no_line
    )


@rule(
    codes.COUPON_CURRENCY_MISMATCH,
    on=COUPON,
    needs=(*FOUND, coupon_missing, session_missing, *CURRENCY_RULES, unsupported_currency, line_currency_mismatch),
    undecided_when=lambda coupon, _: coupon.unknown or (coupon.currency is not None and coupon.currency_unknown),
    evidence=lambda coupon, _: {
        "currency": None if coupon.currency is None else coupon.currency.lower(),
        "sessionCurrency": None if coupon.session_currency is None else coupon.session_currency.lower(),
    },
)
def coupon_currency_mismatch(coupon: CouponView, _: Context) -> bool:
    """The coupon is in another currency than the session.

    Either case is read; a coupon without a currency fits any session. XPay's error page.
    """
    return (
        coupon.currency is not None
        and coupon.session_currency is not None
        and coupon.currency != coupon.session_currency
    )


@rule(
    codes.COUPON_CUSTOMER_MAX_REDEMPTIONS,
    on=COUPON,
    kept_param="customerId",
    needs=(*FOUND, coupon_missing, session_missing),
    undecided_when=lambda coupon, _: (
        coupon.unknown
        or (
            coupon.customer_max is not None
            and (
                coupon.customer_redeemed is None
                or (coupon.customer_own_unknown and coupon.customer_redeemed + 1 >= coupon.customer_max)
            )
        )
    ),
    evidence=lambda coupon, _: {
        "timesRedeemed": coupon.customer_redeemed,
        "customerMaxRedemptions": coupon.customer_max,
    },
)
def coupon_customer_max_redemptions(coupon: CouponView, _: Context) -> bool:
    """The customer has redeemed this coupon as often as one customer may.

    The session's own redemption does not count, unless the session is handed to another customer; a buyer who is no
    stored customer has redeemed nothing. XPay's error page.
    """
    return (
        coupon.customer_max is not None
        and coupon.customer_redeemed is not None
        and coupon.customer_redeemed >= coupon.customer_max
    )


@rule(
    codes.COUPON_MINIMUM_AMOUNT,
    on=COUPON,
    kept_param="lineItems",
    needs=(coupon_missing, coupon_currency_mismatch, *FOUND, *SUBTOTAL_RULES),
    undecided_when=lambda coupon, _: coupon.unknown or coupon.minimum.unknown,
    evidence=lambda coupon, _: {
        "subtotal": coupon.subtotal,
        "minValue": coupon.minimum.amount,
        "currency": coupon.minimum.currency,
    },
)
def coupon_minimum_amount(coupon: CouponView, _: Context) -> bool:
    """The session subtotal is below the minimum of the coupon.

    Before discounts; equal is enough. The minimum is in the coupon's currency, else in the settlement currency; in
    another than the session's it is converted, and without an exchange rate it is never met. XPay's error page.
    """
    return coupon.minimum.unreachable or (
        coupon.minimum.amount is not None and coupon.subtotal is not None and coupon.subtotal < coupon.minimum.amount
    )
