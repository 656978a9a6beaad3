"""Boundaries of the rules on refunds."""

from rules_engine.examples import REMOVED
from rules_engine.rules import refund
from tests.rules.refunds import (
    AMOUNT,
    AVAILABLE,
    BY_ID,
    BY_INTENT,
    CHARGE,
    NO_BALANCE,
    NO_CHARGE,
    OF_INTENT,
    REFUNDABLE,
    UNKNOWN_CHARGE,
    Refusal,
    skipped_while,
)
from tests.rules.table import Changes, Table, clear, decided, reports, rows_test, undecided

BOTH: Changes = {"/request/paymentIntentId": "pi_1"}
WRONG_AMOUNT: Refusal = (BY_ID, {AMOUNT: 0}, ("refund_amount_out_of_range", "amount"))
MOST = 9_007_199_254_740_991
RICH: Changes = {f"{CHARGE}/amount": MOST + 1, AVAILABLE: MOST + 1}
OTHER_BALANCE: Changes = {"/facts/balances": {"USD": {"available": 500_000}}}
PARTIAL = f"{OF_INTENT}/processorCapabilities/supportsPartialRefund"


def asking(refused: tuple[Refusal, ...], amount: int) -> tuple[Refusal, ...]:
    """The same refusals, of a request that states an amount."""
    return tuple((example, {**changes, AMOUNT: amount}, by) for example, changes, by in refused)


TEXT = "/request/description"


