"""What a session may be: the stored one that is acted on, and the one that a request would leave behind.

Sources: XPay's error page, its schemas of the session requests, and its page on the life of a session. Where XPay is
silent and Stripe is not, the docstring says that Stripe is followed.
"""

from rules_engine import codes
from rules_engine.rules.declaration import rule
from rules_engine.rules.limits import (
    MAX_CUSTOM_FIELDS,
    MAX_DISCOUNTS,
    MAX_EXPIRES_AFTER,
    MAX_FONT_FAMILY,
    MAX_LINE_ITEMS,
    MAX_METADATA_KEYS,
    MIN_EXPIRES_AFTER,
)
from rules_engine.subjects.context import Context
from rules_engine.subjects.session import (
    CLIENT_SECRET,
    PATCH,
    SESSION,
    STORED_SESSION,
    TARGET,
    ClientSecretSubject,
    PatchSubject,
    SessionSubject,
    StoredSessionSubject,
    TargetSubject,
)
from rules_engine.violation import Evidence


def _nothing(_: object, __: Context) -> Evidence:
    """Show nothing: the field alone says it all, or the values are secret."""
    return {}


def _shown(session: SessionSubject, _: Context) -> Evidence:
    return {"uiMode": session.ui_mode}


def _stored(session: StoredSessionSubject, ctx: Context) -> Evidence:
    return {
        "status": session.status,
        "expiresAt": session.expires_at,
        "isExpired": session.is_expired,
        "now": ctx.now,
    }


@rule(
    codes.RESOURCE_MISSING,
    on=TARGET,
    undecided_when=lambda target, _: target.unknown,
    evidence=_nothing,
)
def session_missing(target: TargetSubject, _: Context) -> bool:
    """There is no such session.

    XPay's error page: the id is wrong, or the key is of the other mode.
    """
    return target.missing


@rule(
    codes.CHECKOUT_SESSION_EXPIRED,
    on=STORED_SESSION,
    needs=(session_missing,),
    undecided_when=lambda session, _: session.unknown,
    evidence=_stored,
)
def session_expired(session: StoredSessionSubject, ctx: Context) -> bool:
    """The session has expired.

    It is over at its expiry, not after it; a session that the API calls expired is expired whatever its status says.
    A complete session is not expired but complete. XPay's error page, and the API's page of the session object.
    """
    return session.status == "expired" or (
        session.status == "open"
        and (session.is_expired or (session.expires_at is not None and ctx.now >= session.expires_at))
    )


@rule(
    codes.RESOURCE_INVALID_STATE,
    on=STORED_SESSION,
    param="status",
    needs=(session_missing,),
    undecided_when=lambda session, _: session.unknown,
    evidence=_stored,
)
def session_complete(session: StoredSessionSubject, _: Context) -> bool:
    """The session is complete, so nothing about it can change.

    XPay's page on the life of a session: both ends are final.
    """
    return session.status == "complete"


@rule(
    codes.RESOURCE_INVALID_STATE,
    on=STORED_SESSION,
    param="status",
    needs=(session_missing,),
    undecided_when=lambda session, _: session.unknown,
    evidence=_stored,
)
def session_already_over(session: StoredSessionSubject, _: Context) -> bool:
    """The session is complete or expired already, so it cannot be ended.

    An open session past its expiry can be. XPay's error page and its page of the expire call.
    """
    return session.status in ("complete", "expired")


@rule(
    codes.INVALID_CLIENT_SECRET,
    on=CLIENT_SECRET,
    param="clientSecret",
    needs=(session_missing,),
    undecided_when=lambda secret, _: secret.matches is None,
    evidence=_nothing,
)
def client_secret_mismatch(secret: ClientSecretSubject, _: Context) -> bool:
    """The client secret is not the one of this session.

    The two were compared in constant time; a call without a secret is the host's to authorise. XPay's error page.
    """
    return secret.matches is False


@rule(codes.PARAMETER_MISSING, on=SESSION, param="lineItems", evidence=_nothing)
def line_items_missing(session: SessionSubject, _: Context) -> bool:
    """A session needs line items.

    Only a session in setup mode does without; an update cannot take all lines away. XPay's page of API errors gives
    this very case as its sample.
    """
    return session.lines_required and session.line_count is None


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    on=SESSION,
    param="lineItems",
    evidence=lambda session, _: {"lineItems": session.line_count, "minimum": 1},
)
def line_items_empty(session: SessionSubject, _: Context) -> bool:
    """A session needs at least one line item.

    An empty list is a count below its bounds. XPay refuses to empty a session.
    """
    return session.lines_required and session.line_count == 0


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    on=SESSION,
    param="lineItems",
    limits=(MAX_LINE_ITEMS,),
    evidence=lambda session, ctx: {"lineItems": session.line_count, "maximum": ctx.limits[MAX_LINE_ITEMS]},
)
def too_many_line_items(session: SessionSubject, ctx: Context) -> bool:
    """The session has more line items than it may.

    As many as the limit are enough. XPay states no number; Stripe's is followed.
    """
    return session.line_count is not None and session.line_count > ctx.limits[MAX_LINE_ITEMS]


