"""Attempts to call the API at all: keys, signatures, rates, idempotency keys."""

import hashlib
import hmac
import json
from datetime import datetime, timedelta
from typing import Any, Final

from rules_engine.fingerprint import request_fingerprint
from rules_engine.testing.history.attempt import Attempt
from rules_engine.testing.history.chance import Weighted
from rules_engine.testing.history.trade import Trade
from rules_engine.wire.dates import write_instant

_PER_MINUTE: Final = 100
_CASES: Final = Weighted(
    [
        ("sound", 800),
        ("without key", 24),
        ("wrong key", 40),
        ("old key", 24),
        ("narrow key", 30),
        ("too many", 40),
        ("other body", 22),
        ("old signature", 20),
    ]
)


def authorize(trade: Trade, now: datetime) -> Attempt:
    """Knock at the API with what a till or a back office sends."""
    chance, case, key = trade.chance, trade.chance.weighted(_CASES), trade.key
    order = f"{trade.shop.prefix}-{trade.number()}"
    refund = chance.share(250) or case in {"narrow key", "old signature"}
    path, permission = ("/refunds", "REFUNDS_WRITE") if refund else ("/checkout/sessions", "CHECKOUT_SESSIONS_WRITE")
    body = json.dumps({"orderNumber": order, "amount": chance.between(500, 90_000)})
    sent = {"wrong key": f"{key}_", "old key": f"{key}_2024", "narrow key": f"{key}_stock"}.get(case, key)
    request: dict[str, Any] = {"method": "POST", "path": path, "idempotencyKey": order, "body": body}
    if case != "without key":
        request["authorization"] = f"Bearer {sent}"
    facts: dict[str, Any] = {
        "apiKeys": _keys(trade),
        "endpoint": {"permission": permission, "signed": refund},
        "rate": {
            "count": _PER_MINUTE if case == "too many" else chance.below(_PER_MINUTE),
            "limit": _PER_MINUTE,
            "windowSeconds": 60,
            "windowStartedAt": write_instant(now - timedelta(seconds=chance.between(1, 59))),
        },
    }
    if refund:
        secret = f"whsec_{trade.shop.prefix}"
        facts["signingSecrets"] = [secret]
        signed = int(now.timestamp()) - (chance.between(400, 4000) if case == "old signature" else chance.below(60))
        digest = hmac.new(secret.encode(), f"{signed}.{body}".encode(), hashlib.sha256).hexdigest()
        request["signature"] = f"t={signed},v1={digest}"
    if case == "other body" or chance.share(120):
        first = body if case != "other body" else "{}"
        used = {
            "fingerprint": request_fingerprint("POST", path, None, first),
            "createdAt": write_instant(now - timedelta(seconds=chance.between(2, 900))),
        }
        facts["idempotencyKeys"] = {order: used}
    else:
        facts["missing"] = {"idempotencyKeys": [order]}
    return Attempt("request.authorize", request, trade.facts(**facts))


def _keys(trade: Trade) -> list[dict[str, Any]]:
    live = trade.shop.livemode
    return [
        {"id": "key_till", "sha256": _digest(trade.key), "kind": "secret", "livemode": live},
        {
            "id": "key_stock",
            "sha256": _digest(f"{trade.key}_stock"),
            "kind": "restricted",
            "livemode": live,
            "permissions": ["PRODUCTS_WRITE", "CHECKOUT_SESSIONS_READ"],
        },
        {"id": "key_2024", "sha256": _digest(f"{trade.key}_2024"), "livemode": live, "active": False},
    ]


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
