"""Attempts on coupons."""

from datetime import datetime, timedelta
from typing import Any

from rules_engine.testing.history.attempt import Attempt
from rules_engine.testing.history.edition import coupon_facts, product_id
from rules_engine.testing.history.trade import Trade
from rules_engine.wire.dates import write_instant


def create(trade: Trade, now: datetime) -> Attempt:
    """Make a coupon for a campaign to come."""
    chance, item = trade.chance, trade.item(trade.shop.currency)
    request: dict[str, Any] = {
        "percentOff": chance.pick((5, 10, 15, 20, 25, 30)),
        "duration": "once",
        "name": f"{item.name}, {now.year}",
        "maxRedemptions": chance.between(20, 500),
        "redeemBy": write_instant(now + timedelta(days=chance.between(10, 120))),
    }
    facts: dict[str, Any] = {}
    if chance.share(400):
        product = product_id(trade.shop, item.name)
        request["appliesToProductIds"] = [product]
        facts["products"] = {product: {"id": product, "name": item.name}}
    if chance.share(60):
        request["percentOff"] = chance.pick((0, 110, 150))
    if chance.share(60):
        request |= {"amountOff": item.amounts[trade.shop.currency] // 10, "currency": trade.shop.currency}
    return Attempt("coupon.create", request, trade.facts(**facts))


def delete(trade: Trade, now: datetime) -> Attempt:
    """Delete a coupon, which a code may still stand for."""
    edition = trade.edition()
    used = {"promotionCodes": int(now < edition.end and trade.chance.share(600)), "sessions": 0}
    coupons = {edition.coupon_id: coupon_facts(trade.shop, edition, trade.redeemed.get(edition.coupon_id, 0), now)}
    facts = trade.facts(coupons=coupons, usage={"coupons": {edition.coupon_id: used}})
    return Attempt("coupon.delete", {}, facts, edition.coupon_id)
