"""The rules on a refund, and on the charge that it is taken from."""

from typing import Any

from rules_engine.examples import REMOVED
from rules_engine.rules import refund
from tests.rules.table import Changes, Table, clear, decided, reports, rows_test, shows, skipped, undecided

BY_ID, BY_INTENT = "refund_create", "refund_create_by_intent"
CHARGE = "/facts/charges/ch_1"
"""The charge that the first example names; in the second, one that failed."""
GIVEN = f"{CHARGE}/amountRefunded"
OF_INTENT = "/facts/charges/ch_2"
"""The one charge of the second example's intent that succeeded: 60,000 of it are left."""
INTENT = "/facts/paymentIntents/pi_1"
AMOUNT, AVAILABLE = "/request/amount", "/facts/balances/EGP/available"
DISPUTED, STATUS, HELD, REFUNDS, CAPABILITIES, TRANSACTION, FEES = (
    f"{CHARGE}/{field}"
    for field in ("disputed", "status", "captured", "refunds", "processorCapabilities", "balanceTransaction", "feeData")
)
PARTIAL = f"{OF_INTENT}/processorCapabilities/supportsPartialRefund"
NO_CHARGE: Changes = {CHARGE: REMOVED, "/facts/missing": {"charges": ["ch_1"]}}
UNKNOWN_CHARGE: Changes = {"/facts/charges": {}}
NO_BALANCE: Changes = {"/facts/balances": {}, "/facts/missing": {"balances": ["EGP"]}}
OTHER_BALANCE: Changes = {"/facts/balances": {"USD": {"available": 500_000}}}
BOTH: Changes = {"/request/paymentIntentId": "pi_1"}
WRONG_AMOUNT = ("refund_amount_out_of_range", "amount")
NEEDS = tuple(need.name for need in refund.refund_amount_above_remaining.needs)


def given_back(refunded: int, amount: int = 76_000, captured: int | None = None) -> dict[str, Any]:
    """A charge of which something was given back."""
    return {
        GIVEN: refunded,
        f"{CHARGE}/amount": amount,
        f"{CHARGE}/amountCaptured": captured,
    }


