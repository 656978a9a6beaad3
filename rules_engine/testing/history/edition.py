"""One run of a campaign: its coupon and its promotion code, as facts."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from attrs import frozen

from rules_engine.testing.history.shop import Campaign, Shop
from rules_engine.wire.dates import write_instant

_ALWAYS: Final = (datetime(2000, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))
_GRACE: Final = timedelta(days=3)
"""A coupon outlives the code that stands for it."""
_BEFORE: Final = timedelta(days=5)
_AFTER: Final = timedelta(days=16)
_RUNNING: Final = 24
_OVER: Final = 5
_TEN_THOUSAND: Final = 10_000
_FEWEST: Final = 4


@frozen(eq=False)
class Edition:
    """A campaign of one year.

    Attributes:
        campaign: What it is about.
        coupon_id: The id of its coupon.
        promotion_code_id: The id of its promotion code.
        start: It runs from this instant on.
        end: It runs until just before this instant.
        redemptions: How often its code may be redeemed; 0 is without end.
    """

    campaign: Campaign
    coupon_id: str
    promotion_code_id: str
    start: datetime
    end: datetime
    redemptions: int

    def weight_at(self, now: datetime) -> int:
        """Tell how many buyers think of it: many while it runs, some when it is over, hardly any long after."""
        if self.start <= now < self.end:
            return self.campaign.weight * _RUNNING
        return self.campaign.weight * _OVER if self.start - _BEFORE <= now < self.end + _AFTER else 0


def edition_of(shop: Shop, campaign: Campaign, now: datetime, drafts: int) -> Edition:
    """Tell which run of a campaign buyers have in mind.

    Args:
        shop: Whose campaign it is.
        campaign: The campaign.
        now: The instant.
        drafts: How many drafts the history has: the more, the more redemptions a code is given.
    """
    suffix, (start, end) = "", _ALWAYS
    if campaign.season is not None:
        year = campaign.season.year_at(now)
        suffix, (start, end) = f"_{year}", campaign.season.window(year)
    name = f"{shop.prefix}_{campaign.code}{suffix}"
    redemptions = campaign.redemptions and max(_FEWEST, campaign.redemptions * drafts // _TEN_THOUSAND)
    return Edition(campaign, f"coup_{name}", f"promo_{name}", start, end, redemptions)


def coupon_facts(shop: Shop, edition: Edition, redeemed: int, now: datetime) -> dict[str, Any]:
    """Give the coupon as the API returns it."""
    campaign = edition.campaign
    facts: dict[str, Any] = {"id": edition.coupon_id, "object": "coupon"}
    if campaign.percent is None:
        facts |= {"discountType": "fixed_amount", "amountOff": campaign.amount, "currency": shop.currency}
    else:
        facts |= {"discountType": "percentage", "percentOff": campaign.percent}
    if campaign.coupon_minimum:
        facts |= {"currency": shop.currency, "minValue": campaign.coupon_minimum}
    if campaign.per_customer:
        facts["customerMaxRedemptions"] = campaign.per_customer
    if campaign.items:
        facts["appliesToProductIds"] = [product_id(shop, name) for name in campaign.items]
    if campaign.season is not None:
        facts |= {"redeemBy": write_instant(edition.end + _GRACE), "valid": now < edition.end + _GRACE}
    return {**facts, "timesRedeemed": redeemed, "active": True}


def code_facts(shop: Shop, edition: Edition, redeemed: int, now: datetime, bound_to: str) -> dict[str, Any]:
    """Give the promotion code as the API returns it; it is switched on when the campaign starts."""
    campaign = edition.campaign
    facts: dict[str, Any] = {
        "id": edition.promotion_code_id,
        "object": "promotion_code",
        "code": campaign.code,
        "coupon": {"id": edition.coupon_id},
        "active": now >= edition.start,
    }
    if campaign.bound:
        facts["customerId"] = bound_to
    if edition.redemptions:
        facts["maxRedemptions"] = edition.redemptions
    if campaign.season is not None:
        facts["expiresAt"] = write_instant(edition.end)
    restrictions: dict[str, Any] = {"firstTimeTransaction": campaign.first_time}
    if campaign.minimum:
        restrictions |= {"minimumAmount": campaign.minimum, "minimumAmountCurrency": shop.currency}
    return {**facts, "timesRedeemed": redeemed, "restrictions": restrictions}


def product_id(shop: Shop, item: str) -> str:
    """Name the product of an item."""
    return f"prod_{shop.prefix}_{item}"
