"""Boundaries of the rules on what the state of a stored session admits, and on what of it cannot change."""

from rules_engine.examples import NOW, REMOVED
from rules_engine.rules import stored_session
from tests.rules.table import (
    EARLIER,
    INSTANT,
    LATER,
    NO_SESSION,
    UNKNOWN_SESSION,
    Table,
    clear,
    reports,
    rows_test,
    shows,
    undecided,
)

STATUS = "/facts/session/status"
EXPIRES = "/facts/session/expiresAt"
PASSED = "/facts/session/isExpired"
LINES, QUANTITY = "/facts/session/lineItems", "/facts/session/lineItems/0/quantity"
GONE = ("session_missing", "id")


ROWS: Table = {
    stored_session.session_missing: (
        reports("missing, to update", "update_metadata", NO_SESSION, "id"),
        reports("missing, to update all of it", "update", NO_SESSION, "id"),
        reports("missing, to confirm in all ways", "confirm", NO_SESSION, "id"),
        reports("missing, to confirm", "confirm_bare", NO_SESSION, "id"),
        reports("missing, to enter a code", "apply", NO_SESSION, "id"),
    ),
    stored_session.checkout_session_expired: (
        clear("open, one microsecond left", "update_metadata", {EXPIRES: LATER}),
        shows(
            "open, at the instant",
            "update_metadata",
            {EXPIRES: NOW},
            None,
            {"status": "open", "expiresAt": INSTANT, "isExpired": False, "now": INSTANT},
        ),
        reports("open, one microsecond after", "update_metadata", {EXPIRES: EARLIER}, None),
        reports("the same instant with another offset", "confirm", {EXPIRES: "2026-11-22T12:00:00+02:00"}, None),
        clear("open without an end", "confirm", {EXPIRES: None}),
        reports("open without an end, and isExpired", "confirm", {EXPIRES: None, PASSED: True}, None),
        reports("status expired with time left", "apply", {STATUS: "expired"}, None),
        reports("status expired, and the API disagrees", "confirm_bare", {STATUS: "expired", PASSED: False}, None),
        reports("complete past its end", "confirm", {STATUS: "complete", EXPIRES: EARLIER}, ("session_complete", None)),
        reports("complete, isExpired", "confirm", {STATUS: "complete", PASSED: True}, ("session_complete", None)),
        clear("overdue, and only ended", "expire", {EXPIRES: EARLIER}),
    ),
    stored_session.session_complete: (
        reports("expired", "confirm", {STATUS: "expired"}, ("checkout_session_expired", None)),
        shows(
            "complete, to confirm",
            "confirm",
            {STATUS: "complete"},
            None,
            {"status": "complete", "expiresAt": INSTANT.replace(hour=11), "isExpired": False, "now": INSTANT},
        ),
        reports("complete, to update", "update_metadata", {STATUS: "complete"}, None),
        reports("complete, to enter a code", "apply", {STATUS: "complete"}, None),
    ),
    stored_session.session_already_over: (
        clear("open with time left", "expire", {EXPIRES: LATER}),
        clear("open at its end", "expire", {EXPIRES: NOW}),
        clear("open, and isExpired", "expire_overdue", {PASSED: True}),
        shows(
            "complete",
            "expire",
            {STATUS: "complete"},
            None,
            {"status": "complete", "expiresAt": INSTANT.replace(hour=11), "isExpired": False, "now": INSTANT},
        ),
        reports("expired", "expire", {STATUS: "expired"}, None),
        reports("expired and overdue", "expire_overdue", {STATUS: "expired"}, None),
    ),
    stored_session.invalid_client_secret: (
        clear("none sent", "confirm", {"/request/clientSecret": REMOVED}),
        clear("null is none", "confirm", {"/request/clientSecret": None}),
        reports("another case", "confirm", {"/request/clientSecret": "CS_1_SECRET_A1"}, "clientSecret"),
        reports("a space at its end", "apply", {"/request/clientSecret": "cs_1_secret_a1 "}, "clientSecret"),
        reports("a prefix", "apply", {"/request/clientSecret": "cs_1_secret_a"}, "clientSecret"),
        reports("empty", "apply", {"/request/clientSecret": ""}, "clientSecret"),
        reports("not ASCII", "apply", {"/request/clientSecret": "cs_1_sécret_a1"}, "clientSecret"),
        reports("there is no session, so nothing to compare with", "confirm", NO_SESSION, GONE),
    ),
    stored_session.nothing_to_pay: (
        clear("one line of one", "confirm", {QUANTITY: 0}),
        shows("every line at 0", "confirm", {QUANTITY: 0, f"{LINES}/1/quantity": 0}, None, {}),
        clear("a session that sets up a method", "confirm_bare", {"/facts/session/mode": "setup", LINES: None}),
        clear("at 0, and the metadata is changed", "update_metadata", {QUANTITY: 0, f"{LINES}/1/quantity": 0}),
        undecided("lines not provided", "confirm", {LINES: None}, None, "session.lineItems[cs_1]"),
        undecided("session not provided", "confirm", UNKNOWN_SESSION, None, "session[cs_1]"),
    ),
    stored_session.mode_immutable: (
        shows("another value", "update_metadata", {"/request/mode": "setup"}, "mode", {}),
        reports("the same value", "update_metadata", {"/request/mode": "payment"}, "mode"),
        reports("null", "update_metadata", {"/request/mode": None}, "mode"),
    ),
    stored_session.ui_mode_immutable: (
        shows("another value", "update_metadata", {"/request/uiMode": "custom"}, "uiMode", {}),
        reports("another value, with what it would not admit", "update", {"/request/uiMode": "custom"}, "uiMode"),
        reports("the same value", "update_metadata", {"/request/uiMode": "hosted"}, "uiMode"),
        reports("null", "update_metadata", {"/request/uiMode": None}, "uiMode"),
    ),
    stored_session.submit_type_immutable: (
        shows("another value", "update_metadata", {"/request/submitType": "BOOK"}, "submitType", {}),
        reports("the same value", "update_metadata", {"/request/submitType": "PAY"}, "submitType"),
        reports("null", "update_metadata", {"/request/submitType": None}, "submitType"),
        reports("on a custom page", "update_custom_page", {"/request/submitType": "PAY"}, "submitType"),
    ),
    stored_session.currency_immutable: (
        shows("another value", "update", {"/request/currency": "USD"}, "currency", {}),
        reports("no currency at all", "update", {"/request/currency": "egx"}, "currency"),
        reports("null", "update", {"/request/currency": None}, "currency"),
    ),
    stored_session.expiry_immutable: (
        shows("valid", "update_metadata", {"/request/expiresAfterMinutes": 60}, "expiresAfterMinutes", {}),
        reports("below the bounds", "update_metadata", {"/request/expiresAfterMinutes": 29}, "expiresAfterMinutes"),
        reports("above the bounds", "update_metadata", {"/request/expiresAfterMinutes": 1_441}, "expiresAfterMinutes"),
        reports("null", "update_metadata", {"/request/expiresAfterMinutes": None}, "expiresAfterMinutes"),
    ),
}

test_rows = rows_test(ROWS)
