"""How much metadata an object may carry. XPay states no number; Stripe's is followed."""

from rules_engine import codes
from rules_engine.rules.kinds import NO_LARGER_OBJECT, Bound, Keys, Setting
from rules_engine.rules.limits import MAX_METADATA_KEYS
from rules_engine.rules.row import rule
from rules_engine.views.session import MetadataView


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=730,
    on=MetadataView,
    violated=Bound(
        "count",
        maximum=MAX_METADATA_KEYS,
        shown_as="keys",
        settings=Setting(
            (
                "create",
                "price_create",
                "price_update",
                "promotion_code_create_restricted",
                "promotion_code_update",
                "coupon_create_percentage",
                "coupon_update",
                "payment_link_create_full",
                "payment_link_update_full",
                "refund_create",
            ),
            {"/request/metadata": Keys()},
            least=0,
            most=10000,
            beyond=NO_LARGER_OBJECT,
        ),
    ),
)
def metadata_too_large() -> None:
    """The metadata has more keys than it may.

    As many as the limit are enough; a list counts its items. XPay states no number; Stripe's is followed.
    """
