"""What any request can be refused for before its body is read.

Sources: XPay's error page, its pages on API keys and on signatures, and what its plugins see of idempotency.
"""

from rules_engine import codes
from rules_engine.rules.kinds import NO_EMPTY_NAME, Bound, FromNow, Repeated, Setting
from rules_engine.rules.limits import IDEMPOTENCY_KEY_HOURS, MAX_IDEMPOTENCY_KEY, MAX_SIGNATURE_AGE
from rules_engine.rules.row import now, rule
from rules_engine.views.context import Context
from rules_engine.views.request import ActivationView, CredentialView, IdempotencyKeyView, RateView, SignatureView

_SAME_REQUEST = {
    "fingerprint": "279c25b8223e875354a7256e1e7eaaf278f7c4a9b4f4b3a0323aaed04ba79e9a",  # of the signed example
    "createdAt": "2026-11-22T10:00:00Z",
}


@rule(
    codes.AUTHENTICATION_REQUIRED,
    order=1620,
    on=CredentialView,
    message="The request carries no API key; send it as Authorization: Bearer.",
    counterexamples=(
        ("request_authorize", {"/request/authorization": None}),
        ("request_authorize_live", {"/request/authorization": "Bearer "}),
    ),
)
def authentication_required(credential: CredentialView, _: Context) -> bool:
    """The header `Authorization` is missing or blank, or says `Bearer` and nothing else. XPay's error page."""
    return not credential.given


@rule(
    codes.INVALID_API_KEY,
    order=1630,
    on=CredentialView,
    needs=(authentication_required,),
    undecided_when=lambda credential, _: credential.unknown,
    message="The API key is not a key of this account and mode.",
    private={"key": "found.id", "keyLivemode": "found.livemode", "livemode": "livemode"},
    counterexamples=(
        ("request_authorize", {"/request/authorization": "Bearer sk_test_4f1d"}),
        ("request_authorize", {"/request/authorization": "Basic c2tfdGVzdF80ZjFj"}),
        ("request_authorize_restricted", {"/facts/livemode": True}),
        ("request_authorize_live", {"/request/authorization": "Bearer rk_live_5eed "}),
    ),
)
def invalid_api_key(credential: CredentialView, _: Context) -> bool:
    """The API key is not one of the account's keys of this mode.

    Every known digest is compared in constant time. White space in or around a key makes it another one, and so does
    another mode, where the facts state theirs; a header that is not `Bearer` carries none. XPay's error page and its
    page on API keys.
    """
    return credential.given and not credential.unknown and credential.key is None


@rule(
    codes.API_KEY_INACTIVE,
    order=1640,
    on=CredentialView,
    needs=(authentication_required, invalid_api_key),
    undecided_when=lambda credential, _: credential.unknown,
    message="The API key is inactive.",
    private={"key": "key.id", "active": "key.active"},
    counterexamples=((("request_authorize", "request_authorize_live"), {"/facts/apiKeys/1/active": False}),),
)
def api_key_inactive(credential: CredentialView, _: Context) -> bool:
    """The API key is inactive. XPay's error page."""
    return credential.key is not None and not credential.key.active


@rule(
    codes.INVALID_SIGNATURE,
    order=1650,
    on=SignatureView,
    message="The request carries no readable signature, and the endpoint takes signed requests only.",
    counterexamples=(
        ("request_authorize", {"/facts/endpoint/signed": True}),
        (
            "request_authorize_live",
            {"/request/signature": "v1=20c345c0efccce2d0963b131003bab7a83ed0c4892919ea66dfb045c926dfc0f"},
        ),
    ),
)
def signature_missing(signature: SignatureView, _: Context) -> bool:
    """The endpoint takes signed requests only, and the request carries no signature that can be read.

    One time in whole seconds and at least one signature are needed: `t=...,v1=...`. XPay's error page and its page on
    signatures.
    """
    return not signature.readable


@rule(
    codes.INVALID_SIGNATURE,
    order=1660,
    on=SignatureView,
    needs=(signature_missing,),
    undecided_when=lambda signature, _: signature.unknown,
    message="The signature does not match the request.",
    counterexamples=(
        (
            "request_authorize_live",
            {"/request/signature": "t=1795341600,v1=182fe16f2d246ab4116c6297ae00747e8209d3839e24e1fbb1c696d638e9fb92"},
        ),
        ("request_authorize_live", {"/facts/signingSecrets": ["whsec_0ld1"]}),
    ),
)
def invalid_signature(signature: SignatureView, _: Context) -> bool:
    """The signature is not one that a signing secret of the account gives for this body at this time.

    Either case of its digits is read, and one right signature among several is enough; all of them are compared in
    constant time. XPay's error page and its page on signatures.
    """
    return signature.matches is False


