"""What the operations of a session read: a new session, a changed one, and what happens to a stored one."""

from collections.abc import Sequence
from typing import Final

from rules_engine.models import (
    UNSET,
    Draft,
    Facts,
    LineItem,
    SessionApplyPromotionCode,
    SessionConfirm,
    SessionCreate,
    SessionExpire,
    SessionUpdate,
    Unset,
    customer_of,
    fold_currency,
    is_given,
    merged,
)
from rules_engine.path import Path
from rules_engine.views.basket import Basket, Touched, line_products
from rules_engine.views.configuration import FOLLOWED, build_configuration, build_followed_methods
from rules_engine.views.currency import STATED_CURRENCY, CurrencyView, build_currency
from rules_engine.views.discount import (
    NO_DISCOUNTS,
    Discounts,
    EntryView,
    build_discounts,
    build_entered_code,
    build_kept_discounts,
    build_paid_discounts,
)
from rules_engine.views.line_item import (
    NO_LINES,
    STORED_LINES,
    LineItems,
    LineListView,
    PriceView,
    build_lines,
    first_currency,
)
from rules_engine.views.payment_method import (
    STATED_TYPES,
    build_chosen_method,
    build_method_types,
    build_paying_type,
    build_payment_intent,
    build_payment_method,
    build_session_methods,
    offered_types,
)
from rules_engine.views.scope import constructor
from rules_engine.views.session import DEFAULT_UI_MODE, SessionView, build_customer, build_parts
from rules_engine.views.stored_session import (
    PaidLinesView,
    PatchView,
    StoredSessionView,
    build_basket,
    build_client_secret,
    build_stored_session,
    note_amount,
    note_currency,
    note_lines,
)
from rules_engine.views.views import UnknownFact, Views

_CATALOGUE_CURRENCY: Final[Path] = ("request", "lineItems", 0, "price")
_INLINE_CURRENCY: Final[Path] = ("request", "lineItems", 0, "priceData", "currency")
_DEFAULT_CURRENCY: Final[Path] = ("facts", "merchant", "defaultCurrency")

_basket = constructor(Basket)
_line_list_view = constructor(LineListView)
_session_view = constructor(SessionView)


def build_session_create(draft: Draft[SessionCreate]) -> Views:
    """Build what rules read of a new session."""
    request, facts = draft.request, draft.facts
    unknown: list[UnknownFact] = []
    currency = _build_currency(request, facts, unknown)
    ui_mode = request.ui_mode or DEFAULT_UI_MODE
    stated = request.line_items
    lines, discounts = NO_LINES, NO_DISCOUNTS
    if stated:
        lines = build_lines(stated, facts, currency.code, ui_mode, unknown, currency_unknown=currency.unknown)
    if request.discounts:
        products, products_unknown = line_products(lines)
        basket = _basket(
            facts=facts,
            unknown=unknown,
            currency=currency.code,
            subtotal=lines.subtotal,
            amount_unknown=lines.unknown or currency.unknown,
            products=products,
            lines_unknown=lines.unknown,
            products_unknown=products_unknown,
            customer_id=request.customer_id,
        )
        discounts = build_discounts(request.discounts, basket)
    count = None if stated is None else len(stated)
    session = _session_view(
        request=request,
        ui_mode=ui_mode,
        line_count=count,
        subtotal=lines.subtotal,
        subtotal_unknown=lines.unknown,
        customer_id=request.customer_id,
        details_sent=request.customer_details is not None,
        always_create=request.customer_creation == "always",
        updates_customer=request.customer_update is not None,
        methods_sent=request.payment_method_types is not None,
        configuration_sent=request.payment_method_configuration_id is not None,
        submit_type_sent=request.submit_type is not None,
        cancel_url_sent=request.cancel_url is not None,
        discount_count=0 if request.discounts is None else len(request.discounts),
        expires_after=request.expires_after_minutes,
    )
    line_list = _line_list_view(
        required=request.mode != "setup", count=count, subtotal=lines.subtotal, subtotal_unknown=lines.unknown
    )
    views = _build_stated(
        request, facts, ui_mode, lines, unknown, currency=currency.code, currency_unknown=currency.unknown
    )
    views["currency"] = (currency,)
    views["session"] = (session,)
    views["line_list"] = (line_list,)
    views["discount"] = discounts.stated
    views["promotion_code"] = discounts.promotion_codes
    views["coupon"] = discounts.coupons
    return views


