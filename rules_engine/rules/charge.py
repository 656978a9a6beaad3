"""Whether a charge can be refunded, and whether its books are complete.

Sources: XPay's error page, its page on refunds, its schemas of a charge and of the refund call.
"""

from typing import Any

from rules_engine import codes
from rules_engine.rules.kinds import REMOVED
from rules_engine.rules.payment_method import payment_intent_missing
from rules_engine.rules.row import Rule, rule
from rules_engine.views.charge import CHARGE, ChargeView
from rules_engine.views.context import Context


def _unknown(charge: ChargeView, _: Context) -> bool:
    return charge.unknown


@rule(
    codes.RESOURCE_MISSING,
    order=1480,
    on=CHARGE,
    undecided_when=lambda charge, _: charge.unknown and not charge.by_intent,
    counterexamples=(("refund_create", {"/facts/charges/ch_1": REMOVED, "/facts/missing": {"charges": ["ch_1"]}}),),
)
def charge_missing(charge: ChargeView, _: Context) -> bool:
    """There is no such charge.

    XPay's error page: the id is wrong, or the key is of the other mode.
    """
    return charge.missing


@rule(
    codes.RESOURCE_INVALID_STATE,
    order=1490,
    on=CHARGE,
    needs=(payment_intent_missing,),
    undecided_when=lambda charge, _: charge.unknown and charge.by_intent,
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
    on=CHARGE,
    needs=FOUND,
    undecided_when=_unknown,
    public={"charge": "id", "captured": "captured"},
    counterexamples=(
        ("refund_create", {"/facts/charges/ch_1/captured": False}),
        ("refund_create_by_intent", {"/facts/charges/ch_2/captured": False}),
    ),
)
def charge_not_captured(charge: ChargeView, _: Context) -> bool:
    """The charge was never captured, so there is nothing to give back.

    Whatever its status: XPay's error page has the case under two codes, and this is the specific one.
    """
    return not charge.captured


@rule(
    codes.RESOURCE_INVALID_STATE,
    order=1510,
    on=CHARGE,
    needs=(*FOUND, charge_not_captured),
    undecided_when=_unknown,
    public={"charge": "id", "status": "status"},
    counterexamples=(("refund_create", {"/facts/charges/ch_1/status": "PENDING"}),),
)
def charge_not_succeeded(charge: ChargeView, _: Context) -> bool:
    """The charge is pending, failed or canceled, so there is nothing to give back.

    XPay's schema of a charge and its error page.
    """
    return charge.status in ("PENDING", "FAILED", "CANCELED")


TAKEN: tuple[Rule[Any], ...] = (*FOUND, charge_not_captured, charge_not_succeeded)
"""While one of these refuses, no money was taken."""


@rule(
    codes.RESOURCE_INVALID_STATE,
    order=1520,
    on=CHARGE,
    needs=TAKEN,
    undecided_when=_unknown,
    public={"charge": "id", "status": "status", "remaining": "remaining"},
    counterexamples=(
        ("refund_create", {"/facts/charges/ch_1/status": "REFUNDED"}),
        ("refund_create_by_intent", {"/facts/charges/ch_2/amountRefunded": 70000}),
    ),
)
def charge_fully_refunded(charge: ChargeView, _: Context) -> bool:
    """Nothing is left of the charge to give back.

    It is refunded, or as much was given back as was captured; of a charge of nothing, nothing is left. XPay's page on
    refunds: a charge may be refunded in parts until nothing remains.
    """
    return charge.status == "REFUNDED" or (charge.remaining is not None and charge.remaining <= 0)


@rule(
    codes.RESOURCE_INVALID_STATE,
    order=1530,
    on=CHARGE,
    needs=(*TAKEN, charge_fully_refunded),
    undecided_when=lambda charge, _: charge.unknown or charge.refunds_unknown,
    public={"charge": "id"},
    counterexamples=(
        ("refund_create", {"/facts/charges/ch_1/refunds/-": {"status": "PENDING"}}),
        ("refund_create_by_intent", {"/facts/charges/ch_2/refunds/0/status": "REQUIRES_ACTION"}),
    ),
)
def refund_in_flight(charge: ChargeView, _: Context) -> bool:
    """Another refund of the charge is not finished yet.

    One that is pending, or waits for somebody to act, is not; one that failed or was canceled is. XPay's page of the
    call.
    """
    return charge.in_flight


