"""What a refund may ask for, whether its charge can be refunded, and whether the books of the charge are complete.

Sources: XPay's error page, its page on refunds, its schemas of a charge and of the refund call.
"""

from typing import Any

from rules_engine import codes
from rules_engine.rules.kinds import REMOVED, Bound, Exclusive, Exists, number, text
from rules_engine.rules.limits import LARGEST_AMOUNT, MAX_REFUND_AMOUNT, MAX_REFUND_DESCRIPTION
from rules_engine.rules.payment_method import payment_intent_missing
from rules_engine.rules.row import Rule, lowered, rule
from rules_engine.views.context import Context
from rules_engine.views.refund import BalanceView, ChargeView, RefundView


def _charge_unknown(refund: RefundView, _: Context) -> bool:
    return refund.charge_unknown and refund.request.amount is not None


@rule(
    codes.PARAMETERS_EXCLUSIVE,
    order=960,
    on=RefundView,
    param="paymentIntentId",
    violated=Exclusive("request.charge_id", "request.payment_intent_id"),
    message="paymentIntentId cannot be combined with chargeId; send one of them.",
    counterexamples=(
        ("refund_create", {"/request/paymentIntentId": "pi_1"}),
        ("refund_create_by_intent", {"/request/chargeId": ""}),
    ),
)
def refund_target_exclusive() -> None:
    """The refund has both a charge and a payment intent.

    XPay's schema of the call; the code is the one of the error page for parameters that exclude each other. Neither is
    judged then.
    """


@rule(
    codes.PARAMETER_MISSING,
    order=970,
    on=RefundView,
    param="chargeId",
    message="A refund requires chargeId or paymentIntentId.",
    counterexamples=(
        ("refund_create", {"/request/chargeId": None}),
        ("refund_create_by_intent", {"/request/paymentIntentId": REMOVED}),
    ),
)
def refund_target_missing(refund: RefundView, _: Context) -> bool:
    """The refund has neither a charge nor a payment intent. XPay's schema of the call."""
    return refund.request.charge_id is None and refund.request.payment_intent_id is None


@rule(
    codes.PARAMETER_INVALID,
    order=980,
    on=RefundView,
    param=("chargeId", "paymentIntentId"),
    message="The id of the charge or payment intent is empty.",
    counterexamples=(
        ("refund_create", {"/request/chargeId": ""}),
        ("refund_create_by_intent", {"/request/paymentIntentId": ""}),
    ),
)
def refund_target_empty(refund: RefundView, _: Context) -> bool:
    """The one id of the charge or payment intent that is sent is empty. XPay's schema of the call."""
    return (refund.request.charge_id == "" and refund.request.payment_intent_id is None) or (
        refund.request.payment_intent_id == "" and refund.request.charge_id is None
    )


@rule(
    codes.AMOUNT_INVALID,
    order=990,
    on=RefundView,
    param="amount",
    violated=Bound(
        "request.amount",
        minimum=1,
        maximum=MAX_REFUND_AMOUNT,
        settings=number(("refund_create_by_intent", "refund_create"), "/request/amount", 1, 2 * LARGEST_AMOUNT),
    ),
    message="amount must be between {minimum} and {maximum} minor units, and is {amount}.",
)
def refund_amount_out_of_range() -> None:
    """The amount, where it is sent, is below one or above the maximum. XPay's schema: 1 to 9007199254740991."""


@rule(
    codes.PARAMETER_INVALID,
    order=1000,
    on=RefundView,
    param="description",
    violated=Bound(
        "request.description",
        maximum=MAX_REFUND_DESCRIPTION,
        length=True,
        settings=text("refund_create_by_intent", "/request/description"),
    ),
    message="description must have at most {maximum} characters.",
)
def refund_description_too_long() -> None:
    """The description of the refund is too long. XPay's schema: 500."""


@rule(
    codes.RESOURCE_MISSING,
    order=1480,
    on=ChargeView,
    undecided_when=lambda charge, _: charge.unknown and not charge.by_intent,
    message="No charge with this id exists on this account in this mode.",
    counterexamples=(("refund_create", {"/facts/charges/ch_1": REMOVED, "/facts/missing": {"charges": ["ch_1"]}}),),
)
def charge_missing(charge: ChargeView, _: Context) -> bool:
    """The charge does not exist. XPay's error page: the id is wrong, or the key is of the other mode."""
    return charge.missing


