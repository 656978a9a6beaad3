"""A payment link that is made, changed or opened."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from rules_engine.models import (
    UNSET,
    Draft,
    Facts,
    LineItem,
    PaymentLink,
    PaymentLinkCreate,
    PaymentLinkLine,
    PaymentLinkOpen,
    PaymentLinkUpdate,
    is_given,
    merged,
)
from rules_engine.models.currency import fold_currency
from rules_engine.path import Path
from rules_engine.views.configuration import build_configuration, build_followed_methods
from rules_engine.views.currency import CurrencyView, build_currency
from rules_engine.views.line_item import (
    NO_LINES,
    REQUESTED_LINK_LINES,
    STORED_LINK_LINES,
    LineItems,
    LineListView,
    PriceView,
    build_lines,
    first_currency,
)
from rules_engine.views.scope import Reference, scope, view
from rules_engine.views.session import DEFAULT_UI_MODE, build_parts
from rules_engine.views.views import UnknownFact, Views, look_up, target_id

_FIRST_PRICE: Final[Path] = ("request", "lineItems", 0, "priceId")


@scope(("target", "id"))
@view
class PaymentLinkTargetView(Reference):
    """The payment link an operation acts on, by id."""


@scope(("request",))
@view
class PaymentLinkView:
    """A payment link that is made or changed, where the request states when it expires.

    Attributes:
        expires_at: Open until just before this instant.
    """

    expires_at: datetime


@scope(("facts", "paymentLink"))
@view
class StoredLinkView(PaymentLinkTargetView):
    """The stored payment link that a buyer opens.

    Attributes:
        stored: The link; one with nothing wrong, and no line, where it does not exist or is unknown.
    """

    stored: PaymentLink


def build_payment_link_create(draft: Draft[PaymentLinkCreate]) -> Views:
    """Build what rules read of a new payment link; its currency is the one of its first line."""
    request, facts = draft.request, draft.facts
    unknown: list[UnknownFact] = []
    currency: tuple[CurrencyView, ...] = ()
    code, code_unknown = None, False
    lines = _lines(request.line_items)
    if lines:
        code, code_unknown = first_currency(lines, facts)
        # A rate is locked when the link is opened, so none is required before.
        currency = (build_currency(code, facts, unknown, place=_FIRST_PRICE, stated=False, code_unknown=code_unknown),)
    found = build_lines(
        lines, facts, code, DEFAULT_UI_MODE, unknown, currency_unknown=code_unknown, origin=REQUESTED_LINK_LINES
    )
    views = _build_stated(request, facts, found, unknown)
    views["currency"] = currency
    views["line_list"] = (_build_line_list(lines, found),)
    return views


def build_payment_link_update(draft: Draft[PaymentLinkUpdate]) -> Views:
    """Build what rules read of a changed payment link; it keeps its currency."""
    request, facts = draft.request, draft.facts
    unknown: list[UnknownFact] = []
    target = _build_target(draft, unknown)
    found = NO_LINES
    line_list: tuple[LineListView, ...] = ()
    if request.line_items is not UNSET:
        link = target.stored
        code = None if link.currency is None else fold_currency(link.currency)
        if code is None and request.line_items and not target.missing and not target.unknown:
            unknown.append(("paymentLink.currency", link.id))
        lines = _lines(request.line_items)
        code_unknown = code is None and not target.missing
        found = build_lines(
            lines, facts, code, DEFAULT_UI_MODE, unknown, currency_unknown=code_unknown, origin=REQUESTED_LINK_LINES
        )
        line_list = (_build_line_list(lines, found),)
    views = _build_stated(request, facts, found, unknown)
    views["payment_link_target"] = (target,)
    views["line_list"] = line_list
    return views


def _build_stated(
    request: PaymentLinkCreate | PaymentLinkUpdate, facts: Facts, lines: LineItems, unknown: list[UnknownFact]
) -> Views:
    """Build what a request to create and one to change a payment link state in the same words."""
    after_completion, field_list, custom_fields, metadata, branding, fees = build_parts(request, DEFAULT_UI_MODE)
    configuration = build_configuration(request.payment_method_configuration_id, facts, unknown)
    expires_at = request.expires_at
    return {
        "unknown": unknown,
        "line_item": lines.lines,
        "price": lines.prices,
        "payment_link": (PaymentLinkView(expires_at=expires_at),) if is_given(expires_at) else (),
        "after_completion": after_completion,
        "custom_field_list": field_list,
        "custom_field": custom_fields,
        "metadata": metadata,
        "branding": branding,
        "fee_config": fees,
        "configuration": configuration,
        "enabled_methods": build_followed_methods(configuration),
    }


def build_payment_link_open(draft: Draft[PaymentLinkOpen]) -> Views:
    """Build what rules read of a payment link that a buyer opens."""
    facts = draft.facts
    unknown: list[UnknownFact] = []
    target = _build_target(draft, unknown)
    prices: Sequence[PriceView] | None = None
    line_items = target.stored.line_items
    if line_items is None:
        unknown.append(("paymentLink.lineItems", target.stored.id))
    elif not target.unknown:
        # The wire refuses a line that names none; one that an application built requires a price that cannot be found.
        lines = [
            LineItem(line.quantity, line.price_id or "" if line.price is None else line.price.id) for line in line_items
        ]
        prices = build_lines(
            lines, facts, None, DEFAULT_UI_MODE, unknown, currency_unknown=False, origin=STORED_LINK_LINES
        ).prices
    return {"unknown": unknown, "payment_link_target": (target,), "stored_link": (target,), "price": prices}


def _build_target(draft: Draft[Any], unknown: list[UnknownFact]) -> StoredLinkView:
    known = draft.facts.payment_link
    by_id = {} if known is None else {known.id: known}
    missing_links = draft.facts.missing.payment_links
    link, missing, not_provided = look_up(target_id(draft), by_id, missing_links, "paymentLink", unknown)
    return StoredLinkView(missing=missing, unknown=not_provided, stored=link or PaymentLink(id="", line_items=()))


def _lines(lines: Sequence[PaymentLinkLine]) -> list[LineItem]:
    """Return the lines of a link as those of the session that it opens."""
    return [
        LineItem(line.quantity, line.price_id, adjustable_quantity=merged(line.adjustable_quantity, None))
        for line in lines
    ]


def _build_line_list(lines: Sequence[LineItem], found: LineItems) -> LineListView:
    return LineListView(required=True, count=len(lines), subtotal=found.subtotal, subtotal_unknown=found.unknown)
