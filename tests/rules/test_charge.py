"""Boundaries of the rules on the charge that a refund is taken from."""

from typing import Any

from rules_engine.examples import REMOVED
from rules_engine.rules import refund
from tests.rules.refunds import (
    BY_ID,
    BY_INTENT,
    CHARGE,
    FOUND,
    INTENT,
    NO_CHARGE,
    OF_INTENT,
    TAKEN,
    UNKNOWN_CHARGE,
    Refusal,
    skipped_while,
)
from tests.rules.table import Row, RuleTable, clear, decided, says, undecided

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


class TestChargeMissing(RuleTable):
    """A charge that a request names has to exist."""

    rule = refund.charge_missing
    rows = (
        clear("the charge that is known", BY_ID, {}),
        says("known not to exist", BY_ID, NO_CHARGE, "chargeId", evidence={}),
        clear("null", BY_INTENT, {"/request/chargeId": None}),
        says(
            "another one is known not to exist, and this one is known",
            BY_ID,
            {"/facts/missing": {"charges": ["ch_2"]}, "/request/chargeId": "ch_2"},
            "chargeId",
        ),
        undecided("nobody looked the charge up", BY_ID, UNKNOWN_CHARGE, "chargeId", "charges[ch_1]"),
        decided("nobody looked the charges of an intent up", BY_INTENT, UNKNOWN_CHARGE),
        clear("a charge of the intent that did not succeed", BY_INTENT, NO_CHARGE),
    )


class TestPaymentIntentWithoutOneCharge(RuleTable):
    """Of the charges of a payment intent exactly one succeeded: neither none nor two."""

    rule = refund.payment_intent_without_one_charge
    BOTH = f"{CHARGE}/status"
    rows = (
        clear("one of two", BY_INTENT, {}),
        clear("one of one", BY_INTENT, {f"{INTENT}/charges": [{"id": "ch_2"}]}),
        clear("the same one twice", BY_INTENT, {f"{INTENT}/charges": [{"id": "ch_2"}, {"id": "ch_2"}]}),
        clear("one that was not refunded yet", BY_INTENT, {f"{OF_INTENT}/status": "SUCCEEDED"}),
        clear("the other is pending", BY_INTENT, {BOTH: "PENDING"}),
        clear("the other was canceled", BY_INTENT, {BOTH: "CANCELED"}),
        says("two succeeded", BY_INTENT, {BOTH: "SUCCEEDED"}, "paymentIntentId", evidence={"succeededCharges": 2}),
        says("two, one of them refunded", BY_INTENT, {BOTH: "REFUNDED"}, "paymentIntentId"),
        says("two, both refunded in part", BY_INTENT, {BOTH: "PARTIALLY_REFUNDED"}, "paymentIntentId"),
        says(
            "none succeeded",
            BY_INTENT,
            {f"{OF_INTENT}/status": "FAILED"},
            "paymentIntentId",
            evidence={"succeededCharges": 0},
        ),
        says("no charge at all", BY_INTENT, {f"{INTENT}/charges": []}, "paymentIntentId"),
        says(
            "the one that succeeded does not exist",
            BY_INTENT,
            {OF_INTENT: REMOVED, "/facts/missing": {"charges": ["ch_2"]}},
            "paymentIntentId",
        ),
        clear("a charge by its own id", BY_ID, {}),
        *NOBODY_LOOKED[1:],
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
        *skipped_while(FOUND[:1]),
    )