@rule(
    codes.RESOURCE_INVALID_STATE,
    order=1490,
    on=ChargeView,
    needs=(payment_intent_missing,),
    undecided_when=lambda charge, _: charge.unknown and charge.by_intent,
    message="The payment intent has {succeededCharges} charges that succeeded, and must have one; send chargeId.",
    public={"succeededCharges": "candidates"},
    counterexamples=(
        ("refund_create_by_intent", {"/facts/charges/ch_2/status": "CANCELED"}),
        ("refund_create_by_intent", {"/facts/charges/ch_1/status": "REFUNDED"}),
    ),
)
def payment_intent_without_one_charge(charge: ChargeView, _: Context) -> bool:
    """The payment intent does not have exactly one charge that succeeded.

    A charge that was refunded, in part or in full, succeeded once; one that was not captured did, too. XPay's schema of
    the call.
    """
    return charge.candidates is not None and charge.candidates != 1


FOUND: tuple[Rule[Any], ...] = (payment_intent_missing, charge_missing, payment_intent_without_one_charge)
"""While one of these refuses, there is no charge to look at."""


@rule(
    codes.CHARGE_NOT_CAPTURED,
    order=1500,
    on=ChargeView,
    needs=FOUND,
    undecided_when=lambda charge, _: charge.unknown,
    message="The charge '{charge}' was never captured, so there is nothing to refund.",
    public={"charge": "stored.id", "captured": "stored.captured"},
    counterexamples=(
        ("refund_create", {"/facts/charges/ch_1/captured": False}),
        ("refund_create_by_intent", {"/facts/charges/ch_2/captured": False}),
    ),
)
def charge_not_captured(charge: ChargeView, _: Context) -> bool:
    """The charge was never captured, so there is nothing to refund.

    Whatever its status: XPay's error page has the case under two codes, and this is the specific one.
    """
    return not charge.stored.captured


@rule(
    codes.RESOURCE_INVALID_STATE,
    order=1510,
    on=ChargeView,
    needs=(*FOUND, charge_not_captured),
    undecided_when=lambda charge, _: charge.unknown,
    message="The charge '{charge}' is {status}, so there is nothing to refund.",
    public={"charge": "stored.id", "status": "stored.status"},
    counterexamples=(("refund_create", {"/facts/charges/ch_1/status": "PENDING"}),),
)
def charge_not_succeeded(charge: ChargeView, _: Context) -> bool:
    """The charge is pending, failed or canceled. XPay's schema of a charge and its error page."""
    return charge.stored.status in ("PENDING", "FAILED", "CANCELED")


TAKEN: tuple[Rule[Any], ...] = (*FOUND, charge_not_captured, charge_not_succeeded)
"""While one of these refuses, no money was taken."""


@rule(
    codes.RESOURCE_INVALID_STATE,
    order=1520,
    on=ChargeView,
    needs=TAKEN,
    undecided_when=lambda charge, _: charge.unknown,
    message="Nothing is left of the charge '{charge}' to refund.",
    public={"charge": "stored.id", "status": "stored.status", "remaining": "remaining"},
    counterexamples=(
        ("refund_create", {"/facts/charges/ch_1/status": "REFUNDED"}),
        ("refund_create_by_intent", {"/facts/charges/ch_2/amountRefunded": 70000}),
    ),
)
def charge_fully_refunded(charge: ChargeView, _: Context) -> bool:
    """Nothing is left of the charge to refund.

    It is refunded, or as much was refunded as was captured; of a charge of nothing, nothing is left. XPay's page on
    refunds: a charge may be refunded in parts until nothing remains.
    """
    return charge.stored.status == "REFUNDED" or (charge.remaining is not None and charge.remaining <= 0)


@rule(
    codes.RESOURCE_INVALID_STATE,
    order=1530,
    on=ChargeView,
    needs=(*TAKEN, charge_fully_refunded),
    undecided_when=lambda charge, _: charge.unknown or charge.stored.refunds is None,
    message="Another refund of the charge '{charge}' is not finished; wait until it is.",
    public={"charge": "stored.id"},
    counterexamples=(
        ("refund_create", {"/facts/charges/ch_1/refunds/-": {"status": "PENDING"}}),
        ("refund_create_by_intent", {"/facts/charges/ch_2/refunds/0/status": "REQUIRES_ACTION"}),
    ),
)
def refund_in_flight(charge: ChargeView, _: Context) -> bool:
    """Another refund of the charge is not finished.

    One that is pending or requires action is not; one that failed or was canceled is. XPay's page of the call.
    """
    return charge.in_flight


