"""Who a session, or a promotion code, is for. Sources: XPay's error page and its schema of the session requests."""

from rules_engine import codes
from rules_engine.rules.kinds import Exists
from rules_engine.rules.row import rule
from rules_engine.views.context import Context
from rules_engine.views.session import CustomerView, SessionView


@rule(
    codes.PARAMETERS_EXCLUSIVE,
    order=470,
    on=SessionView,
    param="customerDetails",
    undecided_when=lambda session, _: session.details_sent and session.stored_customer_unknown,
    public={"customerId": "customer_id"},
    counterexamples=((("create", "update_metadata"), {"/request/customerDetails": {}}),),
)
def customer_exclusive(session: SessionView, _: Context) -> bool:
    """A session takes a stored customer or the details of a buyer, not both.

    An update that sends details is refused while the stored session has a customer; details that a session has
    collected do not keep it from getting one. XPay's error page.
    """
    return session.details_sent and session.customer_id is not None


@rule(
    codes.PARAMETERS_EXCLUSIVE,
    order=480,
    on=SessionView,
    param=("customerCreation", "customerId"),
    undecided_when=lambda session, _: (
        (session.always_create is True and session.stored_customer_unknown)
        or (session.always_create is None and session.customer_id is not None)
    ),
    public={"customerId": "customer_id"},
    counterexamples=(
        ("create", {"/request/customerCreation": "always"}),
        ("update_customer", {"/facts/session/customerCreation": "always"}),
    ),
)
def customer_creation_exclusive(session: SessionView, _: Context) -> bool:
    """A session that has a stored customer cannot always create one.

    XPay's plugins are refused so; the code is the one of the error page for two parameters that exclude each other.
    """
    return session.always_create is True and session.customer_id is not None


@rule(
    codes.PARAMETER_REQUIRES_ANOTHER,
    order=490,
    on=SessionView,
    param=("customerUpdate", "customerId"),
    undecided_when=lambda session, _: (
        (session.updates_customer is True and session.stored_customer_unknown)
        or (session.updates_customer is None and session.customer_id is None)
    ),
    counterexamples=(
        ("create_guest", {"/request/customerUpdate": {"name": "auto"}}),
        ("update_metadata", {"/request/customerId": None, "/facts/session/customerUpdate": {"name": "auto"}}),
    ),
)
def customer_update_without_customer(session: SessionView, _: Context) -> bool:
    """A session without a stored customer has none to update.

    The error page says so; XPay's schema would pass the field over, and the error page wins.
    """
    return session.updates_customer is True and session.customer_id is None and not session.stored_customer_unknown


@rule(
    codes.RESOURCE_MISSING,
    order=500,
    on=CustomerView,
    violated=Exists(),
    public={"customerId": "id"},
    counterexamples=(
        ("create", {"/facts/customer": None, "/facts/missing": {"customers": ["cus_1"]}}),
        ("promotion_code_create_restricted", {"/facts/customer": None, "/facts/missing/customers": ["cus_1"]}),
    ),
)
def customer_missing() -> None:
    """There is no such customer.

    XPay's error page: the id is wrong, or the key is of the other mode.
    """
