"""Valid examples of a refund."""

from collections.abc import Mapping
from typing import Any, Final

from rules_engine.examples.worlds.account import drafted

EXAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {
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
                    "refunds": [],
                    "balanceTransaction": {"id": "txn_1"},
                    "feeData": {"processorFee": 1_500, "platformFee": 500},
                }
            },
            "balances": {"EGP": {"available": 500_000}},
        },
    ),
    "refund_create_by_intent": drafted(
        "refund.create",
        {
            "paymentIntentId": "pi_1",
            "amount": 19_000,
            "reason": "REQUESTED_BY_CUSTOMER",
            "description": "One of two mugs arrived broken",
            "instructionsEmail": "buyer@mail.example",
            "metadata": {"ticket": "T-14"},
        },
        {
            "paymentIntents": {"pi_1": {"id": "pi_1", "charges": [{"id": "ch_1"}, {"id": "ch_2"}]}},
            "charges": {
                "ch_1": {"id": "ch_1", "status": "FAILED", "amount": 76_000, "currency": "EGP", "captured": False},
                "ch_2": {
                    "id": "ch_2",
                    "status": "PARTIALLY_REFUNDED",
                    "amount": 76_000,
                    "currency": "egp",
                    "captured": True,
                    "amountCaptured": 70_000,
                    "amountRefunded": 10_000,
                    "refunds": [{"status": "FAILED"}, {"status": "SUCCEEDED"}],
                    "processorCapabilities": {"supportsRefund": True, "supportsPartialRefund": True},
                    "balanceTransaction": {"id": "txn_2"},
                    "feeData": {"processorFee": 1_500, "platformFee": 0},
                },
            },
            "balances": {"EGP": {"available": 60_000}},
        },
    ),
}
"""Draft documents by name."""
