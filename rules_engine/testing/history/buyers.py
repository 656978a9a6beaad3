"""What buyers do: fill a basket, change it, enter a code, pay or stay away."""

from collections.abc import Callable, Sequence
from typing import Final

from attrs import evolve, frozen

from rules_engine.testing.history.chance import Weighted
from rules_engine.testing.history.storefronts import Item
from rules_engine.testing.history.trade import Attempt, Edition, FollowUp, Trade
from rules_engine.testing.shop import ApiObject
from rules_engine.wire.dates import read_instant

_LINES: Final = Weighted([(1, 560), (2, 250), (3, 110), (4, 50), (6, 28), (9, 2)])
_QUANTITIES: Final = Weighted([(1, 680), (2, 190), (3, 60), (4, 34), (6, 24), (12, 10), (40, 2)])
_MINUTES: Final = Weighted(
    [(None, 520), (30, 110), (60, 130), (90, 60), (180, 70), (360, 40), (720, 46), (1440, 44), (2880, 2)]
)
_STEPS: Final = Weighted(
    [("confirm", 480), ("update", 130), ("apply", 110), ("expire", 50), ("linger", 14), ("leave", 216)]
)
_CHARGES: Final = Weighted([("whole", 900), ("held", 24), ("unbooked", 24), ("without fees", 16), ("half of fees", 12)])
_PAGES: Final = Weighted([("hosted", 80), ("embedded", 20)])
_MINUTE: Final = 60
_MISSPELT: Final = ("SAVE50", "FREESHIP", "WELCOM", "BLACKFRIDAY", "TEST")
_STOCK_IGNORED: Final = 90
"""Per thousand: buyers who order more than the page shows in stock."""
_STOCK_NOTICED: Final = 300
"""Per thousand: orders refused because of missing stock after which the item is restocked."""
_UNAWARE: Final = 420
"""Per thousand: buyers who try a code that has expired or is used up."""
_UNDETERRED: Final = 110
"""Per thousand: buyers who try a code that does not apply to them or to their basket."""
_CUSTOM_FIELDS: Final = [
    {"label": "Name on the card", "type": "TEXT", "hasLimits": True, "minCharacters": 1, "maxCharacters": 40},
    {"label": "Wrapping", "type": "DROPDOWN", "dropdownOptions": [{"label": "Paper"}, {"label": "None"}]},
]

Lines = Sequence[tuple[Item, int]]
"""Items, and how many of each."""


@frozen(eq=False)
class Sale:
    """A session, and what its buyer knows of it.

    Attributes:
        trade: The shop.
        id: `cs_...`.
        currency: What the buyer pays in.
        lines: What is bought.
        customer: Who buys; None is a guest.
        codes_allowed: Whether the buyer may enter a promotion code.
        edition: The discount that it carries.
        entered: Whether that is a promotion code.
    """

    trade: Trade
    id: str
    currency: str
    lines: Lines
    customer: str | None
    codes_allowed: bool
    edition: Edition | None = None
    entered: bool = False

    def then(self, seconds: int, make: "Step") -> tuple[FollowUp, ...]:
        """Return what is tried in some seconds, where the session is still remembered then."""
        return (FollowUp(seconds, self.trade, self.id, lambda: make(self)),)


Step = Callable[[Sale], Attempt]


def create(trade: Trade) -> Attempt:
    """Create a session for a new basket."""
    chance, currency = trade.chance, trade.currency()
    edition = trade.edition() if chance.share(170) else None
    lines = _basket(trade, currency, edition)
    customer = trade.customer() if chance.share(760) else None
    if edition is not None and not _tries(trade, edition, lines, customer):
        edition = None
    name = f"cs_{trade.front.prefix}_{chance.token()}"
    entered = edition is not None and chance.share(700)
    sale = Sale(trade, name, currency, lines, customer, chance.share(820), edition, entered)
    return Attempt(
        trade,
        "session.create",
        _create_request(sale),
        made=sale.id,
        accepted=lambda: _next(sale),
        refused=lambda: _missed(sale),
    )