@rule(
    codes.RESOURCE_INVALID_STATE,
    order=1540,
    on=ChargeView,
    needs=FOUND,
    undecided_when=lambda charge, _: charge.unknown,
    message="The processor of the charge '{charge}' does not support refunds.",
    public={"charge": "stored.id"},
    counterexamples=(
        ("refund_create", {"/facts/charges/ch_1/processorCapabilities": {"supportsRefund": False}}),
        (
            "refund_create_by_intent",
            {"/facts/charges/ch_2/processorCapabilities": {"supportsRefund": False, "supportsPartialRefund": False}},
        ),
    ),
)
def charge_refund_unsupported(charge: ChargeView, _: Context) -> bool:
    """The processor of the charge does not support refunds.

    XPay's schema of a charge states what its processor can do, and its documents name no code; one that is not stated
    can.
    """
    return not charge.stored.processor_capabilities.supports_refund


@rule(
    codes.RESOURCE_INVALID_STATE,
    order=1545,
    on=ChargeView,
    needs=(*TAKEN, charge_fully_refunded),
    undecided_when=lambda charge, _: charge.unknown or charge.stored.disputed is None,
    message="The charge '{charge}' is disputed; its money is given back by the dispute.",
    public={"charge": "stored.id", "disputed": "stored.disputed"},
    counterexamples=(
        ("refund_create", {"/facts/charges/ch_1/disputed": True}),
        ("refund_create_by_intent", {"/facts/charges/ch_2/disputed": True}),
    ),
)
def charge_disputed(charge: ChargeView, _: Context) -> bool:
    """The buyer disputes the charge, so that the bank and a refund would both give the money back.

    A part of it is refused too. The API does not say how a dispute ended, so a charge that was disputed stays refused.
    XPay's schema of a charge; the code is the one of its error page for a state that does not allow a refund.
    """
    return charge.stored.disputed is True


REFUNDABLE: tuple[Rule[Any], ...] = (
    *TAKEN,
    charge_fully_refunded,
    refund_in_flight,
    charge_refund_unsupported,
    charge_disputed,
)
"""While one of these refuses, no amount is right."""


@rule(
    codes.AMOUNT_INVALID,
    order=1550,
    on=RefundView,
    param="amount",
    needs=(refund_amount_out_of_range, *REFUNDABLE),
    undecided_when=_charge_unknown,
    message="amount, {amount}, is more than the {remaining} minor units left of the charge.",
    public={"amount": "request.amount", "remaining": "remaining"},
    counterexamples=(
        ("refund_create", {"/request/amount": 2, "/facts/charges/ch_1/amount": 1}),
        ("refund_create_by_intent", {"/request/amount": 60001}),
    ),
)
def refund_amount_above_remaining(refund: RefundView, _: Context) -> bool:
    """The amount of the refund is more than is left of the charge.

    All that is left is valid. Both are in the charge's processing currency. XPay's schema of the call.
    """
    return (
        refund.request.amount is not None and refund.remaining is not None and refund.request.amount > refund.remaining
    )


@rule(
    codes.AMOUNT_INVALID,
    order=1560,
    on=RefundView,
    param="amount",
    needs=(refund_amount_out_of_range, *REFUNDABLE),
    undecided_when=_charge_unknown,
    message="amount, {amount}, must be all that is left, {remaining}: the processor makes no partial refunds.",
    public={"amount": "request.amount", "remaining": "remaining"},
    counterexamples=(
        (
            "refund_create_by_intent",
            {"/request/amount": 1, "/facts/charges/ch_2/processorCapabilities/supportsPartialRefund": False},
        ),
    ),
)
def partial_refund_unsupported(refund: RefundView, _: Context) -> bool:
    """The amount is a part of what is left, and the processor of the charge makes no partial refunds.

    All that is left is valid, stated or not. XPay's schema of a charge states what its processor can do, and its
    documents name no code.
    """
    return (
        not refund.supports_partial
        and refund.request.amount is not None
        and refund.remaining is not None
        and refund.request.amount < refund.remaining
    )


