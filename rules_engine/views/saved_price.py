"""A price that is made, changed or deleted, and the products that a request names."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from rules_engine.models import (
    UNSET,
    CatalogRecurring,
    CustomUnitAmount,
    Draft,
    Facts,
    Price,
    PriceCreate,
    PriceDelete,
    PriceUpdate,
    Recurring,
    Unset,
    is_given,
    merged,
)
from rules_engine.models.currency import fold_currency
from rules_engine.models.price import DEFAULT_TYPE
from rules_engine.path import Path
from rules_engine.views.currency import build_stated_currency
from rules_engine.views.line_item import NO_PRICE, PriceView, UnitAmountView
from rules_engine.views.scope import Attribute, Axis, Reference, scope, view
from rules_engine.views.session import build_metadata
from rules_engine.views.views import TARGET_PLACE, UnknownFact, Views, look_up, target_id


@scope(("request",), sent=lambda price, param: param in price.sent)
@view
class SavedPriceView:
    """A price as it would be stored.

    Of two fields that are judged together, one may be sent and the other stored. Whether they are judged is False where
    the request touches neither, and None where it touches one and the other is unknown.

    Attributes:
        sent: The fields that the request carries, null or not, by the API's names.
        currency: A currency code in either case; None where it has none.
        type: ONE_TIME, RECURRING or CUSTOM.
        unit_amount: Minor units.
        recurring: How often it is charged.
        custom_unit_amount: What the buyer may set.
        amount_judged: Whether type and unit amount are.
        recurring_judged: Whether type and recurring are.
        custom_judged: Whether type and custom unit amount are.
        dates_judged: Whether the two dates are.
        start_date: On sale from this instant on.
        expiration_date: On sale until just before this instant.
        interval_count: How many intervals lie between two charges, where the request states it.
        stock: Units left, where the request states it.
    """

    sent: frozenset[str]
    currency: str | None
    type: str
    unit_amount: int | None
    recurring: Recurring | CatalogRecurring | None
    custom_unit_amount: CustomUnitAmount | None
    amount_judged: bool | None
    recurring_judged: bool | None
    custom_judged: bool | None
    dates_judged: bool | None
    start_date: datetime | None
    expiration_date: datetime | None
    interval_count: int | None
    stock: int | None


@scope(
    ("request", "customUnitAmount", Attribute("field")),
    axis=Axis.CUSTOM_AMOUNT,
    fields=("customUnitAmount.minimum", "customUnitAmount.maximum", "customUnitAmount.preset"),
)
@view
class CustomAmountView:
    """One amount of those that bound or preset what the buyer sets.

    Attributes:
        index: 0 is the minimum, 1 the maximum, 2 the preset.
        field: The API's name of it.
        amount: Minor units.
    """

    index: int
    field: str
    amount: int


@scope(("request", "customUnitAmount"))
@view
class CustomUnitAmountView:
    """What a request states of the amount that the buyer sets.

    Attributes:
        stated: The amounts.
    """

    stated: CustomUnitAmount


@scope(("request", Attribute("field")), axis=Axis.LOCKED_FIELD, fields=("currency", "unitAmount", "type", "recurring"))
@view
class LockedFieldView:
    """A field that is locked while its price is used, and that the request changes.

    Attributes:
        index: Its index among the locked ones.
        field: The API's name of it.
        price: The id of the price.
        line_items: How many line items the price stands in; None where that is not provided.
        stored_unknown: Whether the stored price is not provided, so that this may be no change.
    """

    index: int
    field: str
    price: str
    line_items: int | None
    stored_unknown: bool


@scope(TARGET_PLACE)
@view
class PriceUseView:
    """The use of a price that is deleted.

    Attributes:
        price: The id of the price.
        line_items: How many line items it stands in; None where that is not provided.
    """

    price: str
    line_items: int | None


@scope(axis=Axis.PRODUCT, fields="productId", fields_in={"coupon.create": "appliesToProductIds[i]"})
@view
class ProductView(Reference):
    """A product that a request names.

    Attributes:
        index: Its index in the list of products; 0 where there is none.
        place: Where it is named.
        id: Its id.
    """

    index: int
    place: Path
    id: str


def build_products(named: Iterable[tuple[Path, str]], facts: Facts, unknown: list[UnknownFact]) -> list[ProductView]:
    """Build the products that a request names.

    Args:
        named: Where each is named, and its id.
        facts: Where products are looked up.
        unknown: Where products that are not provided are noted.
    """
    views: list[ProductView] = []
    gone = frozenset(facts.missing.products)
    for index, (place, product_id) in enumerate(named):
        _, missing, not_provided = look_up(product_id, facts.products, gone, "products", unknown)
        views.append(ProductView(index=index, place=place, id=product_id, missing=missing, unknown=not_provided))
    return views


def build_price_create(draft: Draft[PriceCreate]) -> Views:
    """Build what rules read of a new price."""
    request, facts = draft.request, draft.facts
    unknown: list[UnknownFact] = []
    product = build_products([(("request", "productId"), request.product_id)], facts, unknown)
    views = _build_stated(request, facts, unknown)
    views["product"] = product
    views["saved_price"] = (_build_saved(request, NO_PRICE, one_kept=True),)
    return views


def build_price_update(draft: Draft[PriceUpdate]) -> Views:
    """Build what rules read of a changed price: the stored one, and what the request makes of it."""
    request, facts = draft.request, draft.facts
    unknown: list[UnknownFact] = []
    target = _build_target(draft, unknown)
    locked = _build_locked_fields(request, target, facts, unknown)
    views = _build_stated(request, facts, unknown)
    views["price"] = (target,)
    views["locked_field"] = locked
    one_kept = None if target.unknown else not target.missing
    views["saved_price"] = (_build_saved(request, target.stored, one_kept=one_kept),)
    return views


def build_price_delete(draft: Draft[PriceDelete]) -> Views:
    """Build what rules read of a price that is deleted, and of what uses it."""
    unknown: list[UnknownFact] = []
    target = _build_target(draft, unknown)
    line_items = _lines_using(target, draft.facts)
    if line_items is None:
        unknown.append(("usage.prices", target.id))
    use = PriceUseView(price=target.id, line_items=line_items)
    return {"unknown": unknown, "price": (target,), "price_use": (use,)}


def _build_target(draft: Draft[Any], unknown: list[UnknownFact]) -> PriceView:
    facts, price_id = draft.facts, target_id(draft)
    price, missing, not_provided = look_up(price_id, facts.prices, facts.missing.prices, "prices", unknown)
    return PriceView(index=0, id=price_id, missing=missing, unknown=not_provided, stored=price or NO_PRICE)


def _build_stated(request: PriceCreate | PriceUpdate, facts: Facts, unknown: list[UnknownFact]) -> Views:
    """Build what a request to create and one to change a price state in the same words."""
    unit_amount, custom = request.unit_amount, request.custom_unit_amount
    custom_amounts: list[CustomAmountView] = []
    if is_given(custom):
        amounts = {"minimum": custom.minimum, "maximum": custom.maximum, "preset": custom.preset}
        for index, (field, amount) in enumerate(amounts.items()):
            if amount is not None:
                custom_amounts.append(CustomAmountView(index=index, field=field, amount=amount))
    return {
        "unknown": unknown,
        "currency": build_stated_currency(request.currency, facts, unknown),
        "unit_amount": (UnitAmountView(index=0, place=("request", "unitAmount"), amount=unit_amount),)
        if is_given(unit_amount)
        else (),
        "custom_unit_amount": (CustomUnitAmountView(stated=custom),) if is_given(custom) else (),
        "custom_amount": custom_amounts,
        "metadata": build_metadata(request.metadata),
    }


def _build_saved(request: PriceCreate | PriceUpdate, kept: Price, *, one_kept: bool | None) -> SavedPriceView:
    """Build a price as it would be stored.

    Args:
        request: What is sent.
        kept: The stored price.
        one_kept: Whether two fields are judged of which one is sent; None where the stored price is not provided.
    """
    new = isinstance(request, PriceCreate)
    fields = {
        "type": request.type,
        "unitAmount": request.unit_amount,
        "recurring": request.recurring,
        "customUnitAmount": request.custom_unit_amount,
        "startDate": request.start_date,
        "expirationDate": request.expiration_date,
    }
    sent = frozenset(name for name, value in fields.items() if value is not UNSET and not (new and value is None))
    touched = frozenset(fields) if new else sent
    becomes = merged(request.type, kept.type) or DEFAULT_TYPE
    recurring = request.recurring if isinstance(request.recurring, Recurring) else None
    drops_terms = recurring is None and request.type is not UNSET and becomes != "RECURRING"
    return SavedPriceView(
        sent=sent,
        currency=merged(request.currency, kept.currency),
        type=becomes,
        unit_amount=merged(request.unit_amount, kept.unit_amount),
        recurring=kept.recurring if recurring is None and not drops_terms else recurring,
        custom_unit_amount=merged(request.custom_unit_amount, kept.custom_unit_amount),
        amount_judged=_judged(touched, "type", "unitAmount", one_kept=one_kept),
        recurring_judged=not drops_terms and _judged(touched, "type", "recurring", one_kept=one_kept),
        custom_judged=_judged(touched, "type", "customUnitAmount", one_kept=one_kept),
        dates_judged=_judged(touched, "startDate", "expirationDate", one_kept=one_kept),
        start_date=merged(request.start_date, kept.start_date),
        expiration_date=merged(request.expiration_date, kept.expiration_date),
        interval_count=None if recurring is None else recurring.interval_count,
        stock=merged(request.stock, None),
    )


def _judged(touched: frozenset[str], first: str, second: str, *, one_kept: bool | None) -> bool | None:
    if first in touched and second in touched:
        return True
    return one_kept if first in touched or second in touched else False


def _build_locked_fields(
    request: PriceUpdate, target: PriceView, facts: Facts, unknown: list[UnknownFact]
) -> list[LockedFieldView]:
    """Build the locked fields that a request changes; the same value in other words is no change.

    Args:
        request: The change.
        target: The price that is changed.
        facts: What the application knows.
        unknown: Where a count of the price's line items that is not provided is noted, if a field changes.
    """
    known = not (target.missing or target.unknown)
    stored, line_items = _locked_values(target.stored), _lines_using(target, facts)
    locked: list[LockedFieldView] = []
    for index, (field, value) in enumerate(_locked_values(request).items()):
        if value is not UNSET and not (known and value == stored[field]):
            locked.append(
                LockedFieldView(
                    index=index,
                    field=field,
                    price=target.id,
                    line_items=line_items,
                    stored_unknown=target.unknown,
                )
            )
    if locked and known and line_items is None:
        unknown.append(("usage.prices", target.id))
    return locked


def _lines_using(target: PriceView, facts: Facts) -> int | None:
    """Return how many lines a price stands in: none if it does not exist, whatever a stale count says."""
    return 0 if target.missing else facts.usage.prices.get(target.id)


def _locked_values(price: Price | PriceUpdate) -> dict[str, Any]:
    """Return the locked fields of a price, each in one spelling."""
    return {
        "currency": UNSET if isinstance(price.currency, Unset) else fold_currency(price.currency),
        "unitAmount": price.unit_amount,
        "type": price.type,
        "recurring": _terms(price.recurring),
    }


def _terms(recurring: Recurring | CatalogRecurring | Unset | None) -> Any:
    if recurring is None or isinstance(recurring, Unset):
        return recurring
    return recurring.interval, 1 if recurring.interval_count is None else recurring.interval_count
