"""What a session may hold, and how long it may live.

Sources: XPay's error page and its schemas of the session requests. Where XPay is silent and Stripe is not, the
docstring says that Stripe is followed.
"""

from rules_engine import codes
from rules_engine.rules.declaration import rule, shows_nothing
from rules_engine.rules.limits import (
    MAX_CUSTOM_FIELDS,
    MAX_DISCOUNTS,
    MAX_EXPIRES_AFTER,
    MAX_LINE_ITEMS,
    MIN_EXPIRES_AFTER,
)
from rules_engine.subjects.context import Context
from rules_engine.subjects.session import SESSION, SessionSubject


@rule(
    codes.PARAMETER_MISSING,
    on=SESSION,
    param="lineItems",
    undecided_when=lambda session, _: session.lines_required is None and session.line_count is None,
    evidence=shows_nothing,
)
def line_items_missing(session: SessionSubject, _: Context) -> bool:
    """A session needs line items.

    Only a session in setup mode does without; an update cannot take all lines away. XPay's page of API errors gives
    this very case as its sample.
    """
    return session.lines_required is True and session.line_count is None


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    on=SESSION,
    param="lineItems",
    undecided_when=lambda session, _: session.lines_required is None and session.line_count == 0,
    evidence=lambda session, _: {"lineItems": session.line_count, "minimum": 1},
)
def line_items_empty(session: SessionSubject, _: Context) -> bool:
    """A session needs at least one line item.

    An empty list is a count below its bounds. XPay refuses to empty a session.
    """
    return session.lines_required is True and session.line_count == 0


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


@rule(codes.PARAMETERS_EXCLUSIVE, on=SESSION, param="paymentMethodConfigurationId", evidence=shows_nothing)
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