class TestChargeNotCaptured(RuleTable):
    """Money that was only held is not given back."""

    rule = refund.charge_not_captured
    HELD = f"{CHARGE}/captured"
    rows = (
        clear("captured", BY_ID, {HELD: True}),
        clear("nothing stated", BY_ID, {HELD: REMOVED}),
        says("not captured", BY_ID, {HELD: False}, "chargeId", evidence={"charge": "ch_1", "captured": False}),
        says("not captured, by its intent", BY_INTENT, {f"{OF_INTENT}/captured": False}, "paymentIntentId"),
        says("not captured, because it failed", BY_ID, {HELD: False, f"{CHARGE}/status": "FAILED"}, "chargeId"),
        says(
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
        says(
            "not captured, and more asked for than is available",
            BY_ID,
            {HELD: False, "/request/amount": 80_000, "/facts/balances/EGP/available": 0},
            "chargeId",
        ),
        *NOBODY_LOOKED,
        *skipped_while(FOUND),
    )


class TestChargeNotSucceeded(RuleTable):
    """Only what was paid is given back."""

    rule = refund.charge_not_succeeded
    STATUS = f"{CHARGE}/status"
    rows = (
        clear("succeeded", BY_ID, {STATUS: "SUCCEEDED"}),
        clear("refunded in part", BY_ID, {STATUS: "PARTIALLY_REFUNDED"}),
        says(
            "pending",
            BY_ID,
            {STATUS: "PENDING"},
            "chargeId",
            evidence={"charge": "ch_1", "status": "PENDING"},
        ),
        says("failed", BY_ID, {STATUS: "FAILED"}, "chargeId"),
        says("canceled", BY_ID, {STATUS: "CANCELED"}, "chargeId"),
        says(
            "failed, with nothing in the books",
            BY_ID,
            {STATUS: "FAILED", f"{CHARGE}/balanceTransaction": None, f"{CHARGE}/feeData": {}},
            "chargeId",
        ),
        *NOBODY_LOOKED,
        *skipped_while(TAKEN[:-1]),
    )


def given_back(refunded: int, amount: int = 76_000, captured: int | None = None) -> dict[str, Any]:
    """A charge of which something was given back."""
    return {
        f"{CHARGE}/amountRefunded": refunded,
        f"{CHARGE}/amount": amount,
        f"{CHARGE}/amountCaptured": captured,
    }


class TestChargeFullyRefunded(RuleTable):
    """Something has to be left of the charge."""

    rule = refund.charge_fully_refunded
    rows = (
        clear("all of it is left", BY_ID, given_back(0)),
        clear("one is left", BY_ID, given_back(75_999)),
        says(
            "nothing is left",
            BY_ID,
            given_back(76_000),
            "chargeId",
            evidence={"charge": "ch_1", "status": "SUCCEEDED", "remaining": 0},
        ),
        says("more was given back than was taken", BY_ID, given_back(76_001), "chargeId"),
        says("a charge of nothing", BY_ID, given_back(0, amount=0), "chargeId"),
        says("a charge of less than nothing", BY_ID, given_back(0, amount=-1), "chargeId"),
        clear("one is left of what was captured", BY_ID, given_back(9_999, captured=10_000)),
        says("nothing is left of what was captured", BY_ID, given_back(10_000, captured=10_000), "chargeId"),
        says("refunded, whatever the amounts", BY_ID, {f"{CHARGE}/status": "REFUNDED"}, "chargeId"),
        says(
            "refunded, and more is asked for",
            BY_ID,
            {f"{CHARGE}/status": "REFUNDED", **given_back(76_000), "/request/amount": 1},
            "chargeId",
        ),
        says(
            "refunded by a refund that is not finished",
            BY_ID,
            {**given_back(76_000), f"{CHARGE}/refunds": [{"status": "PENDING"}]},
            "chargeId",
        ),
        *NOBODY_LOOKED,
        *skipped_while(TAKEN),
    )


class TestRefundInFlight(RuleTable):
    """One refund of a charge is finished before the next is asked for."""

    rule = refund.refund_in_flight
    REFUNDS = f"{CHARGE}/refunds"
    rows = (
        clear("none", BY_ID, {REFUNDS: []}),
        clear("one succeeded", BY_ID, {REFUNDS: [{"status": "SUCCEEDED"}]}),
        clear("one failed", BY_ID, {REFUNDS: [{"status": "FAILED"}]}),
        clear("one was canceled", BY_ID, {REFUNDS: [{"status": "CANCELED"}]}),
        says("one is pending", BY_ID, {REFUNDS: [{"status": "PENDING"}]}, "chargeId", evidence={"charge": "ch_1"}),
        says("one waits for somebody", BY_ID, {REFUNDS: [{"status": "REQUIRES_ACTION"}]}, "chargeId"),
        says("the second is pending", BY_ID, {REFUNDS: [{"status": "FAILED"}, {"status": "PENDING"}]}, "chargeId"),
        says(
            "one is pending, of a charge of an intent",
            BY_INTENT,
            {f"{OF_INTENT}/refunds": [{"status": "PENDING"}]},
            "paymentIntentId",
        ),
        says(
            "the same refund is asked for twice",
            BY_ID,
            {REFUNDS: [{"status": "PENDING"}], f"{CHARGE}/amountRefunded": 40_000, "/request/amount": 40_000},
            "chargeId",
        ),
        undecided("nobody looked its refunds up", BY_ID, {REFUNDS: None}, "chargeId", "charges.refunds[ch_1]"),
        clear("the refunds of a charge that did not succeed", BY_INTENT, {REFUNDS: [{"status": "PENDING"}]}),
        *NOBODY_LOOKED,
        *skipped_while(TAKEN),
        *skipped_while(((BY_ID, {f"{CHARGE}/status": "REFUNDED"}, ("charge_fully_refunded", "chargeId")),)),
    )


class TestChargeRefundUnsupported(RuleTable):
    """A processor that gives nothing back is not asked to."""

    rule = refund.charge_refund_unsupported
    CAPABILITIES = f"{CHARGE}/processorCapabilities"
    rows = (
        clear("it can", BY_ID, {CAPABILITIES: {"supportsRefund": True}}),
        clear("null", BY_ID, {CAPABILITIES: None}),
        clear("nothing stated", BY_ID, {CAPABILITIES: {}}),
        says("it cannot", BY_ID, {CAPABILITIES: {"supportsRefund": False}}, "chargeId", evidence={"charge": "ch_1"}),
        says(
            "it cannot, nor a part",
            BY_INTENT,
            {f"{OF_INTENT}/processorCapabilities": {"supportsRefund": False, "supportsPartialRefund": False}},
            "paymentIntentId",
        ),
        *NOBODY_LOOKED,
        *skipped_while(FOUND),
    )


class TestChargeMissingBalanceTransaction(RuleTable):
    """A charge that was paid stands in the balance."""

    rule = refund.charge_missing_balance_transaction
    TRANSACTION = f"{CHARGE}/balanceTransaction"
    rows = (
        clear("it has one", BY_ID, {TRANSACTION: {"id": "txn_9"}}),
        says("it has none", BY_ID, {TRANSACTION: None}, "chargeId", evidence={"charge": "ch_1"}),
        says("nothing stated", BY_ID, {TRANSACTION: REMOVED}, "chargeId"),
        says("it has none, nor fee data", BY_ID, {TRANSACTION: None, f"{CHARGE}/feeData": {}}, "chargeId"),
        says("it has none, by its intent", BY_INTENT, {f"{OF_INTENT}/balanceTransaction": None}, "paymentIntentId"),
        *NOBODY_LOOKED,
        *skipped_while(TAKEN),
    )


class TestChargeMissingFeeData(RuleTable):
    """What the processor and the platform kept of a charge is known."""

    rule = refund.charge_missing_fee_data
    FEES = f"{CHARGE}/feeData"
    rows = (
        clear("both fees", BY_ID, {FEES: {"processorFee": 1, "platformFee": 2}}),
        clear("two fees of nothing", BY_ID, {FEES: {"processorFee": 0, "platformFee": 0}}),
        says("neither", BY_ID, {FEES: {}}, "chargeId", evidence={"charge": "ch_1"}),
        says("both null", BY_ID, {FEES: {"processorFee": None, "platformFee": None}}, "chargeId"),
        undecided("nobody looked its fees up", BY_ID, {FEES: None}, "chargeId", "charges.feeData[ch_1]"),
        *NOBODY_LOOKED,
        *skipped_while(TAKEN),
        *skipped_while((NO_TRANSACTION,)),
    )


class TestChargeIncompleteFeeData(RuleTable):
    """A charge with one of the two fees has the other as well."""

    rule = refund.charge_incomplete_fee_data
    FEES = f"{CHARGE}/feeData"
    rows = (
        clear("both fees", BY_ID, {FEES: {"processorFee": 1, "platformFee": 2}}),
        clear("two fees of nothing", BY_ID, {FEES: {"processorFee": 0, "platformFee": 0}}),
        says(
            "the processor's only",
            BY_ID,
            {FEES: {"processorFee": 0}},
            "chargeId",
            evidence={"charge": "ch_1", "processorFee": 0, "platformFee": None},
        ),
        says("the platform's only", BY_ID, {FEES: {"processorFee": None, "platformFee": 500}}, "chargeId"),
        says(
            "the platform's only, by its intent",
            BY_INTENT,
            {f"{OF_INTENT}/feeData": {"platformFee": 500}},
            "paymentIntentId",
            evidence={"charge": "ch_2", "processorFee": None, "platformFee": 500},
        ),
        undecided("nobody looked its fees up", BY_ID, {FEES: None}, "chargeId", "charges.feeData[ch_1]"),
        undecided(
            "nobody looked its fees up, nor asked whether it has any",
            BY_ID,
            {FEES: None},
            "chargeId",
            "charges.feeData[ch_1]",
            off=("charge_missing_fee_data",),
        ),
        *NOBODY_LOOKED,
        *skipped_while(TAKEN),
        *skipped_while((NO_TRANSACTION, (BY_ID, {FEES: {}}, ("charge_missing_fee_data", "chargeId")))),
    )
