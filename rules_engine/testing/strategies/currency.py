"""Strategies of currencies, and of the question whether one may be used."""

from rules_engine.models import Currency, CurrencyCheck
from rules_engine.testing.strategies.plural import plural

currencies = plural("currencies", Currency)
currency_checks = plural("currency_checks", CurrencyCheck)