@rule(
    codes.INVALID_SIGNATURE,
    order=1670,
    on=SignatureView,
    violated=Bound(
        "age",
        maximum=MAX_SIGNATURE_AGE,
        settings=Setting(
            "request_authorize_live",
            "signature_age",
            least=0,
            most=1795341600,
            beyond="no request is signed less than no time ago, or before 1970",
        ),
    ),
    needs=(signature_missing, invalid_signature),
    message="The signature was made at {timestamp}, more than {maximum} seconds from now; sign the request again.",
    public={"timestamp": "timestamp", "now": now, "maximum": MAX_SIGNATURE_AGE},
    counterexamples=(
        (
            "request_authorize_live",
            {"/request/signature": "t=1795341901,v1=3bd9222e94283ddbfc82da6fc99aeb22ac6def9624f6c3d9f585340212c4fe2f"},
        ),
    ),
)
def signature_stale() -> None:
    """The request was signed too long before now, or too long after.

    As many seconds as the maximum are valid, before now or after. XPay's page on signatures.
    """


@rule(
    codes.MERCHANT_NOT_ACTIVATED,
    order=1680,
    on=ActivationView,
    needs=(authentication_required, invalid_api_key),
    undecided_when=lambda activation, _: (
        activation.unknown
        or (
            activation.live
            and activation.enabled is not True
            and activation.exempt is not True
            and (activation.enabled is None or activation.exempt is None)
        )
    ),
    message="The account is not activated for live payments; use a test key.",
    public={"livePaymentsEnabled": "enabled"},
    private={"key": "key.id"},
    counterexamples=(
        ("request_authorize_live", {"/facts/merchant/livePaymentsEnabled": False}),
        ("request_authorize_before_activation", {"/facts/endpoint/beforeActivation": False}),
    ),
)
def merchant_not_activated(activation: ActivationView, _: Context) -> bool:
    """The account does not take live payments yet, and the key is a live one.

    Test keys work all the same, and some endpoints may be called before, such as the one of the account itself. XPay's
    error page and its reference of the account.
    """
    return activation.live and activation.enabled is False and activation.exempt is False


@rule(
    codes.PERMISSION_DENIED,
    order=1690,
    on=CredentialView,
    needs=(authentication_required, invalid_api_key),
    undecided_when=lambda credential, _: (
        credential.unknown
        or (credential.key is not None and credential.key.kind == "restricted" and credential.endpoint is None)
    ),
    message="The API key does not have the permission that this endpoint requires.",
    private={"key": "key.id", "kind": "key.kind", "permission": "endpoint.permission"},
    counterexamples=(
        ("request_authorize", {"/request/authorization": "Bearer pk_test_9a00"}),
        ("request_authorize_restricted", {"/facts/endpoint/permission": "PRODUCTS_WRITE"}),
        ("request_authorize_live", {"/facts/apiKeys/1/permissions": ["REFUNDS_READ"]}),
    ),
)
def permission_denied(credential: CredentialView, _: Context) -> bool:
    """The API key does not have the permission that the endpoint requires.

    A publishable key may never call the API of a server, a secret key may do everything, and a restricted one what its
    permissions state; the permission to write is one to read. XPay's error page and its page on API keys.
    """
    return credential.lacks_permission or (credential.key is not None and credential.key.kind == "publishable")


@rule(
    codes.RATE_LIMIT,
    order=1700,
    on=RateView,
    message="The account has sent {count} of at most {limit} requests in {windowSeconds} seconds; try again later.",
    public={
        "count": "usage.count",
        "limit": "usage.limit",
        "windowStartedAt": "usage.window_started_at",
        "windowSeconds": "usage.window_seconds",
        "now": now,
    },
    counterexamples=((("request_authorize", "request_authorize_live"), {"/facts/rate/count": 100}),),
)
def rate_limit(rate: RateView, ctx: Context) -> bool:
    """The account has sent as many requests as it may in this window.

    The window is over at its end, that instant included; what it counted counts no more then. XPay's error page has no
    numbers, so the application provides them.
    """
    return (
        rate.usage.count >= rate.usage.limit
        and ctx.now >= rate.usage.window_started_at
        and (rate.ends_at is None or ctx.now < rate.ends_at)
    )


