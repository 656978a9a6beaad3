"""Models with ids, currencies and instants from small pools.

References meet what they refer to, and instants fall on both sides of each other, so that rules have much to say.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from rules_engine.examples import NOW
from rules_engine.models import UNSET, Draft, Facts, Target, Unset
from rules_engine.models.formats import Format
from rules_engine.operations import OPERATIONS
from rules_engine.testing.pools import CLASS_POOLS, CURRENCIES, FIELD_POOLS, IDS, METADATA_KEYS, TARGET_POOLS
from rules_engine.testing.strategies.admitted import built
from rules_engine.testing.strategies.fact import consistent, key_fields, keyed

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
