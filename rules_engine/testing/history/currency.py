"""Attempts to use a currency."""

from datetime import datetime

from rules_engine.testing.history.attempt import Attempt
from rules_engine.testing.history.trade import Trade


def check(trade: Trade, _: datetime) -> Attempt:
    """Ask whether a buyer may be charged in a currency; some ask for one that the shop never had."""
    chance = trade.chance
    if chance.share(120):
        return Attempt("currency.check", {"currency": chance.pick(("CHF", "TRY", "EGX", "SEK"))}, trade.facts())
    currency = trade.currency()
    stated = currency if chance.share(700) else currency.lower()
    facts = trade.facts(**trade.rate_facts(currency))
    return Attempt("currency.check", {"currency": stated, "purpose": "checkout"}, facts)
