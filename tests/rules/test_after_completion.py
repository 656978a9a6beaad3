"""Boundaries of the rules on what happens after paying."""

from rules_engine.examples import REMOVED
from rules_engine.rules import after_completion
from tests.rules.table import NO_SESSION, PAYMENT_LINKS, UNKNOWN_SESSION, RuleTable, clear, decided, says, undecided

AFTER = "/request/afterCompletion"
PAGE = f"{AFTER}/hostedConfirmation"
TEXT = f"{PAGE}/customMessage"
URL = {"url": "https://pots.example/thanks"}
CONFIRMATION = {AFTER: {"type": "hosted_confirmation"}}
REDIRECT = {AFTER: {"type": "redirect", "redirect": URL}}
EMBEDDED = {"/request/uiMode": "embedded", "/request/cancelUrl": REMOVED}
HOSTED_REDIRECT = {"type": "redirect", "uiMode": "hosted"}


class TestRedirectMissing(RuleTable):
    """Whoever redirects after paying says where to."""

    rule = after_completion.redirect_missing
    rows = (
        clear("with a URL", "create", {}),
        says("absent", "create", {AFTER: {"type": "redirect"}}, "afterCompletion.redirect", evidence=HOSTED_REDIRECT),
        says("null", "create", {f"{AFTER}/redirect": None}, "afterCompletion.redirect"),
        clear("a confirmation page needs none", "create_minimal", {}),
        says("null in an update", "update", {f"{AFTER}/redirect": None}, "afterCompletion.redirect"),
        clear("nothing sent in an update", "update_metadata", {}),
        clear("null for all of it in an update", "update", {AFTER: None}),
        says(
            "a confirmation page instead",
            "create_confirmation",
            {f"{AFTER}/type": "redirect"},
            "afterCompletion.redirect",
            ("hosted_confirmation_exclusive", "afterCompletion.hostedConfirmation"),
        ),
        *(
            says(f"of a payment link: {example}", example, {AFTER: {"type": "redirect"}}, "afterCompletion.redirect")
            for example in PAYMENT_LINKS
        ),
        clear("of a payment link, with a URL", "payment_link_create", {}),
        clear("nothing sent in an update of a payment link", "payment_link_update", {}),
    )


class TestHostedConfirmationExclusive(RuleTable):
    """Whoever redirects after paying describes no confirmation page."""

    rule = after_completion.hosted_confirmation_exclusive
    rows = (
        clear("absent", "create", {}),
        clear("null", "create", {PAGE: None}),
        says("empty", "create", {PAGE: {}}, "afterCompletion.hostedConfirmation", evidence=HOSTED_REDIRECT),
        says("with a text", "create", {PAGE: {"customMessage": "Done"}}, "afterCompletion.hostedConfirmation"),
        clear("with the other type", "create_confirmation", {}),
        says("empty in an update", "update", {PAGE: {}}, "afterCompletion.hostedConfirmation"),
        says("of a payment link", "payment_link_create", {PAGE: {}}, "afterCompletion.hostedConfirmation"),
        says(
            "of a changed payment link",
            "payment_link_update",
            {**REDIRECT, PAGE: {}},
            "afterCompletion.hostedConfirmation",
        ),
    )


class TestRedirectExclusive(RuleTable):
    """Whoever shows a confirmation page redirects nowhere."""

    rule = after_completion.redirect_exclusive
    rows = (
        clear("absent", "create_confirmation", {}),
        clear("null", "create_confirmation", {f"{AFTER}/redirect": None}),
        says(
            "a URL",
            "create_confirmation",
            {f"{AFTER}/redirect": URL},
            "afterCompletion.redirect",
            evidence={"type": "hosted_confirmation", "uiMode": "hosted"},
        ),
        says("a URL and no page", "create_minimal", {f"{AFTER}/redirect": URL}, "afterCompletion.redirect"),
        clear("a URL with the other type", "create", {}),
        *(
            says(f"of a payment link: {example}", example, {f"{AFTER}/redirect": URL}, "afterCompletion.redirect")
            for example in PAYMENT_LINKS
        ),
    )


class TestHostedConfirmationUnavailable(RuleTable):
    """A confirmation page of the platform's comes with a hosted page only."""

    rule = after_completion.hosted_confirmation_unavailable
    rows = (
        clear("hosted", "create", CONFIRMATION),
        clear("hosted because nothing else is said", "create_minimal", {}),
        says(
            "embedded",
            "create",
            {**CONFIRMATION, **EMBEDDED},
            "afterCompletion.type",
            evidence={"type": "hosted_confirmation", "uiMode": "embedded"},
        ),
        says("custom", "create_custom_page", CONFIRMATION, "afterCompletion.type"),
        clear("a redirect, embedded", "create", {**REDIRECT, **EMBEDDED}),
        clear("a redirect, custom", "create_custom_page", REDIRECT),
        says("stored custom", "update_custom_page", CONFIRMATION, "afterCompletion.type"),
        says(
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
        says("there is no session", "update_metadata", {**CONFIRMATION, **NO_SESSION}, ("session_missing", "id")),
    )


class TestConfirmationMessageTooLong(RuleTable):
    """The text of a confirmation page has at most as many characters as the policy allows, else 500."""

    rule = after_completion.confirmation_message_too_long
    rows = (
        clear("499", "create_confirmation", {TEXT: "x" * 499}),
        clear("500", "create_confirmation", {TEXT: "x" * 500}),
        says(
            "501",
            "create_confirmation",
            {TEXT: "x" * 501},
            "afterCompletion.hostedConfirmation.customMessage",
            evidence={"maximum": 500},
        ),
        clear("500 characters of two bytes", "create_confirmation", {TEXT: "ش" * 500}),
        clear("empty", "create_confirmation", {TEXT: ""}),
        clear("null", "create_confirmation", {TEXT: None}),
        clear("no page", "create_minimal", {PAGE: None}),
        says(
            "four of three",
            "create_confirmation",
            {},
            "afterCompletion.hostedConfirmation.customMessage",
            evidence={"maximum": 3},
            max_confirmation_message_length=3,
        ),
        *(clear(f"500 of a payment link: {example}", example, {TEXT: "x" * 500}) for example in PAYMENT_LINKS),
        *(
            says(
                f"of a payment link: {example}",
                example,
                {TEXT: "x" * 501},
                "afterCompletion.hostedConfirmation.customMessage",
            )
            for example in PAYMENT_LINKS
        ),
    )
