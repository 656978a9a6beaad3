"""Clean worlds of the check of a currency."""

from collections.abc import Mapping
from typing import Any, Final

from rules_engine.testing.worlds.account import drafted

WORLDS: Final[Mapping[str, Mapping[str, Any]]] = {
    "currency_check": drafted("currency.check", {"currency": "EGP"}),
}
"""Draft documents by name."""
