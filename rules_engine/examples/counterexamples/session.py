"""Counterexamples of the rules on sessions."""

from collections.abc import Mapping
from typing import Any, Final

from rules_engine.examples.account import NOW
from rules_engine.examples.counterexamples.counterexample import Counterexample
from rules_engine.examples.documents import REMOVED

_LINE: Final = "/request/lineItems"
_INLINE: Final = "/request/lineItems/2/priceData"
_MUG: Final = "/facts/prices/price_mug"
_CODE: Final = "/facts/promotionCodes/promo_1"
_COUPON: Final = "/facts/coupons/coup_1"
_BY_CODE: Final = "discounts[0].promotionCode"
_TYPED: Final = "/facts/promotionCodesByCode/AUTUMN"
_GONE: Final[Mapping[str, Any]] = {_MUG: REMOVED, "/facts/missing": {"prices": ["price_mug"]}}

COUNTEREXAMPLES: Final = (
    Counterexample(
        "session_missing", "expire", {"/facts/session": None, "/facts/missing": {"sessions": ["cs_1"]}}, "id"
    ),
    Counterexample("checkout_session_expired", "update", {"/facts/session/expiresAt": NOW}, None),
    Counterexample("checkout_session_expired", "confirm", {"/facts/session/status": "expired"}, None),
    Counterexample("checkout_session_expired", "apply", {"/facts/session/isExpired": True}, None),
    Counterexample("session_complete", "confirm", {"/facts/session/status": "complete"}, None),
    Counterexample("session_already_over", "expire", {"/facts/session/status": "complete"}, None),
    Counterexample("invalid_client_secret", "confirm", {"/request/clientSecret": "cs_1_secret_a2"}, "clientSecret"),
    Counterexample("mode_immutable", "update", {"/request/mode": "payment"}, "mode"),
    Counterexample("ui_mode_immutable", "update", {"/request/uiMode": "hosted"}, "uiMode"),
    Counterexample("submit_type_immutable", "update", {"/request/submitType": None}, "submitType"),
    Counterexample("currency_immutable", "update", {"/request/currency": "EGP"}, "currency"),
    Counterexample("expiry_immutable", "update", {"/request/expiresAfterMinutes": 60}, "expiresAfterMinutes"),
    Counterexample("line_items_missing", "create_minimal", {_LINE: None}, "lineItems"),
    Counterexample("line_items_missing", "update_metadata", {_LINE: None}, "lineItems"),
    Counterexample("line_items_empty", "create_minimal", {_LINE: []}, "lineItems"),
    Counterexample(
        "too_many_line_items", "create_minimal", {_LINE: [{"price": "price_bowl", "quantity": 1}] * 101}, "lineItems"
    ),
    Counterexample("customer_exclusive", "create", {"/request/customerDetails": {}}, "customerDetails"),
    Counterexample("customer_exclusive", "update_metadata", {"/request/customerDetails": {}}, "customerDetails"),
    Counterexample(
        "customer_creation_exclusive", "create", {"/request/customerCreation": "always"}, "customerCreation"
    ),
    Counterexample(
        "customer_creation_exclusive", "update_customer", {"/facts/session/customerCreation": "always"}, "customerId"
    ),
    Counterexample(
        "customer_update_without_customer",
        "create_guest",
        {"/request/customerUpdate": {"name": "auto"}},
        "customerUpdate",
    ),
    Counterexample(
        "customer_update_without_customer",
        "update_metadata",
        {"/request/customerId": None, "/facts/session/customerUpdate": {"name": "auto"}},
        "customerId",
    ),
    Counterexample(
        "customer_missing",
        "create",
        {"/facts/customer": None, "/facts/missing": {"customers": ["cus_1"]}},
        "customerId",
    ),
    Counterexample(
        "payment_methods_exclusive",
        "create",
        {"/request/paymentMethodConfigurationId": "pmc_1"},
        "paymentMethodConfigurationId",
    ),
    Counterexample(
        "payment_method_types_not_enabled", "create", {"/request/paymentMethodTypes/-": "tabby"}, "paymentMethodTypes"
    ),
    Counterexample(
        "cancel_url_unavailable", "create_custom_page", {"/request/cancelUrl": "https://a.example"}, "cancelUrl"
    ),
    Counterexample("submit_type_unavailable", "create_custom_page", {"/request/submitType": "PAY"}, "submitType"),
    Counterexample(
        "name_collection_unavailable", "create_custom_page", {"/request/nameCollection": True}, "nameCollection"
    ),
    Counterexample(
        "billing_address_collection_unavailable",
        "update_custom_page",
        {"/request/billingAddressCollection": True},
        "billingAddressCollection",
    ),
    Counterexample(
        "shipping_address_collection_unavailable",
        "create_custom_page",
        {"/request/shippingAddressCollection": True},
        "shippingAddressCollection",
    ),
    Counterexample(
        "phone_number_collection_unavailable",
        "update_custom_page",
        {"/request/phoneNumberCollection": True},
        "phoneNumberCollection",
    ),
    Counterexample("too_many_discounts", "create", {"/request/discounts/-": {"coupon": "coup_1"}}, "discounts"),
    Counterexample(
        "too_many_custom_fields",
        "create",
        {"/request/customFields": [{"label": "Note", "type": "TEXT"}] * 4},
        "customFields",
    ),
    Counterexample(
        "metadata_too_large", "create", {"/request/metadata": {f"key{number}": "" for number in range(51)}}, "metadata"
    ),
    Counterexample("expires_too_soon", "create", {"/request/expiresAfterMinutes": 29}, "expiresAfterMinutes"),
    Counterexample("expires_too_late", "create", {"/request/expiresAfterMinutes": 1_441}, "expiresAfterMinutes"),
    Counterexample(
        "font_family_too_long",
        "create",
        {"/request/brandingSettings/fontFamily": "x" * 513},
        "brandingSettings.fontFamily",
    ),
    Counterexample(
        "redirect_missing", "create", {"/request/afterCompletion/redirect": None}, "afterCompletion.redirect"
    ),
    Counterexample(
        "hosted_confirmation_exclusive",
        "create",
        {"/request/afterCompletion/hostedConfirmation": {}},
        "afterCompletion.hostedConfirmation",
    ),
    Counterexample(
        "redirect_exclusive",
        "create_confirmation",
        {"/request/afterCompletion/redirect": {"url": "https://a.example"}},
        "afterCompletion.redirect",
    ),
    Counterexample(
        "hosted_confirmation_unavailable",
        "create_custom_page",
        {"/request/afterCompletion": {"type": "hosted_confirmation"}},
        "afterCompletion.type",
    ),
    Counterexample(
        "confirmation_message_too_long",
        "create_confirmation",
        {"/request/afterCompletion/hostedConfirmation/customMessage": "x" * 501},
        "afterCompletion.hostedConfirmation.customMessage",
    ),
    Counterexample(
        "min_characters_out_of_range",
        "create",
        {"/request/customFields/0/minCharacters": 0},
        "customFields[0].minCharacters",
    ),
    Counterexample(
        "max_characters_out_of_range",
        "create",
        {"/request/customFields/0/maxCharacters": 0},
        "customFields[0].maxCharacters",
    ),
    Counterexample(
        "dropdown_options_unavailable",
        "create",
        {"/request/customFields/1/type": "TEXT"},
        "customFields[1].dropdownOptions",
    ),
    Counterexample(
        "configuration_missing",
        "create_configured",
        {"/facts/configurations": {}, "/facts/missing": {"configurations": ["pmc_1"]}},
        "paymentMethodConfigurationId",
    ),
    Counterexample(
        "must_have_enabled_method",
        "create_configured",
        {"/facts/configurations/pmc_1/enabledMethods": []},
        "paymentMethodConfigurationId",
    ),
    Counterexample("line_item_missing_price", "create", {f"{_LINE}/1/price": None}, "lineItems[1]"),
    Counterexample("line_item_price_exclusive", "create", {f"{_LINE}/2/price": "price_bowl"}, "lineItems[2].priceData"),
    Counterexample("quantity_out_of_range", "create", {f"{_LINE}/1/quantity": -1}, "lineItems[1].quantity"),
    Counterexample(
        "quantity_zero_not_optional",
        "create",
        {f"{_LINE}/2/adjustableQuantity/minimum": 1},
        "lineItems[2].quantity",
    ),
    Counterexample(
        "adjustable_minimum_out_of_range",
        "create",
        {f"{_LINE}/1/adjustableQuantity/minimum": -1},
        "lineItems[1].adjustableQuantity.minimum",
    ),
    Counterexample(
        "adjustable_maximum_out_of_range",
        "create",
        {f"{_LINE}/1/adjustableQuantity/maximum": 0},
        "lineItems[1].adjustableQuantity.maximum",
    ),
    Counterexample(
        "adjustable_range_empty",
        "create",
        {f"{_LINE}/1/adjustableQuantity/minimum": 6},
        "lineItems[1].adjustableQuantity.maximum",
    ),
    Counterexample("price_missing", "create", _GONE, "lineItems[0].price"),
    Counterexample("price_inactive", "create", {f"{_MUG}/active": False}, "lineItems[0].price"),
    Counterexample("price_inactive", "confirm", {f"{_MUG}/active": False}, None),
    Counterexample(
        "price_not_yet_active", "create", {f"{_MUG}/startDate": "2026-11-22T10:00:01Z"}, "lineItems[0].price"
    ),
    Counterexample("price_not_yet_active", "confirm", {f"{_MUG}/startDate": "2026-11-22T10:00:01Z"}, None),
    Counterexample("price_expired", "create", {f"{_MUG}/expirationDate": NOW}, "lineItems[0].price"),
    Counterexample("price_expired", "confirm", {f"{_MUG}/expirationDate": NOW}, None),
    Counterexample("price_recurring_not_supported", "create", {f"{_MUG}/type": "RECURRING"}, "lineItems[0].price"),
    Counterexample(
        "custom_price_unavailable",
        "create_custom_page",
        {
            f"{_LINE}/-": {"price": "price_gift", "quantity": 1},
            "/facts/prices/price_gift": {"id": "price_gift", "currency": "EGP", "type": "CUSTOM"},
        },
        "lineItems[3].price",
    ),
    Counterexample("price_currency_invalid", "create_minimal", {f"{_MUG}/currency": "EGX"}, "lineItems[0].price"),
    Counterexample("price_sold_out", "create", {f"{_MUG}/stock": 1}, "lineItems[0].price"),
    Counterexample("price_sold_out", "confirm", {f"{_MUG}/stock": 1}, None),
    Counterexample(
        "inline_currency_invalid", "create", {f"{_INLINE}/currency": "egx"}, "lineItems[2].priceData.currency"
    ),
    Counterexample(
        "unit_amount_out_of_range", "create", {f"{_INLINE}/unitAmount": -1}, "lineItems[2].priceData.unitAmount"
    ),
    Counterexample(
        "inline_price_recurring",
        "create",
        {f"{_INLINE}/recurring": {"interval": "MONTH"}},
        "lineItems[2].priceData.recurring",
    ),
    Counterexample(
        "product_name_too_long",
        "create",
        {f"{_INLINE}/productData/name": "x" * 256},
        "lineItems[2].priceData.productData.name",
    ),
    Counterexample(
        "product_description_too_long",
        "create",
        {f"{_INLINE}/productData/description": "x" * 501},
        "lineItems[2].priceData.productData.description",
    ),
    Counterexample(
        "unit_label_too_long",
        "create",
        {f"{_INLINE}/productData/unitLabel": "x" * 51},
        "lineItems[2].priceData.productData.unitLabel",
    ),
    Counterexample("currency_invalid", "create", {"/request/currency": "egx"}, "currency"),
    Counterexample(
        "unsupported_currency", "create_foreign", {"/facts/merchant/supportedCurrencies/1": REMOVED}, "currency"
    ),
    Counterexample(
        "exchange_rate_not_found",
        "create_foreign",
        {"/facts/exchangeRates": {}, "/facts/missing": {"exchangeRates": ["USD/EGP"]}},
        "currency",
    ),
    Counterexample(
        "line_currency_mismatch", "create", {"/facts/prices/price_bowl/currency": "USD"}, "lineItems[1].price"
    ),
    Counterexample(
        "line_currency_mismatch", "create", {f"{_INLINE}/currency": "KWD"}, "lineItems[2].priceData.currency"
    ),
    Counterexample(
        "session_amount_too_large",
        "create",
        {f"{_INLINE}/unitAmount": 2_147_483_647, f"{_LINE}/2/quantity": 2_147_483_647},
        "lineItems",
    ),
    Counterexample("discount_exclusive", "create", {"/request/discounts/0/coupon": "coup_1"}, _BY_CODE),
    Counterexample("discount_empty", "create", {"/request/discounts/0": {}}, "discounts[0]"),
    Counterexample(
        "promotion_codes_not_allowed", "apply", {"/facts/session/allowPromotionCodes": False}, "promotionCode"
    ),
    Counterexample(
        "promotion_code_not_found",
        "apply",
        {"/facts/promotionCodesByCode": {}, "/facts/missing": {"promotionCodesByCode": ["autumn"]}},
        "promotionCode",
    ),
    Counterexample(
        "promotion_code_missing",
        "create",
        {"/facts/promotionCodes": {}, "/facts/missing": {"promotionCodes": ["promo_1"]}},
        _BY_CODE,
    ),
    Counterexample(
        "too_many_discounts_after_entry",
        "apply",
        {"/facts/session/discounts": [{"id": "di_2", "coupon": {"id": "coup_2"}, "promotionCodeId": "promo_2"}]},
        "promotionCode",
    ),
    Counterexample("promotion_code_inactive", "create", {f"{_CODE}/active": False}, _BY_CODE),
    Counterexample("promotion_code_inactive", "apply", {f"{_TYPED}/active": False}, "promotionCode"),
    Counterexample("promotion_code_expired", "create", {f"{_CODE}/expiresAt": NOW}, _BY_CODE),
    Counterexample("promotion_code_expired", "apply", {f"{_TYPED}/expiresAt": NOW}, "promotionCode"),
    Counterexample("promotion_code_max_redemptions", "create", {f"{_CODE}/maxRedemptions": 40}, _BY_CODE),
    Counterexample("promotion_code_max_redemptions", "apply", {f"{_TYPED}/maxRedemptions": 40}, "promotionCode"),
    Counterexample("promotion_code_customer_mismatch", "create", {f"{_CODE}/customerId": "cus_2"}, _BY_CODE),
    Counterexample(
        "promotion_code_customer_mismatch", "update_customer", {f"{_CODE}/customerId": "cus_2"}, "customerId"
    ),
    Counterexample("promotion_code_customer_mismatch", "apply", {f"{_TYPED}/customerId": "cus_2"}, "promotionCode"),
    Counterexample("promotion_code_first_time_only", "create", {"/facts/payments/customers/cus_1": 1}, _BY_CODE),
    Counterexample(
        "promotion_code_first_time_only", "update_customer", {"/facts/payments/customers/cus_1": 1}, "customerId"
    ),
    Counterexample(
        "coupon_missing",
        "create_coupon",
        {"/facts/coupons": {}, "/facts/missing": {"coupons": ["coup_1"]}},
        "discounts[0].coupon",
    ),
    Counterexample("coupon_invalid", "create", {f"{_COUPON}/active": False}, _BY_CODE),
    Counterexample("coupon_invalid", "create_coupon", {f"{_COUPON}/deleted": True}, "discounts[0].coupon"),
    Counterexample("coupon_invalid", "create_coupon", {f"{_COUPON}/valid": False}, "discounts[0].coupon"),
    Counterexample("coupon_invalid", "create_coupon", {f"{_COUPON}/redeemBy": NOW}, "discounts[0].coupon"),
    Counterexample("coupon_invalid", "create_coupon", {f"{_COUPON}/maxRedemptions": 61}, "discounts[0].coupon"),
    Counterexample("coupon_invalid", "update_lines", {f"{_COUPON}/appliesToProductIds": ["prod_vase"]}, "lineItems"),
    Counterexample(
        "coupon_invalid", "create", {"/facts/coupons": {}, "/facts/missing": {"coupons": ["coup_1"]}}, _BY_CODE
    ),
    Counterexample(
        "coupon_currency_mismatch", "create", {f"{_COUPON}/currency": "usd", f"{_COUPON}/minValue": None}, _BY_CODE
    ),
    Counterexample("coupon_customer_max_redemptions", "create", {f"{_COUPON}/customerMaxRedemptions": 1}, _BY_CODE),
    Counterexample(
        "coupon_customer_max_redemptions", "update_customer", {f"{_COUPON}/customerMaxRedemptions": 1}, "customerId"
    ),
    Counterexample("coupon_minimum_amount", "create", {f"{_COUPON}/minValue": 128_501}, _BY_CODE),
    Counterexample("coupon_minimum_amount", "update_lines", {f"{_COUPON}/minValue": 128_501}, "lineItems"),
    Counterexample(
        "promotion_code_minimum_amount", "create", {f"{_CODE}/restrictions/minimumAmount": "128501"}, _BY_CODE
    ),
    Counterexample(
        "promotion_code_minimum_amount", "update_lines", {f"{_CODE}/restrictions/minimumAmount": "128501"}, "lineItems"
    ),
    Counterexample(
        "promotion_code_minimum_amount", "apply", {f"{_TYPED}/restrictions/minimumAmount": "128501"}, "promotionCode"
    ),
    Counterexample(
        "payment_method_missing",
        "confirm",
        {"/facts/paymentMethods": {}, "/facts/missing": {"paymentMethods": ["pm_1"]}},
        "paymentMethod",
    ),
    Counterexample(
        "payment_method_corrupted", "confirm", {"/facts/paymentMethods/pm_1/readable": False}, "paymentMethod"
    ),
    Counterexample(
        "payment_method_customer_mismatch",
        "confirm",
        {"/facts/paymentMethods/pm_1/customerId": "cus_2"},
        "paymentMethod",
    ),
    Counterexample(
        "stored_payment_method_mismatch", "confirm", {"/facts/paymentMethods/pm_1/type": "valu"}, "paymentMethod"
    ),
    Counterexample("payment_method_mismatch", "confirm", {"/request/paymentMethodType": "valu"}, "paymentMethodType"),
    Counterexample(
        "payment_intent_missing",
        "confirm",
        {"/facts/paymentIntents": {}, "/facts/missing": {"paymentIntents": ["pi_1"]}},
        "paymentIntentId",
    ),
    Counterexample(
        "payment_intent_customer_mismatch",
        "confirm",
        {"/facts/paymentIntents/pi_1/customer": {"id": "cus_2"}},
        "paymentIntentId",
    ),
)
"""At least one counterexample for every rule, in the order of `RULES`."""
