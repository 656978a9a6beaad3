"""Boundaries of the rules on a request that comes in."""

from datetime import timedelta
from typing import Any, Final

import pytest

from rules_engine import Mode, default_policy, required_facts, validate
from rules_engine.examples import NOW, REMOVED, changed, examples
from rules_engine.examples.request import BODY, NOW_SECONDS, SIGNING_SECRET, digest_of, signature_of, signed
from rules_engine.fingerprint import request_fingerprint
from rules_engine.rules import request
from tests.rules.table import (
    EARLIER,
    INSTANT,
    LATER,
    Table,
    clear,
    decided,
    reports,
    rows_test,
    shows,
    skipped,
    undecided,
)

TEST, RESTRICTED, LIVE, EARLY = (
    f"request_authorize{suffix}" for suffix in ("", "_restricted", "_live", "_before_activation")
)
HEADER, SIGNATURE, KEY = "/request/authorization", "/request/signature", "/request/idempotencyKey"
KEYS, SECRETS, ENDPOINT, RATE, MERCHANT = (
    f"/facts/{part}" for part in ("apiKeys", "signingSecrets", "endpoint", "rate", "merchant")
)
PERMISSION, EXEMPT, ENABLED = (
    f"{ENDPOINT}/permission",
    f"{ENDPOINT}/beforeActivation",
    f"{MERCHANT}/livePaymentsEnabled",
)
NONE: Final[dict[str, Any]] = {HEADER: REMOVED}
UNKNOWN_KEY: Final[dict[str, Any]] = {HEADER: "Bearer sk_test_0000"}
NO_KEY = {"key": None, "keyLivemode": None, "livemode": False}
BY_NONE, BY_UNKNOWN = ("authentication_required", None), ("invalid_api_key", None)
NOT_PROVIDED = {KEYS: REMOVED}
ARABIC_ONE = "\u0661"
PUBLISHABLE = {HEADER: "Bearer pk_test_9a00"}


UNSIGNED = {SIGNATURE: REMOVED}

MADE_AT = NOW_SECONDS - 300

DORMANT: Final[dict[str, Any]] = {ENABLED: False}


COUNT, MOST, STARTED, LASTS = (f"{RATE}/{field}" for field in ("count", "limit", "windowStartedAt", "windowSeconds"))

FULL: Final[dict[str, Any]] = {COUNT: 100}

LAST_OF_WINDOW, END_OF_WINDOW = "2026-11-22T09:59:00.000001Z", "2026-11-22T09:59:00Z"

FINISHED, USED_AT = (f"/facts/idempotencyKeys/refund-88/{field}" for field in ("finished", "createdAt"))


def used(at: str) -> dict[str, Any]:
    """Another request that the key was used for, at an instant."""
    return {
        "/facts/idempotencyKeys/refund-88": {
            "fingerprint": request_fingerprint("POST", "/refunds", None, BODY + "x"),
            "createdAt": at,
        }
    }


AN_HOUR_AGO = "2026-11-22T09:00:00Z"

