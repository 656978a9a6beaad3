"""The session a request would create or leave behind, and the stored one it acts on."""

import re
from datetime import datetime
from decimal import Decimal

from rules_engine.models import UNSET, AfterCompletion, SessionCreate, SessionUpdate
from rules_engine.path import Path
from rules_engine.views.scope import Axis, Scope, view


@view
class TargetView:
    """The session an operation acts on, by id.

    Attributes:
        missing: Whether it is known not to exist.
        unknown: Whether nobody looked it up.
    """

    missing: bool
    unknown: bool


@view
class StoredSessionView:
    """The stored session an operation acts on.

    Attributes:
        unknown: Whether nobody looked it up.
        status: `open`, `complete` or `expired`; None where there is no such session, or nobody looked.
        expires_at: Payable until just before this instant.
        is_expired: What the API computed last.
    """

    unknown: bool
    status: str | None
    expires_at: datetime | None
    is_expired: bool


@view
class ClientSecretView:
    """A client secret that a request carries.

    Attributes:
        matches: Whether it is the one of the stored session; None where nobody looked.
    """

    matches: bool | None


@view
class SessionView:
    """The session as it would be after the request, in the parts that the request touches.

    Attributes:
        request: The request.
        ui_mode: How the session is shown; None where nobody knows.
        line_count: How many lines the request states; None for none at all.
        subtotal: What they come to, in minor units; None where that cannot be told.
        subtotal_unknown: Whether nobody looked up a price of theirs.
        customer_id: The customer; None for a buyer who is no stored customer, or where nobody knows.
        details_sent: Whether the request carries details of a buyer.
        always_create: Whether a customer would always be created; None where nobody looked up the session.
        updates_customer: Whether parts of the customer would be overwritten; None where nobody looked up the session.
        name_collection: Whether the request asks for it; the same for the next three.
        cancel_url_sent: Whether the request states a URL to go back to.
        discount_count: How many discounts the request states.
        methods_sent: Whether it states payment method types; the same for the next two.
        expires_after: In how many minutes a new session expires; None where it is not stated.
        stored_customer_unknown: Whether the customer is the one of a stored session that nobody looked up.
    """

    request: SessionCreate | SessionUpdate
    ui_mode: str | None
    line_count: int | None
    subtotal: int | None
    subtotal_unknown: bool
    customer_id: str | None
    details_sent: bool
    always_create: bool | None
    updates_customer: bool | None
    methods_sent: bool
    configuration_sent: bool
    submit_type_sent: bool
    name_collection: bool
    billing_address_collection: bool
    shipping_address_collection: bool
    phone_number_collection: bool
    cancel_url_sent: bool
    discount_count: int
    expires_after: int | Decimal | None
    stored_customer_unknown: bool = False


@view
class PatchView:
    """An update that touches what cannot be changed.

    Attributes:
        mode: Whether the request carries the field; the same for the others.
    """

    mode: bool
    ui_mode: bool
    submit_type: bool
    currency: bool
    expires_after_minutes: bool


@view
class AfterCompletionView:
    """What happens after paying, as the request states it.

    Attributes:
        completion: The statement.
        ui_mode: How the session is shown; None where nobody knows.
        message: The text of the confirmation page; None where there is none.
    """

    completion: AfterCompletion
    ui_mode: str | None
    message: str | None


def _session_sent(session: SessionView, param: str) -> bool:
    field = re.sub(r"([A-Z])", r"_\1", param.partition(".")[0]).lower()
    value = getattr(session.request, field, UNSET)
    return value is not UNSET and (value is not None or isinstance(session.request, SessionUpdate))


def _target_place(_: TargetView) -> Path:
    return ("target", "id")


def _stored_place(_: StoredSessionView) -> Path:
    return ("facts", "session")


def _request_place(_: object) -> Path:
    return ("request",)


def _after_completion_place(_: AfterCompletionView) -> Path:
    return ("request", "afterCompletion")


TARGET = Scope("target", TargetView, Axis.ROOT, _target_place, fields="id")
STORED_SESSION = Scope("stored_session", StoredSessionView, Axis.ROOT, _stored_place, fields=None)
CLIENT_SECRET = Scope("client_secret", ClientSecretView, Axis.ROOT, _request_place, fields="")
SESSION = Scope("session", SessionView, Axis.ROOT, _request_place, _session_sent, fields="")
PATCH = Scope("patch", PatchView, Axis.ROOT, _request_place, fields="")
AFTER_COMPLETION = Scope(
    "after_completion", AfterCompletionView, Axis.ROOT, _after_completion_place, fields="afterCompletion"
)
