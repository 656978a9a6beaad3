"""What of a coupon or a promotion code is fixed once it is made. XPay states nothing; Stripe is followed."""

from rules_engine import codes
from rules_engine.rules.declaration import rule, shows_nothing
from rules_engine.views.context import Context
from rules_engine.views.fixed_field import FIXED_FIELD, FixedFieldView


@rule(codes.PARAMETER_INVALID, on=FIXED_FIELD, evidence=shows_nothing)
def field_immutable(field: FixedFieldView, _: Context) -> bool:
    """The field cannot be changed once the object is made.

    The same value and null are refused too, as in the update of a session. XPay states none; Stripe's are followed: of
    a coupon only name, state and metadata change, and of a promotion code only state and metadata.
    """
    return field.sent
