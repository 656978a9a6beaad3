"""Attempts on promotion codes."""

from datetime import datetime, timedelta
from typing import Any

from rules_engine.testing.history.attempt import Attempt
from rules_engine.testing.history.basket import promotion_code
from rules_engine.testing.history.edition import coupon_facts
from rules_engine.testing.history.trade import Trade
from rules_engine.wire.dates import write_instant


def create(trade: Trade, now: datetime) -> Attempt:
    """Make a code for the coupon of a campaign."""
    chance, edition = trade.chance, trade.edition()
    taken = chance.share(110)
    code = edition.campaign.code if taken else f"{edition.campaign.code}-{trade.number()}"
    request: dict[str, Any] = {"code": code, "coupon": edition.coupon_id, "maxRedemptions": chance.between(1, 50)}
    if chance.share(400):
        request["restrictions"] = {"firstTimeTransaction": True}
    if edition.campaign.season is not None and now < edition.end:
        request["expiresAt"] = write_instant(edition.end)
    elif chance.share(300):
        request["expiresAt"] = write_instant(now + timedelta(days=chance.between(-1, 60)))
    stored = {"promotionCodesByCode": {code: promotion_code(trade, edition, now)}} if taken else {}
    unknown = {} if taken else {"missing": {"promotionCodesByCode": [code]}}
    redeemed = trade.redeemed.get(edition.coupon_id, 0)
    coupons = {edition.coupon_id: coupon_facts(trade.shop, edition, redeemed, now)}
    return Attempt("promotion_code.create", request, trade.facts(coupons=coupons, **stored, **unknown))


def update(trade: Trade, now: datetime) -> Attempt:
    """Switch a code, or try to give it more redemptions."""
    chance, edition = trade.chance, trade.edition()
    request: dict[str, Any] = (
        {"active": True} if chance.share(500) else {"metadata": {"campaign": edition.campaign.code}}
    )
    if chance.share(150):
        request = {"maxRedemptions": 10_000}
    stored = {**promotion_code(trade, edition, now), "active": False}
    coupons = {edition.coupon_id: coupon_facts(trade.shop, edition, trade.redeemed.get(edition.coupon_id, 0), now)}
    facts = trade.facts(promotionCodes={edition.promotion_code_id: stored}, coupons=coupons)
    return Attempt("promotion_code.update", request, facts, edition.promotion_code_id)
