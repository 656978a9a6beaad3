"""When money can be given back. Sources: XPay's error page, its page on refunds and its schema of the call."""

from rules_engine import codes
from rules_engine.rules.declaration import rule, shows_nothing
from rules_engine.subjects.context import Context
from rules_engine.subjects.refund import REFUND, RefundSubject


@rule(codes.PARAMETERS_EXCLUSIVE, on=REFUND, param="paymentIntentId", evidence=shows_nothing)
def refund_target_exclusive(refund: RefundSubject, _: Context) -> bool:
    """A refund names a charge or a payment intent, not both.

    XPay's schema of the call has it refused; the code is the one of the error page for two parameters that exclude each
    other.
    """
    return refund.request.charge_id is not None and refund.request.payment_intent_id is not None
