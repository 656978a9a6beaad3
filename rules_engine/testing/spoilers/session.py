"""Spoilers of the rules on sessions."""

from collections.abc import Mapping
from typing import Any, Final

from rules_engine.testing.documents import REMOVED
from rules_engine.testing.spoilers.spoiler import Spoiler
from rules_engine.testing.worlds.instant import NOW

_LINE: Final = "/request/lineItems"
_INLINE: Final = "/request/lineItems/2/priceData"
_MUG: Final = "/facts/prices/price_mug"
_CODE: Final = "/facts/promotionCodes/promo_1"
_COUPON: Final = "/facts/coupons/coup_1"
_BY_CODE: Final = "discounts[0].promotionCode"
_TYPED: Final = "/facts/promotionCodesByCode/AUTUMN"
_GONE: Final[Mapping[str, Any]] = {_MUG: REMOVED, "/facts/missing": {"prices": ["price_mug"]}}

SPOILERS: Final = (
    Spoiler("session_missing", "expire", {"/facts/session": None, "/facts/missing": {"sessions": ["cs_1"]}}, "id"),
    Spoiler("checkout_session_expired", "update", {"/facts/session/expiresAt": NOW}, None),
    Spoiler("checkout_session_expired", "confirm", {"/facts/session/status": "expired"}, None),
    Spoiler("checkout_session_expired", "apply", {"/facts/session/isExpired": True}, None),
    Spoiler("session_complete", "confirm", {"/facts/session/status": "complete"}, None),
    Spoiler("session_already_over", "expire", {"/facts/session/status": "complete"}, None),
    Spoiler("invalid_client_secret", "confirm", {"/request/clientSecret": "cs_1_secret_a2"}, "clientSecret"),
    Spoiler("mode_immutable", "update", {"/request/mode": "payment"}, "mode"),
    Spoiler("ui_mode_immutable", "update", {"/request/uiMode": "hosted"}, "uiMode"),
    Spoiler("submit_type_immutable", "update", {"/request/submitType": None}, "submitType"),
    Spoiler("currency_immutable", "update", {"/request/currency": "EGP"}, "currency"),
    Spoiler("expiry_immutable", "update", {"/request/expiresAfterMinutes": 60}, "expiresAfterMinutes"),
    Spoiler("line_items_missing", "create_minimal", {_LINE: None}, "lineItems"),
    Spoiler("line_items_missing", "update_metadata", {_LINE: None}, "lineItems"),
    Spoiler("line_items_empty", "create_minimal", {_LINE: []}, "lineItems"),
    Spoiler(
        "too_many_line_items", "create_minimal", {_LINE: [{"price": "price_bowl", "quantity": 1}] * 101}, "lineItems"
    ),
    Spoiler("customer_exclusive", "create", {"/request/customerDetails": {}}, "customerDetails"),
    Spoiler("customer_exclusive", "update_metadata", {"/request/customerDetails": {}}, "customerDetails"),
    Spoiler("customer_creation_exclusive", "create", {"/request/customerCreation": "always"}, "customerCreation"),
    Spoiler(
        "customer_creation_exclusive", "update_customer", {"/facts/session/customerCreation": "always"}, "customerId"
    ),
    Spoiler(
        "customer_update_without_customer",
        "create_guest",
        {"/request/customerUpdate": {"name": "auto"}},
        "customerUpdate",
    ),
    Spoiler(
        "customer_update_without_customer",
        "update_metadata",
        {"/request/customerId": None, "/facts/session/customerUpdate": {"name": "auto"}},
        "customerId",
    ),
    Spoiler(
        "customer_missing",
        "create",
        {"/facts/customer": None, "/facts/missing": {"customers": ["cus_1"]}},
        "customerId",
    ),
    Spoiler(
        "payment_methods_exclusive",
        "create",
        {"/request/paymentMethodConfigurationId": "pmc_1"},
        "paymentMethodConfigurationId",
    ),
    Spoiler(
        "payment_method_types_not_enabled", "create", {"/request/paymentMethodTypes/-": "tabby"}, "paymentMethodTypes"
    ),
    Spoiler("cancel_url_unavailable", "create_custom_page", {"/request/cancelUrl": "https://a.example"}, "cancelUrl"),
    Spoiler("submit_type_unavailable", "create_custom_page", {"/request/submitType": "PAY"}, "submitType"),
    Spoiler("name_collection_unavailable", "create_custom_page", {"/request/nameCollection": True}, "nameCollection"),
    Spoiler(
        "billing_address_collection_unavailable",
        "update_custom_page",
        {"/request/billingAddressCollection": True},
        "billingAddressCollection",
    ),
    Spoiler(
        "shipping_address_collection_unavailable",
        "create_custom_page",
        {"/request/shippingAddressCollection": True},
        "shippingAddressCollection",
    ),
    Spoiler(
        "phone_number_collection_unavailable",
        "update_custom_page",
        {"/request/phoneNumberCollection": True},
        "phoneNumberCollection",
    ),
    Spoiler("too_many_discounts", "create", {"/request/discounts/-": {"coupon": "coup_1"}}, "discounts"),
    Spoiler(
        "too_many_custom_fields",
        "create",
        {"/request/customFields": [{"label": "Note", "type": "TEXT"}] * 4},
        "customFields",
    ),
    Spoiler(
        "metadata_too_large", "create", {"/request/metadata": {f"key{number}": "" for number in range(51)}}, "metadata"
    ),
    Spoiler("expires_too_soon", "create", {"/request/expiresAfterMinutes": 29}, "expiresAfterMinutes"),
    Spoiler("expires_too_late", "create", {"/request/expiresAfterMinutes": 1_441}, "expiresAfterMinutes"),
    Spoiler(
        "font_family_too_long",
        "create",
        {"/request/brandingSettings/fontFamily": "x" * 513},
        "brandingSettings.fontFamily",
    ),
    Spoiler("redirect_missing", "create", {"/request/afterCompletion/redirect": None}, "afterCompletion.redirect"),
    Spoiler(
        "hosted_confirmation_exclusive",
        "create",
        {"/request/afterCompletion/hostedConfirmation": {}},
        "afterCompletion.hostedConfirmation",
    ),
    Spoiler(
        "redirect_exclusive",
        "create_confirmation",
        {"/request/afterCompletion/redirect": {"url": "https://a.example"}},
        "afterCompletion.redirect",
    ),
    Spoiler(
        "hosted_confirmation_unavailable",
        "create_custom_page",
        {"/request/afterCompletion": {"type": "hosted_confirmation"}},
        "afterCompletion.type",
    ),
    Spoiler(
        "confirmation_message_too_long",
        "create_confirmation",
        {"/request/afterCompletion/hostedConfirmation/customMessage": "x" * 501},
        "afterCompletion.hostedConfirmation.customMessage",
    ),
    Spoiler(
        "min_characters_out_of_range",
        "create",
        {"/request/customFields/0/minCharacters": 0},
        "customFields[0].minCharacters",
    ),
    Spoiler(
        "max_characters_out_of_range",
        "create",
        {"/request/customFields/0/maxCharacters": 0},
        "customFields[0].maxCharacters",
    ),
    Spoiler(
        "dropdown_options_unavailable",
        "create",
        {"/request/customFields/1/type": "TEXT"},
        "customFields[1].dropdownOptions",
    ),
    Spoiler(
        "configuration_missing",
        "create_configured",
        {"/facts/configurations": {}, "/facts/missing": {"configurations": ["pmc_1"]}},
        "paymentMethodConfigurationId",
    ),
    Spoiler(
        "must_have_enabled_method",
        "create_configured",
        {"/facts/configurations/pmc_1/enabledMethods": []},
        "paymentMethodConfigurationId",
    ),
    Spoiler("line_item_missing_price", "create", {f"{_LINE}/1/price": None}, "lineItems[1]"),
    Spoiler("line_item_price_exclusive", "create", {f"{_LINE}/2/price": "price_bowl"}, "lineItems[2].priceData"),
    Spoiler("quantity_out_of_range", "create", {f"{_LINE}/1/quantity": -1}, "lineItems[1].quantity"),
    Spoiler(
        "quantity_zero_not_optional",
        "create",
        {f"{_LINE}/2/adjustableQuantity/minimum": 1},
        "lineItems[2].quantity",
    ),
    Spoiler(
        "adjustable_minimum_out_of_range",
        "create",
        {f"{_LINE}/1/adjustableQuantity/minimum": -1},
        "lineItems[1].adjustableQuantity.minimum",
    ),
    Spoiler(
        "adjustable_maximum_out_of_range",
        "create",
        {f"{_LINE}/1/adjustableQuantity/maximum": 0},
        "lineItems[1].adjustableQuantity.maximum",
    ),
    Spoiler(
        "adjustable_range_empty",
        "create",
        {f"{_LINE}/1/adjustableQuantity/minimum": 6},
        "lineItems[1].adjustableQuantity.maximum",
    ),
    Spoiler("price_missing", "create", _GONE, "lineItems[0].price"),
    Spoiler("price_inactive", "create", {f"{_MUG}/active": False}, "lineItems[0].price"),
    Spoiler("price_inactive", "confirm", {f"{_MUG}/active": False}, None),
    Spoiler("price_not_yet_active", "create", {f"{_MUG}/startDate": "2026-11-22T10:00:01Z"}, "lineItems[0].price"),
    Spoiler("price_not_yet_active", "confirm", {f"{_MUG}/startDate": "2026-11-22T10:00:01Z"}, None),
    Spoiler("price_expired", "create", {f"{_MUG}/expirationDate": NOW}, "lineItems[0].price"),
    Spoiler("price_expired", "confirm", {f"{_MUG}/expirationDate": NOW}, None),
    Spoiler("price_recurring_not_supported", "create", {f"{_MUG}/type": "RECURRING"}, "lineItems[0].price"),
    Spoiler(
        "custom_price_unavailable",
        "create_custom_page",
        {
            f"{_LINE}/-": {"price": "price_gift", "quantity": 1},
            "/facts/prices/price_gift": {"id": "price_gift", "currency": "EGP", "type": "CUSTOM"},
        },
        "lineItems[3].price",
    ),
    Spoiler("price_currency_invalid", "create_minimal", {f"{_MUG}/currency": "EGX"}, "lineItems[0].price"),
    Spoiler("price_sold_out", "create", {f"{_MUG}/stock": 1}, "lineItems[0].price"),
    Spoiler("price_sold_out", "confirm", {f"{_MUG}/stock": 1}, None),
    Spoiler("inline_currency_invalid", "create", {f"{_INLINE}/currency": "egx"}, "lineItems[2].priceData.currency"),
    Spoiler("unit_amount_out_of_range", "create", {f"{_INLINE}/unitAmount": -1}, "lineItems[2].priceData.unitAmount"),
    Spoiler(
        "inline_price_recurring",
        "create",
        {f"{_INLINE}/recurring": {"interval": "MONTH"}},
        "lineItems[2].priceData.recurring",
    ),
    Spoiler(
        "product_name_too_long",
        "create",
        {f"{_INLINE}/productData/name": "x" * 256},
        "lineItems[2].priceData.productData.name",
    ),
    Spoiler(
        "product_description_too_long",
        "create",
        {f"{_INLINE}/productData/description": "x" * 501},
        "lineItems[2].priceData.productData.description",
    ),
    Spoiler(
        "unit_label_too_long",
        "create",
        {f"{_INLINE}/productData/unitLabel": "x" * 51},
        "lineItems[2].priceData.productData.unitLabel",
    ),
    Spoiler("currency_invalid", "create", {"/request/currency": "egx"}, "currency"),
    Spoiler("unsupported_currency", "create_foreign", {"/facts/merchant/supportedCurrencies/1": REMOVED}, "currency"),
    Spoiler(
        "exchange_rate_not_found",
        "create_foreign",
        {"/facts/exchangeRates": {}, "/facts/missing": {"exchangeRates": ["USD/EGP"]}},
        "currency",
    ),
    Spoiler("line_currency_mismatch", "create", {"/facts/prices/price_bowl/currency": "USD"}, "lineItems[1].price"),
    Spoiler("line_currency_mismatch", "create", {f"{_INLINE}/currency": "KWD"}, "lineItems[2].priceData.currency"),
    Spoiler(
        "session_amount_too_large",
        "create",
        {f"{_INLINE}/unitAmount": 2_147_483_647, f"{_LINE}/2/quantity": 2_147_483_647},
        "lineItems",
    ),
    Spoiler("discount_exclusive", "create", {"/request/discounts/0/coupon": "coup_1"}, _BY_CODE),
    Spoiler("discount_empty", "create", {"/request/discounts/0": {}}, "discounts[0]"),
    Spoiler("promotion_codes_not_allowed", "apply", {"/facts/session/allowPromotionCodes": False}, "promotionCode"),
    Spoiler(
        "promotion_code_not_found",
        "apply",
        {"/facts/promotionCodesByCode": {}, "/facts/missing": {"promotionCodesByCode": ["autumn"]}},
        "promotionCode",
    ),
    Spoiler(
        "promotion_code_missing",
        "create",
        {"/facts/promotionCodes": {}, "/facts/missing": {"promotionCodes": ["promo_1"]}},
        _BY_CODE,
    ),
    Spoiler(
        "too_many_discounts_after_entry",
        "apply",
        {"/facts/session/discounts": [{"id": "di_2", "coupon": {"id": "coup_2"}, "promotionCodeId": "promo_2"}]},
        "promotionCode",
    ),
    Spoiler("promotion_code_inactive", "create", {f"{_CODE}/active": False}, _BY_CODE),
    Spoiler("promotion_code_inactive", "apply", {f"{_TYPED}/active": False}, "promotionCode"),
    Spoiler("promotion_code_expired", "create", {f"{_CODE}/expiresAt": NOW}, _BY_CODE),
    Spoiler("promotion_code_expired", "apply", {f"{_TYPED}/expiresAt": NOW}, "promotionCode"),
    Spoiler("promotion_code_max_redemptions", "create", {f"{_CODE}/maxRedemptions": 40}, _BY_CODE),
    Spoiler("promotion_code_max_redemptions", "apply", {f"{_TYPED}/maxRedemptions": 40}, "promotionCode"),
    Spoiler("promotion_code_customer_mismatch", "create", {f"{_CODE}/customerId": "cus_2"}, _BY_CODE),
    Spoiler("promotion_code_customer_mismatch", "update_customer", {f"{_CODE}/customerId": "cus_2"}, "customerId"),
    Spoiler("promotion_code_customer_mismatch", "apply", {f"{_TYPED}/customerId": "cus_2"}, "promotionCode"),
    Spoiler("promotion_code_first_time_only", "create", {"/facts/payments/customers/cus_1": 1}, _BY_CODE),
    Spoiler("promotion_code_first_time_only", "update_customer", {"/facts/payments/customers/cus_1": 1}, "customerId"),
    Spoiler(
        "coupon_missing",
        "create_coupon",
        {"/facts/coupons": {}, "/facts/missing": {"coupons": ["coup_1"]}},
        "discounts[0].coupon",
    ),
    Spoiler("coupon_invalid", "create", {f"{_COUPON}/active": False}, _BY_CODE),
    Spoiler("coupon_invalid", "create_coupon", {f"{_COUPON}/deleted": True}, "discounts[0].coupon"),
    Spoiler("coupon_invalid", "create_coupon", {f"{_COUPON}/valid": False}, "discounts[0].coupon"),
    Spoiler("coupon_invalid", "create_coupon", {f"{_COUPON}/redeemBy": NOW}, "discounts[0].coupon"),
    Spoiler("coupon_invalid", "create_coupon", {f"{_COUPON}/maxRedemptions": 61}, "discounts[0].coupon"),
    Spoiler("coupon_invalid", "update_lines", {f"{_COUPON}/appliesToProductIds": ["prod_vase"]}, "lineItems"),
    Spoiler("coupon_invalid", "create", {"/facts/coupons": {}, "/facts/missing": {"coupons": ["coup_1"]}}, _BY_CODE),
    Spoiler(
        "coupon_currency_mismatch", "create", {f"{_COUPON}/currency": "usd", f"{_COUPON}/minValue": None}, _BY_CODE
    ),
    Spoiler("coupon_customer_max_redemptions", "create", {f"{_COUPON}/customerMaxRedemptions": 1}, _BY_CODE),
    Spoiler(
        "coupon_customer_max_redemptions", "update_customer", {f"{_COUPON}/customerMaxRedemptions": 1}, "customerId"
    ),
    Spoiler("coupon_minimum_amount", "create", {f"{_COUPON}/minValue": 128_501}, _BY_CODE),
    Spoiler("coupon_minimum_amount", "update_lines", {f"{_COUPON}/minValue": 128_501}, "lineItems"),
    Spoiler("promotion_code_minimum_amount", "create", {f"{_CODE}/restrictions/minimumAmount": "128501"}, _BY_CODE),
    Spoiler(
        "promotion_code_minimum_amount", "update_lines", {f"{_CODE}/restrictions/minimumAmount": "128501"}, "lineItems"
    ),
    Spoiler(
        "promotion_code_minimum_amount", "apply", {f"{_TYPED}/restrictions/minimumAmount": "128501"}, "promotionCode"
    ),
    Spoiler(
        "payment_method_missing",
        "confirm",
        {"/facts/paymentMethods": {}, "/facts/missing": {"paymentMethods": ["pm_1"]}},
        "paymentMethod",
    ),
    Spoiler("payment_method_corrupted", "confirm", {"/facts/paymentMethods/pm_1/readable": False}, "paymentMethod"),
    Spoiler(
        "payment_method_customer_mismatch",
        "confirm",
        {"/facts/paymentMethods/pm_1/customerId": "cus_2"},
        "paymentMethod",
    ),
    Spoiler("stored_payment_method_mismatch", "confirm", {"/facts/paymentMethods/pm_1/type": "valu"}, "paymentMethod"),
    Spoiler("payment_method_mismatch", "confirm", {"/request/paymentMethodType": "valu"}, "paymentMethodType"),
    Spoiler(
        "payment_intent_missing",
        "confirm",
        {"/facts/paymentIntents": {}, "/facts/missing": {"paymentIntents": ["pi_1"]}},
        "paymentIntentId",
    ),
    Spoiler(
        "payment_intent_customer_mismatch",
        "confirm",
        {"/facts/paymentIntents/pi_1/customer": {"id": "cus_2"}},
        "paymentIntentId",
    ),
)
"""At least one spoiler for every rule, in the order of `RULES`."""
