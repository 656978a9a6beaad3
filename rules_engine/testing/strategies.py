"""Hypothesis strategies: drafts, spoilt documents and policies.

`drafts` builds models from their types, with ids, currencies and instants from small pools, so that references meet
what they refer to and instants fall on both sides of each other. `documents` starts from clean worlds and spoils them.
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

from rules_engine.exceptions import DraftError
from rules_engine.models.draft import DRAFTS, REQUESTS, Draft, Target
from rules_engine.models.facts import Facts
from rules_engine.models.formats import Format
from rules_engine.models.promotion_code import fold_code
from rules_engine.models.unset import UNSET, Unset
from rules_engine.policy.load import default_policy
from rules_engine.policy.model import Policy
from rules_engine.rules.limits import LIMITS
from rules_engine.testing.documents import REMOVED, changed
from rules_engine.testing.pools import CLASS_POOLS, CURRENCIES, FIELD_POOLS, IDS, METADATA_KEYS, TARGET_POOLS
from rules_engine.testing.spoilers import SPOILERS
from rules_engine.testing.waivers import waivers
from rules_engine.testing.worlds import NOW, clean_worlds
from rules_engine.violation import Mode
from rules_engine.wire.envelope import read_draft

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


def instants() -> SearchStrategy[datetime]:
    """Generate instants around the one that clean worlds are judged at, often exactly that one."""
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
    return models(kind) if attrs.has(kind) else _plain_values(kind, cls, field)


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
        datetime: instants(),
    }
    return plain[kind]


@cache
def models(cls: type) -> SearchStrategy[Any]:
    """Generate instances of a model; optional fields are often left out.

    Args:
        cls: A class of `rules_engine.models`.
    """
    required: dict[str, SearchStrategy[Any]] = {}
    optional: dict[str, SearchStrategy[Any]] = {}
    for field in attrs.fields(cls):
        values = st.deferred(lambda field=field: _values(field.type, cls, field.name))  # type: ignore[misc]  # bound at once
        (required if field.default is attrs.NOTHING else optional)[field.name] = values
    return st.fixed_dictionaries(required, optional=optional).map(lambda fields: cls(**fields))


def _keyed(cls: type, key: str) -> SearchStrategy[dict[str, Any]]:
    return st.lists(models(cls), max_size=3, unique_by=lambda value: getattr(value, key)).map(
        lambda values: {getattr(value, key): value for value in values}
    )


_KEYED_BY_ID: Final = (
    "prices",
    "coupons",
    "promotion_codes",
    "configurations",
    "payment_methods",
    "payment_intents",
    "products",
    "charges",
)
_RECORDS: Final = (
    "merchant",
    "session",
    "customer",
    "missing",
    "usage",
    "payment_link",
    "balances",
    "api_keys",
    "signing_secrets",
    "endpoint",
    "rate",
    "idempotency_keys",
)


@cache
def facts() -> SearchStrategy[Facts]:
    """Generate facts that a draft document could state: keyed by id, and never known and missing at once."""
    fields = attrs.fields_dict(Facts)
    keyed = {name: _keyed(get_args(fields[name].type)[1], "id") for name in _KEYED_BY_ID}
    others = {name: _values(fields[name].type, Facts, name) for name in _RECORDS}
    return st.builds(
        Facts,
        now=st.one_of(st.just(_INSTANT), instants()),
        promotion_codes_by_code=_keyed(get_args(fields["promotion_codes_by_code"].type)[1], "code").map(
            lambda codes: {fold_code(key): value for key, value in codes.items()}
        ),
        exchange_rates=st.dictionaries(
            st.sampled_from(IDS["pair"]), models(get_args(fields["exchange_rates"].type)[1]), max_size=3
        ),
        payments=_payments(fields["payments"].type),
        redemptions=_redemptions(fields["redemptions"].type),
        **keyed,
        **others,
    ).map(_consistent)


def _payments(cls: Any) -> SearchStrategy[Any]:
    customers = st.dictionaries(st.sampled_from(IDS["customer"]), st.integers(0, 2), max_size=2)
    return st.builds(cls, customers=customers, guest=st.none() | st.integers(0, 1))


def _redemptions(cls: Any) -> SearchStrategy[Any]:
    by_coupon = st.dictionaries(st.sampled_from(IDS["coupon"]), st.integers(0, 4), max_size=2)
    customers = st.dictionaries(st.sampled_from(IDS["customer"]), by_coupon, max_size=2)
    counted = attrs.fields_dict(cls)["counted"].type
    return st.builds(cls, customers=customers, counted=_values(counted, cls, "counted"))


def _consistent(known: Facts) -> Facts:
    """Take out of `missing` what is known, and leave one default configuration and one API key of each digest."""
    seen = {
        field.name: set(getattr(known, field.name))
        for field in attrs.fields(type(known.missing))
        if field.name not in ("sessions", "customers", "payment_links")
    }
    for name, record in (
        ("sessions", known.session),
        ("customers", known.customer),
        ("payment_links", known.payment_link),
    ):
        seen[name] = set() if record is None else {record.id}
    missing = {
        name: tuple(key for key in dict.fromkeys(getattr(known.missing, name)) if _fold(name, key) not in keys)
        for name, keys in seen.items()
    }
    missing["promotion_codes_by_code"] = tuple(map(fold_code, missing["promotion_codes_by_code"]))
    api_keys = None if known.api_keys is None else tuple({key.sha256: key for key in known.api_keys}.values())
    configurations = {
        key: attrs.evolve(configuration, is_default=configuration.is_default and index == 0)
        for index, (key, configuration) in enumerate(known.configurations.items())
    }
    return attrs.evolve(known, configurations=configurations, api_keys=api_keys, missing=type(known.missing)(**missing))


def _fold(name: str, key: str) -> str:
    return fold_code(key) if name == "promotion_codes_by_code" else key


def _targets(operation: str) -> SearchStrategy[Target | None]:
    if not DRAFTS[operation].has_target:
        return st.none()
    return st.builds(Target, id=_texts(TARGET_POOLS[operation.partition(".")[0]]))


@cache
def drafts(operation: str | None = None) -> SearchStrategy[Draft[Any]]:
    """Generate drafts of any content: most are refused or undecided, for many reasons at once.

    Args:
        operation: Of this operation only.
    """
    names = tuple(DRAFTS) if operation is None else (operation,)
    return st.one_of(
        [
            st.builds(DRAFTS[name], request=models(REQUESTS[name]), facts=facts(), target=_targets(name))
            for name in names
        ]
    )


@st.composite
def documents(draw: st.DrawFn, operation: str | None = None) -> dict[str, Any]:
    """Generate draft documents: a clean world, with some of its spoilers applied and some of its facts taken away.

    Args:
        draw: Supplied by Hypothesis.
        operation: Of this operation only.
    """
    worlds = clean_worlds(operation)
    name = draw(st.sampled_from(sorted(worlds)))
    document = worlds[name]
    applicable = [spoiler.changes for spoiler in SPOILERS if spoiler.world == name]
    chosen = draw(st.lists(st.sampled_from(applicable), max_size=6)) if applicable else []
    taken_away: list[str] = draw(st.lists(st.sampled_from(fact_pointers(document)), max_size=3, unique=True))
    for changes in (*chosen, *({pointer: REMOVED} for pointer in taken_away)):
        document = _readable(document, changes)
    return document


def _readable(document: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Apply changes where they still make sense: an earlier one may have taken away, or contradict, what they need."""
    try:
        after = changed(document, changes)
        read_draft(after)
    except (KeyError, IndexError, TypeError, AttributeError, DraftError):
        return document
    return after


