"""What of a coupon or a promotion code is fixed once it is made. XPay states nothing; Stripe is followed."""

from rules_engine import codes
from rules_engine.rules.kinds import Fixed
from rules_engine.rules.row import rule
from rules_engine.views.fixed_field import FIXED_FIELD


@rule(
    codes.PARAMETER_INVALID,
    order=1360,
    on=FIXED_FIELD,
    violated=Fixed("sent"),
    counterexamples=(
        ("promotion_code_update", {"/request/code": "AUTUMN"}),
        ("promotion_code_update_on", {"/request/restrictions": None}),
        ("coupon_update", {"/request/percentOff": 15}),
        ("coupon_update_all", {"/request/appliesToProductIds": []}),
    ),
)
def field_immutable() -> None:
    """The field cannot be changed once the object is made.

    The same value and null are refused too, as in the update of a session. XPay states none; Stripe's are followed: of
    a coupon only name, state and metadata change, and of a promotion code only state and metadata.
    """
