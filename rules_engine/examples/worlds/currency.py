"""Valid examples of the check of a currency."""

from collections.abc import Mapping
from typing import Any, Final

from rules_engine.examples.worlds.account import drafted

EXAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "currency_check": drafted("currency.check", {"currency": "EGP"}),
    "currency_check_foreign": drafted(
        "currency.check",
        {"currency": "usd", "purpose": "checkout"},
        {"exchangeRates": {"USD/EGP": {"rate": "50.25"}}},
    ),
    "currency_check_catalog": drafted(
        "currency.check",
        {"currency": "KWD", "purpose": "catalog"},
        {"missing": {"exchangeRates": ["KWD/EGP"]}},
    ),
    "currency_check_refund": drafted("currency.check", {"currency": "EGP", "purpose": "refund"}),
}
"""Draft documents by name."""
