"""The second half of `straight_line`: the currency, the lines and the discounts of a new session."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from rules_engine.models.coupon import Coupon
from rules_engine.models.currency import CURRENCIES, currency_valid_at, minor_unit_digits
from rules_engine.models.facts import Facts
from rules_engine.models.line_item import LineItem
from rules_engine.models.session import SessionCreate
from rules_engine.rules.limits import PLATFORM_CURRENCIES

LARGEST_AMOUNT: Final = 9_007_199_254_740_991
_LARGEST_QUANTITY: Final = 2_147_483_647
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


def _fold(code: str) -> str:
    return code.upper() if code.isascii() else code


def session_currency(request: SessionCreate, facts: Facts) -> str | None:
    """Tell the currency: the stated one, else the first line's, else the merchant's default."""
    if request.currency is not None:
        return _fold(request.currency)
    if not request.line_items:
        default = None if facts.merchant is None else facts.merchant.default_currency
        return None if default is None else _fold(default)
    first = request.line_items[0]
    if first.price_data is not None:
        return _fold(first.price_data.currency) if first.price is None else None
    price = None if first.price is None else facts.prices.get(first.price)
    return None if price is None else _fold(price.currency)


def check_currency(currency: str | None, facts: Facts, found: set[str], *, stated: bool) -> None:
    """Check the currency of the session.

    Args:
        currency: The folded code; None where it cannot be told.
        facts: What the host knows.
        found: The faults so far; gets those of the currency.
        stated: Whether the request states it.
    """
    if currency is None:
        return
    recognised = currency in _CURRENT or currency_valid_at(currency, facts.now)
    if stated and not recognised:
        found.add("currency_invalid")
    merchant = facts.merchant
    if merchant is None:
        return
    for supported in merchant.supported_currencies or ():
        if _fold(supported.code) == currency:
            break
    else:
        found.add("unsupported_currency")
        return
    if currency not in PLATFORM_CURRENCIES:
        found.add("unsupported_currency")
    elif recognised and _rate(currency, _fold(merchant.settlement_currency), facts) is None:
        found.add("exchange_rate_not_found")


def check_lines(  # noqa: C901, PLR0912, PLR0915  # straight-line is the point
    lines: Sequence[LineItem], facts: Facts, currency: str | None, found: set[str], *, custom_page: bool
) -> int | None:
    """Check the lines and add them up.

    Args:
        lines: The lines, at least one.
        facts: What the host knows.
        currency: The folded code of the session; None where it cannot be told.
        found: The faults so far; gets those of the lines.
        custom_page: Whether the merchant shows a page of its own.

    Returns:
        The subtotal in minor units; None where a line has no price to add.
    """
    now, prices = facts.now, facts.prices
    subtotal = 0
    priced = True
    requested: dict[str, int] = {}
    for line in lines:
        quantity, price_id, data, adjustable = line.quantity, line.price, line.price_data, line.adjustable_quantity
        if not 0 <= quantity <= _LARGEST_QUANTITY:
            found.add("quantity_out_of_range")
        elif quantity == 0 and (
            adjustable is None or adjustable.minimum is None or adjustable.minimum > 0 or not adjustable.enabled
        ):
            found.add("quantity_zero_not_optional")
        if adjustable is not None:
            least, greatest = adjustable.minimum, adjustable.maximum
            if (
                (least is not None and not 0 <= least <= _LARGEST_QUANTITY)
                or (greatest is not None and not 1 <= greatest <= _LARGEST_QUANTITY)
                or (least is not None and greatest is not None and greatest < least)
            ):
                found.add("adjustable_out_of_range")

        line_currency: str | None = None
        if price_id is not None:
            price = prices.get(price_id)
            if price is None:
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
                        and quantity <= _LARGEST_QUANTITY
                    ):
                        found.add("price_sold_out")
                line_currency = _fold(price.currency)
                if line_currency not in _CURRENT and not currency_valid_at(line_currency, now):
                    line_currency = None
                    found.add("line_currency_invalid")
                subtotal += (amount or 0) * quantity
        if data is not None:
            line_currency = _fold(data.currency)
            if line_currency not in _CURRENT and not currency_valid_at(line_currency, now):
                line_currency = None
                found.add("line_currency_invalid")
            if price_id is not None:
                line_currency = None
                priced = False
                found.add("line_item_price_exclusive")
            if data.recurring is not None:
                found.add("inline_price_recurring")
            if not 0 <= data.unit_amount <= _LARGEST_QUANTITY:
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


def check_discounts(  # noqa: C901, PLR0912, PLR0915  # straight-line is the point
    request: SessionCreate, facts: Facts, currency: str | None, subtotal: int | None, found: set[str]
) -> None:
    """Check the promotion codes and coupons against the rest of the session.

    Args:
        request: The session.
        facts: What the host knows.
        currency: The folded code; None where it cannot be told.
        subtotal: In minor units; None where it cannot be told.
        found: The faults of everything else; gets those of the discounts.
    """
    now, customer_id = facts.now, request.customer_id
    subtotal_stands = found.isdisjoint(NO_SUBTOTAL)
    currency_stands = found.isdisjoint(
        NO_CURRENCY | {"unsupported_currency", "line_currency_mismatch", "line_item_price_exclusive"}
    )
    for discount in request.discounts or ():
        coupon_id, code_id = discount.coupon, discount.promotion_code
        if code_id is None:
            if coupon_id is None:
                found.add("discount_empty")
                continue
            code = None
            coupon = facts.coupons.get(coupon_id)
            if coupon is None:
                found.add("coupon_missing")
                continue
        elif coupon_id is not None:
            found.add("discount_exclusive")
            continue
        else:
            code = facts.promotion_codes.get(code_id)
            if code is None:
                found.add("promotion_code_missing")
                continue
            coupon = facts.coupons.get(code.coupon.id)

        if code is not None:
            restrictions = code.restrictions
            if not code.active:
                found.add("promotion_code_inactive")
            if code.expires_at is not None and now >= code.expires_at:
                found.add("promotion_code_expired")
            if code.max_redemptions is not None and code.times_redeemed >= code.max_redemptions:
                found.add("promotion_code_max_redemptions")
            if code.customer_id is not None and code.customer_id != customer_id:
                found.add("promotion_code_customer_mismatch")
            elif restrictions.first_time_transaction and (
                facts.payments.guest != 0 if customer_id is None else facts.payments.customers[customer_id] > 0
            ):
                found.add("promotion_code_first_time_only")
            if subtotal_stands and _below(
                restrictions.minimum_amount, restrictions.minimum_amount_currency, subtotal, currency, facts
            ):
                found.add("promotion_code_minimum_amount")
        if coupon is None:
            found.add("coupon_invalid")
            continue
        if (
            coupon.deleted
            or not coupon.active
            or not coupon.valid
            or (coupon.redeem_by is not None and now >= coupon.redeem_by)
            or (coupon.max_redemptions is not None and coupon.times_redeemed >= coupon.max_redemptions)
            or (subtotal is not None and not _fits(coupon, request.line_items or (), facts))
        ):
            found.add("coupon_invalid")
        if coupon.customer_max_redemptions is not None:
            redeemed = 0 if customer_id is None else facts.redemptions.customers[customer_id][coupon.id]
            if redeemed >= coupon.customer_max_redemptions:
                found.add("coupon_customer_max_redemptions")
        if not currency_stands:
            continue
        if coupon.currency is not None and currency is not None and _fold(coupon.currency) != currency:
            found.add("coupon_currency_mismatch")
        elif subtotal_stands and coupon.min_value is not None:
            merchant = facts.merchant
            settlement = None if merchant is None else merchant.settlement_currency
            if _below(coupon.min_value, coupon.currency or settlement, subtotal, currency, facts):
                found.add("coupon_minimum_amount")


def _fits(coupon: Coupon, lines: Sequence[LineItem], facts: Facts) -> bool:
    wanted = coupon.applies_to_product_ids
    if not wanted:
        return True
    for line in lines:  # noqa: SIM110  # any() would build a generator, in a function that is timed
        if line.price is not None and facts.prices[line.price].product_id in wanted:
            return True
    return False


def _below(
    minimum: int | Decimal | None,
    minimum_currency: str | None,
    subtotal: int | None,
    currency: str | None,
    facts: Facts,
) -> bool:
    """Tell whether the subtotal does not reach a minimum; one that cannot be converted is never reached."""
    if minimum is None or minimum <= 0 or currency is None:
        return False
    source = currency if minimum_currency is None else _fold(minimum_currency)
    if source != currency:
        settlement = "EGP" if facts.merchant is None else _fold(facts.merchant.settlement_currency)
        rate, session_rate = _rate(source, settlement, facts), _rate(currency, settlement, facts)
        if rate is None or session_rate is None:
            return True
        major = Fraction(minimum) / 10 ** minor_unit_digits(source) * Fraction(rate) / Fraction(session_rate)
        minimum = int(major * 10 ** minor_unit_digits(currency))
    return subtotal is not None and subtotal < minimum


def _rate(currency: str, settlement: str, facts: Facts) -> Decimal | None:
    if currency == settlement:
        return Decimal(1)
    known = facts.exchange_rates.get(f"{currency}/{settlement}")
    return None if known is None else known.rate
