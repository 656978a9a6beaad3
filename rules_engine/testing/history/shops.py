"""The shops of the history: a table. Some of them have a policy of their own in `policies/merchants`."""

from typing import Final

from rules_engine.testing.history.shop import Campaign, Item, Season, Shop

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

_BAKERY: Final = Shop(
    id="mer_bakery",
    prefix="bak",
    name="Forn El Balad",
    country="EG",
    locale="ar",
    utc_offset=2,
    weight=300,
    settlement="EGP",
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

_ELECTRONICS: Final = Shop(
    id="mer_live_DanaDigital",
    prefix="dana",
    name="Dana Digital",
    country="KW",
    locale="en",
    utc_offset=3,
    weight=220,
    settlement="EGP",
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

_BOOKSHOP: Final = Shop(
    id="mer_bookshop",
    prefix="book",
    name="Diwan El Nil",
    country="EG",
    locale="ar",
    utc_offset=2,
    weight=150,
    settlement="EGP",
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

_POTTERY: Final = Shop(
    id="mer_live_TeenElFayoum",
    prefix="teen",
    name="طين الفيوم",
    country="EG",
    locale="ar",
    utc_offset=2,
    weight=110,
    settlement="EGP",
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

_OUTDOORS: Final = Shop(
    id="mer_live_CedarOutfitters",
    prefix="cedar",
    name="Cedar Outfitters",
    country="US",
    locale="en",
    utc_offset=-6,
    weight=90,
    settlement="USD",
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

_TOYS: Final = Shop(
    id="mer_live_HafenSpielwaren",
    prefix="hafen",
    name="Hafen Spielwaren",
    country="DE",
    locale="en",
    utc_offset=1,
    weight=70,
    settlement="EUR",
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

_COURSES: Final = Shop(
    id="mer_live_QalamAcademy",
    prefix="qalam",
    name="Qalam Academy",
    country="EG",
    locale="en",
    utc_offset=2,
    weight=40,
    settlement="EGP",
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

_DONATIONS: Final = Shop(
    id="mer_test_NileReaders",
    prefix="nile",
    name="Nile Readers",
    country="EG",
    locale="en",
    utc_offset=2,
    weight=20,
    settlement="EGP",
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

SHOPS: Final = (_BAKERY, _ELECTRONICS, _BOOKSHOP, _POTTERY, _OUTDOORS, _TOYS, _COURSES, _DONATIONS)
"""Every shop, the one with the most orders first."""
