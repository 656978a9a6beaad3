"""Counterexamples of the rules on requests."""

from typing import Final

from rules_engine.examples.counterexamples.counterexample import Counterexample
from rules_engine.examples.request import BODY, NOW_SECONDS, signature_of, signed

_HEADER, _SIGNATURE, _KEY = "/request/authorization", "/request/signature", "/request/idempotencyKey"
_LIVE = "request_authorize_live"
_LAST_OF_REQUESTS = {"/facts/rate/count": 100}

COUNTEREXAMPLES: Final[tuple[Counterexample, ...]] = (
    Counterexample("authentication_required", "request_authorize", {_HEADER: None}, "authorization"),
    Counterexample("authentication_required", _LIVE, {_HEADER: "Bearer "}, "authorization"),
    Counterexample("invalid_api_key", "request_authorize", {_HEADER: "Bearer sk_test_4f1d"}, "authorization"),
    Counterexample("invalid_api_key", "request_authorize", {_HEADER: "Basic c2tfdGVzdF80ZjFj"}, "authorization"),
    Counterexample("invalid_api_key", "request_authorize_restricted", {"/facts/livemode": True}, "authorization"),
    Counterexample("invalid_api_key", _LIVE, {_HEADER: "Bearer rk_live_5eed "}, "authorization"),
    Counterexample("api_key_inactive", "request_authorize", {"/facts/apiKeys/1/active": False}, "authorization"),
    Counterexample("api_key_inactive", _LIVE, {"/facts/apiKeys/1/active": False}, "authorization"),
    Counterexample("signature_missing", "request_authorize", {"/facts/endpoint/signed": True}, "signature"),
    Counterexample("signature_missing", _LIVE, {_SIGNATURE: f"v1={signature_of(BODY)}"}, "signature"),
    Counterexample("invalid_signature", _LIVE, {_SIGNATURE: signed(BODY + " ")}, "signature"),
    Counterexample("invalid_signature", _LIVE, {"/facts/signingSecrets": ["whsec_0ld1"]}, "signature"),
    Counterexample("signature_stale", _LIVE, {_SIGNATURE: signed(BODY, NOW_SECONDS - 301)}, "signature"),
    Counterexample("signature_stale", _LIVE, {_SIGNATURE: signed(BODY, NOW_SECONDS + 301)}, "signature"),
    Counterexample("merchant_not_activated", _LIVE, {"/facts/merchant/livePaymentsEnabled": False}, None),
    Counterexample(
        "merchant_not_activated",
        "request_authorize_before_activation",
        {"/facts/endpoint/beforeActivation": False},
        None,
    ),
    Counterexample("permission_denied", "request_authorize", {_HEADER: "Bearer pk_test_9a00"}, "authorization"),
    Counterexample(
        "permission_denied",
        "request_authorize_restricted",
        {"/facts/endpoint/permission": "PRODUCTS_WRITE"},
        "authorization",
    ),
    Counterexample("permission_denied", _LIVE, {"/facts/apiKeys/1/permissions": ["REFUNDS_READ"]}, "authorization"),
    Counterexample("rate_limit", "request_authorize", _LAST_OF_REQUESTS, None),
    Counterexample("rate_limit", _LIVE, _LAST_OF_REQUESTS, None),
    Counterexample("idempotency_key_length_invalid", _LIVE, {_KEY: ""}, "idempotencyKey"),
    Counterexample(
        "idempotency_key_length_invalid",
        "request_authorize_before_activation",
        {_KEY: "x" * 256, "/facts/missing/idempotencyKeys/-": "x" * 256},
        "idempotencyKey",
    ),
    Counterexample("idempotency_key_in_use", _LIVE, {"/request/path": "/refunds/"}, "idempotencyKey"),
)
"""A row or two a rule."""
