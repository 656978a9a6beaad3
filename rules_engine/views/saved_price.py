"""A price that is saved, changed or deleted: as it would be stored, in the parts that the request touches."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final, TypeVar

from rules_engine.models import UNSET, Draft, Price, PriceCreate, PriceDelete, PriceUpdate, Recurring, Unset
from rules_engine.models.price import DEFAULT_TYPE
from rules_engine.views.currency import CurrencyView, build_stated_currency
from rules_engine.views.custom_unit_amount import (
    build_custom_unit_amount,
)
from rules_engine.views.line_item import PriceView, UnitAmountView, price_unknown
from rules_engine.views.price_use import (
    build_locked_fields,
    build_price_use,
)
from rules_engine.views.product import build_products
from rules_engine.views.scope import scope, view
from rules_engine.views.session import build_metadata
from rules_engine.views.views import UnknownFact, Views, target_id

V = TypeVar("V")
W = TypeVar("W")

_NOTHING_STORED: Final = Price("", "")
"""Stands for a stored price that there is not, or that nobody looked up; nothing is judged by it."""


@scope(("request",), sent=lambda price, param: param in price.sent)
@view
class SavedPriceView:
    """A price as it would be stored.

    Of two fields that are judged together, one may be sent and the other stored. Whether they are judged is False where
    the request touches neither, and None where it touches one and nobody looked the other up.

    Attributes:
        sent: The fields that the request carries, null or not, by the API's names.
        currency_missing: Whether it is made without a currency.
        type: ONE_TIME, RECURRING or CUSTOM.
        unit_amount: Minor units.
        recurs: Whether it says how often it is charged.
        bounded: Whether it says what the buyer may set.
        amount_judged: Whether type and unit amount are.
        recurring_judged: Whether type and recurring are.
        custom_judged: Whether type and custom unit amount are.
        dates_judged: Whether the two dates are.
        start_date: On sale from this instant on.
        expiration_date: On sale until just before this instant.
        interval_count: How many intervals lie between two charges, where the request states it.
        stock: Units left, where the request states it.
    """

    sent: Collection[str]
    currency_missing: bool
    type: str
    unit_amount: int | None
    recurs: bool
    bounded: bool
    amount_judged: bool | None
    recurring_judged: bool | None
    custom_judged: bool | None
    dates_judged: bool | None
    start_date: datetime | None
    expiration_date: datetime | None
    interval_count: int | None
    stock: int | None


def build_price_create(draft: Draft[PriceCreate]) -> Views:
    """Join a new price with the facts."""
    request = draft.request
    unknown: list[UnknownFact] = []
    product = build_products([(("request", "productId"), request.product_id)], draft.facts, unknown)
    saved = SavedPriceView(
        sent=frozenset(name for name, value in _judged_fields(request) if value is not None),
        currency_missing=request.currency is None,
        type=request.type or DEFAULT_TYPE,
        unit_amount=request.unit_amount,
        recurs=request.recurring is not None,
        bounded=request.custom_unit_amount is not None,
        amount_judged=True,
        recurring_judged=True,
        custom_judged=True,
        dates_judged=True,
        start_date=request.start_date,
        expiration_date=request.expiration_date,
        interval_count=None if request.recurring is None else request.recurring.interval_count,
        stock=request.stock,
    )
    currency, unit_amount = _build_stated(draft, unknown)
    custom_unit_amount, custom_amount = build_custom_unit_amount(request.custom_unit_amount)
    return {
        "unknown": unknown,
        "product": product,
        "saved_price": (saved,),
        "currency": currency,
        "unit_amount": unit_amount,
        "custom_unit_amount": custom_unit_amount,
        "custom_amount": custom_amount,
        "metadata": build_metadata(request.metadata),
    }


def build_price_update(draft: Draft[PriceUpdate]) -> Views:
    """Join a change of a price with the stored one and the facts."""
    request, facts = draft.request, draft.facts
    unknown: list[UnknownFact] = []
    (target,) = _target(draft, unknown)
    locked = build_locked_fields(request, target, facts, unknown)
    currency, unit_amount = _build_stated(draft, unknown)
    custom_unit_amount, custom_amount = build_custom_unit_amount(request.custom_unit_amount)
    return {
        "unknown": unknown,
        "price": (target,),
        "saved_price": (_merged(request, facts.prices.get(target.id), target),),
        "locked_field": locked,
        "currency": currency,
        "unit_amount": unit_amount,
        "custom_unit_amount": custom_unit_amount,
        "custom_amount": custom_amount,
        "metadata": build_metadata(request.metadata),
    }


def build_price_delete(draft: Draft[PriceDelete]) -> Views:
    """Join the end of a price with the stored one and what uses it."""
    unknown: list[UnknownFact] = []
    (target,) = _target(draft, unknown)
    return {"unknown": unknown, "price": (target,), "price_use": (build_price_use(target, draft.facts, unknown),)}


def _target(draft: Draft[Any], unknown: list[UnknownFact]) -> tuple[PriceView]:
    facts, price_id = draft.facts, target_id(draft)
    not_looked_up = price_unknown(price_id, facts)
    if not_looked_up:
        unknown.append(("prices", price_id))
    missing = price_id in facts.missing.prices
    return (PriceView(index=0, id=price_id, missing=missing, unknown=not_looked_up),)


def _judged_fields(request: PriceCreate | PriceUpdate) -> tuple[tuple[str, Any], ...]:
    """List the fields that are judged together with another one, and their values."""
    return (
        ("type", request.type),
        ("unitAmount", request.unit_amount),
        ("recurring", request.recurring),
        ("customUnitAmount", request.custom_unit_amount),
        ("startDate", request.start_date),
        ("expirationDate", request.expiration_date),
    )


def _merged(request: PriceUpdate, stored: Price | None, target: PriceView) -> SavedPriceView:
    """Tell what a change makes of a stored price."""
    kept = _NOTHING_STORED if stored is None else stored
    becomes = _merge(request.type, kept.type)
    states_terms = isinstance(request.recurring, Recurring)
    drops_terms = not states_terms and not isinstance(request.type, Unset) and becomes != "RECURRING"
    sent = frozenset(name for name, value in _judged_fields(request) if value is not UNSET)

    def judged(*fields: str) -> bool | None:
        if sent.isdisjoint(fields):
            return False
        if stored is not None or sent.issuperset(fields):
            return True
        return None if target.unknown else False

    return SavedPriceView(
        sent=sent,
        currency_missing=False,
        type=becomes,
        unit_amount=_merge(request.unit_amount, kept.unit_amount),
        recurs=states_terms or (kept.recurring is not None and not drops_terms),
        bounded=_merge(request.custom_unit_amount, kept.custom_unit_amount) is not None,
        amount_judged=judged("type", "unitAmount"),
        recurring_judged=not drops_terms and judged("type", "recurring"),
        custom_judged=judged("type", "customUnitAmount"),
        dates_judged=judged("startDate", "expirationDate"),
        start_date=_merge(request.start_date, kept.start_date),
        expiration_date=_merge(request.expiration_date, kept.expiration_date),
        interval_count=request.recurring.interval_count if isinstance(request.recurring, Recurring) else None,
        stock=_merge(request.stock, None),
    )


def _merge(sent: V | Unset, stored: W) -> V | W:
    """Tell what a field becomes: what is sent, and what is stored where nothing is."""
    return stored if isinstance(sent, Unset) else sent


def _build_stated(
    draft: Draft[PriceCreate] | Draft[PriceUpdate], unknown: list[UnknownFact]
) -> tuple[Sequence[CurrencyView], Sequence[UnitAmountView]]:
    """Build the currency and the unit amount that a request states."""
    request = draft.request
    currency = build_stated_currency(request.currency, draft.facts, unknown)
    unit_amount: tuple[UnitAmountView, ...] = ()
    if isinstance(request.unit_amount, int):
        unit_amount = (UnitAmountView(index=0, place=("request", "unitAmount"), amount=request.unit_amount),)
    return currency, unit_amount
