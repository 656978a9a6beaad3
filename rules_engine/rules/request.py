"""What any request can be refused for before its body is read.

Sources: XPay's error page, its pages on API keys and on signatures, and what its plugins see of idempotency.
"""

from rules_engine import codes
from rules_engine.rules.declaration import rule, shows_nothing
from rules_engine.rules.limits import IDEMPOTENCY_KEY_HOURS, MAX_IDEMPOTENCY_KEY, MAX_SIGNATURE_AGE
from rules_engine.views.context import Context
from rules_engine.views.request import (
    ACTIVATION,
    CREDENTIAL,
    IDEMPOTENCY_KEY,
    RATE,
    SIGNATURE,
    ActivationView,
    CredentialView,
    IdempotencyKeyView,
    RateView,
    SignatureView,
)


@rule(codes.AUTHENTICATION_REQUIRED, on=CREDENTIAL, param="authorization", evidence=shows_nothing)
def authentication_required(credential: CredentialView, _: Context) -> bool:
    """The request carries no API key.

    The header `Authorization` is missing or blank, or says `Bearer` and nothing else. XPay's error page.
    """
    return not credential.given


@rule(
    codes.INVALID_API_KEY,
    on=CREDENTIAL,
    param="authorization",
    needs=(authentication_required,),
    undecided_when=lambda credential, _: credential.unknown,
    evidence=lambda credential, _: {
        "key": credential.id,
        "keyLivemode": credential.livemode,
        "livemode": credential.expected_livemode,
    },
)
def invalid_api_key(credential: CredentialView, _: Context) -> bool:
    """The API key is not one of the account's keys of this mode.

    Every known digest was compared in constant time. White space in or around a key makes it another one, and so does
    another mode, where the facts state theirs; a header that is not `Bearer` carries none. XPay's error page and its
    page on API keys.
    """
    return credential.invalid


@rule(
    codes.API_KEY_INACTIVE,
    on=CREDENTIAL,
    param="authorization",
    needs=(authentication_required, invalid_api_key),
    undecided_when=lambda credential, _: credential.unknown,
    evidence=lambda credential, _: {"key": credential.id, "active": credential.active},
)
def api_key_inactive(credential: CredentialView, _: Context) -> bool:
    """The API key is switched off.

    XPay's error page.
    """
    return not credential.active


@rule(codes.INVALID_SIGNATURE, on=SIGNATURE, param="signature", evidence=shows_nothing)
def signature_missing(signature: SignatureView, _: Context) -> bool:
    """The endpoint takes signed requests only, and the request carries no signature that can be read.

    One time in whole seconds and at least one signature are needed: `t=...,v1=...`. XPay's error page and its page on
    signatures.
    """
    return not signature.readable


@rule(
    codes.INVALID_SIGNATURE,
    on=SIGNATURE,
    param="signature",
    needs=(signature_missing,),
    undecided_when=lambda signature, _: signature.unknown,
    evidence=shows_nothing,
)
def invalid_signature(signature: SignatureView, _: Context) -> bool:
    """The signature is not the one that a signing secret of the account gives for this body at this time.

    Either case of its digits is read, and one right signature among several is enough; all of them were compared in
    constant time. XPay's error page and its page on signatures.
    """
    return signature.matches is False


@rule(
    codes.INVALID_SIGNATURE,
    on=SIGNATURE,
    param="signature",
    needs=(signature_missing, invalid_signature),
    limits=(MAX_SIGNATURE_AGE,),
    evidence=lambda signature, ctx: {
        "timestamp": signature.timestamp,
        "now": ctx.now,
        "maximum": ctx.limits[MAX_SIGNATURE_AGE],
    },
)
def signature_stale(signature: SignatureView, ctx: Context) -> bool:
    """The request was signed too long before now, or too long after.

    As many seconds as the limit are fine, either way. XPay's page on signatures.
    """
    return signature.age is not None and signature.age > ctx.limits[MAX_SIGNATURE_AGE]


