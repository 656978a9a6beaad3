"""What a payment link may be, and when it is open. Sources: XPay's error page and its schemas of the calls.

A link is a session to come, on a hosted page: what it states of lines, prices, custom fields and the rest is judged by
the rules of a session.
"""

from rules_engine import codes
from rules_engine.rules.kinds import Exists
from rules_engine.rules.row import now, rule
from rules_engine.views.context import Context
from rules_engine.views.payment_link import PaymentLinkTargetView, PaymentLinkView, StoredLinkView


@rule(
    codes.RESOURCE_MISSING,
    order=420,
    on=PaymentLinkTargetView,
    violated=Exists(),
    message="No payment link with this id exists on this account in this mode.",
    counterexamples=(
        (
            ("payment_link_update", "payment_link_update_full", "payment_link_open"),
            {"/facts/paymentLink": None, "/facts/missing": {"paymentLinks": ["plink_1"]}},
        ),
    ),
)
def payment_link_missing() -> None:
    """The payment link does not exist. XPay's error page: the id is wrong, or the key is of the other mode."""


@rule(
    codes.PARAMETER_INVALID,
    order=810,
    on=PaymentLinkView,
    param="expiresAt",
    message="expiresAt, {expiresAt}, must be in the future.",
    public={"expiresAt": "expires_at", "now": now},
    counterexamples=(
        (("payment_link_create_full", "payment_link_update_full"), {"/request/expiresAt": "2026-11-22T10:00:00Z"}),
    ),
)
def link_expired_when_saved(link: PaymentLinkView, ctx: Context) -> bool:
    """The payment link would be expired when it is saved.

    It ends at its expiry, that instant included. XPay states nothing, and Stripe's links do not expire; a merchant who
    wants no more payments switches the link off.
    """
    return ctx.now >= link.expires_at


@rule(
    codes.PAYMENT_LINK_INACTIVE,
    order=430,
    on=StoredLinkView,
    param="active",
    needs=(payment_link_missing,),
    undecided_when=lambda link, _: link.unknown,
    message="The payment link is inactive.",
    public={"active": "stored.active"},
    counterexamples=(("payment_link_open", {"/facts/paymentLink/active": False}),),
)
def payment_link_inactive(link: StoredLinkView, _: Context) -> bool:
    """The payment link is switched off.

    Reported beside an expiry: switching the link on again would not be enough. XPay's error page.
    """
    return not link.stored.active


@rule(
    codes.PAYMENT_LINK_EXPIRED,
    order=440,
    on=StoredLinkView,
    param="expiresAt",
    needs=(payment_link_missing,),
    undecided_when=lambda link, _: link.unknown,
    message="The payment link expired at {expiresAt}.",
    public={"expiresAt": "stored.expires_at", "now": now},
    counterexamples=(("payment_link_open", {"/facts/paymentLink/expiresAt": "2026-11-22T10:00:00Z"}),),
)
def payment_link_expired(link: StoredLinkView, ctx: Context) -> bool:
    """The payment link has an expiry, and it is past or now. XPay's error page."""
    return link.stored.expires_at is not None and ctx.now >= link.stored.expires_at
