"""What a session may hold: its lines, its customer, its discounts, and its expiry.

Sources: XPay's error page, and its schemas of the session and payment link requests.
"""

from collections.abc import Mapping
from typing import Final

from rules_engine import codes
from rules_engine.rules.kinds import Bound, Exclusive, Exists, items, number
from rules_engine.rules.limits import (
    LARGEST_QUANTITY,
    MAX_DISCOUNTS,
    MAX_EXPIRES_AFTER,
    MAX_LINE_ITEMS,
    MIN_EXPIRES_AFTER,
)
from rules_engine.rules.row import LeftOut, Shown, rule
from rules_engine.views.context import Context
from rules_engine.views.discount import DiscountView
from rules_engine.views.line_item import LineListView
from rules_engine.views.session import CustomerView, SessionView

_LINKS: Final = ("payment_link_create_full", "payment_link_update_full")
_ONE_LINE: Final = "without a line, the draft is refused for that, and the wire reads no longer list"
_LINK: Final = ("payment_link.create", "payment_link.update")
_DISCOUNT: Final[Mapping[str, Shown]] = {"coupon": "discount.coupon", "promotionCode": "discount.promotion_code"}
_FIXED: Final[LeftOut] = {"session.update": "the field cannot be changed at all"}


@rule(
    codes.PARAMETER_MISSING,
    order=110,
    on=LineListView,
    undecided_when=lambda lines, _: lines.required is None and lines.count is None,
    message="lineItems is missing; only a session in setup mode has none.",
    except_in={_LINK: "the shape of the request says so"},
    counterexamples=((("create_minimal", "update_metadata"), {"/request/lineItems": None}),),
)
def line_items_missing(lines: LineListView, _: Context) -> bool:
    """The session has no line items, and is not in setup mode.

    An update cannot take all lines away. XPay's page of API errors gives this very case as its sample.
    """
    return lines.required is True and lines.count is None


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=450,
    on=LineListView,
    undecided_when=lambda lines, _: lines.required is None and lines.count == 0,
    message="lineItems must have at least {minimum} item, and has none.",
    public={"lineItemCount": "count", "minimum": 1},
    counterexamples=((("create_minimal", *_LINKS), {"/request/lineItems": []}),),
)
def line_items_empty(lines: LineListView, _: Context) -> bool:
    """The list of line items is empty.

    It is a count below its bounds. XPay refuses to empty a session, and its schema of a payment link asks for one line.
    """
    return lines.required is True and lines.count == 0


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=460,
    on=LineListView,
    violated=Bound(
        "count",
        maximum=MAX_LINE_ITEMS,
        shown_as="lineItemCount",
        settings=(
            items("create_minimal", "/request/lineItems", {"price": "price_bowl", "quantity": 1}, _ONE_LINE),
            items(
                ("payment_link_create", "payment_link_update"),
                "/request/lineItems",
                {"priceId": "price_bowl", "quantity": 1},
                _ONE_LINE,
            ),
        ),
    ),
    message="lineItems must have at most {maximum} items, and has {lineItemCount}.",
)
def too_many_line_items() -> None:
    """The request has more line items than the maximum. XPay states no number; Stripe's is followed."""


@rule(
    codes.PARAMETERS_EXCLUSIVE,
    order=470,
    on=SessionView,
    param="customerDetails",
    violated=Exclusive("details_sent", "customer_id"),
    undecided_when=lambda session, _: session.details_sent and session.stored_customer_unknown,
    message="customerDetails cannot be combined with customerId, sent or stored; use one of them.",
    private={"customerId": "customer_id"},
    counterexamples=((("create", "update_metadata"), {"/request/customerDetails": {}}),),
)
def customer_exclusive() -> None:
    """The session has a stored customer, and the request carries details of a buyer.

    An update that sends details is refused while the stored session has a customer; details that a session has
    collected do not keep it from getting one. XPay's error page.
    """


@rule(
    codes.PARAMETERS_EXCLUSIVE,
    order=480,
    on=SessionView,
    param=("customerCreation", "customerId"),
    violated=Exclusive("always_create", "customer_id"),
    undecided_when=lambda session, _: (
        (session.always_create is True and session.stored_customer_unknown)
        or (session.always_create is None and session.customer_id is not None)
    ),
    message="customerCreation always cannot be combined with customerId; use one of them.",
    private={"customerId": "customer_id"},
    counterexamples=(
        ("create", {"/request/customerCreation": "always"}),
        ("update_customer", {"/facts/session/customerCreation": "always"}),
    ),
)
def customer_creation_exclusive() -> None:
    """The session has a stored customer, and always creates one.

    XPay's plugins are refused so; the code is the one of the error page for parameters that exclude each other.
    """


