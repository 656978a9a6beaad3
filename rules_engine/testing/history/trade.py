"""A shop while it trades: what is on its shelves, who buys, what was redeemed and charged."""

from collections import deque
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from attrs import define, field

from rules_engine.testing.history.chance import Chance, Weighted
from rules_engine.testing.history.edition import Edition, edition_of, product_id
from rules_engine.testing.history.market import Market, rate_text
from rules_engine.testing.history.shop import Item, Shop
from rules_engine.wire.dates import write_instant

_CUSTOMERS: Final = 240
"""So many customers a shop remembers; whoever has not come for long is new again."""
_CHARGES: Final = 60
_STALE: Final = timedelta(days=9)
"""So long around its season something is still asked for."""
_IN_SEASON: Final = 24
_ASKED_FOR_IN_VAIN: Final = 90
"""In a thousand: buyers who want what the page says is not to be had."""
_STALE_PAGE: Final = 400
"""In a thousand: buyers who still see what was archived."""
_TAKEN_BACK: Final = 250
_BALANCE: Final = 90
"""A shop has so many times the price of its first item to pay refunds from."""


@define(eq=False)
class Customer:
    """Somebody who buys.

    Attributes:
        id: `cus_...`.
        name: What they are called.
        email: Where they are written to.
        payments: How often they have paid.
        redemptions: Coupon id to how often they have redeemed it.
    """

    id: str
    name: str
    email: str
    payments: int = 0
    redemptions: dict[str, int] = field(factory=dict)

    def facts(self) -> dict[str, Any]:
        """Give the customer as the API returns it."""
        return {"id": self.id, "object": "customer", "type": "registered", "name": self.name, "email": self.email}


@define(eq=False)
class Paid:
    """A charge of the shop.

    Attributes:
        id: `ch_...`.
        intent: The payment intent that led to it.
        amount: Minor units of the settlement currency.
        refunded: How much of it was given back.
        email: Who paid.
    """

    id: str
    intent: str
    amount: int
    email: str
    refunded: int = 0