_ENTRIES: Final = (
    *("prices", "coupons", "promotionCodes", "promotionCodesByCode", "configurations", "payments", "redemptions"),
    *("usage", "products", "charges", "balances", "idempotencyKeys"),
)


def fact_pointers(document: Mapping[str, Any]) -> list[str]:
    """Name every fact of a document that may be taken away: whole parts, and the entries of those that are keyed."""
    pointers: list[str] = []
    for part, value in document["facts"].items():
        if part in ("now", "missing"):
            continue
        pointers.append(f"/facts/{part}")
        if part in _ENTRIES:
            pointers += [f"/facts/{part}/{key}" for key in value]
    return pointers


@st.composite
def policies(draw: st.DrawFn, operation: str | None = None) -> Policy:
    """Generate policies: the default one, its pipelines permuted and thinned, with modes, limits, delays and waivers.

    Args:
        draw: Supplied by Hypothesis.
        operation: Change the pipeline of this operation only.
    """
    base = default_policy()
    pipelines = dict(base.pipelines)
    for name in pipelines if operation is None else (operation,):
        kept = draw(st.permutations(pipelines[name]))
        pipelines[name] = tuple(kept[draw(st.integers(0, min(8, len(kept) - 1))) :])
    rules = sorted({rule for name in (pipelines if operation is None else (operation,)) for rule in pipelines[name]})
    modes = draw(st.dictionaries(st.sampled_from(rules), st.sampled_from(Mode), max_size=12))
    numbers = [limit for limit in LIMITS if not limit.members]
    limits: dict[str, Any] = {}
    for limit in draw(st.lists(st.sampled_from(numbers), max_size=4, unique_by=lambda limit: limit.name)):
        limits[limit.name] = draw(st.integers(limit.minimum, limit.maximum))
    if draw(st.booleans()):
        limits["supported_currencies"] = draw(st.frozensets(st.sampled_from(("EGP", "USD", "KWD")), max_size=3))
        limits["supported_payment_method_types"] = draw(st.frozensets(st.sampled_from(("card", "valu")), max_size=2))
    enforced = [rule for rule in rules if modes.get(rule, Mode.ENFORCE) is Mode.ENFORCE]
    delays = st.dictionaries(st.sampled_from(enforced), instants(), max_size=4) if enforced else st.just({})
    waived = waivers(rules, instants(), operation)
    return Policy("random", pipelines, modes, limits, enforce_from=draw(delays), waivers=draw(waived))
