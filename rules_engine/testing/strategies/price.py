"""Strategies of prices and products, and of the requests that act on prices."""

from rules_engine.models import (
    CatalogRecurring,
    CustomUnitAmount,
    Price,
    PriceCreate,
    PriceDelete,
    PriceUpdate,
    Product,
)
from rules_engine.testing.strategies.plural import plural

catalog_recurrings = plural("catalog_recurrings", CatalogRecurring)
custom_unit_amounts = plural("custom_unit_amounts", CustomUnitAmount)
prices = plural("prices", Price)
products = plural("products", Product)
price_creates = plural("price_creates", PriceCreate)
price_updates = plural("price_updates", PriceUpdate)
price_deletes = plural("price_deletes", PriceDelete)
