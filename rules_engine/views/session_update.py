"""A changed session, views with the stored one and the facts: the merged object, in the parts that are touched."""

from typing import TypeGuard, TypeVar

import attrs

from rules_engine.models import UNSET, Draft, SessionUpdate, Unset
from rules_engine.views.basket import Basket, Touched, distinct
from rules_engine.views.branding import join_branding
from rules_engine.views.configuration import join_configuration
from rules_engine.views.customer import join_customer
from rules_engine.views.discount import join_discounts, keep_discounts
from rules_engine.views.line_item import NO_LINES, LineItems, LineListView, join_lines
from rules_engine.views.metadata import join_metadata
from rules_engine.views.payment_method import STATED_TYPES, join_method_types
from rules_engine.views.session import PatchView, SessionView
from rules_engine.views.session_parts import (
    DEFAULT_UI_MODE,
    join_after_completion,
    join_custom_fields,
)
from rules_engine.views.session_views import SessionViews
from rules_engine.views.stored_session import StoredSession
from rules_engine.views.views import UnknownFact

V = TypeVar("V")


def join_session_update(draft: Draft[SessionUpdate]) -> SessionViews:
    """Join a changed session with the stored one and the facts."""
    request, facts = draft.request, draft.facts
    unknown: list[UnknownFact] = []
    views = SessionViews(unknown)
    stored = StoredSession(draft, unknown)
    session = stored.session
    # A session that does not exist has no way to be shown; the default lets no rule speak of it.
    ui_mode = None if stored.unknown else DEFAULT_UI_MODE if session is None else session.ui_mode
    lines = NO_LINES
    if _given(request.line_items):
        stored.note_currency(unknown)
        lines = join_lines(
            request.line_items, facts, stored.currency, ui_mode, unknown, currency_unknown=stored.currency_unknown
        )
        views.line_item, views.price = lines.lines, lines.prices
        views.inline_price, views.unit_amount = lines.inline_prices, lines.unit_amounts
    customer_id = _merged(request.customer_id, None if session is None else session.customer_id)
    _join_discounts(views, request, stored, lines, customer_id)
    views.target = stored.target_views()
    views.stored_session = stored.stored_views()
    views.customer = join_customer(request.customer_id, facts, unknown)
    views.session = (_session(request, stored, ui_mode, lines, customer_id=customer_id),)
    views.line_list = _line_list(request, stored, lines)
    views.metadata = join_metadata(request.metadata)
    views.patch = (_patch(request),)
    if _given(request.after_completion):
        views.after_completion = join_after_completion(request.after_completion, ui_mode)
    views.branding = join_branding(request.branding_settings)
    if _given(request.custom_fields):
        views.custom_field_list, views.custom_field = join_custom_fields(request.custom_fields)
    if _given(request.payment_method_types):
        views.method_types = join_method_types(STATED_TYPES, request.payment_method_types, facts, unknown)
    if _given(request.payment_method_configuration_id):
        views.configuration, views.enabled_methods = join_configuration(
            request.payment_method_configuration_id, facts, unknown
        )
    return views


def _given(value: V | Unset | None) -> TypeGuard[V]:
    """Tell whether a request states a value: neither absent nor null."""
    return value is not None and value is not UNSET


def _merged(sent: V | Unset | None, stored: V | None) -> V | None:
    return stored if isinstance(sent, Unset) else sent


def _join_discounts(
    views: SessionViews, request: SessionUpdate, stored: StoredSession, lines: LineItems, customer_id: str | None
) -> None:
    """Join the discounts that the update sets; else those it keeps, on the sides that it touches."""
    touched = Touched(whole=False, amount=_given(request.line_items), customer=request.customer_id is not UNSET)
    keeps = request.discounts is UNSET and (touched.amount or touched.customer)
    if keeps and stored.unknown:
        views.promotion_code = views.coupon = None
        return
    kept = stored.session.discounts if keeps and stored.session is not None else ()
    if not kept and not _given(request.discounts):
        return
    basket = _basket(request, stored, lines, customer_id, views.unknown)
    found = (
        join_discounts(request.discounts, basket)
        if _given(request.discounts)
        else keep_discounts(kept, touched, basket)
    )
    views.discount, views.promotion_code, views.coupon = found.stated, found.promotion_codes, found.coupons


