"""Hypothesis strategies: of every model, of drafts, of drafts that report one code, of documents and policies.

`prices()` and its like generate everything that a model admits, and take a strategy for each field. `drafts`,
`documents` and `policies` generate what rules have much to report of. `docs/testing.md` shows how to test a checkout
with them.
"""

from rules_engine import models
from rules_engine.testing.strategies.draft import admitted_drafts as admitted_drafts
from rules_engine.testing.strategies.draft import documents as documents
from rules_engine.testing.strategies.draft import drafts as drafts
from rules_engine.testing.strategies.formats import instants as instants
from rules_engine.testing.strategies.model import plural
from rules_engine.testing.strategies.policy import policies as policies
from rules_engine.testing.strategies.pooled import pooled_drafts as pooled_drafts
from rules_engine.testing.strategies.pooled import pooled_facts as pooled_facts
from rules_engine.testing.strategies.pooled import pooled_instants as pooled_instants
from rules_engine.testing.strategies.pooled import pooled_models as pooled_models

supported_currencies = plural("supported_currencies", models.SupportedCurrency)
merchants = plural("merchants", models.Merchant)
exchange_rates = plural("exchange_rates", models.ExchangeRate)

addresses = plural("addresses", models.Address)
billing_details = plural("billing_details", models.BillingDetails)
shippings = plural("shippings", models.Shipping)
customers = plural("customers", models.Customer)
customer_details = plural("customer_details", models.CustomerDetails)
customer_updates = plural("customer_updates", models.CustomerUpdate)

catalog_recurrings = plural("catalog_recurrings", models.CatalogRecurring)
custom_unit_amounts = plural("custom_unit_amounts", models.CustomUnitAmount)
prices = plural("prices", models.Price)
products = plural("products", models.Product)
price_creates = plural("price_creates", models.PriceCreate)
price_updates = plural("price_updates", models.PriceUpdate)
price_deletes = plural("price_deletes", models.PriceDelete)

coupons = plural("coupons", models.Coupon)
coupon_creates = plural("coupon_creates", models.CouponCreate)
coupon_updates = plural("coupon_updates", models.CouponUpdate)
coupon_deletes = plural("coupon_deletes", models.CouponDelete)
coupon_usages = plural("coupon_usages", models.CouponUsage)

coupon_references = plural("coupon_references", models.CouponReference)
restrictions = plural("restrictions", models.Restrictions)
promotion_codes = plural("promotion_codes", models.PromotionCode)
promotion_code_creates = plural("promotion_code_creates", models.PromotionCodeCreate)
promotion_code_updates = plural("promotion_code_updates", models.PromotionCodeUpdate)

configurations = plural("configurations", models.Configuration)
configuration_creates = plural("configuration_creates", models.ConfigurationCreate)
configuration_updates = plural("configuration_updates", models.ConfigurationUpdate)
configuration_deletes = plural("configuration_deletes", models.ConfigurationDelete)

payment_methods = plural("payment_methods", models.PaymentMethod)
customer_references = plural("customer_references", models.CustomerReference)
intent_charges = plural("intent_charges", models.IntentCharge)
payment_intents = plural("payment_intents", models.PaymentIntent)

currencies = plural("currencies", models.Currency)
currency_checks = plural("currency_checks", models.CurrencyCheck)

product_data = plural("product_data", models.ProductData)
recurrings = plural("recurrings", models.Recurring)
price_data = plural("price_data", models.PriceData)
adjustable_quantities = plural("adjustable_quantities", models.AdjustableQuantity)
line_items = plural("line_items", models.LineItem)

dropdown_options = plural("dropdown_options", models.DropdownOption)
custom_fields = plural("custom_fields", models.CustomField)
link_custom_fields = plural("link_custom_fields", models.LinkCustomField)

branding_colors = plural("branding_colors", models.BrandingColors)
branding_settings = plural("branding_settings", models.BrandingSettings)

redirects = plural("redirects", models.Redirect)
hosted_confirmations = plural("hosted_confirmations", models.HostedConfirmation)
after_completions = plural("after_completions", models.AfterCompletion)
discounts = plural("discounts", models.Discount)
fee_configs = plural("fee_configs", models.FeeConfig)
sessions = plural("sessions", models.Session)
session_creates = plural("session_creates", models.SessionCreate)
session_updates = plural("session_updates", models.SessionUpdate)
session_confirms = plural("session_confirms", models.SessionConfirm)
session_expires = plural("session_expires", models.SessionExpire)
session_apply_promotion_codes = plural("session_apply_promotion_codes", models.SessionApplyPromotionCode)
line_presentments = plural("line_presentments", models.LinePresentment)
line_products = plural("line_products", models.LineProduct)
line_prices = plural("line_prices", models.LinePrice)
session_lines = plural("session_lines", models.SessionLine)
discount_coupons = plural("discount_coupons", models.DiscountCoupon)
session_discounts = plural("session_discounts", models.SessionDiscount)
offered_methods = plural("offered_methods", models.OfferedMethod)
session_presentments = plural("session_presentments", models.SessionPresentment)
stored_customer_updates = plural("stored_customer_updates", models.StoredCustomerUpdate)

payment_links = plural("payment_links", models.PaymentLink)
payment_link_lines = plural("payment_link_lines", models.PaymentLinkLine)
payment_link_creates = plural("payment_link_creates", models.PaymentLinkCreate)
payment_link_updates = plural("payment_link_updates", models.PaymentLinkUpdate)
payment_link_opens = plural("payment_link_opens", models.PaymentLinkOpen)
stored_link_lines = plural("stored_link_lines", models.StoredLinkLine)

refund_creates = plural("refund_creates", models.RefundCreate)
processor_capabilities = plural("processor_capabilities", models.ProcessorCapabilities)
balance_transactions = plural("balance_transactions", models.BalanceTransaction)
refunds = plural("refunds", models.Refund)
fee_data = plural("fee_data", models.FeeData)
charges = plural("charges", models.Charge)
balances = plural("balances", models.Balance)

request_authorizes = plural("request_authorizes", models.RequestAuthorize)
api_keys = plural("api_keys", models.ApiKey)
endpoints = plural("endpoints", models.Endpoint)
rate_usages = plural("rate_usages", models.RateUsage)
stored_requests = plural("stored_requests", models.StoredRequest)

payments = plural("payments", models.Payments)
counted_redemptions = plural("counted_redemptions", models.Counted)
redemptions = plural("redemptions", models.Redemptions)
usages = plural("usages", models.Usage)
facts = plural("facts", models.Facts)
missing_facts = plural("missing_facts", models.Missing)

targets = plural("targets", models.Target)
recorded_codes = plural("recorded_codes", models.Recorded)