class Trade:
    """A shop, and all that changes about it. What it remembers is bounded, however long the history is."""

    def __init__(self, shop: Shop, chance: Chance, market: Market, drafts: int, now: datetime) -> None:
        """Open with full shelves and nobody in the shop.

        Args:
            shop: What shop it is.
            chance: What decides, where nothing else does.
            market: The rates of the day.
            drafts: How many drafts the history has.
            now: The first day.
        """
        self.shop, self.chance, self.market = shop, chance, market
        self._drafts = drafts
        self.archived: Item | None = None
        self.stock = {item.name: item.stock for item in shop.items if item.stock is not None}
        self.redeemed: dict[str, int] = {}
        self.customers: list[Customer] = []
        self.charges: deque[Paid] = deque(maxlen=_CHARGES)
        self.numbered = 0
        self._currencies = Weighted(shop.currencies.items())
        self.open(now)
        mode = "live" if shop.livemode else "test"
        self.key = f"sk_{mode}_{shop.prefix}_till"
        self.account: Mapping[str, Any] = {
            "livemode": shop.livemode,
            "merchant": {
                "id": shop.id,
                "displayName": shop.name,
                "country": shop.country,
                "defaultCurrency": shop.currency,
                "settlementCurrency": shop.settlement,
                "supportedCurrencies": [
                    {"code": currency, "paymentMethodTypes": list(methods)}
                    for currency, methods in shop.methods.items()
                ],
                "livePaymentsEnabled": shop.livemode,
            },
        }

    def open(self, now: datetime) -> None:
        """Begin a day: put out what is in season, and sooner or later what was archived."""
        shop = self.shop
        if self.chance.share(_TAKEN_BACK):
            self.archived = None
        self._items = {
            currency: Weighted((item, _item_weight(item, now)) for item in shop.items if currency in item.amounts)
            for currency in shop.currencies
        }
        self.editions = tuple(edition_of(shop, campaign, now, self._drafts) for campaign in shop.campaigns)
        self._editions = Weighted((edition, edition.weight_at(now)) for edition in self.editions)

    def number(self) -> int:
        """Count what is made."""
        self.numbered += 1
        return self.numbered

    def currency(self) -> str:
        """Choose what a buyer pays in."""
        return self.chance.weighted(self._currencies)

    def item(self, currency: str) -> Item:
        """Choose what a buyer wants; what is archived or sold out, hardly anybody asks for."""
        item = self.chance.weighted(self._items[currency])
        for _ in range(3):
            gone = self.stock.get(item.name) == 0 or item.type == "RECURRING"
            if item is self.archived:
                found = self.chance.share(_STALE_PAGE)
            else:
                found = not gone or self.chance.share(_ASKED_FOR_IN_VAIN)
            if found:
                break
            item = self.chance.weighted(self._items[currency])
        return item

    def edition(self) -> Edition:
        """Choose the campaign that a buyer thinks of."""
        return self.chance.weighted(self._editions)

    def customer(self) -> Customer:
        """Choose who buys: somebody who has been here before, or somebody new."""
        if self.customers and self.chance.share(640):
            return self.chance.pick(self.customers)
        return self.newcomer()

    def newcomer(self) -> Customer:
        """Let somebody in who was never here; in a full shop, they take the place of somebody else."""
        number = self.number()
        customer = Customer(
            f"cus_{self.shop.prefix}_{number}", self.chance.pick(self.shop.buyers), f"buyer{number}@mail.example"
        )
        if len(self.customers) < _CUSTOMERS:
            self.customers.append(customer)
        else:
            self.customers[self.chance.between(1, _CUSTOMERS - 1)] = customer
        return customer

    def restock(self, item: Item) -> None:
        """Fill the shelf of an item."""
        if item.stock is not None:
            self.stock[item.name] = item.stock

    def facts(self, **known: Any) -> dict[str, Any]:
        """Give the account, and what else is known."""
        return {**self.account, **known}

    def rate_facts(self, *currencies: str) -> dict[str, Any]:
        """Give the rates of currencies to the settlement currency, where they differ, or that they are late."""
        settlement = self.shop.settlement
        rates, late = {}, []
        for currency in currencies:
            pair, rate = f"{currency}/{settlement}", self.market.rate(currency, settlement)
            if rate is None:
                late.append(pair)
            elif currency != settlement:
                rates[pair] = {"rate": rate_text(rate)}
        facts: dict[str, Any] = {"exchangeRates": rates} if rates else {}
        return {**facts, "missing": {"exchangeRates": late}} if late else facts

    def price_id(self, item: Item, currency: str) -> str:
        """Name the price of an item in a currency."""
        return f"price_{self.shop.prefix}_{item.name}_{currency}"

    def price_facts(self, item: Item, currency: str, now: datetime) -> dict[str, Any]:
        """Give a price as the API returns it."""
        amount = item.amounts[currency]
        facts: dict[str, Any] = {
            "id": self.price_id(item, currency),
            "object": "price",
            "name": item.name,
            "currency": currency,
            "unitAmount": amount,
            "type": item.type,
            "active": item is not self.archived,
            "productId": product_id(self.shop, item.name),
        }
        if item.type == "CUSTOM":
            facts |= {"unitAmount": None, "customUnitAmount": {"minimum": amount // 4, "preset": amount}}
        elif item.type == "RECURRING":
            facts["recurring"] = {"interval": "MONTH", "intervalCount": 1}
        if item.stock is not None:
            facts["stock"] = self.stock[item.name]
        if item.season is not None:
            start, end = item.season.window(item.season.year_at(now))
            facts |= {"startDate": write_instant(start), "expirationDate": write_instant(end)}
        return facts

    def balance(self) -> int:
        """Tell what refunds can be paid from, in minor units of the settlement currency."""
        shop = self.shop
        return self.market.converted(shop.items[0].amounts[shop.currency] * _BALANCE, shop.currency, shop.settlement)


def _item_weight(item: Item, now: datetime) -> int:
    if item.season is None:
        return item.weight * _IN_SEASON
    start, end = item.season.window(item.season.year_at(now))
    if start <= now < end:
        return item.weight * _IN_SEASON
    return item.weight if start - _STALE <= now < end + _STALE else 0
