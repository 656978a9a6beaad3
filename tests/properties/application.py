"""An application that looks facts up when it is asked to, and one that loses them: on the facts of draft documents."""

import copy
from collections.abc import Iterable, Iterator
from typing import Any

from rules_engine import FactKey
from rules_engine.examples import NOW
from rules_engine.models.code_text import fold_code

_RECORDS = {"session": "sessions", "customer": "customers", "paymentLink": "paymentLinks"}
"""A kind of fact that is one object, to the list of those that do not exist."""
_OF_AN_OBJECT = {
    "paymentIntents.charges": [],
    "charges.refunds": [],
    "charges.disputed": False,
    "charges.feeData": {},
    "configurations.name": "a name",
    "prices.productId": "prod_mug",
}
"""A kind of fact that is a field of an object in a map, to its value where the truth does not state it."""
_MERCHANT = {"id": "mer_1", "defaultCurrency": "EGP", "supportedCurrencies": []}
_UNSTATED = {
    **_OF_AN_OBJECT,
    "merchant": _MERCHANT,
    "merchant.supportedCurrencies": [],
    "merchant.defaultCurrency": "EGP",
    "merchant.livePaymentsEnabled": True,
    "session.amountSubtotal": 0,
    "session.amountTotal": 0,
    "session.clientSecret": "a text",
    "session.currency": "EGP",
    "session.lineItems": [],
    "paymentLink.currency": "EGP",
    "paymentLink.lineItems": [],
    "apiKeys": [],
    "signingSecrets": [],
    "endpoint": {},
    "rate": {"count": 0, "limit": 1, "windowSeconds": 1, "windowStartedAt": NOW},
    "usage.prices": 0,
    "usage.coupons": {},
    "usage.configurations": 0,
    "payments.customers": 0,
    "payments.guest": 0,
    "redemptions.customers": 0,
    "redemptions.guest": 0,
    "redemptions.counted": {},
}
"""A kind of fact to its value where the truth does not state it; a kind that is not here does not exist then."""


def looked_up(known: dict[str, Any], truth: dict[str, Any], keys: Iterable[FactKey]) -> dict[str, Any]:
    """Add to what is known the facts that are asked for, or that they do not exist."""
    known = copy.deepcopy(known)
    for key in keys:
        _look_up(known, truth, key)
    return known


def _look_up(known: dict[str, Any], truth: dict[str, Any], key: FactKey) -> None:
    if key.kind in _RECORDS:
        record = truth.get(key.kind)
        if record is not None and record["id"] == key.key:
            known[key.kind] = record
        else:
            _note_missing(known, _RECORDS[key.kind], key.key)
        return
    path = _path(truth, key)
    value: Any = truth
    for part in path:
        value = (value or {}).get(part)
    if value is None and key.kind not in _UNSTATED:
        _note_missing(known, key.kind, key.key)
        return
    for part in path[:-1]:
        if part not in known and key.kind in _OF_AN_OBJECT:
            return
        known = known.setdefault(part, {})
    if known.get(path[-1]) is None:
        known[path[-1]] = copy.deepcopy(_UNSTATED[key.kind] if value is None else value)


def _path(truth: dict[str, Any], key: FactKey) -> list[str]:
    """Return where a fact stands in a document."""
    parts, name = key.kind.split("."), key.key or ""
    if key.kind in _OF_AN_OBJECT:
        return [parts[0], name, parts[1]]
    if key.key is None or parts[0] in _RECORDS:
        return parts
    if key.kind == "redemptions.customers":
        return [*parts, *name.split("/")]
    if key.kind == "configurations" and name == "default":
        defaults = (stored["id"] for stored in truth.get(key.kind, {}).values() if stored.get("isDefault"))
        return [key.kind, next(defaults, name)]
    return [*parts, fold_code(name) if key.kind == "promotionCodesByCode" else name]


def _note_missing(known: dict[str, Any], kind: str, key: str | None) -> None:
    missing = known.setdefault("missing", {}).setdefault(kind, [])
    if key not in missing:
        missing.append(fold_code(str(key)) if kind == "promotionCodesByCode" else key)


def without(facts: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Take every fact away, one at a time: whole parts, entries, fields, and what is known to be missing."""
    for path in _removable(facts):
        fewer = copy.deepcopy(facts)
        held: Any = fewer
        for part in path[:-1]:
            held = held[part]
        del held[path[-1]]
        yield "/".join(map(str, path)), fewer


def _removable(facts: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    for name, part in facts.items():
        if name not in {"now", "livemode", "missing", "usage", "payments", "redemptions"}:
            yield (name,)
        if name in {"merchant", "session", "paymentLink"}:
            yield from ((name, field) for field in part or () if f"{name}.{field}" in _UNSTATED)
        elif name in {"missing", "usage", "payments", "redemptions"}:
            yield from ((name, kind) for kind in part)
            yield from ((name, kind, at) for kind, held in part.items() for at in _entries(held))
        elif isinstance(part, dict) and name not in {"customer", "endpoint", "rate"}:
            yield from ((name, key) for key in part)
    for kind in _OF_AN_OBJECT:
        name, field = kind.split(".")
        yield from ((name, key, field) for key, stored in facts.get(name, {}).items() if stored.get(field) is not None)


def _entries(held: Any) -> Iterable[Any]:
    return range(len(held)) if isinstance(held, list) else held if isinstance(held, dict) else ()
