"""The rules on a session: its lines, its payment, its customer, its page, and what it asks of the buyer."""

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
    shows,
    undecided,
)

LINES = "/request/lineItems"
BOWL = {"price": "price_bowl", "quantity": 1}
SETUP = {"/facts/session/mode": "setup"}
NO_LINES = {"/request": {"lineItems": None}}
EMPTY: Changes = {"/request": {"lineItems": []}}
TYPES = "/request/paymentMethodTypes"
CONFIGURATION = "/request/paymentMethodConfigurationId"
DISCOUNTS = "/request/discounts"
MINUTES = "/request/expiresAfterMinutes"
ID = "/request/customerId"
CODE = "promotion_code_create_restricted"
NO_CUSTOMER = {"/facts/customer": None}
DETAILS = "/request/customerDetails"
CREATION = "/request/customerCreation"
UPDATE = "/request/customerUpdate"
GUEST_SESSION = {"/facts/session/customerId": None}
STORED_ALWAYS = {"/facts/session/customerCreation": "always"}
STORED_AUTO = {"/facts/session/customerUpdate": {"name": "auto", "address": "never"}}
STORED_NEVER = {"/facts/session/customerUpdate": {"name": "never", "address": "never", "shipping": "never"}}
URL = "https://pots.example/cart"
CANCEL = "/request/cancelUrl"
BUTTON = "/request/submitType"
EMBEDDED = {"/request/uiMode": "embedded"}
STORED_EMBEDDED = {"/facts/session/uiMode": "embedded"}


def collection_rows(field: str) -> tuple[Row, ...]:
    """Return the rows of a field that asks the buyer for something: only a custom page cannot."""
    pointer = f"/request/{field}"
    return (
        clear("true on a hosted page", "create", {pointer: True}),
        clear("true on an embedded page", "create", {pointer: True, CANCEL: REMOVED, **EMBEDDED}),
        shows("true on a custom page", "create_custom_page", {pointer: True}, field, {"uiMode": "custom"}),
        clear("false on a custom page", "create_custom_page", {pointer: False}),
        clear("null on a custom page", "create_custom_page", {pointer: None}),
        clear("true without a uiMode", "create_minimal", {pointer: True}),
        reports("true for a stored custom page", "update_custom_page", {pointer: True}, field),
        clear("false for a stored custom page", "update_custom_page", {pointer: False}),
        clear("true for a stored hosted page", "update", {pointer: True}),
        clear("not sent, and stored", "update_custom_page", {f"/facts/session/{field}": True}),
        undecided(
            "uiMode unknown",
            "update_metadata",
            {pointer: True, **UNKNOWN_SESSION},
            field,
            "session[cs_1]",
        ),
        decided("unknown, and it is false", "update_metadata", {pointer: False, **UNKNOWN_SESSION}),
    )


AFTER = "/request/afterCompletion"
PAGE = f"{AFTER}/hostedConfirmation"
TEXT = f"{PAGE}/customMessage"
THANKS = {"url": "https://pots.example/thanks"}
CONFIRMATION = {AFTER: {"type": "hosted_confirmation"}}
REDIRECT = {AFTER: {"type": "redirect", "redirect": THANKS}}
EMBEDDED_PAGE = {"/request/uiMode": "embedded", "/request/cancelUrl": REMOVED}
HOSTED_REDIRECT = {"type": "redirect", "uiMode": "hosted"}
FIRST, SECOND = "/request/customFields/0", "/request/customFields/1"
LARGEST = 9_007_199_254_740_991
METADATA = "/request/metadata"


def keys(number: int) -> dict[str, str]:
    """That many keys."""
    return {f"key{index}": "" for index in range(number)}