ROWS: Table = {
    request.authentication_required: (
        clear("the scheme in another case", TEST, {HEADER: "bEARER sk_test_4f1c"}),
        shows("no header", TEST, NONE, None, {}),
        reports("empty", TEST, {HEADER: ""}, None),
        reports("blank", TEST, {HEADER: " \t "}, None),
        reports("a scheme and nothing behind it", TEST, {HEADER: "Bearer"}, None),
        reports("a scheme and blanks behind it", LIVE, {HEADER: "bearer \t "}, None),
        reports("a scheme and blanks around it", LIVE, {HEADER: " Bearer "}, None),
        reports("another scheme is a header", TEST, {HEADER: "Basic"}, ("invalid_api_key", None)),
        reports("no header, and keys not provided", TEST, {**NONE, **NOT_PROVIDED}, None),
    ),
    request.invalid_api_key: (
        clear("the first of the keys", RESTRICTED, {HEADER: "Bearer sk_test_4f1c"}),
        clear("its digest in capitals", TEST, {f"{KEYS}/1/sha256": digest_of("sk_test_4f1c").upper()}),
        shows("one letter differs", TEST, {HEADER: "Bearer sk_test_4f1d"}, None, NO_KEY),
        reports("another case", TEST, {HEADER: "Bearer SK_TEST_4F1C"}, None),
        reports("a prefix", TEST, {HEADER: "Bearer sk_test_4f1"}, None),
        reports("a space behind it", TEST, {HEADER: "Bearer sk_test_4f1c "}, None),
        reports("two spaces before it", TEST, {HEADER: "Bearer  sk_test_4f1c"}, None),
        reports("a space before the scheme", TEST, {HEADER: " Bearer sk_test_4f1c"}, None),
        reports("a tab behind the scheme", TEST, {HEADER: "Bearer\tsk_test_4f1c"}, None),
        reports("a line break behind it", TEST, {HEADER: "Bearer sk_test_4f1c\n"}, None),
        reports("a space within it", TEST, {HEADER: "Bearer sk_test_ 4f1c"}, None),
        reports("white space in the digest", TEST, {HEADER: "Bearer a b", f"{KEYS}/1/sha256": digest_of("a b")}, None),
        reports("not ASCII", TEST, {HEADER: "Bearer sk_test_\uff14f1c"}, None),
        reports("half a character", TEST, {HEADER: "Bearer \ud800"}, None),
        reports("the key alone", TEST, {HEADER: "sk_test_4f1c"}, None),
        reports("another scheme", TEST, {HEADER: "Token sk_test_4f1c"}, None),
        reports("the digest in place of the key", TEST, {HEADER: f"Bearer {digest_of('sk_test_4f1c')}"}, None),
        reports("there are no keys", TEST, {KEYS: []}, None),
        shows(
            "a test key among live facts",
            TEST,
            {"/facts/livemode": True},
            None,
            {"key": "key_secret", "keyLivemode": False, "livemode": True},
        ),
        reports("a live key among test facts", LIVE, {"/facts/livemode": False}, None),
        clear("facts that state no mode", LIVE, {"/facts/livemode": None}),
        reports("not provided, and it is no bearer", TEST, {**NOT_PROVIDED, HEADER: "Basic x"}, None),
        reports("not provided, and it is broken", TEST, {**NOT_PROVIDED, HEADER: "Bearer a b"}, None),
    ),
    request.api_key_inactive: (
        clear("switched on", TEST, {f"{KEYS}/1/active": True}),
        clear("not stated", TEST, {f"{KEYS}/1/active": None}),
        clear("another one is switched off", TEST, {f"{KEYS}/0/active": False}),
        shows("switched off", TEST, {f"{KEYS}/1/active": False}, None, {"key": "key_secret", "active": False}),
        reports(
            "switched off, and without the permission",
            RESTRICTED,
            {f"{KEYS}/2/active": False, PERMISSION: "COUPONS_READ"},
            None,
            ("permission_denied", None),
        ),
    ),
    request.signature_missing: (
        clear("not asked for, and unreadable", TEST, {SIGNATURE: "x"}),
        clear("spaces between the parts", LIVE, {SIGNATURE: f" t={NOW_SECONDS} , v1={signature_of(BODY)} "}),
        clear("in another order", LIVE, {SIGNATURE: f"v1={signature_of(BODY)},t={NOW_SECONDS}"}),
        clear("with a scheme still to come", LIVE, {SIGNATURE: f"{signed(BODY)},v2=x,,y"}),
        shows("no header", LIVE, {SIGNATURE: REMOVED}, None, {}),
        reports("null", LIVE, {SIGNATURE: None}, None),
        reports("empty", LIVE, {SIGNATURE: ""}, None),
        reports("no signature", LIVE, {SIGNATURE: f"t={NOW_SECONDS}"}, None),
        reports("an older scheme only", LIVE, {SIGNATURE: f"t={NOW_SECONDS},v0={signature_of(BODY)}"}, None),
        reports("the signature alone", LIVE, {SIGNATURE: signature_of(BODY)}, None),
        reports("two times", LIVE, {SIGNATURE: f"t={NOW_SECONDS},{signed(BODY)}"}, None),
        reports("a negative time", LIVE, {SIGNATURE: f"t=-1,v1={signature_of(BODY, '-1')}"}, None),
        reports("half a second", LIVE, {SIGNATURE: f"t=1.5,v1={signature_of(BODY, '1.5')}"}, None),
        reports("Arabic digits", LIVE, {SIGNATURE: f"t={ARABIC_ONE},v1={signature_of(BODY, ARABIC_ONE)}"}, None),
        reports("no digits", LIVE, {SIGNATURE: f"t=,v1={signature_of(BODY, '')}"}, None),
        reports("a time of many digits", LIVE, {SIGNATURE: f"t={'9' * 5_000},v1=x"}, None),
        reports("missing, and secrets not provided", LIVE, {SIGNATURE: None, SECRETS: None}, None),
        undecided("endpoint not provided", TEST, {ENDPOINT: REMOVED}, None, "endpoint"),
    ),
    request.invalid_signature: (
        clear("the first secret gives it", LIVE, {f"{SECRETS}/1": "whsec_0ld1", f"{SECRETS}/0": SIGNING_SECRET}),
        clear("in capitals", LIVE, {SIGNATURE: f"t={NOW_SECONDS},v1={signature_of(BODY).upper()}"}),
        clear("the first of several", LIVE, {SIGNATURE: f"{signed(BODY)},v1=00"}),
        clear("the last of several", LIVE, {SIGNATURE: f"t={NOW_SECONDS},v1=00,v1={signature_of(BODY)}"}),
        clear("no body", LIVE, {"/request/body": None, KEY: None, SIGNATURE: signed("")}),
        clear("a body not in ASCII", LIVE, {"/request/body": "كوب", KEY: None, SIGNATURE: signed("كوب")}),
        clear(
            "leading zeros, signed", LIVE, {SIGNATURE: f"t=00{NOW_SECONDS},v1={signature_of(BODY, f'00{NOW_SECONDS}')}"}
        ),
        clear("not asked for", LIVE, {f"{ENDPOINT}/signed": False, SIGNATURE: f"t={NOW_SECONDS},v1=00"}),
        shows("another body", LIVE, {SIGNATURE: signed(BODY + "\n")}, None, {}),
        reports("the same JSON, written otherwise", LIVE, {"/request/body": BODY.replace(" ", "")}, None),
        reports("another time", LIVE, {SIGNATURE: f"t={NOW_SECONDS + 1},v1={signature_of(BODY)}"}, None),
        reports("secret", LIVE, {SIGNATURE: f"t={NOW_SECONDS},v1={signature_of(BODY, NOW_SECONDS, 'x')}"}, None),
        reports("a prefix", LIVE, {SIGNATURE: signed(BODY)[:-1]}, None),
        reports("empty", LIVE, {SIGNATURE: f"t={NOW_SECONDS},v1="}, None),
        reports("not ASCII", LIVE, {SIGNATURE: f"t={NOW_SECONDS},v1=كوب"}, None),
        reports("there are no secrets", LIVE, {SECRETS: []}, None),
    ),
    request.signature_stale: (
        clear("300 seconds ahead", LIVE, {SIGNATURE: signed(BODY, NOW_SECONDS + 300)}),
        clear("300 seconds ago, less a microsecond", LIVE, {SIGNATURE: signed(BODY, MADE_AT), "/facts/now": EARLIER}),
        shows(
            "300 seconds ago and a microsecond",
            LIVE,
            {SIGNATURE: signed(BODY, MADE_AT), "/facts/now": LATER},
            None,
            {"timestamp": MADE_AT, "now": INSTANT + timedelta(microseconds=1), "maximum": 300},
        ),
        reports(
            "300 seconds ahead and a microsecond",
            LIVE,
            {SIGNATURE: signed(BODY, NOW_SECONDS + 300), "/facts/now": EARLIER, f"{RATE}/windowStartedAt": EARLIER},
            None,
        ),
        reports("at the start of the count", LIVE, {SIGNATURE: signed(BODY, 0)}, None),
        reports("past the end of the calendar", LIVE, {SIGNATURE: signed(BODY, 10**18 - 1)}, None),
        undecided("secret unknown", LIVE, {SIGNATURE: signed(BODY, 0), SECRETS: None}, None, "signingSecrets"),
    ),
    request.merchant_not_activated: (
        clear("a test key, not activated", TEST, DORMANT),
        shows("live, not activated", LIVE, DORMANT, None, {"key": "key_live_restricted", "livePaymentsEnabled": False}),
        reports("the same, and the facts state no mode", LIVE, {**DORMANT, "/facts/livemode": None}, None),
        reports("where that matters again", EARLY, {EXEMPT: None}, None),
        clear("a test key, and account not provided", TEST, {MERCHANT: REMOVED}),
        clear("where it does not matter, and account not provided", EARLY, {MERCHANT: REMOVED}),
        decided("activated, and endpoint not provided", LIVE, {ENDPOINT: REMOVED}),
        decided("a test key, and endpoint not provided", TEST, {ENDPOINT: REMOVED}),
        decided("where it does not matter, and not provided", EARLY, {MERCHANT: REMOVED, RATE: REMOVED}),
    ),
    request.permission_denied: (
        clear("to write is to write", RESTRICTED, {PERMISSION: "REFUNDS_WRITE"}),
        clear("to read is to read", RESTRICTED, {PERMISSION: "PRODUCTS_READ"}),
        clear("a restricted key where nothing is asked for", RESTRICTED, {PERMISSION: None}),
        shows(
            "to read is not to write",
            RESTRICTED,
            {PERMISSION: "PRODUCTS_WRITE"},
            None,
            {"key": "key_restricted", "kind": "restricted", "permission": "PRODUCTS_WRITE"},
        ),
        reports("another area", RESTRICTED, {PERMISSION: "COUPONS_READ"}, None),
        reports("an area whose name ends alike", RESTRICTED, {PERMISSION: "SOME_REFUNDS_READ"}, None),
        reports("another case", RESTRICTED, {PERMISSION: "refunds_read"}, None),
        reports("a permission of one word", RESTRICTED, {PERMISSION: "READ"}, None),
        reports("to write is to do nothing else", RESTRICTED, {PERMISSION: "REFUNDS_APPROVE"}, None),
        reports("a restricted key without a list", RESTRICTED, {f"{KEYS}/2/permissions": None}, None),
        reports("a publishable key where nothing is asked for", TEST, {**PUBLISHABLE, PERMISSION: None}, None),
        reports(
            "publishable, a list", TEST, {**PUBLISHABLE, f"{KEYS}/0/permissions": ["CHECKOUT_SESSIONS_WRITE"]}, None
        ),
        decided("a secret key, and endpoint not provided", TEST, {ENDPOINT: REMOVED}),
    ),
    request.rate_limit: (
        clear("the last one", TEST, {COUNT: 99}),
        shows(
            "one more",
            TEST,
            FULL,
            None,
            {"count": 100, "limit": 100, "windowStartedAt": INSTANT, "windowSeconds": 60, "now": INSTANT},
        ),
        reports("many more", LIVE, {COUNT: 10**30}, None),
        clear("the window has not started", TEST, {**FULL, STARTED: LATER}),
        reports("it started before", TEST, {**FULL, STARTED: EARLIER}, None),
        reports("a microsecond of it is left", TEST, {**FULL, STARTED: LAST_OF_WINDOW}, None),
        clear("it is over now", TEST, {**FULL, STARTED: END_OF_WINDOW}),
        clear("it was over before", TEST, {**FULL, STARTED: "2026-11-22T09:58:59.999999Z"}),
        reports("none at all", TEST, {COUNT: 0, MOST: 0}, None),
        clear("a window of no length", TEST, {**FULL, LASTS: 0}),
        reports("a window past the end of the calendar", TEST, {**FULL, LASTS: 10**30}, None),
        reports("a window just past the end of the calendar", TEST, {**FULL, LASTS: 86_399_999_999_999}, None),
        reports("no key, and too many requests", TEST, {**FULL, **NONE}, BY_NONE, None),
        undecided("not counted", TEST, {RATE: REMOVED}, None, "rate"),
    ),
    request.idempotency_key_length_invalid: (
        clear("null is none", LIVE, {KEY: None}),
        reports("one too many, and not provided", EARLY, {KEY: "x" * 256}, None),
        clear("characters, not bytes", EARLY, {KEY: "ك" * 255, "/facts/missing": {"idempotencyKeys": ["ك" * 255]}}),
    ),
    request.idempotency_key_in_use: (
        clear("the same request, its method written otherwise", LIVE, {"/request/method": "post"}),
        clear(
            "its fingerprint in capitals",
            LIVE,
            {
                "/facts/idempotencyKeys/refund-88/fingerprint": request_fingerprint(
                    "POST", "/refunds", None, BODY
                ).upper()
            },
        ),
        shows(
            "another body",
            LIVE,
            used(AN_HOUR_AGO),
            None,
            {"usedAt": INSTANT - timedelta(hours=1), "now": INSTANT, "hours": 24},
        ),
        reports("another method", LIVE, {"/request/method": "PUT"}, None),
        reports("another path", LIVE, {"/request/path": "/refunds/re_1"}, None),
        reports("another query", LIVE, {"/request/query": "expand=charge"}, None),
        reports("used now", LIVE, used(NOW), None),
        reports("used one nanosecond less than a day ago", LIVE, used("2026-11-21T10:00:00.000000001Z"), None),
        clear("used one nanosecond more than a day ago", LIVE, used("2026-11-21T09:59:59.999999999Z")),
        reports("used ahead of now", LIVE, used(LATER), None),
        reports("a microsecond of the day is left", LIVE, used("2026-11-21T10:00:00.000001Z"), None),
        clear("used a day ago", LIVE, used("2026-11-21T10:00:00Z")),
        clear("used more than a day ago", LIVE, used("2026-11-21T09:59:59.999999Z")),
        clear("an hour of one", LIVE, used(AN_HOUR_AGO), idempotency_key_hours=1),
        reports("an hour of two", LIVE, used(AN_HOUR_AGO), None, idempotency_key_hours=2),
        reports("no API key, and another request", LIVE, {**used(NOW), **NONE}, BY_NONE, None),
    ),
    request.first_request_unfinished: (
        clear("finished", LIVE, {FINISHED: True}),
        clear("nothing stated", LIVE, {FINISHED: None}),
        shows(
            "it is not",
            LIVE,
            {FINISHED: False},
            None,
            {"usedAt": INSTANT - timedelta(hours=1), "now": INSTANT, "hours": 24},
        ),
        reports("used ahead of now", LIVE, {FINISHED: False, USED_AT: LATER}, None),
        reports(
            "a microsecond of the day is left", LIVE, {FINISHED: False, USED_AT: "2026-11-21T10:00:00.000001Z"}, None
        ),
        clear("never finished, a day ago", LIVE, {FINISHED: False, USED_AT: "2026-11-21T10:00:00Z"}),
        skipped(
            "another request", LIVE, {**used(AN_HOUR_AGO), FINISHED: False}, None, ("idempotency_key_in_use", None)
        ),
    ),
}

