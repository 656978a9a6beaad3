"""Clean worlds of a refund."""

from collections.abc import Mapping
from typing import Any, Final

from rules_engine.testing.worlds.account import drafted

WORLDS: Final[Mapping[str, Mapping[str, Any]]] = {
    "refund_create": drafted(
        "refund.create",
        {"chargeId": "ch_1"},
        {
            "charges": {
                "ch_1": {
                    "id": "ch_1",
                    "status": "SUCCEEDED",
                    "amount": 76_000,
                    "currency": "EGP",
                    "captured": True,
                    "amountRefunded": 0,
                    "balanceTransaction": "txn_1",
                    "feeData": {"processorFee": 1_500, "platformFee": 500},
                }
            },
            "balances": {"EGP": {"available": 500_000}},
        },
    ),
}
"""Draft documents by name."""
