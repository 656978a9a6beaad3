"""A promotion code, as the API returns it."""

from datetime import datetime

from attrs import frozen

from rules_engine.models.formats import DecimalText, JsonObject
from rules_engine.models.unset import UNSET, Unset


@frozen
class CouponReference:
    """The coupon a promotion code stands for. Its copy in the code is not read: the coupon itself is a fact."""

    id: str


@frozen
class Restrictions:
    """What a promotion code asks of a session.

    Attributes:
        first_time_transaction: Only for a customer who has never paid.
        minimum_amount: The least session subtotal, in minor units of `minimum_amount_currency`.
        minimum_amount_currency: A currency code in either case; None is the session's own.
    """

    first_time_transaction: bool | None = None
    minimum_amount: DecimalText | None = None
    minimum_amount_currency: str | None = None


@frozen
class PromotionCode:
    """A promotion code.

    Attributes:
        id: `promo_...`.
        code: What the customer types; compared trimmed and without regard to case.
        coupon: The coupon it stands for.
        active: False is switched off.
        customer_id: The only customer who may redeem it; None is anybody.
        max_redemptions: How often it may be redeemed by all customers together; None is unlimited.
        times_redeemed: How often it has been redeemed.
        expires_at: Redeemable until just before this instant.
        restrictions: What it asks of a session.
    """

    id: str
    code: str
    coupon: CouponReference
    active: bool = True
    customer_id: str | None = None
    max_redemptions: int | None = None
    times_redeemed: int = 0
    expires_at: datetime | None = None
    restrictions: Restrictions = Restrictions()


@frozen
class PromotionCodeCreate:
    """The body of `promotion_code.create`; null is the same as absent. The API documents none, so this one is ours.

    Attributes:
        code: What customers will type.
        coupon: The id of the coupon it stands for.
        active: False is switched off.
        customer_id: The only customer who may redeem it.
        max_redemptions: How often it may be redeemed by all customers together.
        expires_at: Redeemable until just before this instant.
        restrictions: What it asks of a session.
        metadata: Any JSON object.
    """

    code: str
    coupon: str
    active: bool = True
    customer_id: str | None = None
    max_redemptions: int | None = None
    expires_at: datetime | None = None
    restrictions: Restrictions | None = None
    metadata: JsonObject | None = None


@frozen
class PromotionCodeUpdate:
    """The body of `promotion_code.update`: `UNSET` keeps what is stored, None clears it.

    Only the first two fields can be changed; the others are read so that a rule can say so.
    """

    active: bool | Unset = UNSET
    metadata: JsonObject | Unset | None = UNSET
    code: str | Unset | None = UNSET
    coupon: str | Unset | None = UNSET
    customer_id: str | Unset | None = UNSET
    max_redemptions: int | Unset | None = UNSET
    expires_at: datetime | Unset | None = UNSET
    restrictions: Restrictions | Unset | None = UNSET


def fold_code(text: str) -> str:
    """Fold a code string as codes are compared: trimmed, without regard to case."""
    return text.strip().casefold()
