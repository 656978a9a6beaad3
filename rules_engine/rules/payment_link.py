"""What a payment link may be, and when it is open. Sources: XPay's error page and its schema of the calls."""

from rules_engine import codes
from rules_engine.rules.declaration import rule, shows_nothing
from rules_engine.subjects.context import Context
from rules_engine.subjects.payment_link import PAYMENT_LINK_TARGET, PaymentLinkTargetSubject


@rule(
    codes.RESOURCE_MISSING,
    on=PAYMENT_LINK_TARGET,
    undecided_when=lambda link, _: link.unknown,
    evidence=shows_nothing,
)
def payment_link_missing(link: PaymentLinkTargetSubject, _: Context) -> bool:
    """There is no such payment link.

    XPay's error page: the id is wrong, or the key is of the other mode.
    """
    return link.missing
