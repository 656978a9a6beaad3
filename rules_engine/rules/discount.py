"""What a discount of a session may be: a promotion code, entered or set, and the coupon behind it.

Sources: XPay's error page, its schemas of a session's discounts, of a promotion code and of a coupon.
"""

from typing import Any

from rules_engine import codes
from rules_engine.rules.currency import CURRENCY_RULES, SUBTOTAL_RULES, line_currency_mismatch, unsupported_currency
from rules_engine.rules.kinds import Bound, Exists, Repeated, Setting
from rules_engine.rules.limits import MAX_DISCOUNTS
from rules_engine.rules.row import NOT_SHOWN, LeftOut, Rule, lowered, now, rule, where
from rules_engine.rules.stored_session import session_missing
from rules_engine.views.context import Context
from rules_engine.views.discount import CouponView, EntryView, PromotionCodeView

_CODE = "/facts/promotionCodes/promo_1"
_ENTERED = "/facts/promotionCodesByCode/AUTUMN"
_COUPON = "/facts/coupons/coup_1"
_NOON = "2026-11-22T10:00:00Z"
_NO_SESSION = "there is no session to compare it with"
_PAID: LeftOut = {"session.confirm": "what it is compared with is judged when the discount is set, or that changes"}
_CODE_ALONE: LeftOut = {"promotion_code.update": _NO_SESSION, **_PAID}
_COUPON_ALONE: LeftOut = {
    ("promotion_code.create", "promotion_code.update", "coupon.update", "coupon.delete"): _NO_SESSION,
    **_PAID,
}


def _redeemed_by_others(view: PromotionCodeView | CouponView, _: Context) -> Any:
    counted = view.touched.whole and view.stored.max_redemptions is not None and not view.own_unknown
    return max(view.redeemed, 0) if counted else NOT_SHOWN


@rule(
    codes.PROMOTION_CODES_NOT_ALLOWED,
    order=120,
    on=EntryView,
    needs=(session_missing,),
    undecided_when=lambda entry, _: entry.session_unknown,
    message="The session does not allow the customer to enter promotion codes.",
    public={"allowPromotionCodes": "allowed"},
    counterexamples=(("apply", {"/facts/session/allowPromotionCodes": False}),),
)
def promotion_codes_not_allowed(entry: EntryView, _: Context) -> bool:
    """The session does not let the customer enter promotion codes.

    What the merchant sets on a session is not entered. XPay's error page.
    """
    return entry.allowed is False


@rule(
    codes.PROMOTION_CODE_NOT_FOUND,
    order=130,
    on=PromotionCodeView,
    needs=(promotion_codes_not_allowed,),
    undecided_when=lambda code, _: code.entered and code.unknown,
    message="No promotion code is spelled like this; check the spelling, or enter another code.",
    except_in={
        ("session.create", "session.update", "session.confirm", "promotion_code.update"): "only a buyer enters a code"
    },
    counterexamples=(
        ("apply", {"/facts/promotionCodesByCode": {}, "/facts/missing": {"promotionCodesByCode": ["autumn"]}}),
    ),
)
def promotion_code_not_found(code: PromotionCodeView, _: Context) -> bool:
    """No promotion code has this spelling, or the text is blank.

    Case, white space around it, invisible characters and local digits make no difference. XPay's error page.
    """
    return code.entered and code.missing


