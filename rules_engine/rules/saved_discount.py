"""What a promotion code or a coupon may be when it is made, what of it is fixed, and when a coupon may be deleted.

Sources: XPay's error page and its schemas of the two, which have no calls that make them; for the rest Stripe's.
"""

from decimal import Decimal

from rules_engine import codes
from rules_engine.rules.discount import coupon_invalid, coupon_missing
from rules_engine.rules.kinds import REMOVED, Bound, Exclusive, Fixed, FromNow, Requires, Setting, number
from rules_engine.rules.limits import LARGEST_AMOUNT, MAX_REDEEM_BY
from rules_engine.rules.row import now, rule
from rules_engine.views.context import Context
from rules_engine.views.saved_discount import CouponUseView, FixedFieldView, SavedCouponView, SavedPromotionCodeView

_NOON = "2026-11-22T10:00:00Z"
_RESTRICTED = "promotion_code_create_restricted"
_PERCENTAGE = "coupon_create_percentage"
_AMOUNT = "coupon_create_amount"


@rule(
    codes.PARAMETER_REQUIRES_ANOTHER,
    order=200,
    on=SavedPromotionCodeView,
    param="restrictions.minimumAmountCurrency",
    violated=Requires("restrictions.minimum_amount_currency", "restrictions.minimum_amount"),
    message="restrictions.minimumAmountCurrency requires restrictions.minimumAmount.",
    counterexamples=((_RESTRICTED, {"/request/restrictions/minimumAmount": None}),),
)
def minimum_currency_without_minimum() -> None:
    """The promotion code has the currency of a minimum amount, and no minimum amount.

    XPay states none; Stripe's is followed. The other way round is valid: the minimum is in the session's currency.
    """


@rule(
    codes.PARAMETER_INVALID,
    order=210,
    on=SavedPromotionCodeView,
    param="code",
    message="code may only contain the letters a to z and A to Z, digits and dashes, and not be empty.",
    public={"code": lambda code, _: code.stated.code[:40]},
    counterexamples=(("promotion_code_create", {"/request/code": "AUTUMN 15"}),),
)
def code_malformed(code: SavedPromotionCodeView, _: Context) -> bool:
    """The string of the promotion code is empty, or has other characters than letters, digits and dashes.

    White space around it is ignored, as where codes are compared. XPay calls it alphanumeric; Stripe's characters are
    followed: a to z, A to Z, 0 to 9 and the dash.
    """
    return code.malformed


@rule(
    codes.PROMOTION_CODE_EXISTS,
    order=220,
    on=SavedPromotionCodeView,
    param="code",
    needs=(code_malformed,),
    undecided_when=lambda code, _: code.namesake_unknown,
    message="The promotion code '{code}' already exists on this account; choose another code.",
    public={"code": "namesake.code"},
    counterexamples=(
        (
            ("promotion_code_create", _RESTRICTED),
            {
                "/facts/missing/promotionCodesByCode": REMOVED,
                "/facts/promotionCodesByCode": {
                    "AUTUMN": {"id": "promo_2", "code": "Autumn", "coupon": {"id": "coup_2"}, "active": False}
                },
            },
        ),
    ),
)
def promotion_code_exists(code: SavedPromotionCodeView, _: Context) -> bool:
    """The account already has a promotion code with this spelling.

    Codes are compared as where a buyer types one, and one that is switched off or expired exists too. XPay's error
    page; Stripe looks at active codes only.
    """
    return code.namesake is not None


@rule(
    codes.AMOUNT_INVALID,
    order=230,
    on=SavedPromotionCodeView,
    param="restrictions.minimumAmount",
    message="restrictions.minimumAmount, {minimumAmount}, must be a whole number between {minimum} and {maximum}.",
    public={"minimumAmount": "restrictions.minimum_amount", "minimum": 0, "maximum": LARGEST_AMOUNT},
    counterexamples=(
        (_RESTRICTED, {"/request/restrictions/minimumAmount": "-1"}),
        (_RESTRICTED, {"/request/restrictions/minimumAmount": "600.5"}),
    ),
)
def minimum_amount_invalid(code: SavedPromotionCodeView, _: Context) -> bool:
    """The minimum amount of the promotion code is negative, too large, or not a whole number of minor units.

    0 to 9007199254740991; 0 requires nothing. XPay's error page; the largest is the one of its schemas.
    """
    return code.restrictions.minimum_amount is not None and (
        code.restrictions.minimum_amount < 0
        or code.restrictions.minimum_amount > LARGEST_AMOUNT
        or code.minimum_fractional
    )


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=240,
    on=SavedPromotionCodeView,
    param="maxRedemptions",
    violated=Bound("stated.max_redemptions", minimum=1, settings=number(_RESTRICTED, "/request/maxRedemptions")),
    message="maxRedemptions must be at least {minimum}, and is {maxRedemptions}; send null for no limit.",
)
def code_max_redemptions_out_of_range() -> None:
    """The promotion code may be redeemed less than once. XPay states none; Stripe's is followed: at least 1."""