def _basket(
    request: SessionUpdate, stored: StoredSession, lines: LineItems, customer_id: str | None, unknown: list[UnknownFact]
) -> Basket:
    basket = stored.basket(unknown)
    if _given(request.line_items):
        basket = attrs.evolve(
            basket,
            subtotal=lines.subtotal,
            amount_unknown=stored.currency_unknown or lines.unknown,
            products=distinct(lines.products),
            prices_unknown=None,
            lines_unknown=False,
        )
    else:
        stored.note_subtotal(unknown)
        stored.note_lines(unknown)
    return attrs.evolve(
        basket,
        customer_id=customer_id,
        customer_unknown=stored.unknown and request.customer_id is UNSET,
    )


def _session(
    request: SessionUpdate,
    stored: StoredSession,
    ui_mode: str | None,
    lines: LineItems,
    *,
    customer_id: str | None,
) -> SessionView:
    minutes = request.expires_after_minutes
    return SessionView(
        request,
        ui_mode,
        line_count=len(request.line_items) if _given(request.line_items) else None,
        subtotal=lines.subtotal,
        subtotal_unknown=lines.unknown,
        customer_id=customer_id,
        details_sent=_given(request.customer_details),
        always_create=_always_creates(request, stored),
        updates_customer=_updates_customer(request, stored),
        methods_sent=_given(request.payment_method_types),
        configuration_sent=_given(request.payment_method_configuration_id),
        submit_type_sent=_given(request.submit_type),
        name_collection=request.name_collection is True,
        billing_address_collection=request.billing_address_collection is True,
        shipping_address_collection=request.shipping_address_collection is True,
        phone_number_collection=request.phone_number_collection is True,
        cancel_url_sent=_given(request.cancel_url),
        discount_count=len(request.discounts) if _given(request.discounts) else 0,
        expires_after=None if isinstance(minutes, Unset) else minutes,
        stored_customer_unknown=stored.unknown and request.customer_id is UNSET,
    )


def _line_list(request: SessionUpdate, stored: StoredSession, lines: LineItems) -> tuple[LineListView, ...]:
    """Take the lines together, where the update touches them; it must leave some where the session is paid for."""
    if isinstance(request.line_items, Unset):
        return ()
    required = None if stored.unknown else stored.session is not None and stored.session.mode != "setup"
    count = None if request.line_items is None else len(request.line_items)
    return (LineListView(required, count, lines.subtotal, lines.unknown),)


def _always_creates(request: SessionUpdate, stored: StoredSession) -> bool | None:
    """Tell whether a customer would always be created, where the update touches the customer or says so itself."""
    if not isinstance(request.customer_creation, Unset):
        return request.customer_creation == "always"
    if request.customer_id is UNSET:
        return False
    return None if stored.unknown else stored.session is not None and stored.session.customer_creation == "always"


def _updates_customer(request: SessionUpdate, stored: StoredSession) -> bool | None:
    """Tell whether a customer would be overwritten, where the update touches the customer or says so itself."""
    if request.customer_update is not UNSET:
        # Of a session that does not exist, nobody can say whether it has a customer to update.
        return request.customer_update is not None and not (stored.missing and request.customer_id is UNSET)
    if request.customer_id is UNSET:
        return False
    if stored.session is None:
        return None if stored.unknown else False
    update = stored.session.customer_update
    return update is not None and "auto" in (update.address, update.name, update.shipping)


def _patch(request: SessionUpdate) -> PatchView:
    return PatchView(
        mode=request.mode is not UNSET,
        ui_mode=request.ui_mode is not UNSET,
        submit_type=request.submit_type is not UNSET,
        currency=request.currency is not UNSET,
        expires_after_minutes=request.expires_after_minutes is not UNSET,
    )