@rule(
    codes.TOO_MANY_DISCOUNTS,
    order=140,
    on=EntryView,
    violated=Bound(
        "discount_count",
        maximum=MAX_DISCOUNTS,
        shown_as="discountCount",
        settings=Setting(
            "apply",
            {
                "/facts/session/discounts": Repeated(
                    {"id": "di_{number}", "coupon": {"id": "coup_other_{number}"}}, less=1
                )
            },
            least=1,
            most=10_000,
            beyond="a code that is entered is one discount, and no longer list is read",
        ),
    ),
    needs=(session_missing, promotion_codes_not_allowed, promotion_code_not_found),
    undecided_when=lambda entry, _: entry.session_unknown or entry.code_unknown,
    message="The session has {discountCount} discounts with this code, and may have {maximum}; remove one first.",
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
    codes.RESOURCE_MISSING,
    order=1280,
    on=PromotionCodeView,
    undecided_when=lambda code, _: code.unknown and not code.entered,
    message="No promotion code with this id exists on this account in this mode.",
    except_in={"session.apply_promotion_code": "a code is entered, not referred to by its id"},
    counterexamples=(
        (
            ("create", "promotion_code_update", "promotion_code_update_on", "confirm_discounted"),
            {"/facts/promotionCodes": {}, "/facts/missing": {"promotionCodes": ["promo_1"]}},
        ),
    ),
)
def promotion_code_missing(code: PromotionCodeView, _: Context) -> bool:
    """The promotion code does not exist. The id is wrong, or the key is of the other mode. XPay's error page."""
    return code.missing and not code.entered


FOUND: tuple[Rule[Any], ...] = (promotion_codes_not_allowed, promotion_code_not_found, promotion_code_missing)
"""While one of these refuses, a promotion code is unknown."""


@rule(
    codes.PROMOTION_CODE_INACTIVE,
    order=1290,
    on=PromotionCodeView,
    needs=FOUND,
    undecided_when=lambda code, _: code.unknown,
    message="The promotion code '{code}' is inactive.",
    public={"code": "stored.code", "active": "stored.active"},
    except_in={"promotion_code.update": "a code that is off may be switched on"},
    counterexamples=(
        (("create", "confirm_discounted"), {f"{_CODE}/active": False}),
        ("apply", {f"{_ENTERED}/active": False}),
    ),
)
def promotion_code_inactive(code: PromotionCodeView, _: Context) -> bool:
    """The promotion code is switched off.

    Its state is judged when it is set or entered, and again when the buyer pays. XPay's error page.
    """
    return code.touched.whole and not code.stored.active


@rule(
    codes.PROMOTION_CODE_EXPIRED,
    order=1300,
    on=PromotionCodeView,
    needs=FOUND,
    undecided_when=lambda code, _: code.unknown,
    message="The promotion code '{code}' expired at {expiresAt}.",
    public={"code": "stored.code", "expiresAt": "stored.expires_at", "now": now},
    counterexamples=(
        (("create", "confirm_discounted", "promotion_code_update_on"), {f"{_CODE}/expiresAt": _NOON}),
        ("apply", {f"{_ENTERED}/expiresAt": _NOON}),
    ),
)
def promotion_code_expired(code: PromotionCodeView, ctx: Context) -> bool:
    """The promotion code has expired. It ends at its expiry, that instant included. XPay's error page."""
    return code.touched.whole and code.stored.expires_at is not None and ctx.now >= code.stored.expires_at


@rule(
    codes.PROMOTION_CODE_MAX_REDEMPTIONS,
    order=1310,
    on=PromotionCodeView,
    needs=FOUND,
    undecided_when=lambda code, _: (
        code.unknown
        or (
            code.own_unknown
            and code.stored.max_redemptions is not None
            and code.redeemed + 1 >= code.stored.max_redemptions
        )
    ),
    message="The promotion code '{code}' has been redeemed {maxRedemptions} times, which is all it may be.",
    public={"code": "stored.code", "maxRedemptions": "stored.max_redemptions"},
    private={"timesRedeemed": "stored.times_redeemed", "redeemedByOthers": _redeemed_by_others},
    counterexamples=(
        (("create", "confirm_discounted"), {f"{_CODE}/maxRedemptions": 40}),
        ("promotion_code_update_on", {f"{_CODE}/maxRedemptions": 40, f"{_CODE}/timesRedeemed": 40}),
        ("apply", {f"{_ENTERED}/maxRedemptions": 40}),
    ),
)
def promotion_code_max_redemptions(code: PromotionCodeView, _: Context) -> bool:
    """The promotion code is used up, the session's own redemption not counted.

    XPay's error page; that neither such a code nor an expired one can be switched on is Stripe's.
    """
    return (
        code.touched.whole and code.stored.max_redemptions is not None and code.redeemed >= code.stored.max_redemptions
    )