def _build_stated(
    request: SessionCreate | SessionUpdate,
    facts: Facts,
    ui_mode: str | None,
    lines: LineItems,
    unknown: list[UnknownFact],
    *,
    currency: str | None,
    currency_unknown: bool,
) -> Views:
    """Build what a request to create and one to change a session state in the same words."""
    # What is unknown is listed in the order of these calls.
    customer = build_customer(request.customer_id, facts, unknown)
    method_types = build_method_types(STATED_TYPES, request.payment_method_types, facts, unknown)
    configuration = build_configuration(request.payment_method_configuration_id, facts, unknown)
    place, types = STATED_TYPES, merged(request.payment_method_types, None) or ()
    if not types and configuration and configuration[0].stored is not None:
        place, types = FOLLOWED, configuration[0].stored.enabled_methods
    session_methods = build_session_methods(place, types, currency, facts, unknown, currency_unknown=currency_unknown)
    after_completion, field_list, custom_fields, metadata, branding, fees = build_parts(request, ui_mode)
    return {
        "unknown": unknown,
        "line_item": lines.lines,
        "price": lines.prices,
        "inline_price": lines.inline_prices,
        "unit_amount": lines.unit_amounts,
        "customer": customer,
        "after_completion": after_completion,
        "custom_field_list": field_list,
        "custom_field": custom_fields,
        "metadata": metadata,
        "branding": branding,
        "fee_config": fees,
        "method_types": method_types,
        "session_methods": session_methods,
        "configuration": configuration,
        "enabled_methods": build_followed_methods(configuration),
    }


def _build_currency(request: SessionCreate, facts: Facts, unknown: list[UnknownFact]) -> CurrencyView:
    """Build the currency of a new session: what is stated, else the first line's, else the account's default."""
    merchant = facts.merchant
    code: str | None = None
    place = STATED_CURRENCY
    code_unknown = False
    if request.currency is not None:
        code = fold_currency(request.currency)
    elif request.line_items:
        code, code_unknown = first_currency(request.line_items, facts)
        place = _CATALOGUE_CURRENCY if request.line_items[0].price_data is None else _INLINE_CURRENCY
    else:
        place = _DEFAULT_CURRENCY
        if merchant is not None and merchant.default_currency is not None:
            code = fold_currency(merchant.default_currency)
        else:
            code_unknown = True
            unknown.append(("merchant", None) if merchant is None else ("merchant.defaultCurrency", None))
    stated = request.currency is not None
    return build_currency(
        code, facts, unknown, purpose="checkout", place=place, stated=stated, code_unknown=code_unknown
    )


def build_session_update(draft: Draft[SessionUpdate]) -> Views:
    """Build what rules read of a changed session: the merged object, in the parts that the request touches."""
    request, facts = draft.request, draft.facts
    unknown: list[UnknownFact] = []
    stored = build_stored_session(draft, unknown)
    session = stored.session
    # A session that does not exist is not shown in any way; with the default, no rule is violated because of it.
    ui_mode = None if stored.unknown else DEFAULT_UI_MODE if session is None else session.ui_mode
    stated = request.line_items
    lines = NO_LINES
    if is_given(stated):
        note_currency(stored, unknown)
        lines = build_lines(stated, facts, stored.currency, ui_mode, unknown, currency_unknown=stored.currency_unknown)
    customer_id = merged(request.customer_id, customer_of(session))
    discounts = _build_changed_discounts(request, stored, lines if is_given(stated) else None, customer_id, unknown)
    views = _build_stated(
        request, facts, ui_mode, lines, unknown, currency=stored.currency, currency_unknown=stored.currency_unknown
    )
    if views["session_methods"]:
        note_currency(stored, unknown)
    views["target"] = (stored,)
    views["stored_session"] = (stored,)
    views["session"] = (_build_changed_session(request, stored, ui_mode, lines, customer_id),)
    views["line_list"] = _build_changed_lines(request, stored, lines)
    views["patch"] = (_build_patch(request),)
    views["discount"] = () if discounts is None else discounts.stated
    views["promotion_code"] = None if discounts is None else discounts.promotion_codes
    views["coupon"] = None if discounts is None else discounts.coupons
    return views


