"""Strategies of stored payment methods and of payment intents."""

from rules_engine.models import IntentCharge, IntentCustomer, PaymentIntent, PaymentMethod
from rules_engine.testing.strategies.plural import plural

payment_methods = plural("payment_methods", PaymentMethod)
intent_customers = plural("intent_customers", IntentCustomer)
intent_charges = plural("intent_charges", IntentCharge)
payment_intents = plural("payment_intents", PaymentIntent)
