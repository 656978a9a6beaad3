"""Boundaries of the rules on what the state of a stored session admits, and on what of it cannot change."""

from rules_engine.examples import NOW, REMOVED
from rules_engine.rules import stored_session
from tests.rules.table import (
    EARLIER,
    INSTANT,
    LATER,
    NO_SESSION,
    UNKNOWN_SESSION,
    RuleTable,
    clear,
    says,
    skipped,
    undecided,
)

STATUS = "/facts/session/status"
EXPIRES = "/facts/session/expiresAt"
PASSED = "/facts/session/isExpired"
GONE = ("session_missing", "id")


class TestSessionMissing(RuleTable):
    """What is acted on has to exist: an id that no session has is told at `id`."""

    rule = stored_session.session_missing
    rows = (
        clear("the session that is known", "expire", {}),
        says("known not to exist", "expire", NO_SESSION, "id", evidence={}),
        says("known not to exist, to update", "update_metadata", NO_SESSION, "id"),
        says("known not to exist, to update all of it", "update", NO_SESSION, "id"),
        says("known not to exist, to confirm in all ways", "confirm", NO_SESSION, "id"),
        says("known not to exist, to confirm", "confirm_bare", NO_SESSION, "id"),
        says("known not to exist, to enter a code", "apply", NO_SESSION, "id"),
        undecided("nobody looked", "expire", UNKNOWN_SESSION, "id", "session[cs_1]"),
        undecided("absent is null", "expire", {"/facts/session": REMOVED}, "id", "session[cs_1]"),
        undecided("another session is known", "expire", {"/facts/session/id": "cs_2"}, "id", "session[cs_1]"),
        undecided(
            "another session does not exist",
            "expire",
            {"/facts/session": None, "/facts/missing": {"sessions": ["cs_2"]}},
            "id",
            "session[cs_1]",
        ),
    )


class TestCheckoutSessionExpired(RuleTable):
    """An open session is over at `expiresAt`, or once the API says so; one whose status is expired is over anyway."""

    rule = stored_session.checkout_session_expired
    rows = (
        clear("open, one microsecond left", "update_metadata", {EXPIRES: LATER}),
        says(
            "open, at the instant",
            "update_metadata",
            {EXPIRES: NOW},
            None,
            evidence={"status": "open", "expiresAt": INSTANT, "isExpired": False, "now": INSTANT},
        ),
        says("open, one microsecond after", "update_metadata", {EXPIRES: EARLIER}, None),
        says("the same instant with another offset", "confirm", {EXPIRES: "2026-11-22T12:00:00+02:00"}, None),
        clear("open without an end", "confirm", {EXPIRES: None}),
        says("open without an end, and the API says expired", "confirm", {EXPIRES: None, PASSED: True}, None),
        says("open with time left, and the API says expired", "apply", {PASSED: True}, None),
        says("status expired with time left", "apply", {STATUS: "expired"}, None),
        says("status expired, and the API disagrees", "confirm_bare", {STATUS: "expired", PASSED: False}, None),
        says(
            "complete past its end is complete",
            "confirm",
            {STATUS: "complete", EXPIRES: EARLIER},
            ("session_complete", None),
        ),
        says(
            "complete, and the API says expired",
            "confirm",
            {STATUS: "complete", PASSED: True},
            ("session_complete", None),
        ),
        clear("overdue, and only ended", "expire", {EXPIRES: EARLIER}),
        undecided("nobody looked the session up", "update_metadata", UNKNOWN_SESSION, None, "session[cs_1]"),
        skipped("there is no session", "update_metadata", NO_SESSION, None, by=GONE),
    )


class TestSessionComplete(RuleTable):
    """A complete session is final: neither changed nor paid nor discounted again."""

    rule = stored_session.session_complete
    rows = (
        clear("open", "confirm", {STATUS: "open"}),
        says("expired is told as expired", "confirm", {STATUS: "expired"}, ("checkout_session_expired", None)),
        says(
            "complete, to confirm",
            "confirm",
            {STATUS: "complete"},
            None,
            evidence={"status": "complete", "expiresAt": INSTANT.replace(hour=11), "isExpired": False, "now": INSTANT},
        ),
        says("complete, to update", "update_metadata", {STATUS: "complete"}, None),
        says("complete, to enter a code", "apply", {STATUS: "complete"}, None),
        says("complete but unpaid", "confirm", {STATUS: "complete", "/facts/session/paymentStatus": "unpaid"}, None),
        undecided("nobody looked the session up", "confirm_bare", UNKNOWN_SESSION, None, "session[cs_1]"),
        skipped("there is no session", "confirm_bare", NO_SESSION, None, by=GONE),
    )


