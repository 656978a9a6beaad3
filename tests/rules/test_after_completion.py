"""Boundaries of the rules on what happens after paying."""

from rules_engine.examples import REMOVED
from rules_engine.rules import after_completion
from tests.rules.table import (
    NO_SESSION,
    UNKNOWN_SESSION,
    Table,
    clear,
    decided,
    reports,
    rows_test,
    undecided,
)

AFTER = "/request/afterCompletion"
PAGE = f"{AFTER}/hostedConfirmation"
TEXT = f"{PAGE}/customMessage"
URL = {"url": "https://pots.example/thanks"}
CONFIRMATION = {AFTER: {"type": "hosted_confirmation"}}
REDIRECT = {AFTER: {"type": "redirect", "redirect": URL}}
EMBEDDED = {"/request/uiMode": "embedded", "/request/cancelUrl": REMOVED}
HOSTED_REDIRECT = {"type": "redirect", "uiMode": "hosted"}


ROWS: Table = {
    after_completion.redirect_missing: (
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
    after_completion.hosted_confirmation_exclusive: (
        clear("null", "create", {PAGE: None}),
        reports("empty", "create", {PAGE: {}}, "afterCompletion.hostedConfirmation", evidence=HOSTED_REDIRECT),
        reports("with a text", "create", {PAGE: {"customMessage": "Done"}}, "afterCompletion.hostedConfirmation"),
        reports("empty in an update", "update", {PAGE: {}}, "afterCompletion.hostedConfirmation"),
        reports("of a payment link", "payment_link_create", {PAGE: {}}, "afterCompletion.hostedConfirmation"),
        reports(
            "of a changed payment link",
            "payment_link_update",
            {**REDIRECT, PAGE: {}},
            "afterCompletion.hostedConfirmation",
        ),
    ),
    after_completion.redirect_exclusive: (
        clear("null", "create_confirmation", {f"{AFTER}/redirect": None}),
        reports(
            "a URL",
            "create_confirmation",
            {f"{AFTER}/redirect": URL},
            "afterCompletion.redirect",
            evidence={"type": "hosted_confirmation", "uiMode": "hosted"},
        ),
        reports("a URL and no page", "create_minimal", {f"{AFTER}/redirect": URL}, "afterCompletion.redirect"),
    ),
    after_completion.hosted_confirmation_unavailable: (
        clear("hosted", "create", CONFIRMATION),
        reports(
            "embedded",
            "create",
            {**CONFIRMATION, **EMBEDDED},
            "afterCompletion.type",
            evidence={"type": "hosted_confirmation", "uiMode": "embedded"},
        ),
        clear("a redirect, embedded", "create", {**REDIRECT, **EMBEDDED}),
        reports("stored custom", "update_custom_page", CONFIRMATION, "afterCompletion.type"),
        reports(
            "stored embedded",
            "update_metadata",
            {**CONFIRMATION, "/facts/session/uiMode": "embedded"},
            "afterCompletion.type",
        ),
        clear("stored hosted", "update_metadata", CONFIRMATION),
        undecided(
            "nobody knows how it is shown",
            "update_metadata",
            {**CONFIRMATION, **UNKNOWN_SESSION},
            "afterCompletion.type",
            "session[cs_1]",
        ),
        decided("nobody knows, and it redirects", "update_metadata", {**REDIRECT, **UNKNOWN_SESSION}),
        reports("there is no session", "update_metadata", {**CONFIRMATION, **NO_SESSION}, ("session_missing", "id")),
    ),
    after_completion.confirmation_message_too_long: (
        clear("499", "create_confirmation", {TEXT: "x" * 499}),
        clear("500 characters of two bytes", "create_confirmation", {TEXT: "ش" * 500}),
        clear("empty", "create_confirmation", {TEXT: ""}),
        clear("null", "create_confirmation", {TEXT: None}),
        clear("no page", "create_minimal", {PAGE: None}),
        reports(
            "four of three",
            "create_confirmation",
            {},
            "afterCompletion.hostedConfirmation.customMessage",
            evidence={"maximum": 3},
            max_confirmation_message_length=3,
        ),
    ),
}

test_rows = rows_test(ROWS)