def _create_request(sale: Sale) -> ApiObject:
    trade, chance, front = sale.trade, sale.trade.chance, sale.trade.front
    page, minutes, site = chance.weighted(_PAGES), chance.weighted(_MINUTES), f"https://{front.prefix}.example"
    request: ApiObject = {
        "mode": "payment",
        "uiMode": page,
        "currency": sale.currency if chance.share(700) else sale.currency.lower(),
        "lineItems": _stated(sale),
        "afterCompletion": {"type": "redirect", "redirect": {"url": f"{site}/thanks?session={{CHECKOUT_SESSION_ID}}"}},
        "locale": front.locale,
        "allowPromotionCodes": sale.codes_allowed,
    }
    if page == "hosted":
        request |= {"submitType": "PAY", "cancelUrl": f"{site}/cart"}
    if sale.customer is not None:
        request["customerId"] = sale.customer
        if chance.share(300):
            request["customerUpdate"] = {"address": "auto", "shipping": "auto"}
    elif chance.share(600):
        request["customerDetails"] = {"email": f"guest{chance.below(100_000)}@mail.example"}
    if sale.edition is not None:
        code, coupon = sale.edition.promotion_code_id, sale.edition.coupon_id
        request["discounts"] = [{"promotionCode": code} if sale.entered else {"coupon": coupon}]
    if minutes is not None:
        request["expiresAfterMinutes"] = minutes
    if chance.share(350):
        request["paymentMethodTypes"] = list(front.methods[sale.currency][:2])
    if chance.share(60):
        request["customFields"] = _CUSTOM_FIELDS[: chance.between(1, 2)]
    order = f"{front.prefix}-{trade.number()}"
    return {**request, "metadata": {"orderNumber": order, front.channel_key: chance.pick(front.channels)}}


def _basket(trade: Trade, currency: str, edition: Edition | None = None) -> Lines:
    """Fill a basket: most hold one thing or two. What a campaign is for comes first."""
    wanted = [trade.item(currency) for _ in range(trade.chance.weighted(_LINES))]
    if edition is not None and edition.campaign.items and trade.chance.share(860):
        named = [item for item in trade.front.items if item.name in edition.campaign.items and currency in item.amounts]
        wanted = [*named, *wanted]
    return tuple((item, _quantity(trade, item, currency)) for item in dict.fromkeys(wanted))


def _quantity(trade: Trade, item: Item, currency: str) -> int:
    quantity = 1 if item.type == "CUSTOM" else trade.chance.weighted(_QUANTITIES)
    left: int | None = trade.price(item, currency).get("stock")
    if left is None or quantity <= left or trade.chance.share(_STOCK_IGNORED):
        return quantity
    return max(left, 1)


def _stated(sale: Sale) -> list[ApiObject]:
    return [_line(sale.trade, item, quantity, sale.currency) for item, quantity in sale.lines]


def _line(trade: Trade, item: Item, quantity: int, currency: str) -> ApiObject:
    line: ApiObject = {"price": trade.price_id(item, currency), "quantity": quantity}
    if trade.chance.share(120):
        line["adjustableQuantity"] = {"enabled": True, "minimum": 1, "maximum": max(10, quantity)}
    return line


def _tries(trade: Trade, edition: Edition, lines: Lines, customer: str | None) -> bool:
    """Return whether a buyer comes with a discount: most do only where it is good, for this buyer and this basket."""
    campaign, shop, now = edition.campaign, trade.shop, trade.shop.now
    over = not edition.start <= now < edition.end
    used_up = 0 < edition.redemptions <= shop.redeemed(edition.promotion_code_id)
    if over or used_up or 0 < campaign.per_customer <= shop.redeemed(edition.coupon_id, customer or "guest"):
        return trade.chance.share(_UNAWARE)
    priced = [item.amounts.get(trade.front.currency, 0) * quantity for item, quantity in lines]
    fits = (
        (sum(priced) if all(priced) else 0) >= max(campaign.minimum, campaign.coupon_minimum)
        and (not campaign.items or any(item.name in campaign.items for item, _ in lines))
        and _is_for(trade, edition, customer)
    )
    return fits or trade.chance.share(_UNDETERRED)


def _is_for(trade: Trade, edition: Edition, customer: str | None) -> bool:
    campaign = edition.campaign
    if customer is None:
        return not (campaign.first_time or campaign.bound or campaign.per_customer)
    paid_before = campaign.first_time and trade.shop.paid[customer] > 0
    return not paid_before and not (campaign.bound and customer != trade.customers[0])


def _missed(sale: Sale) -> tuple[FollowUp, ...]:
    """Restock some of what the session could not have."""
    for item, quantity in sale.lines:
        left = sale.trade.price(item, sale.currency).get("stock")
        if left is not None and quantity > left and sale.trade.chance.share(_STOCK_NOTICED):
            sale.trade.restock(item, sale.currency)
    return ()


def _next(sale: Sale) -> tuple[FollowUp, ...]:
    """Choose the next step: most buyers pay, some change the session first, some never come back."""
    chance, shop = sale.trade.chance, sale.trade.shop
    seconds = chance.between(1, 25) * _MINUTE + chance.below(_MINUTE)
    step = chance.weighted(_STEPS)
    if step == "leave":
        return ()
    if step == "linger":
        expires = read_instant(shop.objects["sessions"][sale.id]["expiresAt"])
        return sale.then(int((expires - shop.now).total_seconds()) + chance.below(40 * _MINUTE), _confirm)
    return sale.then(seconds, {"confirm": _confirm, "update": _update, "apply": _apply, "expire": _expire}[step])