class TestSessionAlreadyOver(RuleTable):
    """Only an open session can be ended, also one whose time is up but which nobody has swept yet."""

    rule = stored_session.session_already_over
    rows = (
        clear("open with time left", "expire", {EXPIRES: LATER}),
        clear("open at its end", "expire", {EXPIRES: NOW}),
        clear("open and overdue", "expire_overdue", {}),
        clear("open, and the API says expired", "expire_overdue", {PASSED: True}),
        says(
            "complete",
            "expire",
            {STATUS: "complete"},
            None,
            evidence={"status": "complete", "expiresAt": INSTANT.replace(hour=11), "isExpired": False, "now": INSTANT},
        ),
        says("expired", "expire", {STATUS: "expired"}, None),
        says("expired and overdue", "expire_overdue", {STATUS: "expired"}, None),
        undecided("nobody looked the session up", "expire", UNKNOWN_SESSION, None, "session[cs_1]"),
        skipped("there is no session", "expire", NO_SESSION, None, by=GONE),
    )


class TestInvalidClientSecret(RuleTable):
    """A client secret that comes along has to be the one of this session, to the letter."""

    rule = stored_session.invalid_client_secret
    rows = (
        clear("the session's own", "confirm", {"/request/clientSecret": "cs_1_secret_a1"}),
        clear("none sent", "confirm", {"/request/clientSecret": REMOVED}),
        clear("null is none", "confirm", {"/request/clientSecret": None}),
        says("one letter differs", "confirm", {"/request/clientSecret": "cs_1_secret_a2"}, "clientSecret", evidence={}),
        says("another case", "confirm", {"/request/clientSecret": "CS_1_SECRET_A1"}, "clientSecret"),
        says("a space at its end", "apply", {"/request/clientSecret": "cs_1_secret_a1 "}, "clientSecret"),
        says("a prefix", "apply", {"/request/clientSecret": "cs_1_secret_a"}, "clientSecret"),
        says("empty", "apply", {"/request/clientSecret": ""}, "clientSecret"),
        says("not ASCII", "apply", {"/request/clientSecret": "cs_1_sécret_a1"}, "clientSecret"),
        undecided("nobody looked the session up", "confirm", UNKNOWN_SESSION, "clientSecret", "session[cs_1]"),
        undecided(
            "the session came without its secret",
            "confirm",
            {"/facts/session/clientSecret": None},
            "clientSecret",
            "session.clientSecret[cs_1]",
        ),
        says("there is no session, so nothing to compare with", "confirm", NO_SESSION, GONE),
    )


class TestModeImmutable(RuleTable):
    """An update that names the mode is refused there, whatever it says."""

    rule = stored_session.mode_immutable
    rows = (
        clear("absent", "update_metadata", {}),
        says("another value", "update_metadata", {"/request/mode": "setup"}, "mode", evidence={}),
        says("the same value", "update_metadata", {"/request/mode": "payment"}, "mode"),
        says("null", "update_metadata", {"/request/mode": None}, "mode"),
        clear("at creation", "create", {"/request/mode": "payment"}),
    )


class TestUiModeImmutable(RuleTable):
    """An update that names how the session is shown is refused there, whatever it says."""

    rule = stored_session.ui_mode_immutable
    rows = (
        clear("absent", "update_metadata", {}),
        says("another value", "update_metadata", {"/request/uiMode": "custom"}, "uiMode", evidence={}),
        says("another value, with what it would not admit", "update", {"/request/uiMode": "custom"}, "uiMode"),
        says("the same value", "update_metadata", {"/request/uiMode": "hosted"}, "uiMode"),
        says("null", "update_metadata", {"/request/uiMode": None}, "uiMode"),
    )


class TestSubmitTypeImmutable(RuleTable):
    """An update that names the button is refused there, whatever it says."""

    rule = stored_session.submit_type_immutable
    rows = (
        clear("absent", "update_metadata", {}),
        says("another value", "update_metadata", {"/request/submitType": "BOOK"}, "submitType", evidence={}),
        says("the same value", "update_metadata", {"/request/submitType": "PAY"}, "submitType"),
        says("null", "update_metadata", {"/request/submitType": None}, "submitType"),
        says("on a custom page", "update_custom_page", {"/request/submitType": "PAY"}, "submitType"),
    )


class TestCurrencyImmutable(RuleTable):
    """An update that names the currency is refused there, whatever it says."""

    rule = stored_session.currency_immutable
    rows = (
        clear("absent", "update", {}),
        says("another value", "update", {"/request/currency": "USD"}, "currency", evidence={}),
        says("the same value", "update", {"/request/currency": "EGP"}, "currency"),
        says("no currency at all", "update", {"/request/currency": "egx"}, "currency"),
        says("null", "update", {"/request/currency": None}, "currency"),
    )


class TestExpiryImmutable(RuleTable):
    """An update that names the life of the session is refused there, whatever it says."""

    rule = stored_session.expiry_immutable
    rows = (
        clear("absent", "update_metadata", {}),
        says(
            "within the bounds",
            "update_metadata",
            {"/request/expiresAfterMinutes": 60},
            "expiresAfterMinutes",
            evidence={},
        ),
        says("below the bounds", "update_metadata", {"/request/expiresAfterMinutes": 29}, "expiresAfterMinutes"),
        says("above the bounds", "update_metadata", {"/request/expiresAfterMinutes": 1_441}, "expiresAfterMinutes"),
        says("null", "update_metadata", {"/request/expiresAfterMinutes": None}, "expiresAfterMinutes"),
    )
