"""What any request is let in by: its key, its signature, its rate and its idempotency key."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final

from attrs import define

from rules_engine.fingerprint import request_fingerprint
from rules_engine.models import ApiKey, Draft, Endpoint, Facts, RateUsage, RequestAuthorize
from rules_engine.path import Path
from rules_engine.views.request_secrets import (
    find_key,
    matches_signature,
    presented_key,
    read_signature,
    same_digest,
)
from rules_engine.views.scope import Axis, Scope, view
from rules_engine.views.views import UnknownFact, Views

_EPOCH: Final = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
_HOUR: Final = timedelta(hours=1)
_MICROSECOND: Final = timedelta(microseconds=1)
_MICROSECONDS: Final = 1_000_000
"""In a second."""


@view
class CredentialView:
    """The API key that a request carries, and the record of it. The key itself is not kept.

    Attributes:
        given: Whether the request carries one at all.
        unknown: Whether nobody looked the keys up.
        invalid: Whether it is known not to be one that lets anybody in, here.
        id: What the host calls it; None where it is none of the known keys.
        livemode: Which half of the platform it is for; None as above.
        expected_livemode: Which half the facts are of; None where they do not say.
        active: False is switched off.
        kind: `publishable`, `secret` or `restricted`; None where it lets nobody in.
        permission: What the endpoint asks for; None where it asks for none, or nobody looked.
        lacks_permission: Whether it is restricted and does not hold that.
        permission_unknown: Whether it is restricted and nobody looked up what the endpoint asks for.
    """

    given: bool
    unknown: bool
    invalid: bool
    id: str | None
    livemode: bool | None
    expected_livemode: bool | None
    active: bool
    kind: str | None
    permission: str | None
    lacks_permission: bool
    permission_unknown: bool


@view
class SignatureView:
    """The signature of a request to an endpoint that takes signed requests only. The signature itself is not kept.

    Attributes:
        readable: Whether the request carries one, in the form of a signature.
        unknown: Whether nobody looked up what it may be made with.
        matches: Whether one of the known secrets gives it; None where nobody can tell.
        timestamp: When it was made, in seconds since 1970; None where it is not readable.
        age: How far that is from now, in seconds, before or after; None as above.
    """

    readable: bool
    unknown: bool
    matches: bool | None
    timestamp: int | None
    age: Fraction | None


@view
class ActivationView:
    """Whether the account may be called the way the request calls it.

    Attributes:
        key: What the host calls the key; None where it lets nobody in.
        unknown: Whether nobody looked up what decides it.
        live: Whether the key is a live one.
        enabled: Whether the account takes live payments; None where nobody looked.
        exempt: Whether the endpoint may be called before it does; None where nobody looked.
    """

    key: str | None
    unknown: bool
    live: bool
    enabled: bool | None
    exempt: bool | None


@view
class RateView:
    """How many requests the account has sent.

    Attributes:
        usage: What is counted.
        ends_at: When the window ends; None where that is past the end of the calendar.
    """

    usage: RateUsage
    ends_at: datetime | None


@view
class IdempotencyKeyView:
    """The idempotency key that a request carries. The key itself is not kept.

    Attributes:
        length: How many characters it has.
        unknown: Whether nobody looked it up.
        differs: Whether it was used for another request.
        used_at: When it was used; None where it was not, or nobody looked.
        age: How long ago that is, in hours; None as above, and where a host keeps an instant without an offset.
    """

    length: int
    unknown: bool
    differs: bool
    used_at: datetime | None
    age: Fraction | None


@define(eq=False)
class RequestViews(Views):
    """The items of every scope of a request."""

    credential: Sequence[CredentialView] = ()
    signature: Sequence[SignatureView] | None = ()
    activation: Sequence[ActivationView] = ()
    rate: Sequence[RateView] | None = ()
    idempotency_key: Sequence[IdempotencyKeyView] = ()


def join_request_authorize(draft: Draft[RequestAuthorize]) -> RequestViews:
    """Join a request with what the host knows of its key, its endpoint and its account."""
    request, facts = draft.request, draft.facts
    unknown: list[UnknownFact] = []
    given, presented = presented_key(request.authorization)
    key_unknown = presented is not None and facts.api_keys is None
    if key_unknown:
        unknown.append(("apiKeys", None))
    if facts.endpoint is None:
        unknown.append(("endpoint", None))
    found = None if presented is None else find_key(presented, facts.api_keys or ())
    # A key of one mode is no key at all in the other, so nothing else is asked of it.
    key = None if found is None or facts.livemode not in (None, found.livemode) else found
    credential = CredentialView(
        given=given,
        unknown=key_unknown,
        invalid=given and not key_unknown and key is None,
        id=None if found is None else found.id,
        livemode=None if found is None else found.livemode,
        expected_livemode=facts.livemode,
        active=key is None or key.active,
        kind=None if key is None else key.kind,
        permission=None if facts.endpoint is None else facts.endpoint.permission,
        lacks_permission=_lacks_permission(key, facts.endpoint),
        permission_unknown=key is not None and key.kind == "restricted" and facts.endpoint is None,
    )
    return RequestViews(
        unknown,
        credential=(credential,),
        signature=_signature(request, facts, unknown),
        activation=(_activation(key, facts, unknown, key_unknown=key_unknown),),
        rate=_rate(facts, unknown),
        idempotency_key=_idempotency_key(request, facts, unknown),
    )


def _lacks_permission(key: ApiKey | None, endpoint: Endpoint | None) -> bool:
    if key is None or key.kind != "restricted" or endpoint is None or endpoint.permission is None:
        return False
    area, _, action = endpoint.permission.rpartition("_")
    # Who may write may read.
    held = {endpoint.permission, f"{area}_WRITE"} if action == "READ" else {endpoint.permission}
    return held.isdisjoint(key.permissions)


def _signature(request: RequestAuthorize, facts: Facts, unknown: list[UnknownFact]) -> tuple[SignatureView, ...] | None:
    if facts.endpoint is None:
        return None
    if not facts.endpoint.signed:
        return ()
    signature = read_signature(request.signature)
    if signature is None:
        return (SignatureView(readable=False, unknown=False, matches=None, timestamp=None, age=None),)
    secrets = facts.signing_secrets
    if secrets is None:
        unknown.append(("signingSecrets", None))
    matches = None if secrets is None else matches_signature(signature, request.body or "", secrets)
    made_at = int(signature.timestamp)
    age = Fraction(abs((facts.now - _EPOCH) // _MICROSECOND - made_at * _MICROSECONDS), _MICROSECONDS)
    return (SignatureView(readable=True, unknown=secrets is None, matches=matches, timestamp=made_at, age=age),)


def _activation(key: ApiKey | None, facts: Facts, unknown: list[UnknownFact], *, key_unknown: bool) -> ActivationView:
    live = key is not None and key.livemode
    exempt = None if facts.endpoint is None else facts.endpoint.before_activation
    enabled = None if facts.merchant is None else facts.merchant.live_payments_enabled
    if live and exempt is not True and enabled is None:
        unknown.append(("merchant" if facts.merchant is None else "merchant.livePaymentsEnabled", None))
    undecided = live and exempt is not True and enabled is not True and None in (exempt, enabled)
    return ActivationView(None if key is None else key.id, key_unknown or undecided, live, enabled, exempt)


def _rate(facts: Facts, unknown: list[UnknownFact]) -> tuple[RateView, ...] | None:
    usage = facts.rate
    if usage is None:
        unknown.append(("rate", None))
        return None
    try:
        ends_at = usage.window_started_at + timedelta(seconds=max(usage.window_seconds, 0))
    except OverflowError:
        return (RateView(usage, None),)
    return (RateView(usage, ends_at),)


def _idempotency_key(
    request: RequestAuthorize, facts: Facts, unknown: list[UnknownFact]
) -> tuple[IdempotencyKeyView, ...]:
    key = request.idempotency_key
    if key is None:
        return ()
    stored = facts.idempotency_keys.get(key)
    if stored is not None:
        fingerprint = request_fingerprint(request.method, request.path, request.query, request.body)
        differs = not same_digest(stored.fingerprint, fingerprint)
        age = _age(stored.created_at, facts.now)
        return (IdempotencyKeyView(len(key), unknown=False, differs=differs, used_at=stored.created_at, age=age),)
    # An empty key is none, whatever it was used for.
    not_looked_up = key != "" and key not in facts.missing.idempotency_keys
    if not_looked_up:
        unknown.append(("idempotencyKeys", key))
    return (IdempotencyKeyView(len(key), unknown=not_looked_up, differs=False, used_at=None, age=None),)


def _age(instant: datetime, now: datetime) -> Fraction | None:
    if instant.tzinfo is None:
        return None
    return Fraction((now - instant) // _MICROSECOND, _HOUR // _MICROSECOND)


def _request_place(_: object) -> Path:
    return ("request",)


def _merchant_place(_: ActivationView) -> Path:
    return ("facts", "merchant", "livePaymentsEnabled")


def _rate_place(_: RateView) -> Path:
    return ("facts", "rate")


CREDENTIAL = Scope("credential", CredentialView, Axis.ROOT, _request_place, fields="")
SIGNATURE = Scope("signature", SignatureView, Axis.ROOT, _request_place, fields="")
ACTIVATION = Scope("activation", ActivationView, Axis.ROOT, _merchant_place, fields=None)
RATE = Scope("rate", RateView, Axis.ROOT, _rate_place, fields=None)
IDEMPOTENCY_KEY = Scope("idempotency_key", IdempotencyKeyView, Axis.ROOT, _request_place, fields="")
