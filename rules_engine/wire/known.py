"""Facts that are well formed one by one, checked against each other."""

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any, TypeVar

import attrs

from rules_engine.exceptions import FactsError
from rules_engine.models.configuration import Configuration
from rules_engine.models.currency import fold_currency
from rules_engine.models.facts import NONE_MISSING, Facts
from rules_engine.models.merchant import fold_pair
from rules_engine.models.payment_link import StoredLinkLine
from rules_engine.models.price import Price
from rules_engine.models.promotion_code import PromotionCode, fold_code
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
_objects_by_id = attrgetter(*_BY_ID)
_BY_NAME = ("promotion_codes_by_code", "exchange_rates", "balances", "idempotency_keys")


def checked_facts(facts: Facts) -> Facts:
    """Fold the keys that have several spellings, and refuse facts that contradict each other.

    Raises:
        FactsError: An object does not carry the id it is keyed by, two keys fold into one, an object is both known and
            missing, a price with a fixed amount has none, two API keys have one digest, or a line of a payment link
            does not name one price.
    """
    of_facts, of_missing = folded_keys(facts)
    if of_missing:
        of_facts["missing"] = attrs.evolve(facts.missing, **of_missing)
    folded = attrs.evolve(facts, **of_facts)
    refuse_contradictions(folded, facts.promotion_codes_by_code)
    return folded


def folded_keys(facts: Facts) -> tuple[dict[str, Any], dict[str, Any]]:
    """Fold the keys that have several spellings.

    Args:
        facts: The facts, or what has their attributes.

    Returns:
        New values by attribute: those of the facts, and those of `missing`; none for an attribute that is empty.

    Raises:
        FactsError: Two keys fold into one.
    """
    of_facts: dict[str, Any] = {}
    of_missing: dict[str, Any] = {}
    missing = facts.missing
    if facts.promotion_codes_by_code:
        of_facts["promotion_codes_by_code"] = _folded(facts.promotion_codes_by_code, fold_code, "promotionCodesByCode")
    if facts.exchange_rates:
        of_facts["exchange_rates"] = _folded(facts.exchange_rates, fold_pair, "exchangeRates")
    if facts.balances:
        of_facts["balances"] = _folded(facts.balances, fold_currency, "balances")
    if missing.promotion_codes_by_code:
        of_missing["promotion_codes_by_code"] = tuple(map(fold_code, missing.promotion_codes_by_code))
    if missing.exchange_rates:
        of_missing["exchange_rates"] = tuple(map(fold_pair, missing.exchange_rates))
    if missing.balances:
        of_missing["balances"] = tuple(map(fold_currency, missing.balances))
    return of_facts, of_missing


def refuse_contradictions(facts: Facts, stated_codes: Mapping[str, PromotionCode]) -> None:
    """Refuse facts that contradict each other.

    Args:
        facts: The facts, or what has their attributes, with folded keys.
        stated_codes: Their promotion codes by code string, with the keys as they were stated.

    Raises:
        FactsError: They do.
    """
    _refuse_other_ids(facts)
    for price in facts.prices.values():
        if price.unit_amount is None:
            _refuse_fixed_amount(price)
    if len(facts.configurations) > 1:
        _refuse_two_defaults(facts.configurations.values())
    if stated_codes:
        _refuse_other_codes(stated_codes)
    if facts.api_keys:
        _refuse_double_keys(facts.api_keys)
    if facts.missing is not NONE_MISSING:
        _refuse_known_and_missing(facts)
    link = facts.payment_link
    if link is not None:
        _refuse_other_than_one_price(link.line_items or ())
        _refuse_missing("payment_links", facts.missing.payment_links, (link.id,))


def _refuse_other_ids(facts: Facts) -> None:
    for place, objects in enumerate(_objects_by_id(facts)):
        if objects:
            for key, known in objects.items():
                if known.id != key:
                    expected = f"expected {shown(key)}, the id it is keyed by"
                    raise _error((camel_case(_BY_ID[place]), key, "id"), expected)


def _refuse_fixed_amount(price: Price) -> None:
    if price.type != "CUSTOM":
        raise _error(("prices", price.id, "unitAmount"), f"expected the amount of a {price.type} price")


def _refuse_other_codes(stated_codes: Mapping[str, PromotionCode]) -> None:
    for key, promotion_code in stated_codes.items():
        if fold_code(promotion_code.code) != fold_code(key):
            expected = f"expected {shown(fold_code(key))}, the string it is keyed by"
            raise _error(("promotionCodesByCode", key, "code"), expected)


def _refuse_known_and_missing(facts: Facts) -> None:
    for name in (*_BY_ID, *_BY_NAME):
        _refuse_missing(name, getattr(facts.missing, name), getattr(facts, name))
    _refuse_missing("sessions", facts.missing.sessions, () if facts.session is None else (facts.session.id,))
    _refuse_missing("customers", facts.missing.customers, () if facts.customer is None else (facts.customer.id,))


def _refuse_two_defaults(configurations: Iterable[Configuration]) -> None:
    defaults = [configuration.id for configuration in configurations if configuration.is_default]
    if len(defaults) > 1:
        raise _error(("configurations", max(defaults), "isDefault"), "an account has one default configuration")


def _folded(known: Mapping[str, V], fold: Callable[[str], str], name: str) -> dict[str, V]:
    folded: dict[str, V] = {}
    for key, value in known.items():
        folded_key = fold(key)
        if folded_key in folded:
            raise _error((name, key), "the same key stands twice, spelled differently")
        folded[folded_key] = value
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
