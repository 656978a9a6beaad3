"""`session.create` by hand over the library's own join: every check as an `if`, on the views that the rules see.

Beside `benches.straight_line`, which joins and checks in one go, this tells what the engine adds to a join and to
checks that somebody wrote by hand.
"""

from benches.straight_line import MOST_LINES, named, withdraw_consequences
from benches.straight_line_basket import LARGEST_AMOUNT, LARGEST_QUANTITY, NO_SUBTOTAL
from benches.straight_line_discounts import NO_COUPON_CURRENCY
from benches.straight_line_facts import UnknownFactError
from rules_engine.models import Draft, SessionCreate
from rules_engine.rules.limits import PLATFORM_CURRENCIES
from rules_engine.views.session_create import join_session_create
from rules_engine.views.session_views import SessionViews


def check_joined_session_create(draft: Draft[SessionCreate], most_lines: int = MOST_LINES) -> list[str]:
    """Name what is wrong with a new session, in order, each code once.

    Args:
        draft: The draft.
        most_lines: How many lines are admitted.

    Raises:
        UnknownFactError: Nobody looked up a fact that the join reads.
    """
    views = join_session_create(draft)
    if views.unknown:
        raise UnknownFactError(views.unknown[0])
    found: set[str] = set()
    _check_session(views, found, most_lines)
    _check_lists(views, found)
    _check_lines(views, found)
    _check_prices(views, draft, found)
    for currency in views.currency:
        if currency.stated and not currency.recognised:
            found.add("currency_invalid")
        if currency.code is not None and (currency.supported is False or currency.code not in PLATFORM_CURRENCIES):
            found.add("unsupported_currency")
        elif currency.rate_missing:
            found.add("exchange_rate_not_found")
    if found:
        withdraw_consequences(found)
    for lines in views.line_list:
        if lines.subtotal is not None and lines.subtotal > LARGEST_AMOUNT and found.isdisjoint(NO_SUBTOTAL):
            found.add("session_amount_too_large")
    if views.discount:
        _check_discounts(views, draft, found)
    return named(found) if found else []


def _check_session(views: SessionViews, found: set[str], most_lines: int) -> None:  # noqa: C901, PLR0912  # straight-line is the point
    for lines in views.line_list:
        if lines.required and lines.count is None:
            found.add("line_items_missing")
        if lines.required and lines.count == 0:
            found.add("line_items_empty")
        if lines.count is not None and lines.count > most_lines:
            found.add("too_many_line_items")
    for session in views.session:
        if session.customer_id is not None:
            if session.details_sent:
                found.add("customer_exclusive")
            if session.always_create:
                found.add("customer_creation_exclusive")
        elif session.updates_customer:
            found.add("customer_update_without_customer")
        if session.methods_sent and session.configuration_sent:
            found.add("payment_methods_exclusive")
        if session.cancel_url_sent and session.ui_mode != "hosted":
            found.add("page_field_unavailable")
        if session.ui_mode == "custom" and (
            session.submit_type_sent
            or session.name_collection
            or session.billing_address_collection
            or session.shipping_address_collection
            or session.phone_number_collection
        ):
            found.add("page_field_unavailable")
        if session.expires_after is not None and not 30 <= session.expires_after <= 1_440:
            found.add("expiry_out_of_range")
        if session.discount_count > 1:
            found.add("too_many_discounts")
    for customer in views.customer:
        if customer.missing:
            found.add("customer_missing")


def _check_lists(views: SessionViews, found: set[str]) -> None:  # noqa: C901, PLR0912  # the same
    for types in views.method_types:
        if types.not_enabled:
            found.add("payment_method_types_not_enabled")
    for configuration in views.configuration:
        if configuration.missing:
            found.add("configuration_missing")
    for methods in views.enabled_methods:
        if methods.count == 0:
            found.add("must_have_enabled_method")
    for after in views.after_completion:
        completion = after.completion
        if completion.type == "redirect":
            if completion.redirect is None:
                found.add("redirect_missing")
            if completion.hosted_confirmation is not None:
                found.add("completion_exclusive")
        else:
            if completion.redirect is not None:
                found.add("completion_exclusive")
            if after.ui_mode != "hosted":
                found.add("hosted_confirmation_unavailable")
        if after.message is not None and len(after.message) > 500:
            found.add("confirmation_message_too_long")
    for fields in views.custom_field_list:
        if fields.count > 3:
            found.add("too_many_custom_fields")
    for custom_field in views.custom_field:
        field = custom_field.field
        if (field.min_characters is not None and not 1 <= field.min_characters <= LARGEST_AMOUNT) or (
            field.max_characters is not None and not 1 <= field.max_characters <= LARGEST_AMOUNT
        ):
            found.add("characters_out_of_range")
        if field.dropdown_options is not None and field.type != "DROPDOWN":
            found.add("dropdown_options_unavailable")
    for metadata in views.metadata:
        if metadata.count > 50:
            found.add("metadata_too_large")
    for branding in views.branding:
        if len(branding.font_family) > 512:
            found.add("font_family_too_long")


