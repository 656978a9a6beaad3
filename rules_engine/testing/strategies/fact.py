"""Strategies of facts."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final, TypeVar, get_args, get_origin

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from rules_engine.models import (
    Facts,
    Missing,
    PaymentLink,
    Price,
    StoredLinkLine,
)
from rules_engine.models.coupon import fold_code
from rules_engine.models.currency import fold_currency
from rules_engine.models.merchant import fold_pair
from rules_engine.testing.strategies.model import MOST_OBJECTS, admitted, plural

V = TypeVar("V")

FOLDS: Final = {"promotion_codes_by_code": fold_code, "exchange_rates": fold_pair, "balances": fold_currency}
"""How the keys of a part of the facts are folded; the other keys are kept as they are."""
_RECORDS: Final = {"sessions": "session", "customers": "customer", "payment_links": "payment_link"}
"""The part of `missing` to the one record that it is about."""


@cache
def key_fields() -> Mapping[str, str]:
    """List the parts of the facts that hold objects by a key of their own, each with the field that is the key."""
    keys: dict[str, str] = {}
    for field in attrs.fields(Facts):
        if get_origin(field.type) is Mapping:
            identity = attrs.fields_dict(get_args(field.type)[1]).get("id")
            if identity is not None and identity.default is attrs.NOTHING:
                keys[field.name] = "id"
    return {**keys, "promotion_codes_by_code": "code"}


def keyed(values: SearchStrategy[V], part: str) -> SearchStrategy[dict[str, V]]:
    """Generate a part of the facts: objects by the key that each of them carries.

    Args:
        values: The objects.
        part: The name of the part.
    """
    field = key_fields()[part]

    def key(value: V) -> str:
        return fold(part, getattr(value, field))

    return st.lists(values, max_size=MOST_OBJECTS, unique_by=key).map(
        lambda known: {key(value): value for value in known}
    )


def fold(part: str, key: str) -> str:
    """Fold a key of a part of the facts as the wire folds it."""
    return FOLDS[part](key) if part in FOLDS else key


def consistent(facts: Facts) -> Facts:
    """Fix what no draft document could state.

    Keys are folded, nothing that is known is missing, there is one default configuration and one API key of each
    digest, each price with a fixed amount has one, and each line of the payment link names one price.
    """
    folded: dict[str, Any] = {
        part: {fold(part, key): value for key, value in getattr(facts, part).items()} for part in FOLDS
    }
    prices = {key: _with_amount(price) for key, price in facts.prices.items()}
    default = next((key for key, known in facts.configurations.items() if known.is_default), None)
    configurations = {
        key: attrs.evolve(known, is_default=known.is_default and key == default)
        for key, known in facts.configurations.items()
    }
    link = None if facts.payment_link is None else _with_prices(facts.payment_link)
    keys = None if facts.api_keys is None else tuple({key.sha256.lower(): key for key in facts.api_keys}.values())
    facts = attrs.evolve(
        facts, **folded, prices=prices, configurations=configurations, api_keys=keys, payment_link=link
    )
    return attrs.evolve(facts, missing=_missing(facts))


def _with_amount(price: Price) -> Price:
    return price if price.type == "CUSTOM" or price.unit_amount is not None else attrs.evolve(price, unit_amount=0)


def _with_prices(link: PaymentLink) -> PaymentLink:
    return (
        link if link.line_items is None else attrs.evolve(link, line_items=tuple(map(_with_one_price, link.line_items)))
    )


def _with_one_price(line: StoredLinkLine) -> StoredLinkLine:
    if line.price is None:
        return attrs.evolve(line, price_id=line.price_id or "")
    return attrs.evolve(line, price_id=None if line.price_id is None else line.price.id)


def _missing(facts: Facts) -> Missing:
    parts: dict[str, Any] = {}
    for field in attrs.fields(Missing):
        part = field.name
        record = getattr(facts, _RECORDS.get(part, part))
        known = set(record) if isinstance(record, Mapping) else {getattr(record, "id", None)}
        keys = (fold(part, key) for key in getattr(facts.missing, part))
        parts[part] = tuple(key for key in keys if key not in known)
    return Missing(**parts)


facts = plural(
    "facts",
    Facts,
    admits={part: keyed(admitted(get_args(attrs.fields_dict(Facts)[part].type)[1]), part) for part in key_fields()},
    fixed=consistent,
)
