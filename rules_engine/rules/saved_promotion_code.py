"""What a promotion code may be when it is made.

Sources: XPay's error page and its schema of a promotion code, which has no call that makes one; for the rest Stripe's.
"""

from rules_engine import codes
from rules_engine.rules.discount import coupon_invalid, coupon_missing
from rules_engine.rules.kinds import REMOVED, Bound, Requires, number
from rules_engine.rules.limits import LARGEST_AMOUNT
from rules_engine.rules.row import now, rule
from rules_engine.views.context import Context
from rules_engine.views.saved_discount import SavedPromotionCodeView

_RESTRICTED = "promotion_code_create_restricted"


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

    Codes are compared trimmed and without regard to case, and one that is switched off or expired exists too. XPay's
    error page; Stripe looks at active codes only.
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
    counterexamples=((_RESTRICTED, {"/request/expiresAt": "2026-11-22T10:00:00Z"}),),
)
def expires_at_past(code: SavedPromotionCodeView, ctx: Context) -> bool:
    """The promotion code would be expired when it is made.

    It ends at its expiry, that instant included. XPay states none; Stripe's is followed.
    """
    return code.stated.expires_at is not None and code.stated.expires_at <= ctx.now


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