@rule(
    codes.PARAMETER_INVALID,
    order=250,
    on=SavedPromotionCodeView,
    param="expiresAt",
    message="expiresAt, {expiresAt}, must be in the future.",
    public={"expiresAt": "stated.expires_at", "now": now},
    counterexamples=((_RESTRICTED, {"/request/expiresAt": _NOON}),),
)
def expires_at_past(code: SavedPromotionCodeView, ctx: Context) -> bool:
    """The promotion code would expire before or when it is made. XPay states none; Stripe's is followed."""
    return code.stated.expires_at is not None and code.stated.expires_at <= ctx.now


@rule(
    codes.PARAMETER_MISSING,
    order=260,
    on=SavedCouponView,
    param="percentOff",
    message="A coupon requires percentOff or amountOff.",
    counterexamples=(
        ("coupon_create", {"/request/percentOff": None}),
        (_PERCENTAGE, {"/request/percentOff": REMOVED}),
        (_AMOUNT, {"/request/amountOff": REMOVED}),
    ),
)
def coupon_discount_missing(coupon: SavedCouponView, _: Context) -> bool:
    """The coupon takes neither a percentage nor an amount off. XPay states none; Stripe's is followed."""
    return coupon.stated.percent_off is None and coupon.stated.amount_off is None


@rule(
    codes.PARAMETERS_EXCLUSIVE,
    order=270,
    on=SavedCouponView,
    param="amountOff",
    violated=Exclusive("stated.percent_off", "stated.amount_off"),
    message="amountOff cannot be combined with percentOff; send one of them.",
    public={"percentOff": "stated.percent_off", "amountOff": "stated.amount_off"},
    counterexamples=(("coupon_create", {"/request/amountOff": 5000}), (_AMOUNT, {"/request/percentOff": 15})),
)
def coupon_discount_exclusive() -> None:
    """The coupon takes both a percentage and an amount off.

    XPay's schema has one kind of discount for a coupon; it states no code, and this one is of its error page.
    """


@rule(
    codes.PARAMETER_REQUIRES_ANOTHER,
    order=280,
    on=SavedCouponView,
    param="amountOff",
    violated=Requires("stated.amount_off", "stated.currency"),
    needs=(coupon_discount_exclusive,),
    message="amountOff requires currency.",
    public={"amountOff": "stated.amount_off"},
    counterexamples=((_AMOUNT, {"/request/currency": REMOVED}),),
)
def amount_off_without_currency() -> None:
    """The coupon takes an amount off, and has no currency.

    The default currency of the account is not used instead. XPay states none; Stripe's is followed.
    """


@rule(
    codes.PARAMETER_REQUIRES_ANOTHER,
    order=290,
    on=SavedCouponView,
    param="maxDiscountAmount",
    violated=Requires("stated.max_discount_amount", "stated.percent_off"),
    needs=(coupon_discount_missing,),
    message="maxDiscountAmount requires percentOff.",
    public={"maxDiscountAmount": "stated.max_discount_amount"},
    counterexamples=((_AMOUNT, {"/request/maxDiscountAmount": 20000}),),
)
def max_discount_without_percentage() -> None:
    """The coupon caps what it takes off, and takes no percentage off. XPay's schema of a coupon; it states no code."""


@rule(
    codes.PARAMETER_REQUIRES_ANOTHER,
    order=300,
    on=SavedCouponView,
    param="duration",
    message="duration '{duration}' requires durationInMonths.",
    public={"duration": "stated.duration"},
    counterexamples=(
        (_AMOUNT, {"/request/duration": "repeating"}),
        (_PERCENTAGE, {"/request/durationInMonths": REMOVED}),
    ),
)
def repeating_without_months(coupon: SavedCouponView, _: Context) -> bool:
    """The coupon is repeating, and has no number of months. XPay states none; Stripe's is followed."""
    return coupon.stated.duration == "repeating" and coupon.stated.duration_in_months is None