@rule(
    codes.PARAMETER_REQUIRES_ANOTHER,
    order=490,
    on=SessionView,
    param=("customerUpdate", "customerId"),
    undecided_when=lambda session, _: (
        (session.updates_customer is True and session.stored_customer_unknown)
        or (session.updates_customer is None and session.customer_id is None)
    ),
    message="customerUpdate requires customerId.",
    counterexamples=(
        ("create_guest", {"/request/customerUpdate": {"name": "auto"}}),
        ("update_metadata", {"/request/customerId": None, "/facts/session/customerUpdate": {"name": "auto"}}),
    ),
)
def customer_update_without_customer(session: SessionView, _: Context) -> bool:
    """The session updates its stored customer, and has none.

    The error page says so; XPay's schema would ignore the field, and the error page wins.
    """
    return session.updates_customer is True and session.customer_id is None and not session.stored_customer_unknown


@rule(
    codes.RESOURCE_MISSING,
    order=500,
    on=CustomerView,
    violated=Exists(),
    message="No customer '{customerId}' exists on this account in this mode.",
    public={"customerId": "id"},
    counterexamples=(
        ("create", {"/facts/customer": None, "/facts/missing": {"customers": ["cus_1"]}}),
        ("promotion_code_create_restricted", {"/facts/customer": None, "/facts/missing/customers": ["cus_1"]}),
    ),
)
def customer_missing() -> None:
    """The customer does not exist. XPay's error page: the id is wrong, or the key is of the other mode."""


@rule(
    codes.PARAMETERS_EXCLUSIVE,
    order=510,
    on=SessionView,
    param="paymentMethodConfigurationId",
    violated=Exclusive("methods_sent", "configuration_sent"),
    message="paymentMethodConfigurationId cannot be combined with paymentMethodTypes; send one of them.",
    counterexamples=(("create", {"/request/paymentMethodConfigurationId": "pmc_1"}),),
)
def payment_methods_exclusive() -> None:
    """The request names payment method types and a configuration.

    XPay's schema of the create call states it in words; the code is the one of the error page.
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
    message="expiresAfterMinutes must be at least {minimum}, and is {expiresAfterMinutes}.",
    except_in=_FIXED,
)
def expires_too_soon() -> None:
    """The session expires after fewer minutes than the minimum. XPay's schema of the create call: 30."""


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
    message="expiresAfterMinutes must be at most {maximum}, and is {expiresAfterMinutes}.",
    except_in=_FIXED,
)
def expires_too_late() -> None:
    """The session expires after more minutes than the maximum. XPay states none; Stripe's 24 hours are followed."""


@rule(
    codes.TOO_MANY_DISCOUNTS,
    order=1250,
    on=SessionView,
    param="discounts",
    violated=Bound(
        "discount_count",
        maximum=MAX_DISCOUNTS,
        shown_as="discountCount",
        settings=items("create_coupon", "/request/discounts", {"coupon": "coup_1"}),
    ),
    message="discounts has {discountCount} items, more than the maximum of {maximum}.",
    counterexamples=(("create", {"/request/discounts/-": {"coupon": "coup_1"}}),),
)
def too_many_discounts() -> None:
    """The request has more discounts than the maximum. XPay's error page: one."""


@rule(
    codes.PARAMETERS_EXCLUSIVE,
    order=1260,
    on=DiscountView,
    param="promotionCode",
    violated=Exclusive("discount.coupon", "discount.promotion_code"),
    message="promotionCode cannot be combined with coupon in one discount; send one of them.",
    public=_DISCOUNT,
    counterexamples=(("create", {"/request/discounts/0/coupon": "coup_1"}),),
)
def discount_exclusive() -> None:
    """The discount has both a coupon and a promotion code.

    XPay's schema states it in words; the code is the one of the error page for parameters that exclude each other.
    """


@rule(
    codes.PARAMETER_MISSING,
    order=1270,
    on=DiscountView,
    message="A discount requires coupon or promotionCode.",
    public=_DISCOUNT,
    counterexamples=(("create", {"/request/discounts/0": {}}),),
)
def discount_empty(view: DiscountView, _: Context) -> bool:
    """The discount has neither a coupon nor a promotion code. XPay's schema states it in words."""
    return view.discount.coupon is None and view.discount.promotion_code is None
