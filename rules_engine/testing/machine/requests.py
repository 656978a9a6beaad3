"""What the machine's shop opens with, and the requests that are tried in it: most are valid, some are not."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from rules_engine.examples.account import FACTS, NOW
from rules_engine.testing.shop import PARTS, ApiObject, Shop
from rules_engine.wire.dates import read_instant, write_instant

T = TypeVar("T")
Bodies = SearchStrategy[ApiObject]

_START: Final = read_instant(NOW)
_CODES: Final = ("SPRING", "AUTUMN", " autumn ", "NO CODE")
"""What buyers type and merchants choose: the first one is taken, two are one code, and the last is none."""
_PAST, _FUTURE, _LATER = (write_instant(_START + timedelta(days=days)) for days in (-1, 1, 3))
_CUSTOMERS: Final = ("cus_1", "cus_2")
_INLINE: Final = {"currency": "EGP", "unitAmount": 4_500, "productData": {"name": "Gift wrap"}}
_ACCOUNT: Final = {"livemode": False, "merchant": {**FACTS["merchant"], "settlementCurrency": "EGP"}}
_OBJECTS: Final[tuple[ApiObject, ...]] = (
    *({"id": customer} for customer in _CUSTOMERS),
    {"id": "prod_1"},
    {"id": "prod_2"},
    {"id": "pm_1", "type": "card", "customerId": "cus_1"},
    {"id": "pm_2", "type": "valu"},
    {"id": "pm_3", "type": "card", "readable": False},
    {"id": "pi_1", "customer": {"id": "cus_1"}},
    {"id": "pi_2"},
)
_FIRST: Final[tuple[tuple[str, str, ApiObject], ...]] = (
    ("configuration.create", "pmc_first", {"name": "Standard", "isDefault": True, "enabledMethods": ["card", "fawry"]}),
    ("price.create", "price_first", {"productId": "prod_1", "currency": "EGP", "unitAmount": 20_000, "stock": 2}),
    ("price.create", "price_second", {"productId": "prod_1", "currency": "EGP", "unitAmount": 20_000}),
    ("coupon.create", "coup_first", {"percentOff": 15, "maxRedemptions": 2, "customerMaxRedemptions": 1}),
    ("promotion_code.create", "promo_first", {"code": _CODES[0], "coupon": "coup_first", "maxRedemptions": 1}),
    ("session.create", "cs_first", {"lineItems": [{"priceData": _INLINE, "quantity": 1}], "allowPromotionCodes": True}),
)
"""A price that is in stock and one that is not counted; a coupon that each customer may redeem once, and all together
twice; a code that may be redeemed once; a guest's session."""


def opened() -> Shop:
    """Open the shop. It could charge in one currency more, were there a rate: KWD."""
    shop = Shop(_ACCOUNT, _START, rates={"USD/EGP": "50"})
    shop.add(*_OBJECTS)
    for operation, key, request in _FIRST:
        shop.take(operation, request, key=key)
    return shop


def mostly(often: SearchStrategy[T], seldom: SearchStrategy[T]) -> SearchStrategy[T]:
    """Draw from the one three times out of four, so that a shop gets somewhere, and from the other else."""
    return st.sampled_from((True, True, True, False)).flatmap(lambda is_usual: often if is_usual else seldom)


def ids(part: str) -> SearchStrategy[str]:
    """Draw an id that the running machine's shop has, or had before it was deleted."""
    return st.runner().flatmap(lambda machine: st.sampled_from([*machine.shop.objects[part], *machine.deleted(part)]))


def odd_ids(part: str) -> SearchStrategy[str]:
    """Draw such an id, now and then one of nothing."""
    nowhere = next(f"{word}_none" for word, known in PARTS.items() if known == part)
    return st.sampled_from((*[True] * 9, False)).flatmap(lambda is_usual: ids(part) if is_usual else st.just(nowhere))


