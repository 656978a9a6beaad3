"""`session.create` by hand: what an expert writes who needs these checks once, in this order, under these limits.

No rule, no view and no policy: the models in, the names of the codes out. It reports what the engine reports under
`covered_policy`, as long as every fact is known; where one is not, it raises. What the engine reports beside the codes
(field, evidence, what was skipped and why) it does not know.
"""

from collections.abc import Collection, Mapping
from typing import Final

from benches.straight_line_basket import (
    LARGEST_AMOUNT,
    NO_CURRENCY,
    NO_SUBTOTAL,
    account,
    check_currency,
    check_lines,
    expect_missing,
    session_currency,
)
from benches.straight_line_discounts import check_discounts
from rules_engine import RULES, Draft, Mode, Policy, default_policy
from rules_engine.models import Facts, SessionCreate
from rules_engine.rules.limits import MAX_LINE_ITEMS

_FAULTS: Final = (
    *("line_items_missing", "line_items_empty", "too_many_line_items", "customer_exclusive"),
    *("customer_creation_exclusive", "customer_update_without_customer", "customer_missing"),
    *("payment_methods_exclusive", "payment_method_types_not_enabled", "configuration_missing"),
    *("must_have_enabled_method", "page_field_unavailable", "redirect_missing", "completion_exclusive"),
    *("hosted_confirmation_unavailable", "confirmation_message_too_long", "too_many_custom_fields"),
    *("characters_out_of_range", "dropdown_options_unavailable", "metadata_too_large", "font_family_too_long"),
    *("expiry_out_of_range", "line_item_missing_price", "line_item_price_exclusive", "quantity_out_of_range"),
    *("quantity_zero_not_optional", "adjustable_out_of_range", "price_missing", "price_inactive"),
    *("price_not_yet_active", "price_expired", "price_recurring_not_supported", "custom_price_unavailable"),
    *("price_sold_out", "inline_price_recurring", "unit_amount_out_of_range", "product_text_too_long"),
    *("currency_invalid", "line_currency_invalid", "unsupported_currency", "exchange_rate_not_found"),
    *("line_currency_mismatch", "session_amount_too_large", "too_many_discounts", "discount_exclusive"),
    *("discount_empty", "promotion_code_missing", "promotion_code_inactive", "promotion_code_expired"),
    *("promotion_code_max_redemptions", "promotion_code_customer_mismatch", "promotion_code_first_time_only"),
    *("coupon_missing", "coupon_invalid", "coupon_currency_mismatch", "coupon_customer_max_redemptions"),
    *("coupon_minimum_amount", "promotion_code_minimum_amount"),
)
"""Every fault, in the order of the report: the name of a rule, or one of several."""
_SEVERAL: Final[Mapping[str, tuple[str, ...]]] = {
    "page_field_unavailable": (
        *("cancel_url_unavailable", "submit_type_unavailable", "name_collection_unavailable"),
        *("billing_address_collection_unavailable", "shipping_address_collection_unavailable"),
        "phone_number_collection_unavailable",
    ),
    "completion_exclusive": ("hosted_confirmation_exclusive", "redirect_exclusive"),
    "characters_out_of_range": ("min_characters_out_of_range", "max_characters_out_of_range"),
    "expiry_out_of_range": ("expires_too_soon", "expires_too_late"),
    "adjustable_out_of_range": (
        *("adjustable_minimum_out_of_range", "adjustable_maximum_out_of_range", "adjustable_range_empty"),
    ),
    "product_text_too_long": ("product_name_too_long", "product_description_too_long", "unit_label_too_long"),
    "line_currency_invalid": ("inline_currency_invalid", "price_currency_invalid"),
}
"""Neighbours of one code that nothing builds on are one fault."""
COVERED: Final = frozenset(rule for fault in _FAULTS for rule in _SEVERAL.get(fault, (fault,)))
"""The rules that are checked here; a rule that is not among them is off wherever answers or costs are compared."""
CODE_OF: Final = {rule.name: rule.code.name for rule in RULES}
"""The name of a rule to that of its code."""
_CODES: Final = {fault: CODE_OF[_SEVERAL.get(fault, (fault,))[0]] for fault in _FAULTS}

MOST_LINES: Final = MAX_LINE_ITEMS.default
"""How many lines the default policy admits."""


def covered_policy(most_lines: int = MOST_LINES) -> Policy:
    """Return the default policy without the rules that are not checked here."""
    policy = default_policy().with_limits(max_line_items=most_lines)
    return policy.with_modes(Mode.OFF, *(name for name in policy.pipelines["session.create"] if name not in COVERED))


def check_session_create(draft: Draft[SessionCreate], most_lines: int = MOST_LINES) -> list[str]:
    """List the codes of a new session, in order, each once.

    Args:
        draft: The draft.
        most_lines: How many lines are admitted.

    Raises:
        UnknownFactError: A fact that a check reads is not provided.
    """
    request, facts = draft.request, draft.facts
    lines = request.line_items
    found: set[str] = set()
    _check_fields(request, facts, found, most_lines)
    currency = session_currency(request, facts)
    check_currency(currency, facts, found, stated=request.currency is not None)
    subtotal = check_lines(lines, facts, currency, found, custom_page=request.ui_mode == "custom") if lines else None
    if found:
        withdraw_consequences(found)
    if subtotal is not None and subtotal > LARGEST_AMOUNT and found.isdisjoint(NO_SUBTOTAL):
        found.add("session_amount_too_large")
    if request.discounts:
        check_discounts(request, facts, currency, subtotal, found)
    return codes_of(found) if found else []


def codes_of(found: Collection[str]) -> list[str]:
    """List the codes of faults, in order, each once."""
    return list(dict.fromkeys(code for fault, code in _CODES.items() if fault in found))


def withdraw_consequences(found: set[str]) -> None:
    """Drop what is only noise beside another fault."""
    if "currency_invalid" in found:
        found.discard("line_currency_mismatch")
    if not found.isdisjoint(NO_CURRENCY):
        found -= {"unsupported_currency", "exchange_rate_not_found"}


def _check_fields(  # noqa: C901, PLR0912, PLR0915  # straight-line is the point
    request: SessionCreate, facts: Facts, found: set[str], most_lines: int
) -> None:
    lines = request.line_items
    if lines is None:
        if request.mode != "setup":
            found.add("line_items_missing")
    elif not lines:
        if request.mode != "setup":
            found.add("line_items_empty")
    elif len(lines) > most_lines:
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
            expect_missing(customer_id, facts.missing.customers)
            found.add("customer_missing")

    types = request.payment_method_types
    configuration_id = request.payment_method_configuration_id
    if types is not None and configuration_id is not None:
        found.add("payment_methods_exclusive")
    if types:
        enabled: set[str] = set()
        for supported in account(facts)[1]:
            enabled.update(supported.payment_method_types)
        if not enabled.issuperset(types):
            found.add("payment_method_types_not_enabled")
    if configuration_id is not None:
        configuration = facts.configurations.get(configuration_id)
        if configuration is None:
            expect_missing(configuration_id, facts.missing.configurations)
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
            if (least is not None and not 1 <= least <= LARGEST_AMOUNT) or (
                greatest is not None and not 1 <= greatest <= LARGEST_AMOUNT
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
