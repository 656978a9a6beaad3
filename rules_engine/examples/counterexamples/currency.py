"""Counterexamples of the rules on a currency that is asked about."""

from typing import Final

from rules_engine.examples.counterexamples.counterexample import Counterexample
from rules_engine.examples.documents import REMOVED

COUNTEREXAMPLES: Final[tuple[Counterexample, ...]] = (
    Counterexample("currency_invalid", "currency_check", {"/request/currency": "egx"}, "currency"),
    Counterexample("currency_invalid", "currency_check_refund", {"/request/currency": "egx"}, "currency"),
    Counterexample(
        "unsupported_currency",
        "currency_check_foreign",
        {"/facts/merchant/supportedCurrencies/1": REMOVED},
        "currency",
    ),
    Counterexample(
        "unsupported_currency",
        "currency_check_catalog",
        {"/facts/merchant/supportedCurrencies/2": REMOVED},
        "currency",
    ),
    Counterexample(
        "unsupported_currency", "currency_check_refund", {"/facts/merchant/settlementCurrency": "USD"}, "currency"
    ),
    Counterexample(
        "exchange_rate_not_found",
        "currency_check_foreign",
        {"/facts/exchangeRates": {}, "/facts/missing": {"exchangeRates": ["USD/EGP"]}},
        "currency",
    ),
    Counterexample("exchange_rate_not_found", "currency_check_catalog", {"/request/purpose": "checkout"}, "currency"),
)
"""A row or two a rule."""
