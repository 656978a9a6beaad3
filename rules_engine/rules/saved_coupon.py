"""What a coupon may be when it is made, and when it may be deleted.

Sources: XPay's error page and its schema of a coupon, which has no call that makes one; for the rest Stripe's.
"""

from decimal import Decimal
from typing import Final

from rules_engine import codes
from rules_engine.rules.discount import coupon_missing
from rules_engine.rules.kinds import REMOVED, Bound, FromNow, Setting, number
from rules_engine.rules.limits import LARGEST_AMOUNT, MAX_REDEEM_BY
from rules_engine.rules.row import now, rule
from rules_engine.views.context import Context
from rules_engine.views.saved_coupon import COUPON_USE, SAVED_COUPON, CouponUseView, SavedCouponView

LEAST_PERCENT: Final = Decimal("0.01")
LARGEST_PERCENT: Final = 100


@rule(
    codes.PARAMETER_MISSING,
    order=260,
    on=SAVED_COUPON,
    param="percentOff",
    counterexamples=(
        ("coupon_create", {"/request/percentOff": None}),
        ("coupon_create_percentage", {"/request/percentOff": REMOVED}),
        ("coupon_create_amount", {"/request/amountOff": REMOVED}),
    ),
)
def coupon_discount_missing(coupon: SavedCouponView, _: Context) -> bool:
    """The coupon takes neither a percentage nor an amount off.

    One of the two is asked for. XPay states none; Stripe's is followed.
    """
    return coupon.stated.percent_off is None and coupon.stated.amount_off is None


@rule(
    codes.PARAMETERS_EXCLUSIVE,
    order=270,
    on=SAVED_COUPON,
    param="amountOff",
    public={"percentOff": "stated.percent_off", "amountOff": "stated.amount_off"},
    counterexamples=(
        ("coupon_create", {"/request/amountOff": 5000}),
        ("coupon_create_amount", {"/request/percentOff": 15}),
    ),
)
def coupon_discount_exclusive(coupon: SavedCouponView, _: Context) -> bool:
    """A coupon takes a percentage or an amount off, not both.

    XPay's schema has one kind of discount for a coupon; it states no code, and this one is of its error page.
    """
    return coupon.stated.percent_off is not None and coupon.stated.amount_off is not None


@rule(
    codes.PARAMETER_REQUIRES_ANOTHER,
    order=280,
    on=SAVED_COUPON,
    param="amountOff",
    needs=(coupon_discount_exclusive,),
    public={"amountOff": "stated.amount_off"},
    counterexamples=(("coupon_create_amount", {"/request/currency": REMOVED}),),
)
def amount_off_without_currency(coupon: SavedCouponView, _: Context) -> bool:
    """An amount that a coupon takes off is in a currency, and none is stated.

    The default currency of the account does not stand in. XPay states none; Stripe's is followed.
    """
    return coupon.stated.amount_off is not None and coupon.stated.currency is None


@rule(
    codes.PARAMETER_REQUIRES_ANOTHER,
    order=290,
    on=SAVED_COUPON,
    param="maxDiscountAmount",
    needs=(coupon_discount_missing,),
    public={"maxDiscountAmount": "stated.max_discount_amount"},
    counterexamples=(("coupon_create_amount", {"/request/maxDiscountAmount": 20000}),),
)
def max_discount_without_percentage(coupon: SavedCouponView, _: Context) -> bool:
    """Only a coupon that takes a percentage off has a cap on what it takes off.

    XPay's schema of a coupon; it states no code.
    """
    return coupon.stated.max_discount_amount is not None and coupon.stated.percent_off is None


@rule(
    codes.PARAMETER_REQUIRES_ANOTHER,
    order=300,
    on=SAVED_COUPON,
    param="duration",
    public={"duration": "stated.duration"},
    counterexamples=(
        ("coupon_create_amount", {"/request/duration": "repeating"}),
        ("coupon_create_percentage", {"/request/durationInMonths": REMOVED}),
    ),
)
def repeating_without_months(coupon: SavedCouponView, _: Context) -> bool:
    """A coupon that repeats says for how many months.

    XPay states none; Stripe's is followed.
    """
    return coupon.stated.duration == "repeating" and coupon.stated.duration_in_months is None


@rule(
    codes.PARAMETER_REQUIRES_ANOTHER,
    order=310,
    on=SAVED_COUPON,
    param="durationInMonths",
    public={"duration": "stated.duration", "durationInMonths": "stated.duration_in_months"},
    counterexamples=(
        ("coupon_create", {"/request/durationInMonths": 3}),
        ("coupon_create_percentage", {"/request/duration": "forever"}),
    ),
)
def months_without_repeating(coupon: SavedCouponView, _: Context) -> bool:
    """Only a coupon that repeats says for how many months.

    A coupon that states no duration is redeemed once. XPay's schema of a coupon; it states no code.
    """
    return coupon.stated.duration_in_months is not None and coupon.stated.duration != "repeating"


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=320,
    on=SAVED_COUPON,
    param="percentOff",
    violated=Bound("stated.percent_off", minimum=LEAST_PERCENT, maximum=LARGEST_PERCENT),
    counterexamples=(
        ("coupon_create", {"/request/percentOff": 0.009}),
        ("coupon_create_percentage", {"/request/percentOff": 101}),
    ),
)
def percent_off_out_of_range() -> None:
    """The percentage that the coupon takes off is below 0.01 or above 100.

    Both are admitted, and so are any decimals between them. XPay's schema of a coupon.
    """


