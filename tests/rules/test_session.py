"""Boundaries of the rules on what a session may hold: lines, customer, page, what happens after paying, expiry."""

from decimal import Decimal

from rules_engine.examples import REMOVED
from rules_engine.rules import session
from tests.rules.table import (
    NO_SESSION,
    UNKNOWN_SESSION,
    Changes,
    Row,
    Table,
    clear,
    decided,
    reports,
    rows_test,
    undecided,
)

LINES = "/request/lineItems"
BOWL = {"price": "price_bowl", "quantity": 1}
LINK_BOWL = {"priceId": "price_bowl", "quantity": 1}
SETUP = {"/facts/session/mode": "setup"}
NO_LINES = {"/request": {"lineItems": None}}
EMPTY: Changes = {"/request": {"lineItems": []}}
TYPES = "/request/paymentMethodTypes"
CONFIGURATION = "/request/paymentMethodConfigurationId"
DISCOUNTS = "/request/discounts"
BY_CODE, BY_COUPON = {"promotionCode": "promo_1"}, {"coupon": "coup_1"}
FIELDS = "/request/customFields"
NOTE = {"label": "Note", "type": "TEXT"}
MINUTES = "/request/expiresAfterMinutes"
CUSTOMER = "/request/customerId"
FOR_ONE = "promotion_code_create_restricted"
NO_CUSTOMER = {"/facts/customer": None}
DETAILS = "/request/customerDetails"
CREATES = "/request/customerCreation"
UPDATE = "/request/customerUpdate"
GUEST_SESSION = {"/facts/session/customerId": None}
STORED_ALWAYS = {"/facts/session/customerCreation": "always"}
STORED_AUTO = {"/facts/session/customerUpdate": {"name": "auto", "address": "never"}}
STORED_NEVER = {"/facts/session/customerUpdate": {"name": "never", "address": "never", "shipping": "never"}}
CART = "https://pots.example/cart"
CANCEL = "/request/cancelUrl"
BUTTON = "/request/submitType"
FONT = "/request/brandingSettings/fontFamily"
SHOWN_EMBEDDED = {"/request/uiMode": "embedded"}
STORED_EMBEDDED = {"/facts/session/uiMode": "embedded"}


def collection_rows(field: str) -> tuple[Row, ...]:
    """Tell the boundaries of a field that asks the buyer for something: only a custom page cannot."""
    pointer = f"/request/{field}"
    return (
        clear("true on a hosted page", "create", {pointer: True}),
        clear("true on an embedded page", "create", {pointer: True, CANCEL: REMOVED, **SHOWN_EMBEDDED}),
        reports("true on a custom page", "create_custom_page", {pointer: True}, field, evidence={"uiMode": "custom"}),
        clear("false on a custom page", "create_custom_page", {pointer: False}),
        clear("null on a custom page", "create_custom_page", {pointer: None}),
        clear("true where nothing says how it is shown", "create_minimal", {pointer: True}),
        reports("true for a stored custom page", "update_custom_page", {pointer: True}, field),
        clear("false for a stored custom page", "update_custom_page", {pointer: False}),
        clear("true for a stored hosted page", "update", {pointer: True}),
        clear("not sent, and stored", "update_custom_page", {f"/facts/session/{field}": True}),
        undecided(
            "how it is shown is unknown",
            "update_metadata",
            {pointer: True, **UNKNOWN_SESSION},
            field,
            "session[cs_1]",
        ),
        decided("unknown, and it is false", "update_metadata", {pointer: False, **UNKNOWN_SESSION}),
    )


AFTER = "/request/afterCompletion"
CONFIRMATION_PAGE = f"{AFTER}/hostedConfirmation"
CUSTOM_MESSAGE = f"{CONFIRMATION_PAGE}/customMessage"
THANKS = {"url": "https://pots.example/thanks"}
CONFIRMED = {AFTER: {"type": "hosted_confirmation"}}
REDIRECTED = {AFTER: {"type": "redirect", "redirect": THANKS}}
EMBEDDED = {"/request/uiMode": "embedded", "/request/cancelUrl": REMOVED}
HOSTED_REDIRECT = {"type": "redirect", "uiMode": "hosted"}
FIRST, SECOND = "/request/customFields/0", "/request/customFields/1"
LARGEST = 9_007_199_254_740_991
METADATA = "/request/metadata"
SAVED = ("promotion_code_create", "promotion_code_update", "coupon_create", "coupon_update")