@rule(
    codes.PARAMETERS_EXCLUSIVE,
    on=SESSION,
    param="customerDetails",
    undecided_when=lambda session, _: session.unknown and session.details_sent and session.customer_id is None,
    evidence=lambda session, _: {"customerId": session.customer_id},
)
def customer_exclusive(session: SessionSubject, _: Context) -> bool:
    """A session takes a stored customer or the details of a buyer, not both.

    An update that sends details is refused while the stored session has a customer; details that a session has
    collected do not keep it from getting one. XPay's error page.
    """
    return session.details_sent and session.customer_id is not None


@rule(
    codes.PARAMETERS_EXCLUSIVE,
    on=SESSION,
    param=("customerCreation", "customerId"),
    undecided_when=lambda session, _: session.unknown and session.always_create and session.customer_id is None,
    evidence=lambda session, _: {"customerId": session.customer_id},
)
def customer_creation_exclusive(session: SessionSubject, _: Context) -> bool:
    """A session that has a stored customer cannot always create one.

    XPay's plugins are refused so; the code is the one of the error page for two parameters that exclude each other.
    """
    return session.always_create and session.customer_id is not None


@rule(
    codes.PARAMETER_REQUIRES_ANOTHER,
    on=SESSION,
    param=("customerUpdate", "customerId"),
    undecided_when=lambda session, _: session.unknown and session.updates_customer and session.customer_id is None,
    evidence=_nothing,
)
def customer_update_without_customer(session: SessionSubject, _: Context) -> bool:
    """A session without a stored customer has none to update.

    The error page says so; XPay's schema would pass the field over, and the error page wins.
    """
    return session.updates_customer and session.customer_id is None and not session.unknown


@rule(
    codes.RESOURCE_MISSING,
    on=SESSION,
    param="customerId",
    undecided_when=lambda session, _: session.customer_unknown,
    evidence=lambda session, _: {"customerId": session.customer_id},
)
def customer_missing(session: SessionSubject, _: Context) -> bool:
    """There is no such customer.

    XPay's error page: the id is wrong, or the key is of the other mode.
    """
    return session.customer_missing


@rule(codes.PARAMETERS_EXCLUSIVE, on=SESSION, param="paymentMethodConfigurationId", evidence=_nothing)
def payment_methods_exclusive(session: SessionSubject, _: Context) -> bool:
    """A session names payment method types or a configuration, not both.

    XPay's schema of the create call states it in words; the code is the one of the error page.
    """
    return session.methods_sent and session.configuration_sent


@rule(
    codes.PARAMETER_INVALID,
    on=SESSION,
    param="paymentMethodTypes",
    undecided_when=lambda session, _: session.types_unknown,
    evidence=lambda session, _: {"notEnabled": session.types_not_enabled},
)
def payment_method_types_not_enabled(session: SessionSubject, _: Context) -> bool:
    """The session names payment method types that are not switched on for the account.

    A type counts as switched on if it works in any of the account's currencies; an empty list names none. XPay's
    schema of the create call; its plugins meet this code at this field.
    """
    return session.types_not_enabled != ()


@rule(
    codes.PARAMETER_INVALID,
    on=SESSION,
    param="cancelUrl",
    undecided_when=lambda session, _: session.cancel_url_sent and session.ui_mode is None,
    evidence=_shown,
)
def cancel_url_unavailable(session: SessionSubject, _: Context) -> bool:
    """Only a hosted session has a URL to go back to.

    XPay's schema of the create call; Stripe refuses the same.
    """
    return session.cancel_url_sent and session.ui_mode is not None and session.ui_mode != "hosted"


@rule(codes.PARAMETER_INVALID, on=SESSION, param="submitType", evidence=_shown)
def submit_type_unavailable(session: SessionSubject, _: Context) -> bool:
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
def name_collection_unavailable(session: SessionSubject, _: Context) -> bool:
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
def billing_address_collection_unavailable(session: SessionSubject, _: Context) -> bool:
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
def shipping_address_collection_unavailable(session: SessionSubject, _: Context) -> bool:
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
def phone_number_collection_unavailable(session: SessionSubject, _: Context) -> bool:
    """A session with a custom page cannot ask for the phone number itself.

    XPay's schema of the create call; false asks for nothing.
    """
    return session.phone_number_collection and session.ui_mode == "custom"


