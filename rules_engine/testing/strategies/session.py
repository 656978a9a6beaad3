"""Strategies of sessions, of their parts, and of the requests that act on them."""

from rules_engine.models import (
    AfterCompletion,
    Discount,
    DiscountCoupon,
    FeeConfig,
    HostedConfirmation,
    LinePresentment,
    LinePrice,
    LineProduct,
    OfferedMethod,
    Redirect,
    Session,
    SessionApplyPromotionCode,
    SessionConfirm,
    SessionCreate,
    SessionDiscount,
    SessionExpire,
    SessionLine,
    SessionPresentment,
    SessionUpdate,
    StoredCustomerUpdate,
)
from rules_engine.testing.strategies.plural import plural

redirects = plural("redirects", Redirect)
hosted_confirmations = plural("hosted_confirmations", HostedConfirmation)
after_completions = plural("after_completions", AfterCompletion)
discounts = plural("discounts", Discount)
fee_configs = plural("fee_configs", FeeConfig)
sessions = plural("sessions", Session)
session_creates = plural("session_creates", SessionCreate)
session_updates = plural("session_updates", SessionUpdate)
session_confirms = plural("session_confirms", SessionConfirm)
session_expires = plural("session_expires", SessionExpire)
session_apply_promotion_codes = plural("session_apply_promotion_codes", SessionApplyPromotionCode)
line_presentments = plural("line_presentments", LinePresentment)
line_products = plural("line_products", LineProduct)
line_prices = plural("line_prices", LinePrice)
session_lines = plural("session_lines", SessionLine)
discount_coupons = plural("discount_coupons", DiscountCoupon)
session_discounts = plural("session_discounts", SessionDiscount)
offered_methods = plural("offered_methods", OfferedMethod)
session_presentments = plural("session_presentments", SessionPresentment)
stored_customer_updates = plural("stored_customer_updates", StoredCustomerUpdate)
