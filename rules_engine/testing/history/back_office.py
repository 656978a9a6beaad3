"""What shops and their machines do: keep prices, coupons, codes, links and methods, refund, and call the API."""

import hashlib
import hmac
import json
from datetime import timedelta
from typing import Final

from rules_engine.fingerprint import request_fingerprint
from rules_engine.testing.history.chance import Weighted
from rules_engine.testing.history.trade import Attempt, FollowUp, Trade
from rules_engine.testing.shop import ApiObject
from rules_engine.wire.dates import write_instant

_HOUR: Final = 3600
_ARCHIVED_WEIGHT: Final = 26
"""The largest weight of an item that is ever archived."""
_PRICE_CHANGES: Final = Weighted(
    [("restock", 330), ("archive", 300), ("describe", 220), ("prolong", 80), ("raise", 70), ("oversell", 20)]
)
_REASONS: Final = ("REQUESTED_BY_CUSTOMER", "REQUESTED_BY_CUSTOMER", "DUPLICATE", "FRAUDULENT")
_UNSUPPORTED: Final = ("CHF", "TRY", "EGX")
_PER_MINUTE: Final = 100
_CALLS: Final = Weighted(
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


def _later(trade: Trade, **time: int) -> str:
    return write_instant(trade.shop.now + timedelta(**time))


def create_price(trade: Trade) -> Attempt:
    """Add a price to the catalogue."""
    chance, currency = trade.chance, trade.front.currency
    item, starts = trade.item(currency), chance.between(1, 20)
    request: ApiObject = {
        "productId": trade.product_id(item),
        "name": f"{item.name}, next batch",
        "type": "ONE_TIME",
        "currency": currency if not chance.share(40) else chance.pick(_UNSUPPORTED),
        "unitAmount": item.amounts[currency],
        "startDate": _later(trade, days=starts),
        "expirationDate": _later(trade, days=starts + chance.between(20, 90)),
    }
    if item.stock is not None:
        request["stock"] = item.stock
    if chance.share(60):
        request["expirationDate"] = _later(trade)
    if chance.share(40):
        del request["unitAmount"]
    return Attempt(trade, "price.create", request, made=trade.new_id("price"))


def update_price(trade: Trade) -> Attempt:
    """Fill a shelf, archive a price for some hours, or try to make it dearer."""
    chance, currency = trade.chance, trade.front.currency
    item, change = trade.item(currency), chance.weighted(_PRICE_CHANGES)
    if change == "archive" and item.weight > _ARCHIVED_WEIGHT:
        change = "describe"
    requests: dict[str, ApiObject] = {
        "restock": {"stock": item.stock},
        "oversell": {"stock": -1},
        "archive": {"active": False},
        "raise": {"unitAmount": item.amounts[currency] * 11 // 10},
        "prolong": {"expirationDate": _later(trade, days=chance.between(30, 300))},
        "describe": {"description": f"{item.name}, made by hand"},
    }
    name = trade.price_id(item, currency)

    def back() -> tuple[FollowUp, ...]:
        again = Attempt(trade, "price.update", {"active": True}, name)
        return (FollowUp(chance.between(4, 90) * _HOUR, trade, name, lambda: again),) if change == "archive" else ()

    return Attempt(trade, "price.update", requests[change], name, accepted=back)


def delete_price(trade: Trade) -> Attempt:
    """Delete a price that was made and never sold; or try to delete one that was."""
    sold = [name for name in trade.items if trade.shop.uses[name]]
    made = list(trade.remembered["prices"])
    name = trade.chance.pick((made if made and (not sold or trade.chance.share(600)) else sold) or ["price_none"])
    return Attempt(trade, "price.delete", {}, name)


def create_coupon(trade: Trade) -> Attempt:
    """Make a coupon for a campaign to come."""
    chance, currency = trade.chance, trade.front.currency
    item = trade.item(currency)
    request: ApiObject = {
        "percentOff": chance.pick((5, 10, 15, 20, 25, 30)),
        "duration": "once",
        "name": f"{item.name}, {trade.shop.now.year}",
        "maxRedemptions": chance.between(20, 500),
        "redeemBy": _later(trade, days=chance.between(10, 120)),
    }
    if chance.share(400):
        request["appliesToProductIds"] = [trade.product_id(item)]
    if chance.share(60):
        request["percentOff"] = chance.pick((0, 110, 150))
    if chance.share(60):
        request |= {"amountOff": item.amounts[currency] // 10, "currency": currency}
    return Attempt(trade, "coupon.create", request, made=trade.new_id("coup"))


def delete_coupon(trade: Trade) -> Attempt:
    """Delete a coupon, which a code may still stand for."""
    made = trade.remembered["coupons"]
    known = [*made] if made and trade.chance.share(400) else [edition.coupon_id for edition in trade.editions]
    return Attempt(trade, "coupon.delete", {}, trade.chance.pick(known))


def create_promotion_code(trade: Trade) -> Attempt:
    """Make a code for the coupon of a campaign."""
    chance, edition = trade.chance, trade.edition()
    code = edition.campaign.code if chance.share(110) else f"{edition.campaign.code}-{trade.number()}"
    request: ApiObject = {"code": code, "coupon": edition.coupon_id, "maxRedemptions": chance.between(1, 50)}
    if chance.share(400):
        request["restrictions"] = {"firstTimeTransaction": True}
    if edition.campaign.season is not None and trade.shop.now < edition.end:
        request["expiresAt"] = write_instant(edition.end)
    elif chance.share(300):
        request["expiresAt"] = _later(trade, days=chance.between(-1, 60))
    return Attempt(trade, "promotion_code.create", request, made=trade.new_id("promo"))


def update_promotion_code(trade: Trade) -> Attempt:
    """Switch a code, or try to give it more redemptions."""
    chance, edition, made = trade.chance, trade.edition(), trade.remembered["promotionCodes"]
    name = chance.pick(made) if made and chance.share(500) else edition.promotion_code_id
    request: ApiObject = {"active": chance.share(800)} if chance.share(500) else {"metadata": {"campaign": name}}
    return Attempt(trade, "promotion_code.update", request if not chance.share(150) else {"maxRedemptions": 9}, name)


def update_configuration(trade: Trade) -> Attempt:
    """Switch methods on and off."""
    chance, methods = trade.chance, trade.front.methods[trade.front.currency]
    request: ApiObject = {"enabledMethods": list(methods[: chance.between(1, len(methods))])}
    if chance.share(120):
        request = {"enabledMethods": []}
    elif chance.share(120):
        request = {"name": "Checkout, new"}
    return Attempt(trade, "configuration.update", request, f"pmc_{trade.front.prefix}")


def check_currency(trade: Trade) -> Attempt:
    """Check whether a buyer may be charged in a currency; some ask for one that the shop never had."""
    chance, currency = trade.chance, trade.currency()
    if chance.share(120):
        return Attempt(trade, "currency.check", {"currency": chance.pick((*_UNSUPPORTED, "SEK"))})
    stated = currency if chance.share(700) else currency.lower()
    return Attempt(trade, "currency.check", {"currency": stated, "purpose": "checkout"})


def create_link(trade: Trade) -> Attempt:
    """Make a link to send around."""
    chance, currency = trade.chance, trade.front.currency
    request: ApiObject = {
        "lineItems": [{"priceId": trade.price_id(trade.item(currency), currency), "quantity": chance.between(1, 3)}],
        "afterCompletion": {"type": "hosted_confirmation", "hostedConfirmation": {"customMessage": "Thank you!"}},
        "submitType": "PAY",
        "metadata": {"post": chance.pick(("instagram", "newsletter", "flyer"))},
    }
    if chance.share(500):
        request["expiresAt"] = _later(trade, hours=chance.between(-30, 2_400))
    return Attempt(trade, "payment_link.create", request, made=trade.new_id("plink"))


def open_link(trade: Trade) -> Attempt:
    """Follow a link, or switch one off or on; old ones are found in old posts."""
    chance = trade.chance
    name = chance.pick(trade.remembered["paymentLinks"] or (f"plink_{trade.front.prefix}_0",))
    if chance.share(60):
        return Attempt(trade, "payment_link.update", {"active": chance.share(500)}, name)
    return Attempt(trade, "payment_link.open", {}, name)


def refund(trade: Trade) -> Attempt:
    """Refund a charge, or a part of it; before anything is sold, one from long ago."""
    chance, charges = trade.chance, trade.shop.objects["charges"]
    paid = charges[chance.pick(trade.remembered["charges"])]
    left = paid["amount"] - paid["amountRefunded"]
    amount = left if chance.share(640) else max(1, left * chance.between(10, 90) // 100)
    if chance.share(40):
        amount = paid["amount"] * 2
    request: ApiObject = {"reason": chance.pick(_REASONS), "amount": amount}
    if paid["paymentIntentId"] and chance.share(300):
        request["paymentIntentId"] = paid["paymentIntentId"]
    else:
        request["chargeId"] = paid["id"]
    if chance.share(500):
        request["instructionsEmail"] = "buyer@mail.example"
    available = sum(charge["amount"] - charge["amountRefunded"] for charge in charges.values())
    balance = {"available": available if not chance.share(30) else paid["amount"] // 50}
    return Attempt(trade, "refund.create", request, known={"balances": {trade.front.settlement: balance}})


def authorize(trade: Trade) -> Attempt:
    """Call the API with what a till or a back office sends."""
    chance, prefix, now = trade.chance, trade.front.prefix, trade.shop.now
    case, order = chance.weighted(_CALLS), f"{prefix}-{trade.number()}"
    key = f"sk_{'live' if trade.front.livemode else 'test'}_{prefix}_till"
    signed = chance.share(250) or case in {"narrow key", "old signature"}
    path, permission = ("/refunds", "REFUNDS_WRITE") if signed else ("/checkout/sessions", "CHECKOUT_SESSIONS_WRITE")
    body = json.dumps({"orderNumber": order, "amount": chance.between(500, 90_000)})
    sent = {"wrong key": f"{key}_", "old key": f"{key}_2024", "narrow key": f"{key}_stock"}.get(case, key)
    request: ApiObject = {"method": "POST", "path": path, "idempotencyKey": order, "body": body}
    if case != "without key":
        request["authorization"] = f"Bearer {sent}"
    known: ApiObject = {
        "apiKeys": _keys(key, livemode=trade.front.livemode),
        "endpoint": {"permission": permission, "signed": signed},
        "rate": {
            "count": _PER_MINUTE if case == "too many" else chance.below(_PER_MINUTE),
            "limit": _PER_MINUTE,
            "windowSeconds": 60,
            "windowStartedAt": _later(trade, seconds=-chance.between(1, 59)),
        },
    }
    if signed:
        secret = f"whsec_{prefix}"
        instant = int(now.timestamp()) - (chance.between(400, 4000) if case == "old signature" else chance.below(60))
        digest = hmac.new(secret.encode(), f"{instant}.{body}".encode(), hashlib.sha256).hexdigest()
        known["signingSecrets"] = [secret]
        request["signature"] = f"t={instant},v1={digest}"
    if case == "other body" or chance.share(120):
        fingerprint = request_fingerprint("POST", path, None, "{}" if case == "other body" else body)
        used = {"fingerprint": fingerprint, "createdAt": _later(trade, seconds=-chance.between(2, 900))}
        known["idempotencyKeys"] = {order: used}
    else:
        known["missing"] = {"idempotencyKeys": [order]}
    return Attempt(trade, "request.authorize", request, known=known)


def _keys(key: str, *, livemode: bool) -> list[ApiObject]:
    stock = ["PRODUCTS_WRITE", "CHECKOUT_SESSIONS_READ"]
    kinds: dict[str, ApiObject] = {
        "till": {"kind": "secret"},
        "stock": {"kind": "restricted", "permissions": stock},
        "2024": {"active": False},
    }
    texts = {"till": key, "stock": f"{key}_stock", "2024": f"{key}_2024"}
    digests = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()}
    return [
        {"id": f"key_{name}", "sha256": digests[name], "livemode": livemode, **kind} for name, kind in kinds.items()
    ]