ROWS: Table = {
    refund.refund_target_exclusive: (
        clear("a charge, and null", BY_ID, {"/request/paymentIntentId": None}),
        clear("an intent, and null", BY_INTENT, {"/request/chargeId": None}),
        reports("both empty", BY_ID, {"/request/chargeId": "", "/request/paymentIntentId": ""}, "paymentIntentId"),
        reports("both, and neither exists", BY_ID, {**BOTH, **NO_CHARGE}, "paymentIntentId"),
        reports(
            "both, and nothing is looked at of the charge",
            BY_ID,
            {**BOTH, f"{CHARGE}/captured": False, AMOUNT: 76_001, **NO_BALANCE},
            "paymentIntentId",
        ),
        reports("both, and nobody looked", BY_ID, {**BOTH, **UNKNOWN_CHARGE, "/facts/balances": {}}, "paymentIntentId"),
        reports("both, and a wrong amount", BY_ID, {**BOTH, AMOUNT: 0}, "paymentIntentId", WRONG_AMOUNT[2]),
    ),
    refund.refund_target_missing: (
        reports("neither", BY_ID, {"/request/chargeId": REMOVED}, "chargeId", evidence={}),
        reports("both null", BY_INTENT, {"/request/chargeId": None, "/request/paymentIntentId": None}, "chargeId"),
        reports(
            "neither, and a wrong amount",
            BY_INTENT,
            {"/request/paymentIntentId": None, AMOUNT: -1},
            "chargeId",
            WRONG_AMOUNT[2],
        ),
    ),
    refund.refund_target_empty: (
        reports(
            "empty, and nobody looked",
            BY_ID,
            {"/request/chargeId": "", **UNKNOWN_CHARGE, "/facts/balances": {}},
            "chargeId",
        ),
        reports(
            "a blank is not empty",
            BY_ID,
            {"/request/chargeId": " ", "/facts/missing": {"charges": [" "]}},
            ("charge_missing", "chargeId"),
        ),
    ),
    refund.refund_amount_out_of_range: (
        clear("null", BY_ID, {AMOUNT: None}),
        reports("-1", BY_ID, {AMOUNT: -1}, "amount"),
        reports("-1, and the balance is below that", BY_ID, {AMOUNT: -1, AVAILABLE: -2}, "amount"),
        clear("the most", BY_ID, {**RICH, AMOUNT: MOST}),
        reports("one more", BY_ID, {**RICH, AMOUNT: MOST + 1}, "amount"),
        clear("the most of a policy", BY_ID, {AMOUNT: 500}, max_refund_amount=500),
        reports("more than the most of a policy", BY_ID, {AMOUNT: 501}, "amount", max_refund_amount=500),
        clear("all that is left, above the most of a policy", BY_ID, {}, max_refund_amount=500),
        reports("0, and there is no charge", BY_ID, {**NO_CHARGE, AMOUNT: 0}, "amount", ("charge_missing", "chargeId")),
    ),
    refund.refund_description_too_long: (
        clear("none", BY_ID, {TEXT: None}),
        clear("empty", BY_ID, {TEXT: ""}),
        clear("499", BY_ID, {TEXT: "م" * 499}),
        clear("500", BY_ID, {TEXT: "م" * 500}),
        reports("501", BY_ID, {TEXT: "م" * 501}, "description", evidence={"maximum": 500}),
        clear("as many as a policy allows", BY_ID, {TEXT: "xx"}, max_refund_description_length=2),
        reports("more than a policy allows", BY_ID, {TEXT: "xxx"}, "description", max_refund_description_length=2),
        clear("empty where a policy allows none", BY_ID, {TEXT: ""}, max_refund_description_length=0),
    ),
    refund.refund_amount_above_remaining: (
        clear("one less than all", BY_ID, {AMOUNT: 75_999}),
        clear("all", BY_ID, {AMOUNT: 76_000}),
        reports(
            "one more than all", BY_ID, {AMOUNT: 76_001}, "amount", evidence={"amount": 76_001, "remaining": 76_000}
        ),
        clear("all that is left", BY_INTENT, {AMOUNT: 60_000}),
        clear(
            "all of it, where all was captured",
            BY_INTENT,
            {AMOUNT: 66_000, f"{OF_INTENT}/amountCaptured": None, AVAILABLE: 66_000},
        ),
        reports("more than is left, and than is available", BY_ID, {AMOUNT: 76_001, AVAILABLE: 0}, "amount"),
        undecided(
            "nobody looked the charge up, nor asked whether it exists",
            BY_ID,
            {AMOUNT: 1, **UNKNOWN_CHARGE},
            "amount",
            "charges[ch_1]",
            off=tuple(by[0] for _, _, by in REFUNDABLE),
        ),
        decided(
            "nothing stated, and nobody looked", BY_ID, UNKNOWN_CHARGE, off=tuple(by[0] for _, _, by in REFUNDABLE)
        ),
    ),
    refund.partial_refund_unsupported: (
        reports("a part", BY_INTENT, {PARTIAL: False}, "amount", evidence={"amount": 19_000, "remaining": 60_000}),
        reports("all but one", BY_INTENT, {PARTIAL: False, AMOUNT: 59_999}, "amount"),
        clear("all that is left", BY_INTENT, {PARTIAL: False, AMOUNT: 60_000}),
        clear("nothing stated", BY_INTENT, {PARTIAL: False, AMOUNT: None}),
        clear("a part, of a processor that says nothing", BY_INTENT, {f"{OF_INTENT}/processorCapabilities": None}),
        reports("a part, and more than is available", BY_INTENT, {PARTIAL: False, AVAILABLE: 0}, "amount"),
        reports(
            "more than is left",
            BY_INTENT,
            {PARTIAL: False, AMOUNT: 60_001},
            ("refund_amount_above_remaining", "amount"),
        ),
        undecided("nobody looked the charge up", BY_ID, {AMOUNT: 1, **UNKNOWN_CHARGE}, "amount", "charges[ch_1]"),
        *skipped_while(asking(REFUNDABLE, 1), "amount"),
    ),
    refund.merchant_no_balance: (
        clear(
            "it has one, whose code is written in lower case",
            BY_ID,
            {"/facts/balances": {"egp": {"available": 76_000}}},
        ),
        reports("it has none", BY_ID, NO_BALANCE, None, evidence={"currency": "egp"}),
        reports(
            "it has none, written in lower case",
            BY_ID,
            {"/facts/balances": {}, "/facts/missing": {"balances": ["egp"]}},
            None,
        ),
        reports(
            "it has one in another currency", BY_ID, {**OTHER_BALANCE, "/facts/missing": {"balances": ["EGP"]}}, None
        ),
        clear("it has none in another currency", BY_ID, {"/facts/missing": {"balances": ["USD"]}}),
        reports(
            "two charges, and nobody knows in which currency",
            BY_INTENT,
            {f"{CHARGE}/status": "SUCCEEDED", **NO_BALANCE},
            ("payment_intent_without_one_charge", "paymentIntentId"),
        ),
        undecided("a currency that is none", BY_ID, {f"{CHARGE}/currency": "egx"}, None, "balances[EGX]"),
    ),
    refund.insufficient_balance: (
        clear("one more than the amount", BY_ID, {AMOUNT: 19_000, AVAILABLE: 19_001}),
        clear("just the amount", BY_ID, {AMOUNT: 19_000, AVAILABLE: 19_000}),
        reports(
            "one less than the amount",
            BY_ID,
            {AMOUNT: 19_000, AVAILABLE: 18_999},
            "amount",
            evidence={"amount": 19_000, "available": 18_999},
        ),
        clear("just all that is left", BY_INTENT, {AMOUNT: None, AVAILABLE: 60_000}),
        reports(
            "one less than all that is left",
            BY_INTENT,
            {AMOUNT: None, AVAILABLE: 59_999},
            "paymentIntentId",
            evidence={"amount": 60_000, "available": 59_999},
        ),
        reports("nothing is available", BY_ID, {AMOUNT: 1, AVAILABLE: 0}, "amount"),
        reports("less than nothing is available", BY_ID, {AMOUNT: 1, AVAILABLE: -1}, "amount"),
        undecided(
            "nobody looked for a balance",
            BY_ID,
            {"/facts/balances": {}},
            "chargeId",
            "balances[EGP]",
            off=("merchant_no_balance",),
        ),
    ),
}

test_rows = rows_test(ROWS)