def _update(sale: Sale) -> Attempt:
    """Change an open session: its lines, or what the shop keeps with it."""
    trade, chance = sale.trade, sale.trade.chance
    if chance.share(450):
        noted = {"metadata": {"orderNumber": f"{trade.front.prefix}-{trade.number()}", "edited": True}}
        return Attempt(trade, "session.update", noted, sale.id, accepted=lambda: _next(sale))
    lines = dict([*sale.lines[:1], *_basket(trade, sale.currency)])
    changed = evolve(sale, lines=tuple(lines.items()))
    return Attempt(
        trade,
        "session.update",
        {"lineItems": _stated(changed)},
        sale.id,
        accepted=lambda: _next(changed),
        refused=lambda: _missed(changed),
    )


def _apply(sale: Sale) -> Attempt:
    """Enter a promotion code on the page of a session; most buyers whose code is refused pay without one."""
    trade, chance = sale.trade, sale.trade.chance
    typed, carried = chance.pick(_MISSPELT), sale
    if not chance.share(90):
        edition = next((found for found in (trade.edition() for _ in range(3)) if _suits(sale, found)), None)
        if edition is None:
            return _confirm(sale)
        code = edition.campaign.code
        typed, carried = chance.pick((code, code, code.lower(), f" {code} ")), evolve(sale, edition=edition)
    return Attempt(
        trade,
        "session.apply_promotion_code",
        {"promotionCode": typed, "clientSecret": f"{sale.id}_secret"},
        sale.id,
        accepted=lambda: _next(carried),
        refused=lambda: sale.then(chance.between(30, 400), _confirm) if chance.share(650) else (),
    )


def _suits(sale: Sale, edition: Edition) -> bool:
    """A session carries one discount; a shop that wants no codes shows no field for one, but for old pages."""
    allowed = (sale.codes_allowed and sale.edition is None) or sale.trade.chance.share(60)
    return allowed and _tries(sale.trade, edition, sale.lines, sale.customer)


def _confirm(sale: Sale) -> Attempt:
    """Pay: with what the session offers, or with the card that the customer has stored."""
    trade, chance, shop = sale.trade, sale.trade.chance, sale.trade.shop
    intent = f"pi_{sale.id[3:]}"
    if shop.find(intent) is None:
        customer = None if sale.customer is None else {"id": sale.customer}
        shop.add({"id": intent, "customer": customer, "charges": [{"id": f"ch_{sale.id[3:]}"}]})
        trade.remember(intent)
    offered = [known["type"] for known in shop.objects["sessions"][sale.id]["paymentMethodTypes"]]
    request = {
        "clientSecret": f"{sale.id}_secret" if not chance.share(12) else f"{sale.id}_secret_{chance.token()}",
        "paymentMethodType": chance.pick(offered) if not chance.share(8) else "sympl",
        "paymentIntentId": intent,
    }
    if sale.customer is not None and chance.share(280):
        request |= {"paymentMethod": trade.card(sale.customer), "paymentMethodType": "card"}
    return Attempt(
        trade, "session.confirm", request, sale.id, accepted=lambda: _paid(sale), refused=lambda: _missed(sale)
    )


def _paid(sale: Sale) -> tuple[FollowUp, ...]:
    """Restock some of what runs low, and book the charge, at times only in part."""
    trade, chance = sale.trade, sale.trade.chance
    for item, _ in sale.lines:
        low = item.stock is not None and trade.price(item, sale.currency)["stock"] * 8 < item.stock
        if low and chance.share(160):
            trade.restock(item, sale.currency)
    charge = trade.shop.find(f"ch_{sale.id[3:]}")
    if charge is not None:
        trade.remember(charge["id"])
        charge |= _booked(charge, chance.weighted(_CHARGES))
    again = _confirm if chance.share(500) else _expire
    return sale.then(chance.between(1, 9), again) if chance.share(16) else ()


def _booked(charge: ApiObject, state: str) -> ApiObject:
    changes: dict[str, ApiObject] = {
        "held": {"captured": False},
        "unbooked": {"balanceTransaction": None},
        "without fees": {"feeData": {}},
        "half of fees": {"feeData": {"processorFee": charge["feeData"]["processorFee"]}},
    }
    return changes.get(state, {})


def _expire(sale: Sale) -> Attempt:
    """End a session that is not paid."""
    return Attempt(sale.trade, "session.expire", {}, sale.id)
