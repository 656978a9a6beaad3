"""Facts that are well formed one by one, checked against each other."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import attrs

from rules_engine.exceptions import FactsError
from rules_engine.models.currency import fold_currency
from rules_engine.models.facts import Facts
from rules_engine.models.merchant import fold_pair
from rules_engine.models.payment_link import StoredLinkLine
from rules_engine.models.promotion_code import fold_code
from rules_engine.models.request import ApiKey
from rules_engine.path import HIDDEN, Path, pointer_of, shown
from rules_engine.wire.converter import camel_case

V = TypeVar("V")

_BY_ID = (
    "prices",
    "coupons",
    "promotion_codes",
    "configurations",
    "payment_methods",
    "payment_intents",
    "products",
    "charges",
)
_BY_NAME = ("promotion_codes_by_code", "exchange_rates", "balances", "idempotency_keys")


def checked_facts(facts: Facts) -> Facts:
    """Fold the keys that have several spellings, and refuse facts that contradict each other.

    Raises:
        FactsError: An object does not carry the id it is keyed by, two keys fold into one, an object is both known and
            missing, a price with a fixed amount has none, two API keys have one digest, or a line of a payment link
            does not name one price.
    """
    folded = attrs.evolve(
        facts,
        promotion_codes_by_code=_folded(facts.promotion_codes_by_code, fold_code, "promotionCodesByCode"),
        exchange_rates=_folded(facts.exchange_rates, fold_pair, "exchangeRates"),
        balances=_folded(facts.balances, fold_currency, "balances"),
        missing=attrs.evolve(
            facts.missing,
            promotion_codes_by_code=tuple(map(fold_code, facts.missing.promotion_codes_by_code)),
            exchange_rates=tuple(map(fold_pair, facts.missing.exchange_rates)),
            balances=tuple(map(fold_currency, facts.missing.balances)),
        ),
    )
    for name in _BY_ID:
        for key, known in getattr(folded, name).items():
            if known.id != key:
                raise _error((camel_case(name), key, "id"), f"expected {shown(key)}, the id it is keyed by")
    for price in folded.prices.values():
        if price.unit_amount is None and price.type != "CUSTOM":
            raise _error(("prices", price.id, "unitAmount"), f"expected the amount of a {price.type} price")
    defaults = [configuration.id for configuration in folded.configurations.values() if configuration.is_default]
    if len(defaults) > 1:
        raise _error(("configurations", max(defaults), "isDefault"), "an account has one default configuration")
    for key, promotion_code in facts.promotion_codes_by_code.items():
        if fold_code(promotion_code.code) != fold_code(key):
            expected = f"expected {shown(fold_code(key))}, the string it is keyed by"
            raise _error(("promotionCodesByCode", key, "code"), expected)
    _refuse_double_keys(facts.api_keys or ())
    for name in (*_BY_ID, *_BY_NAME):
        _refuse_missing(name, getattr(folded.missing, name), getattr(folded, name))
    _refuse_missing("sessions", folded.missing.sessions, () if folded.session is None else (folded.session.id,))
    _refuse_missing("customers", folded.missing.customers, () if folded.customer is None else (folded.customer.id,))
    link = folded.payment_link
    _refuse_other_than_one_price(() if link is None else link.line_items or ())
    _refuse_missing("payment_links", folded.missing.payment_links, () if link is None else (link.id,))
    return folded


def _folded(known: Mapping[str, V], fold: Callable[[str], str], name: str) -> dict[str, V]:
    folded: dict[str, V] = {}
    for key, value in known.items():
        if fold(key) in folded:
            raise _error((name, key), "the same key stands twice, spelled differently")
        folded[fold(key)] = value
    return folded


def _refuse_other_than_one_price(lines: Iterable[StoredLinkLine]) -> None:
    for index, line in enumerate(lines):
        named = None if line.price is None else line.price.id
        if named is None and line.price_id is None:
            raise _error(("paymentLink", "lineItems", index, "price"), "expected the price of the line, or priceId")
        if None not in (named, line.price_id) and named != line.price_id:
            raise _error(("paymentLink", "lineItems", index, "priceId"), f"expected {shown(str(named))}, as in price")


def _refuse_double_keys(keys: Iterable[ApiKey]) -> None:
    digests: set[str] = set()
    for index, key in enumerate(keys):
        if key.sha256.lower() in digests:
            raise _error(("apiKeys", index, "sha256"), "two keys have the same digest")
        digests.add(key.sha256.lower())


def _refuse_missing(name: str, missing: Iterable[str], known: Iterable[str]) -> None:
    both = set(missing).intersection(known)
    if both:
        one = HIDDEN if name == "idempotency_keys" else shown(min(both))
        raise _error(("missing", camel_case(name)), f"{one} is known and missing at once")


def _error(path: Path, problem: str) -> FactsError:
    return FactsError(pointer_of(("facts", *path)), problem)
