"""Boundaries of the rules on refunds."""

from rules_engine.examples import REMOVED
from rules_engine.rules import refund
from tests.rules.refunds import (
    AMOUNT,
    AVAILABLE,
    BY_ID,
    BY_INTENT,
    CHARGE,
    INTENT,
    NO_BALANCE,
    NO_CHARGE,
    OF_INTENT,
    REFUNDABLE,
    TAKEN,
    UNKNOWN_CHARGE,
    Refusal,
    skipped_while,
)
from tests.rules.table import Changes, RuleTable, clear, decided, says, skipped, undecided

BOTH: Changes = {"/request/paymentIntentId": "pi_1"}
WRONG_AMOUNT: Refusal = (BY_ID, {AMOUNT: 0}, ("refund_amount_out_of_range", "amount"))
MOST = 9_007_199_254_740_991
RICH: Changes = {f"{CHARGE}/amount": MOST + 1, AVAILABLE: MOST + 1}
OTHER_BALANCE: Changes = {"/facts/balances": {"USD": {"available": 500_000}}}
PARTIAL = f"{OF_INTENT}/processorCapabilities/supportsPartialRefund"


def asking(refused: tuple[Refusal, ...], amount: int) -> tuple[Refusal, ...]:
    """The same refusals, of a request that states an amount."""
    return tuple((example, {**changes, AMOUNT: amount}, by) for example, changes, by in refused)


class TestRefundTargetExclusive(RuleTable):
    """A refund is of one thing: a charge, or a payment intent."""

    rule = refund.refund_target_exclusive
    rows = (
        clear("a charge", BY_ID, {}),
        clear("a charge, and null", BY_ID, {"/request/paymentIntentId": None}),
        clear("an intent", BY_INTENT, {}),
        clear("an intent, and null", BY_INTENT, {"/request/chargeId": None}),
        says("both", BY_ID, BOTH, "paymentIntentId", evidence={}),
        says("both, one of them empty", BY_INTENT, {"/request/chargeId": ""}, "paymentIntentId"),
        says("both empty", BY_ID, {"/request/chargeId": "", "/request/paymentIntentId": ""}, "paymentIntentId"),
        says("both, and neither exists", BY_ID, {**BOTH, **NO_CHARGE}, "paymentIntentId"),
        says(
            "both, and nothing is looked at of the charge",
            BY_ID,
            {**BOTH, f"{CHARGE}/captured": False, AMOUNT: 76_001, **NO_BALANCE},
            "paymentIntentId",
        ),
        says("both, and nobody looked", BY_ID, {**BOTH, **UNKNOWN_CHARGE, "/facts/balances": {}}, "paymentIntentId"),
        says("both, and a wrong amount", BY_ID, {**BOTH, AMOUNT: 0}, "paymentIntentId", WRONG_AMOUNT[2]),
    )


class TestRefundTargetMissing(RuleTable):
    """A refund is of something."""

    rule = refund.refund_target_missing
    rows = (
        clear("a charge", BY_ID, {}),
        clear("an intent", BY_INTENT, {}),
        says("neither", BY_ID, {"/request/chargeId": REMOVED}, "chargeId", evidence={}),
        says("null", BY_ID, {"/request/chargeId": None}, "chargeId"),
        says("both null", BY_INTENT, {"/request/chargeId": None, "/request/paymentIntentId": None}, "chargeId"),
        says(
            "neither, and a wrong amount",
            BY_INTENT,
            {"/request/paymentIntentId": None, AMOUNT: -1},
            "chargeId",
            WRONG_AMOUNT[2],
        ),
    )


class TestRefundTargetEmpty(RuleTable):
    """An id has at least one character."""

    rule = refund.refund_target_empty
    rows = (
        clear("not empty", BY_ID, {}),
        says("the charge's is empty", BY_ID, {"/request/chargeId": ""}, "chargeId", evidence={}),
        says("the intent's is empty", BY_INTENT, {"/request/paymentIntentId": ""}, "paymentIntentId"),
        says(
            "empty, and nobody looked",
            BY_ID,
            {"/request/chargeId": "", **UNKNOWN_CHARGE, "/facts/balances": {}},
            "chargeId",
        ),
        says(
            "a blank is not empty",
            BY_ID,
            {"/request/chargeId": " ", "/facts/missing": {"charges": [" "]}},
            ("charge_missing", "chargeId"),
        ),
    )


