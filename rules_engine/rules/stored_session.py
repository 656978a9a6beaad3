"""What the state of a stored session admits, and what of it cannot change.

Sources: XPay's error page, its page on the life of a session, its pages of the update and expire calls.
"""

from collections.abc import Mapping
from typing import Final

from rules_engine import codes
from rules_engine.rules.kinds import Exists, Fixed
from rules_engine.rules.row import LeftOut, Shown, now, rule
from rules_engine.views.context import Context
from rules_engine.views.stored_session import ClientSecretView, PaidLinesView, PatchView, StoredSessionView, TargetView

_STATE: Final[Mapping[str, Shown]] = {
    "status": "session.status",
    "expiresAt": "session.expires_at",
    "isExpired": "session.is_expired",
    "now": now,
}
_EXPIRE: Final[LeftOut] = {"session.expire": "session_already_over covers both"}


@rule(
    codes.RESOURCE_MISSING,
    order=10,
    on=TargetView,
    violated=Exists(),
    message="No session with this id exists on this account in this mode.",
    counterexamples=(("expire", {"/facts/session": None, "/facts/missing": {"sessions": ["cs_1"]}}),),
)
def session_missing() -> None:
    """The session does not exist. XPay's error page: the id is wrong, or the key is of the other mode."""


@rule(
    codes.CHECKOUT_SESSION_EXPIRED,
    order=20,
    on=StoredSessionView,
    needs=(session_missing,),
    undecided_when=lambda stored, _: stored.unknown,
    message="The session has expired; create a new one.",
    public=_STATE,
    except_in=_EXPIRE,
    counterexamples=(
        ("update", {"/facts/session/expiresAt": "2026-11-22T10:00:00Z"}),
        ("confirm", {"/facts/session/status": "expired"}),
        ("apply", {"/facts/session/isExpired": True}),
    ),
)
def checkout_session_expired(stored: StoredSessionView, ctx: Context) -> bool:
    """The session has expired.

    It is over at its expiry, not after it; a session that the API calls expired is expired whatever its status says.
    A complete session is not expired but complete. XPay's error page, and the API's page of the session object.
    """
    return stored.session is not None and (
        stored.session.status == "expired"
        or (
            stored.session.status == "open"
            and (
                stored.session.is_expired
                or (stored.session.expires_at is not None and ctx.now >= stored.session.expires_at)
            )
        )
    )


@rule(
    codes.RESOURCE_INVALID_STATE,
    order=30,
    on=StoredSessionView,
    param="status",
    needs=(session_missing,),
    undecided_when=lambda stored, _: stored.unknown,
    message="The session is complete and can no longer change.",
    public=_STATE,
    except_in=_EXPIRE,
    counterexamples=(("confirm", {"/facts/session/status": "complete"}),),
)
def session_complete(stored: StoredSessionView, _: Context) -> bool:
    """The session is complete. XPay's page on the life of a session: both ends are final."""
    return stored.session is not None and stored.session.status == "complete"


@rule(
    codes.RESOURCE_INVALID_STATE,
    order=40,
    on=StoredSessionView,
    param="status",
    needs=(session_missing,),
    undecided_when=lambda stored, _: stored.unknown,
    message="The session is {status} already and cannot be expired.",
    public=_STATE,
    except_in={
        ("session.update", "session.confirm", "session.apply_promotion_code"): "only the expire call ends a session"
    },
    counterexamples=(("expire", {"/facts/session/status": "complete"}),),
)
def session_already_over(stored: StoredSessionView, _: Context) -> bool:
    """The session that is to be ended is complete or expired already.

    An open session past its expiry can be ended. XPay's error page and its page of the expire call.
    """
    return stored.session is not None and stored.session.status in ("complete", "expired")


@rule(
    codes.INVALID_CLIENT_SECRET,
    order=50,
    on=ClientSecretView,
    param="clientSecret",
    needs=(session_missing,),
    undecided_when=lambda secret, _: secret.matches is None,
    message="clientSecret is not the secret of this session.",
    counterexamples=(("confirm", {"/request/clientSecret": "cs_1_secret_a2"}),),
)
def invalid_client_secret(secret: ClientSecretView, _: Context) -> bool:
    """The client secret is not the one of this session.

    The two are compared in constant time; a call without a secret is for the application to authorise. XPay's error
    page.
    """
    return secret.matches is False


@rule(
    codes.PARAMETER_INVALID,
    order=60,
    on=PatchView,
    param="mode",
    violated=Fixed("mode"),
    message="mode cannot be changed after the session is created.",
    counterexamples=(("update", {"/request/mode": "payment"}),),
)
def mode_immutable() -> None:
    """The update sends the mode of the session, which cannot change.

    XPay's page of the update call, with this code as its sample; the same value is refused too.
    """


@rule(
    codes.PARAMETER_INVALID,
    order=70,
    on=PatchView,
    param="uiMode",
    violated=Fixed("ui_mode"),
    message="uiMode cannot be changed after the session is created.",
    counterexamples=(("update", {"/request/uiMode": "hosted"}),),
)
def ui_mode_immutable() -> None:
    """The update sends how the session is shown, which cannot change."""


@rule(
    codes.PARAMETER_INVALID,
    order=80,
    on=PatchView,
    param="submitType",
    violated=Fixed("submit_type"),
    message="submitType cannot be changed after the session is created.",
    counterexamples=(("update", {"/request/submitType": None}),),
)
def submit_type_immutable() -> None:
    """The update sends the submit type of the session, which cannot change."""


@rule(
    codes.PARAMETER_INVALID,
    order=90,
    on=PatchView,
    param="currency",
    violated=Fixed("currency"),
    message="currency cannot be changed after the session is created.",
    counterexamples=(("update", {"/request/currency": "EGP"}),),
)
def currency_immutable() -> None:
    """The update sends the currency of the session, which cannot change."""


@rule(
    codes.PARAMETER_INVALID,
    order=100,
    on=PatchView,
    param="expiresAfterMinutes",
    violated=Fixed("expires_after_minutes"),
    message="expiresAfterMinutes cannot be changed after the session is created.",
    counterexamples=(("update", {"/request/expiresAfterMinutes": 60}),),
)
def expiry_immutable() -> None:
    """The update sends how long the session is open, which cannot change."""


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=105,
    on=PaidLinesView,
    undecided_when=lambda lines, _: lines.quantity is None,
    message="Nothing is to be paid: every line item of the session has quantity 0.",
    counterexamples=(
        ("confirm", {"/facts/session/lineItems/0/quantity": 0, "/facts/session/lineItems/1/quantity": 0}),
    ),
)
def nothing_to_pay(lines: PaidLinesView, _: Context) -> bool:
    """The session is paid, and every line of it has quantity zero.

    Optional lines may stand at zero until then. XPay's error page has a code for quantities that are out of range.
    """
    return lines.quantity == 0
