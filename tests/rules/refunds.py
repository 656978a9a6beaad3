"""What the tables of charges and of refunds have in common: the two valid examples, and the ways to spoil a charge."""

from typing import Final

from rules_engine.examples import REMOVED
from tests.rules.table import Changes, Place, Row, skipped

BY_ID: Final = "refund_create"
BY_INTENT: Final = "refund_create_by_intent"
CHARGE: Final = "/facts/charges/ch_1"
"""The charge that the first example names; in the second, one that failed."""
OF_INTENT: Final = "/facts/charges/ch_2"
"""The one charge of the second example's intent that succeeded: 60,000 of it are left."""
INTENT: Final = "/facts/paymentIntents/pi_1"
AMOUNT: Final = "/request/amount"
AVAILABLE: Final = "/facts/balances/EGP/available"
NO_CHARGE: Final[Changes] = {CHARGE: REMOVED, "/facts/missing": {"charges": ["ch_1"]}}
NO_INTENT: Final[Changes] = {"/facts/paymentIntents": {}, "/facts/missing": {"paymentIntents": ["pi_1"]}}
NO_BALANCE: Final[Changes] = {"/facts/balances": {}, "/facts/missing": {"balances": ["EGP"]}}
UNKNOWN_CHARGE: Final[Changes] = {"/facts/charges": {}}

Refusal = tuple[str, Changes, Place]
"""A valid example, what is changed in it, and the rule that refuses it then."""

FOUND: Final[tuple[Refusal, ...]] = (
    (BY_INTENT, NO_INTENT, ("payment_intent_missing", "paymentIntentId")),
    (BY_ID, NO_CHARGE, ("charge_missing", "chargeId")),
    (BY_INTENT, {f"{CHARGE}/status": "SUCCEEDED"}, ("payment_intent_without_one_charge", "paymentIntentId")),
)
"""There is no charge."""
TAKEN: Final[tuple[Refusal, ...]] = (
    *FOUND,
    (BY_ID, {f"{CHARGE}/captured": False}, ("charge_not_captured", "chargeId")),
    (BY_ID, {f"{CHARGE}/status": "FAILED"}, ("charge_not_succeeded", "chargeId")),
)
"""There is none of which money was taken."""
REFUNDABLE: Final[tuple[Refusal, ...]] = (
    *TAKEN,
    (BY_ID, {f"{CHARGE}/status": "REFUNDED"}, ("charge_fully_refunded", "chargeId")),
    (BY_ID, {f"{CHARGE}/refunds": [{"status": "PENDING"}]}, ("refund_in_flight", "chargeId")),
    (
        BY_ID,
        {f"{CHARGE}/processorCapabilities": {"supportsRefund": False}},
        ("charge_refund_unsupported", "chargeId"),
    ),
)
"""There is none of which money can be given back."""


def skipped_while(
    refused: tuple[Refusal, ...], param: str | None = None, changes: Changes | None = None
) -> tuple[Row, ...]:
    """Tell that a rule is skipped while other rules refuse.

    Args:
        refused: The refusals of those rules.
        param: The field that the rule would name; where none is given, the one that leads to the charge.
        changes: What is changed beside.
    """
    return tuple(
        skipped(
            f"skipped by {by[0]}",
            example,
            {**broken, **(changes or {})},
            param or ("chargeId" if example == BY_ID else "paymentIntentId"),
            by=by,
        )
        for example, broken, by in refused
    )
