"""The currency of a session, and what its lines come to in it.

Sources: XPay's error page, its pages on currencies and on line items, ISO 4217.
"""

from collections.abc import Mapping
from typing import Any

from rules_engine import codes
from rules_engine.rules.kinds import REMOVED, VALUE, Bound, Setting
from rules_engine.rules.limits import LARGEST_AMOUNT, MAX_SESSION_AMOUNT, MIN_SESSION_AMOUNT, SUPPORTED_CURRENCIES
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
from rules_engine.rules.row import Rule, Shown, lowered, rule
from rules_engine.rules.session import line_items_empty
from rules_engine.rules.stored_session import session_missing
from rules_engine.views.context import Context
from rules_engine.views.currency import CurrencyView
from rules_engine.views.line_item import LineItemView, LineListView

_LINKS = ("payment_link_create_full", "payment_link_update_full")
_CODE: Mapping[str, Shown] = {"currency": lowered("code", 40)}
_IN_CURRENCY = {
    "/facts/merchant/supportedCurrencies": [{"code": VALUE, "paymentMethodTypes": ["card"]}],
    "/facts/exchangeRates/{value}~1EGP": {"rate": "1"},
}
_STORED_AMOUNT = "one stored price below zero, or two lines, are enough to pass the limit"
_TWO_LINES = "a session comes to no less than nothing, and two lines are enough to pass the limit"


@rule(
    codes.CURRENCY_INVALID,
    order=1180,
    on=CurrencyView,
    message="The currency '{currency}' is not a valid ISO 4217 code.",
    public=_CODE,
    except_in={"payment_link.create": "its currency is the one of its first line, and judged there"},
    counterexamples=(
        (
            ("create", "price_create", "price_update_unused", "currency_check", "currency_check_refund"),
            {"/request/currency": "egx"},
        ),
        ("promotion_code_create_restricted", {"/request/restrictions/minimumAmountCurrency": "usx"}),
        ("coupon_create_percentage", {"/request/currency": "EGX"}),
        ("coupon_create_amount", {"/request/currency": "usx"}),
    ),
)
def currency_invalid(currency: CurrencyView, _: Context) -> bool:
    """The currency is not a valid ISO 4217 code.

    In either case; a withdrawn currency is invalid from the day of its withdrawal on. A currency that a session takes
    from its first line is judged there. XPay's error page.
    """
    return currency.stated and not currency.recognised


CURRENCY_RULES: tuple[Rule[Any], ...] = (
    currency_invalid,
    inline_currency_invalid,
    price_missing,
    price_currency_invalid,
)
"""While one of these refuses, the session's currency is unknown."""


@rule(
    codes.UNSUPPORTED_CURRENCY,
    order=1210,
    on=CurrencyView,
    needs=CURRENCY_RULES,
    limits=(SUPPORTED_CURRENCIES,),
    undecided_when=lambda currency, _: currency.unknown or (currency.code is not None and currency.supported is None),
    message="The account does not support the currency '{currency}' here; use one of its supported currencies.",
    public=_CODE,
    counterexamples=(
        (
            ("create_foreign", "price_update_unused", "coupon_create_amount", "currency_check_foreign"),
            {"/facts/merchant/supportedCurrencies/1": REMOVED},
        ),
        (("price_create_rich", "currency_check_catalog"), {"/facts/merchant/supportedCurrencies/2": REMOVED}),
        ("promotion_code_create_restricted", {"/request/restrictions/minimumAmountCurrency": "eur"}),
        ("coupon_create_amount", {"/request/currency": "EUR"}),
        ("currency_check_refund", {"/facts/merchant/settlementCurrency": "USD"}),
        (
            "payment_link_create_full",
            {"/facts/prices/price_mug/currency": "EUR", "/facts/prices/price_bowl/currency": "EUR"},
        ),
    ),
    settings=(
        Setting(
            "create_minimal",
            {"/request/currency": VALUE, "/facts/prices/price_mug/currency": VALUE, **_IN_CURRENCY},
        ),
        Setting(
            ("price_create", "price_update", "coupon_create", "currency_check"),
            {"/request/currency": VALUE, **_IN_CURRENCY},
        ),
        Setting(
            "promotion_code_create_restricted",
            {"/request/restrictions/minimumAmountCurrency": VALUE, **_IN_CURRENCY},
        ),
        Setting("payment_link_create", {"/facts/prices/price_mug/currency": VALUE, **_IN_CURRENCY}),
    ),
)
def unsupported_currency(currency: CurrencyView, ctx: Context) -> bool:
    """The account cannot use the currency for this operation.

    Buyers are charged in what both the account and the policy list; a catalogue is kept in the same. Refunds are in the
    settlement currency, whatever the two list. XPay's error page and its schema of the account.
    """
    return currency.code is not None and (
        currency.supported is False
        or (currency.purpose != "refund" and currency.code not in ctx.limits[SUPPORTED_CURRENCIES])
    )


