"""A payment link that is made, changed or opened."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from attrs import define

from rules_engine.models import (
    Draft,
    Facts,
    LineItem,
    PaymentLink,
    PaymentLinkCreate,
    PaymentLinkLine,
    PaymentLinkOpen,
    PaymentLinkUpdate,
    Unset,
)
from rules_engine.models.currency import currency_valid_at, fold_currency
from rules_engine.path import Path
from rules_engine.views.branding import BrandingView, join_branding
from rules_engine.views.configuration import (
    ConfigurationView,
    EnabledMethodsView,
    join_configuration,
)
from rules_engine.views.currency import CurrencyView, supported_by_account
from rules_engine.views.custom_field import (
    CustomFieldListView,
    CustomFieldView,
)
from rules_engine.views.line_item import (
    LineItemView,
    LineListView,
    join_lines,
    line_currency,
    price_unknown,
)
from rules_engine.views.metadata import MetadataView, join_metadata
from rules_engine.views.price import REQUESTED_LINK_LINES, STORED_LINK_LINES, PriceView
from rules_engine.views.scope import Axis, Scope, view
from rules_engine.views.session import AfterCompletionView
from rules_engine.views.session_parts import DEFAULT_UI_MODE, join_after_completion, join_custom_fields
from rules_engine.views.target import TARGET_PLACE, target_id
from rules_engine.views.views import UnknownFact, Views

_FIRST_PRICE: Final[Path] = ("request", "lineItems", 0, "priceId")


@view
class PaymentLinkTargetView:
    """The payment link an operation acts on, by id.

    Attributes:
        missing: Whether it is known not to exist.
        unknown: Whether nobody looked it up.
    """

    missing: bool
    unknown: bool


@view
class PaymentLinkView:
    """A payment link that is made or changed, where the request states when it expires.

    Attributes:
        expires_at: Open until just before this instant.
    """

    expires_at: datetime


@view
class StoredLinkView:
    """The stored payment link that a buyer opens.

    Attributes:
        unknown: Whether nobody looked it up.
        active: False is switched off.
        expires_at: Open until just before this instant; None never expires, or nobody knows.
    """

    unknown: bool
    active: bool
    expires_at: datetime | None


@define(eq=False)
class PaymentLinkViews(Views):
    """The items of every scope of the operations of a payment link."""

    payment_link_target: Sequence[PaymentLinkTargetView] = ()
    stored_link: Sequence[StoredLinkView] = ()
    payment_link: Sequence[PaymentLinkView] = ()
    currency: Sequence[CurrencyView] = ()
    line_list: Sequence[LineListView] = ()
    line_item: Sequence[LineItemView] = ()
    price: Sequence[PriceView] | None = ()
    after_completion: Sequence[AfterCompletionView] = ()
    custom_field_list: Sequence[CustomFieldListView] = ()
    custom_field: Sequence[CustomFieldView] = ()
    metadata: Sequence[MetadataView] = ()
    branding: Sequence[BrandingView] = ()
    configuration: Sequence[ConfigurationView] = ()
    enabled_methods: Sequence[EnabledMethodsView] = ()


def join_payment_link_create(draft: Draft[PaymentLinkCreate]) -> PaymentLinkViews:
    """Join a new payment link with the facts; its currency is the one of its first line."""
    request, facts = draft.request, draft.facts
    unknown: list[UnknownFact] = []
    views = PaymentLinkViews(unknown)
    lines = _lines(request.line_items)
    code, nobody_looked = None, False
    if lines:
        code, nobody_looked = line_currency(lines[0], facts), price_unknown(request.line_items[0].price_id, facts)
        views.currency = (_first_currency(code, facts, unknown, nobody_looked=nobody_looked),)
    _join_lines(views, lines, facts, code, currency_unknown=nobody_looked)
    _join_parts(views, request, facts)
    return views


def join_payment_link_update(draft: Draft[PaymentLinkUpdate]) -> PaymentLinkViews:
    """Join a change of a payment link with the stored one and the facts; it keeps its currency."""
    request, facts = draft.request, draft.facts
    unknown: list[UnknownFact] = []
    target, link = _target(draft, unknown)
    views = PaymentLinkViews(unknown, payment_link_target=(target,))
    if not isinstance(request.line_items, Unset):
        code = None if link is None or link.currency is None else fold_currency(link.currency)
        if link is not None and code is None and request.line_items:
            unknown.append(("paymentLink.currency", link.id))
        _join_lines(
            views, _lines(request.line_items), facts, code, currency_unknown=code is None and not target.missing
        )
    _join_parts(views, request, facts)
    return views


def join_payment_link_open(draft: Draft[PaymentLinkOpen]) -> PaymentLinkViews:
    """Join a buyer's first step on a payment link with the stored one and the facts."""
    facts = draft.facts
    unknown: list[UnknownFact] = []
    target, link = _target(draft, unknown)
    stored = StoredLinkView(
        target.unknown,
        active=link is None or link.active,
        expires_at=None if link is None else link.expires_at,
    )
    views = PaymentLinkViews(unknown, payment_link_target=(target,), stored_link=(stored,))
    line_items = () if link is None else link.line_items
    if link is not None and line_items is None:
        unknown.append(("paymentLink.lineItems", link.id))
    if target.unknown or line_items is None:
        views.price = None
    else:
        # The wire refuses a line that names none; one that a host built asks for a price that cannot be looked up.
        ids = (line.price_id or "" if line.price is None else line.price.id for line in line_items)
        lines = [LineItem(line.quantity, price_id) for line, price_id in zip(line_items, ids, strict=True)]
        views.price = join_lines(
            lines, facts, None, DEFAULT_UI_MODE, unknown, currency_unknown=False, origin=STORED_LINK_LINES
        ).prices
    return views


