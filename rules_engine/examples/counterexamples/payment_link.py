"""Counterexamples of the rules on payment links."""

from collections.abc import Mapping
from typing import Any, Final

from rules_engine.examples.account import NOW
from rules_engine.examples.counterexamples.counterexample import Counterexample
from rules_engine.examples.documents import REMOVED

_CREATE: Final = "payment_link_create_full"
_UPDATE: Final = "payment_link_update_full"
_OPEN: Final = "payment_link_open_full"
_SAVED: Final = (_CREATE, _UPDATE)
_LINES: Final = "/request/lineItems"
_MUG: Final = "/facts/prices/price_mug"
_BOWL: Final = "/facts/prices/price_bowl"
_FIELDS: Final = "/request/customFields"
_COMPLETION: Final = "/request/afterCompletion"
_PAGE: Final = {"customMessage": "Done"}
_SITE: Final = {"url": "https://pots.example/thanks"}
_NO_MUG: Final = {_MUG: REMOVED, "/facts/missing": {"prices": ["price_mug"]}}
_NO_LINK: Final = {"/facts/paymentLink": None, "/facts/missing": {"paymentLinks": ["plink_1"]}}

_WHEN_SAVED: Final[tuple[tuple[str, Mapping[str, Any], str], ...]] = (
    ("line_items_empty", {_LINES: []}, "lineItems"),
    ("too_many_custom_fields", {_FIELDS: [{"label": "Note", "type": "TEXT"}] * 4}, "customFields"),
    ("metadata_too_large", {"/request/metadata": dict.fromkeys(map(str, range(51)), "")}, "metadata"),
    (
        "font_family_too_long",
        {"/request/brandingSettings/fontFamily": "x" * 513},
        "brandingSettings.fontFamily",
    ),
    ("redirect_missing", {_COMPLETION: {"type": "redirect"}}, "afterCompletion.redirect"),
    (
        "hosted_confirmation_exclusive",
        {_COMPLETION: {"type": "redirect", "redirect": _SITE, "hostedConfirmation": _PAGE}},
        "afterCompletion.hostedConfirmation",
    ),
    ("redirect_exclusive", {f"{_COMPLETION}/redirect": _SITE}, "afterCompletion.redirect"),
    (
        "confirmation_message_too_long",
        {f"{_COMPLETION}/hostedConfirmation/customMessage": "x" * 501},
        "afterCompletion.hostedConfirmation.customMessage",
    ),
    ("min_characters_out_of_range", {f"{_FIELDS}/0/minCharacters": 0}, "customFields[0].minCharacters"),
    ("max_characters_out_of_range", {f"{_FIELDS}/0/maxCharacters": 0}, "customFields[0].maxCharacters"),
    ("dropdown_options_unavailable", {f"{_FIELDS}/1/type": "TEXT"}, "customFields[1].dropdownOptions"),
    (
        "configuration_missing",
        {"/facts/configurations": {}, "/facts/missing": {"configurations": ["pmc_1"]}},
        "paymentMethodConfigurationId",
    ),
    (
        "must_have_enabled_method",
        {"/facts/configurations/pmc_1/enabledMethods": []},
        "paymentMethodConfigurationId",
    ),
    ("quantity_out_of_range", {f"{_LINES}/0/quantity": -1}, "lineItems[0].quantity"),
    ("quantity_zero_not_optional", {f"{_LINES}/1/adjustableQuantity/minimum": 1}, "lineItems[1].quantity"),
    (
        "adjustable_minimum_out_of_range",
        {f"{_LINES}/1/adjustableQuantity/minimum": -1},
        "lineItems[1].adjustableQuantity.minimum",
    ),
    (
        "adjustable_maximum_out_of_range",
        {f"{_LINES}/0/adjustableQuantity/maximum": 0},
        "lineItems[0].adjustableQuantity.maximum",
    ),
    (
        "adjustable_range_empty",
        {f"{_LINES}/0/adjustableQuantity/minimum": 6},
        "lineItems[0].adjustableQuantity.maximum",
    ),
    (
        "price_missing",
        _NO_MUG,
        "lineItems[0].priceId",
    ),
    ("price_inactive", {f"{_BOWL}/active": False}, "lineItems[1].priceId"),
    ("price_expired", {f"{_BOWL}/expirationDate": NOW}, "lineItems[1].priceId"),
    ("price_recurring_not_supported", {f"{_BOWL}/type": "RECURRING"}, "lineItems[1].priceId"),
    ("price_currency_invalid", {f"{_BOWL}/currency": "EGX"}, "lineItems[1].priceId"),
    ("line_currency_mismatch", {f"{_BOWL}/currency": "USD"}, "lineItems[1].priceId"),
    (
        "session_amount_too_large",
        {f"{_MUG}/unitAmount": 2_147_483_647, f"{_LINES}/0/quantity": 2_147_483_647, f"{_MUG}/stock": None},
        "lineItems",
    ),
    ("link_expired_when_saved", {"/request/expiresAt": NOW}, "expiresAt"),
)

COUNTEREXAMPLES: Final[tuple[Counterexample, ...]] = (
    *(Counterexample(rule, example, changes, param) for rule, changes, param in _WHEN_SAVED for example in _SAVED),
    *(
        Counterexample(
            "too_many_line_items", example, {_LINES: [{"priceId": "price_bowl", "quantity": 1}] * 101}, "lineItems"
        )
        for example in ("payment_link_create", "payment_link_update")
    ),
    Counterexample(
        "unsupported_currency", _CREATE, {f"{_MUG}/currency": "EUR", f"{_BOWL}/currency": "EUR"}, "lineItems[0].priceId"
    ),
    Counterexample("payment_link_missing", "payment_link_update", _NO_LINK, "id"),
    Counterexample("payment_link_missing", _UPDATE, _NO_LINK, "id"),
    Counterexample("payment_link_missing", "payment_link_open", _NO_LINK, "id"),
    Counterexample("payment_link_inactive", "payment_link_open", {"/facts/paymentLink/active": False}, None),
    Counterexample("payment_link_expired", "payment_link_open", {"/facts/paymentLink/expiresAt": NOW}, None),
    Counterexample("price_missing", "payment_link_open", _NO_MUG, None),
    Counterexample("price_inactive", _OPEN, {f"{_BOWL}/active": False}, None),
    Counterexample("price_not_yet_active", _OPEN, {f"{_BOWL}/startDate": "2026-11-22T10:00:01Z"}, None),
    Counterexample("price_expired", _OPEN, {f"{_BOWL}/expirationDate": NOW}, None),
    Counterexample("price_recurring_not_supported", _OPEN, {f"{_BOWL}/type": "RECURRING"}, None),
    Counterexample("price_sold_out", _OPEN, {f"{_MUG}/stock": 1}, None),
)
"""A row or two a rule."""
