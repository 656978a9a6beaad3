"""What a session may hold, and how long it may live.

Sources: XPay's error page and its schemas of the session requests. Where XPay is silent and Stripe is not, the
docstring says that Stripe is followed.
"""

from rules_engine import codes
from rules_engine.rules.kinds import Bound, items, number
from rules_engine.rules.limits import (
    LARGEST_QUANTITY,
    MAX_CUSTOM_FIELDS,
    MAX_DISCOUNTS,
    MAX_EXPIRES_AFTER,
    MAX_LINE_ITEMS,
    MIN_EXPIRES_AFTER,
)
from rules_engine.rules.row import rule
from rules_engine.views.context import Context
from rules_engine.views.line_item import LineListView
from rules_engine.views.session import CustomFieldListView, SessionView


@rule(
    codes.PARAMETER_MISSING,
    order=110,
    on=LineListView,
    undecided_when=lambda lines, _: lines.required is None and lines.count is None,
    except_in={
        "payment_link.create": "the shape of the request says so",
        "payment_link.update": "the shape of the request says so",
    },
    counterexamples=((("create_minimal", "update_metadata"), {"/request/lineItems": None}),),
)
def line_items_missing(lines: LineListView, _: Context) -> bool:
    """A session needs line items.

    Only a session in setup mode does without; an update cannot take all lines away. XPay's page of API errors gives
    this very case as its sample.
    """
    return lines.required is True and lines.count is None


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=450,
    on=LineListView,
    undecided_when=lambda lines, _: lines.required is None and lines.count == 0,
    public={"lineItems": "count", "minimum": 1},
    counterexamples=(
        (("create_minimal", "payment_link_create_full", "payment_link_update_full"), {"/request/lineItems": []}),
    ),
)
def line_items_empty(lines: LineListView, _: Context) -> bool:
    """There is no line item, and there has to be one.

    An empty list is a count below its bounds. XPay refuses to empty a session, and its schema of a payment link asks
    for one line.
    """
    return lines.required is True and lines.count == 0


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=460,
    on=LineListView,
    violated=Bound(
        "count",
        maximum=MAX_LINE_ITEMS,
        shown_as="lineItems",
        settings=(
            items(
                "create_minimal",
                "/request/lineItems",
                {"price": "price_bowl", "quantity": 1},
                "without a line, the draft is refused for that, and the wire reads no longer list",
            ),
            items(
                ("payment_link_create", "payment_link_update"),
                "/request/lineItems",
                {"priceId": "price_bowl", "quantity": 1},
                "without a line, the draft is refused for that, and the wire reads no longer list",
            ),
        ),
    ),
)
def too_many_line_items() -> None:
    """There are more line items than a session or payment link may have.

    As many as the limit are fine. XPay states no number; Stripe's is followed.
    """


@rule(
    codes.PARAMETERS_EXCLUSIVE,
    order=510,
    on=SessionView,
    param="paymentMethodConfigurationId",
    counterexamples=(("create", {"/request/paymentMethodConfigurationId": "pmc_1"}),),
)
def payment_methods_exclusive(session: SessionView, _: Context) -> bool:
    """A session names payment method types or a configuration, not both.

    XPay's schema of the create call states it in words; the code is the one of the error page.
    """
    return session.methods_sent and session.configuration_sent


@rule(
    codes.TOO_MANY_DISCOUNTS,
    order=1250,
    on=SessionView,
    param="discounts",
    violated=Bound(
        "discount_count",
        maximum=MAX_DISCOUNTS,
        settings=items("create_coupon", "/request/discounts", {"coupon": "coup_1"}),
    ),
    counterexamples=(("create", {"/request/discounts/-": {"coupon": "coup_1"}}),),
)
def too_many_discounts() -> None:
    """The session would carry more discounts than it may.

    As many as the limit are enough. XPay's error page: one.
    """


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=690,
    on=CustomFieldListView,
    violated=Bound(
        "count",
        maximum=MAX_CUSTOM_FIELDS,
        shown_as="customFields",
        settings=items(
            ("create", "payment_link_create_full", "payment_link_update_full"),
            "/request/customFields",
            {"label": "Note", "type": "TEXT"},
        ),
    ),
)
def too_many_custom_fields() -> None:
    """There are more custom fields than a session or payment link may have.

    As many as the limit are fine. XPay states 3 for payment links; Stripe has the same for sessions.
    """


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=750,
    on=SessionView,
    param="expiresAfterMinutes",
    violated=Bound(
        "expires_after",
        minimum=MIN_EXPIRES_AFTER,
        settings=number("create", "/request/expiresAfterMinutes", 0, LARGEST_QUANTITY),
    ),
    except_in={"session.update": "the field cannot be changed at all"},
)
def expires_too_soon() -> None:
    """The session would expire too soon.

    As many minutes as the limit are enough. XPay's schema of the create call: 30.
    """


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=760,
    on=SessionView,
    param="expiresAfterMinutes",
    violated=Bound(
        "expires_after",
        maximum=MAX_EXPIRES_AFTER,
        settings=number("create", "/request/expiresAfterMinutes", 0, LARGEST_QUANTITY),
    ),
    except_in={"session.update": "the field cannot be changed at all"},
)
def expires_too_late() -> None:
    """The session would expire too late.

    As many minutes as the limit are fine. XPay states none; Stripe's 24 hours are followed.
    """
