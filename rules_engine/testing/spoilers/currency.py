"""Spoilers of the rules on a currency that is asked about."""

from typing import Final

from rules_engine.testing.documents import REMOVED
from rules_engine.testing.spoilers.spoiler import Spoiler

SPOILERS: Final[tuple[Spoiler, ...]] = (
    Spoiler("currency_invalid", "currency_check", {"/request/currency": "egx"}, "currency"),
    Spoiler("currency_invalid", "currency_check_refund", {"/request/currency": "egx"}, "currency"),
    Spoiler(
        "unsupported_currency",
        "currency_check_foreign",
        {"/facts/merchant/supportedCurrencies/1": REMOVED},
        "currency",
    ),
    Spoiler(
        "unsupported_currency",
        "currency_check_catalog",
        {"/facts/merchant/supportedCurrencies/2": REMOVED},
        "currency",
    ),
    Spoiler("unsupported_currency", "currency_check_refund", {"/facts/merchant/settlementCurrency": "USD"}, "currency"),
    Spoiler(
        "exchange_rate_not_found",
        "currency_check_foreign",
        {"/facts/exchangeRates": {}, "/facts/missing": {"exchangeRates": ["USD/EGP"]}},
        "currency",
    ),
    Spoiler("exchange_rate_not_found", "currency_check_catalog", {"/request/purpose": "checkout"}, "currency"),
)
"""A row or two a rule."""
