"""Strategies of accounts and of exchange rates."""

from rules_engine.models import ExchangeRate, Merchant, SupportedCurrency
from rules_engine.testing.strategies.plural import plural

supported_currencies = plural("supported_currencies", SupportedCurrency)
merchants = plural("merchants", Merchant)
exchange_rates = plural("exchange_rates", ExchangeRate)
