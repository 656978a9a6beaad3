"""What a coupon may be when it is made, and when it may be deleted.

Sources: XPay's error page and its schema of a coupon, which has no call that makes one; for the rest Stripe's.
"""

from decimal import Decimal
from typing import Final

from rules_engine import codes
from rules_engine.rules.coupon import coupon_missing
from rules_engine.rules.declaration import rule, shows_nothing
from rules_engine.rules.limits import LARGEST_AMOUNT, MAX_REDEEM_BY
from rules_engine.views.context import Context
from rules_engine.views.saved_coupon import COUPON_USE, SAVED_COUPON, CouponUseView, SavedCouponView

LEAST_PERCENT: Final = Decimal("0.01")
LARGEST_PERCENT: Final = 100


@rule(
    codes.PARAMETER_MISSING,
    on=SAVED_COUPON,
    param="percentOff",
    evidence=shows_nothing,
)
def coupon_discount_missing(coupon: SavedCouponView, _: Context) -> bool:
    """The coupon takes neither a percentage nor an amount off.

    One of the two is asked for. XPay states none; Stripe's is followed.
    """
    return coupon.stated.percent_off is None and coupon.stated.amount_off is None


@rule(
    codes.PARAMETERS_EXCLUSIVE,
    on=SAVED_COUPON,
    param="amountOff",
    evidence=lambda coupon, _: {"percentOff": coupon.stated.percent_off, "amountOff": coupon.stated.amount_off},
)
def coupon_discount_exclusive(coupon: SavedCouponView, _: Context) -> bool:
    """A coupon takes a percentage or an amount off, not both.

    XPay's schema has one kind of discount for a coupon; it states no code, and this one is of its error page.
    """
    return coupon.stated.percent_off is not None and coupon.stated.amount_off is not None


@rule(
    codes.PARAMETER_REQUIRES_ANOTHER,
    on=SAVED_COUPON,
    param="amountOff",
    needs=(coupon_discount_exclusive,),
    evidence=lambda coupon, _: {"amountOff": coupon.stated.amount_off},
)
def amount_off_without_currency(coupon: SavedCouponView, _: Context) -> bool:
    """An amount that a coupon takes off is in a currency, and none is stated.

    The default currency of the account does not stand in. XPay states none; Stripe's is followed.
    """
    return coupon.stated.amount_off is not None and coupon.stated.currency is None


@rule(
    codes.PARAMETER_REQUIRES_ANOTHER,
    on=SAVED_COUPON,
    param="maxDiscountAmount",
    needs=(coupon_discount_missing,),
    evidence=lambda coupon, _: {"maxDiscountAmount": coupon.stated.max_discount_amount},
)
def max_discount_without_percentage(coupon: SavedCouponView, _: Context) -> bool:
    """Only a coupon that takes a percentage off has a cap on what it takes off.

    XPay's schema of a coupon; it states no code.
    """
    return coupon.stated.max_discount_amount is not None and coupon.stated.percent_off is None


@rule(
    codes.PARAMETER_REQUIRES_ANOTHER,
    on=SAVED_COUPON,
    param="duration",
    evidence=lambda coupon, _: {"duration": coupon.stated.duration},
)
def repeating_without_months(coupon: SavedCouponView, _: Context) -> bool:
    """A coupon that repeats says for how many months.

    XPay states none; Stripe's is followed.
    """
    return coupon.stated.duration == "repeating" and coupon.stated.duration_in_months is None


@rule(
    codes.PARAMETER_REQUIRES_ANOTHER,
    on=SAVED_COUPON,
    param="durationInMonths",
    evidence=lambda coupon, _: {
        "duration": coupon.stated.duration,
        "durationInMonths": coupon.stated.duration_in_months,
    },
)
def months_without_repeating(coupon: SavedCouponView, _: Context) -> bool:
    """Only a coupon that repeats says for how many months.

    A coupon that states no duration is redeemed once. XPay's schema of a coupon; it states no code.
    """
    return coupon.stated.duration_in_months is not None and coupon.stated.duration != "repeating"


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    on=SAVED_COUPON,
    param="percentOff",
    evidence=lambda coupon, _: {
        "percentOff": coupon.stated.percent_off,
        "minimum": LEAST_PERCENT,
        "maximum": LARGEST_PERCENT,
    },
)
def percent_off_out_of_range(coupon: SavedCouponView, _: Context) -> bool:
    """The percentage that the coupon takes off is below 0.01 or above 100.

    Both are admitted, and so are any decimals between them. XPay's schema of a coupon.
    """
    return coupon.stated.percent_off is not None and (
        coupon.stated.percent_off < LEAST_PERCENT or coupon.stated.percent_off > LARGEST_PERCENT
    )


@rule(
    codes.AMOUNT_INVALID,
    on=SAVED_COUPON,
    param="amountOff",
    evidence=lambda coupon, _: {"amountOff": coupon.stated.amount_off, "minimum": 1, "maximum": LARGEST_AMOUNT},
)
def amount_off_out_of_range(coupon: SavedCouponView, _: Context) -> bool:
    """The amount that the coupon takes off is not positive, or above the largest amount.

    1 to 9007199254740991, both admitted. XPay states none: Stripe's is a positive one, and the largest is the one of
    XPay's other schemas.
    """
    return coupon.stated.amount_off is not None and (
        coupon.stated.amount_off < 1 or coupon.stated.amount_off > LARGEST_AMOUNT
    )


