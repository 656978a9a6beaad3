"""Models with ids, currencies and instants from small pools.

References meet what they refer to, and instants fall on both sides of each other, so that rules have much to report.
"""

import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from hashlib import sha256
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

import attrs
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy

from rules_engine.examples import NOW
from rules_engine.models import UNSET, Draft, Facts, Target, Unset
from rules_engine.models.formats import Format
from rules_engine.nearest import did_you_mean
from rules_engine.operations import OPERATIONS
from rules_engine.testing.strategies.fact import consistent, key_fields, keyed
from rules_engine.testing.strategies.model import built

CURRENCIES: Final = ("EGP", "egp", "USD", "KWD", "JPY", "HRK", "XXX", "EGX", "")
METADATA_KEYS: Final = ("orderNumber", "channel")
"""Keys that generated metadata often has, and that the waivers of generated policies ask for."""
IDS: Final[Mapping[str, tuple[str, ...]]] = {
    "merchant": ("mer_1", "mer_2"),
    "session": ("cs_1", "cs_2"),
    "customer": ("cus_1", "cus_2"),
    "price": ("price_1", "price_2", "price_3"),
    "coupon": ("coup_1", "coup_2"),
    "promotion_code": ("promo_1", "promo_2"),
    "configuration": ("pmc_1", "pmc_2"),
    "payment_method": ("pm_1", "pm_2"),
    "payment_intent": ("pi_1", "pi_2"),
    "product": ("prod_1", "prod_2"),
    "code": ("AUTUMN", " autumn ", "WINTER"),
    "pair": ("USD/EGP", "KWD/EGP", "JPY/EGP"),
    "balance": ("EGP", "USD"),
    "payment_link": ("plink_1", "plink_2"),
    "charge": ("ch_1", "ch_2"),
    "idempotency_key": ("key_1", "key_2"),
    "api_key": ("key_1", "key_2"),
    "digest": (
        sha256(b"sk_test_1").hexdigest(),
        sha256(b"sk_live_1").hexdigest(),
        sha256(b"rk_test_1").hexdigest(),
    ),
    "authorization": ("Bearer sk_test_1", "Bearer sk_live_1", "bearer rk_test_1", "Bearer sk_test_2", "Basic x", ""),
    "signature": (
        f"t=1795341600,v1={hmac.new(b'whsec_1', b'1795341600.', sha256).hexdigest()}",
        f"t=1795341000,v1={hmac.new(b'whsec_1', b'1795341000.', sha256).hexdigest()}",
        f"t=1795341600,v1={'0' * 64}",
        "t=1795341600",
    ),
    "secret": ("whsec_1", "whsec_2"),
    "permission": ("PRODUCTS_READ", "PRODUCTS_WRITE", "REFUNDS_READ", "REFUNDS_WRITE"),
}
FIELD_POOLS: Final[Mapping[str, str]] = {
    "customer_id": "customer",
    "price": "price",
    "coupon": "coupon",
    "promotion_code": "promotion_code",
    "promotion_code_id": "promotion_code",
    "payment_method_configuration_id": "configuration",
    "payment_method": "payment_method",
    "payment_intent_id": "payment_intent",
    "product_id": "product",
    "applies_to_product_ids": "product",
    "code": "code",
    "sessions": "session",
    "customers": "customer",
    "prices": "price",
    "coupons": "coupon",
    "promotion_codes": "promotion_code",
    "promotion_codes_by_code": "code",
    "configurations": "configuration",
    "payment_methods": "payment_method",
    "payment_intents": "payment_intent",
    "exchange_rates": "pair",
    "price_id": "price",
    "charge_id": "charge",
    "charges": "charge",
    "products": "product",
    "payment_links": "payment_link",
    "balances": "balance",
    "idempotency_key": "idempotency_key",
    "idempotency_keys": "idempotency_key",
    "authorization": "authorization",
    "signature": "signature",
    "signing_secrets": "secret",
    "permission": "permission",
    "permissions": "permission",
}
"""Which pool the ids of a field come from."""
CLASS_POOLS: Final[Mapping[str, str]] = {
    "Merchant": "merchant",
    "Session": "session",
    "Customer": "customer",
    "IntentCustomer": "customer",
    "IntentCharge": "charge",
    "Price": "price",
    "LinePrice": "price",
    "LineProduct": "product",
    "Coupon": "coupon",
    "CouponReference": "coupon",
    "DiscountCoupon": "coupon",
    "PromotionCode": "promotion_code",
    "Configuration": "configuration",
    "PaymentMethod": "payment_method",
    "PaymentIntent": "payment_intent",
    "Product": "product",
    "PaymentLink": "payment_link",
    "Charge": "charge",
    "ApiKey": "api_key",
}
"""Which pool the `id` of a class comes from."""
TARGET_POOLS: Final[Mapping[str, str]] = {
    "session": "session",
    "price": "price",
    "promotion_code": "promotion_code",
    "coupon": "coupon",
    "configuration": "configuration",
    "payment_link": "payment_link",
}
"""Which pool the target of an operation comes from, by the first word of its name."""


