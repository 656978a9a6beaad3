"""The currency of a session, and what its lines come to in it.

Sources: XPay's error page, its pages on currencies and on line items, ISO 4217.
"""

from typing import Any

from rules_engine import codes
from rules_engine.rules.declaration import Rule, rule
from rules_engine.rules.limits import MAX_SESSION_AMOUNT, SUPPORTED_CURRENCIES
from rules_engine.rules.line_item import (
    line_item_missing_price,
    line_item_price_exclusive,
    quantity_out_of_range,
    quantity_zero_not_optional,
)
from rules_engine.rules.price import (
    inline_currency_invalid,
    price_currency_invalid,
    price_missing,
    unit_amount_out_of_range,
)
from rules_engine.rules.session import line_items_empty
from rules_engine.rules.stored_session import session_missing
from rules_engine.views.context import Context
from rules_engine.views.currency import CURRENCY, CurrencyView
from rules_engine.views.line_item import LINE_ITEM, LINE_LIST, LineItemView, LineListView
from rules_engine.violation import Evidence


def _code(currency: CurrencyView, _: Context) -> Evidence:
    return {"currency": None if currency.code is None else currency.code.lower()[:40]}


@rule(codes.CURRENCY_INVALID, on=CURRENCY, evidence=_code)
def currency_invalid(currency: CurrencyView, _: Context) -> bool:
    """The currency is not a currency code of ISO 4217.

    Either case is read; a withdrawn currency is none from the day of its withdrawal on. A currency that a session takes
    from its first line is judged there. XPay's error page.
    """
    return currency.stated and not currency.recognised


CURRENCY_RULES: tuple[Rule[Any], ...] = (
    currency_invalid,
    inline_currency_invalid,
    price_missing,
    price_currency_invalid,
)
"""While one of these refuses, nothing can be said of the session's currency."""


@rule(
    codes.UNSUPPORTED_CURRENCY,
    on=CURRENCY,
    needs=CURRENCY_RULES,
    limits=(SUPPORTED_CURRENCIES,),
    undecided_when=lambda currency, _: currency.unknown or (currency.code is not None and currency.supported is None),
    evidence=_code,
)
def unsupported_currency(currency: CurrencyView, ctx: Context) -> bool:
    """The account cannot use this currency for this operation.

    Buyers are charged in what the account and the policy both list; a catalogue is kept in the same. Money goes back in
    the settlement currency only, whatever the two list. XPay's error page and its schema of the account.
    """
    return currency.code is not None and (
        currency.supported is False or (currency.charged and currency.code not in ctx.limits[SUPPORTED_CURRENCIES])
    )


@rule(
    codes.EXCHANGE_RATE_NOT_FOUND,
    on=CURRENCY,
    needs=(unsupported_currency,),
    undecided_when=lambda currency, _: currency.unknown or currency.rate_unknown,
    evidence=_code,
)
def exchange_rate_not_found(currency: CurrencyView, _: Context) -> bool:
    """There is no exchange rate from this currency to the settlement currency.

    The rate is locked when a session is created, so it is asked for then only, and where a currency is asked about for
    checkout. XPay's error page.
    """
    return currency.rate_missing


@rule(
    codes.VALIDATION_ERROR,
    on=LINE_ITEM,
    param=("priceData.currency", "price", "priceId"),
    needs=(session_missing, *CURRENCY_RULES, line_item_price_exclusive),
    undecided_when=lambda line, _: line.currency_unknown,
    evidence=lambda line, _: {
        "currency": None if line.currency is None else line.currency.lower(),
        "sessionCurrency": None if line.session_currency is None else line.session_currency.lower(),
    },
)
def line_currency_mismatch(line: LineItemView, _: Context) -> bool:
    """The line item is not in the currency of the session or payment link.

    Only the first such line is reported. XPay refuses such sessions and links, and documents no code of its own for it.
    """
    return line.currency_differs


SUBTOTAL_RULES: tuple[Rule[Any], ...] = (
    session_missing,
    line_items_empty,
    *CURRENCY_RULES,
    line_item_missing_price,
    line_item_price_exclusive,
    quantity_out_of_range,
    quantity_zero_not_optional,
    unit_amount_out_of_range,
    line_currency_mismatch,
)
"""While one of these refuses, nothing can be said of what a session comes to."""


@rule(
    codes.AMOUNT_INVALID,
    on=LINE_LIST,
    needs=SUBTOTAL_RULES,
    limits=(MAX_SESSION_AMOUNT,),
    undecided_when=lambda lines, _: lines.subtotal_unknown,
    evidence=lambda lines, ctx: {"subtotal": lines.subtotal, "maximum": ctx.limits[MAX_SESSION_AMOUNT]},
)
def session_amount_too_large(lines: LineListView, ctx: Context) -> bool:
    """The line items come to more than a session or payment link may.

    The subtotal counts, before discounts; as much as the limit is fine. XPay's error page names a maximum without its
    number.
    """
    return lines.subtotal is not None and lines.subtotal > ctx.limits[MAX_SESSION_AMOUNT]
