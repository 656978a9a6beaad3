"""What the page of a session may show and ask for. Source: XPay's schema of the session requests."""

from rules_engine import codes
from rules_engine.rules.kinds import Bound, text
from rules_engine.rules.limits import MAX_FONT_FAMILY
from rules_engine.rules.row import rule
from rules_engine.views.context import Context
from rules_engine.views.session import BrandingView, SessionView


@rule(
    codes.PARAMETER_INVALID,
    order=580,
    on=SessionView,
    param="cancelUrl",
    undecided_when=lambda session, _: session.cancel_url_sent and session.ui_mode is None,
    public={"uiMode": "ui_mode"},
    counterexamples=(("create_custom_page", {"/request/cancelUrl": "https://a.example"}),),
)
def cancel_url_unavailable(session: SessionView, _: Context) -> bool:
    """Only a hosted session has a URL to go back to.

    XPay's schema of the create call; Stripe refuses the same.
    """
    return session.cancel_url_sent and session.ui_mode is not None and session.ui_mode != "hosted"


@rule(
    codes.PARAMETER_INVALID,
    order=590,
    on=SessionView,
    param="submitType",
    public={"uiMode": "ui_mode"},
    except_in={"session.update": "the field cannot be changed at all"},
    counterexamples=(("create_custom_page", {"/request/submitType": "PAY"}),),
)
def submit_type_unavailable(session: SessionView, _: Context) -> bool:
    """A session with a custom page has no button to label.

    XPay's schema of the create call.
    """
    return session.submit_type_sent and session.ui_mode == "custom"


@rule(
    codes.PARAMETER_INVALID,
    order=600,
    on=SessionView,
    param="nameCollection",
    undecided_when=lambda session, _: session.request.name_collection is True and session.ui_mode is None,
    public={"uiMode": "ui_mode"},
    counterexamples=(("create_custom_page", {"/request/nameCollection": True}),),
)
def name_collection_unavailable(session: SessionView, _: Context) -> bool:
    """A session with a custom page cannot ask for the name itself.

    XPay's schema of the create call; false asks for nothing.
    """
    return session.request.name_collection is True and session.ui_mode == "custom"


@rule(
    codes.PARAMETER_INVALID,
    order=610,
    on=SessionView,
    param="billingAddressCollection",
    undecided_when=lambda session, _: session.request.billing_address_collection is True and session.ui_mode is None,
    public={"uiMode": "ui_mode"},
    counterexamples=(("update_custom_page", {"/request/billingAddressCollection": True}),),
)
def billing_address_collection_unavailable(session: SessionView, _: Context) -> bool:
    """A session with a custom page cannot ask for the billing address itself.

    XPay's schema of the create call; false asks for nothing.
    """
    return session.request.billing_address_collection is True and session.ui_mode == "custom"


@rule(
    codes.PARAMETER_INVALID,
    order=620,
    on=SessionView,
    param="shippingAddressCollection",
    undecided_when=lambda session, _: session.request.shipping_address_collection is True and session.ui_mode is None,
    public={"uiMode": "ui_mode"},
    counterexamples=(("create_custom_page", {"/request/shippingAddressCollection": True}),),
)
def shipping_address_collection_unavailable(session: SessionView, _: Context) -> bool:
    """A session with a custom page cannot ask for the shipping address itself.

    XPay's schema of the create call; false asks for nothing.
    """
    return session.request.shipping_address_collection is True and session.ui_mode == "custom"


@rule(
    codes.PARAMETER_INVALID,
    order=630,
    on=SessionView,
    param="phoneNumberCollection",
    undecided_when=lambda session, _: session.request.phone_number_collection is True and session.ui_mode is None,
    public={"uiMode": "ui_mode"},
    counterexamples=(("update_custom_page", {"/request/phoneNumberCollection": True}),),
)
def phone_number_collection_unavailable(session: SessionView, _: Context) -> bool:
    """A session with a custom page cannot ask for the phone number itself.

    XPay's schema of the create call; false asks for nothing.
    """
    return session.request.phone_number_collection is True and session.ui_mode == "custom"


@rule(
    codes.PARAMETER_INVALID,
    order=740,
    on=BrandingView,
    param="fontFamily",
    violated=Bound(
        "font_family",
        maximum=MAX_FONT_FAMILY,
        length=True,
        settings=text(
            ("create", "payment_link_create_full", "payment_link_update_full"), "/request/brandingSettings/fontFamily"
        ),
    ),
)
def font_family_too_long() -> None:
    """The name of the font is too long.

    As many characters as the limit are fine. XPay's schema of the create call: 512.
    """