@rule(
    codes.PARAMETER_REQUIRES_ANOTHER,
    order=310,
    on=SavedCouponView,
    param="durationInMonths",
    message="durationInMonths requires duration 'repeating'.",
    public={"duration": "stated.duration", "durationInMonths": "stated.duration_in_months"},
    counterexamples=(
        ("coupon_create", {"/request/durationInMonths": 3}),
        (_PERCENTAGE, {"/request/duration": "forever"}),
    ),
)
def months_without_repeating(coupon: SavedCouponView, _: Context) -> bool:
    """The coupon has a number of months, and is not repeating.

    A coupon without a duration is redeemed once. XPay's schema of a coupon; it states no code.
    """
    return coupon.stated.duration_in_months is not None and coupon.stated.duration != "repeating"


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=320,
    on=SavedCouponView,
    param="percentOff",
    violated=Bound("stated.percent_off", minimum=Decimal("0.01"), maximum=100),
    message="percentOff must be between {minimum} and {maximum}, and is {percentOff}.",
    counterexamples=(("coupon_create", {"/request/percentOff": 0.009}), (_PERCENTAGE, {"/request/percentOff": 101})),
)
def percent_off_out_of_range() -> None:
    """The percentage, of any decimals, is below 0.01 or above 100. XPay's schema of a coupon."""


@rule(
    codes.AMOUNT_INVALID,
    order=330,
    on=SavedCouponView,
    param="amountOff",
    violated=Bound(
        "stated.amount_off", minimum=1, maximum=LARGEST_AMOUNT, settings=number(_AMOUNT, "/request/amountOff")
    ),
    message="amountOff must be between {minimum} and {maximum} minor units, and is {amountOff}.",
)
def amount_off_out_of_range() -> None:
    """The amount that the coupon takes off is below one or too large.

    XPay states none: Stripe's is positive, and the largest is the one of XPay's other schemas, 9007199254740991.
    """


@rule(
    codes.AMOUNT_INVALID,
    order=340,
    on=SavedCouponView,
    param="maxDiscountAmount",
    violated=Bound(
        "stated.max_discount_amount",
        minimum=1,
        maximum=LARGEST_AMOUNT,
        settings=number(_PERCENTAGE, "/request/maxDiscountAmount"),
    ),
    message="maxDiscountAmount must be between {minimum} and {maximum} minor units, and is {maxDiscountAmount}.",
)
def max_discount_out_of_range() -> None:
    """The cap on what the coupon takes off is below one or too large; its bounds are amountOff's. XPay states none."""


@rule(
    codes.AMOUNT_INVALID,
    order=350,
    on=SavedCouponView,
    param="minValue",
    violated=Bound(
        "stated.min_value", minimum=0, maximum=LARGEST_AMOUNT, settings=number(_AMOUNT, "/request/minValue")
    ),
    message="minValue must be between {minimum} and {maximum} minor units, and is {minValue}.",
)
def min_value_out_of_range() -> None:
    """The minimum subtotal of the coupon is negative or too large.

    0 requires nothing. XPay's error page; the largest is the one of its schemas, 9007199254740991.
    """


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=360,
    on=SavedCouponView,
    param="durationInMonths",
    violated=Bound("stated.duration_in_months", minimum=1, settings=number(_PERCENTAGE, "/request/durationInMonths")),
    message="durationInMonths must be at least {minimum}, and is {durationInMonths}.",
)
def months_out_of_range() -> None:
    """The coupon repeats for less than one month. XPay states none; Stripe's is followed: at least 1."""


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=370,
    on=SavedCouponView,
    param="maxRedemptions",
    violated=Bound("stated.max_redemptions", minimum=1, settings=number("coupon_create", "/request/maxRedemptions")),
    message="maxRedemptions must be at least {minimum}, and is {maxRedemptions}; send null for no limit.",
)
def coupon_max_redemptions_out_of_range() -> None:
    """The coupon may be redeemed less than once in all. XPay states none; Stripe's is followed: at least 1."""


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=380,
    on=SavedCouponView,
    param="customerMaxRedemptions",
    violated=Bound(
        "stated.customer_max_redemptions", minimum=1, settings=number(_PERCENTAGE, "/request/customerMaxRedemptions")
    ),
    message="customerMaxRedemptions must be at least {minimum}, and is {customerMaxRedemptions}.",
)
def customer_max_redemptions_out_of_range() -> None:
    """One customer may redeem the coupon less than once.

    More than all customers together is valid. XPay states none; the bound is the one of all redemptions.
    """


@rule(
    codes.PARAMETER_INVALID,
    order=390,
    on=SavedCouponView,
    param="redeemBy",
    message="redeemBy, {redeemBy}, must be in the future.",
    public={"redeemBy": "stated.redeem_by", "now": now},
    counterexamples=((_PERCENTAGE, {"/request/redeemBy": _NOON}),),
)
def redeem_by_past(coupon: SavedCouponView, ctx: Context) -> bool:
    """The coupon would end before or when it is made. XPay states none; Stripe's is followed."""
    return coupon.stated.redeem_by is not None and coupon.stated.redeem_by <= ctx.now


