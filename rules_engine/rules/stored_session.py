"""What the state of a stored session admits, and what of it cannot change.

Sources: XPay's error page, its page on the life of a session, its pages of the update and expire calls.
"""

from rules_engine import codes
from rules_engine.rules.declaration import rule, shows_nothing
from rules_engine.views.context import Context
from rules_engine.views.session import (
    CLIENT_SECRET,
    PATCH,
    STORED_SESSION,
    TARGET,
    ClientSecretView,
    PatchView,
    StoredSessionView,
    TargetView,
)
from rules_engine.violation import Evidence


def _stored(session: StoredSessionView, ctx: Context) -> Evidence:
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
    evidence=shows_nothing,
)
def session_missing(target: TargetView, _: Context) -> bool:
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
def checkout_session_expired(session: StoredSessionView, ctx: Context) -> bool:
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
def session_complete(session: StoredSessionView, _: Context) -> bool:
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
def session_already_over(session: StoredSessionView, _: Context) -> bool:
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
    evidence=shows_nothing,
)
def invalid_client_secret(secret: ClientSecretView, _: Context) -> bool:
    """The client secret is not the one of this session.

    The two were compared in constant time; a call without a secret is the host's to authorise. XPay's error page.
    """
    return secret.matches is False


@rule(codes.PARAMETER_INVALID, on=PATCH, param="mode", evidence=shows_nothing)
def mode_immutable(patch: PatchView, _: Context) -> bool:
    """The mode of a session cannot be changed after it is created.

    XPay's page of the update call, with this code as its sample; the same value is refused too.
    """
    return patch.mode


@rule(codes.PARAMETER_INVALID, on=PATCH, param="uiMode", evidence=shows_nothing)
def ui_mode_immutable(patch: PatchView, _: Context) -> bool:
    """How a session is shown cannot be changed after it is created.

    XPay's page of the update call.
    """
    return patch.ui_mode


@rule(codes.PARAMETER_INVALID, on=PATCH, param="submitType", evidence=shows_nothing)
def submit_type_immutable(patch: PatchView, _: Context) -> bool:
    """The button of a session cannot be changed after it is created.

    XPay's page of the update call.
    """
    return patch.submit_type


@rule(codes.PARAMETER_INVALID, on=PATCH, param="currency", evidence=shows_nothing)
def currency_immutable(patch: PatchView, _: Context) -> bool:
    """The currency of a session cannot be changed after it is created.

    XPay's page of the update call.
    """
    return patch.currency


@rule(codes.PARAMETER_INVALID, on=PATCH, param="expiresAfterMinutes", evidence=shows_nothing)
def expiry_immutable(patch: PatchView, _: Context) -> bool:
    """The life of a session cannot be changed after it is created.

    XPay's page of the update call.
    """
    return patch.expires_after_minutes