def _build_changed_discounts(
    request: SessionUpdate,
    stored: StoredSessionView,
    lines: LineItems | None,
    customer_id: str | None,
    unknown: list[UnknownFact],
) -> Discounts | None:
    """Build the discounts that the update sets; else those it keeps, on the sides that it touches.

    Returns:
        The discounts; None where it keeps those of a session that is not provided.
    """
    session = stored.session
    touched = Touched(whole=False, amount=lines is not None, customer=request.customer_id is not UNSET)
    keeps = request.discounts is UNSET and (touched.amount or touched.customer)
    if keeps and stored.unknown:
        return None
    kept = session.discounts if keeps and session is not None else ()
    if not kept and not is_given(request.discounts):
        return NO_DISCOUNTS
    customer_unknown = stored.unknown and request.customer_id is UNSET
    basket = build_basket(stored, lines, customer_id, unknown, customer_unknown=customer_unknown)
    if lines is None:
        note_amount(stored, unknown)
    if is_given(request.discounts):
        return build_discounts(request.discounts, basket)
    return build_kept_discounts(kept, touched, basket)


def _build_changed_session(
    request: SessionUpdate, stored: StoredSessionView, ui_mode: str | None, lines: LineItems, customer_id: str | None
) -> SessionView:
    return _session_view(
        request=request,
        ui_mode=ui_mode,
        line_count=len(request.line_items) if is_given(request.line_items) else None,
        subtotal=lines.subtotal,
        subtotal_unknown=lines.unknown,
        customer_id=customer_id,
        details_sent=is_given(request.customer_details),
        always_create=_always_creates(request, stored),
        updates_customer=_updates_customer(request, stored),
        methods_sent=is_given(request.payment_method_types),
        configuration_sent=is_given(request.payment_method_configuration_id),
        submit_type_sent=is_given(request.submit_type),
        cancel_url_sent=is_given(request.cancel_url),
        discount_count=len(request.discounts) if is_given(request.discounts) else 0,
        expires_after=merged(request.expires_after_minutes, None),
        stored_customer_unknown=stored.unknown and request.customer_id is UNSET,
    )


def _build_changed_lines(
    request: SessionUpdate, stored: StoredSessionView, lines: LineItems
) -> tuple[LineListView, ...]:
    """Build the lines as a whole, where the update touches them; it must leave some unless the session is a setup."""
    if isinstance(request.line_items, Unset):
        return ()
    required = None if stored.unknown else stored.session is not None and stored.session.mode != "setup"
    count = None if request.line_items is None else len(request.line_items)
    return (LineListView(required=required, count=count, subtotal=lines.subtotal, subtotal_unknown=lines.unknown),)


def _always_creates(request: SessionUpdate, stored: StoredSessionView) -> bool | None:
    """Return whether a customer would always be created, where the update touches the customer or states it."""
    if not isinstance(request.customer_creation, Unset):
        return request.customer_creation == "always"
    if request.customer_id is UNSET:
        return False
    return None if stored.unknown else stored.session is not None and stored.session.customer_creation == "always"


def _updates_customer(request: SessionUpdate, stored: StoredSessionView) -> bool | None:
    """Return whether a customer would be overwritten, where the update touches the customer or states it."""
    if request.customer_update is not UNSET:
        # Whether a session that does not exist has a customer to update is no question.
        return request.customer_update is not None and not (stored.missing and request.customer_id is UNSET)
    if request.customer_id is UNSET:
        return False
    if stored.session is None:
        return None if stored.unknown else False
    update = stored.session.customer_update
    return update is not None and "auto" in (update.address, update.name, update.shipping)


