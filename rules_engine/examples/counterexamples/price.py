"""Counterexamples of the rules on saved prices."""

from typing import Final

from rules_engine.examples.counterexamples.counterexample import Counterexample
from rules_engine.examples.documents import REMOVED

_NO_MUG: Final = {"/facts/prices": {}, "/facts/missing": {"prices": ["price_mug"]}}
_USED: Final = {"/facts/usage/prices/price_mug": 1}
_MONTHLY: Final = {"/request/recurring": {"interval": "MONTH"}}
_SET_BY_BUYER: Final = {"/request/customUnitAmount": {"minimum": 10_000}}
_LARGEST: Final = 2_147_483_647
_LARGEST_CUSTOM: Final = 9_007_199_254_740_991

COUNTEREXAMPLES: Final[tuple[Counterexample, ...]] = (
    Counterexample(
        "product_missing",
        "price_create",
        {"/facts/products": {}, "/facts/missing": {"products": ["prod_mug"]}},
        "productId",
    ),
    Counterexample("price_missing", "price_update", _NO_MUG, "id"),
    Counterexample("price_missing", "price_update_unused", _NO_MUG, "id"),
    Counterexample("price_missing", "price_delete", _NO_MUG, "id"),
    Counterexample(
        "metadata_too_large", "price_create", {"/request/metadata": dict.fromkeys(map(str, range(51)))}, "metadata"
    ),
    Counterexample(
        "metadata_too_large", "price_update", {"/request/metadata": dict.fromkeys(map(str, range(51)))}, "metadata"
    ),
    Counterexample("unit_amount_out_of_range", "price_create", {"/request/unitAmount": -1}, "unitAmount"),
    Counterexample(
        "unit_amount_out_of_range", "price_update_unused", {"/request/unitAmount": _LARGEST + 1}, "unitAmount"
    ),
    Counterexample("currency_invalid", "price_create", {"/request/currency": "egx"}, "currency"),
    Counterexample("currency_invalid", "price_update_unused", {"/request/currency": "egx"}, "currency"),
    Counterexample(
        "unsupported_currency", "price_create_rich", {"/facts/merchant/supportedCurrencies/2": REMOVED}, "currency"
    ),
    Counterexample(
        "unsupported_currency", "price_update_unused", {"/facts/merchant/supportedCurrencies/1": REMOVED}, "currency"
    ),
    Counterexample("price_immutable_while_used", "price_update_used", {"/request/unitAmount": 39_000}, "unitAmount"),
    Counterexample("price_immutable_while_used", "price_update_used", {"/request/currency": "usd"}, "currency"),
    Counterexample(
        "price_immutable_while_used",
        "price_update_used",
        {"/request/recurring": {"interval": "MONTH", "intervalCount": 2}},
        "recurring",
    ),
    Counterexample(
        "price_immutable_while_used",
        "price_update_used",
        {"/request/type": "ONE_TIME", "/request/recurring": REMOVED},
        "type",
    ),
    Counterexample("price_in_use", "price_delete", _USED, "id"),
    Counterexample("price_in_use", "price_delete_archived", _USED, "id"),
    Counterexample("price_currency_missing", "price_create", {"/request/currency": REMOVED}, "currency"),
    Counterexample("unit_amount_exclusive", "price_create_custom", {"/request/unitAmount": 38_000}, "unitAmount"),
    Counterexample("unit_amount_exclusive", "price_update_to_custom", {"/request/unitAmount": REMOVED}, "type"),
    Counterexample("recurring_without_recurring_type", "price_create", _MONTHLY, "recurring"),
    Counterexample("recurring_without_recurring_type", "price_update", _MONTHLY, "recurring"),
    Counterexample("recurring_without_recurring_type", "price_update_charged_once", _MONTHLY, "recurring"),
    Counterexample(
        "recurring_without_recurring_type", "price_create_recurring", {"/request/type": REMOVED}, "recurring"
    ),
    Counterexample("custom_unit_amount_without_custom_type", "price_create", _SET_BY_BUYER, "customUnitAmount"),
    Counterexample(
        "custom_unit_amount_without_custom_type", "price_create_custom", {"/request/type": None}, "customUnitAmount"
    ),
    Counterexample(
        "custom_unit_amount_without_custom_type",
        "price_update_from_custom",
        {"/request/customUnitAmount": REMOVED},
        "type",
    ),
    Counterexample("unit_amount_missing", "price_create", {"/request/unitAmount": REMOVED}, "unitAmount"),
    Counterexample("unit_amount_missing", "price_create_recurring", {"/request/unitAmount": None}, "unitAmount"),
    Counterexample("unit_amount_missing", "price_update", {"/request/unitAmount": None}, "unitAmount"),
    Counterexample("unit_amount_missing", "price_update_from_custom", {"/request/unitAmount": REMOVED}, "unitAmount"),
    Counterexample("recurring_type_without_recurring", "price_create", {"/request/type": "RECURRING"}, "type"),
    Counterexample("recurring_type_without_recurring", "price_update_unused", {"/request/recurring": REMOVED}, "type"),
    Counterexample(
        "custom_type_without_custom_unit_amount", "price_create_custom", {"/request/customUnitAmount": REMOVED}, "type"
    ),
    Counterexample(
        "custom_type_without_custom_unit_amount",
        "price_update_to_custom",
        {"/request/customUnitAmount": REMOVED},
        "type",
    ),
    Counterexample(
        "interval_count_out_of_range",
        "price_create_recurring",
        {"/request/recurring": {"interval": "WEEK", "intervalCount": 0}},
        "recurring.intervalCount",
    ),
    Counterexample(
        "interval_count_out_of_range",
        "price_update_unused",
        {"/request/recurring": {"interval": "WEEK", "intervalCount": 0}},
        "recurring.intervalCount",
    ),
    Counterexample("price_stock_invalid", "price_create_rich", {"/request/stock": -1}, "stock"),
    Counterexample("price_stock_invalid", "price_update_used", {"/request/stock": -1}, "stock"),
    Counterexample("stock_out_of_range", "price_create_rich", {"/request/stock": _LARGEST + 1}, "stock"),
    Counterexample("stock_out_of_range", "price_update_unused", {"/request/stock": _LARGEST + 1}, "stock"),
    Counterexample(
        "price_date_range_invalid",
        "price_create_rich",
        {"/request/startDate": "2026-12-01T00:00:00Z"},
        "expirationDate",
    ),
    Counterexample(
        "price_date_range_invalid",
        "price_update_used",
        {"/request/expirationDate": "2026-08-31T23:59:59Z"},
        "expirationDate",
    ),
    Counterexample(
        "price_date_range_invalid",
        "price_update_unused",
        {"/facts/prices/price_mug/expirationDate": "2026-11-30T00:00:00Z"},
        "startDate",
    ),
    Counterexample(
        "custom_amount_out_of_range",
        "price_create_custom",
        {"/request/customUnitAmount/minimum": 0},
        "customUnitAmount.minimum",
    ),
    Counterexample(
        "custom_amount_out_of_range",
        "price_create_custom",
        {"/request/customUnitAmount/maximum": _LARGEST_CUSTOM + 1},
        "customUnitAmount.maximum",
    ),
    Counterexample(
        "custom_amount_out_of_range",
        "price_update_to_custom",
        {"/request/customUnitAmount/preset": _LARGEST_CUSTOM + 1},
        "customUnitAmount.preset",
    ),
    Counterexample(
        "custom_range_empty",
        "price_create_custom",
        {"/request/customUnitAmount/maximum": 9_999},
        "customUnitAmount.maximum",
    ),
    Counterexample(
        "custom_range_empty",
        "price_update_to_custom",
        {"/request/customUnitAmount/maximum": 9_999},
        "customUnitAmount.maximum",
    ),
    Counterexample(
        "preset_out_of_range",
        "price_create_custom",
        {"/request/customUnitAmount/preset": 90_001},
        "customUnitAmount.preset",
    ),
    Counterexample(
        "preset_out_of_range",
        "price_update_to_custom",
        {"/request/customUnitAmount/preset": 9_999},
        "customUnitAmount.preset",
    ),
)
"""A row or two a rule."""