@rule(
    codes.RESOURCE_INVALID_STATE,
    order=1540,
    on=CHARGE,
    needs=FOUND,
    undecided_when=_unknown,
    public={"charge": "id"},
    counterexamples=(
        ("refund_create", {"/facts/charges/ch_1/processorCapabilities": {"supportsRefund": False}}),
        (
            "refund_create_by_intent",
            {"/facts/charges/ch_2/processorCapabilities": {"supportsRefund": False, "supportsPartialRefund": False}},
        ),
    ),
)
def charge_refund_unsupported(charge: ChargeView, _: Context) -> bool:
    """The processor of the charge cannot give money back.

    XPay's schema of a charge states what its processor can do, and its documents name no code; one that is not stated
    can.
    """
    return not charge.supports_refund


REFUNDABLE: tuple[Rule[Any], ...] = (*TAKEN, charge_fully_refunded, refund_in_flight, charge_refund_unsupported)
"""While one of these refuses, no amount is right."""


@rule(
    codes.CHARGE_MISSING_BALANCE_TRANSACTION,
    order=1570,
    on=CHARGE,
    needs=TAKEN,
    undecided_when=_unknown,
    public={"charge": "id"},
    counterexamples=(
        ("refund_create", {"/facts/charges/ch_1/balanceTransaction": None}),
        ("refund_create_by_intent", {"/facts/charges/ch_2/balanceTransaction": None}),
    ),
)
def charge_missing_balance_transaction(charge: ChargeView, _: Context) -> bool:
    """The charge has no balance transaction to refund against.

    One of which no money was taken needs none. XPay's error page.
    """
    return not charge.has_transaction


@rule(
    codes.CHARGE_MISSING_FEE_DATA,
    order=1580,
    on=CHARGE,
    needs=(*TAKEN, charge_missing_balance_transaction),
    undecided_when=lambda charge, _: charge.unknown or charge.fee_data_unknown,
    public={"charge": "id"},
    counterexamples=(
        ("refund_create", {"/facts/charges/ch_1/feeData": {}}),
        ("refund_create_by_intent", {"/facts/charges/ch_2/feeData": {}}),
    ),
)
def charge_missing_fee_data(charge: ChargeView, _: Context) -> bool:
    """The charge has no fee data, neither the processor's fee nor the platform's.

    A fee of nothing is a fee; fees come with the balance transaction, so a charge without one is told that only. XPay's
    error page.
    """
    return (
        charge.fee_data is not None and charge.fee_data.processor_fee is None and charge.fee_data.platform_fee is None
    )


@rule(
    codes.CHARGE_INCOMPLETE_FEE_DATA,
    order=1590,
    on=CHARGE,
    needs=(*TAKEN, charge_missing_balance_transaction, charge_missing_fee_data),
    undecided_when=lambda charge, _: charge.unknown or charge.fee_data_unknown,
    public={
        "charge": "id",
        "processorFee": lambda charge, _: None if charge.fee_data is None else charge.fee_data.processor_fee,
        "platformFee": lambda charge, _: None if charge.fee_data is None else charge.fee_data.platform_fee,
    },
    counterexamples=(
        ("refund_create", {"/facts/charges/ch_1/feeData/platformFee": None}),
        ("refund_create_by_intent", {"/facts/charges/ch_2/feeData/processorFee": None}),
    ),
)
def charge_incomplete_fee_data(charge: ChargeView, _: Context) -> bool:
    """The charge has the processor's fee or the platform's, but not both.

    XPay's error page, which does not say what is complete.
    """
    return charge.fee_data is not None and (
        charge.fee_data.processor_fee is None or charge.fee_data.platform_fee is None
    )
