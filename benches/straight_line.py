"""`session.create` by hand: what an expert writes who needs these checks once, in this order, under these limits.

No rule, no subject and no policy: the models in, the names of the codes out. It says what the engine with the default
policy says, as long as every fact is known; what the engine says beside the codes (field, evidence, what was withheld
and why) it does not know.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from rules_engine.models.coupon import Coupon
from rules_engine.models.currency import CURRENCIES, currency_valid_at, minor_unit_digits
from rules_engine.models.draft import SessionCreateDraft
from rules_engine.models.facts import Facts
from rules_engine.models.line_item import LineItem
from rules_engine.models.session import SessionCreate

_CURRENT: Final = frozenset(code for code, currency in CURRENCIES.items() if currency.withdrawn is None)
_PLATFORM: Final = frozenset("EGP USD EUR GBP SAR AED QAR KWD JOD OMR BHD LYD AUD CAD CNY".split())
_LARGEST_QUANTITY: Final = 2_147_483_647
_LARGEST_AMOUNT: Final = 9_007_199_254_740_991

_CODES: Final = (
    ("line_items_missing", "parameter_missing"),
    ("line_items_empty", "parameter_out_of_range"),
    ("too_many_line_items", "parameter_out_of_range"),
    ("customer_exclusive", "parameters_exclusive"),
    ("customer_creation_exclusive", "parameters_exclusive"),
    ("customer_update_without_customer", "parameter_requires_another"),
    ("customer_missing", "resource_missing"),
    ("payment_methods_exclusive", "parameters_exclusive"),
    ("payment_method_types_not_enabled", "parameter_invalid"),
    ("configuration_missing", "resource_missing"),
    ("must_have_enabled_method", "must_have_enabled_method"),
    ("page_field_unavailable", "parameter_invalid"),
    ("redirect_missing", "parameter_missing"),
    ("completion_exclusive", "parameters_exclusive"),
    ("hosted_confirmation_unavailable", "parameter_invalid"),
    ("confirmation_message_too_long", "parameter_invalid"),
    ("too_many_custom_fields", "parameter_out_of_range"),
    ("characters_out_of_range", "parameter_out_of_range"),
    ("dropdown_options_unavailable", "parameter_invalid"),
    ("metadata_too_large", "parameter_out_of_range"),
    ("font_family_too_long", "parameter_invalid"),
    ("expiry_out_of_range", "parameter_out_of_range"),
    ("line_item_missing_price", "line_item_missing_price"),
    ("line_item_price_exclusive", "parameters_exclusive"),
    ("quantity_out_of_range", "parameter_out_of_range"),
    ("quantity_zero_not_optional", "parameter_out_of_range"),
    ("adjustable_out_of_range", "parameter_out_of_range"),
    ("price_missing", "resource_missing"),
    ("price_inactive", "price_inactive"),
    ("price_not_yet_active", "price_not_yet_active"),
    ("price_expired", "price_expired"),
    ("price_recurring_not_supported", "price_recurring_not_supported"),
    ("custom_price_unavailable", "parameter_invalid"),
    ("price_sold_out", "price_sold_out"),
    ("inline_price_recurring", "price_recurring_not_supported"),
    ("unit_amount_out_of_range", "amount_invalid"),
    ("product_text_too_long", "parameter_invalid"),
    ("currency_invalid", "currency_invalid"),
    ("line_currency_invalid", "currency_invalid"),
    ("unsupported_currency", "unsupported_currency"),
    ("exchange_rate_not_found", "exchange_rate_not_found"),
    ("line_currency_mismatch", "validation_error"),
    ("session_amount_too_large", "amount_invalid"),
    ("too_many_discounts", "too_many_discounts"),
    ("discount_exclusive", "parameters_exclusive"),
    ("discount_empty", "parameter_missing"),
    ("promotion_code_missing", "resource_missing"),
    ("promotion_code_inactive", "promotion_code_inactive"),
    ("promotion_code_expired", "promotion_code_expired"),
    ("promotion_code_max_redemptions", "promotion_code_max_redemptions"),
    ("promotion_code_customer_mismatch", "promotion_code_customer_mismatch"),
    ("promotion_code_first_time_only", "promotion_code_first_time_only"),
    ("coupon_missing", "resource_missing"),
    ("coupon_invalid", "coupon_invalid"),
    ("coupon_currency_mismatch", "coupon_currency_mismatch"),
    ("coupon_customer_max_redemptions", "coupon_customer_max_redemptions"),
    ("coupon_minimum_amount", "coupon_minimum_amount"),
    ("promotion_code_minimum_amount", "promotion_code_minimum_amount"),
)
"""Every fault and its code, in the order of the report. Neighbours with one code that nothing builds on are one fault."""

_NO_CURRENCY: Final = frozenset(["currency_invalid", "line_currency_invalid", "price_missing"])
"""With one of these, the currency of the session is not judged."""
_NO_SUBTOTAL: Final = _NO_CURRENCY | {
    "line_item_missing_price",
    "line_item_price_exclusive",
    "quantity_out_of_range",
    "unit_amount_out_of_range",
    "line_currency_mismatch",
}
"""With one of these, the subtotal means nothing."""


def check_session_create(draft: SessionCreateDraft) -> list[str]:
    """Name what is wrong with a new session, in order, each code once."""
    request, facts = draft.request, draft.facts
    lines = request.line_items
    found: set[str] = set()
    _check_fields(request, facts, found)
    currency = _session_currency(request, facts)
    _check_currency(currency, facts, found, stated=request.currency is not None)
    subtotal = _check_lines(lines, facts, currency, found, custom_page=request.ui_mode == "custom") if lines else None
    if found:
        _withdraw_consequences(found)
    if subtotal is not None and subtotal > _LARGEST_AMOUNT and found.isdisjoint(_NO_SUBTOTAL):
        found.add("session_amount_too_large")
    if request.discounts:
        _check_discounts(request, facts, currency, subtotal, found)
    if not found:
        return []
    return list(dict.fromkeys(code for fault, code in _CODES if fault in found))


def _withdraw_consequences(found: set[str]) -> None:
    """Drop what is only noise beside another fault."""
    if "currency_invalid" in found:
        found.discard("line_currency_mismatch")
    if not found.isdisjoint(_NO_CURRENCY):
        found -= {"unsupported_currency", "exchange_rate_not_found"}


def _check_fields(request: SessionCreate, facts: Facts, found: set[str]) -> None:  # noqa: C901, PLR0912, PLR0915  # straight-line is the point
    lines = request.line_items
    if lines is None:
        if request.mode != "setup":
            found.add("line_items_missing")
    elif not lines:
        if request.mode != "setup":
            found.add("line_items_empty")
    elif len(lines) > 100:
        found.add("too_many_line_items")

    customer_id = request.customer_id
    if customer_id is None:
        if request.customer_update is not None:
            found.add("customer_update_without_customer")
    else:
        if request.customer_details is not None:
            found.add("customer_exclusive")
        if request.customer_creation == "always":
            found.add("customer_creation_exclusive")
        if facts.customer is None or facts.customer.id != customer_id:
            found.add("customer_missing")

    types = request.payment_method_types
    configuration_id = request.payment_method_configuration_id
    if types is not None and configuration_id is not None:
        found.add("payment_methods_exclusive")
    if types and facts.merchant is not None:
        enabled: set[str] = set()
        for supported in facts.merchant.supported_currencies or ():
            enabled.update(supported.payment_method_types)
        if not enabled.issuperset(types):
            found.add("payment_method_types_not_enabled")
    if configuration_id is not None:
        configuration = facts.configurations.get(configuration_id)
        if configuration is None:
            found.add("configuration_missing")
        elif not configuration.enabled_methods:
            found.add("must_have_enabled_method")

    ui_mode = request.ui_mode or "hosted"
    if ui_mode != "hosted" and request.cancel_url is not None:
        found.add("page_field_unavailable")
    if ui_mode == "custom" and (
        request.submit_type is not None
        or request.name_collection
        or request.billing_address_collection
        or request.shipping_address_collection
        or request.phone_number_collection
    ):
        found.add("page_field_unavailable")

    completion = request.after_completion
    page = completion.hosted_confirmation
    if completion.type == "redirect":
        if completion.redirect is None:
            found.add("redirect_missing")
        if page is not None:
            found.add("completion_exclusive")
    else:
        if completion.redirect is not None:
            found.add("completion_exclusive")
        if ui_mode != "hosted":
            found.add("hosted_confirmation_unavailable")
    if page is not None and page.custom_message is not None and len(page.custom_message) > 500:
        found.add("confirmation_message_too_long")

    fields = request.custom_fields
    if fields:
        if len(fields) > 3:
            found.add("too_many_custom_fields")
        for field in fields:
            least, greatest = field.min_characters, field.max_characters
            if (least is not None and not 1 <= least <= _LARGEST_AMOUNT) or (
                greatest is not None and not 1 <= greatest <= _LARGEST_AMOUNT
            ):
                found.add("characters_out_of_range")
            if field.dropdown_options is not None and field.type != "DROPDOWN":
                found.add("dropdown_options_unavailable")
    if request.metadata is not None and len(request.metadata) > 50:
        found.add("metadata_too_large")
    branding = request.branding_settings
    if branding is not None and branding.font_family is not None and len(branding.font_family) > 512:
        found.add("font_family_too_long")
    minutes = request.expires_after_minutes
    if minutes is not None and not 30 <= minutes <= 1_440:
        found.add("expiry_out_of_range")
    if request.discounts is not None and len(request.discounts) > 1:
        found.add("too_many_discounts")


def _fold(code: str) -> str:
    return code.upper() if code.isascii() else code


def _session_currency(request: SessionCreate, facts: Facts) -> str | None:
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


def _check_currency(currency: str | None, facts: Facts, found: set[str], *, stated: bool) -> None:
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
    if currency not in _PLATFORM:
        found.add("unsupported_currency")
    elif recognised and _rate(currency, _fold(merchant.settlement_currency), facts) is None:
        found.add("exchange_rate_not_found")


def _check_lines(  # noqa: C901, PLR0912, PLR0915  # straight-line is the point
    lines: Sequence[LineItem], facts: Facts, currency: str | None, found: set[str], *, custom_page: bool
) -> int | None:
    """Check the lines and add them up; None where one of them has no price to add."""
    now, prices = facts.now, facts.prices
    subtotal = 0
    priced = True
    requested: dict[str, int] = {}
    for line in lines:
        quantity, price_id, data, adjustable = line.quantity, line.price, line.price_data, line.adjustable_quantity
        if not 0 <= quantity <= _LARGEST_QUANTITY:
            found.add("quantity_out_of_range")
        elif quantity == 0 and (adjustable is None or not adjustable.enabled or adjustable.minimum != 0):
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
                subtotal += (amount or 0) * quantity
        if data is not None:
            if price_id is not None:
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
            inline_currency = _fold(data.currency)
            if inline_currency not in _CURRENT and not currency_valid_at(inline_currency, now):
                found.add("line_currency_invalid")
            if price_id is None:
                line_currency = inline_currency
            subtotal += data.unit_amount * quantity
        elif price_id is None:
            priced = False
            found.add("line_item_missing_price")

        if line_currency is not None and line_currency != currency:
            if line_currency not in _CURRENT and not currency_valid_at(line_currency, now):
                found.add("line_currency_invalid")
            elif currency is not None and (price_id is None or data is None):
                found.add("line_currency_mismatch")
    return subtotal if priced else None


def _check_discounts(  # noqa: C901, PLR0912  # straight-line is the point
    request: SessionCreate, facts: Facts, currency: str | None, subtotal: int | None, found: set[str]
) -> None:
    now, customer_id = facts.now, request.customer_id
    subtotal_stands = found.isdisjoint(_NO_SUBTOTAL)
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
            if restrictions.first_time_transaction and (
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
        if not subtotal_stands or "unsupported_currency" in found:
            continue
        if coupon.currency is not None and currency is not None and _fold(coupon.currency) != currency:
            found.add("coupon_currency_mismatch")
        elif coupon.min_value is not None:
            merchant = facts.merchant
            settlement = None if merchant is None else merchant.settlement_currency
            if _below(coupon.min_value, coupon.currency or settlement, subtotal, currency, facts):
                found.add("coupon_minimum_amount")


def _fits(coupon: Coupon, lines: Sequence[LineItem], facts: Facts) -> bool:
    wanted = coupon.applies_to_product_ids
    if wanted is None:
        return True
    for line in lines:
        if line.price is not None and facts.prices[line.price].product_id in wanted:
            return True
    return False


def _below(
    minimum: int | Decimal | None, minimum_currency: str | None, subtotal: int | None, currency: str | None, facts: Facts
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
