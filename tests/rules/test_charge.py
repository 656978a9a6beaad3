"""Boundaries of the rules on the charge that a refund is taken from."""

from typing import Any

from rules_engine.examples import REMOVED
from rules_engine.rules import refund
from tests.rules.refunds import (
    BY_ID,
    BY_INTENT,
    CHARGE,
    INTENT,
    NO_CHARGE,
    OF_INTENT,
    UNKNOWN_CHARGE,
    Refusal,
)
from tests.rules.table import Row, Table, clear, decided, reports, rows_test, undecided

NOBODY_LOOKED: tuple[Row, ...] = (
    undecided("nobody looked the charge up", BY_ID, UNKNOWN_CHARGE, "chargeId", "charges[ch_1]"),
    undecided("nobody looked the intent up", BY_INTENT, {INTENT: REMOVED}, "paymentIntentId", "paymentIntents[pi_1]"),
    undecided(
        "nobody looked for the charges of the intent",
        BY_INTENT,
        {f"{INTENT}/charges": None},
        "paymentIntentId",
        "paymentIntents.charges[pi_1]",
    ),
    undecided(
        "nobody looked one charge of the intent up", BY_INTENT, {CHARGE: REMOVED}, "paymentIntentId", "charges[ch_1]"
    ),
)
NO_TRANSACTION: Refusal = (
    BY_ID,
    {f"{CHARGE}/balanceTransaction": None},
    ("charge_missing_balance_transaction", "chargeId"),
)
BOTH = f"{CHARGE}/status"
HELD = f"{CHARGE}/captured"
STATUS = f"{CHARGE}/status"
REFUNDS = f"{CHARGE}/refunds"
CAPABILITIES = f"{CHARGE}/processorCapabilities"
TRANSACTION = f"{CHARGE}/balanceTransaction"
FEES = f"{CHARGE}/feeData"


def given_back(refunded: int, amount: int = 76_000, captured: int | None = None) -> dict[str, Any]:
    """A charge of which something was given back."""
    return {
        f"{CHARGE}/amountRefunded": refunded,
        f"{CHARGE}/amount": amount,
        f"{CHARGE}/amountCaptured": captured,
    }