@rule(
    codes.PROMOTION_CODE_CUSTOMER_MISMATCH,
    order=1320,
    on=PromotionCodeView,
    kept_param="customerId",
    needs=(*FOUND, session_missing),
    undecided_when=lambda code, _: (
        code.unknown or (code.touched.customer and code.stored.customer_id is not None and code.customer_unknown)
    ),
    message="The promotion code '{code}' belongs to another customer.",
    public={"code": "stored.code"},
    private={"customerId": "stored.customer_id", "sessionCustomerId": "customer_id"},
    except_in=_CODE_ALONE,
    counterexamples=(
        (("create", "update_customer"), {f"{_CODE}/customerId": "cus_2"}),
        ("apply", {f"{_ENTERED}/customerId": "cus_2"}),
    ),
)
def promotion_code_customer_mismatch(code: PromotionCodeView, _: Context) -> bool:
    """The promotion code belongs to another customer than the session's, or the session has none. XPay's error page."""
    return (
        code.touched.customer
        and code.stored.customer_id is not None
        and code.stored.customer_id != code.customer_id
        and not code.customer_unknown
    )


@rule(
    codes.PROMOTION_CODE_FIRST_TIME_ONLY,
    order=1330,
    on=PromotionCodeView,
    kept_param="customerId",
    needs=(*FOUND, session_missing, promotion_code_customer_mismatch),
    undecided_when=lambda code, _: code.unknown or code.paid_before is None,
    message="The promotion code '{code}' is for a first purchase only.",
    public={"code": "stored.code"},
    private={"sessionCustomerId": "customer_id", "paidBefore": "paid_before"},
    except_in=_CODE_ALONE,
    counterexamples=((("create", "update_customer"), {"/facts/payments/customers/cus_1": 1}),),
)
def promotion_code_first_time_only(code: PromotionCodeView, _: Context) -> bool:
    """The promotion code is for a first purchase, and the customer has paid before.

    What a guest has paid is a fact too, and so the code is undecided while it is not provided. A customer who is taken
    off the session stays the buyer. XPay's error page.
    """
    return code.paid_before is True and code.stored.restrictions.first_time_transaction is True


@rule(
    codes.RESOURCE_MISSING,
    order=1340,
    on=CouponView,
    violated=Exists(),
    message="No coupon with this id exists on this account in this mode.",
    except_in={
        ("session.apply_promotion_code", "promotion_code.update"): "a code without its coupon has an invalid one",
        "session.confirm": "a coupon that is gone when the buyer pays was deleted, and is invalid",
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
        ("coupon_delete", {f"{_COUPON}/deleted": True}),
    ),
)
def coupon_missing() -> None:
    """The coupon does not exist.

    The id is wrong, or the key is of the other mode; a coupon that a promotion code refers to was deleted instead. For
    the calls that change or delete a coupon, a deleted one does not exist. XPay's error page.
    """


