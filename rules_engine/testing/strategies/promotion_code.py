"""Strategies of promotion codes, and of the requests that act on them."""

from rules_engine.models import CouponReference, PromotionCode, PromotionCodeCreate, PromotionCodeUpdate, Restrictions
from rules_engine.testing.strategies.plural import plural

coupon_references = plural("coupon_references", CouponReference)
restrictions = plural("restrictions", Restrictions)
promotion_codes = plural("promotion_codes", PromotionCode)
promotion_code_creates = plural("promotion_code_creates", PromotionCodeCreate)
promotion_code_updates = plural("promotion_code_updates", PromotionCodeUpdate)