ROWS: Table = {
    session.line_items_missing: (
        shows("absent", "create_minimal", {LINES: REMOVED}, "lineItems", {}),
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
            "null, subscription", "update_metadata", {LINES: None, "/facts/session/mode": "subscription"}, "lineItems"
        ),
        clear("null in an update of a setup", "update", {**NO_LINES, **SETUP}),
        reports("no session", "update", {**NO_LINES, **NO_SESSION}, ("session_missing", "id")),
    ),
    session.line_items_empty: (
        shows("no line", "create_minimal", {LINES: []}, "lineItems", {"lineItems": 0, "minimum": 1}),
        clear("one line", "create_minimal", {LINES: [BOWL]}),
        clear("no line in mode setup", "create_minimal", {LINES: [], "/request/mode": "setup"}),
        reports("no line in an update", "update", EMPTY, "lineItems"),
        reports("no line, and a discount", "create", {LINES: []}, "lineItems"),
        reports("no line in an update, and a discount", "update", {LINES: []}, "lineItems"),
        reports("no line for a session that carries a discount", "update_lines", {LINES: []}, "lineItems"),
        clear("one line in an update", "update", {"/request": {"lineItems": [BOWL]}}),
        clear("no line in an update of a setup", "update", {**EMPTY, **SETUP}),
        reports("no session", "update", {**EMPTY, **NO_SESSION}, ("session_missing", "id")),
    ),
    session.too_many_line_items: (
        reports("101 in mode setup", "create_minimal", {LINES: [BOWL] * 101, "/request/mode": "setup"}, "lineItems"),
        clear("none sent", "update_metadata", {}, max_line_items=1),
        clear("none sent for a link", "payment_link_update", {}, max_line_items=1),
    ),
    session.payment_methods_exclusive: (
        clear("neither", "create", {TYPES: REMOVED}),
        reports("both in an update", "update", {CONFIGURATION: "pmc_1"}, "paymentMethodConfigurationId"),
        reports("an empty list is sent too", "create_configured", {TYPES: []}, "paymentMethodConfigurationId"),
        clear("types and null", "create", {CONFIGURATION: None}),
        clear("null and a configuration", "create_configured", {TYPES: None}),
        clear("null clears the other in an update", "update", {TYPES: None, CONFIGURATION: "pmc_1"}),
        clear("where the session has types", "update", {"/request": {"paymentMethodConfigurationId": "pmc_1"}}),
    ),
    session.too_many_discounts: (
        clear(
            "one in place of the one it carries", "update", {"/facts/session/discounts": [{"coupon": {"id": "coup_2"}}]}
        ),
        clear("none of none in an update", "update", {"/request": {}}, max_discounts=0),
    ),
    session.too_many_custom_fields: (
        clear("none of none in an update", "update", {"/request": {}}, max_custom_fields=0),
    ),
    session.expires_too_soon: (
        clear("30.0", "create", {MINUTES: Decimal("30.0")}),
        reports("29.999", "create", {MINUTES: Decimal("29.999")}, "expiresAfterMinutes"),
    ),
    session.expires_too_late: (reports("1440.001", "create", {MINUTES: Decimal("1440.001")}, "expiresAfterMinutes"),),
    session.customer_exclusive: (
        shows("both", "create", {DETAILS: {"email": "a@b.example"}}, "customerDetails", {"customerId": "cus_1"}),
        clear("a customer and null", "create", {DETAILS: None}),
        clear("null and details", "create_guest", {ID: None}),
        reports("details and a new customer", "update_customer", {DETAILS: {}}, "customerDetails"),
        clear("details for a session without one", "update_metadata", {DETAILS: {}, **GUEST_SESSION}),
        clear("details in place of the customer", "update_metadata", {DETAILS: {}, ID: None}),
        clear("null for a session with a customer", "update_metadata", {DETAILS: None}),
        clear(
            "a customer for a session with details",
            "update_customer",
            {**GUEST_SESSION, "/facts/session/customerDetails": {"email": "a@b.example"}},
        ),
        decided("taken away, and unknown", "update_metadata", {DETAILS: {}, ID: None, **UNKNOWN_SESSION}),
        reports(
            "details for a session without one, and another fault",
            "update_metadata",
            {"/request/metadata": ["order"] * 51, DETAILS: {}, **GUEST_SESSION},
            ("metadata_too_large", "metadata"),
        ),
        decided("session unknown, and no details are sent", "update_metadata", UNKNOWN_SESSION),
    ),
    session.customer_creation_exclusive: (
        shows("always", "create", {CREATION: "always"}, "customerCreation", {"customerId": "cus_1"}),
        clear("if required", "create", {CREATION: "if_required"}),
        clear("null", "create", {CREATION: None}),
        reports("always, for a session with a customer", "update_metadata", {CREATION: "always"}, "customerCreation"),
        clear("always, for a session without one", "update_metadata", {CREATION: "always", **GUEST_SESSION}),
        reports(
            "always, for a session without one, and another fault",
            "update_metadata",
            {"/request/metadata": ["order"] * 51, CREATION: "always", **GUEST_SESSION},
            ("metadata_too_large", "metadata"),
        ),
        decided("session unknown, and neither is touched", "update_metadata", UNKNOWN_SESSION),
        clear("always, in place of the customer", "update_metadata", {CREATION: "always", ID: None}),
        reports("a customer and always", "update_customer", {CREATION: "always"}, "customerCreation"),
        clear("a customer and no longer always", "update_customer", {CREATION: "if_required", **STORED_ALWAYS}),
        clear("untouched", "update_metadata", STORED_ALWAYS),
        clear("no customer for a session that always creates one", "update_metadata", {ID: None, **STORED_ALWAYS}),
        undecided(
            "customer unknown",
            "update_metadata",
            {CREATION: "always", **UNKNOWN_SESSION},
            "customerCreation",
            "session[cs_1]",
        ),
        decided("always, in place of unknown", "update_metadata", {CREATION: "always", ID: None, **UNKNOWN_SESSION}),
    ),
    session.customer_update_without_customer: (
        reports("for a guest, and never", "create_guest", {UPDATE: {"name": "never"}}, "customerUpdate"),
        reports("for a guest, and empty", "create_guest", {UPDATE: {}}, "customerUpdate"),
        clear("for a guest, and null", "create_guest", {UPDATE: None}),
        clear("for a session with a customer", "update_metadata", {UPDATE: {"name": "auto"}}),
        reports(
            "for a guest session", "update_metadata", {UPDATE: {"name": "auto"}, **GUEST_SESSION}, "customerUpdate"
        ),
        reports("customer taken away", "update_metadata", {UPDATE: {"name": "auto"}, ID: None}, "customerUpdate"),
        reports("the updated customer is taken away", "update_metadata", {ID: None, **STORED_AUTO}, "customerId"),
        clear("the customer of a session that never would", "update_metadata", {ID: None, **STORED_NEVER}),
        clear("the customer of a session that states nothing", "update_metadata", {ID: None}),
        clear("both taken away", "update_metadata", {ID: None, UPDATE: None, **STORED_AUTO}),
        decided(
            "session unknown, and a customer is sent",
            "update",
            {"/request": {"customerId": "cus_1", "customerUpdate": {"name": "auto"}}, **UNKNOWN_SESSION},
        ),
        decided("session unknown, and neither is touched", "update_metadata", UNKNOWN_SESSION),
        clear("untouched", "update_metadata", {**GUEST_SESSION, **STORED_AUTO}),
        undecided(
            "customer unknown",
            "update_metadata",
            {UPDATE: {"name": "auto"}, **UNKNOWN_SESSION},
            "customerUpdate",
            "session[cs_1]",
        ),
        reports("no session", "update_metadata", {UPDATE: {"name": "auto"}, **NO_SESSION}, ("session_missing", "id")),
    ),
    session.customer_missing: (
        shows(
            "missing",
            "create",
            {"/facts/customer": None, "/facts/missing": {"customers": ["cus_1"]}},
            "customerId",
            {"customerId": "cus_1"},
        ),
        reports(
            "missing, while another is known",
            "update_customer",
            {"/facts/customer/id": "cus_2", "/facts/missing": {"customers": ["cus_1"]}},
            "customerId",
        ),
        clear("taken away", "update_metadata", {ID: None, "/facts/customer": None}),
        clear("the stored customer does not matter", "update_metadata", {"/facts/customer": None}),
        undecided("not provided, in an update", "update_customer", NO_CUSTOMER, "customerId", "customer[cus_1]"),
        clear("of a promotion code for anybody", CODE, {ID: None, **NO_CUSTOMER}),
    ),
    session.cancel_url_unavailable: (
        clear("hosted because nothing else is said", "create_minimal", {CANCEL: URL}),
        clear("hosted because null is said", "create_minimal", {CANCEL: URL, "/request/uiMode": None}),
        shows("embedded", "create", {CANCEL: URL, **EMBEDDED}, "cancelUrl", {"uiMode": "embedded"}),
        shows("custom", "create_custom_page", {CANCEL: URL}, "cancelUrl", {"uiMode": "custom"}),
        clear("null and embedded", "create", {CANCEL: None, **EMBEDDED}),
        clear("null and custom", "create_custom_page", {CANCEL: None}),
        reports("stored embedded", "update_metadata", {CANCEL: URL, **STORED_EMBEDDED}, "cancelUrl"),
        reports("stored custom", "update_custom_page", {CANCEL: URL}, "cancelUrl"),
        clear("stored hosted", "update_metadata", {CANCEL: URL}),
        clear("null and stored custom", "update_custom_page", {CANCEL: None}),
        decided("unknown, and null is sent", "update_metadata", {CANCEL: None, **UNKNOWN_SESSION}),
        reports("no session", "update_metadata", {CANCEL: URL, **NO_SESSION}, ("session_missing", "id")),
    ),
    session.submit_type_unavailable: (
        clear("hosted", "create", {BUTTON: "BOOK"}),
        clear("embedded", "create", {BUTTON: "BOOK", CANCEL: REMOVED, **EMBEDDED}),
        shows("custom", "create_custom_page", {BUTTON: "BOOK"}, "submitType", {"uiMode": "custom"}),
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
    session.font_family_too_long: (clear("no branding", "create", {"/request/brandingSettings": None}),),
    session.redirect_missing: (
        shows("absent", "create", {AFTER: {"type": "redirect"}}, "afterCompletion.redirect", HOSTED_REDIRECT),
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
        clear("null", "create", {PAGE: None}),
        shows("empty", "create", {PAGE: {}}, "afterCompletion.hostedConfirmation", HOSTED_REDIRECT),
        reports("with a text", "create", {PAGE: {"customMessage": "Done"}}, "afterCompletion.hostedConfirmation"),
        reports("empty in an update", "update", {PAGE: {}}, "afterCompletion.hostedConfirmation"),
        reports("of a link", "payment_link_create", {PAGE: {}}, "afterCompletion.hostedConfirmation"),
        reports("changed link", "payment_link_update", {**REDIRECT, PAGE: {}}, "afterCompletion.hostedConfirmation"),
    ),
    session.redirect_exclusive: (
        clear("null", "create_confirmation", {f"{AFTER}/redirect": None}),
        shows(
            "a THANKS",
            "create_confirmation",
            {f"{AFTER}/redirect": THANKS},
            "afterCompletion.redirect",
            {"type": "hosted_confirmation", "uiMode": "hosted"},
        ),
        reports("a THANKS and no page", "create_minimal", {f"{AFTER}/redirect": THANKS}, "afterCompletion.redirect"),
    ),
    session.hosted_confirmation_unavailable: (
        clear("hosted", "create", CONFIRMATION),
        shows(
            "embedded",
            "create",
            {**CONFIRMATION, **EMBEDDED_PAGE},
            "afterCompletion.type",
            {"type": "hosted_confirmation", "uiMode": "embedded"},
        ),
        clear("a redirect, embedded", "create", {**REDIRECT, **EMBEDDED_PAGE}),
        reports("stored custom", "update_custom_page", CONFIRMATION, "afterCompletion.type"),
        reports(
            "stored embedded",
            "update_metadata",
            {**CONFIRMATION, "/facts/session/uiMode": "embedded"},
            "afterCompletion.type",
        ),
        clear("stored hosted", "update_metadata", CONFIRMATION),
        decided("unknown, and it redirects", "update_metadata", {**REDIRECT, **UNKNOWN_SESSION}),
        reports("no session", "update_metadata", {**CONFIRMATION, **NO_SESSION}, ("session_missing", "id")),
    ),
    session.confirmation_message_too_long: (
        reports(
            "in an update",
            "update",
            {AFTER: {"type": "hosted_confirmation", "hostedConfirmation": {"customMessage": "x" * 501}}},
            "afterCompletion.hostedConfirmation.customMessage",
        ),
    ),
    session.min_characters_out_of_range: (
        shows(
            "0",
            "create",
            {f"{FIRST}/minCharacters": 0},
            "customFields[0].minCharacters",
            {"minCharacters": 0, "maxCharacters": 20, "minimum": 1},
        ),
    ),
    session.max_characters_out_of_range: (
        shows(
            "0",
            "create",
            {f"{FIRST}/maxCharacters": 0},
            "customFields[0].maxCharacters",
            {"minCharacters": 1, "maxCharacters": 0, "minimum": 1},
        ),
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
        shows("a text", "create", {f"{SECOND}/type": "TEXT"}, "customFields[1].dropdownOptions", {"type": "TEXT"}),
        reports("a number", "create", {f"{SECOND}/type": "NUMBER"}, "customFields[1].dropdownOptions"),
        reports("a checkbox", "create", {f"{SECOND}/type": "CHECKBOX"}, "customFields[1].dropdownOptions"),
        reports("empty, for a text", "create", {f"{FIRST}/dropdownOptions": []}, "customFields[0].dropdownOptions"),
        clear("null for a text", "create", {f"{FIRST}/dropdownOptions": None}),
        clear("none for a dropdown", "create", {f"{SECOND}/dropdownOptions": REMOVED}),
        reports("a text in an update", "update", {f"{SECOND}/type": "TEXT"}, "customFields[1].dropdownOptions"),
    ),
    session.metadata_too_large: (
        clear("50 items", "create", {METADATA: [1] * 50}),
        shows("51 items", "create", {METADATA: [1] * 51}, "metadata", {"keys": 51, "maximum": 50}),
        clear("keys below the first level do not count", "create", {METADATA: {"order": keys(51)}}),
        clear("none of none in an update", "update", {"/request": {}}, max_metadata_keys=0),
    ),
}

test_rows = rows_test(ROWS)
