"""A shop while it trades: its catalogue, its campaigns and its buyers, in a simulated shop."""

from collections import deque
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from attrs import frozen

from rules_engine.testing.history.chance import Chance, Market, Weighted
from rules_engine.testing.history.storefronts import Campaign, Item, Storefront
from rules_engine.testing.shop import ApiObject, Shop, new_charge, part_of
from rules_engine.wire.dates import write_instant

_REMEMBERED: Final[Mapping[str, int]] = {
    "paymentMethods": 60,
    "paymentIntents": 60,
    "charges": 60,
    "prices": 8,
    "coupons": 8,
    "promotionCodes": 8,
    "paymentLinks": 4,
}
"""The most objects of each kind that are remembered: memory must not grow with the history."""
_CUSTOMERS: Final = 160
"""The most customers a shop remembers."""
_STALE: Final = timedelta(days=9)
"""How long before and after its season an item is still in demand."""
_IN_SEASON: Final = 24
_BEFORE: Final = timedelta(days=5)
_AFTER: Final = timedelta(days=16)
"""How long before and after a campaign buyers try its code."""
_RUNNING: Final = 24
_OVER: Final = 5
_GRACE: Final = timedelta(days=3)
"""A coupon outlives the code that stands for it."""
_ALWAYS: Final = (datetime(2000, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))
_TEN_THOUSAND: Final = 10_000
_FEWEST: Final = 4
_SOLD_OUT_ORDERED: Final = 90
"""Per thousand: buyers who order what the page shows as sold out."""
_STALE_PAGE: Final = 400
"""Per thousand: buyers who still see what was archived."""
_TAKEN_BACK: Final = 250
_OLD_CHARGE: Final = 100_000


@frozen(eq=False)
class FollowUp:
    """What is tried next.

    Attributes:
        after: In how many seconds.
        trade: The shop.
        about: The id of what it is about: nothing is tried where that is gone; None is about nothing.
        make: Makes the attempt when its time has come.
    """

    after: int
    trade: "Trade"
    about: str | None
    make: "Callable[[], Attempt]"


Follow = Callable[[], tuple[FollowUp, ...]]


@frozen(eq=False)
class Attempt:
    """A request to a shop, and what follows from its answer.

    Attributes:
        trade: The shop.
        operation: Such as `session.create`.
        request: The body.
        target: The id of what is acted on.
        made: The id of what it makes where it is accepted.
        known: Facts that are not the shop's.
        accepted: What happens besides, and is tried next, where it is accepted.
        refused: What happens, and is tried next, where it is refused.
        again: Whether the same was tried before.
    """

    trade: "Trade"
    operation: str
    request: Any
    target: str | None = None
    made: str | None = None
    known: Mapping[str, Any] | None = None
    accepted: Follow = tuple
    refused: Follow = tuple
    again: bool = False

    def take(self) -> tuple[FollowUp, ...]:
        """Change the shop as an accepted attempt does, and return what is tried next."""
        self.trade.shop.take(self.operation, self.request, self.target, self.made or "")
        if self.made is not None and self.operation != "session.create":
            self.trade.remember(self.made)
        return self.accepted()


@frozen(eq=False)
class Edition:
    """A campaign of one year.

    Attributes:
        campaign: What it is about.
        coupon_id: The id of its coupon.
        promotion_code_id: The id of its promotion code.
        start: It runs from this instant on.
        end: It runs until just before this instant.
        redemptions: How often its code may be redeemed; 0 is without end.
    """

    campaign: Campaign
    coupon_id: str
    promotion_code_id: str
    start: datetime
    end: datetime
    redemptions: int

    def weight_at(self, now: datetime) -> int:
        """Return how often it is tried: often while it runs, less when it is over, not at all long after."""
        if self.start <= now < self.end:
            return self.campaign.weight * _RUNNING
        return self.campaign.weight * _OVER if self.start - _BEFORE <= now < self.end + _AFTER else 0