def _target(draft: Draft[Any], unknown: list[UnknownFact]) -> tuple[PaymentLinkTargetView, PaymentLink | None]:
    facts, link_id = draft.facts, target_id(draft)
    link = facts.payment_link if facts.payment_link is not None and facts.payment_link.id == link_id else None
    missing = link is None and link_id in facts.missing.payment_links
    not_looked_up = link is None and not missing
    if not_looked_up:
        unknown.append(("paymentLink", link_id))
    return PaymentLinkTargetView(missing, not_looked_up), link


def _lines(lines: Sequence[PaymentLinkLine]) -> list[LineItem]:
    """Write the lines of a link as those of the session that it opens."""
    return [
        LineItem(
            line.quantity,
            line.price_id,
            adjustable_quantity=None if isinstance(line.adjustable_quantity, Unset) else line.adjustable_quantity,
        )
        for line in lines
    ]


def _first_currency(code: str | None, facts: Facts, unknown: list[UnknownFact], *, nobody_looked: bool) -> CurrencyView:
    """Tell the currency of a new link; a rate is locked when it is opened, so nobody asks for one before."""
    known_missing = code is None and not nobody_looked
    return CurrencyView(
        code,
        nobody_looked,
        stated=False,
        place=_FIRST_PRICE,
        recognised=code is not None and currency_valid_at(code, facts.now),
        supported=None if known_missing else supported_by_account(code, facts, unknown),
        rate_missing=False,
        rate_unknown=False,
    )


def _join_lines(
    views: PaymentLinkViews, lines: list[LineItem], facts: Facts, currency: str | None, *, currency_unknown: bool
) -> None:
    found = join_lines(
        lines,
        facts,
        currency,
        DEFAULT_UI_MODE,
        views.unknown,
        currency_unknown=currency_unknown,
        origin=REQUESTED_LINK_LINES,
    )
    views.line_item, views.price = found.lines, found.prices
    views.line_list = (
        LineListView(required=True, count=len(lines), subtotal=found.subtotal, subtotal_unknown=found.unknown),
    )


def _join_parts(views: PaymentLinkViews, request: PaymentLinkCreate | PaymentLinkUpdate, facts: Facts) -> None:
    """Join what a link states in the same words when it is made and when it is changed; null states nothing."""
    if request.expires_at is not None and not isinstance(request.expires_at, Unset):
        views.payment_link = (PaymentLinkView(request.expires_at),)
    if not isinstance(request.after_completion, Unset):
        views.after_completion = join_after_completion(request.after_completion, DEFAULT_UI_MODE)
    if request.custom_fields is not None and not isinstance(request.custom_fields, Unset):
        views.custom_field_list, views.custom_field = join_custom_fields(request.custom_fields)
    views.metadata = join_metadata(request.metadata)
    views.branding = join_branding(request.branding_settings)
    configuration_id = request.payment_method_configuration_id
    if configuration_id is not None and not isinstance(configuration_id, Unset):
        views.configuration, views.enabled_methods = join_configuration(configuration_id, facts, views.unknown)


def _target_place(_: PaymentLinkTargetView) -> Path:
    return TARGET_PLACE


def _request_place(_: PaymentLinkView) -> Path:
    return ("request",)


def _stored_place(_: StoredLinkView) -> Path:
    return ("facts", "paymentLink")


PAYMENT_LINK_TARGET = Scope("payment_link_target", PaymentLinkTargetView, Axis.ROOT, _target_place, fields="id")
PAYMENT_LINK = Scope("payment_link", PaymentLinkView, Axis.ROOT, _request_place, fields="")
STORED_LINK = Scope("stored_link", StoredLinkView, Axis.ROOT, _stored_place, fields=None)
