"""The made-up shops: what they sell, to whom, which coupons they give. Some have a policy in `policies/merchants`."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from attrs import frozen

MonthDay = tuple[int, int]
_EARLY: Final = timedelta(days=14)
"""How long before a season buyers ask for what belongs to it."""


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
        """Return which year's season people have in mind: the one that has begun last, or is about to begin."""
        return now.year if now + _EARLY >= _midnight(now.year, self.first) else now.year - 1

    def window(self, year: int) -> tuple[datetime, datetime]:
        """Return when the season of a year begins and ends."""
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
class Storefront:
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
        channels: Values of its orders' metadata under `channel` or `branch`.
        channel_key: Under which of them.
        buyers: Names of its customers.
        livemode: Whether it takes real money.
    """

    id: str
    prefix: str
    name: str
    country: str
    locale: str
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


_SUMMER: Final = Season((6, 1), (9, 1))
_SCHOOL: Final = Season((8, 20), (9, 25))
_AUTUMN: Final = Season((9, 22), (11, 10))
_OCTOBER: Final = Season((10, 6), (10, 16))
_WHITE_FRIDAY: Final = Season((11, 20), (11, 30))
_WINTER: Final = Season((11, 1), (2, 15))
_EGYPTIAN: Final = ("card", "fawry", "valu", "vodafone_cash", "instapay")
_CARD: Final = ("card",)
_CAIRO_BUYERS: Final = (
    "مريم عادل",
    "Salma Farouk",
    "Omar Nabil",
    "Hoda Samir",
    "كريم منصور",
    "Youssef Aziz",
    "Nadia Helmy",
)

_BAKERY: Final = Storefront(
    *("mer_bakery", "bak", "Forn El Balad", "EG", "ar", 2, 300, "EGP"),
    currencies={"EGP": 1},
    methods={"EGP": ("card", "fawry", "vodafone_cash", "instapay", "cash_on_delivery")},
    items=(
        Item("Baladi", {"EGP": 2_500}, 60),
        Item("Fino", {"EGP": 3_500}, 40),
        Item("DateCake", {"EGP": 28_000}, 14, 24),
        Item("Kahk", {"EGP": 32_000}, 6, 40, Season((3, 1), (5, 1))),
        Item("PumpkinTart", {"EGP": 21_000}, 10, 18, Season((10, 1), (11, 15))),
        Item("BreadBasket", {"EGP": 45_000}, 2, type="RECURRING"),
    ),
    campaigns=(
        Campaign("SABAH", percent=10, per_customer=3, weight=8),
        Campaign("PUMPKIN", amount=3_000, season=Season((10, 1), (11, 15)), items=("PumpkinTart",), weight=12),
        Campaign("AHLAN", percent=20, first_time=True, weight=6),
    ),
    channels=("web", "phone", "web"),
    buyers=_CAIRO_BUYERS,
)

_ELECTRONICS: Final = Storefront(
    *("mer_live_DanaDigital", "dana", "Dana Digital", "KW", "en", 3, 220, "EGP"),
    currencies={"KWD": 62, "SAR": 20, "AED": 12, "OMR": 6},
    methods={
        "KWD": ("card", "apple_pay", "google_pay"),
        "SAR": ("card", "apple_pay", "tabby", "tamara"),
        "AED": ("card", "tabby"),
        "OMR": _CARD,
    },
    items=(
        Item("Headphones", {"KWD": 24_500, "SAR": 29_900, "AED": 29_500, "OMR": 30_900}, 20, 30),
        Item("Charger", {"KWD": 7_250, "SAR": 8_900, "AED": 8_800, "OMR": 9_200}, 44, 120),
        Item("Keyboard", {"KWD": 18_900, "SAR": 22_900, "AED": 22_700, "OMR": 23_800}, 12, 16),
        Item("Tablet", {"KWD": 129_000, "SAR": 157_000, "AED": 154_000, "OMR": 162_000}, 8, 10),
        Item("Camera", {"KWD": 189_900, "SAR": 231_000, "AED": 227_000, "OMR": 239_000}, 3, 4),
        Item("Console", {"KWD": 164_500, "SAR": 199_900, "AED": 197_000, "OMR": 208_000}, 5, 8, _WINTER),
        Item("Laptop", {"KWD": 412_000, "SAR": 501_000, "AED": 493_000, "OMR": 519_000}, 4, 6),
        Item("CloudBackup", {"KWD": 1_900, "SAR": 2_400}, 1, type="RECURRING"),
    ),
    campaigns=(
        Campaign("BACKTOSCHOOL", percent=12, season=_SCHOOL, minimum=60_000, redemptions=25, weight=16),
        Campaign("WHITE20", percent=20, season=_WHITE_FRIDAY, per_customer=1, redemptions=30, weight=30),
        Campaign("TEN", amount=10_000, coupon_minimum=40_000, per_customer=1, weight=8),
        Campaign("WELCOME", percent=8, first_time=True, weight=6),
    ),
    channels=("online", "online", "online", "Avenues", "Salmiya"),
    channel_key="branch",
    buyers=(
        "Faisal Al-Mutairi",
        "Noura Al-Sabah",
        "Hamad Al-Enezi",
        "Dalal Al-Rashid",
        "Priya Nair",
        "Yusuf Al-Balushi",
    ),
)

_BOOKSHOP: Final = Storefront(
    *("mer_bookshop", "book", "Diwan El Nil", "EG", "ar", 2, 150, "EGP"),
    currencies={"EGP": 84, "USD": 10, "KWD": 6},
    methods={"EGP": ("card", "fawry", "valu"), "USD": _CARD, "KWD": _CARD},
    items=(
        Item("Diwan", {"EGP": 24_000, "USD": 900, "KWD": 2_750}, 30),
        Item("Atlas", {"EGP": 96_000, "USD": 3_200, "KWD": 9_500}, 8, 20),
        Item("Serial", {"EGP": 32_000, "USD": 1_150, "KWD": 3_250}, 16, 60),
        Item("SchoolSet", {"EGP": 68_000, "USD": 2_400}, 26, 80, _SCHOOL),
        Item("Diary", {"EGP": 18_000, "USD": 700, "KWD": 1_900}, 18, 70, Season((10, 15), (2, 1))),
        Item("Signed", {"EGP": 54_000, "USD": 1_900}, 4, 5),
        Item("Library", {"EGP": 30_000}, 6, type="CUSTOM"),
    ),
    campaigns=(
        Campaign("READER15", percent=15, minimum=50_000, per_customer=2, weight=12),
        Campaign("MADRASA", percent=10, season=_SCHOOL, items=("SchoolSet",), redemptions=16, weight=18),
        Campaign("FAIR2000", amount=20_000, season=_AUTUMN, coupon_minimum=90_000, weight=10),
        Campaign("CLUB", percent=25, bound=True, weight=4),
    ),
    channels=("web", "app", "fair"),
    buyers=_CAIRO_BUYERS,
)

_POTTERY: Final = Storefront(
    *("mer_live_TeenElFayoum", "teen", "طين الفيوم", "EG", "ar", 2, 110, "EGP"),
    currencies={"EGP": 72, "USD": 14, "EUR": 14},
    methods={"EGP": _EGYPTIAN, "USD": _CARD, "EUR": _CARD},
    items=(
        Item("OliveMug", {"EGP": 32_000, "USD": 1_400, "EUR": 1_300}, 34, 40),
        Item("BlueTeaSet", {"EGP": 185_000, "USD": 5_900, "EUR": 5_500}, 10, 14),
        Item("FishPlate", {"EGP": 64_000, "USD": 2_200, "EUR": 2_100}, 16, 9),
        Item("Tagine", {"EGP": 92_000, "USD": 3_100, "EUR": 2_900}, 8, 7),
        Item("Ornament", {"EGP": 14_500, "USD": 600, "EUR": 550}, 20, 50, _WINTER),
        Item("Workshop", {"EGP": 120_000}, 8, 12, Season((9, 1), (11, 1))),
        Item("VaseOfOne", {"EGP": 410_000, "USD": 12_500, "EUR": 11_800}, 2, 1),
    ),
    campaigns=(
        Campaign("KILN50", percent=20, season=Season((10, 20), (12, 20)), redemptions=8, weight=16),
        Campaign("SUMMERCLAY", percent=15, season=_SUMMER, weight=10),
        Campaign("TEASET", percent=10, items=("BlueTeaSet",), coupon_minimum=150_000, weight=8),
        Campaign("FIRSTPOT", percent=10, first_time=True, minimum=60_000, weight=10),
    ),
    channels=("web", "web", "web", "bazaar"),
    buyers=_CAIRO_BUYERS,
)

_OUTDOORS: Final = Storefront(
    *("mer_live_CedarOutfitters", "cedar", "Cedar Outfitters", "US", "en", -6, 90, "USD"),
    currencies={"USD": 78, "CAD": 14, "AUD": 5, "JPY": 3},
    methods={"USD": ("card", "apple_pay", "google_pay"), "CAD": _CARD, "AUD": _CARD, "JPY": _CARD},
    items=(
        Item("Flask", {"USD": 3_400, "CAD": 4_600, "AUD": 5_200, "JPY": 5_100}, 30, 60),
        Item("Daypack", {"USD": 8_900, "CAD": 12_100, "AUD": 13_600, "JPY": 13_400}, 16, 25),
        Item("Tent", {"USD": 32_900, "CAD": 44_900, "AUD": 49_900, "JPY": 49_400}, 6, 8, Season((4, 1), (10, 15))),
        Item("Parka", {"USD": 24_900, "CAD": 33_900, "JPY": 37_400}, 12, 18, Season((9, 15), (3, 1))),
        Item("Socks", {"USD": 1_800, "CAD": 2_400, "AUD": 2_800, "JPY": 2_700}, 26, 150),
        Item("Trail", {"USD": 900}, 2, type="RECURRING"),
    ),
    campaigns=(
        Campaign("LABORDAY", percent=15, season=Season((9, 4), (9, 9)), minimum=10_000, weight=24),
        Campaign("FALL10", amount=1_000, season=_AUTUMN, coupon_minimum=6_000, redemptions=10, weight=12),
        Campaign("NEWTRAIL", percent=12, first_time=True, weight=8),
    ),
    channels=("web", "app"),
    buyers=("Ava Thompson", "Liam Ortiz", "Grace Kim", "Noah Becker", "Haruka Sato", "Mia Tremblay"),
)

_TOYS: Final = Storefront(
    *("mer_live_HafenSpielwaren", "hafen", "Hafen Spielwaren", "DE", "en", 1, 70, "EUR"),
    currencies={"EUR": 90, "GBP": 10},
    methods={"EUR": ("card", "google_pay", "bank_transfer"), "GBP": _CARD},
    items=(
        Item("Blocks", {"EUR": 2_990, "GBP": 2_590}, 24, 50),
        Item("Railway", {"EUR": 8_990, "GBP": 7_790}, 10, 12),
        Item("Puzzle", {"EUR": 1_690, "GBP": 1_490}, 22, 60),
        Item("Lantern", {"EUR": 1_290}, 20, 45, Season((10, 1), (11, 12))),
        Item("Kite", {"EUR": 2_490, "GBP": 2_190}, 10, 20, Season((3, 15), (10, 31))),
        Item("Calendar", {"EUR": 3_490, "GBP": 2_990}, 24, 35, Season((11, 1), (12, 24))),
    ),
    campaigns=(
        Campaign("EINSCHULUNG", percent=10, season=Season((8, 1), (9, 15)), minimum=4_000, weight=14),
        Campaign("LATERNE", amount=300, season=Season((10, 1), (11, 12)), items=("Lantern",), weight=14),
        Campaign("HALLO5", amount=500, first_time=True, coupon_minimum=3_000, weight=8),
    ),
    channels=("web", "marketplace"),
    buyers=("Jule Petersen", "Henrik Voß", "Änne Brandt", "Mats Köhler", "Olivia Shaw"),
)

_COURSES: Final = Storefront(
    *("mer_live_QalamAcademy", "qalam", "Qalam Academy", "EG", "en", 2, 40, "EGP"),
    currencies={"EGP": 70, "SAR": 30},
    methods={"EGP": ("card", "fawry", "instapay", "valu"), "SAR": ("card", "tamara")},
    items=(
        Item("Calligraphy", {"EGP": 150_000, "SAR": 24_000}, 20, 30),
        Item("Grammar", {"EGP": 90_000, "SAR": 15_000}, 18),
        Item("ExamWeek", {"EGP": 240_000, "SAR": 39_000}, 8, 20, Season((9, 15), (10, 20))),
        Item("Everything", {"EGP": 45_000, "SAR": 7_500}, 6, type="RECURRING"),
    ),
    campaigns=(
        Campaign("STUDENT30", percent=30, per_customer=1, weight=14),
        Campaign("OCTOBER", percent=15, season=_OCTOBER, redemptions=5, weight=14),
        Campaign("NEWPEN", amount=15_000, first_time=True, weight=10),
    ),
    channels=("web", "app"),
    buyers=("Laila Hassan", "Tarek Saad", "Reem Al-Harbi", "Sara Mostafa"),
)

_DONATIONS: Final = Storefront(
    *("mer_test_NileReaders", "nile", "Nile Readers", "EG", "en", 2, 20, "EGP"),
    currencies={"EGP": 80, "USD": 20},
    methods={"EGP": ("card", "fawry", "instapay"), "USD": _CARD},
    items=(
        Item("AnyAmount", {"EGP": 20_000, "USD": 1_000}, 20, type="CUSTOM"),
        Item("OneShelf", {"EGP": 120_000, "USD": 4_000}, 6),
        Item("MonthlyFriend", {"EGP": 10_000}, 2, type="RECURRING"),
    ),
    campaigns=(Campaign("MATCHED", percent=50, bound=True, weight=4),),
    channels=("web",),
    buyers=("Hoda Samir", "Peter Lind", "Amina Diab"),
    livemode=False,
)

STOREFRONTS: Final = (_BAKERY, _ELECTRONICS, _BOOKSHOP, _POTTERY, _OUTDOORS, _TOYS, _COURSES, _DONATIONS)
"""Every shop, the one with the most orders first."""