@rule(
    codes.PARAMETER_INVALID,
    order=400,
    on=SavedCouponView,
    param="redeemBy",
    violated=Bound(
        "months_ahead",
        maximum=MAX_REDEEM_BY,
        settings=Setting(
            _PERCENTAGE,
            {"/request/redeemBy": FromNow(months=1)},
            least=1,
            most=95_000,
            beyond="a coupon is good for some time, and the calendar ends",
        ),
    ),
    message="redeemBy, {redeemBy}, must be at most {maximumMonths} months ahead.",
    public={"redeemBy": "stated.redeem_by", "now": now, "maximumMonths": MAX_REDEEM_BY},
    counterexamples=(("coupon_create", {"/request/redeemBy": "2032-01-01T00:00:00Z"}),),
)
def redeem_by_too_late() -> None:
    """The coupon would be good for too long, in calendar months.

    The instant that the months reach is valid; 29 February is 28 February in other years. XPay states none; Stripe's
    is followed: five years.
    """


@rule(
    codes.PARAMETER_INVALID,
    order=1360,
    on=FixedFieldView,
    violated=Fixed("sent"),
    message="{field} cannot be changed; leave it out, or make a new object.",
    public={"field": "name"},
    counterexamples=(
        ("promotion_code_update", {"/request/code": "AUTUMN"}),
        ("promotion_code_update_on", {"/request/restrictions": None}),
        ("coupon_update", {"/request/percentOff": 15}),
        ("coupon_update_all", {"/request/appliesToProductIds": []}),
    ),
)
def field_immutable() -> None:
    """The update sends a field of a coupon or a promotion code that is fixed.

    The same value and null are refused too, as in the update of a session. XPay states none; Stripe's are followed: of
    a coupon only name, state and metadata change, and of a promotion code only state and metadata.
    """


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=1420,
    on=SavedPromotionCodeView,
    param="maxRedemptions",
    needs=(coupon_missing, coupon_invalid),
    undecided_when=lambda code, _: code.coupon.unknown and code.stated.max_redemptions is not None,
    message="maxRedemptions, {maxRedemptions}, must be at most that of the coupon, {couponMaxRedemptions}.",
    public={"maxRedemptions": "stated.max_redemptions", "couponMaxRedemptions": "coupon.stored.max_redemptions"},
    counterexamples=((_RESTRICTED, {"/request/maxRedemptions": 501}),),
)
def more_redemptions_than_coupon(code: SavedPromotionCodeView, _: Context) -> bool:
    """The promotion code may be redeemed more often than its coupon.

    As often is valid, and so is no limit of its own. XPay states none; Stripe's is followed.
    """
    return (
        code.stated.max_redemptions is not None
        and code.coupon.stored.max_redemptions is not None
        and code.stated.max_redemptions > code.coupon.stored.max_redemptions
    )


@rule(
    codes.PARAMETER_INVALID,
    order=1430,
    on=SavedPromotionCodeView,
    param="expiresAt",
    needs=(coupon_missing, coupon_invalid),
    undecided_when=lambda code, _: code.coupon.unknown and code.stated.expires_at is not None,
    message="expiresAt, {expiresAt}, must not be after redeemBy of the coupon, {redeemBy}.",
    public={"expiresAt": "stated.expires_at", "redeemBy": "coupon.stored.redeem_by"},
    counterexamples=((_RESTRICTED, {"/request/expiresAt": "2027-01-01T00:00:00Z"}),),
)
def expires_after_coupon(code: SavedPromotionCodeView, _: Context) -> bool:
    """The promotion code would expire after its coupon.

    At the same instant is valid, and so is no expiry of its own. XPay states none; Stripe's is followed.
    """
    return (
        code.stated.expires_at is not None
        and code.coupon.stored.redeem_by is not None
        and code.stated.expires_at > code.coupon.stored.redeem_by
    )


@rule(
    codes.COUPON_IN_USE,
    order=1440,
    on=CouponUseView,
    needs=(coupon_missing,),
    undecided_when=lambda use, _: use.unknown,
    message="The coupon is attached to {promotionCodes} active promotion codes and {sessions} open sessions.",
    public={"promotionCodes": "usage.promotion_codes", "sessions": "usage.sessions"},
    counterexamples=(
        ("coupon_delete", {"/facts/usage/coupons/coup_1/promotionCodes": 1}),
        ("coupon_delete", {"/facts/usage/coupons/coup_1/sessions": 1}),
    ),
)
def coupon_in_use(use: CouponUseView, _: Context) -> bool:
    """The coupon is attached to an active promotion code or an open session.

    One is enough; codes that are switched off and sessions that are over do not count. XPay's error page.
    """
    return use.usage.promotion_codes > 0 or use.usage.sessions > 0