test_rows = rows_test(ROWS)


@pytest.mark.parametrize(
    ("example", "changes", "off"),
    [
        (TEST, NONE, ("authentication_required",)),
        (TEST, {**UNKNOWN_KEY, KEYS: []}, ("invalid_api_key",)),
        (TEST, {"/facts/livemode": True, f"{KEYS}/1/active": False}, ("invalid_api_key",)),
        (LIVE, {"/facts/livemode": False, **DORMANT, PERMISSION: "COUPONS_READ"}, ("invalid_api_key",)),
        (LIVE, UNSIGNED, ("signature_missing",)),
        (LIVE, {SIGNATURE: "t=0,v1=00"}, ("invalid_signature", "signature_stale")),
    ],
)
def test_a_rule_that_is_off_has_no_substitute(example: str, changes: dict[str, Any], off: tuple[str, ...]) -> None:
    """What a switched-off rule would have reported, no other rule reports in its place."""
    document = changed(examples()[example], changes)
    assert validate(document, policy=default_policy().with_modes(Mode.OFF, *off)).accepted
    assert not validate(document).accepted


@pytest.mark.parametrize(
    ("example", "changes", "facts"),
    [
        (TEST, {}, []),
        (TEST, {MERCHANT: REMOVED}, []),
        (EARLY, {MERCHANT: REMOVED}, []),
        (LIVE, {"/facts/livemode": False, MERCHANT: REMOVED}, []),
        (LIVE, {**UNSIGNED, SECRETS: REMOVED}, []),
        (TEST, {**NONE, **NOT_PROVIDED}, []),
        (TEST, {**NOT_PROVIDED, HEADER: "Bearer a b"}, []),
        (EARLY, {KEY: "", "/facts/missing": REMOVED}, []),
        (
            LIVE,
            {KEYS: None, SECRETS: None, ENDPOINT: None, MERCHANT: None, RATE: None, "/facts/idempotencyKeys": None},
            ["apiKeys", "endpoint", "rate", "idempotencyKeys[refund-88]"],
        ),
        (LIVE, {SECRETS: None, MERCHANT: None}, ["signingSecrets", "merchant"]),
        (LIVE, {ENABLED: None}, ["merchant.livePaymentsEnabled"]),
    ],
)
def test_asks_for_what_matters(example: str, changes: dict[str, Any], facts: list[str]) -> None:
    """An application is asked for what some rule waits for, and for nothing else."""
    assert list(map(str, required_facts(changed(examples()[example], changes)))) == facts


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        (NONE, "authentication_required", HEADER),
        ({KEYS: []}, "invalid_api_key", HEADER),
        (UNSIGNED, "invalid_signature", SIGNATURE),
        ({KEY: ""}, "parameter_invalid", KEY),
        ({HEADER: 5}, "parameter_invalid", HEADER),
        ({SIGNATURE: []}, "parameter_invalid", SIGNATURE),
        ({KEY: False}, "parameter_invalid", KEY),
    ],
)
def test_fault_of_a_header_has_a_pointer_and_no_param(changes: dict[str, Any], code: str, pointer: str) -> None:
    """A param names a field of a body, and a header is none; the response of the API has none either."""
    verdict = validate(changed(examples()[LIVE], changes))
    assert [(found.code.name, found.param, found.pointer) for found in verdict.violations] == [(code, None, pointer)]
    response = verdict.error_response()
    assert response is not None
    assert "param" not in response["error"]


def test_fault_of_another_field_of_a_request_has_a_param() -> None:
    """What is no header keeps its param: here a misspelt field, and the same name in the body of another operation."""
    request = validate(changed(examples()[LIVE], {"/request/idempotency_key": "k"}))
    session = validate(changed(examples()["create"], {"/request/signature": "k"}))
    assert [found.param for found in (*request.violations, *session.violations)] == ["idempotency_key", "signature"]