class TestRefundAmountOutOfRange(RuleTable):
    """A refund is of 1 at least, and of 9,007,199,254,740,991 at most where the policy says nothing."""

    rule = refund.refund_amount_out_of_range
    rows = (
        clear("none", BY_ID, {}),
        clear("null", BY_ID, {AMOUNT: None}),
        clear("1", BY_ID, {AMOUNT: 1}),
        says("0", BY_ID, {AMOUNT: 0}, "amount", evidence={"amount": 0, "minimum": 1, "maximum": MOST}),
        says("-1", BY_ID, {AMOUNT: -1}, "amount"),
        says("-1, and the balance is below that", BY_ID, {AMOUNT: -1, AVAILABLE: -2}, "amount"),
        clear("the most", BY_ID, {**RICH, AMOUNT: MOST}),
        says("one more", BY_ID, {**RICH, AMOUNT: MOST + 1}, "amount"),
        says("one more, and above what is left", BY_ID, {AMOUNT: MOST + 1}, "amount"),
        clear("the most of a policy", BY_ID, {AMOUNT: 500}, max_refund_amount=500),
        says("more than the most of a policy", BY_ID, {AMOUNT: 501}, "amount", max_refund_amount=500),
        clear("all that is left, above the most of a policy", BY_ID, {}, max_refund_amount=500),
        says("0, and there is no charge", BY_ID, {**NO_CHARGE, AMOUNT: 0}, "amount", ("charge_missing", "chargeId")),
    )


class TestRefundDescriptionTooLong(RuleTable):
    """A description has at most as many characters as the policy allows, 500 where it says nothing."""

    rule = refund.refund_description_too_long
    TEXT = "/request/description"
    rows = (
        clear("none", BY_ID, {TEXT: None}),
        clear("empty", BY_ID, {TEXT: ""}),
        clear("499", BY_ID, {TEXT: "م" * 499}),
        clear("500", BY_ID, {TEXT: "م" * 500}),
        says("501", BY_ID, {TEXT: "م" * 501}, "description", evidence={"maximum": 500}),
        clear("as many as a policy allows", BY_ID, {TEXT: "xx"}, max_refund_description_length=2),
        says("more than a policy allows", BY_ID, {TEXT: "xxx"}, "description", max_refund_description_length=2),
        clear("empty where a policy allows none", BY_ID, {TEXT: ""}, max_refund_description_length=0),
    )


class TestRefundAmountAboveRemaining(RuleTable):
    """No more is given back than was taken and not given back yet."""

    rule = refund.refund_amount_above_remaining
    rows = (
        clear("one less than all", BY_ID, {AMOUNT: 75_999}),
        clear("all", BY_ID, {AMOUNT: 76_000}),
        says("one more than all", BY_ID, {AMOUNT: 76_001}, "amount", evidence={"amount": 76_001, "remaining": 76_000}),
        clear("nothing stated", BY_ID, {}),
        clear("all that is left", BY_INTENT, {AMOUNT: 60_000}),
        says("one more than is left", BY_INTENT, {AMOUNT: 60_001}, "amount"),
        clear(
            "all of it, where all was captured",
            BY_INTENT,
            {AMOUNT: 66_000, f"{OF_INTENT}/amountCaptured": None, AVAILABLE: 66_000},
        ),
        says("more than is left, and than is available", BY_ID, {AMOUNT: 76_001, AVAILABLE: 0}, "amount"),
        undecided("nobody looked the charge up", BY_ID, {AMOUNT: 1, **UNKNOWN_CHARGE}, "amount", "charges[ch_1]"),
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
        *skipped_while(asking(REFUNDABLE, 76_001), "amount"),
        *skipped_while((WRONG_AMOUNT,), "amount"),
    )


class TestPartialRefundUnsupported(RuleTable):
    """A processor that gives back all or nothing is asked for all that is left."""

    rule = refund.partial_refund_unsupported
    rows = (
        says("a part", BY_INTENT, {PARTIAL: False}, "amount", evidence={"amount": 19_000, "remaining": 60_000}),
        says("all but one", BY_INTENT, {PARTIAL: False, AMOUNT: 59_999}, "amount"),
        clear("all that is left", BY_INTENT, {PARTIAL: False, AMOUNT: 60_000}),
        clear("nothing stated", BY_INTENT, {PARTIAL: False, AMOUNT: None}),
        clear("a part, of a processor that can", BY_INTENT, {PARTIAL: True}),
        clear("a part, of a processor that says nothing", BY_INTENT, {f"{OF_INTENT}/processorCapabilities": None}),
        says("a part, and more than is available", BY_INTENT, {PARTIAL: False, AVAILABLE: 0}, "amount"),
        says(
            "more than is left",
            BY_INTENT,
            {PARTIAL: False, AMOUNT: 60_001},
            ("refund_amount_above_remaining", "amount"),
        ),
        undecided("nobody looked the charge up", BY_ID, {AMOUNT: 1, **UNKNOWN_CHARGE}, "amount", "charges[ch_1]"),
        *skipped_while(asking(REFUNDABLE, 1), "amount"),
        *skipped_while((WRONG_AMOUNT,), "amount"),
    )