def _bodies(required: Mapping[str, Any] | None = None, /, **optional: Any) -> Bodies:
    """Generate bodies; a tuple stands for one of its values."""
    parts = [{name: _any_of(value) for name, value in fields.items()} for fields in (required or {}, optional)]
    return st.fixed_dictionaries(parts[0], optional=parts[1])


def _any_of(value: Any) -> SearchStrategy[Any]:
    return st.sampled_from(value) if isinstance(value, tuple) else value


_UNKNOWN: Final = _bodies({"unknown": (1,)})
_MONEY: Final[Mapping[str, Any]] = {
    "currency": ("EGP", "USD", "KWD", "EGX"),
    "unitAmount": (20_000, 500, -1),
    "type": ("ONE_TIME", "RECURRING", "CUSTOM"),
    "recurring": (None, {"interval": "MONTH"}),
    "customUnitAmount": (None, {"minimum": 100, "preset": 500}),
}
_ANY_PRICE: Final[Mapping[str, Any]] = {
    **_MONEY,
    "stock": (3, 0, -1, None),
    "startDate": (_PAST, _FUTURE, None),
    "expirationDate": (_PAST, _FUTURE, None),
    "active": (False, True),
}
_PRICE_CREATES: Final = mostly(
    _bodies(
        {
            "productId": ("prod_1", "prod_2"),
            "currency": ("EGP", "egp", "EGP", "USD"),
            "unitAmount": (20_000, 500, 0),
        },
        stock=(1, 2, 5, 0, None),
        startDate=(_PAST, None),
        expirationDate=(_FUTURE, None),
    ),
    _bodies({"productId": ("prod_1", "prod_2", "prod_none")}, **_ANY_PRICE),
)
_PRICE_UPDATES: Final = st.one_of(
    _bodies({"stock": (1, 4, None)}),
    _bodies({"unitAmount": (20_000, 700)}),
    _bodies({"active": (False, True), "name": ("Mug", None)}),
    _UNKNOWN,
    _bodies(**_MONEY),
    _bodies(**_ANY_PRICE),
)

_LIMITED: Final[Mapping[str, Any]] = {"maxRedemptions": (1, 2, None), "customerMaxRedemptions": (1, None)}
_ANY_COUPON: Final = _bodies(
    percentOff=(15, 0, 101),
    amountOff=(500, 0),
    currency=("EGP", "EGX"),
    maxRedemptions=(3, 0),
    customerMaxRedemptions=(3, 0),
    redeemBy=(_PAST, _LATER),
    duration=("once", "repeating"),
    durationInMonths=(3, 0),
    active=(False, True),
)
_COUPON_CREATES: Final = mostly(
    _bodies({"percentOff": (15, 100)}, **_LIMITED, redeemBy=(_LATER,), minValue=(0, 600))
    | _bodies({"amountOff": (500,), "currency": ("EGP", "USD")}, **_LIMITED, appliesToProductIds=(["prod_1"],)),
    _ANY_COUPON,
)
_COUPON_UPDATES: Final = mostly(_bodies(name=("Autumn", None), active=(False, True)), _UNKNOWN | _ANY_COUPON)

_NAMED: Final[Mapping[str, Any]] = {"code": _CODES, "coupon": odd_ids("coupons")}
_ANY_PROMOTION_CODE: Final[Mapping[str, Any]] = {
    "active": (False, True),
    "customerId": (*_CUSTOMERS, "cus_none"),
    "maxRedemptions": (1, 3, 0),
    "expiresAt": (_PAST, _FUTURE),
    "restrictions": ({"firstTimeTransaction": True}, {"minimumAmount": "600"}, {"minimumAmountCurrency": "EGX"}),
}
_CODE_CREATES: Final = mostly(
    _bodies(_NAMED, maxRedemptions=(1, 2), active=(False, True)), _bodies(_NAMED, **_ANY_PROMOTION_CODE)
)
_CODE_UPDATES: Final = mostly(_bodies({"active": (False, True)}), _UNKNOWN | _bodies(**_ANY_PROMOTION_CODE))

