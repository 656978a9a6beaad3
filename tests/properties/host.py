"""A host that looks facts up when it is asked to, in a example where everything is known."""

from datetime import UTC, datetime
from typing import Any

import attrs

from rules_engine import FactKey
from rules_engine.models import Counted, CouponUsage, Endpoint, Facts, FeeData, Merchant, RateUsage, SupportedCurrency
from rules_engine.models.coupon import fold_code

_KEYED = {
    "prices": "prices",
    "coupons": "coupons",
    "promotionCodes": "promotion_codes",
    "promotionCodesByCode": "promotion_codes_by_code",
    "configurations": "configurations",
    "paymentMethods": "payment_methods",
    "paymentIntents": "payment_intents",
    "exchangeRates": "exchange_rates",
    "products": "products",
    "charges": "charges",
    "balances": "balances",
    "idempotencyKeys": "idempotency_keys",
}
_RECORDS = {
    "session": ("session", "sessions"),
    "customer": ("customer", "customers"),
    "paymentLink": ("payment_link", "payment_links"),
}
"""Kind of fact to the record that holds it, and to the list of those that do not exist."""
_USES: dict[str, tuple[str, Any]] = {
    "usage.prices": ("prices", 0),
    "usage.coupons": ("coupons", CouponUsage()),
    "usage.configurations": ("configurations", 0),
}
"""Kind of fact to the count that holds it, and to what is counted where nothing uses the object."""
_OF_A_SESSION: dict[str, Any] = {
    "session.amountSubtotal": {"amount_subtotal": 0},
    "session.clientSecret": {"client_secret": "a text"},
    "session.currency": {"currency": "EGP"},
    "session.lineItems": {"line_items": ()},
}
_OF_A_LINK: dict[str, Any] = {
    "paymentLink.currency": {"currency": "EGP"},
    "paymentLink.lineItems": {"line_items": ()},
}
_OF_AN_OBJECT: dict[str, tuple[str, dict[str, Any]]] = {
    "paymentIntents.charges": ("payment_intents", {"charges": ()}),
    "charges.refunds": ("charges", {"refunds": ()}),
    "charges.feeData": ("charges", {"fee_data": FeeData()}),
    "configurations.name": ("configurations", {"name": "a name"}),
}
"""Kind of fact to the objects that it is a part of, and to what the part is where the truth does not say."""
_OF_THE_MERCHANT: dict[str, Any] = {
    "merchant.supportedCurrencies": {"supported_currencies": ()},
    "merchant.defaultCurrency": {"default_currency": "EGP"},
    "merchant.livePaymentsEnabled": {"live_payments_enabled": True},
}
_OF_THE_REQUEST = {
    "apiKeys": "api_keys",
    "signingSecrets": "signing_secrets",
    "endpoint": "endpoint",
    "rate": "rate",
}
_DEFAULTS: dict[str, Any] = {
    "api_keys": (),
    "signing_secrets": (),
    "endpoint": Endpoint(),
    "rate": RateUsage(0, 1, 1, datetime(2026, 11, 22, tzinfo=UTC)),
}
_MERCHANT = Merchant("mer_1", "EGP", (SupportedCurrency("EGP", ("card",)),))


def looked_up(known: Facts, truth: Facts, keys: tuple[FactKey, ...]) -> Facts:
    """Add to what is known what the host was asked for, or that it does not exist."""
    for key in keys:
        known = _look_up(known, truth, key)
    return known


def _look_up(known: Facts, truth: Facts, key: FactKey) -> Facts:
    if key.kind in _KEYED:
        return _look_up_keyed(known, truth, _KEYED[key.kind], key.key or "")
    if key.kind in _RECORDS:
        name, missing = _RECORDS[key.kind]
        record = getattr(truth, name)
        found = record is not None and record.id == key.key
        return _with(known, name, record) if found else _missing(known, missing, key.key)
    return _look_up_record(known, truth, key)


def _look_up_keyed(known: Facts, truth: Facts, name: str, key: str) -> Facts:
    key = fold_code(key) if name == "promotion_codes_by_code" else key
    entries: dict[str, Any] = dict(getattr(truth, name))
    asked_for = key
    if key == "default":
        key = next((entry.id for entry in entries.values() if entry.is_default), key)
    if key not in entries:
        return _missing(known, name, asked_for)
    return _with(known, name, {**getattr(known, name), key: entries[key]})


def _with(facts: Facts, name: str, value: Any) -> Facts:
    part: dict[str, Any] = {name: value}
    return attrs.evolve(facts, **part)


def _missing(known: Facts, name: str, key: str | None) -> Facts:
    missing = attrs.evolve(known.missing, **{name: (*getattr(known.missing, name), key)})
    return attrs.evolve(known, missing=missing)


def _look_up_record(known: Facts, truth: Facts, key: FactKey) -> Facts:
    if key.kind.startswith("merchant"):
        return _look_up_merchant(known, truth, key)
    if key.kind in _OF_THE_REQUEST:
        name = _OF_THE_REQUEST[key.kind]
        return _with(known, name, getattr(truth, name) or _DEFAULTS[name])
    if key.kind in _OF_A_SESSION and known.session is not None:
        return _with(known, "session", attrs.evolve(known.session, **_OF_A_SESSION[key.kind]))
    if key.kind in _OF_A_LINK and known.payment_link is not None:
        return _with(known, "payment_link", attrs.evolve(known.payment_link, **_OF_A_LINK[key.kind]))
    if key.kind in _OF_AN_OBJECT:
        name, stated = _OF_AN_OBJECT[key.kind]
        return _state(known, name, str(key.key), stated)
    return _count(known, truth, key)