class Trade:
    """A shop, and who buys in it. What it remembers is bounded, however long the history is."""

    def __init__(self, front: Storefront, chance: Chance, market: Market, drafts: int, now: datetime) -> None:
        """Open with full shelves.

        Args:
            front: What shop it is.
            chance: What decides, where nothing else does.
            market: The rates of the day.
            drafts: How many drafts the history has: the more, the more redemptions a code is given.
            now: The first day.
        """
        self.front, self.chance = front, chance
        self._market, self._drafts = market, drafts
        self.shop = Shop(_account(front), now)
        self.customers: list[str] = []
        self.editions: tuple[Edition, ...] = ()
        self.remembered: dict[str, deque[str]] = {part: deque() for part in _REMEMBERED}
        self._numbered = 0
        self._currencies = Weighted(front.currencies.items())
        self.items = {self.price_id(item, currency): item for item in front.items for currency in item.amounts}
        methods = list(dict.fromkeys(method for known in front.methods.values() for method in known))
        self.shop.add({"id": f"pmc_{front.prefix}", "name": "Checkout", "isDefault": True, "enabledMethods": methods})
        for item in front.items:
            self.shop.add({"id": self.product_id(item), "name": item.name})
            self.shop.add(*(self._price(item, currency) for currency in item.amounts))
        self.newcomer()
        self.open()
        self._begin()

    def _begin(self) -> None:
        """Add a charge and payment links from before the history begins."""
        prefix, currency = self.front.prefix, self.front.currency
        charge = new_charge(f"{prefix}_0", _OLD_CHARGE, self.front.settlement, None)
        self.shop.add(charge)
        self.remember(charge["id"])
        for item in self.front.items[:3]:
            link, lines = self.new_id("plink"), [{"priceId": self.price_id(item, currency), "quantity": 1}]
            self.shop.take("payment_link.create", {"lineItems": lines}, key=link)
            self.remember(link)

    def open(self) -> None:
        """Begin a day: set rates, seasons and campaigns, and some days activate what was archived."""
        front, now = self.front, self.shop.now
        self.shop.rates = self._market.rates(front.currencies, front.settlement)
        back = self.chance.share(_TAKEN_BACK)
        for name, item in self.items.items():
            price = self.shop.objects["prices"][name]
            price["active"] |= back
            if item.season is None:
                price.pop("expirationDate", None)  # an update may have set one: it must not end the sale for good
            else:
                start, end = item.season.window(item.season.year_at(now))
                price |= {"startDate": write_instant(start), "expirationDate": write_instant(end)}
        self._items = {
            currency: Weighted((item, _item_weight(item, now)) for item in front.items if currency in item.amounts)
            for currency in front.currencies
        }
        before, self.editions = self.editions, tuple(self._edition(campaign) for campaign in front.campaigns)
        for edition in self.editions:
            self.shop.add(self._coupon(edition), self._code(edition))
        for edition in before:
            if edition.coupon_id not in {running.coupon_id for running in self.editions}:
                self.shop.forget(edition.coupon_id)
                self.shop.forget(edition.promotion_code_id)
        self._editions = Weighted((edition, edition.weight_at(now)) for edition in self.editions)

    def remember(self, key: str) -> None:
        """Keep an object that was made, and forget the oldest of its kind where there are too many."""
        made = self.remembered[part_of(key) or ""]
        made.append(key)
        if len(made) > _REMEMBERED[part_of(key) or ""]:
            self.shop.forget(made.popleft())

    def new_id(self, word: str) -> str:
        """Return an id that nothing has yet."""
        return f"{word}_{self.front.prefix}_{self.number()}"

    def number(self) -> int:
        """Count what is made."""
        self._numbered += 1
        return self._numbered

    def currency(self) -> str:
        """Choose what a buyer pays in."""
        return self.chance.weighted(self._currencies)

    def item(self, currency: str) -> Item:
        """Choose what a buyer wants: seldom what is archived or sold out."""
        item = self.chance.weighted(self._items[currency])
        for _ in range(3):
            price = self.price(item, currency)
            if not price["active"]:
                found = self.chance.share(_STALE_PAGE)
            elif price.get("stock") == 0 or item.type == "RECURRING":
                found = self.chance.share(_SOLD_OUT_ORDERED)
            else:
                break
            if found:
                break
            item = self.chance.weighted(self._items[currency])
        return item

    def edition(self) -> Edition:
        """Choose the campaign that a buyer thinks of."""
        return self.chance.weighted(self._editions)

    def customer(self) -> str:
        """Choose who buys: a known customer or a new one."""
        return self.chance.pick(self.customers) if self.chance.share(640) else self.newcomer()

    def newcomer(self) -> str:
        """Add a new customer; in a full shop, in place of another one."""
        number, name = self.number(), self.chance.pick(self.front.buyers)
        customer, email = f"cus_{self.front.prefix}_{number}", f"buyer{number}@mail.example"
        self.shop.add({"id": customer, "object": "customer", "type": "registered", "name": name, "email": email})
        if len(self.customers) < _CUSTOMERS:
            self.customers.append(customer)
        else:
            place = self.chance.between(1, _CUSTOMERS - 1)
            self.shop.forget(self.customers[place])
            self.customers[place] = customer
        return customer

    def card(self, customer: str) -> str:
        """Return the id of the card that a customer has stored; a few belong to another customer or cannot be read."""
        card = f"pm_{customer[4:]}"
        if self.shop.find(card) is None:
            owner = customer if not self.chance.share(20) else self.chance.pick(self.customers)
            self.shop.add({"id": card, "type": "card", "customerId": owner, "readable": not self.chance.share(12)})
            self.remember(card)
        return card

    def restock(self, item: Item, currency: str) -> None:
        """Fill the shelf of an item."""
        self.price(item, currency)["stock"] = item.stock

    def price(self, item: Item, currency: str) -> ApiObject:
        """Return the price of an item."""
        return self.shop.objects["prices"][self.price_id(item, currency)]

    def price_id(self, item: Item, currency: str) -> str:
        """Return the id of the price of an item."""
        return f"price_{self.front.prefix}_{item.name}_{currency}"

    def product_id(self, item: Item) -> str:
        """Return the id of the product of an item."""
        return f"prod_{self.front.prefix}_{item.name}"

    def _price(self, item: Item, currency: str) -> ApiObject:
        amount = item.amounts[currency]
        price: ApiObject = {
            "id": self.price_id(item, currency),
            "object": "price",
            "name": item.name,
            "currency": currency,
            "unitAmount": amount,
            "type": item.type,
            "active": True,
            "productId": self.product_id(item),
        }
        if item.type == "CUSTOM":
            price |= {"unitAmount": None, "customUnitAmount": {"minimum": amount // 4, "preset": amount}}
        elif item.type == "RECURRING":
            price["recurring"] = {"interval": "MONTH", "intervalCount": 1}
        return price if item.stock is None else {**price, "stock": item.stock}

    def _edition(self, campaign: Campaign) -> Edition:
        suffix, (start, end) = "", _ALWAYS
        if campaign.season is not None:
            year = campaign.season.year_at(self.shop.now)
            suffix, (start, end) = f"_{year}", campaign.season.window(year)
        name = f"{self.front.prefix}_{campaign.code}{suffix}"
        redemptions = campaign.redemptions and max(_FEWEST, campaign.redemptions * self._drafts // _TEN_THOUSAND)
        return Edition(campaign, f"coup_{name}", f"promo_{name}", start, end, redemptions)

    def _coupon(self, edition: Edition) -> ApiObject:
        campaign, currency = edition.campaign, self.front.currency
        coupon: ApiObject = {"id": edition.coupon_id, "object": "coupon", "active": True}
        if campaign.percent is None:
            coupon |= {"discountType": "fixed_amount", "amountOff": campaign.amount, "currency": currency}
        else:
            coupon |= {"discountType": "percentage", "percentOff": campaign.percent}
        if campaign.coupon_minimum:
            coupon |= {"currency": currency, "minValue": campaign.coupon_minimum}
        if campaign.per_customer:
            coupon["customerMaxRedemptions"] = campaign.per_customer
        if campaign.items:
            coupon["appliesToProductIds"] = [f"prod_{self.front.prefix}_{name}" for name in campaign.items]
        if campaign.season is not None:
            until = edition.end + _GRACE
            coupon |= {"redeemBy": write_instant(until), "valid": self.shop.now < until}
        return coupon

    def _code(self, edition: Edition) -> ApiObject:
        """Build the promotion code, which is switched on when the campaign starts."""
        campaign = edition.campaign
        restrictions: ApiObject = {"firstTimeTransaction": campaign.first_time}
        if campaign.minimum:
            restrictions |= {"minimumAmount": campaign.minimum, "minimumAmountCurrency": self.front.currency}
        return {
            "id": edition.promotion_code_id,
            "object": "promotion_code",
            "code": campaign.code,
            "coupon": {"id": edition.coupon_id},
            "active": self.shop.now >= edition.start,
            **({"customerId": self.customers[0]} if campaign.bound else {}),
            **({"maxRedemptions": edition.redemptions} if edition.redemptions else {}),
            **({"expiresAt": write_instant(edition.end)} if campaign.season is not None else {}),
            "restrictions": restrictions,
        }


def _account(front: Storefront) -> ApiObject:
    return {
        "livemode": front.livemode,
        "merchant": {
            "id": front.id,
            "displayName": front.name,
            "country": front.country,
            "defaultCurrency": front.currency,
            "settlementCurrency": front.settlement,
            "supportedCurrencies": [
                {"code": currency, "paymentMethodTypes": list(methods)} for currency, methods in front.methods.items()
            ],
            "livePaymentsEnabled": front.livemode,
        },
    }


def _item_weight(item: Item, now: datetime) -> int:
    if item.season is None:
        return item.weight * _IN_SEASON
    start, end = item.season.window(item.season.year_at(now))
    if start <= now < end:
        return item.weight * _IN_SEASON
    return item.weight if start - _STALE <= now < end + _STALE else 0