def _build_patch(request: SessionUpdate) -> PatchView:
    return PatchView(
        mode=request.mode is not UNSET,
        ui_mode=request.ui_mode is not UNSET,
        submit_type=request.submit_type is not UNSET,
        currency=request.currency is not UNSET,
        expires_after_minutes=request.expires_after_minutes is not UNSET,
    )


def build_session_confirm(draft: Draft[SessionConfirm]) -> Views:
    """Build what rules read of a payment: how it is made, and the stored session with its prices and discounts."""
    request, facts = draft.request, draft.facts
    unknown: list[UnknownFact] = []
    stored = build_stored_session(draft, unknown)
    reads_types = request.payment_method is not None or request.payment_method_type is not None
    offered = offered_types(stored, unknown) if reads_types else None
    session, discounts = stored.session, NO_DISCOUNTS
    if session is not None and session.discounts:
        discounts = build_paid_discounts(session, facts, unknown)
    methods = build_payment_method(request.payment_method, stored, offered, unknown)
    return {
        "unknown": unknown,
        "target": (stored,),
        "stored_session": (stored,),
        "client_secret": build_client_secret(request.client_secret, stored, unknown),
        "price": _build_stored_prices(stored, unknown),
        "paid_lines": _build_paid_lines(stored),
        "promotion_code": None if stored.unknown else discounts.promotion_codes,
        "coupon": None if stored.unknown else discounts.coupons,
        "payment_method": methods,
        "chosen_method": build_chosen_method(request.payment_method_type, stored, offered),
        "paying_type": build_paying_type(request.payment_method_type, methods, stored, unknown),
        "payment_intent": build_payment_intent(request.payment_intent_id, stored, facts, unknown),
    }


def _build_paid_lines(stored: StoredSessionView) -> tuple[PaidLinesView, ...] | None:
    """Build the lines that are paid, where there are any; None where the session is not provided."""
    if stored.unknown:
        return None
    lines = stored.lines
    if lines is None:
        return (PaidLinesView(quantity=None),)
    return (PaidLinesView(quantity=sum([line.quantity for line in lines])),) if lines else ()


def _build_stored_prices(stored: StoredSessionView, unknown: list[UnknownFact]) -> Sequence[PriceView] | None:
    """Build the prices of a stored session; one that is not in the catalogue was written into its line."""
    note_lines(stored, unknown)
    if stored.unknown or stored.lines is None:
        return None
    ui_mode = None if stored.session is None else stored.session.ui_mode
    lines = [LineItem(line.quantity, line.price.id) for line in stored.lines]
    return build_lines(lines, stored.facts, None, ui_mode, unknown, currency_unknown=False, origin=STORED_LINES).prices


def build_session_expire(draft: Draft[SessionExpire]) -> Views:
    """Build what rules read of the end of a session."""
    unknown: list[UnknownFact] = []
    stored = build_stored_session(draft, unknown)
    return {"unknown": unknown, "target": (stored,), "stored_session": (stored,)}


def build_session_apply_promotion_code(draft: Draft[SessionApplyPromotionCode]) -> Views:
    """Build what rules read of a promotion code that a buyer enters."""
    request = draft.request
    unknown: list[UnknownFact] = []
    stored = build_stored_session(draft, unknown)
    session = stored.session
    note_amount(stored, unknown)
    customer_id = customer_of(session)
    basket = build_basket(stored, None, customer_id, unknown, customer_unknown=stored.unknown)
    discounts, entered = build_entered_code(request.promotion_code, basket)
    count: int | None = None
    if session is not None and entered is not None:
        # A code that the session carries already takes its own place, not a second one.
        count = 1 + sum([discount.promotion_code_id != entered.id for discount in session.discounts])
    entry = EntryView(
        allowed=None if session is None else session.allow_promotion_codes,
        discount_count=count,
        session_unknown=stored.unknown,
        code_unknown=session is not None and bool(session.discounts) and discounts.promotion_codes[0].unknown,
    )
    return {
        "unknown": unknown,
        "target": (stored,),
        "stored_session": (stored,),
        "client_secret": build_client_secret(request.client_secret, stored, unknown),
        "entry": (entry,),
        "promotion_code": discounts.promotion_codes,
        "coupon": discounts.coupons,
    }
