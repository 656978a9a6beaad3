"""Strategies of the lines of a session, as a request states them."""

from rules_engine.models import AdjustableQuantity, LineItem, PriceData, ProductData, Recurring
from rules_engine.testing.strategies.plural import plural

product_data = plural("product_data", ProductData)
recurrings = plural("recurrings", Recurring)
price_data = plural("price_data", PriceData)
adjustable_quantities = plural("adjustable_quantities", AdjustableQuantity)
line_items = plural("line_items", LineItem)