@rule(
    codes.COUPON_INVALID,
    order=1370,
    on=CouponView,
    kept_param="lineItems",
    needs=(*FOUND, coupon_missing),
    undecided_when=lambda coupon, _: (
        coupon.unknown
        or coupon.fits is None
        or (
            coupon.own_unknown
            and coupon.stored.max_redemptions is not None
            and coupon.redeemed + 1 >= coupon.stored.max_redemptions
        )
    ),
    message="The coupon cannot be redeemed: it is inactive, expired, used up, deleted, or for other products.",
    public={
        "exists": where("gone", lambda _, __: False),
        "deleted": where("touched.whole", "stored.deleted"),
        "active": where("touched.whole", "stored.active"),
        "valid": where("touched.whole", "stored.valid"),
        "redeemBy": where("touched.whole", "stored.redeem_by"),
        "now": now,
        "maxRedemptions": where("touched.whole", "stored.max_redemptions"),
        "fitsNoLine": where("touched.amount", lambda coupon, _: coupon.fits is False),
    },
    private={
        "timesRedeemed": where("touched.whole", "stored.times_redeemed"),
        "redeemedByOthers": _redeemed_by_others,
    },
    except_in={("coupon.update", "coupon.delete"): "a coupon may be changed and deleted in whatever state it is"},
    counterexamples=(
        (("create", "promotion_code_update_on", "confirm_discounted"), {f"{_COUPON}/active": False}),
        (("create_coupon", "promotion_code_create"), {f"{_COUPON}/deleted": True}),
        ("create_coupon", {f"{_COUPON}/valid": False}),
        (("create_coupon", "promotion_code_create_restricted"), {f"{_COUPON}/redeemBy": _NOON}),
        (("create_coupon", "promotion_code_create_restricted"), {f"{_COUPON}/maxRedemptions": 61}),
        ("update_lines", {f"{_COUPON}/appliesToProductIds": ["prod_vase"]}),
        (("create", "confirm_discounted"), {"/facts/coupons": {}, "/facts/missing": {"coupons": ["coup_1"]}}),
        ("promotion_code_update_on", {"/facts/coupons": {}, "/facts/missing/coupons": ["coup_1"]}),
    ),
)
def coupon_invalid(coupon: CouponView, ctx: Context) -> bool:
    """The coupon cannot be redeemed.

    It is deleted, switched off or no longer valid; or it is past its last day, that instant included; or it has been
    redeemed as often as it may be, not counting this session's own; or it is for products that no line has. All but the
    last are judged again when the buyer pays. XPay's error page has one code for all of these. No promotion code is
    made for such a coupon, whatever the lines, and none that is off is switched on again: XPay states none for these
    two, and Stripe's is followed.
    """
    return (
        coupon.gone
        or coupon.fits is False
        or (
            coupon.touched.whole
            and (
                coupon.stored.deleted
                or not coupon.stored.active
                or (
                    # Used up, it is not valid; whether by itself alone, the last comparison tells.
                    not coupon.stored.valid
                    and (
                        coupon.stored.max_redemptions is None
                        or coupon.stored.times_redeemed < coupon.stored.max_redemptions
                    )
                )
                or (coupon.stored.redeem_by is not None and ctx.now >= coupon.stored.redeem_by)
                or (coupon.stored.max_redemptions is not None and coupon.redeemed >= coupon.stored.max_redemptions)
            )
        )
    )


@rule(
    codes.COUPON_CURRENCY_MISMATCH,
    order=1380,
    on=CouponView,
    needs=(*FOUND, coupon_missing, session_missing, *CURRENCY_RULES, unsupported_currency, line_currency_mismatch),
    undecided_when=lambda coupon, _: coupon.unknown or (coupon.currency is not None and coupon.currency_unknown),
    message="The coupon is in '{currency}', and the session in '{sessionCurrency}'.",
    public={"currency": lowered("currency"), "sessionCurrency": lowered("session_currency")},
    except_in=_COUPON_ALONE,
    counterexamples=(("create", {f"{_COUPON}/currency": "usd", f"{_COUPON}/minValue": None}),),
)
def coupon_currency_mismatch(coupon: CouponView, _: Context) -> bool:
    """The coupon has a currency, in either case, and it is not that of the session. XPay's error page."""
    return (
        coupon.currency is not None
        and coupon.session_currency is not None
        and coupon.currency != coupon.session_currency
    )


