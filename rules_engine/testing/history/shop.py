"""What a made-up shop is: its catalogue, its campaigns, its buyers."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from attrs import frozen

MonthDay = tuple[int, int]
_EARLY: Final = timedelta(days=14)
"""So long before a season people ask for what belongs to it."""


@frozen
class Season:
    """A part of each year, from a day on and until just before another one.

    Attributes:
        first: Month and day.
        end: Month and day; of the next year where it comes before the first.
    """

    first: MonthDay
    end: MonthDay

    def year_at(self, now: datetime) -> int:
        """Tell which year's season people have in mind: the one that has begun last, or is about to begin."""
        return now.year if now + _EARLY >= _midnight(now.year, self.first) else now.year - 1

    def window(self, year: int) -> tuple[datetime, datetime]:
        """Tell when the season of a year begins and ends."""
        return _midnight(year, self.first), _midnight(year + (self.end <= self.first), self.end)


def _midnight(year: int, day: MonthDay) -> datetime:
    return datetime(year, *day, tzinfo=UTC)


@frozen(eq=False)
class Item:
    """Something that is sold.

    Attributes:
        name: The part of its ids that is its own.
        amounts: Currency to unit amount, in minor units; of a CUSTOM price, the preset.
        weight: How often it is bought, beside the others of the shop.
        stock: How much there is when the shelf is full; None is without end.
        season: When it is sold; None is always.
        type: The type of its prices.
    """

    name: str
    amounts: Mapping[str, int]
    weight: int = 10
    stock: int | None = None
    season: Season | None = None
    type: Literal["ONE_TIME", "RECURRING", "CUSTOM"] = "ONE_TIME"


@frozen(eq=False)
class Campaign:
    """A coupon, and the promotion code that stands for it.

    Attributes:
        code: What buyers type.
        percent: Per cent that it takes off; None where it takes an amount off.
        amount: Minor units of the shop's first currency that it takes off.
        season: When it runs; None is always.
        minimum: The least subtotal that the code asks for, in minor units of the shop's first currency; 0 is none.
        coupon_minimum: The same, asked for by the coupon.
        redemptions: How often the code may be redeemed, in each ten thousand drafts of the history; 0 is without end.
        per_customer: How often one customer may redeem the coupon; 0 is without end.
        first_time: Whether it is for buyers who have never paid.
        bound: Whether it is for one customer only.
        items: Names of the items it is good for; none is all.
        weight: How often it is used, beside the others of the shop.
    """

    code: str
    percent: int | None = None
    amount: int | None = None
    season: Season | None = None
    minimum: int = 0
    coupon_minimum: int = 0
    redemptions: int = 0
    per_customer: int = 0
    first_time: bool = False
    bound: bool = False
    items: tuple[str, ...] = ()
    weight: int = 10


@frozen(eq=False)
class Shop:
    """A merchant.

    Attributes:
        id: The id of the account.
        prefix: Stands in the ids of all that is the shop's.
        name: What buyers call it.
        country: Where it is.
        locale: The language of its pages.
        utc_offset: How many hours its clocks are ahead of UTC.
        weight: How much comes in, beside the other shops.
        settlement: The currency it is paid out in.
        currencies: Currency to how often buyers pay in it; the first one is the shop's own.
        methods: Currency to the payment method types that work in it.
        items: What it sells.
        campaigns: The coupons it gives.
        channels: What the metadata of its orders says under `channel` or `branch`.
        channel_key: Under which of them.
        buyers: Names of its customers.
        livemode: Whether it takes real money.
    """

    id: str
    prefix: str
    name: str
    country: str
    locale: Literal["en", "ar"]
    utc_offset: int
    weight: int
    settlement: str
    currencies: Mapping[str, int]
    methods: Mapping[str, tuple[str, ...]]
    items: tuple[Item, ...]
    campaigns: tuple[Campaign, ...]
    channels: tuple[str, ...]
    buyers: tuple[str, ...]
    channel_key: str = "channel"
    livemode: bool = True

    @property
    def currency(self) -> str:
        """The shop's own currency."""
        return next(iter(self.currencies))