@rule(
    codes.AMOUNT_INVALID,
    on=SAVED_COUPON,
    param="maxDiscountAmount",
    evidence=lambda coupon, _: {
        "maxDiscountAmount": coupon.stated.max_discount_amount,
        "minimum": 1,
        "maximum": LARGEST_AMOUNT,
    },
)
def max_discount_out_of_range(coupon: SavedCouponView, _: Context) -> bool:
    """The cap on what the coupon takes off is not positive, or above the largest amount.

    1 to 9007199254740991, both admitted. XPay states none; the bounds are those of an amount that a coupon takes off.
    """
    return coupon.stated.max_discount_amount is not None and (
        coupon.stated.max_discount_amount < 1 or coupon.stated.max_discount_amount > LARGEST_AMOUNT
    )


@rule(
    codes.AMOUNT_INVALID,
    on=SAVED_COUPON,
    param="minValue",
    evidence=lambda coupon, _: {"minValue": coupon.stated.min_value, "minimum": 0, "maximum": LARGEST_AMOUNT},
)
def min_value_out_of_range(coupon: SavedCouponView, _: Context) -> bool:
    """The minimum that the coupon asks of a session is negative, or above the largest amount.

    0 to 9007199254740991, both admitted; 0 asks for nothing. XPay's error page; the largest is the one of its schemas.
    """
    return coupon.stated.min_value is not None and (
        coupon.stated.min_value < 0 or coupon.stated.min_value > LARGEST_AMOUNT
    )


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    on=SAVED_COUPON,
    param="durationInMonths",
    evidence=lambda coupon, _: {"durationInMonths": coupon.stated.duration_in_months, "minimum": 1},
)
def months_out_of_range(coupon: SavedCouponView, _: Context) -> bool:
    """The coupon repeats for less than one month.

    XPay states none; Stripe's is followed: at least 1.
    """
    return coupon.stated.duration_in_months is not None and coupon.stated.duration_in_months < 1


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    on=SAVED_COUPON,
    param="maxRedemptions",
    evidence=lambda coupon, _: {"maxRedemptions": coupon.stated.max_redemptions, "minimum": 1},
)
def coupon_max_redemptions_out_of_range(coupon: SavedCouponView, _: Context) -> bool:
    """The coupon may be redeemed less than once in all.

    Null is unlimited. XPay states none; Stripe's is followed: at least 1.
    """
    return coupon.stated.max_redemptions is not None and coupon.stated.max_redemptions < 1


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    on=SAVED_COUPON,
    param="customerMaxRedemptions",
    evidence=lambda coupon, _: {"customerMaxRedemptions": coupon.stated.customer_max_redemptions, "minimum": 1},
)
def customer_max_redemptions_out_of_range(coupon: SavedCouponView, _: Context) -> bool:
    """One customer may redeem the coupon less than once.

    Null is unlimited, and more than all customers together is no fault. XPay states none; the bound is the one of all
    redemptions.
    """
    return coupon.stated.customer_max_redemptions is not None and coupon.stated.customer_max_redemptions < 1


@rule(
    codes.PARAMETER_INVALID,
    on=SAVED_COUPON,
    param="redeemBy",
    evidence=lambda coupon, ctx: {"redeemBy": coupon.stated.redeem_by, "now": ctx.now},
)
def redeem_by_past(coupon: SavedCouponView, ctx: Context) -> bool:
    """The coupon would be over when it is made.

    It is over at its last instant, so that has to lie in the future. XPay states none; Stripe's is followed.
    """
    return coupon.stated.redeem_by is not None and coupon.stated.redeem_by <= ctx.now


@rule(
    codes.PARAMETER_INVALID,
    on=SAVED_COUPON,
    param="redeemBy",
    limits=(MAX_REDEEM_BY,),
    evidence=lambda coupon, ctx: {
        "redeemBy": coupon.stated.redeem_by,
        "now": ctx.now,
        "maximumDays": ctx.limits[MAX_REDEEM_BY],
    },
)
def redeem_by_too_late(coupon: SavedCouponView, ctx: Context) -> bool:
    """The coupon would be good for too long.

    To the microsecond; as many days from now as the limit are fine. XPay states none; Stripe's is followed: five years,
    which have at most 1827 days.
    """
    return coupon.days_ahead is not None and coupon.days_ahead > ctx.limits[MAX_REDEEM_BY]


@rule(
    codes.COUPON_IN_USE,
    on=COUPON_USE,
    needs=(coupon_missing,),
    undecided_when=lambda use, _: use.unknown,
    evidence=lambda use, _: {"promotionCodes": use.promotion_codes, "sessions": use.sessions},
)
def coupon_in_use(use: CouponUseView, _: Context) -> bool:
    """The coupon is still attached to an active promotion code or to an open session.

    One is enough; codes that are switched off and sessions that are over do not count. XPay's error page.
    """
    return use.promotion_codes > 0 or use.sessions > 0
