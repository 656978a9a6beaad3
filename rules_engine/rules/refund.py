"""What a refund may ask for. Sources: XPay's error page, its page on refunds and its schema of the call."""

from rules_engine import codes
from rules_engine.rules.charge import REFUNDABLE, charge_not_captured, charge_not_succeeded
from rules_engine.rules.kinds import REMOVED, Bound, Exists, number, text
from rules_engine.rules.limits import LARGEST_AMOUNT, MAX_REFUND_AMOUNT, MAX_REFUND_DESCRIPTION
from rules_engine.rules.row import rule
from rules_engine.views.context import Context
from rules_engine.views.refund import BALANCE, REFUND, RefundView


def _charge_unknown(refund: RefundView, _: Context) -> bool:
    return refund.charge_unknown and refund.request.amount is not None


@rule(
    codes.PARAMETERS_EXCLUSIVE,
    order=960,
    on=REFUND,
    param="paymentIntentId",
    counterexamples=(
        ("refund_create", {"/request/paymentIntentId": "pi_1"}),
        ("refund_create_by_intent", {"/request/chargeId": ""}),
    ),
)
def refund_target_exclusive(refund: RefundView, _: Context) -> bool:
    """A refund names a charge or a payment intent, not both.

    XPay's schema of the call has it refused; the code is the one of the error page for two parameters that exclude each
    other. Of the two nothing else is judged then.
    """
    return refund.request.charge_id is not None and refund.request.payment_intent_id is not None


@rule(
    codes.PARAMETER_MISSING,
    order=970,
    on=REFUND,
    param="chargeId",
    counterexamples=(
        ("refund_create", {"/request/chargeId": None}),
        ("refund_create_by_intent", {"/request/paymentIntentId": REMOVED}),
    ),
)
def refund_target_missing(refund: RefundView, _: Context) -> bool:
    """The refund names neither a charge nor a payment intent.

    XPay's schema of the call.
    """
    return refund.request.charge_id is None and refund.request.payment_intent_id is None


@rule(
    codes.PARAMETER_INVALID,
    order=980,
    on=REFUND,
    param=("chargeId", "paymentIntentId"),
    counterexamples=(
        ("refund_create", {"/request/chargeId": ""}),
        ("refund_create_by_intent", {"/request/paymentIntentId": ""}),
    ),
)
def refund_target_empty(refund: RefundView, _: Context) -> bool:
    """The id of the charge or of the payment intent is empty.

    Beside another id it is one too many instead. XPay's schema of the call.
    """
    return refund.empty_id


@rule(
    codes.AMOUNT_INVALID,
    order=990,
    on=REFUND,
    param="amount",
    violated=Bound(
        "request.amount",
        minimum=1,
        maximum=MAX_REFUND_AMOUNT,
        settings=number(("refund_create_by_intent", "refund_create"), "/request/amount", 1, 2 * LARGEST_AMOUNT),
    ),
)
def refund_amount_out_of_range() -> None:
    """The amount of the refund is below 1 or above the maximum.

    As much as the limit is fine; no amount is all that is left, and is not looked at here. XPay's schema: 1 to
    9007199254740991.
    """


@rule(
    codes.PARAMETER_INVALID,
    order=1000,
    on=REFUND,
    param="description",
    violated=Bound(
        "request.description",
        maximum=MAX_REFUND_DESCRIPTION,
        length=True,
        settings=text("refund_create_by_intent", "/request/description"),
    ),
)
def refund_description_too_long() -> None:
    """The description of the refund is too long.

    As many characters as the limit are fine. XPay's schema: 500.
    """


@rule(
    codes.AMOUNT_INVALID,
    order=1550,
    on=REFUND,
    param="amount",
    needs=(refund_amount_out_of_range, *REFUNDABLE),
    undecided_when=_charge_unknown,
    public={"amount": "request.amount", "remaining": "remaining"},
    counterexamples=(
        ("refund_create", {"/request/amount": 76001}),
        ("refund_create_by_intent", {"/request/amount": 60001}),
    ),
)
def refund_amount_above_remaining(refund: RefundView, _: Context) -> bool:
    """The amount of the refund is above what is left of the charge.

    All that is left is fine. Both are in the charge's processing currency. XPay's schema of the call.
    """
    return (
        refund.request.amount is not None and refund.remaining is not None and refund.request.amount > refund.remaining
    )


@rule(
    codes.AMOUNT_INVALID,
    order=1560,
    on=REFUND,
    param="amount",
    needs=(refund_amount_out_of_range, *REFUNDABLE),
    undecided_when=_charge_unknown,
    public={"amount": "request.amount", "remaining": "remaining"},
    counterexamples=(
        ("refund_create_by_intent", {"/facts/charges/ch_2/processorCapabilities/supportsPartialRefund": False}),
    ),
)
def partial_refund_unsupported(refund: RefundView, _: Context) -> bool:
    """The processor of the charge gives back all that is left, and no part of it.

    All that is left is fine, stated or not. XPay's schema of a charge states what its processor can do, and its
    documents name no code.
    """
    return (
        not refund.supports_partial
        and refund.request.amount is not None
        and refund.remaining is not None
        and refund.request.amount < refund.remaining
    )


@rule(
    codes.MERCHANT_NO_BALANCE,
    order=1600,
    on=BALANCE,
    violated=Exists(),
    needs=(charge_not_captured, charge_not_succeeded),
    public={"currency": lambda balance, _: balance.currency.lower()},
    counterexamples=(
        (
            ("refund_create", "refund_create_by_intent"),
            {"/facts/balances": {}, "/facts/missing": {"balances": ["EGP"]}},
        ),
    ),
)
def merchant_no_balance() -> None:
    """The account has no balance in the currency of the charge.

    The currency is the charge's processing currency, in either case. XPay's error page.
    """


@rule(
    codes.INSUFFICIENT_BALANCE,
    order=1610,
    on=REFUND,
    param=("amount", "chargeId", "paymentIntentId"),
    needs=(
        refund_amount_out_of_range,
        *REFUNDABLE,
        refund_amount_above_remaining,
        partial_refund_unsupported,
        merchant_no_balance,
    ),
    undecided_when=lambda refund, _: refund.charge_unknown or refund.balance_unknown,
    public={"amount": "taken", "available": "available"},
    counterexamples=(
        ("refund_create", {"/facts/balances/EGP/available": 75999}),
        ("refund_create_by_intent", {"/facts/balances/EGP/available": 18999}),
        ("refund_create_by_intent", {"/request/amount": None, "/facts/balances/EGP": {"available": -1}}),
    ),
)
def insufficient_balance(refund: RefundView, _: Context) -> bool:
    """The available balance is below what the refund takes from it.

    That is the stated amount, else all that is left of the charge; as much as is available is fine. XPay's error page:
    the balance would become negative.
    """
    return refund.available is not None and refund.taken is not None and refund.available < refund.taken