ROWS: Table = {
    refund.refund_target_exclusive: (
        clear("a charge, and null", BY_ID, {"/request/paymentIntentId": None}),
        clear("an intent, and null", BY_INTENT, {"/request/chargeId": None}),
        reports("both empty", BY_ID, {"/request/chargeId": "", "/request/paymentIntentId": ""}, "paymentIntentId"),
        reports("both, and neither exists", BY_ID, {**BOTH, **NO_CHARGE}, "paymentIntentId"),
        reports(
            "both, and a charge that cannot be refunded",
            BY_ID,
            {**BOTH, HELD: False, AMOUNT: 76_001, **NO_BALANCE},
            "paymentIntentId",
        ),
        reports("both, and not provided", BY_ID, {**BOTH, **UNKNOWN_CHARGE, "/facts/balances": {}}, "paymentIntentId"),
        reports("both, and a wrong amount", BY_ID, {**BOTH, AMOUNT: 0}, "paymentIntentId", WRONG_AMOUNT),
    ),
    refund.refund_target_missing: (
        shows("neither", BY_ID, {"/request/chargeId": REMOVED}, "chargeId", {}),
        reports("both null", BY_INTENT, {"/request/chargeId": None, "/request/paymentIntentId": None}, "chargeId"),
        reports("wrong amount", BY_INTENT, {"/request/paymentIntentId": None, AMOUNT: -1}, "chargeId", WRONG_AMOUNT),
    ),
    refund.refund_target_empty: (
        reports(
            "empty, unknown", BY_ID, {"/request/chargeId": "", **UNKNOWN_CHARGE, "/facts/balances": {}}, "chargeId"
        ),
        reports(
            "blank",
            BY_ID,
            {"/request/chargeId": " ", "/facts/missing": {"charges": [" "]}},
            ("charge_missing", "chargeId"),
        ),
    ),
    refund.refund_amount_out_of_range: (
        reports("-1, and the balance is below that", BY_ID, {AMOUNT: -1, AVAILABLE: -2}, "amount"),
        clear("all that is left, above the most of a policy", BY_ID, {}, max_refund_amount=500),
        reports("0, and there is no charge", BY_ID, {**NO_CHARGE, AMOUNT: 0}, "amount", ("charge_missing", "chargeId")),
    ),
    refund.refund_amount_above_remaining: (
        clear("one less than all", BY_ID, {AMOUNT: 75_999}),
        clear("all", BY_ID, {AMOUNT: 76_000}),
        shows("one more than all", BY_ID, {AMOUNT: 76_001}, "amount", {"amount": 76_001, "remaining": 76_000}),
        clear("all that is left", BY_INTENT, {AMOUNT: 60_000}),
        clear(
            "all of the captured", BY_INTENT, {AMOUNT: 66_000, f"{OF_INTENT}/amountCaptured": None, AVAILABLE: 66_000}
        ),
        reports("more than is left, and than is available", BY_ID, {AMOUNT: 76_001, AVAILABLE: 0}, "amount"),
        decided("nothing stated, and not provided", BY_ID, UNKNOWN_CHARGE, off=NEEDS),
    ),
    refund.partial_refund_unsupported: (
        shows("a part", BY_INTENT, {PARTIAL: False}, "amount", {"amount": 19_000, "remaining": 60_000}),
        reports("all but one", BY_INTENT, {PARTIAL: False, AMOUNT: 59_999}, "amount"),
        clear("all that is left", BY_INTENT, {PARTIAL: False, AMOUNT: 60_000}),
        clear("nothing stated", BY_INTENT, {PARTIAL: False, AMOUNT: None}),
        clear("a part, of a processor that states nothing", BY_INTENT, {f"{OF_INTENT}/processorCapabilities": None}),
        reports("a part, and more than is available", BY_INTENT, {PARTIAL: False, AVAILABLE: 0}, "amount"),
        reports("too much", BY_INTENT, {PARTIAL: False, AMOUNT: 60_001}, ("refund_amount_above_remaining", "amount")),
        skipped("no charge", BY_ID, {**NO_CHARGE, AMOUNT: 1}, "amount", by=("charge_missing", "chargeId")),
        skipped("failed", BY_ID, {STATUS: "FAILED", AMOUNT: 1}, "amount", by=("charge_not_succeeded", "chargeId")),
    ),
    refund.merchant_no_balance: (
        clear("it has one, written in lower case", BY_ID, {"/facts/balances": {"egp": {"available": 76_000}}}),
        shows("it has none", BY_ID, NO_BALANCE, None, {"currency": "egp"}),
        reports("none, in lower case", BY_ID, {"/facts/balances": {}, "/facts/missing": {"balances": ["egp"]}}, None),
        reports("one in another currency", BY_ID, {**OTHER_BALANCE, "/facts/missing": {"balances": ["EGP"]}}, None),
        clear("it has none in another currency", BY_ID, {"/facts/missing": {"balances": ["USD"]}}),
        reports(
            "two charges, currency unknown",
            BY_INTENT,
            {STATUS: "SUCCEEDED", **NO_BALANCE},
            ("payment_intent_without_one_charge", "paymentIntentId"),
        ),
        undecided("a currency that is none", BY_ID, {f"{CHARGE}/currency": "egx"}, None, "balances[EGX]"),
    ),
    refund.insufficient_balance: (
        clear("one more than the amount", BY_ID, {AMOUNT: 19_000, AVAILABLE: 19_001}),
        clear("just the amount", BY_ID, {AMOUNT: 19_000, AVAILABLE: 19_000}),
        shows(
            "one less",
            BY_ID,
            {AMOUNT: 19_000, AVAILABLE: 18_999},
            "amount",
            {"refundAmount": 19_000, "available": 18_999},
        ),
        clear("just all that is left", BY_INTENT, {AMOUNT: None, AVAILABLE: 60_000}),
        shows(
            "one less than all that is left",
            BY_INTENT,
            {AMOUNT: None, AVAILABLE: 59_999},
            "paymentIntentId",
            {"refundAmount": 60_000, "available": 59_999},
        ),
        reports("nothing is available", BY_ID, {AMOUNT: 1, AVAILABLE: 0}, "amount"),
        reports("less than nothing is available", BY_ID, {AMOUNT: 1, AVAILABLE: -1}, "amount"),
    ),
    refund.charge_missing: (
        clear("null", BY_INTENT, {"/request/chargeId": None}),
        reports(
            "another one is known not to exist, and this one is known",
            BY_ID,
            {"/facts/missing": {"charges": ["ch_2"]}, "/request/chargeId": "ch_2"},
            "chargeId",
        ),
        decided("charges of an intent not provided", BY_INTENT, UNKNOWN_CHARGE),
        clear("a charge of the intent that did not succeed", BY_INTENT, NO_CHARGE),
    ),
    refund.payment_intent_without_one_charge: (
        clear("one of one", BY_INTENT, {f"{INTENT}/charges": [{"id": "ch_2"}]}),
        clear("the same one twice", BY_INTENT, {f"{INTENT}/charges": [{"id": "ch_2"}, {"id": "ch_2"}]}),
        clear("one that was not refunded yet", BY_INTENT, {f"{OF_INTENT}/status": "SUCCEEDED"}),
        clear("the other is pending", BY_INTENT, {STATUS: "PENDING"}),
        clear("the other was canceled", BY_INTENT, {STATUS: "CANCELED"}),
        shows("two succeeded", BY_INTENT, {STATUS: "SUCCEEDED"}, "paymentIntentId", {"succeededCharges": 2}),
        reports("two, one refunded in part", BY_INTENT, {STATUS: "PARTIALLY_REFUNDED", GIVEN: 1}, "paymentIntentId"),
        shows("none did", BY_INTENT, {f"{OF_INTENT}/status": "FAILED"}, "paymentIntentId", {"succeededCharges": 0}),
        reports("no charge at all", BY_INTENT, {f"{INTENT}/charges": []}, "paymentIntentId"),
        reports(
            "the one that succeeded does not exist",
            BY_INTENT,
            {OF_INTENT: REMOVED, "/facts/missing": {"charges": ["ch_2"]}},
            "paymentIntentId",
        ),
        undecided(
            "third unknown", BY_INTENT, {f"{INTENT}/charges/-": {"id": "ch_3"}}, "paymentIntentId", "charges[ch_3]"
        ),
        undecided(
            "two succeeded, and a third one not provided",
            BY_INTENT,
            {STATUS: "SUCCEEDED", f"{INTENT}/charges/-": {"id": "ch_3"}},
            "paymentIntentId",
            "charges[ch_3]",
        ),
        decided("a charge of its own id not provided", BY_ID, UNKNOWN_CHARGE),
    ),
    refund.charge_not_captured: (
        clear("nothing stated", BY_ID, {HELD: REMOVED}),
        shows("not captured", BY_ID, {HELD: False}, "chargeId", {"charge": "ch_1", "captured": False}),
        reports("not captured, because it failed", BY_ID, {HELD: False, STATUS: "FAILED"}, "chargeId"),
        reports(
            "not captured, with nothing in the books",
            BY_ID,
            {
                HELD: False,
                f"{CHARGE}/amountCaptured": 0,
                TRANSACTION: None,
                FEES: {},
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
        clear("refunded in part", BY_ID, {STATUS: "PARTIALLY_REFUNDED", GIVEN: 1}),
        shows("pending", BY_ID, {STATUS: "PENDING"}, "chargeId", {"charge": "ch_1", "status": "PENDING"}),
        reports("failed", BY_ID, {STATUS: "FAILED"}, "chargeId"),
        reports("canceled", BY_ID, {STATUS: "CANCELED"}, "chargeId"),
        reports(
            "failed, with nothing in the books", BY_ID, {STATUS: "FAILED", TRANSACTION: None, FEES: {}}, "chargeId"
        ),
        undecided("charge not provided", BY_ID, UNKNOWN_CHARGE, "chargeId", "charges[ch_1]"),
        undecided("intent not provided", BY_INTENT, {INTENT: REMOVED}, "paymentIntentId", "paymentIntents[pi_1]"),
        undecided(
            "charges not listed",
            BY_INTENT,
            {f"{INTENT}/charges": None},
            "paymentIntentId",
            "paymentIntents.charges[pi_1]",
        ),
        undecided("one of its charges unknown", BY_INTENT, {CHARGE: REMOVED}, "paymentIntentId", "charges[ch_1]"),
    ),
    refund.charge_fully_refunded: (
        clear("all of it is left", BY_ID, given_back(0)),
        clear("one is left", BY_ID, given_back(75_999)),
        shows(
            "none left",
            BY_ID,
            given_back(76_000),
            "chargeId",
            {"charge": "ch_1", "status": "SUCCEEDED", "remaining": 0},
        ),
        reports("more was given back than was taken", BY_ID, given_back(76_001), "chargeId"),
        reports("a charge of nothing", BY_ID, given_back(0, amount=0), "chargeId"),
        clear("one is left of what was captured", BY_ID, given_back(9_999, captured=10_000)),
        reports("nothing is left of what was captured", BY_ID, given_back(10_000, captured=10_000), "chargeId"),
        reports(
            "refunded, and more is asked for",
            BY_ID,
            {STATUS: "REFUNDED", **given_back(76_000), "/request/amount": 1},
            "chargeId",
        ),
        reports(
            "refunded by a refund that is not finished",
            BY_ID,
            {**given_back(76_000), REFUNDS: [{"status": "PENDING"}]},
            "chargeId",
        ),
    ),
    refund.refund_in_flight: (
        clear("one succeeded", BY_ID, {REFUNDS: [{"status": "SUCCEEDED"}]}),
        clear("one failed", BY_ID, {REFUNDS: [{"status": "FAILED"}]}),
        clear("one was canceled", BY_ID, {REFUNDS: [{"status": "CANCELED"}]}),
        shows("one is pending", BY_ID, {REFUNDS: [{"status": "PENDING"}]}, "chargeId", {"charge": "ch_1"}),
        reports("one waits for an action", BY_ID, {REFUNDS: [{"status": "REQUIRES_ACTION"}]}, "chargeId"),
        reports("the second is pending", BY_ID, {REFUNDS: [{"status": "FAILED"}, {"status": "PENDING"}]}, "chargeId"),
        reports(
            "pending, by its intent", BY_INTENT, {f"{OF_INTENT}/refunds": [{"status": "PENDING"}]}, "paymentIntentId"
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
        shows("it cannot", BY_ID, {CAPABILITIES: {"supportsRefund": False}}, "chargeId", {"charge": "ch_1"}),
    ),
    refund.charge_disputed: (
        clear("it is not", BY_ID, {DISPUTED: False}),
        shows("it is", BY_ID, {DISPUTED: True}, "chargeId", {"charge": "ch_1", "disputed": True}),
        reports("a part of it", BY_ID, {DISPUTED: True, AMOUNT: 1}, "chargeId"),
        reports("a part of it, and too little is left", BY_ID, {DISPUTED: True, AVAILABLE: 0}, "chargeId"),
        reports("by its intent", BY_INTENT, {f"{OF_INTENT}/disputed": True}, "paymentIntentId"),
        clear("another charge of the intent", BY_INTENT, {DISPUTED: True}),
        undecided("absent", BY_ID, {DISPUTED: REMOVED}, "chargeId", "charges.disputed[ch_1]"),
    ),
    refund.charge_missing_balance_transaction: (
        clear("it has one", BY_ID, {TRANSACTION: {"id": "txn_9"}}),
        shows("it has none", BY_ID, {TRANSACTION: None}, "chargeId", {"charge": "ch_1"}),
        reports("nothing stated", BY_ID, {TRANSACTION: REMOVED}, "chargeId"),
        reports("it has none, nor fee data", BY_ID, {TRANSACTION: None, FEES: {}}, "chargeId"),
    ),
    refund.charge_missing_fee_data: (
        clear("both fees", BY_ID, {FEES: {"processorFee": 1, "platformFee": 2}}),
        clear("two fees of nothing", BY_ID, {FEES: {"processorFee": 0, "platformFee": 0}}),
        shows("neither", BY_ID, {FEES: {}}, "chargeId", {"charge": "ch_1"}),
        reports("both null", BY_ID, {FEES: {"processorFee": None, "platformFee": None}}, "chargeId"),
    ),
    refund.charge_incomplete_fee_data: (
        clear("both fees", BY_ID, {FEES: {"processorFee": 1, "platformFee": 2}}),
        clear("two fees of nothing", BY_ID, {FEES: {"processorFee": 0, "platformFee": 0}}),
        shows(
            "the processor's only",
            BY_ID,
            {FEES: {"processorFee": 0}},
            "chargeId",
            {"charge": "ch_1", "processorFee": 0, "platformFee": None},
        ),
        reports("the platform's only", BY_ID, {FEES: {"processorFee": None, "platformFee": 500}}, "chargeId"),
        shows(
            "the platform's only, by its intent",
            BY_INTENT,
            {f"{OF_INTENT}/feeData": {"platformFee": 500}},
            "paymentIntentId",
            {"charge": "ch_2", "processorFee": None, "platformFee": 500},
        ),
    ),
}

test_rows = rows_test(ROWS)
