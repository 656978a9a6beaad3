"""A coupon, as the API returns it."""

from datetime import datetime
from typing import Literal

from attrs import frozen

from rules_engine.models.formats import Number


@frozen
class Coupon:
    """A coupon.

    Attributes:
        id: Its id; no prefix is documented.
        discount_type: What kind of discount it gives.
        percent_off: Percent, 0.01 to 100.
        amount_off: Minor units of `currency`.
        currency: A currency code in either case; None for a percentage coupon that fits any currency.
        max_discount_amount: The cap of a percentage coupon, in minor units.
        min_value: The least session subtotal, in minor units of `currency`, else of the settlement currency.
        max_redemptions: How often it may be redeemed in all; None is unlimited.
        customer_max_redemptions: How often one customer may redeem it; None is unlimited.
        times_redeemed: How often it has been redeemed.
        redeem_by: Redeemable until just before this instant.
        valid: What the API computed last.
        active: False is switched off.
        applies_to_product_ids: The products it is good for; None, or an empty list, is all.
        deleted: A host's word that the coupon was deleted; no API object carries it.
    """

    id: str
    discount_type: Literal["percentage", "fixed_amount"] = "percentage"
    percent_off: Number | None = None
    amount_off: int | None = None
    currency: str | None = None
    duration: Literal["once", "repeating", "forever"] = "once"
    duration_in_months: int | None = None
    name: str | None = None
    max_discount_amount: int | None = None
    min_value: int | None = None
    max_redemptions: int | None = None
    customer_max_redemptions: int | None = None
    times_redeemed: int = 0
    redeem_by: datetime | None = None
    valid: bool = True
    active: bool = True
    applies_to_product_ids: tuple[str, ...] | None = None
    deleted: bool = False
