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
from rules_engine.views.context import Context
from rules_engine.views.custom_field import CUSTOM_FIELD_LIST, CustomFieldListView
from rules_engine.views.line_item import LINE_LIST, LineListView
from rules_engine.views.session import SESSION, SessionView


@rule(
    codes.PARAMETER_MISSING,
    on=LINE_LIST,
    undecided_when=lambda lines, _: lines.required is None and lines.count is None,
    evidence=shows_nothing,
)
def line_items_missing(lines: LineListView, _: Context) -> bool:
    """A session needs line items.

    Only a session in setup mode does without; an update cannot take all lines away. XPay's page of API errors gives
    this very case as its sample.
    """
    return lines.required is True and lines.count is None


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    on=LINE_LIST,
    undecided_when=lambda lines, _: lines.required is None and lines.count == 0,
    evidence=lambda lines, _: {"lineItems": lines.count, "minimum": 1},
)
def line_items_empty(lines: LineListView, _: Context) -> bool:
    """There is no line item, and there has to be one.

    An empty list is a count below its bounds. XPay refuses to empty a session, and its schema of a payment link asks
    for one line.
    """
    return lines.required is True and lines.count == 0


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    on=LINE_LIST,
    limits=(MAX_LINE_ITEMS,),
    evidence=lambda lines, ctx: {"lineItems": lines.count, "maximum": ctx.limits[MAX_LINE_ITEMS]},
)
def too_many_line_items(lines: LineListView, ctx: Context) -> bool:
    """There are more line items than a session or payment link may have.

    As many as the limit are fine. XPay states no number; Stripe's is followed.
    """
    return lines.count is not None and lines.count > ctx.limits[MAX_LINE_ITEMS]


@rule(codes.PARAMETERS_EXCLUSIVE, on=SESSION, param="paymentMethodConfigurationId", evidence=shows_nothing)
def payment_methods_exclusive(session: SessionView, _: Context) -> bool:
    """A session names payment method types or a configuration, not both.

    XPay's schema of the create call states it in words; the code is the one of the error page.
    """
    return session.methods_sent and session.configuration_sent


@rule(
    codes.TOO_MANY_DISCOUNTS,
    on=SESSION,
    param="discounts",
    limits=(MAX_DISCOUNTS,),
    evidence=lambda session, ctx: {"discounts": session.discount_count, "maximum": ctx.limits[MAX_DISCOUNTS]},
)
def too_many_discounts(session: SessionView, ctx: Context) -> bool:
    """The session would carry more discounts than it may.

    As many as the limit are enough. XPay's error page: one.
    """
    return session.discount_count > ctx.limits[MAX_DISCOUNTS]


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    on=CUSTOM_FIELD_LIST,
    limits=(MAX_CUSTOM_FIELDS,),
    evidence=lambda fields, ctx: {"customFields": fields.count, "maximum": ctx.limits[MAX_CUSTOM_FIELDS]},
)
def too_many_custom_fields(fields: CustomFieldListView, ctx: Context) -> bool:
    """There are more custom fields than a session or payment link may have.

    As many as the limit are fine. XPay states 3 for payment links; Stripe has the same for sessions.
    """
    return fields.count > ctx.limits[MAX_CUSTOM_FIELDS]


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
def expires_too_soon(session: SessionView, ctx: Context) -> bool:
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
def expires_too_late(session: SessionView, ctx: Context) -> bool:
    """The session would expire too late.

    As many minutes as the limit are fine. XPay states none; Stripe's 24 hours are followed.
    """
    return session.expires_after is not None and session.expires_after > ctx.limits[MAX_EXPIRES_AFTER]
