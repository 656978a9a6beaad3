"""What a buyer puts together: the lines of a session, and the discount that goes with them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from attrs import frozen

from rules_engine.testing.history.chance import Weighted
from rules_engine.testing.history.edition import Edition, code_facts, coupon_facts
from rules_engine.testing.history.shop import Item
from rules_engine.testing.history.trade import Customer, Trade

_LINES: Final = Weighted([(1, 560), (2, 250), (3, 110), (4, 50), (6, 28), (9, 2)])
_QUANTITIES: Final = Weighted([(1, 680), (2, 190), (3, 60), (4, 34), (6, 24), (12, 10), (40, 2)])
_STOCK_IGNORED: Final = 90
"""In a thousand: buyers who ask for more than the page says there is."""
_UNAWARE: Final = 420
"""In a thousand: buyers who do not notice that a code is over, or used up."""
_UNDETERRED: Final = 110
"""In a thousand: buyers who try a code that is not for them, or not for what they buy."""


@frozen(eq=False)
class Line:
    """An item and how many of it."""

    item: Item
    quantity: int


def basket(trade: Trade, currency: str, edition: Edition | None = None) -> tuple[Line, ...]:
    """Fill a basket: most hold one thing or two. What a campaign is for comes first."""
    wanted = [trade.item(currency) for _ in range(trade.chance.weighted(_LINES))]
    if edition is not None and edition.campaign.items and trade.chance.share(860):
        named = [item for item in trade.shop.items if item.name in edition.campaign.items and currency in item.amounts]
        wanted = [*named, *wanted]
    return tuple(Line(item, _quantity(trade, item)) for item in dict.fromkeys(wanted))


def _quantity(trade: Trade, item: Item) -> int:
    quantity = 1 if item.type == "CUSTOM" else trade.chance.weighted(_QUANTITIES)
    left = trade.stock.get(item.name)
    if left is None or quantity <= left:
        return quantity
    return quantity if trade.chance.share(_STOCK_IGNORED) else max(left, 1)


def subtotal(lines: Sequence[Line], currency: str) -> int:
    """Add up lines, in minor units of the currency."""
    return sum(line.item.amounts[currency] * line.quantity for line in lines)


def prices(trade: Trade, lines: Sequence[Line], currency: str, now: datetime) -> dict[str, Any]:
    """Give the prices of lines as facts."""
    return {trade.price_id(line.item, currency): trade.price_facts(line.item, currency, now) for line in lines}


def discount_facts(trade: Trade, edition: Edition, customer: Customer | None, now: datetime) -> dict[str, Any]:
    """Give all that a discount is judged by but its promotion code."""
    shop, redeemed = trade.shop, trade.redeemed.get(edition.coupon_id, 0)
    facts: dict[str, Any] = {"coupons": {edition.coupon_id: coupon_facts(shop, edition, redeemed, now)}}
    if customer is not None and edition.campaign.first_time:
        facts["payments"] = {"customers": {customer.id: customer.payments}}
    if edition.campaign.per_customer:
        redemptions: dict[str, Any] = {"counted": {"coupons": [], "promotionCodes": []}}
        if customer is not None:
            times = customer.redemptions.get(edition.coupon_id, 0)
            redemptions["customers"] = {customer.id: {edition.coupon_id: times}}
        facts["redemptions"] = redemptions
    return facts


def promotion_code(trade: Trade, edition: Edition, now: datetime) -> dict[str, Any]:
    """Give a promotion code as a fact."""
    bound_to = trade.customers[0].id if trade.customers else f"cus_{trade.shop.prefix}_0"
    return code_facts(trade.shop, edition, trade.redeemed.get(edition.promotion_code_id, 0), now, bound_to)


def tries(trade: Trade, edition: Edition, lines: Sequence[Line], customer: Customer | None, now: datetime) -> bool:
    """Tell whether a buyer comes with a discount: most do only where it is good, for this buyer and this basket."""
    redeemed = trade.redeemed.get(edition.promotion_code_id, 0)
    if not edition.start <= now < edition.end or (edition.redemptions and redeemed >= edition.redemptions):
        return trade.chance.share(_UNAWARE)
    if _redeemed_enough(edition, customer):
        return trade.chance.share(_UNAWARE)
    return _fits(trade, edition, lines, customer) or trade.chance.share(_UNDETERRED)


def _redeemed_enough(edition: Edition, customer: Customer | None) -> bool:
    most = edition.campaign.per_customer
    return customer is not None and most > 0 and customer.redemptions.get(edition.coupon_id, 0) >= most


def _fits(trade: Trade, edition: Edition, lines: Sequence[Line], customer: Customer | None) -> bool:
    campaign, amount = edition.campaign, subtotal(lines, trade.shop.currency) if _priced(trade, lines) else 0
    names = {line.item.name for line in lines}
    return (
        amount >= max(campaign.minimum, campaign.coupon_minimum)
        and (not campaign.items or not names.isdisjoint(campaign.items))
        and _is_for(trade, edition, customer)
    )


def _priced(trade: Trade, lines: Sequence[Line]) -> bool:
    return all(trade.shop.currency in line.item.amounts for line in lines)


def _is_for(trade: Trade, edition: Edition, customer: Customer | None) -> bool:
    campaign = edition.campaign
    if customer is None:
        return not (campaign.first_time or campaign.bound or campaign.per_customer)
    return not (campaign.first_time and customer.payments) and not (
        campaign.bound and customer is not trade.customers[0]
    )
