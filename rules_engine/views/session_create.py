"""A new session, views with the facts."""

from typing import Final

from rules_engine.models import Draft, Facts, SessionCreate
from rules_engine.models.currency import currency_valid_at, fold_currency
from rules_engine.path import Path
from rules_engine.views.basket import Basket, distinct
from rules_engine.views.branding import join_branding
from rules_engine.views.configuration import join_configuration
from rules_engine.views.currency import (
    STATED_CURRENCY,
    Absent,
    CurrencyView,
    exchange_rate,
    supported_by_account,
)
from rules_engine.views.customer import join_customer
from rules_engine.views.discount import join_discounts
from rules_engine.views.line_item import (
    NO_LINES,
    LineItems,
    LineListView,
    join_lines,
    line_currency,
    price_unknown,
)
from rules_engine.views.metadata import join_metadata
from rules_engine.views.payment_method import STATED_TYPES, join_method_types
from rules_engine.views.session import SessionView
from rules_engine.views.session_parts import (
    DEFAULT_UI_MODE,
    join_after_completion,
    join_custom_fields,
)
from rules_engine.views.session_views import SessionViews
from rules_engine.views.views import UnknownFact

_CATALOGUE_CURRENCY: Final[Path] = ("request", "lineItems", 0, "price")
_INLINE_CURRENCY: Final[Path] = ("request", "lineItems", 0, "priceData", "currency")
_DEFAULT_CURRENCY: Final[Path] = ("facts", "merchant", "defaultCurrency")


def join_session_create(draft: Draft[SessionCreate]) -> SessionViews:
    """Join a new session with the facts."""
    request, facts = draft.request, draft.facts
    unknown: list[UnknownFact] = []
    views = SessionViews(unknown)
    currency, currency_unknown = _join_currency(views, request, facts, unknown)
    ui_mode = request.ui_mode or DEFAULT_UI_MODE
    lines = NO_LINES
    if request.line_items:
        lines = join_lines(request.line_items, facts, currency, ui_mode, unknown, currency_unknown=currency_unknown)
        views.line_item, views.price = lines.lines, lines.prices
        views.inline_price, views.unit_amount = lines.inline_prices, lines.unit_amounts
    if request.discounts:
        amount_unknown = lines.unknown or currency_unknown
        products = distinct(lines.products)
        basket = Basket(facts, unknown, currency, lines.subtotal, amount_unknown, products, request.customer_id)
        found = join_discounts(request.discounts, basket)
        views.discount, views.promotion_code, views.coupon = found.stated, found.promotion_codes, found.coupons
    if request.customer_id is not None:
        views.customer = join_customer(request.customer_id, facts, unknown)
    _join_session(views, request, ui_mode, lines)
    views.after_completion = join_after_completion(request.after_completion, ui_mode)
    if request.metadata is not None:
        views.metadata = join_metadata(request.metadata)
    if request.branding_settings is not None:
        views.branding = join_branding(request.branding_settings)
    if request.custom_fields:
        views.custom_field_list, views.custom_field = join_custom_fields(request.custom_fields)
    if request.payment_method_types:
        views.method_types = join_method_types(STATED_TYPES, request.payment_method_types, facts, unknown)
    if request.payment_method_configuration_id is not None:
        views.configuration, views.enabled_methods = join_configuration(
            request.payment_method_configuration_id, facts, unknown
        )
    return views


def _join_currency(
    views: SessionViews, request: SessionCreate, facts: Facts, unknown: list[UnknownFact]
) -> tuple[str | None, bool]:
    """Join the currency of a new session: what is stated, else the first line's, else the merchant's default.

    Returns:
        Its code, folded; None where it cannot be told. And whether that is because nobody looked.
    """
    merchant = facts.merchant
    code: str | None = None
    place = STATED_CURRENCY
    stated = request.currency is not None
    nobody_looked = False
    if request.currency is not None:
        code = fold_currency(request.currency)
    elif request.line_items:
        first = request.line_items[0]
        code = line_currency(first, facts)
        place = _CATALOGUE_CURRENCY if first.price_data is None else _INLINE_CURRENCY
        if code is None and first.price is not None and first.price_data is None:
            nobody_looked = price_unknown(first.price, facts)
    else:
        place = _DEFAULT_CURRENCY
        if merchant is not None and merchant.default_currency is not None:
            code = fold_currency(merchant.default_currency)
        else:
            nobody_looked = True
            unknown.append(("merchant", None) if merchant is None else ("merchant.defaultCurrency", None))
    recognised = code is not None and currency_valid_at(code, facts.now)
    supported = supported_by_account(code, facts, unknown)
    rate_missing = rate_unknown = False
    settled_alike = merchant is not None and merchant.settlement_currency == code
    if code is not None and recognised and supported is not False and not settled_alike:
        rate = exchange_rate(code, facts, unknown)
        rate_missing, rate_unknown = rate is Absent.MISSING, rate is Absent.UNKNOWN
    views.currency = (
        CurrencyView(code, nobody_looked, stated, place, recognised, supported, rate_missing, rate_unknown),
    )
    return code, nobody_looked


def _join_session(views: SessionViews, request: SessionCreate, ui_mode: str, lines: LineItems) -> None:
    """Join the session itself, and its lines as a whole."""
    count = None if request.line_items is None else len(request.line_items)
    views.session = (
        SessionView(
            request,
            ui_mode,
            count,
            lines.subtotal,
            lines.unknown,
            request.customer_id,
            request.customer_details is not None,
            request.customer_creation == "always",
            request.customer_update is not None,
            request.payment_method_types is not None,
            request.payment_method_configuration_id is not None,
            request.submit_type is not None,
            request.name_collection is True,
            request.billing_address_collection is True,
            request.shipping_address_collection is True,
            request.phone_number_collection is True,
            request.cancel_url is not None,
            0 if request.discounts is None else len(request.discounts),
            request.expires_after_minutes,
        ),
    )
    views.line_list = (LineListView(request.mode != "setup", count, lines.subtotal, lines.unknown),)
