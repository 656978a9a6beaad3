"""Boundaries of the rules on what the page of a session may show and ask for."""

from rules_engine.examples import REMOVED
from rules_engine.rules import presentation
from tests.rules.table import (
    NO_SESSION,
    PAYMENT_LINKS,
    UNKNOWN_SESSION,
    Row,
    RuleTable,
    clear,
    decided,
    says,
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
        says("true on a custom page", "create_custom_page", {pointer: True}, field, evidence={"uiMode": "custom"}),
        clear("false on a custom page", "create_custom_page", {pointer: False}),
        clear("null on a custom page", "create_custom_page", {pointer: None}),
        clear("true where nothing says how it is shown", "create_minimal", {pointer: True}),
        says("true for a stored custom page", "update_custom_page", {pointer: True}, field),
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


class TestCancelUrlUnavailable(RuleTable):
    """A URL to go back to is for hosted pages."""

    rule = presentation.cancel_url_unavailable
    rows = (
        clear("hosted", "create", {CANCEL: URL}),
        clear("hosted because nothing else is said", "create_minimal", {CANCEL: URL}),
        clear("hosted because null is said", "create_minimal", {CANCEL: URL, "/request/uiMode": None}),
        says("embedded", "create", {CANCEL: URL, **EMBEDDED}, "cancelUrl", evidence={"uiMode": "embedded"}),
        says("custom", "create_custom_page", {CANCEL: URL}, "cancelUrl", evidence={"uiMode": "custom"}),
        clear("null and embedded", "create", {CANCEL: None, **EMBEDDED}),
        clear("null and custom", "create_custom_page", {CANCEL: None}),
        says("stored embedded", "update_metadata", {CANCEL: URL, **STORED_EMBEDDED}, "cancelUrl"),
        says("stored custom", "update_custom_page", {CANCEL: URL}, "cancelUrl"),
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
        says("there is no session", "update_metadata", {CANCEL: URL, **NO_SESSION}, ("session_missing", "id")),
    )


class TestSubmitTypeUnavailable(RuleTable):
    """A custom page has a button of its own, so no word for it is sent."""

    rule = presentation.submit_type_unavailable
    rows = (
        clear("hosted", "create", {BUTTON: "BOOK"}),
        clear("embedded", "create", {BUTTON: "BOOK", CANCEL: REMOVED, **EMBEDDED}),
        says("custom", "create_custom_page", {BUTTON: "BOOK"}, "submitType", evidence={"uiMode": "custom"}),
        says("custom, and the usual word", "create_custom_page", {BUTTON: "PAY"}, "submitType"),
        clear("custom, and null", "create_custom_page", {BUTTON: None}),
        says(
            "custom with all it cannot have",
            "create",
            {"/request/uiMode": "custom"},
            ("cancel_url_unavailable", "cancelUrl"),
            "submitType",
            ("name_collection_unavailable", "nameCollection"),
        ),
    )


class TestNameCollectionUnavailable(RuleTable):
    """A custom page asks for the name itself, if it wants it."""

    rule = presentation.name_collection_unavailable
    rows = collection_rows("nameCollection")


class TestBillingAddressCollectionUnavailable(RuleTable):
    """A custom page asks for the billing address itself, if it wants it."""

    rule = presentation.billing_address_collection_unavailable
    rows = collection_rows("billingAddressCollection")


class TestShippingAddressCollectionUnavailable(RuleTable):
    """A custom page asks for the shipping address itself, if it wants it."""

    rule = presentation.shipping_address_collection_unavailable
    rows = collection_rows("shippingAddressCollection")


class TestPhoneNumberCollectionUnavailable(RuleTable):
    """A custom page asks for the phone number itself, if it wants it."""

    rule = presentation.phone_number_collection_unavailable
    rows = collection_rows("phoneNumberCollection")


class TestFontFamilyTooLong(RuleTable):
    """The name of a font has at most as many characters as the policy allows, 512 where it says nothing."""

    rule = presentation.font_family_too_long
    rows = (
        clear("511", "create", {FONT: "x" * 511}),
        clear("512", "create", {FONT: "x" * 512}),
        says("513", "create", {FONT: "x" * 513}, "brandingSettings.fontFamily", evidence={"maximum": 512}),
        clear("512 characters of four bytes", "create", {FONT: "\U0001f3fa" * 512}),
        clear("null", "create", {FONT: None}),
        clear("no branding", "create", {"/request/brandingSettings": None}),
        says("513 in an update", "update", {FONT: "x" * 513}, "brandingSettings.fontFamily"),
        clear("no branding in an update", "update", {"/request/brandingSettings": None}),
        says(
            "five of four",
            "create",
            {},
            "brandingSettings.fontFamily",
            evidence={"maximum": 4},
            max_font_family_length=4,
        ),
        *(clear(f"512 of a payment link: {example}", example, {FONT: "x" * 512}) for example in PAYMENT_LINKS),
        *(
            says(f"of a payment link: {example}", example, {FONT: "x" * 513}, "brandingSettings.fontFamily")
            for example in PAYMENT_LINKS
        ),
    )
