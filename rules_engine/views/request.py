"""What any request is let in by: its key, its signature, its rate and its idempotency key."""

from datetime import datetime
from fractions import Fraction

from rules_engine.fingerprint import request_fingerprint
from rules_engine.models import (
    ApiKey,
    Draft,
    Endpoint,
    Facts,
    RateUsage,
    RequestAuthorize,
    hours_since,
    seconds_apart,
    window_end,
)
from rules_engine.views.request_secrets import (
    find_key,
    is_same_digest,
    matches_signature,
    presented_key,
    read_signature,
)
from rules_engine.views.scope import scope, view
from rules_engine.views.views import UnknownFact, Views


@scope(("request", "authorization"), fields=None)
@view
class CredentialView:
    """The API key that a request carries, and the record of it. The key itself is not kept.

    Attributes:
        given: Whether the request carries one at all.
        unknown: Whether the keys are not provided.
        found: The record of it; None where it is none of the known keys.
        key: The same, where it lets anybody in here: a key of one mode is none in the other.
        livemode: Which half of the platform the facts are of; None where they do not say.
        endpoint: What the endpoint asks for; None where that is not provided.
        lacks_permission: Whether the key is restricted and does not hold what the endpoint asks for.
    """

    given: bool
    unknown: bool
    found: ApiKey | None
    key: ApiKey | None
    livemode: bool | None
    endpoint: Endpoint | None
    lacks_permission: bool


@scope(("request", "signature"), fields=None)
@view
class SignatureView:
    """The signature of a request to an endpoint that takes signed requests only. The signature itself is not kept.

    Attributes:
        readable: Whether the request carries one, in the form of a signature.
        unknown: Whether the secrets it may be made with are not provided.
        matches: Whether one of the known secrets gives it; None where that is unknown.
        timestamp: When it was made, in seconds since 1970; None where it is not readable.
        age: How far that is from now, in seconds, before or after; None as above.
    """

    readable: bool
    unknown: bool
    matches: bool | None
    timestamp: int | None
    age: Fraction | None


@scope(("facts", "merchant", "livePaymentsEnabled"))
@view
class ActivationView:
    """Whether the account may be called the way the request calls it.

    Attributes:
        key: The API key; None where it admits no request.
        unknown: Whether the keys are not provided.
        live: Whether the key is a live one.
        enabled: Whether the account takes live payments; None where that is unknown.
        exempt: Whether the endpoint may be called before it does; None where that is unknown.
    """

    key: ApiKey | None
    unknown: bool
    live: bool
    enabled: bool | None
    exempt: bool | None


@scope(("facts", "rate"))
@view
class RateView:
    """How many requests the account has sent.

    Attributes:
        usage: What is counted.
        ends_at: When the window ends; None where that is past the end of the calendar.
    """

    usage: RateUsage
    ends_at: datetime | None


@scope(("request", "idempotencyKey"), fields=None)
@view
class IdempotencyKeyView:
    """The idempotency key that a request carries. The key itself is not kept.

    Attributes:
        length: How many characters it has.
        unknown: Whether it is not provided.
        differs: Whether it was used for another request.
        finished: Whether the request that it was used for is finished; true where there is none, or it is unknown.
        used_at: When it was used; None where it was not, or where that is unknown.
        age: How long ago that is, in hours; None as above, and where an application keeps an instant without an offset.
    """

    length: int
    unknown: bool
    differs: bool
    finished: bool
    used_at: datetime | None
    age: Fraction | None


def build_request_authorize(draft: Draft[RequestAuthorize]) -> Views:
    """Build what rules read of a request, with what is known of its key, its endpoint and its account."""
    request, facts = draft.request, draft.facts
    unknown: list[UnknownFact] = []
    given, presented = presented_key(request.authorization)
    keys_unknown = presented is not None and facts.api_keys is None
    if keys_unknown:
        unknown.append(("apiKeys", None))
    if facts.endpoint is None:
        unknown.append(("endpoint", None))
    found = None if presented is None else find_key(presented, facts.api_keys or ())
    key = None if found is None or facts.livemode not in (None, found.livemode) else found
    credential = CredentialView(
        given=given,
        unknown=keys_unknown,
        found=found,
        key=key,
        livemode=facts.livemode,
        endpoint=facts.endpoint,
        lacks_permission=_lacks_permission(key, facts.endpoint),
    )
    return {
        "unknown": unknown,
        "credential": (credential,),
        "signature": _build_signature(request, facts, unknown),
        "activation": (_build_activation(key, facts, unknown, keys_unknown=keys_unknown),),
        "rate": _build_rate(facts, unknown),
        "idempotency_key": _build_idempotency_key(request, facts, unknown),
    }


def _lacks_permission(key: ApiKey | None, endpoint: Endpoint | None) -> bool:
    if key is None or key.kind != "restricted" or endpoint is None or endpoint.permission is None:
        return False
    area, _, action = endpoint.permission.rpartition("_")
    # Who may write may read.
    held = {endpoint.permission, f"{area}_WRITE"} if action == "READ" else {endpoint.permission}
    return held.isdisjoint(key.permissions)


def _build_signature(
    request: RequestAuthorize, facts: Facts, unknown: list[UnknownFact]
) -> tuple[SignatureView, ...] | None:
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
    timestamp = int(signature.timestamp)
    return (
        SignatureView(
            readable=True,
            unknown=secrets is None,
            matches=None if secrets is None else matches_signature(signature, request.body or "", secrets),
            timestamp=timestamp,
            age=seconds_apart(timestamp, facts.now),
        ),
    )


def _build_activation(
    key: ApiKey | None, facts: Facts, unknown: list[UnknownFact], *, keys_unknown: bool
) -> ActivationView:
    live = key is not None and key.livemode
    exempt = None if facts.endpoint is None else facts.endpoint.before_activation
    enabled = None if facts.merchant is None else facts.merchant.live_payments_enabled
    if live and exempt is not True and enabled is None:
        unknown.append(("merchant" if facts.merchant is None else "merchant.livePaymentsEnabled", None))
    return ActivationView(key=key, unknown=keys_unknown, live=live, enabled=enabled, exempt=exempt)


def _build_rate(facts: Facts, unknown: list[UnknownFact]) -> tuple[RateView, ...] | None:
    if facts.rate is None:
        unknown.append(("rate", None))
        return None
    return (RateView(usage=facts.rate, ends_at=window_end(facts.rate)),)


def _build_idempotency_key(
    request: RequestAuthorize, facts: Facts, unknown: list[UnknownFact]
) -> tuple[IdempotencyKeyView, ...]:
    key = request.idempotency_key
    if key is None:
        return ()
    used = facts.idempotency_keys.get(key)
    # An empty key is none, whatever it was used for.
    not_provided = used is None and key != "" and key not in facts.missing.idempotency_keys
    if not_provided:
        unknown.append(("idempotencyKeys", key))
    differs = used is not None and not is_same_digest(
        used.fingerprint, request_fingerprint(request.method, request.path, request.query, request.body)
    )
    return (
        IdempotencyKeyView(
            length=len(key),
            unknown=not_provided,
            differs=differs,
            finished=used is None or used.finished,
            used_at=None if used is None else used.created_at,
            age=None if used is None else hours_since(used.created_at, facts.now),
        ),
    )
