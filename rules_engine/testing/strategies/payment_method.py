"""Strategies of stored payment methods and of payment intents."""

from rules_engine.models.payment_method import IntentCustomer, PaymentIntent, PaymentMethod
from rules_engine.testing.strategies.plural import plural

payment_methods = plural("payment_methods", PaymentMethod)
intent_customers = plural("intent_customers", IntentCustomer)
payment_intents = plural("payment_intents", PaymentIntent)