@rule(
    codes.EXCHANGE_RATE_NOT_FOUND,
    order=1220,
    on=CurrencyView,
    needs=(unsupported_currency,),
    undecided_when=lambda currency, _: currency.unknown or currency.rate_unknown,
    message="No exchange rate from '{currency}' to the settlement currency exists.",
    public=_CODE,
    except_in={
        ("price.create", "price.update", "promotion_code.create", "coupon.create"): (
            "no rate is needed before a buyer is charged"
        ),
        "payment_link.create": "it matters when the payment link is opened",
    },
    counterexamples=(
        (
            ("create_foreign", "currency_check_foreign"),
            {"/facts/exchangeRates": {}, "/facts/missing": {"exchangeRates": ["USD/EGP"]}},
        ),
        ("currency_check_catalog", {"/request/purpose": "checkout"}),
    ),
)
def exchange_rate_not_found(currency: CurrencyView, _: Context) -> bool:
    """No exchange rate from the currency to the settlement currency exists.

    The rate is locked when a session is created, so it is needed then, and where a currency is checked for checkout.
    XPay's error page.
    """
    return currency.rate_missing


@rule(
    codes.VALIDATION_ERROR,
    order=1230,
    on=LineItemView,
    param=("priceData.currency", "price", "priceId"),
    needs=(session_missing, *CURRENCY_RULES, line_item_price_exclusive),
    undecided_when=lambda line, _: line.currency_unknown,
    message="The line item is in '{currency}', and must be in '{sessionCurrency}' as the others are.",
    public={"currency": lowered("currency"), "sessionCurrency": lowered("session_currency")},
    counterexamples=(
        (("create", *_LINKS), {"/facts/prices/price_bowl/currency": "USD"}),
        ("create", {"/request/lineItems/2/priceData/currency": "KWD"}),
    ),
)
def line_currency_mismatch(line: LineItemView, _: Context) -> bool:
    """The line item is not in the currency of the session or payment link.

    Only the first such line is reported. XPay refuses such sessions and links, and documents no code of its own for it.
    """
    return (
        line.currency is not None
        and line.session_currency is not None
        and line.currency_recognised
        and line.currency != line.session_currency
        and not line.earlier_differs
    )


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
"""While one of these refuses, the subtotal of a session is unknown."""


@rule(
    codes.AMOUNT_INVALID,
    order=1235,
    on=LineListView,
    violated=Bound(
        "subtotal",
        minimum=MIN_SESSION_AMOUNT,
        shown_as="subtotal",
        settings=(
            Setting("create_minimal", "session_amount", -1, 2 * LARGEST_AMOUNT, _STORED_AMOUNT),
            Setting("payment_link_create", "payment_link_amount", -1, 2 * LARGEST_AMOUNT, _STORED_AMOUNT),
        ),
    ),
    needs=SUBTOTAL_RULES,
    undecided_when=lambda lines, _: lines.subtotal_unknown,
    message="lineItems come to {subtotal} minor units, and must come to at least {minimum}.",
    counterexamples=(
        ("create", {"/facts/prices/price_mug/unitAmount": -1_000_000, "/request/discounts": []}),
        (_LINKS, {"/facts/prices/price_mug/unitAmount": -1_000_000}),
    ),
)
def session_amount_too_small() -> None:
    """The line items come to less than a session or payment link may.

    The subtotal counts, before discounts. XPay's error page has negative amounts, and names no other minimum. Without
    one of a policy, only stored prices below zero come to too little.
    """


@rule(
    codes.AMOUNT_INVALID,
    order=1240,
    on=LineListView,
    violated=Bound(
        "subtotal",
        maximum=MAX_SESSION_AMOUNT,
        shown_as="subtotal",
        settings=(
            Setting("create_minimal", "session_amount", 0, 2 * LARGEST_AMOUNT, _TWO_LINES),
            Setting("payment_link_create", "payment_link_amount", 0, 2 * LARGEST_AMOUNT, _TWO_LINES),
        ),
    ),
    needs=SUBTOTAL_RULES,
    undecided_when=lambda lines, _: lines.subtotal_unknown,
    message="lineItems come to {subtotal} minor units, and must come to at most {maximum}.",
    counterexamples=(
        (
            "create",
            {
                "/request/lineItems/2/priceData/unitAmount": 2147483647,
                "/request/lineItems/2/quantity": 2147483647,
                "/request/lineItems/2/adjustableQuantity": None,
            },
        ),
        (
            _LINKS,
            {
                "/facts/prices/price_mug/unitAmount": 2147483647,
                "/request/lineItems/0/quantity": 2147483647,
                "/request/lineItems/0/adjustableQuantity/maximum": 2147483647,
                "/facts/prices/price_mug/stock": None,
            },
        ),
    ),
)
def session_amount_too_large() -> None:
    """The line items come to more than a session or payment link may.

    The subtotal counts, before discounts. XPay's error page names a maximum without its number.
    """
