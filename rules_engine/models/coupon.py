"""Coupons, and the promotion codes that give them to buyers, as the API returns them."""

from datetime import UTC, datetime
from typing import Literal

from attrs import frozen

from rules_engine.models.formats import (
    UNSET,
    AccountObject,
    DecimalText,
    JsonObject,
    NonNegative,
    Number,
    Unset,
    own_first,
)

Duration = Literal["once", "repeating", "forever"]


@frozen(field_transformer=own_first)
class Coupon(AccountObject):
    """A coupon.

    Attributes:
        id: Its id; no prefix is documented.
        discount_type: What kind of discount it gives.
        percent_off: Percent, 0.01 to 100.
        amount_off: Minor units of `currency`.
        currency: A currency code in either case; None for a percentage coupon that fits any currency.
        max_discount_amount: The most that a percentage coupon takes off, in minor units.
        min_value: The least session subtotal, in minor units of `currency`, else of the settlement currency.
        max_redemptions: How often it may be redeemed in all; None is unlimited.
        customer_max_redemptions: How often one customer may redeem it; None is unlimited.
        times_redeemed: How often it has been redeemed.
        redeem_by: Redeemable until just before this instant.
        valid: What the API computed last.
        active: False is switched off.
        applies_to_product_ids: The products it is good for; None, or an empty list, is all.
        deleted: The application's word that the coupon was deleted; no API object carries it.
    """

    id: str
    discount_type: Literal["percentage", "fixed_amount"] = "percentage"
    percent_off: Number | None = None
    amount_off: int | None = None
    currency: str | None = None
    duration: Duration = "once"
    duration_in_months: int | None = None
    name: str | None = None
    max_discount_amount: int | None = None
    min_value: int | None = None
    max_redemptions: NonNegative | None = None
    customer_max_redemptions: NonNegative | None = None
    times_redeemed: NonNegative = 0
    redeem_by: datetime | None = None
    valid: bool = True
    active: bool = True
    applies_to_product_ids: tuple[str, ...] | None = None
    deleted: bool = False


@frozen
class CouponCreate:
    """The body of `coupon.create`; null is the same as absent. The API documents none.

    Attributes:
        percent_off: Percent, 0.01 to 100; exactly one of this and the next.
        amount_off: Minor units of `currency`.
        currency: A currency code in either case; an amount has one.
        duration: `once` where it is not stated.
        duration_in_months: For a repeating coupon.
        name: What the merchant calls it.
        max_discount_amount: The most that a percentage coupon takes off, in minor units.
        min_value: The least session subtotal, in minor units.
        max_redemptions: How often it may be redeemed in all.
        customer_max_redemptions: How often one customer may redeem it.
        redeem_by: Redeemable until just before this instant.
        active: False is switched off.
        applies_to_product_ids: The products it is good for.
        metadata: Any JSON object.
    """

    percent_off: Number | None = None
    amount_off: int | None = None
    currency: str | None = None
    duration: Duration | None = None
    duration_in_months: int | None = None
    name: str | None = None
    max_discount_amount: int | None = None
    min_value: int | None = None
    max_redemptions: int | None = None
    customer_max_redemptions: int | None = None
    redeem_by: datetime | None = None
    active: bool = True
    applies_to_product_ids: tuple[str, ...] | None = None
    metadata: JsonObject | None = None


@frozen
class CouponUpdate:
    """The body of `coupon.update`: `UNSET` keeps what is stored, None clears it.

    Only the first three fields can be changed; the others are read so that a rule can report it.
    """

    name: str | Unset | None = UNSET
    active: bool | Unset = UNSET
    metadata: JsonObject | Unset | None = UNSET
    percent_off: Number | Unset | None = UNSET
    amount_off: int | Unset | None = UNSET
    currency: str | Unset | None = UNSET
    duration: Duration | Unset | None = UNSET
    duration_in_months: int | Unset | None = UNSET
    max_discount_amount: int | Unset | None = UNSET
    min_value: int | Unset | None = UNSET
    max_redemptions: int | Unset | None = UNSET
    customer_max_redemptions: int | Unset | None = UNSET
    redeem_by: datetime | Unset | None = UNSET
    applies_to_product_ids: tuple[str, ...] | Unset | None = UNSET


@frozen
class CouponDelete:
    """The body of `coupon.delete`: nothing."""


@frozen
class CouponUsage:
    """What a coupon is attached to, counted by the application.

    Attributes:
        promotion_codes: Active promotion codes that stand for it.
        sessions: Open sessions that carry it.
    """

    promotion_codes: NonNegative = 0
    sessions: NonNegative = 0


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


@frozen(field_transformer=own_first)
class PromotionCode(AccountObject):
    """A promotion code.

    Attributes:
        id: `promo_...`.
        code: What the customer types; compared as `fold_code` folds it.
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
    max_redemptions: NonNegative | None = None
    times_redeemed: NonNegative = 0
    expires_at: datetime | None = None
    restrictions: Restrictions = Restrictions()


@frozen
class PromotionCodeCreate:
    """The body of `promotion_code.create`; null is the same as absent. The API documents none.

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

    Only the first two fields can be changed; the others are read so that a rule can report it.
    """

    active: bool | Unset = UNSET
    metadata: JsonObject | Unset | None = UNSET
    code: str | Unset | None = UNSET
    coupon: str | Unset | None = UNSET
    customer_id: str | Unset | None = UNSET
    max_redemptions: int | Unset | None = UNSET
    expires_at: datetime | Unset | None = UNSET
    restrictions: Restrictions | Unset | None = UNSET


def months_later(instant: datetime, months: int) -> datetime:
    """Return an instant so many calendar months later: 28 or 29 February is a month after 31 January.

    Raises:
        ValueError: The calendar has no such instant.
    """
    from dateutil.relativedelta import relativedelta  # noqa: PLC0415  # few drafts need it, and it takes time to load

    return instant + relativedelta(months=months)


def months_until(end: datetime, now: datetime) -> int:
    """Return the least number of calendar months from now, in UTC, that reaches an instant; negative for the past."""
    end, now = end.astimezone(UTC), now.astimezone(UTC)
    months = (end.year - now.year) * 12 + end.month - now.month
    return months if months_later(now, months) >= end else months + 1
