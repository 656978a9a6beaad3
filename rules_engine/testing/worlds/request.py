"""Clean worlds of a request that comes in."""

from collections.abc import Mapping
from typing import Any, Final

from rules_engine.testing.worlds.account import drafted

WORLDS: Final[Mapping[str, Mapping[str, Any]]] = {
    "request_authorize": drafted(
        "request.authorize",
        {"method": "POST", "path": "/checkout/sessions", "authorization": "Bearer sk_test_4f1c", "body": "{}"},
    ),
}
"""Draft documents by name."""