def _check_lines(views: SessionViews, found: set[str]) -> None:
    for item in views.line_item:
        line = item.line
        if line.price is None:
            if line.price_data is None:
                found.add("line_item_missing_price")
        elif line.price_data is not None:
            found.add("line_item_price_exclusive")
        if line.quantity < 0 or line.quantity > LARGEST_QUANTITY:
            found.add("quantity_out_of_range")
        if line.quantity == 0 and not item.optional:
            found.add("quantity_zero_not_optional")
        adjustable = line.adjustable_quantity
        if adjustable is not None:
            least, greatest = adjustable.minimum, adjustable.maximum
            if (
                (least is not None and not 0 <= least <= LARGEST_QUANTITY)
                or (greatest is not None and not 1 <= greatest <= LARGEST_QUANTITY)
                or (least is not None and greatest is not None and greatest < least)
            ):
                found.add("adjustable_out_of_range")
        if item.currency_differs:
            found.add("line_currency_mismatch")


def _check_prices(views: SessionViews, draft: Draft[SessionCreate], found: set[str]) -> None:  # noqa: C901, PLR0912  # the same
    now = draft.facts.now
    for price in views.price or ():
        if price.missing:
            found.add("price_missing")
            continue
        if not price.active:
            found.add("price_inactive")
        if price.start_date is not None and now < price.start_date:
            found.add("price_not_yet_active")
        if price.expiration_date is not None and now >= price.expiration_date:
            found.add("price_expired")
        if price.type == "RECURRING":
            found.add("price_recurring_not_supported")
        if price.type == "CUSTOM" and price.ui_mode == "custom":
            found.add("custom_price_unavailable")
        if (
            price.stock is not None
            and 0 < price.quantity <= LARGEST_QUANTITY
            and price.requested > price.stock
            and not price.sold_out_before
        ):
            found.add("price_sold_out")
        if not price.currency_recognised:
            found.add("line_currency_invalid")
    for inline in views.inline_price:
        product = inline.data.product_data
        if inline.data.recurring is not None:
            found.add("inline_price_recurring")
        if (
            len(product.name) > 255
            or (product.description is not None and len(product.description) > 500)
            or (product.unit_label is not None and len(product.unit_label) > 50)
        ):
            found.add("product_text_too_long")
        if not inline.currency_recognised:
            found.add("line_currency_invalid")
    for unit in views.unit_amount:
        if unit.amount < 0 or unit.amount > LARGEST_QUANTITY:
            found.add("unit_amount_out_of_range")


def _check_discounts(views: SessionViews, draft: Draft[SessionCreate], found: set[str]) -> None:  # noqa: C901, PLR0912  # the same
    now = draft.facts.now
    subtotal_stands = found.isdisjoint(NO_SUBTOTAL)
    currency_stands = found.isdisjoint(NO_COUPON_CURRENCY)
    for stated in views.discount:
        discount = stated.discount
        if discount.coupon is None:
            if discount.promotion_code is None:
                found.add("discount_empty")
        elif discount.promotion_code is not None:
            found.add("discount_exclusive")
    for code in views.promotion_code or ():
        if code.missing:
            found.add("promotion_code_missing")
            continue
        if not code.active:
            found.add("promotion_code_inactive")
        if code.expires_at is not None and now >= code.expires_at:
            found.add("promotion_code_expired")
        if code.max_redemptions is not None and code.redeemed >= code.max_redemptions:
            found.add("promotion_code_max_redemptions")
        if code.bound_to is not None and code.bound_to != code.customer_id:
            found.add("promotion_code_customer_mismatch")
        elif code.first_time and code.paid_before:
            found.add("promotion_code_first_time_only")
        least = code.minimum
        if subtotal_stands and (
            least.unreachable
            or (least.amount is not None and code.subtotal is not None and code.subtotal < least.amount)
        ):
            found.add("promotion_code_minimum_amount")
    for coupon in views.coupon or ():
        if coupon.missing:
            found.add("coupon_missing")
            continue
        if (
            coupon.deleted
            or not coupon.active
            or not coupon.valid
            or (coupon.redeem_by is not None and now >= coupon.redeem_by)
            or (coupon.max_redemptions is not None and coupon.redeemed >= coupon.max_redemptions)
            or coupon.fits_no_line
        ):
            found.add("coupon_invalid")
        if (
            coupon.customer_max is not None
            and coupon.customer_redeemed is not None
            and coupon.customer_redeemed >= coupon.customer_max
        ):
            found.add("coupon_customer_max_redemptions")
        if not currency_stands:
            continue
        least = coupon.minimum
        if (
            coupon.currency is not None
            and coupon.session_currency is not None
            and coupon.currency != coupon.session_currency
        ):
            found.add("coupon_currency_mismatch")
        elif subtotal_stands and (
            least.unreachable
            or (least.amount is not None and coupon.subtotal is not None and coupon.subtotal < least.amount)
        ):
            found.add("coupon_minimum_amount")