def _state(known: Facts, name: str, key: str, stated: dict[str, Any]) -> Facts:
    """State a part of an object that nobody looked up; one that does not exist, or already has it, stays as it is."""
    entries = dict(getattr(known, name))
    for field, value in stated.items():
        if key in entries and getattr(entries[key], field) is None:
            entries[key] = attrs.evolve(entries[key], **{field: value})
    return _with(known, name, entries)


def _look_up_merchant(known: Facts, truth: Facts, key: FactKey) -> Facts:
    merchant = known.merchant or truth.merchant or _MERCHANT
    stated: dict[str, Any] = _OF_THE_MERCHANT.get(key.kind, {})
    return attrs.evolve(known, merchant=attrs.evolve(merchant, **stated))


def _count(known: Facts, truth: Facts, key: FactKey) -> Facts:
    if key.kind in _USES:
        name, nothing = _USES[key.kind]
        counts = {**getattr(known.usage, name), str(key.key): getattr(truth.usage, name).get(str(key.key), nothing)}
        return attrs.evolve(known, usage=attrs.evolve(known.usage, **{name: counts}))
    if key.kind == "payments.customers":
        customers = {**known.payments.customers, str(key.key): truth.payments.customers.get(str(key.key), 0)}
        return attrs.evolve(known, payments=attrs.evolve(known.payments, customers=customers))
    if key.kind == "redemptions.customers":
        customer, _, coupon = str(key.key).partition("/")
        number = truth.redemptions.customers.get(customer, {}).get(coupon, 0)
        of_customer = {**known.redemptions.customers.get(customer, {}), coupon: number}
        by_customer = {**known.redemptions.customers, customer: of_customer}
        return attrs.evolve(known, redemptions=attrs.evolve(known.redemptions, customers=by_customer))
    if key.kind == "redemptions.counted":
        counted = truth.redemptions.counted or Counted()
        return attrs.evolve(known, redemptions=attrs.evolve(known.redemptions, counted=counted))
    raise AssertionError(f"nobody documented the fact {key}")


def without(facts: Facts) -> list[tuple[str, Facts]]:
    """Take every fact away, one at a time: whole parts, entries, and what is known to be missing."""
    fewer = [
        (name, _with(facts, name, None))
        for name in ("merchant", "session", "customer", "payment_link", *_DEFAULTS)
        if getattr(facts, name) is not None
    ]
    for name in _KEYED.values():
        entries = getattr(facts, name)
        for key in entries:
            rest = {other: entry for other, entry in entries.items() if other != key}
            fewer.append((f"{name}/{key}", _with(facts, name, rest)))
    for field in attrs.fields(type(facts.missing)):
        for key in getattr(facts.missing, field.name):
            rest_missing = tuple(other for other in getattr(facts.missing, field.name) if other != key)
            missing = attrs.evolve(facts.missing, **{field.name: rest_missing})
            fewer.append((f"missing/{field.name}/{key}", attrs.evolve(facts, missing=missing)))
    return [*fewer, *_without_records(facts)]


def _without_records(facts: Facts) -> list[tuple[str, Facts]]:
    fewer: list[tuple[str, Facts]] = []
    merchant, payments, redemptions = facts.merchant, facts.payments, facts.redemptions
    for name, _ in _USES.values():
        for key in getattr(facts.usage, name):
            rest = {other: count for other, count in getattr(facts.usage, name).items() if other != key}
            fewer.append((f"usage/{name}", attrs.evolve(facts, usage=attrs.evolve(facts.usage, **{name: rest}))))
    for kind, (part_of, stated) in _OF_AN_OBJECT.items():
        for key, known in getattr(facts, part_of).items():
            rest = {**getattr(facts, part_of), key: attrs.evolve(known, **dict.fromkeys(stated))}
            fewer.append((f"{kind}[{key}]", _with(facts, part_of, rest)))
    if facts.payment_link is not None:
        link = facts.payment_link
        fewer.append(("link lines", _with(facts, "payment_link", attrs.evolve(link, line_items=None))))
        fewer.append(("link currency", _with(facts, "payment_link", attrs.evolve(link, currency=None))))
    if merchant is not None:
        thinner = attrs.evolve(merchant, supported_currencies=None, default_currency=None, live_payments_enabled=None)
        fewer.append(("merchant fields", attrs.evolve(facts, merchant=thinner)))
    for customer in payments.customers:
        customers = {other: count for other, count in payments.customers.items() if other != customer}
        fewer.append(("payments", attrs.evolve(facts, payments=attrs.evolve(payments, customers=customers))))
    for customer in redemptions.customers:
        rest = {other: counts for other, counts in redemptions.customers.items() if other != customer}
        fewer.append(("redemptions", attrs.evolve(facts, redemptions=attrs.evolve(redemptions, customers=rest))))
    if redemptions.counted is not None:
        fewer.append(("counted", attrs.evolve(facts, redemptions=attrs.evolve(redemptions, counted=None))))
    return fewer
