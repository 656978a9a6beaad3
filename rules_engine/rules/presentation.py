"""What the page of a session may show and ask for. Source: XPay's schema of the session requests."""

from rules_engine import codes
from rules_engine.rules.declaration import rule
from rules_engine.rules.limits import MAX_FONT_FAMILY
from rules_engine.views.branding import BRANDING, BrandingView
from rules_engine.views.context import Context
from rules_engine.views.session import SESSION, SessionView
from rules_engine.violation import Evidence


def _shown(session: SessionView, _: Context) -> Evidence:
    return {"uiMode": session.ui_mode}


@rule(
    codes.PARAMETER_INVALID,
    on=SESSION,
    param="cancelUrl",
    undecided_when=lambda session, _: session.cancel_url_sent and session.ui_mode is None,
    evidence=_shown,
)
def cancel_url_unavailable(session: SessionView, _: Context) -> bool:
    """Only a hosted session has a URL to go back to.

    XPay's schema of the create call; Stripe refuses the same.
    """
    return session.cancel_url_sent and session.ui_mode is not None and session.ui_mode != "hosted"


@rule(codes.PARAMETER_INVALID, on=SESSION, param="submitType", evidence=_shown)
def submit_type_unavailable(session: SessionView, _: Context) -> bool:
    """A session with a custom page has no button to label.

    XPay's schema of the create call.
    """
    return session.submit_type_sent and session.ui_mode == "custom"


@rule(
    codes.PARAMETER_INVALID,
    on=SESSION,
    param="nameCollection",
    undecided_when=lambda session, _: session.name_collection and session.ui_mode is None,
    evidence=_shown,
)
def name_collection_unavailable(session: SessionView, _: Context) -> bool:
    """A session with a custom page cannot ask for the name itself.

    XPay's schema of the create call; false asks for nothing.
    """
    return session.name_collection and session.ui_mode == "custom"


@rule(
    codes.PARAMETER_INVALID,
    on=SESSION,
    param="billingAddressCollection",
    undecided_when=lambda session, _: session.billing_address_collection and session.ui_mode is None,
    evidence=_shown,
)
def billing_address_collection_unavailable(session: SessionView, _: Context) -> bool:
    """A session with a custom page cannot ask for the billing address itself.

    XPay's schema of the create call; false asks for nothing.
    """
    return session.billing_address_collection and session.ui_mode == "custom"


@rule(
    codes.PARAMETER_INVALID,
    on=SESSION,
    param="shippingAddressCollection",
    undecided_when=lambda session, _: session.shipping_address_collection and session.ui_mode is None,
    evidence=_shown,
)
def shipping_address_collection_unavailable(session: SessionView, _: Context) -> bool:
    """A session with a custom page cannot ask for the shipping address itself.

    XPay's schema of the create call; false asks for nothing.
    """
    return session.shipping_address_collection and session.ui_mode == "custom"


@rule(
    codes.PARAMETER_INVALID,
    on=SESSION,
    param="phoneNumberCollection",
    undecided_when=lambda session, _: session.phone_number_collection and session.ui_mode is None,
    evidence=_shown,
)
def phone_number_collection_unavailable(session: SessionView, _: Context) -> bool:
    """A session with a custom page cannot ask for the phone number itself.

    XPay's schema of the create call; false asks for nothing.
    """
    return session.phone_number_collection and session.ui_mode == "custom"


@rule(
    codes.PARAMETER_INVALID,
    on=BRANDING,
    param="fontFamily",
    limits=(MAX_FONT_FAMILY,),
    evidence=lambda _, ctx: {"maximum": ctx.limits[MAX_FONT_FAMILY]},
)
def font_family_too_long(branding: BrandingView, ctx: Context) -> bool:
    """The name of the font is too long.

    As many characters as the limit are fine. XPay's schema of the create call: 512.
    """
    return len(branding.font_family) > ctx.limits[MAX_FONT_FAMILY]