_INSTANT: Final = datetime.fromisoformat(NOW)
_INTEGERS: Final = st.one_of(
    st.integers(-2, 5),
    st.sampled_from((30, 100, 2_147_483_647, 2_147_483_648, 9_007_199_254_740_992)),
    st.integers(0, 200_000),
)
_DECIMALS: Final = st.decimals("-2", "100000", places=2, allow_nan=False, allow_infinity=False)
_METADATA: Final = st.dictionaries(
    st.sampled_from(METADATA_KEYS) | st.text(max_size=3),
    st.integers() | st.just("88") | st.text(max_size=3),
    max_size=3,
)
_FORMATS: Final[Mapping[Format, SearchStrategy[Any]]] = {
    Format.URL: st.sampled_from(("https://shop.example/done", "myapp://done")),
    Format.HTTPS_URL: st.just("https://shop.example/mug.png"),
    Format.EMAIL: st.just("buyer@mail.example"),
    Format.HEX_COLOR: st.sampled_from(("#0a6", "#00aa66ff")),
    Format.LABEL: st.sampled_from(("Engraving", "خزف", "x" * 256)),
    Format.SHA256: st.sampled_from(IDS["digest"]),
    Format.NUMBER: st.integers(0, 2_000) | _DECIMALS,
    Format.DECIMAL_TEXT: _DECIMALS,
    Format.RATE: st.sampled_from((Decimal(1), Decimal("50.25"), Decimal("168.2"), Decimal("0.0033"))),
    Format.METADATA: _METADATA | st.lists(st.integers(), max_size=3),
    Format.JSON_OBJECT: _METADATA,
}


def pooled_instants() -> SearchStrategy[datetime]:
    """Generate instants around the one that valid examples are judged at, often exactly that one."""
    return st.builds(
        lambda microseconds, days: _INSTANT + timedelta(days=days, microseconds=microseconds),
        st.sampled_from((-1, 0, 0, 1)),
        st.sampled_from((-4_000, -30, 0, 0, 30)),
    )


def _texts(pool: str | None) -> SearchStrategy[str]:
    return st.text(max_size=4) if pool is None else st.sampled_from(IDS[pool])


def _pool(cls: type, field: str) -> str | None:
    return CLASS_POOLS.get(cls.__name__) if field == "id" else FIELD_POOLS.get(field)


def _values(kind: Any, cls: type, field: str) -> SearchStrategy[Any]:
    """Generate the values of a field, from its annotation."""
    origin = get_origin(kind)
    if origin is Annotated:
        return _FORMATS[get_args(kind)[1]]
    if origin in (Union, UnionType):
        return st.one_of([_values(member, cls, field) for member in reversed(get_args(kind))])
    if origin is Literal:
        return st.sampled_from(get_args(kind))
    if origin in (tuple, Mapping):
        return _collections(kind, cls, field)
    return pooled_models(kind) if attrs.has(kind) else _plain_values(kind, cls, field)


