"""Boundaries of the rules on what the page of a session may show and ask for."""

from rules_engine.examples import REMOVED
from rules_engine.rules import presentation
from tests.rules.table import (
    NO_SESSION,
    UNKNOWN_SESSION,
    Row,
    Table,
    clear,
    decided,
    reports,
    rows_test,
    undecided,
)

URL = "https://pots.example/cart"
CANCEL = "/request/cancelUrl"
BUTTON = "/request/submitType"
FONT = "/request/brandingSettings/fontFamily"
EMBEDDED = {"/request/uiMode": "embedded"}
STORED_EMBEDDED = {"/facts/session/uiMode": "embedded"}


def collection_rows(field: str) -> tuple[Row, ...]:
    """Tell the boundaries of a field that asks the buyer for something: only a custom page cannot."""
    pointer = f"/request/{field}"
    return (
        clear("true on a hosted page", "create", {pointer: True}),
        clear("true on an embedded page", "create", {pointer: True, CANCEL: REMOVED, **EMBEDDED}),
        reports("true on a custom page", "create_custom_page", {pointer: True}, field, evidence={"uiMode": "custom"}),
        clear("false on a custom page", "create_custom_page", {pointer: False}),
        clear("null on a custom page", "create_custom_page", {pointer: None}),
        clear("true where nothing says how it is shown", "create_minimal", {pointer: True}),
        reports("true for a stored custom page", "update_custom_page", {pointer: True}, field),
        clear("false for a stored custom page", "update_custom_page", {pointer: False}),
        clear("true for a stored hosted page", "update", {pointer: True}),
        clear("not sent, and stored", "update_custom_page", {f"/facts/session/{field}": True}),
        undecided(
            "nobody knows how it is shown",
            "update_metadata",
            {pointer: True, **UNKNOWN_SESSION},
            field,
            "session[cs_1]",
        ),
        decided("nobody knows, and it is false", "update_metadata", {pointer: False, **UNKNOWN_SESSION}),
    )


ROWS: Table = {
    presentation.cancel_url_unavailable: (
        clear("hosted because nothing else is said", "create_minimal", {CANCEL: URL}),
        clear("hosted because null is said", "create_minimal", {CANCEL: URL, "/request/uiMode": None}),
        reports("embedded", "create", {CANCEL: URL, **EMBEDDED}, "cancelUrl", evidence={"uiMode": "embedded"}),
        reports("custom", "create_custom_page", {CANCEL: URL}, "cancelUrl", evidence={"uiMode": "custom"}),
        clear("null and embedded", "create", {CANCEL: None, **EMBEDDED}),
        clear("null and custom", "create_custom_page", {CANCEL: None}),
        reports("stored embedded", "update_metadata", {CANCEL: URL, **STORED_EMBEDDED}, "cancelUrl"),
        reports("stored custom", "update_custom_page", {CANCEL: URL}, "cancelUrl"),
        clear("stored hosted", "update_metadata", {CANCEL: URL}),
        clear("null and stored custom", "update_custom_page", {CANCEL: None}),
        undecided(
            "nobody knows how it is shown",
            "update_metadata",
            {CANCEL: URL, **UNKNOWN_SESSION},
            "cancelUrl",
            "session[cs_1]",
        ),
        decided("nobody knows, and null is sent", "update_metadata", {CANCEL: None, **UNKNOWN_SESSION}),
        reports("there is no session", "update_metadata", {CANCEL: URL, **NO_SESSION}, ("session_missing", "id")),
    ),
    presentation.submit_type_unavailable: (
        clear("hosted", "create", {BUTTON: "BOOK"}),
        clear("embedded", "create", {BUTTON: "BOOK", CANCEL: REMOVED, **EMBEDDED}),
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
    presentation.name_collection_unavailable: collection_rows("nameCollection"),
    presentation.billing_address_collection_unavailable: collection_rows("billingAddressCollection"),
    presentation.shipping_address_collection_unavailable: collection_rows("shippingAddressCollection"),
    presentation.phone_number_collection_unavailable: collection_rows("phoneNumberCollection"),
    presentation.font_family_too_long: (
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
}

test_rows = rows_test(ROWS)