@rule(
    codes.PARAMETER_INVALID,
    order=1710,
    on=IdempotencyKeyView,
    violated=Bound(
        "length",
        minimum=1,
        maximum=MAX_IDEMPOTENCY_KEY,
        settings=Setting(
            "request_authorize_before_activation",
            {"/request/idempotencyKey": Repeated("x"), "/facts/missing/idempotencyKeys": [Repeated("x")]},
            least=1,
            most=100000,
            beyond=NO_EMPTY_NAME,
        ),
    ),
    message="idempotencyKey must have between 1 and {maximum} characters, and has {length}.",
    public={"length": "length", "maximum": MAX_IDEMPOTENCY_KEY},
    counterexamples=(("request_authorize_live", {"/request/idempotencyKey": ""}),),
)
def idempotency_key_length_invalid() -> None:
    """The idempotency key is empty or longer than it may be.

    As many characters as the maximum are valid. XPay's plugins are held to it; XPay states no code for it.
    """


@rule(
    codes.IDEMPOTENCY_KEY_IN_USE,
    order=1720,
    on=IdempotencyKeyView,
    needs=(idempotency_key_length_invalid,),
    limits=(IDEMPOTENCY_KEY_HOURS,),
    undecided_when=lambda key, _: key.unknown,
    message="The idempotency key is in use for another request; use a new one.",
    public={"usedAt": "used_at", "now": now, "hours": IDEMPOTENCY_KEY_HOURS},
    counterexamples=(
        ("request_authorize_live", {"/request/path": "/refunds/"}),
        (
            "request_authorize_live",
            {
                "/request/idempotencyKey": "k",
                "/facts/idempotencyKeys": {"k": {"fingerprint": "0" * 64, "createdAt": "2026-11-22T10:00:00Z"}},
            },
        ),
    ),
    settings=Setting(
        "request_authorize_live",
        {"/request/path": "/refunds/", "/facts/idempotencyKeys/refund-88/createdAt": FromNow(seconds=-3600)},
        least=0,
        most=10000000,
        beyond="no key was used less than no time ago, or before the calendar begins",
    ),
)
def idempotency_key_in_use(key: IdempotencyKeyView, ctx: Context) -> bool:
    """The idempotency key is in use for another request.

    Requests with one `request_fingerprint` are the same, and the same request may come again. The key is free once it
    is as old as the limit, that instant included. XPay's error page; a day is what its plugins see, and Stripe's.
    """
    return key.differs and (key.age is None or key.age < ctx.limits[IDEMPOTENCY_KEY_HOURS])


@rule(
    codes.IDEMPOTENCY_KEY_IN_USE,
    order=1730,
    on=IdempotencyKeyView,
    needs=(idempotency_key_length_invalid, idempotency_key_in_use),
    limits=(IDEMPOTENCY_KEY_HOURS,),
    undecided_when=lambda key, _: key.unknown,
    message="The first request with this idempotency key is not finished; send the request again once it is.",
    public={"usedAt": "used_at", "now": now, "hours": IDEMPOTENCY_KEY_HOURS},
    counterexamples=(
        ("request_authorize_live", {"/facts/idempotencyKeys/refund-88/finished": False}),
        (
            "request_authorize_live",
            {
                "/request/idempotencyKey": "k",
                "/facts/idempotencyKeys": {"k": {**_SAME_REQUEST, "finished": False}},
            },
        ),
    ),
    settings=Setting(
        "request_authorize_live",
        {
            "/facts/idempotencyKeys/refund-88/finished": False,
            "/facts/idempotencyKeys/refund-88/createdAt": FromNow(-3600),
        },
        least=0,
        most=10000000,
        beyond="no key was used less than no time ago, or before the calendar begins",
    ),
)
def first_request_unfinished(key: IdempotencyKeyView, ctx: Context) -> bool:
    """The same request with this idempotency key came before, and is still being processed.

    Processed twice at once, it would be done twice. A key is free at the age of the limit, whether its request ever
    finished or not. XPay's error page has the code, and its plugins see it then; Stripe answers alike.
    """
    return not key.finished and (key.age is None or key.age < ctx.limits[IDEMPOTENCY_KEY_HOURS])
