"""Valid examples of a request that comes in."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any, Final

from rules_engine.examples.account import FACTS, NOW, drafted
from rules_engine.fingerprint import request_fingerprint

NOW_SECONDS: Final = 1_795_341_600
"""The instant that valid examples are judged at, in seconds since 1970."""
SIGNING_SECRET: Final = "whsec_7Gd2"  # noqa: S105  # a made-up secret, used by the valid examples only
BODY: Final = '{"chargeId": "ch_1", "amount": 1500}'
"""The body that the signed example signs."""


def digest_of(key: str) -> str:
    """Return the digest of an API key, as an application stores it."""
    return hashlib.sha256(key.encode()).hexdigest()


def signature_of(body: str, timestamp: int | str = NOW_SECONDS, secret: str = SIGNING_SECRET) -> str:
    """Return the signature of a body: what stands behind `v1=`."""
    return hmac.new(secret.encode(), f"{timestamp}.{body}".encode(), hashlib.sha256).hexdigest()


def signed(body: str, timestamp: int = NOW_SECONDS) -> str:
    """Return the signature header of a request with this body."""
    return f"t={timestamp},v1={signature_of(body, timestamp)}"


_RATE: Final[Mapping[str, Any]] = {"count": 3, "limit": 100, "windowSeconds": 60, "windowStartedAt": NOW}
_KEYS: Final[tuple[Mapping[str, Any], ...]] = (
    {"id": "key_publishable", "sha256": digest_of("pk_test_9a00"), "kind": "publishable"},
    {"id": "key_secret", "sha256": digest_of("sk_test_4f1c"), "kind": "secret"},
    {
        "id": "key_restricted",
        "sha256": digest_of("rk_test_77b2"),
        "kind": "restricted",
        "permissions": ["PRODUCTS_READ", "REFUNDS_WRITE"],
    },
)
_LIVE_KEYS: Final[tuple[Mapping[str, Any], ...]] = (
    {"id": "key_live_secret", "sha256": digest_of("sk_live_c0de"), "livemode": True},
    {
        "id": "key_live_restricted",
        "sha256": digest_of("rk_live_5eed"),
        "kind": "restricted",
        "livemode": True,
        "permissions": ["REFUNDS_WRITE"],
    },
)

EXAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "request_authorize": drafted(
        "request.authorize",
        {"method": "POST", "path": "/checkout/sessions", "authorization": "Bearer sk_test_4f1c", "body": "{}"},
        {"apiKeys": [*_KEYS], "endpoint": {"permission": "CHECKOUT_SESSIONS_WRITE"}, "rate": _RATE},
    ),
    "request_authorize_restricted": drafted(
        "request.authorize",
        {"method": "GET", "path": "/refunds", "query": "limit=3&page=2", "authorization": "Bearer rk_test_77b2"},
        {"apiKeys": [*_KEYS], "endpoint": {"permission": "REFUNDS_READ"}, "rate": {**_RATE, "count": 99}},
    ),
    "request_authorize_live": drafted(
        "request.authorize",
        {
            "method": "POST",
            "path": "/refunds",
            "authorization": "Bearer rk_live_5eed",
            "signature": signed(BODY),
            "idempotencyKey": "refund-88",
            "body": BODY,
        },
        {
            "livemode": True,
            "merchant": {**FACTS["merchant"], "livePaymentsEnabled": True},
            "apiKeys": [*_LIVE_KEYS],
            "signingSecrets": ["whsec_0ld1", SIGNING_SECRET],
            "endpoint": {"permission": "REFUNDS_WRITE", "signed": True},
            "rate": _RATE,
            "idempotencyKeys": {
                "refund-88": {
                    "fingerprint": request_fingerprint("POST", "/refunds", None, BODY),
                    "createdAt": "2026-11-22T09:00:00Z",
                }
            },
        },
    ),
    "request_authorize_before_activation": drafted(
        "request.authorize",
        {
            "method": "GET",
            "path": "/account",
            "authorization": "Bearer sk_live_c0de",
            "idempotencyKey": "account-1",
        },
        {
            "livemode": True,
            "merchant": {**FACTS["merchant"], "livePaymentsEnabled": False},
            "apiKeys": [*_LIVE_KEYS],
            "endpoint": {"beforeActivation": True},
            "rate": _RATE,
            "missing": {"idempotencyKeys": ["account-1"]},
        },
    ),
}
"""Draft documents by name."""