def keys(number: int) -> dict[str, str]:
    """That many keys."""
    return {f"key{index}": "" for index in range(number)}


ROWS: Table = {
    session.line_items_missing: (
        reports("absent", "create_minimal", {LINES: REMOVED}, "lineItems", evidence={}),
        reports("absent in mode payment", "create_minimal", {LINES: REMOVED, "/request/mode": "payment"}, "lineItems"),
        reports(
            "absent in mode subscription", "create_minimal", {LINES: None, "/request/mode": "subscription"}, "lineItems"
        ),
        clear("absent in mode setup", "create_minimal", {LINES: REMOVED, "/request/mode": "setup"}),
        clear("null in mode setup", "create_minimal", {LINES: None, "/request/mode": "setup"}),
        reports("null, and a discount", "create", {LINES: None}, "lineItems"),
        reports("null in an update, and a discount", "update", {LINES: None}, "lineItems"),
        reports("null for a session that carries a discount", "update_lines", {LINES: None}, "lineItems"),
        reports(
            "null in an update of a subscription",
            "update_metadata",
            {LINES: None, "/facts/session/mode": "subscription"},
            "lineItems",
        ),
        clear("null in an update of a setup", "update", {**NO_LINES, **SETUP}),
        undecided("the mode is unknown", "update", {**NO_LINES, **UNKNOWN_SESSION}, "lineItems", "session[cs_1]"),
        reports("there is no session", "update", {**NO_LINES, **NO_SESSION}, ("session_missing", "id")),
    ),
    session.line_items_empty: (
        reports("no line", "create_minimal", {LINES: []}, "lineItems", evidence={"lineItems": 0, "minimum": 1}),
        clear("one line", "create_minimal", {LINES: [BOWL]}),
        clear("no line in mode setup", "create_minimal", {LINES: [], "/request/mode": "setup"}),
        reports("no line in an update", "update", EMPTY, "lineItems"),
        reports("no line, and a discount", "create", {LINES: []}, "lineItems"),
        reports("no line in an update, and a discount", "update", {LINES: []}, "lineItems"),
        reports("no line for a session that carries a discount", "update_lines", {LINES: []}, "lineItems"),
        clear("one line in an update", "update", {"/request": {"lineItems": [BOWL]}}),
        clear("no line in an update of a setup", "update", {**EMPTY, **SETUP}),
        undecided("the mode is unknown", "update", {**EMPTY, **UNKNOWN_SESSION}, "lineItems", "session[cs_1]"),
        reports("there is no session", "update", {**EMPTY, **NO_SESSION}, ("session_missing", "id")),
    ),
    session.too_many_line_items: (
        clear("99", "create_minimal", {LINES: [BOWL] * 99}),
        reports("101 in an update", "update", {"/request": {"lineItems": [BOWL] * 101}}, "lineItems"),
        reports("101 in mode setup", "create_minimal", {LINES: [BOWL] * 101, "/request/mode": "setup"}, "lineItems"),
        clear("three of three", "create", {}, max_line_items=3),
        reports("three of two", "create", {}, "lineItems", evidence={"lineItems": 3, "maximum": 2}, max_line_items=2),
        clear("none sent", "update_metadata", {}, max_line_items=1),
        clear("none sent for a payment link", "payment_link_update", {}, max_line_items=1),
    ),
    session.payment_methods_exclusive: (
        clear("neither", "create", {TYPES: REMOVED}),
        reports("both in an update", "update", {CONFIGURATION: "pmc_1"}, "paymentMethodConfigurationId"),
        reports("an empty list is sent too", "create_configured", {TYPES: []}, "paymentMethodConfigurationId"),
        clear("types and null", "create", {CONFIGURATION: None}),
        clear("null and a configuration", "create_configured", {TYPES: None}),
        clear("null clears the other in an update", "update", {TYPES: None, CONFIGURATION: "pmc_1"}),
        clear(
            "a configuration, where the session has types",
            "update",
            {"/request": {"paymentMethodConfigurationId": "pmc_1"}},
        ),
    ),
    session.too_many_discounts: (
        clear("none", "create", {DISCOUNTS: []}),
        clear("null", "create", {DISCOUNTS: None}),
        reports(
            "two", "create", {DISCOUNTS: [BY_CODE, BY_COUPON]}, "discounts", evidence={"discounts": 2, "maximum": 1}
        ),
        reports("two in an update", "update", {DISCOUNTS: [BY_CODE, BY_COUPON]}, "discounts"),
        clear("null in an update", "update", {DISCOUNTS: None}),
        reports("one of none", "create", {}, "discounts", evidence={"discounts": 1, "maximum": 0}, max_discounts=0),
        clear("two of two", "create", {DISCOUNTS: [BY_CODE, BY_COUPON]}, max_discounts=2),
        reports("three of two", "create", {DISCOUNTS: [BY_CODE, BY_COUPON, BY_CODE]}, "discounts", max_discounts=2),
        clear(
            "one in place of the one it carries",
            "update",
            {"/facts/session/discounts": [{"coupon": {"id": "coup_2"}}]},
        ),
        clear("none of none", "create_minimal", {}, max_discounts=0),
        clear("none of none in an update", "update", {"/request": {}}, max_discounts=0),
    ),
    session.too_many_custom_fields: (
        clear("none", "create", {FIELDS: []}),
        clear("null", "create", {FIELDS: None}),
        clear("two", "create", {FIELDS: [NOTE] * 2}),
        reports("four in an update", "update", {FIELDS: [NOTE] * 4}, "customFields"),
        clear("null in an update", "update", {FIELDS: None}),
        reports(
            "two of one", "create", {}, "customFields", evidence={"customFields": 2, "maximum": 1}, max_custom_fields=1
        ),
        clear("none of none", "create_minimal", {}, max_custom_fields=0),
        clear("none of none in an update", "update", {"/request": {}}, max_custom_fields=0),
        clear("an empty list for a payment link", "payment_link_update_full", {FIELDS: []}, max_custom_fields=0),
    ),
    session.expires_too_soon: (
        clear("null", "create", {MINUTES: None}),
        clear("31", "create", {MINUTES: 31}),
        clear("30.0", "create", {MINUTES: Decimal("30.0")}),
        reports("29.999", "create", {MINUTES: Decimal("29.999")}, "expiresAfterMinutes"),
        reports("0", "create", {MINUTES: 0}, "expiresAfterMinutes"),
        reports("-30", "create", {MINUTES: -30}, "expiresAfterMinutes"),
        clear("90 of 90", "create", {}, min_expires_after_minutes=90),
        reports("90 of 91", "create", {}, "expiresAfterMinutes", min_expires_after_minutes=91),
    ),
    session.expires_too_late: (
        clear("1439", "create", {MINUTES: 1_439}),
        reports("1440.001", "create", {MINUTES: Decimal("1440.001")}, "expiresAfterMinutes"),
        clear("90 of 90", "create", {}, max_expires_after_minutes=90),
        reports("90 of 89", "create", {}, "expiresAfterMinutes", max_expires_after_minutes=89),
    ),
    session.customer_exclusive: (
        reports(
            "both", "create", {DETAILS: {"email": "a@b.example"}}, "customerDetails", evidence={"customerId": "cus_1"}
        ),
        clear("a customer and null", "create", {DETAILS: None}),
        clear("null and details", "create_guest", {CUSTOMER: None}),
        reports("details and a new customer", "update_customer", {DETAILS: {}}, "customerDetails"),
        clear("details for a session without one", "update_metadata", {DETAILS: {}, **GUEST_SESSION}),
        clear("details in place of the customer", "update_metadata", {DETAILS: {}, CUSTOMER: None}),
        clear("null for a session with a customer", "update_metadata", {DETAILS: None}),
        clear(
            "a customer for a session with details",
            "update_customer",
            {**GUEST_SESSION, "/facts/session/customerDetails": {"email": "a@b.example"}},
        ),
        decided(
            "the customer that is taken away is unknown",
            "update_metadata",
            {DETAILS: {}, CUSTOMER: None, **UNKNOWN_SESSION},
        ),
        reports(
            "details for a session without one, and another fault",
            "update_metadata",
            {"/request/metadata": ["order"] * 51, DETAILS: {}, **GUEST_SESSION},
            ("metadata_too_large", "metadata"),
        ),
        decided("the session is unknown, and no details are sent", "update_metadata", UNKNOWN_SESSION),
    ),
    session.customer_creation_exclusive: (
        reports("always", "create", {CREATES: "always"}, "customerCreation", evidence={"customerId": "cus_1"}),
        clear("if required", "create", {CREATES: "if_required"}),
        clear("null", "create", {CREATES: None}),
        reports("always, for a session with a customer", "update_metadata", {CREATES: "always"}, "customerCreation"),
        clear("always, for a session without one", "update_metadata", {CREATES: "always", **GUEST_SESSION}),
        reports(
            "always, for a session without one, and another fault",
            "update_metadata",
            {"/request/metadata": ["order"] * 51, CREATES: "always", **GUEST_SESSION},
            ("metadata_too_large", "metadata"),
        ),
        decided("the session is unknown, and neither is touched", "update_metadata", UNKNOWN_SESSION),
        clear("always, in place of the customer", "update_metadata", {CREATES: "always", CUSTOMER: None}),
        reports("a customer and always", "update_customer", {CREATES: "always"}, "customerCreation"),
        clear("a customer and no longer always", "update_customer", {CREATES: "if_required", **STORED_ALWAYS}),
        clear("untouched", "update_metadata", STORED_ALWAYS),
        clear(
            "no customer for a session that always creates one", "update_metadata", {CUSTOMER: None, **STORED_ALWAYS}
        ),
        undecided(
            "the customer is unknown",
            "update_metadata",
            {CREATES: "always", **UNKNOWN_SESSION},
            "customerCreation",
            "session[cs_1]",
        ),
        undecided(
            "what the session creates is unknown",
            "update",
            {"/request": {"customerId": "cus_1"}, **UNKNOWN_SESSION},
            "customerId",
            "session[cs_1]",
        ),
        decided(
            "always, in place of a customer that is unknown",
            "update_metadata",
            {CREATES: "always", CUSTOMER: None, **UNKNOWN_SESSION},
        ),
    ),
    session.customer_update_without_customer: (
        reports("for a guest, and never", "create_guest", {UPDATE: {"name": "never"}}, "customerUpdate"),
        reports("for a guest, and empty", "create_guest", {UPDATE: {}}, "customerUpdate"),
        clear("for a guest, and null", "create_guest", {UPDATE: None}),
        clear("for a session with a customer", "update_metadata", {UPDATE: {"name": "auto"}}),
        reports(
            "for a session without one",
            "update_metadata",
            {UPDATE: {"name": "auto"}, **GUEST_SESSION},
            "customerUpdate",
        ),
        reports(
            "with the customer taken away",
            "update_metadata",
            {UPDATE: {"name": "auto"}, CUSTOMER: None},
            "customerUpdate",
        ),
        reports(
            "the customer of a session that would update it is taken away",
            "update_metadata",
            {CUSTOMER: None, **STORED_AUTO},
            "customerId",
        ),
        clear("the customer of a session that never would", "update_metadata", {CUSTOMER: None, **STORED_NEVER}),
        clear("the customer of a session that states nothing", "update_metadata", {CUSTOMER: None}),
        clear("both taken away", "update_metadata", {CUSTOMER: None, UPDATE: None, **STORED_AUTO}),
        decided(
            "the session is unknown, and a customer is sent",
            "update",
            {"/request": {"customerId": "cus_1", "customerUpdate": {"name": "auto"}}, **UNKNOWN_SESSION},
        ),
        decided("the session is unknown, and neither is touched", "update_metadata", UNKNOWN_SESSION),
        clear("untouched", "update_metadata", {**GUEST_SESSION, **STORED_AUTO}),
        undecided(
            "the customer is unknown",
            "update_metadata",
            {UPDATE: {"name": "auto"}, **UNKNOWN_SESSION},
            "customerUpdate",
            "session[cs_1]",
        ),
        reports(
            "there is no session",
            "update_metadata",
            {UPDATE: {"name": "auto"}, **NO_SESSION},
            ("session_missing", "id"),
        ),
    ),
    session.customer_missing: (
        reports(
            "known not to exist",
            "create",
            {"/facts/customer": None, "/facts/missing": {"customers": ["cus_1"]}},
            "customerId",
            evidence={"customerId": "cus_1"},
        ),
        reports(
            "known not to exist, while another is known",
            "update_customer",
            {"/facts/customer/id": "cus_2", "/facts/missing": {"customers": ["cus_1"]}},
            "customerId",
        ),
        clear("taken away", "update_metadata", {CUSTOMER: None, "/facts/customer": None}),
        clear("the customer of the session is not judged", "update_metadata", {"/facts/customer": None}),
        undecided("not provided, in an update", "update_customer", NO_CUSTOMER, "customerId", "customer[cus_1]"),
        clear("of a promotion code for anybody", FOR_ONE, {CUSTOMER: None, **NO_CUSTOMER}),
    ),
    session.cancel_url_unavailable: (
        clear("hosted because nothing else is said", "create_minimal", {CANCEL: CART}),
        clear("hosted because null is said", "create_minimal", {CANCEL: CART, "/request/uiMode": None}),
        reports("embedded", "create", {CANCEL: CART, **SHOWN_EMBEDDED}, "cancelUrl", evidence={"uiMode": "embedded"}),
        reports("custom", "create_custom_page", {CANCEL: CART}, "cancelUrl", evidence={"uiMode": "custom"}),
        clear("null and embedded", "create", {CANCEL: None, **SHOWN_EMBEDDED}),
        clear("null and custom", "create_custom_page", {CANCEL: None}),
        reports("stored embedded", "update_metadata", {CANCEL: CART, **STORED_EMBEDDED}, "cancelUrl"),
        reports("stored custom", "update_custom_page", {CANCEL: CART}, "cancelUrl"),
        clear("stored hosted", "update_metadata", {CANCEL: CART}),
        clear("null and stored custom", "update_custom_page", {CANCEL: None}),
        undecided(
            "how it is shown is unknown",
            "update_metadata",
            {CANCEL: CART, **UNKNOWN_SESSION},
            "cancelUrl",
            "session[cs_1]",
        ),
        decided("unknown, and null is sent", "update_metadata", {CANCEL: None, **UNKNOWN_SESSION}),
        reports("there is no session", "update_metadata", {CANCEL: CART, **NO_SESSION}, ("session_missing", "id")),
    ),
    session.submit_type_unavailable: (
        clear("hosted", "create", {BUTTON: "BOOK"}),
        clear("embedded", "create", {BUTTON: "BOOK", CANCEL: REMOVED, **SHOWN_EMBEDDED}),
        reports("custom", "create_custom_page", {BUTTON: "BOOK"}, "submitType", evidence={"uiMode": "custom"}),
        clear("custom, and null", "create_custom_page", {BUTTON: None}),
        reports(
            "custom with all it cannot have",
            "create",
            {"/request/uiMode": "custom"},
            ("cancel_url_unavailable", "cancelUrl"),
            "submitType",
            ("name_collection_unavailable", "nameCollection"),
        ),
    ),
    session.name_collection_unavailable: collection_rows("nameCollection"),
    session.billing_address_collection_unavailable: collection_rows("billingAddressCollection"),
    session.shipping_address_collection_unavailable: collection_rows("shippingAddressCollection"),
    session.phone_number_collection_unavailable: collection_rows("phoneNumberCollection"),
    session.font_family_too_long: (
        clear("511", "create", {FONT: "x" * 511}),
        clear("512 characters of four bytes", "create", {FONT: "\U0001f3fa" * 512}),
        clear("null", "create", {FONT: None}),
        clear("no branding", "create", {"/request/brandingSettings": None}),
        reports("513 in an update", "update", {FONT: "x" * 513}, "brandingSettings.fontFamily"),
        clear("no branding in an update", "update", {"/request/brandingSettings": None}),
        reports(
            "five of four",
            "create",
            {},
            "brandingSettings.fontFamily",
            evidence={"maximum": 4},
            max_font_family_length=4,
        ),
    ),
    session.redirect_missing: (
        reports(
            "absent", "create", {AFTER: {"type": "redirect"}}, "afterCompletion.redirect", evidence=HOSTED_REDIRECT
        ),
        reports("null in an update", "update", {f"{AFTER}/redirect": None}, "afterCompletion.redirect"),
        clear("null for all of it in an update", "update", {AFTER: None}),
        reports(
            "a confirmation page instead",
            "create_confirmation",
            {f"{AFTER}/type": "redirect"},
            "afterCompletion.redirect",
            ("hosted_confirmation_exclusive", "afterCompletion.hostedConfirmation"),
        ),
    ),
    session.hosted_confirmation_exclusive: (
        clear("null", "create", {CONFIRMATION_PAGE: None}),
        reports(
            "empty", "create", {CONFIRMATION_PAGE: {}}, "afterCompletion.hostedConfirmation", evidence=HOSTED_REDIRECT
        ),
        reports(
            "with a text",
            "create",
            {CONFIRMATION_PAGE: {"customMessage": "Done"}},
            "afterCompletion.hostedConfirmation",
        ),
        reports("empty in an update", "update", {CONFIRMATION_PAGE: {}}, "afterCompletion.hostedConfirmation"),
        reports(
            "of a payment link", "payment_link_create", {CONFIRMATION_PAGE: {}}, "afterCompletion.hostedConfirmation"
        ),
        reports(
            "of a changed payment link",
            "payment_link_update",
            {**REDIRECTED, CONFIRMATION_PAGE: {}},
            "afterCompletion.hostedConfirmation",
        ),
    ),
    session.redirect_exclusive: (
        clear("null", "create_confirmation", {f"{AFTER}/redirect": None}),
        reports(
            "a THANKS",
            "create_confirmation",
            {f"{AFTER}/redirect": THANKS},
            "afterCompletion.redirect",
            evidence={"type": "hosted_confirmation", "uiMode": "hosted"},
        ),
        reports("a THANKS and no page", "create_minimal", {f"{AFTER}/redirect": THANKS}, "afterCompletion.redirect"),
    ),
    session.hosted_confirmation_unavailable: (
        clear("hosted", "create", CONFIRMED),
        reports(
            "embedded",
            "create",
            {**CONFIRMED, **EMBEDDED},
            "afterCompletion.type",
            evidence={"type": "hosted_confirmation", "uiMode": "embedded"},
        ),
        clear("a redirect, embedded", "create", {**REDIRECTED, **EMBEDDED}),
        reports("stored custom", "update_custom_page", CONFIRMED, "afterCompletion.type"),
        reports(
            "stored embedded",
            "update_metadata",
            {**CONFIRMED, "/facts/session/uiMode": "embedded"},
            "afterCompletion.type",
        ),
        clear("stored hosted", "update_metadata", CONFIRMED),
        undecided(
            "how it is shown is unknown",
            "update_metadata",
            {**CONFIRMED, **UNKNOWN_SESSION},
            "afterCompletion.type",
            "session[cs_1]",
        ),
        decided("unknown, and it redirects", "update_metadata", {**REDIRECTED, **UNKNOWN_SESSION}),
        reports("there is no session", "update_metadata", {**CONFIRMED, **NO_SESSION}, ("session_missing", "id")),
    ),
    session.confirmation_message_too_long: (
        clear("499", "create_confirmation", {CUSTOM_MESSAGE: "x" * 499}),
        clear("500 characters of two bytes", "create_confirmation", {CUSTOM_MESSAGE: "ش" * 500}),
        clear("empty", "create_confirmation", {CUSTOM_MESSAGE: ""}),
        clear("null", "create_confirmation", {CUSTOM_MESSAGE: None}),
        clear("no page", "create_minimal", {CONFIRMATION_PAGE: None}),
        reports(
            "four of three",
            "create_confirmation",
            {},
            "afterCompletion.hostedConfirmation.customMessage",
            evidence={"maximum": 3},
            max_confirmation_message_length=3,
        ),
    ),
    session.min_characters_out_of_range: (
        reports(
            "0",
            "create",
            {f"{FIRST}/minCharacters": 0},
            "customFields[0].minCharacters",
            evidence={"minCharacters": 0, "maxCharacters": 20, "minimum": 1},
        ),
        reports("-1", "create", {f"{FIRST}/minCharacters": -1}, "customFields[0].minCharacters"),
        clear("the largest", "create", {f"{FIRST}/minCharacters": LARGEST, f"{FIRST}/maxCharacters": None}),
        clear("null", "create", {f"{FIRST}/minCharacters": None}),
        reports(
            "in an update, in another field", "update", {f"{SECOND}/minCharacters": 0}, "customFields[1].minCharacters"
        ),
    ),
    session.max_characters_out_of_range: (
        reports(
            "0",
            "create",
            {f"{FIRST}/maxCharacters": 0},
            "customFields[0].maxCharacters",
            evidence={"minCharacters": 1, "maxCharacters": 0, "minimum": 1},
        ),
        reports("-1", "create", {f"{FIRST}/maxCharacters": -1}, "customFields[0].maxCharacters"),
        clear("null", "create", {f"{FIRST}/maxCharacters": None}),
        reports(
            "both bounds in two fields",
            "create",
            {f"{FIRST}/maxCharacters": 0, f"{SECOND}/minCharacters": 0, f"{SECOND}/maxCharacters": 0},
            ("min_characters_out_of_range", "customFields[1].minCharacters"),
            "customFields[0].maxCharacters",
            "customFields[1].maxCharacters",
        ),
    ),
    session.dropdown_options_unavailable: (
        reports(
            "a text", "create", {f"{SECOND}/type": "TEXT"}, "customFields[1].dropdownOptions", evidence={"type": "TEXT"}
        ),
        reports("a number", "create", {f"{SECOND}/type": "NUMBER"}, "customFields[1].dropdownOptions"),
        reports("a checkbox", "create", {f"{SECOND}/type": "CHECKBOX"}, "customFields[1].dropdownOptions"),
        reports(
            "an empty list for a text", "create", {f"{FIRST}/dropdownOptions": []}, "customFields[0].dropdownOptions"
        ),
        clear("null for a text", "create", {f"{FIRST}/dropdownOptions": None}),
        clear("none for a dropdown", "create", {f"{SECOND}/dropdownOptions": REMOVED}),
        reports("a text in an update", "update", {f"{SECOND}/type": "TEXT"}, "customFields[1].dropdownOptions"),
    ),
    session.metadata_too_large: (
        clear("none", "create", {METADATA: {}}),
        clear("null", "create", {METADATA: None}),
        clear("49 keys", "create", {METADATA: keys(49)}),
        clear("50 items", "create", {METADATA: [1] * 50}),
        reports("51 items", "create", {METADATA: [1] * 51}, "metadata", evidence={"keys": 51, "maximum": 50}),
        clear("keys below the first level do not count", "create", {METADATA: {"order": keys(51)}}),
        reports("51 keys in an update", "update_metadata", {METADATA: keys(51)}, "metadata"),
        clear("null in an update", "update_metadata", {METADATA: None}),
        clear("null for a changed price", "price_update", {METADATA: None}, max_metadata_keys=0),
        reports(
            "one of none", "update_metadata", {}, "metadata", evidence={"keys": 1, "maximum": 0}, max_metadata_keys=0
        ),
        clear("none of none", "create_minimal", {}, max_metadata_keys=0),
        *(clear(f"50 keys: {example}", example, {METADATA: keys(50)}) for example in SAVED),
        *(reports(f"51 keys: {example}", example, {METADATA: keys(51)}, "metadata") for example in SAVED),
        clear("null in an update of a coupon", "coupon_update", {METADATA: None}),
        clear("null in an update of a promotion code", "promotion_code_update", {METADATA: None}),
        clear("none of none in an update", "update", {"/request": {}}, max_metadata_keys=0),
    ),
}

test_rows = rows_test(ROWS)
