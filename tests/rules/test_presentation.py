"""The rules on what a session or payment link shows: its page, what happens after paying, custom fields, metadata."""

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
    shows,
    skipped,
    undecided,
)

URL = "https://pots.example/cart"
CANCEL = "/request/cancelUrl"
BUTTON = "/request/submitType"
EMBEDDED = {"/request/uiMode": "embedded"}
STORED_EMBEDDED = {"/facts/session/uiMode": "embedded"}
AFTER = "/request/afterCompletion"
PAGE = f"{AFTER}/hostedConfirmation"
TEXT = f"{PAGE}/customMessage"
THANKS = {"url": "https://pots.example/thanks"}
CONFIRMATION = {AFTER: {"type": "hosted_confirmation"}}
REDIRECT = {AFTER: {"type": "redirect", "redirect": THANKS}}
EMBEDDED_PAGE = {"/request/uiMode": "embedded", "/request/cancelUrl": REMOVED}
HOSTED_REDIRECT = {"type": "redirect", "uiMode": "hosted"}
FIRST, SECOND = "/request/customFields/0", "/request/customFields/1"
MOST, OPTIONS = "customFields[0].maxCharacters", "customFields[1].dropdownOptions"
FEES, RATE, AT_RATE = "/request/feeConfig", "/request/feeConfig/vatCollectionRate", "feeConfig.vatCollectionRate"
METADATA = "/request/metadata"


def keys(number: int) -> dict[str, str]:
    """That many keys."""
    return {f"key{index}": "" for index in range(number)}


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


ROWS: Table = {
    presentation.too_many_custom_fields: (
        clear("none of none in an update", "update", {"/request": {}}, max_custom_fields=0),
    ),
    presentation.cancel_url_unavailable: (
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
    presentation.submit_type_unavailable: (
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
    presentation.name_collection_unavailable: collection_rows("nameCollection"),
    presentation.billing_address_collection_unavailable: collection_rows("billingAddressCollection"),
    presentation.shipping_address_collection_unavailable: collection_rows("shippingAddressCollection"),
    presentation.phone_number_collection_unavailable: collection_rows("phoneNumberCollection"),
    presentation.font_family_too_long: (clear("no branding", "create", {"/request/brandingSettings": None}),),
    presentation.redirect_missing: (
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
    presentation.hosted_confirmation_exclusive: (
        clear("null", "create", {PAGE: None}),
        shows("empty", "create", {PAGE: {}}, "afterCompletion.hostedConfirmation", HOSTED_REDIRECT),
        reports("with a text", "create", {PAGE: {"customMessage": "Done"}}, "afterCompletion.hostedConfirmation"),
        reports("empty in an update", "update", {PAGE: {}}, "afterCompletion.hostedConfirmation"),
        reports("of a link", "payment_link_create", {PAGE: {}}, "afterCompletion.hostedConfirmation"),
        reports("changed link", "payment_link_update", {**REDIRECT, PAGE: {}}, "afterCompletion.hostedConfirmation"),
    ),
    presentation.redirect_exclusive: (
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
    presentation.hosted_confirmation_unavailable: (
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
    presentation.confirmation_message_too_long: (
        reports(
            "in an update",
            "update",
            {AFTER: {"type": "hosted_confirmation", "hostedConfirmation": {"customMessage": "x" * 501}}},
            "afterCompletion.hostedConfirmation.customMessage",
        ),
    ),
    presentation.min_characters_out_of_range: (
        shows(
            "0",
            "create",
            {f"{FIRST}/minCharacters": 0},
            "customFields[0].minCharacters",
            {"minCharacters": 0, "maxCharacters": 20, "minimum": 1},
        ),
    ),
    presentation.max_characters_out_of_range: (
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
    presentation.characters_range_empty: (
        clear("equal", "create", {f"{FIRST}/minCharacters": 20}),
        shows(
            "one more",
            "create",
            {f"{FIRST}/minCharacters": 21},
            "customFields[0].maxCharacters",
            {"minCharacters": 21, "maxCharacters": 20},
        ),
        reports("without limits", "update", {f"{FIRST}/minCharacters": 21, f"{FIRST}/hasLimits": False}, MOST),
        reports("at most", "update", {f"{FIRST}/minCharacters": 21, f"{FIRST}/limitType": "AT_MOST"}, MOST),
        clear("no least", "create", {f"{FIRST}/minCharacters": None}),
        clear("no most", "create", {f"{FIRST}/minCharacters": 21, f"{FIRST}/maxCharacters": None}),
        skipped(
            "a most of 0",
            "create",
            {f"{FIRST}/maxCharacters": 0},
            MOST,
            ("max_characters_out_of_range", MOST),
        ),
    ),
    presentation.dropdown_options_missing: (
        shows("absent", "create", {f"{SECOND}/dropdownOptions": REMOVED}, OPTIONS, {"type": "DROPDOWN"}),
        reports("null", "create", {f"{SECOND}/dropdownOptions": None}, OPTIONS),
        reports("empty", "create", {f"{SECOND}/dropdownOptions": []}, OPTIONS),
        reports("empty in an update", "update", {f"{SECOND}/dropdownOptions": []}, OPTIONS),
        clear("one", "create", {f"{SECOND}/dropdownOptions": [{"label": "Blue"}]}),
        clear("none for a checkbox", "create", {SECOND: {"label": "Gift", "type": "CHECKBOX"}}),
    ),
    presentation.dropdown_options_unavailable: (
        shows("a text", "create", {f"{SECOND}/type": "TEXT"}, "customFields[1].dropdownOptions", {"type": "TEXT"}),
        reports("a number", "create", {f"{SECOND}/type": "NUMBER"}, "customFields[1].dropdownOptions"),
        reports("a checkbox", "create", {f"{SECOND}/type": "CHECKBOX"}, "customFields[1].dropdownOptions"),
        reports("empty, for a text", "create", {f"{FIRST}/dropdownOptions": []}, "customFields[0].dropdownOptions"),
        clear("null for a text", "create", {f"{FIRST}/dropdownOptions": None}),
        reports("a text in an update", "update", {f"{SECOND}/type": "TEXT"}, "customFields[1].dropdownOptions"),
    ),
    presentation.vat_rate_out_of_range: (
        clear("a fraction", "create", {RATE: 1_450.5}),
        reports("hardly more than all", "create", {RATE: 10_000.001}, "feeConfig.vatCollectionRate"),
        reports("not collected", "update", {RATE: -1, f"{FEES}/vatCollectionEnabled": False}, AT_RATE),
        clear("no fees", "create", {FEES: None}),
    ),
    presentation.metadata_too_large: (
        clear("50 items", "create", {METADATA: [1] * 50}),
        shows("51 items", "create", {METADATA: [1] * 51}, "metadata", {"keys": 51, "maximum": 50}),
        clear("keys below the first level do not count", "create", {METADATA: {"order": keys(51)}}),
        clear("none of none in an update", "update", {"/request": {}}, max_metadata_keys=0),
    ),
}

test_rows = rows_test(ROWS)
