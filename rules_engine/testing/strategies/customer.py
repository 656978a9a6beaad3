"""Strategies of customers, and of what requests say of a buyer."""

from rules_engine.models import Address, BillingDetails, Customer, CustomerDetails, CustomerUpdate, Shipping
from rules_engine.testing.strategies.plural import plural

addresses = plural("addresses", Address)
billing_details = plural("billing_details", BillingDetails)
shippings = plural("shippings", Shipping)
customers = plural("customers", Customer)
customer_details = plural("customer_details", CustomerDetails)
customer_updates = plural("customer_updates", CustomerUpdate)
