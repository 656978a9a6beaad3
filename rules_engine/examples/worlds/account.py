"""The account that the operations beside checkout are told of."""

from collections.abc import Mapping
from typing import Any, Final

from rules_engine.examples.worlds.instant import NOW

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
"""The clock and the account, and nothing that only one operation looks at."""


def drafted(
    operation: str, request: Any, facts: Mapping[str, Any] | None = None, *, target: str | None = None
) -> dict[str, Any]:
    """Write the document of a draft.

    Args:
        operation: The name of the operation.
        request: What the caller says.
        facts: What is known beside the account.
        target: The id of what is acted on.
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