ROWS: Table = {
    refund.charge_missing: (
        clear("null", BY_INTENT, {"/request/chargeId": None}),
        reports(
            "another one is known not to exist, and this one is known",
            BY_ID,
            {"/facts/missing": {"charges": ["ch_2"]}, "/request/chargeId": "ch_2"},
            "chargeId",
        ),
        decided("nobody looked the charges of an intent up", BY_INTENT, UNKNOWN_CHARGE),
        clear("a charge of the intent that did not succeed", BY_INTENT, NO_CHARGE),
    ),
    refund.payment_intent_without_one_charge: (
        clear("one of one", BY_INTENT, {f"{INTENT}/charges": [{"id": "ch_2"}]}),
        clear("the same one twice", BY_INTENT, {f"{INTENT}/charges": [{"id": "ch_2"}, {"id": "ch_2"}]}),
        clear("one that was not refunded yet", BY_INTENT, {f"{OF_INTENT}/status": "SUCCEEDED"}),
        clear("the other is pending", BY_INTENT, {BOTH: "PENDING"}),
        clear("the other was canceled", BY_INTENT, {BOTH: "CANCELED"}),
        reports("two succeeded", BY_INTENT, {BOTH: "SUCCEEDED"}, "paymentIntentId", evidence={"succeededCharges": 2}),
        reports("two, both refunded in part", BY_INTENT, {BOTH: "PARTIALLY_REFUNDED"}, "paymentIntentId"),
        reports(
            "none succeeded",
            BY_INTENT,
            {f"{OF_INTENT}/status": "FAILED"},
            "paymentIntentId",
            evidence={"succeededCharges": 0},
        ),
        reports("no charge at all", BY_INTENT, {f"{INTENT}/charges": []}, "paymentIntentId"),
        reports(
            "the one that succeeded does not exist",
            BY_INTENT,
            {OF_INTENT: REMOVED, "/facts/missing": {"charges": ["ch_2"]}},
            "paymentIntentId",
        ),
        undecided(
            "nobody looked a third one up",
            BY_INTENT,
            {f"{INTENT}/charges/-": {"id": "ch_3"}},
            "paymentIntentId",
            "charges[ch_3]",
        ),
        undecided(
            "two succeeded, and nobody looked a third one up",
            BY_INTENT,
            {BOTH: "SUCCEEDED", f"{INTENT}/charges/-": {"id": "ch_3"}},
            "paymentIntentId",
            "charges[ch_3]",
        ),
        decided("nobody looked a charge up that has its own id", BY_ID, UNKNOWN_CHARGE),
    ),
    refund.charge_not_captured: (
        clear("nothing stated", BY_ID, {HELD: REMOVED}),
        reports("not captured", BY_ID, {HELD: False}, "chargeId", evidence={"charge": "ch_1", "captured": False}),
        reports("not captured, because it failed", BY_ID, {HELD: False, f"{CHARGE}/status": "FAILED"}, "chargeId"),
        reports(
            "not captured, with nothing in the books",
            BY_ID,
            {
                HELD: False,
                f"{CHARGE}/amountCaptured": 0,
                f"{CHARGE}/balanceTransaction": None,
                f"{CHARGE}/feeData": {},
                "/facts/balances": {},
                "/facts/missing": {"balances": ["EGP"]},
            },
            "chargeId",
        ),
        reports(
            "not captured, and more asked for than is available",
            BY_ID,
            {HELD: False, "/request/amount": 80_000, "/facts/balances/EGP/available": 0},
            "chargeId",
        ),
    ),
    refund.charge_not_succeeded: (
        clear("refunded in part", BY_ID, {STATUS: "PARTIALLY_REFUNDED"}),
        reports(
            "pending",
            BY_ID,
            {STATUS: "PENDING"},
            "chargeId",
            evidence={"charge": "ch_1", "status": "PENDING"},
        ),
        reports("failed", BY_ID, {STATUS: "FAILED"}, "chargeId"),
        reports("canceled", BY_ID, {STATUS: "CANCELED"}, "chargeId"),
        reports(
            "failed, with nothing in the books",
            BY_ID,
            {STATUS: "FAILED", f"{CHARGE}/balanceTransaction": None, f"{CHARGE}/feeData": {}},
            "chargeId",
        ),
        *NOBODY_LOOKED,
    ),
    refund.charge_fully_refunded: (
        clear("all of it is left", BY_ID, given_back(0)),
        clear("one is left", BY_ID, given_back(75_999)),
        reports(
            "nothing is left",
            BY_ID,
            given_back(76_000),
            "chargeId",
            evidence={"charge": "ch_1", "status": "SUCCEEDED", "remaining": 0},
        ),
        reports("more was given back than was taken", BY_ID, given_back(76_001), "chargeId"),
        reports("a charge of nothing", BY_ID, given_back(0, amount=0), "chargeId"),
        reports("a charge of less than nothing", BY_ID, given_back(0, amount=-1), "chargeId"),
        clear("one is left of what was captured", BY_ID, given_back(9_999, captured=10_000)),
        reports("nothing is left of what was captured", BY_ID, given_back(10_000, captured=10_000), "chargeId"),
        reports(
            "refunded, and more is asked for",
            BY_ID,
            {f"{CHARGE}/status": "REFUNDED", **given_back(76_000), "/request/amount": 1},
            "chargeId",
        ),
        reports(
            "refunded by a refund that is not finished",
            BY_ID,
            {**given_back(76_000), f"{CHARGE}/refunds": [{"status": "PENDING"}]},
            "chargeId",
        ),
    ),
    refund.refund_in_flight: (
        clear("one succeeded", BY_ID, {REFUNDS: [{"status": "SUCCEEDED"}]}),
        clear("one failed", BY_ID, {REFUNDS: [{"status": "FAILED"}]}),
        clear("one was canceled", BY_ID, {REFUNDS: [{"status": "CANCELED"}]}),
        reports("one is pending", BY_ID, {REFUNDS: [{"status": "PENDING"}]}, "chargeId", evidence={"charge": "ch_1"}),
        reports("one waits for somebody", BY_ID, {REFUNDS: [{"status": "REQUIRES_ACTION"}]}, "chargeId"),
        reports("the second is pending", BY_ID, {REFUNDS: [{"status": "FAILED"}, {"status": "PENDING"}]}, "chargeId"),
        reports(
            "one is pending, of a charge of an intent",
            BY_INTENT,
            {f"{OF_INTENT}/refunds": [{"status": "PENDING"}]},
            "paymentIntentId",
        ),
        reports(
            "the same refund is asked for twice",
            BY_ID,
            {REFUNDS: [{"status": "PENDING"}], f"{CHARGE}/amountRefunded": 40_000, "/request/amount": 40_000},
            "chargeId",
        ),
        clear("the refunds of a charge that did not succeed", BY_INTENT, {REFUNDS: [{"status": "PENDING"}]}),
    ),
    refund.charge_refund_unsupported: (
        clear("it can", BY_ID, {CAPABILITIES: {"supportsRefund": True}}),
        clear("null", BY_ID, {CAPABILITIES: None}),
        clear("nothing stated", BY_ID, {CAPABILITIES: {}}),
        reports("it cannot", BY_ID, {CAPABILITIES: {"supportsRefund": False}}, "chargeId", evidence={"charge": "ch_1"}),
    ),
    refund.charge_missing_balance_transaction: (
        clear("it has one", BY_ID, {TRANSACTION: {"id": "txn_9"}}),
        reports("it has none", BY_ID, {TRANSACTION: None}, "chargeId", evidence={"charge": "ch_1"}),
        reports("nothing stated", BY_ID, {TRANSACTION: REMOVED}, "chargeId"),
        reports("it has none, nor fee data", BY_ID, {TRANSACTION: None, f"{CHARGE}/feeData": {}}, "chargeId"),
    ),
    refund.charge_missing_fee_data: (
        clear("both fees", BY_ID, {FEES: {"processorFee": 1, "platformFee": 2}}),
        clear("two fees of nothing", BY_ID, {FEES: {"processorFee": 0, "platformFee": 0}}),
        reports("neither", BY_ID, {FEES: {}}, "chargeId", evidence={"charge": "ch_1"}),
        reports("both null", BY_ID, {FEES: {"processorFee": None, "platformFee": None}}, "chargeId"),
    ),
    refund.charge_incomplete_fee_data: (
        clear("both fees", BY_ID, {FEES: {"processorFee": 1, "platformFee": 2}}),
        clear("two fees of nothing", BY_ID, {FEES: {"processorFee": 0, "platformFee": 0}}),
        reports(
            "the processor's only",
            BY_ID,
            {FEES: {"processorFee": 0}},
            "chargeId",
            evidence={"charge": "ch_1", "processorFee": 0, "platformFee": None},
        ),
        reports("the platform's only", BY_ID, {FEES: {"processorFee": None, "platformFee": 500}}, "chargeId"),
        reports(
            "the platform's only, by its intent",
            BY_INTENT,
            {f"{OF_INTENT}/feeData": {"platformFee": 500}},
            "paymentIntentId",
            evidence={"charge": "ch_2", "processorFee": None, "platformFee": 500},
        ),
        undecided(
            "nobody looked its fees up, nor asked whether it has any",
            BY_ID,
            {FEES: None},
            "chargeId",
            "charges.feeData[ch_1]",
            off=("charge_missing_fee_data",),
        ),
    ),
}

test_rows = rows_test(ROWS)
