"""Models with ids, currencies and instants from small pools.

References meet what they refer to, and instants fall on both sides of each other, so that rules have much to report.
"""

import hmac
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from hashlib import sha256
from typing import Any, Final, get_args

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy

from rules_engine.examples import NOW
from rules_engine.models import Draft, Facts, Payments, Redemptions, Target
from rules_engine.models.formats import Format, PaymentMethodType
from rules_engine.nearest import did_you_mean
from rules_engine.operations import OPERATIONS
from rules_engine.testing.strategies.model import ADMITTED, Source

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
_OTHER_POOLS: Final[Mapping[str, str]] = {"coupon_reference": "coupon", "exchange_rate": "pair"}
"""The pools of ids and keys that are called otherwise."""
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
    Format.URL: st.sampled_from(("https://shop.example/done", "http://shop.example/done")),
    Format.HTTPS_URL: st.just("https://shop.example/mug.png"),
    Format.EMAIL: st.just("buyer@mail.example"),
    Format.HEX_COLOR: st.sampled_from(("#0a6", "#00aa66ff")),
    Format.LABEL: st.sampled_from(("Engraving", "خزف", "x" * 256)),
    Format.METHOD_TYPE: st.sampled_from((*get_args(PaymentMethodType), "mada")),
    Format.NOT_BLANK: st.sampled_from(("whsec_1", "whsec_2")),
    Format.NON_NEGATIVE: _INTEGERS.map(abs),
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


def _pool(cls: type, field: str) -> SearchStrategy[str]:
    """Generate ids of the pool that a field is called after, as `price_id` is, or the class of an `id`; else texts."""
    if "currency" in field:
        return st.sampled_from(CURRENCIES)
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower() if field == "id" else field
    name = name.removesuffix("s").removesuffix("_id")
    name = _OTHER_POOLS.get(name, name)
    pools = [pool for pool in IDS if f"_{name}".endswith(f"_{pool}")]
    return st.sampled_from(IDS[max(pools, key=len)]) if pools else st.text(max_size=4)


def _by_customer(counts: SearchStrategy[Any]) -> SearchStrategy[Any]:
    return st.dictionaries(st.sampled_from(IDS["customer"]), counts, max_size=2)


_POOLED: Final = Source(
    _FORMATS,
    {**ADMITTED.plain, int: _INTEGERS, datetime: pooled_instants()},
    {
        (Facts, "now"): st.just(_INSTANT) | pooled_instants(),
        (Payments, "customers"): _by_customer(st.integers(0, 2)),
        (Payments, "guest"): st.none() | st.integers(0, 1),
        (Redemptions, "customers"): _by_customer(
            st.dictionaries(st.sampled_from(IDS["coupon"]), st.integers(0, 4), max_size=2)
        ),
    },
    _pool,
    most=3,
    whole=(Facts, Payments, Redemptions),
)


@cache
def pooled_models(cls: type) -> SearchStrategy[Any]:
    """Generate instances of a model; optional fields are often left out, but none of those of facts.

    Args:
        cls: A class of `rules_engine.models`.
    """
    return _POOLED.models(cls)


def pooled_facts() -> SearchStrategy[Facts]:
    """Generate facts that a draft document could state, about the ids of the pools."""
    return pooled_models(Facts)


def _targets(operation: str) -> SearchStrategy[Target | None]:
    if not OPERATIONS[operation].has_target:
        return st.none()
    return st.builds(Target, id=st.sampled_from(IDS[operation.partition(".")[0]]))


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