_METHODS: Final = st.lists(st.sampled_from(("card", "fawry", "tabby")), max_size=2, unique=True)
_ANY_CONFIGURATION: Final[Mapping[str, Any]] = {
    "name": ("Online shop", "Fair", "Standard"),
    "enabledMethods": st.just(["card"]) | _METHODS,
}
_CONFIGURATION_CREATES: Final = _bodies(_ANY_CONFIGURATION, isDefault=(False, True))
_CONFIGURATION_UPDATES: Final = _bodies(**_ANY_CONFIGURATION, isDefault=(False, True)) | _UNKNOWN

_LINE: Final = _bodies({"price": ids("prices"), "quantity": (1, 2)})
_ODD_LINE: Final = _bodies({"quantity": (1, 0, -1)}, price=("price_none",), priceData=(_INLINE,))
_LINES: Final = mostly(st.lists(_LINE, min_size=1, max_size=2), st.lists(_LINE | _ODD_LINE, max_size=3))
_DISCOUNT: Final = st.lists(
    _bodies({"coupon": ids("coupons")}) | _bodies({"promotionCode": ids("promotionCodes")}), min_size=1, max_size=1
)
_ODD_DISCOUNT: Final = _bodies(coupon=odd_ids("coupons"), promotionCode=odd_ids("promotionCodes"))
_PARTS: Final[Mapping[str, SearchStrategy[Any]]] = {
    "discounts": mostly(_DISCOUNT, st.lists(_ODD_DISCOUNT, max_size=2)),
    "customerId": odd_ids("customers"),
    "paymentMethodConfigurationId": odd_ids("configurations"),
    "metadata": _bodies({"orderNumber": (7, 8)}),
}
_ASKED: Final[Mapping[str, Any]] = {"afterCompletion": ({"type": "hosted_confirmation"},), "lineItems": _LINES}
_SESSION_CREATES: Final = mostly(
    _bodies({**_ASKED, "customerId": _CUSTOMERS, "discounts": _DISCOUNT})
    | _bodies(
        _ASKED,
        discounts=_DISCOUNT,
        customerId=_CUSTOMERS,
        allowPromotionCodes=(False, True),
        expiresAfterMinutes=(60, 30),
    ),
    _bodies(_ASKED, **_PARTS, currency=("EGP", "usd", "KWD", "EGX"), expiresAfterMinutes=(29,)),
)
_SESSION_UPDATES: Final = mostly(
    st.one_of([_bodies({name: part}) for name, part in {**_PARTS, "lineItems": _LINES}.items()]),
    _bodies(**{name: part | st.none() for name, part in {**_PARTS, "lineItems": _LINES}.items()}, currency=("USD",)),
)
_PAYMENTS: Final = mostly(
    _bodies() | _bodies({"paymentMethodType": ("card",)}),
    _bodies(
        clientSecret=("cs_first_secret", "stale"),
        paymentMethod=("pm_1", "pm_2", "pm_3", "pm_none"),
        paymentMethodType=("card", "fawry", "tabby"),
        paymentIntentId=("pi_1", "pi_2", "pi_none"),
    ),
)

REQUESTS: Final[Mapping[str, Bodies]] = {
    "price.create": _PRICE_CREATES,
    "price.update": _PRICE_UPDATES,
    "price.delete": _bodies(),
    "coupon.create": _COUPON_CREATES,
    "coupon.update": _COUPON_UPDATES,
    "coupon.delete": _bodies(),
    "promotion_code.create": _CODE_CREATES,
    "promotion_code.update": _CODE_UPDATES,
    "configuration.create": _CONFIGURATION_CREATES,
    "configuration.update": _CONFIGURATION_UPDATES,
    "configuration.delete": _bodies(),
    "session.create": _SESSION_CREATES,
    "session.update": _SESSION_UPDATES,
    "session.apply_promotion_code": _bodies({"promotionCode": _CODES}),
    "session.confirm": _PAYMENTS,
    "session.expire": _bodies(),
}
"""The requests of each operation. The API has none that deletes a promotion code."""