@rule(
    codes.MERCHANT_NOT_ACTIVATED,
    on=ACTIVATION,
    needs=(authentication_required, invalid_api_key),
    undecided_when=lambda activation, _: activation.unknown,
    evidence=lambda activation, _: {"key": activation.key, "livePaymentsEnabled": activation.enabled},
)
def merchant_not_activated(activation: ActivationView, _: Context) -> bool:
    """The account does not take live payments yet, and the key is a live one.

    Test keys work as ever, and some endpoints may be called before, as the one of the account itself. XPay's error
    page and its reference of the account.
    """
    return activation.live and activation.enabled is False and activation.exempt is False


@rule(
    codes.PERMISSION_DENIED,
    on=CREDENTIAL,
    param="authorization",
    needs=(authentication_required, invalid_api_key),
    undecided_when=lambda credential, _: credential.unknown or credential.permission_unknown,
    evidence=lambda credential, _: {
        "key": credential.id,
        "kind": credential.kind,
        "permission": credential.permission,
    },
)
def permission_denied(credential: CredentialView, _: Context) -> bool:
    """The API key may not do this.

    A publishable key may never call the API of a server, a secret key may do everything, and a restricted one what its
    permissions say, where the permission to write is one to read. XPay's error page and its page on API keys.
    """
    return credential.kind == "publishable" or credential.lacks_permission


@rule(
    codes.RATE_LIMIT,
    on=RATE,
    evidence=lambda rate, ctx: {
        "count": rate.usage.count,
        "limit": rate.usage.limit,
        "windowStartedAt": rate.usage.window_started_at,
        "windowSeconds": rate.usage.window_seconds,
        "now": ctx.now,
    },
)
def rate_limit(rate: RateView, ctx: Context) -> bool:
    """The account has sent as many requests as it may in this span of time.

    The span starts at its start and is over at its end, that instant included; what it counted counts no more then.
    XPay's error page has no numbers, so they are the host's.
    """
    return (
        rate.usage.count >= rate.usage.limit
        and ctx.now >= rate.usage.window_started_at
        and (rate.ends_at is None or ctx.now < rate.ends_at)
    )


@rule(
    codes.PARAMETER_INVALID,
    on=IDEMPOTENCY_KEY,
    param="idempotencyKey",
    limits=(MAX_IDEMPOTENCY_KEY,),
    evidence=lambda key, ctx: {"length": key.length, "maximum": ctx.limits[MAX_IDEMPOTENCY_KEY]},
)
def idempotency_key_length_invalid(key: IdempotencyKeyView, ctx: Context) -> bool:
    """The idempotency key is empty or longer than it may be.

    As many characters as the limit are fine. XPay's plugins are held to its length; XPay states no code for it.
    """
    return key.length == 0 or key.length > ctx.limits[MAX_IDEMPOTENCY_KEY]


@rule(
    codes.IDEMPOTENCY_KEY_IN_USE,
    on=IDEMPOTENCY_KEY,
    param="idempotencyKey",
    needs=(idempotency_key_length_invalid,),
    limits=(IDEMPOTENCY_KEY_HOURS,),
    undecided_when=lambda key, _: key.unknown,
    evidence=lambda key, ctx: {
        "usedAt": key.used_at,
        "now": ctx.now,
        "hours": ctx.limits[IDEMPOTENCY_KEY_HOURS],
    },
)
def idempotency_key_in_use(key: IdempotencyKeyView, ctx: Context) -> bool:
    """The idempotency key is in use for another request.

    Requests are the same where `request_fingerprint` says so, and the same request may come again. The key is free
    once it is as old as the limit, that instant included. XPay's error page; a day is what its plugins see, and
    Stripe's.
    """
    return key.differs and (key.age is None or key.age < ctx.limits[IDEMPOTENCY_KEY_HOURS])
