"""Strategies of coupons, and of the requests that act on them."""

from rules_engine.models import Coupon, CouponCreate, CouponDelete, CouponUpdate, CouponUsage
from rules_engine.testing.strategies.plural import plural

coupons = plural("coupons", Coupon)
coupon_creates = plural("coupon_creates", CouponCreate)
coupon_updates = plural("coupon_updates", CouponUpdate)
coupon_deletes = plural("coupon_deletes", CouponDelete)
coupon_usages = plural("coupon_usages", CouponUsage)