class TestMerchantNoBalance(RuleTable):
    """The account has a balance in what the charge was taken in."""

    rule = refund.merchant_no_balance
    rows = (
        clear("it has one", BY_ID, {}),
        clear(
            "it has one, whose code is written in lower case",
            BY_ID,
            {"/facts/balances": {"egp": {"available": 76_000}}},
        ),
        says("it has none", BY_ID, NO_BALANCE, None, evidence={"currency": "egp"}),
        says("it has none, by its intent", BY_INTENT, NO_BALANCE, None),
        says(
            "it has none, written in lower case",
            BY_ID,
            {"/facts/balances": {}, "/facts/missing": {"balances": ["egp"]}},
            None,
        ),
        says("it has one in another currency", BY_ID, {**OTHER_BALANCE, "/facts/missing": {"balances": ["EGP"]}}, None),
        clear("it has none in another currency", BY_ID, {"/facts/missing": {"balances": ["USD"]}}),
        says(
            "two charges, and nobody knows in which currency",
            BY_INTENT,
            {f"{CHARGE}/status": "SUCCEEDED", **NO_BALANCE},
            ("payment_intent_without_one_charge", "paymentIntentId"),
        ),
        undecided("nobody looked", BY_ID, {"/facts/balances": {}}, None, "balances[EGP]"),
        undecided("nobody looked in this currency", BY_ID, OTHER_BALANCE, None, "balances[EGP]"),
        undecided("a currency that is none", BY_ID, {f"{CHARGE}/currency": "egx"}, None, "balances[EGX]"),
        undecided("nobody looked the charge up", BY_ID, UNKNOWN_CHARGE, None, "charges[ch_1]"),
        undecided("nobody looked the intent up", BY_INTENT, {INTENT: REMOVED}, None, "paymentIntents[pi_1]"),
        *(
            skipped(f"skipped by {by[0]}", example, {**changes, **NO_BALANCE}, None, by=by)
            for example, changes, by in TAKEN[3:]
        ),
    )


class TestInsufficientBalance(RuleTable):
    """A refund leaves the available balance at nothing, or above."""

    rule = refund.insufficient_balance
    rows = (
        clear("one more than the amount", BY_ID, {AMOUNT: 19_000, AVAILABLE: 19_001}),
        clear("just the amount", BY_ID, {AMOUNT: 19_000, AVAILABLE: 19_000}),
        says(
            "one less than the amount",
            BY_ID,
            {AMOUNT: 19_000, AVAILABLE: 18_999},
            "amount",
            evidence={"amount": 19_000, "available": 18_999},
        ),
        clear("just all that is left", BY_INTENT, {AMOUNT: None, AVAILABLE: 60_000}),
        says(
            "one less than all that is left",
            BY_INTENT,
            {AMOUNT: None, AVAILABLE: 59_999},
            "paymentIntentId",
            evidence={"amount": 60_000, "available": 59_999},
        ),
        says("one less than the charge", BY_ID, {AVAILABLE: 75_999}, "chargeId"),
        says("nothing is available", BY_ID, {AMOUNT: 1, AVAILABLE: 0}, "amount"),
        says("less than nothing is available", BY_ID, {AMOUNT: 1, AVAILABLE: -1}, "amount"),
        undecided("nobody looked the balance up", BY_ID, {"/facts/balances": {}}, "chargeId", "balances[EGP]"),
        undecided(
            "nobody looked for a balance",
            BY_ID,
            {"/facts/balances": {}},
            "chargeId",
            "balances[EGP]",
            off=("merchant_no_balance",),
        ),
        undecided("nobody looked the charge up", BY_ID, UNKNOWN_CHARGE, "chargeId", "charges[ch_1]"),
        undecided("nobody looked the intent up", BY_INTENT, {INTENT: REMOVED}, "amount", "paymentIntents[pi_1]"),
        *skipped_while(asking(REFUNDABLE, 1), "amount", {AVAILABLE: 0}),
        *skipped_while((WRONG_AMOUNT,), "amount", {AVAILABLE: -1}),
        *skipped_while(
            (
                (BY_ID, {AMOUNT: 76_001}, ("refund_amount_above_remaining", "amount")),
                (BY_INTENT, {PARTIAL: False}, ("partial_refund_unsupported", "amount")),
            ),
            "amount",
            {AVAILABLE: 0},
        ),
        *skipped_while(((BY_ID, NO_BALANCE, ("merchant_no_balance", None)),), "chargeId"),
    )
