"""What a price that is used keeps: itself, and the fields that are locked."""

from collections.abc import Iterator
from typing import Any

from rules_engine.models import UNSET, CatalogRecurring, Facts, Price, PriceUpdate, Recurring, Unset
from rules_engine.models.currency import fold_currency
from rules_engine.views.line_item import PriceView
from rules_engine.views.scope import Attribute, Axis, scope, view
from rules_engine.views.views import UnknownFact


@scope(("request", Attribute("field")), axis=Axis.LOCKED_FIELD, fields=("currency", "unitAmount", "type", "recurring"))
@view
class LockedFieldView:
    """A field that is locked while its price is used, and that the request changes.

    Attributes:
        index: Its index among the locked ones.
        field: The API's name of it.
        price: The id of the price.
        line_items: How many line items the price stands in; 0 where nobody knows, or where nothing may change.
        unknown: Whether nobody looked up what it takes to tell.
    """

    index: int
    field: str
    price: str
    line_items: int
    unknown: bool


@scope(("target", "id"))
@view
class PriceUseView:
    """The use of a price that is deleted.

    Attributes:
        price: The id of the price.
        line_items: How many line items it stands in; 0 where nobody knows.
        unknown: Whether nobody counted them.
    """

    price: str
    line_items: int
    unknown: bool


def build_price_use(target: PriceView, facts: Facts, unknown: list[UnknownFact]) -> PriceUseView:
    """Tell how many line items a price stands in that is deleted.

    Args:
        target: The price.
        facts: What the host knows.
        unknown: Where it is noted that nobody counted them.
    """
    line_items = _lines_using(target, facts)
    if line_items is None:
        unknown.append(("usage.prices", target.id))
    return PriceUseView(target.id, line_items or 0, line_items is None)


def build_locked_fields(
    request: PriceUpdate, target: PriceView, facts: Facts, unknown: list[UnknownFact]
) -> list[LockedFieldView]:
    """Tell which locked fields a request changes; the same value in other words is no change.

    Args:
        request: The change.
        target: The price that is changed.
        facts: What the host knows.
        unknown: Where it is noted that nobody counted what uses the price; asked only where a field changes.
    """
    stored, line_items = facts.prices.get(target.id), _lines_using(target, facts)
    before = None if stored is None else dict(_locked_values(stored))
    changes = [
        (index, field)
        for index, (field, value) in enumerate(_locked_values(request))
        if value is not UNSET and (before is None or value != before[field])
    ]
    if changes and before is not None and line_items is None:
        unknown.append(("usage.prices", target.id))
    untold = line_items is None or (before is None and line_items > 0)
    known = 0 if before is None or line_items is None else line_items
    return [LockedFieldView(index, field, target.id, known, untold) for index, field in changes]


def _lines_using(target: PriceView, facts: Facts) -> int | None:
    """Tell how many lines a price stands in: none if it is not there, whatever a stale count says."""
    return 0 if target.missing else facts.usage.prices.get(target.id)


def _locked_values(price: Price | PriceUpdate) -> Iterator[tuple[str, Any]]:
    """List the locked fields of a price, each in one spelling."""
    yield "currency", fold_currency(price.currency) if isinstance(price.currency, str) else price.currency
    yield "unitAmount", price.unit_amount
    yield "type", price.type
    yield "recurring", _terms(price.recurring)


def _terms(recurring: Recurring | CatalogRecurring | Unset | None) -> Any:
    if recurring is None or isinstance(recurring, Unset):
        return recurring
    return recurring.interval, 1 if recurring.interval_count is None else recurring.interval_count
