"""The second part of `straight_line`: the currency and the lines of a new session, and what all parts ask the facts."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Final

from rules_engine.models import Facts, LineItem, Merchant, SessionCreate, SupportedCurrency
from rules_engine.models.currency import CURRENCIES, currency_valid_at
from rules_engine.rules.limits import PLATFORM_CURRENCIES

LARGEST_AMOUNT: Final = 9_007_199_254_740_991
LARGEST_QUANTITY: Final = 2_147_483_647
_CURRENT: Final = frozenset(code for code, currency in CURRENCIES.items() if currency.withdrawn is None)

NO_CURRENCY: Final = frozenset(["currency_invalid", "line_currency_invalid", "price_missing"])
"""With one of these, the currency of the session is not judged."""
NO_SUBTOTAL: Final = NO_CURRENCY | {
    "line_item_missing_price",
    "line_item_price_exclusive",
    "quantity_out_of_range",
    "quantity_zero_not_optional",
    "line_items_empty",
    "unit_amount_out_of_range",
    "line_currency_mismatch",
}
"""With one of these, the subtotal means nothing."""


class UnknownFactError(LookupError):
    """A fact that a check reads is not provided, so nothing can be reported of the draft."""


def expect_missing(key: str, missing: Collection[str]) -> None:
    """Raise `UnknownFactError` where an id, or the pair of a rate, is not known to be missing."""
    if key not in missing:
        raise UnknownFactError(key)


def account(facts: Facts) -> tuple[Merchant, tuple[SupportedCurrency, ...]]:
    """Return the account and its currencies, which have to be known."""
    merchant = facts.merchant
    if merchant is None or merchant.supported_currencies is None:
        raise UnknownFactError("merchant")
    return merchant, merchant.supported_currencies


def fold(code: str) -> str:
    """Fold a currency code as codes are compared."""
    return code.upper() if code.isascii() else code


def rate_to(settlement: str, currency: str, facts: Facts) -> Decimal | None:
    """Return the rate of a currency to the settlement currency, both folded; None where it is known to be missing."""
    if currency == settlement:
        return Decimal(1)
    pair = f"{currency}/{settlement}"
    known = facts.exchange_rates.get(pair)
    if known is None:
        expect_missing(pair, facts.missing.exchange_rates)
        return None
    return known.rate


def session_currency(request: SessionCreate, facts: Facts) -> str | None:
    """Return the currency: the stated one, else the first line's, else the merchant's default."""
    if request.currency is not None:
        return fold(request.currency)
    if not request.line_items:
        if facts.merchant is None or facts.merchant.default_currency is None:
            raise UnknownFactError("merchant.defaultCurrency")
        return fold(facts.merchant.default_currency)
    first = request.line_items[0]
    if first.price_data is not None:
        return fold(first.price_data.currency) if first.price is None else None
    price = None if first.price is None else facts.prices.get(first.price)
    return None if price is None else fold(price.currency)


def check_currency(currency: str | None, facts: Facts, found: set[str], *, stated: bool) -> None:
    """Check the currency of the session, folded, or None where it is unknown: `found` gets its faults."""
    if currency is None:
        return
    recognised = currency in _CURRENT or currency_valid_at(currency, facts.now)
    if stated and not recognised:
        found.add("currency_invalid")
    merchant, currencies = account(facts)
    for supported in currencies:
        if fold(supported.code) == currency:
            break
    else:
        found.add("unsupported_currency")
        return
    if currency not in PLATFORM_CURRENCIES:
        found.add("unsupported_currency")
    elif recognised and rate_to(fold(merchant.settlement_currency), currency, facts) is None:
        found.add("exchange_rate_not_found")


def check_lines(  # noqa: C901, PLR0912, PLR0915  # straight-line is the point
    lines: Sequence[LineItem], facts: Facts, currency: str | None, found: set[str], *, custom_page: bool
) -> int | None:
    """Check the lines, of which there is one at least: `found` gets their faults.

    Returns:
        The subtotal in minor units; None where a line has no price to add.
    """
    now, prices = facts.now, facts.prices
    subtotal = 0
    priced = True
    requested: dict[str, int] = {}
    for line in lines:
        quantity, price_id, data, adjustable = line.quantity, line.price, line.price_data, line.adjustable_quantity
        if not 0 <= quantity <= LARGEST_QUANTITY:
            found.add("quantity_out_of_range")
        elif quantity == 0 and (
            adjustable is None or adjustable.minimum is None or adjustable.minimum > 0 or not adjustable.enabled
        ):
            found.add("quantity_zero_not_optional")
        if adjustable is not None:
            least, greatest = adjustable.minimum, adjustable.maximum
            if (
                (least is not None and not 0 <= least <= LARGEST_QUANTITY)
                or (greatest is not None and not 1 <= greatest <= LARGEST_QUANTITY)
                or (least is not None and greatest is not None and greatest < least)
            ):
                found.add("adjustable_out_of_range")

        line_currency: str | None = None
        if price_id is not None:
            price = prices.get(price_id)
            if price is None:
                expect_missing(price_id, facts.missing.prices)
                priced = False
                found.add("price_missing")
            else:
                if not price.active:
                    found.add("price_inactive")
                if price.start_date is not None and now < price.start_date:
                    found.add("price_not_yet_active")
                if price.expiration_date is not None and now >= price.expiration_date:
                    found.add("price_expired")
                amount = price.unit_amount
                if price.type == "RECURRING":
                    found.add("price_recurring_not_supported")
                elif price.type == "CUSTOM":
                    if custom_page:
                        found.add("custom_price_unavailable")
                    custom = price.custom_unit_amount
                    amount = None if custom is None else custom.preset or custom.minimum
                if price.stock is not None and quantity > 0:
                    before = requested.get(price_id, 0)
                    requested[price_id] = before + quantity
                    if (
                        before + quantity > price.stock
                        and not (before > 0 and before > price.stock)
                        and quantity <= LARGEST_QUANTITY
                    ):
                        found.add("price_sold_out")
                line_currency = fold(price.currency)
                if line_currency not in _CURRENT and not currency_valid_at(line_currency, now):
                    line_currency = None
                    found.add("line_currency_invalid")
                subtotal += (amount or 0) * quantity
        if data is not None:
            line_currency = fold(data.currency)
            if line_currency not in _CURRENT and not currency_valid_at(line_currency, now):
                line_currency = None
                found.add("line_currency_invalid")
            if price_id is not None:
                line_currency = None
                priced = False
                found.add("line_item_price_exclusive")
            if data.recurring is not None:
                found.add("inline_price_recurring")
            if not 0 <= data.unit_amount <= LARGEST_QUANTITY:
                found.add("unit_amount_out_of_range")
            product = data.product_data
            if (
                len(product.name) > 255
                or (product.description is not None and len(product.description) > 500)
                or (product.unit_label is not None and len(product.unit_label) > 50)
            ):
                found.add("product_text_too_long")
            subtotal += data.unit_amount * quantity
        elif price_id is None:
            priced = False
            found.add("line_item_missing_price")

        if line_currency is not None and currency is not None and line_currency != currency:
            found.add("line_currency_mismatch")
    return subtotal if priced else None
