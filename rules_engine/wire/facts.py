"""Facts that are well formed one by one, checked against each other."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import attrs

from rules_engine.exceptions import FactsError
from rules_engine.models import (
    AccountObject,
    ApiKey,
    Charge,
    Configuration,
    Facts,
    Price,
    PromotionCode,
    Session,
    StoredLinkLine,
)
from rules_engine.models.code_text import fold_code
from rules_engine.models.currency import fold_currency
from rules_engine.models.draft import NONE_MISSING
from rules_engine.models.merchant import fold_pair
from rules_engine.models.payment import least_refunded
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
_FOLDED: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("promotion_codes_by_code", fold_code),
    ("exchange_rates", fold_pair),
    ("balances", fold_currency),
)
_OF_ACCOUNT = (*_BY_ID, "promotion_codes_by_code")
_BY_NAME = (*(name for name, _ in _FOLDED), "idempotency_keys")


def checked_facts(facts: Facts) -> Facts:
    """Fold the keys that have several spellings, and refuse facts that contradict each other.

    Args:
        facts: The facts, or what looks like them.

    Returns:
        The same where no key is spelled otherwise, and every object is of the account and of the half of the platform
        that the facts are of; else the model, with folded keys, and the ids of the other objects under `missing`.

    Raises:
        FactsError: An object does not carry the id it is keyed by, two keys fold into one, an object is both known and
            missing, a price with a fixed amount has none, two API keys have one digest, a line of a payment link does
            not name one price, a promotion code differs between its two maps, or less of a charge is refunded than
            its refunds or its status show.
    """
    stated_codes = facts.promotion_codes_by_code
    facts = _with_folded_keys(facts)
    _refuse_other_ids(facts)
    _refuse_contradicting_prices(facts.prices.values())
    if len(facts.configurations) > 1:
        _refuse_two_defaults(facts.configurations.values())
    if stated_codes and facts.promotion_codes:
        _refuse_two_truths(facts.promotion_codes, stated_codes)
    if facts.charges:
        _refuse_other_refunds(facts.charges.values())
    if facts.api_keys:
        _refuse_double_keys(facts.api_keys)
    if facts.missing is not NONE_MISSING:
        _refuse_known_and_missing(facts)
    if facts.session is not None:
        _refuse_two_customers(facts.session)
    if facts.payment_link is not None:
        _refuse_other_than_one_price(facts.payment_link.line_items or ())
        _refuse_missing("payment_links", facts.missing.payment_links, (facts.payment_link.id,))
    return _without_foreign_objects(facts)


def _with_folded_keys(facts: Facts) -> Facts:
    missing = facts.missing
    folded: dict[str, Any] = {}
    folded_missing: dict[str, Any] = {}
    for name, fold in _FOLDED:
        known = getattr(facts, name)
        if known and any(fold(key) != key for key in known):
            folded[name] = _folded(known, fold, camel_case(name))
        absent = () if missing is NONE_MISSING else getattr(missing, name)
        if any(fold(key) != key for key in absent):
            folded_missing[name] = tuple(map(fold, absent))
    if folded_missing:
        folded["missing"] = attrs.evolve(missing, **folded_missing)
    return attrs.evolve(facts, **folded) if folded else facts


def _without_foreign_objects(facts: Facts) -> Facts:
    livemode = facts.livemode
    account = None if facts.merchant is None else facts.merchant.id

    def is_foreign(one: AccountObject) -> bool:
        return (one.livemode is not None and livemode not in (None, one.livemode)) or (
            one.merchant_id is not None and account not in (None, one.merchant_id)
        )

    kept: dict[str, Any] = {}
    missing: dict[str, tuple[str, ...]] = {}
    for name in _OF_ACCOUNT:
        known = getattr(facts, name)
        gone = [key for key, one in known.items() if is_foreign(one)]
        if gone:
            kept[name] = {key: one for key, one in known.items() if key not in gone}
            missing[name] = (*getattr(facts.missing, name), *gone)
    for name in ("session", "customer", "payment_link"):
        one = getattr(facts, name)
        if one is not None and is_foreign(one):
            kept[name] = None
            missing[f"{name}s"] = (*getattr(facts.missing, f"{name}s"), one.id)
    return attrs.evolve(facts, **kept, missing=attrs.evolve(facts.missing, **missing)) if kept else facts


def _refuse_other_ids(facts: Facts) -> None:
    for name in _BY_ID:
        for key, known in getattr(facts, name).items():
            if known.id != key:
                raise _error((camel_case(name), key, "id"), f"expected {shown(key)}, the id it is keyed by")


def _refuse_contradicting_prices(prices: Iterable[Price]) -> None:
    for price in prices:
        if price.product is not None and price.product_id not in (None, price.product.id):
            raise _error(("prices", price.id, "productId"), f"expected {shown(price.product.id)}, as in product")
        if price.unit_amount is None and price.type != "CUSTOM":
            raise _error(("prices", price.id, "unitAmount"), f"expected the amount of a {price.type} price")


def _refuse_other_codes(stated_codes: Mapping[str, PromotionCode]) -> None:
    for key, promotion_code in stated_codes.items():
        if fold_code(promotion_code.code) != fold_code(key):
            expected = f"expected {shown(fold_code(key))}, the string it is keyed by"
            raise _error(("promotionCodesByCode", key, "code"), expected)


def _refuse_two_truths(by_id: Mapping[str, PromotionCode], by_code: Mapping[str, PromotionCode]) -> None:
    for key, promotion_code in by_code.items():
        other = by_id.get(promotion_code.id, promotion_code)
        for name in () if other == promotion_code else attrs.fields_dict(PromotionCode):
            if getattr(other, name) != getattr(promotion_code, name):
                place = ("promotionCodesByCode", key, camel_case(name))
                raise _error(place, f"expected the value of {shown(other.id)} in promotionCodes")


def _refuse_other_refunds(charges: Iterable[Charge]) -> None:
    """Refuse a charge that has less refunded than is known to be; a list of refunds may be cut, so more is possible."""
    for charge in charges:
        least = least_refunded(charge)
        if charge.amount_refunded < least:
            problem = f"expected at least {least}, as the status and the refunds of the charge show"
            raise _error(("charges", charge.id, "amountRefunded"), problem)


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


def _refuse_two_customers(session: Session) -> None:
    if session.customer is not None and session.customer_id not in (None, session.customer.id):
        raise _error(("session", "customerId"), f"expected {shown(session.customer.id)}, as in customer")


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