@rule(
    codes.CHARGE_MISSING_BALANCE_TRANSACTION,
    order=1570,
    on=ChargeView,
    needs=TAKEN,
    undecided_when=lambda charge, _: charge.unknown,
    message="The charge '{charge}' has no balance transaction to refund against.",
    public={"charge": "stored.id"},
    counterexamples=(
        ("refund_create", {"/facts/charges/ch_1/balanceTransaction": None}),
        ("refund_create_by_intent", {"/facts/charges/ch_2/balanceTransaction": None}),
    ),
)
def charge_missing_balance_transaction(charge: ChargeView, _: Context) -> bool:
    """The charge has no balance transaction to refund against. One that took no money needs none. XPay's error page."""
    return charge.stored.balance_transaction is None


@rule(
    codes.CHARGE_MISSING_FEE_DATA,
    order=1580,
    on=ChargeView,
    needs=(*TAKEN, charge_missing_balance_transaction),
    undecided_when=lambda charge, _: charge.unknown or charge.stored.fee_data is None,
    message="The charge '{charge}' has no fee data.",
    public={"charge": "stored.id"},
    counterexamples=(
        ("refund_create", {"/facts/charges/ch_1/feeData": {}}),
        ("refund_create_by_intent", {"/facts/charges/ch_2/feeData": {}}),
    ),
)
def charge_missing_fee_data(charge: ChargeView, _: Context) -> bool:
    """The charge has no fee data, neither the processor's fee nor the platform's.

    A fee of nothing is a fee; fees come with the balance transaction, so of a charge without one only that is reported.
    XPay's error page.
    """
    return (
        charge.stored.fee_data is not None
        and charge.stored.fee_data.processor_fee is None
        and charge.stored.fee_data.platform_fee is None
    )


@rule(
    codes.CHARGE_INCOMPLETE_FEE_DATA,
    order=1590,
    on=ChargeView,
    needs=(*TAKEN, charge_missing_balance_transaction, charge_missing_fee_data),
    undecided_when=lambda charge, _: charge.unknown or charge.stored.fee_data is None,
    message="The fee data of the charge '{charge}' is incomplete.",
    public={"charge": "stored.id"},
    private={"processorFee": "stored.fee_data.processor_fee", "platformFee": "stored.fee_data.platform_fee"},
    counterexamples=(
        ("refund_create", {"/facts/charges/ch_1/feeData/platformFee": None}),
        ("refund_create_by_intent", {"/facts/charges/ch_2/feeData/processorFee": None}),
    ),
)
def charge_incomplete_fee_data(charge: ChargeView, _: Context) -> bool:
    """The charge has one of its two fees. XPay's error page, which does not say what is complete."""
    return charge.stored.fee_data is not None and (
        charge.stored.fee_data.processor_fee is None or charge.stored.fee_data.platform_fee is None
    )


@rule(
    codes.MERCHANT_NO_BALANCE,
    order=1600,
    on=BalanceView,
    violated=Exists(),
    needs=(charge_not_captured, charge_not_succeeded),
    message="The account has no balance in '{currency}'.",
    public={"currency": lowered("currency")},
    counterexamples=(
        (
            ("refund_create", "refund_create_by_intent"),
            {"/facts/balances": {}, "/facts/missing": {"balances": ["EGP"]}},
        ),
    ),
)
def merchant_no_balance() -> None:
    """The account has no balance in the processing currency of the charge, in either case. XPay's error page."""


@rule(
    codes.INSUFFICIENT_BALANCE,
    order=1610,
    on=RefundView,
    param=("amount", "chargeId", "paymentIntentId"),
    needs=(
        refund_amount_out_of_range,
        *REFUNDABLE,
        refund_amount_above_remaining,
        partial_refund_unsupported,
        merchant_no_balance,
    ),
    undecided_when=lambda refund, _: refund.charge_unknown or refund.balance_unknown,
    message="The balance of the account is too low for a refund of {refundAmount} minor units.",
    public={"refundAmount": "taken"},
    private={"available": "available"},
    counterexamples=(
        ("refund_create", {"/facts/balances/EGP/available": 75999}),
        ("refund_create_by_intent", {"/facts/balances/EGP/available": 18999}),
        ("refund_create_by_intent", {"/request/amount": None, "/facts/balances/EGP": {"available": -1}}),
    ),
)
def insufficient_balance(refund: RefundView, _: Context) -> bool:
    """The available balance is below what the refund takes from it.

    That is the stated amount, else all that is left of the charge; as much as is available is enough. XPay's error
    page: the balance would become negative.
    """
    return refund.available is not None and refund.taken is not None and refund.available < refund.taken
