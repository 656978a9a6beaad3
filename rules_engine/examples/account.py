"""The merchant account and the instant of the examples of every operation but those of a session."""

from collections.abc import Mapping
from typing import Any, Final

NOW: Final = "2026-11-22T10:00:00Z"
"""The instant that all examples are judged at."""

FACTS: Final[Mapping[str, Any]] = {
    "now": NOW,
    "livemode": False,
    "merchant": {
        "id": "mer_1",
        "defaultCurrency": "EGP",
        "supportedCurrencies": [
            {"code": "EGP", "paymentMethodTypes": ["card", "fawry", "valu"]},
            {"code": "USD", "paymentMethodTypes": ["card"]},
            {"code": "KWD", "paymentMethodTypes": ["card"]},
        ],
        "livePaymentsEnabled": True,
    },
}
"""The instant and the account; nothing that only one operation reads."""


def drafted(
    operation: str, request: Any, facts: Mapping[str, Any] | None = None, *, target: str | None = None
) -> dict[str, Any]:
    """Build the document of a draft.

    Args:
        operation: The name of the operation.
        request: The request's body.
        facts: Facts beside the account.
        target: The id of the object that is acted on.
    """
    acted_on = {} if target is None else {"target": {"id": target}}
    return {
        "version": 1,
        "id": "d_" + operation.replace(".", "_"),
        "operation": operation,
        **acted_on,
        "request": request,
        "facts": {**FACTS, **(facts or {})},
    }