@rule(
    codes.AMOUNT_INVALID,
    order=330,
    on=SAVED_COUPON,
    param="amountOff",
    violated=Bound(
        "stated.amount_off",
        minimum=1,
        maximum=LARGEST_AMOUNT,
        settings=number("coupon_create_amount", "/request/amountOff"),
    ),
)
def amount_off_out_of_range() -> None:
    """The amount that the coupon takes off is not positive, or above the largest amount.

    1 to 9007199254740991, both admitted. XPay states none: Stripe's is a positive one, and the largest is the one of
    XPay's other schemas.
    """


@rule(
    codes.AMOUNT_INVALID,
    order=340,
    on=SAVED_COUPON,
    param="maxDiscountAmount",
    violated=Bound(
        "stated.max_discount_amount",
        minimum=1,
        maximum=LARGEST_AMOUNT,
        settings=number("coupon_create_percentage", "/request/maxDiscountAmount"),
    ),
)
def max_discount_out_of_range() -> None:
    """The cap on what the coupon takes off is not positive, or above the largest amount.

    1 to 9007199254740991, both admitted. XPay states none; the bounds are those of an amount that a coupon takes off.
    """


@rule(
    codes.AMOUNT_INVALID,
    order=350,
    on=SAVED_COUPON,
    param="minValue",
    violated=Bound(
        "stated.min_value",
        minimum=0,
        maximum=LARGEST_AMOUNT,
        settings=number("coupon_create_amount", "/request/minValue"),
    ),
)
def min_value_out_of_range() -> None:
    """The minimum that the coupon asks of a session is negative, or above the largest amount.

    0 to 9007199254740991, both admitted; 0 asks for nothing. XPay's error page; the largest is the one of its schemas.
    """


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=360,
    on=SAVED_COUPON,
    param="durationInMonths",
    violated=Bound(
        "stated.duration_in_months",
        minimum=1,
        settings=number("coupon_create_percentage", "/request/durationInMonths"),
    ),
)
def months_out_of_range() -> None:
    """The coupon repeats for less than one month.

    XPay states none; Stripe's is followed: at least 1.
    """


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=370,
    on=SAVED_COUPON,
    param="maxRedemptions",
    violated=Bound("stated.max_redemptions", minimum=1, settings=number("coupon_create", "/request/maxRedemptions")),
)
def coupon_max_redemptions_out_of_range() -> None:
    """The coupon may be redeemed less than once in all.

    Null is unlimited. XPay states none; Stripe's is followed: at least 1.
    """


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=380,
    on=SAVED_COUPON,
    param="customerMaxRedemptions",
    violated=Bound(
        "stated.customer_max_redemptions",
        minimum=1,
        settings=number("coupon_create_percentage", "/request/customerMaxRedemptions"),
    ),
)
def customer_max_redemptions_out_of_range() -> None:
    """One customer may redeem the coupon less than once.

    Null is unlimited, and more than all customers together is no fault. XPay states none; the bound is the one of all
    redemptions.
    """


@rule(
    codes.PARAMETER_INVALID,
    order=390,
    on=SAVED_COUPON,
    param="redeemBy",
    public={"redeemBy": "stated.redeem_by", "now": now},
    counterexamples=(("coupon_create_percentage", {"/request/redeemBy": "2026-11-22T10:00:00Z"}),),
)
def redeem_by_past(coupon: SavedCouponView, ctx: Context) -> bool:
    """The coupon would be over when it is made.

    It is over at its last instant, so that has to lie in the future. XPay states none; Stripe's is followed.
    """
    return coupon.stated.redeem_by is not None and coupon.stated.redeem_by <= ctx.now


@rule(
    codes.PARAMETER_INVALID,
    order=400,
    on=SAVED_COUPON,
    param="redeemBy",
    violated=Bound(
        "days_ahead",
        maximum=MAX_REDEEM_BY,
        settings=Setting(
            "coupon_create_percentage",
            {"/request/redeemBy": FromNow(86400)},
            least=1,
            most=1000000,
            beyond="a coupon is good for some time, and the calendar ends",
        ),
    ),
    public={"redeemBy": "stated.redeem_by", "now": now, "maximumDays": MAX_REDEEM_BY},
    counterexamples=(("coupon_create", {"/request/redeemBy": "2032-01-01T00:00:00Z"}),),
)
def redeem_by_too_late() -> None:
    """The coupon would be good for too long.

    To the microsecond; as many days from now as the limit are fine. XPay states none; Stripe's is followed: five years,
    which have at most 1827 days.
    """


@rule(
    codes.COUPON_IN_USE,
    order=1440,
    on=COUPON_USE,
    needs=(coupon_missing,),
    undecided_when=lambda use, _: use.unknown,
    public={"promotionCodes": "promotion_codes", "sessions": "sessions"},
    counterexamples=(
        ("coupon_delete", {"/facts/usage/coupons/coup_1/promotionCodes": 1}),
        ("coupon_delete", {"/facts/usage/coupons/coup_1/sessions": 1}),
    ),
)
def coupon_in_use(use: CouponUseView, _: Context) -> bool:
    """The coupon is still attached to an active promotion code or to an open session.

    One is enough; codes that are switched off and sessions that are over do not count. XPay's error page.
    """
    return use.promotion_codes > 0 or use.sessions > 0
