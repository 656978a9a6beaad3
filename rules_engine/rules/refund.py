"""What a refund may ask for. Sources: XPay's error page, its page on refunds and its schema of the call."""

from rules_engine import codes
from rules_engine.rules.charge import REFUNDABLE, charge_not_captured, charge_not_succeeded
from rules_engine.rules.declaration import rule, shows_nothing
from rules_engine.rules.limits import MAX_REFUND_AMOUNT, MAX_REFUND_DESCRIPTION
from rules_engine.views.context import Context
from rules_engine.views.refund import BALANCE, REFUND, BalanceView, RefundView
from rules_engine.violation import Evidence


def _amounts(refund: RefundView, _: Context) -> Evidence:
    return {"amount": refund.request.amount, "remaining": refund.remaining}


def _charge_unknown(refund: RefundView, _: Context) -> bool:
    return refund.charge_unknown and refund.request.amount is not None


@rule(codes.PARAMETERS_EXCLUSIVE, on=REFUND, param="paymentIntentId", evidence=shows_nothing)
def refund_target_exclusive(refund: RefundView, _: Context) -> bool:
    """A refund names a charge or a payment intent, not both.

    XPay's schema of the call has it refused; the code is the one of the error page for two parameters that exclude each
    other. Of the two nothing else is judged then.
    """
    return refund.request.charge_id is not None and refund.request.payment_intent_id is not None


@rule(codes.PARAMETER_MISSING, on=REFUND, param="chargeId", evidence=shows_nothing)
def refund_target_missing(refund: RefundView, _: Context) -> bool:
    """The refund names neither a charge nor a payment intent.

    XPay's schema of the call.
    """
    return refund.request.charge_id is None and refund.request.payment_intent_id is None


@rule(codes.PARAMETER_INVALID, on=REFUND, param=("chargeId", "paymentIntentId"), evidence=shows_nothing)
def refund_target_empty(refund: RefundView, _: Context) -> bool:
    """The id of the charge or of the payment intent is empty.

    Beside another id it is one too many instead. XPay's schema of the call.
    """
    return refund.empty_id


@rule(
    codes.AMOUNT_INVALID,
    on=REFUND,
    param="amount",
    limits=(MAX_REFUND_AMOUNT,),
    evidence=lambda refund, ctx: {
        "amount": refund.request.amount,
        "minimum": 1,
        "maximum": ctx.limits[MAX_REFUND_AMOUNT],
    },
)
def refund_amount_out_of_range(refund: RefundView, ctx: Context) -> bool:
    """The amount of the refund is below 1 or above the maximum.

    As much as the limit is fine; no amount is all that is left, and is not looked at here. XPay's schema: 1 to
    9007199254740991.
    """
    return refund.request.amount is not None and (
        refund.request.amount < 1 or refund.request.amount > ctx.limits[MAX_REFUND_AMOUNT]
    )


@rule(
    codes.PARAMETER_INVALID,
    on=REFUND,
    param="description",
    limits=(MAX_REFUND_DESCRIPTION,),
    evidence=lambda _, ctx: {"maximum": ctx.limits[MAX_REFUND_DESCRIPTION]},
)
def refund_description_too_long(refund: RefundView, ctx: Context) -> bool:
    """The description of the refund is too long.

    As many characters as the limit are fine. XPay's schema: 500.
    """
    return (
        refund.request.description is not None and len(refund.request.description) > ctx.limits[MAX_REFUND_DESCRIPTION]
    )


@rule(
    codes.AMOUNT_INVALID,
    on=REFUND,
    param="amount",
    needs=(refund_amount_out_of_range, *REFUNDABLE),
    undecided_when=_charge_unknown,
    evidence=_amounts,
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
    on=REFUND,
    param="amount",
    needs=(refund_amount_out_of_range, *REFUNDABLE),
    undecided_when=_charge_unknown,
    evidence=_amounts,
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
    on=BALANCE,
    needs=(charge_not_captured, charge_not_succeeded),
    undecided_when=lambda balance, _: balance.unknown,
    evidence=lambda balance, _: {"currency": balance.currency.lower()},
)
def merchant_no_balance(balance: BalanceView, _: Context) -> bool:
    """The account has no balance in the currency of the charge.

    The currency is the charge's processing currency, in either case. XPay's error page.
    """
    return balance.missing


@rule(
    codes.INSUFFICIENT_BALANCE,
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
    evidence=lambda refund, _: {"amount": refund.taken, "available": refund.available},
)
def insufficient_balance(refund: RefundView, _: Context) -> bool:
    """The available balance is below what the refund takes from it.

    That is the stated amount, else all that is left of the charge; as much as is available is fine. XPay's error page:
    the balance would become negative.
    """
    return refund.available is not None and refund.taken is not None and refund.available < refund.taken
