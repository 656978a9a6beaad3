"""Attempts on sessions: a buyer fills a basket, changes it, enters a code, pays or stays away."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from attrs import evolve

from rules_engine.testing.history.attempt import Attempt, FollowUp
from rules_engine.testing.history.basket import (
    Line,
    basket,
    discount_facts,
    prices,
    promotion_code,
    tries,
)
from rules_engine.testing.history.chance import Weighted
from rules_engine.testing.history.edition import Edition
from rules_engine.testing.history.sale import Sale, rate_of
from rules_engine.testing.history.trade import Customer, Paid, Trade

_MINUTES: Final = Weighted(
    [(None, 520), (30, 110), (60, 130), (90, 60), (180, 70), (360, 40), (720, 46), (1440, 44), (2880, 2)]
)
_USUAL_MINUTES: Final = 1440
_PAGES: Final = Weighted([("hosted", 80), ("embedded", 20)])
_MINUTE: Final = 60
_STOCK_NOTICED: Final = 300
"""In a thousand: orders refused for want of stock after which the shelf is filled."""
_MISSPELT: Final = ("SAVE50", "FREESHIP", "WELCOM", "BLACKFRIDAY", "TEST")


def create(trade: Trade, now: datetime) -> Attempt:
    """Create a session for a new basket."""
    chance, currency = trade.chance, trade.currency()
    edition = trade.edition() if chance.share(170) else None
    lines = basket(trade, currency, edition)
    customer = trade.customer() if chance.share(760) else None
    if edition is not None and not tries(trade, edition, lines, customer, now):
        edition = None
    minutes = chance.weighted(_MINUTES)
    token = chance.token()
    name = f"cs_{trade.shop.prefix}_{token}"
    sale = Sale(
        trade=trade,
        id=name,
        secret=f"{name}_secret_{chance.token()}",
        currency=currency,
        rate=rate_of(trade, currency),
        lines=lines,
        customer=customer,
        codes_allowed=chance.share(820),
        expires=now + timedelta(minutes=minutes or _USUAL_MINUTES),
        edition=edition,
        entered=edition is not None and chance.share(700),
    )
    paid_in = (currency,) if edition is None else dict.fromkeys((currency, trade.shop.currency))
    facts: dict[str, Any] = {"prices": prices(trade, lines, currency, now), **trade.rate_facts(*paid_in)}
    if customer is not None:
        facts["customer"] = customer.facts()
    if edition is not None:
        facts |= discount_facts(trade, edition, customer, now)
        if sale.entered:
            facts["promotionCodes"] = {edition.promotion_code_id: promotion_code(trade, edition, now)}
    request = _create_request(sale, minutes)
    return Attempt(
        "session.create",
        request,
        trade.facts(**facts),
        accepted=lambda now: _next(sale, now),
        refused=lambda _: _missed(sale),
    )


def _create_request(sale: Sale, minutes: int | None) -> dict[str, Any]:
    trade, chance, page = sale.trade, sale.trade.chance, sale.trade.chance.weighted(_PAGES)
    shop = trade.shop
    site = f"https://{shop.prefix}.example"
    request: dict[str, Any] = {
        "mode": "payment",
        "uiMode": page,
        "currency": sale.currency if chance.share(700) else sale.currency.lower(),
        "lineItems": [_line(trade, line, sale.currency) for line in sale.lines],
        "afterCompletion": {"type": "redirect", "redirect": {"url": f"{site}/thanks?session={{CHECKOUT_SESSION_ID}}"}},
        "locale": shop.locale,
        "allowPromotionCodes": sale.codes_allowed,
    }
    if page == "hosted":
        request |= {"submitType": "PAY", "cancelUrl": f"{site}/cart"}
    if sale.customer is not None:
        request["customerId"] = sale.customer.id
        if chance.share(300):
            request["customerUpdate"] = {"address": "auto", "shipping": "auto"}
    elif chance.share(600):
        request["customerDetails"] = {"email": f"guest{chance.below(100_000)}@mail.example"}
    if sale.edition is not None:
        named = (
            {"promotionCode": sale.edition.promotion_code_id} if sale.entered else {"coupon": sale.edition.coupon_id}
        )
        request["discounts"] = [named]
    if minutes is not None:
        request["expiresAfterMinutes"] = minutes
    if chance.share(350):
        request["paymentMethodTypes"] = list(shop.methods[sale.currency][:2])
    if chance.share(60):
        request["customFields"] = _CUSTOM_FIELDS[: chance.between(1, 2)]
    request["metadata"] = {
        "orderNumber": f"{shop.prefix}-{trade.number()}",
        shop.channel_key: chance.pick(shop.channels),
    }
    return request


_CUSTOM_FIELDS: Final = [
    {"label": "Name on the card", "type": "TEXT", "hasLimits": True, "minCharacters": 1, "maxCharacters": 40},
    {"label": "Wrapping", "type": "DROPDOWN", "dropdownOptions": [{"label": "Paper"}, {"label": "None"}]},
]


def _line(trade: Trade, line: Line, currency: str) -> dict[str, Any]:
    stated: dict[str, Any] = {"price": trade.price_id(line.item, currency), "quantity": line.quantity}
    if trade.chance.share(120):
        stated["adjustableQuantity"] = {"enabled": True, "minimum": 1, "maximum": max(10, line.quantity)}
    return stated


def _missed(sale: Sale) -> tuple[FollowUp, ...]:
    """A shop that has nothing left hears of it sooner or later."""
    for line in sale.lines:
        left = sale.trade.stock.get(line.item.name)
        if left is not None and line.quantity > left and sale.trade.chance.share(_STOCK_NOTICED):
            sale.trade.restock(line.item)
    return ()


def _next(sale: Sale, now: datetime) -> tuple[FollowUp, ...]:
    """Most buyers pay, some change something before, some never come back."""
    chance = sale.trade.chance
    minutes = chance.between(1, 25)
    step = chance.weighted(_STEPS)
    if step == "leave":
        return ()
    if step == "linger":
        late = int((sale.expires - now).total_seconds()) + chance.below(40 * _MINUTE)
        return (FollowUp(late, lambda later: confirm(sale, later)),)
    makers = {"confirm": confirm, "update": update, "apply": apply_code, "expire": expire}
    return (FollowUp(minutes * _MINUTE + chance.below(_MINUTE), lambda later: makers[step](sale, later)),)


_STEPS: Final = Weighted(
    [("confirm", 480), ("update", 130), ("apply", 110), ("expire", 50), ("linger", 14), ("leave", 216)]
)


def update(sale: Sale, now: datetime) -> Attempt:
    """Change an open session: its lines, or what the shop keeps with it."""
    trade, chance = sale.trade, sale.trade.chance
    if chance.share(450):
        request: dict[str, Any] = {"metadata": {"orderNumber": f"{trade.shop.prefix}-{trade.number()}", "edited": True}}
        return evolve(_acting("session.update", sale, request, now), accepted=lambda answered: _next(sale, answered))
    lines = (*sale.lines[:1], *basket(trade, sale.currency))
    lines = tuple({line.item.name: line for line in lines}.values())
    changed = evolve(sale, lines=lines)
    facts: dict[str, Any] = {}
    if sale.edition is not None:
        facts = {**trade.rate_facts(trade.shop.currency), **discount_facts(trade, sale.edition, sale.customer, now)}
        if sale.entered:
            facts["promotionCodes"] = {sale.edition.promotion_code_id: promotion_code(trade, sale.edition, now)}
    if sale.customer is not None:
        facts["customer"] = sale.customer.facts()
    known = sale.facts(now, **facts)
    known["prices"] = {**known["prices"], **prices(trade, lines, sale.currency, now)}
    return Attempt(
        "session.update",
        {"lineItems": [_line(trade, line, sale.currency) for line in lines]},
        known,
        sale.id,
        accepted=lambda now: _next(changed, now),
        refused=lambda _: _missed(changed),
    )


def apply_code(sale: Sale, now: datetime) -> Attempt:
    """Enter a promotion code on the page of a session."""
    trade, chance = sale.trade, sale.trade.chance
    if chance.share(90):
        typed = chance.pick(_MISSPELT)
        return _entry(sale, typed, {"missing": {"promotionCodesByCode": [typed]}}, now)
    edition = next((found for found in (trade.edition() for _ in range(3)) if _suits(sale, found, now)), None)
    if edition is None:
        return confirm(sale, now)
    code = edition.campaign.code
    facts = {**trade.rate_facts(trade.shop.currency), **discount_facts(trade, edition, sale.customer, now)}
    facts["promotionCodesByCode"] = {code: promotion_code(trade, edition, now)}
    carried = evolve(sale, edition=edition, entered=True)
    entry = _entry(sale, chance.pick((code, code, code.lower(), f" {code} ")), facts, now)
    return evolve(entry, accepted=lambda answered: _next(carried, answered))


def _suits(sale: Sale, edition: Edition, now: datetime) -> bool:
    """A session carries one discount; a shop that wants no codes shows no field for one, but for old pages."""
    allowed = (sale.codes_allowed and sale.edition is None) or sale.trade.chance.share(60)
    return allowed and tries(sale.trade, edition, sale.lines, sale.customer, now)


def _entry(sale: Sale, typed: str, facts: Mapping[str, Any], now: datetime) -> Attempt:
    """Enter what was typed; most buyers whose code is refused pay without one."""

    def pay(_: datetime) -> tuple[FollowUp, ...]:
        chance = sale.trade.chance
        return (FollowUp(chance.between(30, 400), lambda later: confirm(sale, later)),) if chance.share(650) else ()

    request = {"promotionCode": typed, "clientSecret": sale.secret}
    return evolve(_acting("session.apply_promotion_code", sale, request, now, facts), refused=pay)


def confirm(sale: Sale, now: datetime) -> Attempt:
    """Pay."""
    trade, chance, shop = sale.trade, sale.trade.chance, sale.trade.shop
    intent = f"pi_{sale.id[3:]}"
    customer = None if sale.customer is None else {"id": sale.customer.id}
    method = chance.pick(shop.methods[sale.currency])
    facts: dict[str, Any] = {"paymentIntents": {intent: {"id": intent, "customer": customer}}}
    request = {"clientSecret": sale.secret, "paymentMethodType": method, "paymentIntentId": intent}
    if chance.share(12):
        request["clientSecret"] = f"{sale.id}_secret_{chance.token()}"
    if chance.share(8):
        request["paymentMethodType"] = "sympl"
    if sale.customer is not None and chance.share(280):
        stored = f"pm_{sale.customer.id[4:]}"
        owner = sale.customer if not chance.share(20) else chance.pick(trade.customers)
        request |= {"paymentMethod": stored, "paymentMethodType": "card"}
        facts["paymentMethods"] = {
            stored: {"id": stored, "type": "card", "customerId": owner.id, "readable": not chance.share(12)}
        }
    attempt = _acting("session.confirm", sale, request, now, facts)
    return evolve(attempt, accepted=lambda _: _paid(sale), refused=lambda _: _missed(sale))


def _paid(sale: Sale) -> tuple[FollowUp, ...]:
    """Take what was bought from the shelves, count what was redeemed, and keep the charge."""
    trade, chance = sale.trade, sale.trade.chance
    sale.paid = True
    for line in sale.lines:
        if line.item.stock is not None:
            trade.stock[line.item.name] = max(trade.stock[line.item.name] - line.quantity, 0)
            if trade.stock[line.item.name] * 8 < line.item.stock and chance.share(160):
                trade.restock(line.item)
    if sale.edition is not None:
        _redeem(trade, sale.edition, sale.customer)
    if sale.customer is not None:
        sale.customer.payments += 1
    if sale.amount:
        email = "guest@mail.example" if sale.customer is None else sale.customer.email
        trade.charges.append(Paid(f"ch_{sale.id[3:]}", f"pi_{sale.id[3:]}", sale.amount, email))
    again = confirm if chance.share(500) else expire
    return (FollowUp(chance.between(1, 9), lambda now: again(sale, now)),) if chance.share(16) else ()


def _redeem(trade: Trade, edition: Edition, customer: Customer | None) -> None:
    for name in (edition.coupon_id, edition.promotion_code_id):
        trade.redeemed[name] = trade.redeemed.get(name, 0) + 1
    if customer is not None:
        customer.redemptions[edition.coupon_id] = customer.redemptions.get(edition.coupon_id, 0) + 1


def expire(sale: Sale, now: datetime) -> Attempt:
    """End a session that nobody pays."""
    return _acting("session.expire", sale, {}, now)


def _acting(
    operation: str, sale: Sale, request: dict[str, Any], now: datetime, facts: Mapping[str, Any] | None = None
) -> Attempt:
    return Attempt(operation, request, sale.facts(now, **(facts or {})), sale.id)
