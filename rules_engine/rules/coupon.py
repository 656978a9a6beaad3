"""What a coupon asks of a session, and what it has to be to be redeemed at all.

Sources: XPay's error page and its schema of a coupon.
"""

from rules_engine import codes
from rules_engine.rules.currency import CURRENCY_RULES, SUBTOTAL_RULES, line_currency_mismatch, unsupported_currency
from rules_engine.rules.kinds import Exists
from rules_engine.rules.promotion_code import FOUND
from rules_engine.rules.row import now, rule
from rules_engine.rules.stored_session import session_missing
from rules_engine.views.context import Context
from rules_engine.views.coupon import COUPON, CouponView


@rule(
    codes.RESOURCE_MISSING,
    order=1340,
    on=COUPON,
    violated=Exists(),
    except_in={
        ("session.apply_promotion_code", "promotion_code.update"): "a code without its coupon has an invalid one"
    },
    counterexamples=(
        (
            ("create_coupon", "coupon_update", "coupon_delete"),
            {"/facts/coupons": {}, "/facts/missing": {"coupons": ["coup_1"]}},
        ),
        (
            ("promotion_code_create", "promotion_code_create_restricted"),
            {"/facts/coupons": {}, "/facts/missing/coupons": ["coup_1"]},
        ),
        ("coupon_delete", {"/facts/coupons/coup_1/deleted": True}),
    ),
)
def coupon_missing() -> None:
    """There is no such coupon.

    The id is wrong, or the key is of the other mode; a coupon that a promotion code stands for was deleted instead. To
    the calls that change or delete a coupon, a deleted one does not exist. XPay's error page.
    """


@rule(
    codes.COUPON_INVALID,
    order=1370,
    on=COUPON,
    kept_param="lineItems",
    needs=(*FOUND, coupon_missing),
    undecided_when=lambda coupon, _: (
        coupon.unknown
        or coupon.fit_unknown
        or (coupon.own_unknown and coupon.max_redemptions is not None and coupon.redeemed + 1 >= coupon.max_redemptions)
    ),
    public={
        "deleted": "deleted",
        "active": "active",
        "valid": "valid",
        "redeemBy": "redeem_by",
        "now": now,
        "timesRedeemed": "redeemed",
        "maxRedemptions": "max_redemptions",
        "fitsNoLine": "fits_no_line",
    },
    except_in={("coupon.update", "coupon.delete"): "a coupon may be changed and deleted in whatever state it is"},
    counterexamples=(
        (("create", "promotion_code_update_on"), {"/facts/coupons/coup_1/active": False}),
        (("create_coupon", "promotion_code_create"), {"/facts/coupons/coup_1/deleted": True}),
        ("create_coupon", {"/facts/coupons/coup_1/valid": False}),
        (
            ("create_coupon", "promotion_code_create_restricted"),
            {"/facts/coupons/coup_1/redeemBy": "2026-11-22T10:00:00Z"},
        ),
        (("create_coupon", "promotion_code_create_restricted"), {"/facts/coupons/coup_1/maxRedemptions": 61}),
        ("update_lines", {"/facts/coupons/coup_1/appliesToProductIds": ["prod_vase"]}),
        ("create", {"/facts/coupons": {}, "/facts/missing": {"coupons": ["coup_1"]}}),
        ("promotion_code_update_on", {"/facts/coupons": {}, "/facts/missing/coupons": ["coup_1"]}),
    ),
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
    order=1380,
    on=COUPON,
    needs=(*FOUND, coupon_missing, session_missing, *CURRENCY_RULES, unsupported_currency, line_currency_mismatch),
    undecided_when=lambda coupon, _: coupon.unknown or (coupon.currency is not None and coupon.currency_unknown),
    public={
        "currency": lambda coupon, _: None if coupon.currency is None else coupon.currency.lower(),
        "sessionCurrency": lambda coupon, _: (
            None if coupon.session_currency is None else coupon.session_currency.lower()
        ),
    },
    except_in={
        (
            "promotion_code.create",
            "promotion_code.update",
            "coupon.update",
            "coupon.delete",
        ): "there is no session to compare it with"
    },
    counterexamples=(("create", {"/facts/coupons/coup_1/currency": "usd", "/facts/coupons/coup_1/minValue": None}),),
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
    order=1390,
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
    public={"timesRedeemed": "customer_redeemed", "customerMaxRedemptions": "customer_max"},
    except_in={
        (
            "promotion_code.create",
            "promotion_code.update",
            "coupon.update",
            "coupon.delete",
        ): "there is no session to compare it with"
    },
    counterexamples=((("create", "update_customer"), {"/facts/coupons/coup_1/customerMaxRedemptions": 1}),),
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
    order=1400,
    on=COUPON,
    kept_param="lineItems",
    needs=(coupon_missing, coupon_currency_mismatch, *FOUND, *SUBTOTAL_RULES),
    undecided_when=lambda coupon, _: coupon.unknown or coupon.minimum.unknown,
    public={"subtotal": "subtotal", "minValue": "minimum.amount", "currency": "minimum.currency"},
    except_in={
        (
            "promotion_code.create",
            "promotion_code.update",
            "coupon.update",
            "coupon.delete",
        ): "there is no session to compare it with"
    },
    counterexamples=((("create", "update_lines"), {"/facts/coupons/coup_1/minValue": 128501}),),
)
def coupon_minimum_amount(coupon: CouponView, _: Context) -> bool:
    """The session subtotal is below the minimum of the coupon.

    Before discounts; equal is enough. The minimum is in the coupon's currency, else in the settlement currency; in
    another than the session's it is converted, and without an exchange rate it is never met. XPay's error page.
    """
    return coupon.minimum.unreachable or (
        coupon.minimum.amount is not None and coupon.subtotal is not None and coupon.subtotal < coupon.minimum.amount
    )