@rule(
    codes.COUPON_CUSTOMER_MAX_REDEMPTIONS,
    order=1390,
    on=CouponView,
    kept_param="customerId",
    needs=(*FOUND, coupon_missing, session_missing),
    undecided_when=lambda coupon, _: (
        coupon.unknown
        or (
            coupon.touched.customer
            and coupon.stored.customer_max_redemptions is not None
            and (
                coupon.customer_redeemed is None
                or (
                    coupon.customer_own_unknown
                    and coupon.customer_redeemed + 1 >= coupon.stored.customer_max_redemptions
                )
            )
        )
    ),
    message="The coupon may be redeemed {customerMaxRedemptions} times by one customer, and has been.",
    public={"customerMaxRedemptions": "stored.customer_max_redemptions"},
    private={"redeemedByCustomer": lambda view, _: NOT_SHOWN if view.customer_own_unknown else view.customer_redeemed},
    except_in=_COUPON_ALONE,
    counterexamples=((("create", "update_customer"), {f"{_COUPON}/customerMaxRedemptions": 1}),),
)
def coupon_customer_max_redemptions(coupon: CouponView, _: Context) -> bool:
    """The customer has redeemed the coupon as often as one customer may.

    The session's own redemption does not count, unless the session is handed to another customer. What a guest has
    redeemed is a fact too. A customer who is taken off the session stays the buyer: what they redeemed counts, and what
    the guest did. XPay's error page.
    """
    return (
        coupon.touched.customer
        and coupon.stored.customer_max_redemptions is not None
        and coupon.customer_redeemed is not None
        and coupon.customer_redeemed >= coupon.stored.customer_max_redemptions
    )


@rule(
    codes.COUPON_MINIMUM_AMOUNT,
    order=1400,
    on=CouponView,
    kept_param="lineItems",
    needs=(coupon_missing, coupon_currency_mismatch, *FOUND, *SUBTOTAL_RULES),
    undecided_when=lambda coupon, _: coupon.unknown or coupon.minimum.unknown,
    message="The session subtotal, {subtotal}, is below the minimum of the coupon, {minimum}.",
    public={"subtotal": "minimum.subtotal", "minimum": "minimum.amount", "sessionCurrency": "minimum.currency"},
    except_in=_COUPON_ALONE,
    counterexamples=((("create", "update_lines"), {f"{_COUPON}/minValue": 128501}),),
)
def coupon_minimum_amount(coupon: CouponView, _: Context) -> bool:
    """The session subtotal is below the minimum of the coupon.

    Before discounts; equal is enough. The minimum is in the coupon's currency, else in the settlement currency; in
    another than the session's it is converted, and without an exchange rate it is never met. XPay's error page.
    """
    return coupon.minimum.unreachable or (
        coupon.minimum.exact is not None
        and coupon.minimum.subtotal is not None
        and coupon.minimum.subtotal < coupon.minimum.exact
    )


@rule(
    codes.PROMOTION_CODE_MINIMUM_AMOUNT,
    order=1410,
    on=PromotionCodeView,
    kept_param="lineItems",
    needs=(*FOUND, *SUBTOTAL_RULES),
    undecided_when=lambda code, _: code.unknown or code.minimum.unknown,
    message="The session subtotal, {subtotal}, is below the minimum of the promotion code '{code}', {minimum}.",
    public={
        "code": "stored.code",
        "subtotal": "minimum.subtotal",
        "minimum": "minimum.amount",
        "sessionCurrency": "minimum.currency",
    },
    except_in=_CODE_ALONE,
    counterexamples=(
        (("create", "update_lines"), {f"{_CODE}/restrictions/minimumAmount": "128501"}),
        ("apply", {f"{_ENTERED}/restrictions/minimumAmount": "128501"}),
    ),
)
def promotion_code_minimum_amount(code: PromotionCodeView, _: Context) -> bool:
    """The session subtotal is below the minimum of the promotion code.

    Before discounts; equal is enough. A minimum in another currency is converted; one without an exchange rate is never
    met. XPay's error page.
    """
    return code.minimum.unreachable or (
        code.minimum.exact is not None
        and code.minimum.subtotal is not None
        and code.minimum.subtotal < code.minimum.exact
    )