def _collections(kind: Any, cls: type, field: str) -> SearchStrategy[Any]:
    if get_origin(kind) is tuple:
        return st.lists(_values(get_args(kind)[0], cls, field), max_size=3).map(tuple)
    keys = st.sampled_from(IDS[FIELD_POOLS[field]])
    return st.dictionaries(keys, _values(get_args(kind)[1], cls, field), max_size=3)


def _plain_values(kind: Any, cls: type, field: str) -> SearchStrategy[Any]:
    if kind is str:
        return st.sampled_from(CURRENCIES) if "currency" in field else _texts(_pool(cls, field))
    plain: Mapping[Any, SearchStrategy[Any]] = {
        NoneType: st.none(),
        Unset: st.just(UNSET),
        bool: st.booleans(),
        int: _INTEGERS,
        datetime: pooled_instants(),
    }
    return plain[kind]


@cache
def pooled_models(cls: type) -> SearchStrategy[Any]:
    """Generate instances of a model; optional fields are often left out.

    Args:
        cls: A class of `rules_engine.models`.
    """
    admits = {
        field.name: st.deferred(lambda field=field: _values(field.type, cls, field.name))  # type: ignore[misc]  # bound at once
        for field in attrs.fields(cls)
    }
    return built(cls, admits=admits)


@cache
def pooled_facts() -> SearchStrategy[Facts]:
    """Generate facts that a draft document could state, about the ids of the pools."""
    fields = {field.name: field.type for field in attrs.fields(Facts)}
    parts: dict[str, SearchStrategy[Any]] = {
        part: keyed(pooled_models(get_args(kind)[1]), part) if part in key_fields() else _values(kind, Facts, part)
        for part, kind in fields.items()
    }
    parts["now"] = st.just(_INSTANT) | pooled_instants()
    parts["payments"] = _payments(fields["payments"])
    parts["redemptions"] = _redemptions(fields["redemptions"])
    return st.builds(Facts, **parts).map(consistent)


def _payments(cls: Any) -> SearchStrategy[Any]:
    customers = st.dictionaries(st.sampled_from(IDS["customer"]), st.integers(0, 2), max_size=2)
    return st.builds(cls, customers=customers, guest=st.none() | st.integers(0, 1))


def _redemptions(cls: Any) -> SearchStrategy[Any]:
    by_coupon = st.dictionaries(st.sampled_from(IDS["coupon"]), st.integers(0, 4), max_size=2)
    customers = st.dictionaries(st.sampled_from(IDS["customer"]), by_coupon, max_size=2)
    counted = attrs.fields_dict(cls)["counted"].type
    return st.builds(cls, customers=customers, counted=_values(counted, cls, "counted"))


def _targets(operation: str) -> SearchStrategy[Target | None]:
    if not OPERATIONS[operation].has_target:
        return st.none()
    return st.builds(Target, id=_texts(TARGET_POOLS[operation.partition(".")[0]]))


@cache
def pooled_drafts(operation: str) -> SearchStrategy[Draft[Any]]:
    """Generate drafts of an operation: most are refused or undecided, for many reasons at once.

    Args:
        operation: The name of the operation.
    """
    return st.builds(
        Draft,
        operation=st.just(operation),
        request=pooled_models(OPERATIONS[operation].request),
        facts=pooled_facts(),
        target=_targets(operation),
    )


def check_operation(asked: str, operation: str | None) -> None:
    """Refuse an operation that there is none of, before anything is drawn; None names none.

    Args:
        asked: The name of the function that was asked.
        operation: The name of the operation.

    Raises:
        InvalidArgument: There is no such operation.
    """
    if operation is not None and operation not in OPERATIONS:
        raise InvalidArgument(f"{asked}: there is no operation {operation}{did_you_mean(operation, OPERATIONS)}")