@rule(
    codes.TOO_MANY_DISCOUNTS,
    on=SESSION,
    param="discounts",
    limits=(MAX_DISCOUNTS,),
    evidence=lambda session, ctx: {"discounts": session.discount_count, "maximum": ctx.limits[MAX_DISCOUNTS]},
)
def too_many_discounts(session: SessionSubject, ctx: Context) -> bool:
    """The session would carry more discounts than it may.

    As many as the limit are enough. XPay's error page: one.
    """
    return session.discount_count > ctx.limits[MAX_DISCOUNTS]


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    on=SESSION,
    param="customFields",
    limits=(MAX_CUSTOM_FIELDS,),
    evidence=lambda session, ctx: {
        "customFields": session.custom_field_count,
        "maximum": ctx.limits[MAX_CUSTOM_FIELDS],
    },
)
def too_many_custom_fields(session: SessionSubject, ctx: Context) -> bool:
    """The session has more custom fields than it may.

    As many as the limit are enough. XPay states a number for payment links only; Stripe has the same for sessions.
    """
    return session.custom_field_count > ctx.limits[MAX_CUSTOM_FIELDS]


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    on=SESSION,
    param="metadata",
    limits=(MAX_METADATA_KEYS,),
    evidence=lambda session, ctx: {"keys": session.metadata_count, "maximum": ctx.limits[MAX_METADATA_KEYS]},
)
def metadata_too_large(session: SessionSubject, ctx: Context) -> bool:
    """The metadata has more keys than it may.

    As many as the limit are enough; a list counts its items. XPay states no number; Stripe's is followed.
    """
    return session.metadata_count > ctx.limits[MAX_METADATA_KEYS]


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    on=SESSION,
    param="expiresAfterMinutes",
    limits=(MIN_EXPIRES_AFTER,),
    evidence=lambda session, ctx: {
        "expiresAfterMinutes": session.expires_after,
        "minimum": ctx.limits[MIN_EXPIRES_AFTER],
    },
)
def expires_too_soon(session: SessionSubject, ctx: Context) -> bool:
    """The session would expire too soon.

    As many minutes as the limit are enough. XPay's schema of the create call: 30.
    """
    return session.expires_after is not None and session.expires_after < ctx.limits[MIN_EXPIRES_AFTER]


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    on=SESSION,
    param="expiresAfterMinutes",
    limits=(MAX_EXPIRES_AFTER,),
    evidence=lambda session, ctx: {
        "expiresAfterMinutes": session.expires_after,
        "maximum": ctx.limits[MAX_EXPIRES_AFTER],
    },
)
def expires_too_late(session: SessionSubject, ctx: Context) -> bool:
    """The session would expire too late.

    As many minutes as the limit are fine. XPay states none; Stripe's 24 hours are followed.
    """
    return session.expires_after is not None and session.expires_after > ctx.limits[MAX_EXPIRES_AFTER]


@rule(
    codes.PARAMETER_INVALID,
    on=SESSION,
    param="brandingSettings.fontFamily",
    limits=(MAX_FONT_FAMILY,),
    evidence=lambda _, ctx: {"maximum": ctx.limits[MAX_FONT_FAMILY]},
)
def font_family_too_long(session: SessionSubject, ctx: Context) -> bool:
    """The name of the font is too long.

    As many characters as the limit are fine. XPay's schema of the create call: 512.
    """
    return session.font_family is not None and len(session.font_family) > ctx.limits[MAX_FONT_FAMILY]


@rule(codes.PARAMETER_INVALID, on=PATCH, param="mode", evidence=_nothing)
def mode_immutable(patch: PatchSubject, _: Context) -> bool:
    """The mode of a session is settled when it is created.

    XPay's page of the update call, with this code as its sample; the same value is refused too.
    """
    return patch.mode


@rule(codes.PARAMETER_INVALID, on=PATCH, param="uiMode", evidence=_nothing)
def ui_mode_immutable(patch: PatchSubject, _: Context) -> bool:
    """How a session is shown is settled when it is created.

    XPay's page of the update call.
    """
    return patch.ui_mode


@rule(codes.PARAMETER_INVALID, on=PATCH, param="submitType", evidence=_nothing)
def submit_type_immutable(patch: PatchSubject, _: Context) -> bool:
    """The button of a session is settled when it is created.

    XPay's page of the update call.
    """
    return patch.submit_type


@rule(codes.PARAMETER_INVALID, on=PATCH, param="currency", evidence=_nothing)
def currency_immutable(patch: PatchSubject, _: Context) -> bool:
    """The currency of a session is settled when it is created.

    XPay's page of the update call.
    """
    return patch.currency


@rule(codes.PARAMETER_INVALID, on=PATCH, param="expiresAfterMinutes", evidence=_nothing)
def expiry_immutable(patch: PatchSubject, _: Context) -> bool:
    """The life of a session is settled when it is created.

    XPay's page of the update call.
    """
    return patch.expires_after_minutes
