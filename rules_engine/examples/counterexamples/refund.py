"""Counterexamples of the rules on refunds, and on the charges they are taken from."""

from typing import Any, Final

from rules_engine.examples.counterexamples.counterexample import Counterexample
from rules_engine.examples.documents import REMOVED

_BY_ID: Final = "refund_create"
_BY_INTENT: Final = "refund_create_by_intent"
_CHARGE: Final = "/facts/charges/ch_1"
_OF_INTENT: Final = "/facts/charges/ch_2"
_INTENT: Final = "paymentIntentId"
_NO_CHARGE: Final[dict[str, Any]] = {_CHARGE: REMOVED, "/facts/missing": {"charges": ["ch_1"]}}
_NO_INTENT: Final[dict[str, Any]] = {"/facts/paymentIntents": {}, "/facts/missing": {"paymentIntents": ["pi_1"]}}
_NO_BALANCE: Final[dict[str, Any]] = {"/facts/balances": {}, "/facts/missing": {"balances": ["EGP"]}}

COUNTEREXAMPLES: Final[tuple[Counterexample, ...]] = (
    Counterexample(
        "metadata_too_large", _BY_ID, {"/request/metadata": {f"key{index}": 1 for index in range(51)}}, "metadata"
    ),
    Counterexample("payment_intent_missing", _BY_INTENT, _NO_INTENT, _INTENT),
    Counterexample("refund_target_exclusive", _BY_ID, {"/request/paymentIntentId": "pi_1"}, _INTENT),
    Counterexample("refund_target_exclusive", _BY_INTENT, {"/request/chargeId": ""}, _INTENT),
    Counterexample("refund_target_missing", _BY_ID, {"/request/chargeId": None}, "chargeId"),
    Counterexample("refund_target_missing", _BY_INTENT, {"/request/paymentIntentId": REMOVED}, "chargeId"),
    Counterexample("refund_target_empty", _BY_ID, {"/request/chargeId": ""}, "chargeId"),
    Counterexample("refund_target_empty", _BY_INTENT, {"/request/paymentIntentId": ""}, _INTENT),
    Counterexample("refund_amount_out_of_range", _BY_ID, {"/request/amount": 0}, "amount"),
    Counterexample("refund_amount_out_of_range", _BY_INTENT, {"/request/amount": 9_007_199_254_740_992}, "amount"),
    Counterexample("refund_description_too_long", _BY_INTENT, {"/request/description": "x" * 501}, "description"),
    Counterexample("charge_missing", _BY_ID, _NO_CHARGE, "chargeId"),
    Counterexample("payment_intent_without_one_charge", _BY_INTENT, {f"{_OF_INTENT}/status": "CANCELED"}, _INTENT),
    Counterexample("payment_intent_without_one_charge", _BY_INTENT, {f"{_CHARGE}/status": "REFUNDED"}, _INTENT),
    Counterexample("charge_not_captured", _BY_ID, {f"{_CHARGE}/captured": False}, "chargeId"),
    Counterexample("charge_not_captured", _BY_INTENT, {f"{_OF_INTENT}/captured": False}, _INTENT),
    Counterexample("charge_not_succeeded", _BY_ID, {f"{_CHARGE}/status": "PENDING"}, "chargeId"),
    Counterexample("charge_fully_refunded", _BY_ID, {f"{_CHARGE}/status": "REFUNDED"}, "chargeId"),
    Counterexample("charge_fully_refunded", _BY_INTENT, {f"{_OF_INTENT}/amountRefunded": 70_000}, _INTENT),
    Counterexample("refund_in_flight", _BY_ID, {f"{_CHARGE}/refunds/-": {"status": "PENDING"}}, "chargeId"),
    Counterexample("refund_in_flight", _BY_INTENT, {f"{_OF_INTENT}/refunds/0/status": "REQUIRES_ACTION"}, _INTENT),
    Counterexample(
        "charge_refund_unsupported", _BY_ID, {f"{_CHARGE}/processorCapabilities": {"supportsRefund": False}}, "chargeId"
    ),
    Counterexample(
        "charge_refund_unsupported",
        _BY_INTENT,
        {f"{_OF_INTENT}/processorCapabilities": {"supportsRefund": False, "supportsPartialRefund": False}},
        _INTENT,
    ),
    Counterexample("charge_missing_balance_transaction", _BY_ID, {f"{_CHARGE}/balanceTransaction": None}, "chargeId"),
    Counterexample(
        "charge_missing_balance_transaction", _BY_INTENT, {f"{_OF_INTENT}/balanceTransaction": None}, _INTENT
    ),
    Counterexample("charge_missing_fee_data", _BY_ID, {f"{_CHARGE}/feeData": {}}, "chargeId"),
    Counterexample("charge_missing_fee_data", _BY_INTENT, {f"{_OF_INTENT}/feeData": {}}, _INTENT),
    Counterexample("charge_incomplete_fee_data", _BY_ID, {f"{_CHARGE}/feeData/platformFee": None}, "chargeId"),
    Counterexample("charge_incomplete_fee_data", _BY_INTENT, {f"{_OF_INTENT}/feeData/processorFee": None}, _INTENT),
    Counterexample("refund_amount_above_remaining", _BY_ID, {"/request/amount": 76_001}, "amount"),
    Counterexample("refund_amount_above_remaining", _BY_INTENT, {"/request/amount": 60_001}, "amount"),
    Counterexample(
        "partial_refund_unsupported",
        _BY_INTENT,
        {f"{_OF_INTENT}/processorCapabilities/supportsPartialRefund": False},
        "amount",
    ),
    Counterexample("merchant_no_balance", _BY_ID, _NO_BALANCE, None),
    Counterexample("merchant_no_balance", _BY_INTENT, _NO_BALANCE, None),
    Counterexample("insufficient_balance", _BY_ID, {"/facts/balances/EGP/available": 75_999}, "chargeId"),
    Counterexample("insufficient_balance", _BY_INTENT, {"/facts/balances/EGP/available": 18_999}, "amount"),
    Counterexample(
        "insufficient_balance", _BY_INTENT, {"/request/amount": None, "/facts/balances/EGP": {"available": -1}}, _INTENT
    ),
)
"""A row or two a rule."""
