"""Boundaries of the rules on a request that comes in."""

from datetime import datetime, timedelta
from typing import Any, Final

import pytest
from attrs import evolve

from rules_engine import Mode, default_policy, read_draft, required_facts, validate
from rules_engine.examples import NOW, REMOVED, changed, examples
from rules_engine.examples.request import BODY, NOW_SECONDS, SIGNING_SECRET, digest_of, signature_of, signed
from rules_engine.fingerprint import request_fingerprint
from rules_engine.models import RateUsage
from rules_engine.rules import request
from tests.rules.table import EARLIER, INSTANT, LATER, RuleTable, clear, decided, says, skipped, undecided

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
AT, AT_SIGNATURE, AT_KEY = "authorization", "signature", "idempotencyKey"
NONE: Final[dict[str, Any]] = {HEADER: REMOVED}
UNKNOWN_KEY: Final[dict[str, Any]] = {HEADER: "Bearer sk_test_0000"}
NO_KEY = {"key": None, "keyLivemode": None, "livemode": False}
BY_NONE, BY_UNKNOWN = ("authentication_required", AT), ("invalid_api_key", AT)
NOBODY_LOOKED = {KEYS: REMOVED}
ARABIC_ONE = "\u0661"
PUBLISHABLE = {HEADER: "Bearer pk_test_9a00"}


class TestAuthenticationRequired(RuleTable):
    """A request has to come with a key; a header without anything in it is no header."""

    rule = request.authentication_required
    rows = (
        clear("a key", TEST, {}),
        clear("the scheme in another case", TEST, {HEADER: "bEARER sk_test_4f1c"}),
        says("no header", TEST, NONE, AT, evidence={}),
        says("null", TEST, {HEADER: None}, AT),
        says("empty", TEST, {HEADER: ""}, AT),
        says("blank", TEST, {HEADER: " \t "}, AT),
        says("a scheme and nothing behind it", TEST, {HEADER: "Bearer"}, AT),
        says("a scheme and blanks behind it", LIVE, {HEADER: "bearer \t "}, AT),
        says("a scheme and blanks around it", LIVE, {HEADER: " Bearer "}, AT),
        says("another scheme is a header", TEST, {HEADER: "Basic"}, ("invalid_api_key", AT)),
        says("no header, and nobody looked the keys up", TEST, {**NONE, **NOBODY_LOOKED}, AT),
    )


class TestInvalidApiKey(RuleTable):
    """The key has to be one of the account's, to the letter, and of the mode that the facts are of."""

    rule = request.invalid_api_key
    rows = (
        clear("the first of the keys", RESTRICTED, {HEADER: "Bearer sk_test_4f1c"}),
        clear("the last of the keys", RESTRICTED, {}),
        clear("its digest in capitals", TEST, {f"{KEYS}/1/sha256": digest_of("sk_test_4f1c").upper()}),
        says("one letter differs", TEST, {HEADER: "Bearer sk_test_4f1d"}, AT, evidence=NO_KEY),
        says("another case", TEST, {HEADER: "Bearer SK_TEST_4F1C"}, AT),
        says("a prefix", TEST, {HEADER: "Bearer sk_test_4f1"}, AT),
        says("a space behind it", TEST, {HEADER: "Bearer sk_test_4f1c "}, AT),
        says("two spaces before it", TEST, {HEADER: "Bearer  sk_test_4f1c"}, AT),
        says("a space before the scheme", TEST, {HEADER: " Bearer sk_test_4f1c"}, AT),
        says("a tab behind the scheme", TEST, {HEADER: "Bearer\tsk_test_4f1c"}, AT),
        says("a line break behind it", TEST, {HEADER: "Bearer sk_test_4f1c\n"}, AT),
        says("a space within it", TEST, {HEADER: "Bearer sk_test_ 4f1c"}, AT),
        says(
            "white space that the digest knows", TEST, {HEADER: "Bearer a b", f"{KEYS}/1/sha256": digest_of("a b")}, AT
        ),
        says("not ASCII", TEST, {HEADER: "Bearer sk_test_\uff14f1c"}, AT),
        says("half a character", TEST, {HEADER: "Bearer \ud800"}, AT),
        says("the key alone", TEST, {HEADER: "sk_test_4f1c"}, AT),
        says("another scheme", TEST, {HEADER: "Token sk_test_4f1c"}, AT),
        says("the digest in place of the key", TEST, {HEADER: f"Bearer {digest_of('sk_test_4f1c')}"}, AT),
        says("looked, and there are no keys", TEST, {KEYS: []}, AT),
        says(
            "a test key among live facts",
            TEST,
            {"/facts/livemode": True},
            AT,
            evidence={"key": "key_secret", "keyLivemode": False, "livemode": True},
        ),
        says("a live key among test facts", LIVE, {"/facts/livemode": False}, AT),
        clear("facts that state no mode", LIVE, {"/facts/livemode": None}),
        undecided("nobody looked the keys up", TEST, NOBODY_LOOKED, AT, "apiKeys"),
        says("nobody looked, and it is no bearer", TEST, {**NOBODY_LOOKED, HEADER: "Basic x"}, AT),
        says("nobody looked, and it is broken", TEST, {**NOBODY_LOOKED, HEADER: "Bearer a b"}, AT),
        skipped("no key", TEST, NONE, AT, by=BY_NONE),
    )


class TestApiKeyInactive(RuleTable):
    """A key that the account switched off lets nobody in."""

    rule = request.api_key_inactive
    rows = (
        clear("switched on", TEST, {f"{KEYS}/1/active": True}),
        clear("not stated", TEST, {f"{KEYS}/1/active": None}),
        clear("another one is switched off", TEST, {f"{KEYS}/0/active": False}),
        says(
            "switched off",
            TEST,
            {f"{KEYS}/1/active": False},
            AT,
            evidence={"key": "key_secret", "active": False},
        ),
        says(
            "switched off, and without the permission",
            RESTRICTED,
            {f"{KEYS}/2/active": False, PERMISSION: "COUPONS_READ"},
            AT,
            ("permission_denied", AT),
        ),
        undecided("nobody looked the keys up", TEST, NOBODY_LOOKED, AT, "apiKeys"),
        skipped("no key", TEST, NONE, AT, by=BY_NONE),
        skipped("no such key", TEST, UNKNOWN_KEY, AT, by=BY_UNKNOWN),
        skipped("of the other mode", TEST, {f"{KEYS}/1/active": False, "/facts/livemode": True}, AT, by=BY_UNKNOWN),
    )


class TestSignatureMissing(RuleTable):
    """Where only signed requests are taken, the header has one time and a signature, in the documented form."""

    rule = request.signature_missing
    rows = (
        clear("signed", LIVE, {}),
        clear("not asked for", TEST, {}),
        clear("not asked for, and unreadable", TEST, {SIGNATURE: "x"}),
        clear("spaces between the parts", LIVE, {SIGNATURE: f" t={NOW_SECONDS} , v1={signature_of(BODY)} "}),
        clear("in another order", LIVE, {SIGNATURE: f"v1={signature_of(BODY)},t={NOW_SECONDS}"}),
        clear("with a scheme still to come", LIVE, {SIGNATURE: f"{signed(BODY)},v2=x,,y"}),
        says("no header", LIVE, {SIGNATURE: REMOVED}, AT_SIGNATURE, evidence={}),
        says("null", LIVE, {SIGNATURE: None}, AT_SIGNATURE),
        says("empty", LIVE, {SIGNATURE: ""}, AT_SIGNATURE),
        says("no time", LIVE, {SIGNATURE: f"v1={signature_of(BODY)}"}, AT_SIGNATURE),
        says("no signature", LIVE, {SIGNATURE: f"t={NOW_SECONDS}"}, AT_SIGNATURE),
        says("an older scheme only", LIVE, {SIGNATURE: f"t={NOW_SECONDS},v0={signature_of(BODY)}"}, AT_SIGNATURE),
        says("the signature alone", LIVE, {SIGNATURE: signature_of(BODY)}, AT_SIGNATURE),
        says("two times", LIVE, {SIGNATURE: f"t={NOW_SECONDS},{signed(BODY)}"}, AT_SIGNATURE),
        says("a negative time", LIVE, {SIGNATURE: f"t=-1,v1={signature_of(BODY, '-1')}"}, AT_SIGNATURE),
        says("half a second", LIVE, {SIGNATURE: f"t=1.5,v1={signature_of(BODY, '1.5')}"}, AT_SIGNATURE),
        says(
            "digits of another script",
            LIVE,
            {SIGNATURE: f"t={ARABIC_ONE},v1={signature_of(BODY, ARABIC_ONE)}"},
            AT_SIGNATURE,
        ),
        says("no digits", LIVE, {SIGNATURE: f"t=,v1={signature_of(BODY, '')}"}, AT_SIGNATURE),
        says("a time of many digits", LIVE, {SIGNATURE: f"t={'9' * 5_000},v1=x"}, AT_SIGNATURE),
        says("missing, and nobody looked the secrets up", LIVE, {SIGNATURE: None, SECRETS: None}, AT_SIGNATURE),
        undecided("nobody looked the endpoint up", TEST, {ENDPOINT: REMOVED}, None, "endpoint"),
    )


BY_ABSENT = ("signature_missing", AT_SIGNATURE)
UNSIGNED = {SIGNATURE: REMOVED}


class TestInvalidSignature(RuleTable):
    """One of the signatures has to be what one of the secrets makes of this time and this body."""

    rule = request.invalid_signature
    rows = (
        clear("the first secret gives it", LIVE, {f"{SECRETS}/1": "whsec_0ld1", f"{SECRETS}/0": SIGNING_SECRET}),
        clear("the last secret gives it", LIVE, {}),
        clear("in capitals", LIVE, {SIGNATURE: f"t={NOW_SECONDS},v1={signature_of(BODY).upper()}"}),
        clear("the first of several", LIVE, {SIGNATURE: f"{signed(BODY)},v1=00"}),
        clear("the last of several", LIVE, {SIGNATURE: f"t={NOW_SECONDS},v1=00,v1={signature_of(BODY)}"}),
        clear("no body", LIVE, {"/request/body": None, KEY: None, SIGNATURE: signed("")}),
        clear("a body not in ASCII", LIVE, {"/request/body": "كوب", KEY: None, SIGNATURE: signed("كوب")}),
        clear(
            "zeros before the time, as it was signed",
            LIVE,
            {SIGNATURE: f"t=00{NOW_SECONDS},v1={signature_of(BODY, f'00{NOW_SECONDS}')}"},
        ),
        clear("not asked for", LIVE, {f"{ENDPOINT}/signed": False, SIGNATURE: f"t={NOW_SECONDS},v1=00"}),
        says("another body", LIVE, {SIGNATURE: signed(BODY + "\n")}, AT_SIGNATURE, evidence={}),
        says(
            "the same JSON, written otherwise",
            LIVE,
            {"/request/body": BODY.replace(" ", "")},
            AT_SIGNATURE,
        ),
        says(
            "another time",
            LIVE,
            {SIGNATURE: f"t={NOW_SECONDS + 1},v1={signature_of(BODY)}"},
            AT_SIGNATURE,
        ),
        says(
            "another secret",
            LIVE,
            {SIGNATURE: f"t={NOW_SECONDS},v1={signature_of(BODY, NOW_SECONDS, 'x')}"},
            AT_SIGNATURE,
        ),
        says("a prefix", LIVE, {SIGNATURE: signed(BODY)[:-1]}, AT_SIGNATURE),
        says("empty", LIVE, {SIGNATURE: f"t={NOW_SECONDS},v1="}, AT_SIGNATURE),
        says("not ASCII", LIVE, {SIGNATURE: f"t={NOW_SECONDS},v1=كوب"}, AT_SIGNATURE),
        says("looked, and there are no secrets", LIVE, {SECRETS: []}, AT_SIGNATURE),
        undecided("nobody looked the secrets up", LIVE, {SECRETS: REMOVED}, AT_SIGNATURE, "signingSecrets"),
        undecided("nobody looked the endpoint up", LIVE, {ENDPOINT: REMOVED}, None, "endpoint"),
        skipped("there is none", LIVE, UNSIGNED, AT_SIGNATURE, by=BY_ABSENT),
    )


MADE_AT = NOW_SECONDS - 300


class TestSignatureStale(RuleTable):
    """Five minutes in either direction are fine to the microsecond, and not one microsecond more."""

    rule = request.signature_stale
    rows = (
        clear("now", LIVE, {}),
        clear("300 seconds ago", LIVE, {SIGNATURE: signed(BODY, MADE_AT)}),
        clear("300 seconds ahead", LIVE, {SIGNATURE: signed(BODY, NOW_SECONDS + 300)}),
        clear("300 seconds ago, less a microsecond", LIVE, {SIGNATURE: signed(BODY, MADE_AT), "/facts/now": EARLIER}),
        says(
            "300 seconds ago and a microsecond",
            LIVE,
            {SIGNATURE: signed(BODY, MADE_AT), "/facts/now": LATER},
            AT_SIGNATURE,
            evidence={"timestamp": MADE_AT, "now": INSTANT + timedelta(microseconds=1), "maximum": 300},
        ),
        says(
            "300 seconds ahead and a microsecond",
            LIVE,
            {SIGNATURE: signed(BODY, NOW_SECONDS + 300), "/facts/now": EARLIER, f"{RATE}/windowStartedAt": EARLIER},
            AT_SIGNATURE,
        ),
        says("301 seconds ago", LIVE, {SIGNATURE: signed(BODY, MADE_AT - 1)}, AT_SIGNATURE),
        says("301 seconds ahead", LIVE, {SIGNATURE: signed(BODY, NOW_SECONDS + 301)}, AT_SIGNATURE),
        says("at the start of the count", LIVE, {SIGNATURE: signed(BODY, 0)}, AT_SIGNATURE),
        says("past the end of the calendar", LIVE, {SIGNATURE: signed(BODY, 10**18 - 1)}, AT_SIGNATURE),
        clear("five of five", LIVE, {SIGNATURE: signed(BODY, NOW_SECONDS - 5)}, max_signature_age_seconds=5),
        says(
            "six of five", LIVE, {SIGNATURE: signed(BODY, NOW_SECONDS - 6)}, AT_SIGNATURE, max_signature_age_seconds=5
        ),
        undecided(
            "whether it is right at all, nobody knows",
            LIVE,
            {SIGNATURE: signed(BODY, 0), SECRETS: None},
            AT_SIGNATURE,
            "signingSecrets",
        ),
        skipped("there is none", LIVE, UNSIGNED, AT_SIGNATURE, by=BY_ABSENT),
        skipped(
            "its time is not the one that was signed",
            LIVE,
            {SIGNATURE: f"t=0,v1={signature_of(BODY)}"},
            AT_SIGNATURE,
            by=("invalid_signature", AT_SIGNATURE),
        ),
    )


DORMANT: Final[dict[str, Any]] = {ENABLED: False}
NOBODY_KNOWS: Final[dict[str, Any]] = {ENABLED: None}


class TestMerchantNotActivated(RuleTable):
    """Live keys work once the account takes live payments; before that, only where the endpoint lets them."""

    rule = request.merchant_not_activated
    rows = (
        clear("a live key, activated", LIVE, {ENABLED: True}),
        clear("a live key where that does not matter", EARLY, {}),
        clear("a test key, not activated", TEST, DORMANT),
        says(
            "a live key, not activated",
            LIVE,
            DORMANT,
            None,
            evidence={"key": "key_live_restricted", "livePaymentsEnabled": False},
        ),
        says("the same, and the facts state no mode", LIVE, {**DORMANT, "/facts/livemode": None}, None),
        says("where that matters again", EARLY, {EXEMPT: None}, None),
        undecided("nobody looked at the account", LIVE, {MERCHANT: REMOVED}, None, "merchant"),
        undecided("nobody looked whether it is", LIVE, NOBODY_KNOWS, None, "merchant.livePaymentsEnabled"),
        undecided("nobody looked at the endpoint", EARLY, {ENDPOINT: REMOVED}, None, "endpoint"),
        undecided("nobody looked the keys up", LIVE, {**DORMANT, **NOBODY_LOOKED}, None, "apiKeys"),
        clear("a test key, and nobody looked at the account", TEST, {MERCHANT: REMOVED}),
        clear("where it does not matter, and nobody looked at the account", EARLY, {MERCHANT: REMOVED}),
        decided("activated, and nobody looked at the endpoint", LIVE, {ENDPOINT: REMOVED}),
        decided("a test key, and nobody looked at the endpoint", TEST, {ENDPOINT: REMOVED}),
        decided("where it does not matter, and nobody looked", EARLY, {MERCHANT: REMOVED, RATE: REMOVED}),
        skipped("no key", LIVE, {**DORMANT, **NONE}, None, by=BY_NONE),
        skipped("no such key", LIVE, {**DORMANT, **UNKNOWN_KEY}, None, by=BY_UNKNOWN),
        skipped("a live key among test facts", LIVE, {**DORMANT, "/facts/livemode": False}, None, by=BY_UNKNOWN),
    )


class TestPermissionDenied(RuleTable):
    """A publishable key may nothing, a secret one all, a restricted one what it was given; to write is to read."""

    rule = request.permission_denied
    rows = (
        clear("a secret key without a list", TEST, {}),
        clear("a restricted key with the permission", LIVE, {}),
        clear("to write is to read", RESTRICTED, {PERMISSION: "REFUNDS_READ"}),
        clear("to write is to write", RESTRICTED, {PERMISSION: "REFUNDS_WRITE"}),
        clear("to read is to read", RESTRICTED, {PERMISSION: "PRODUCTS_READ"}),
        clear("a restricted key where nothing is asked for", RESTRICTED, {PERMISSION: None}),
        says(
            "to read is not to write",
            RESTRICTED,
            {PERMISSION: "PRODUCTS_WRITE"},
            AT,
            evidence={"key": "key_restricted", "kind": "restricted", "permission": "PRODUCTS_WRITE"},
        ),
        says("another area", RESTRICTED, {PERMISSION: "COUPONS_READ"}, AT),
        says("an area whose name ends alike", RESTRICTED, {PERMISSION: "SOME_REFUNDS_READ"}, AT),
        says("another case", RESTRICTED, {PERMISSION: "refunds_read"}, AT),
        says("a permission of one word", RESTRICTED, {PERMISSION: "READ"}, AT),
        says(
            "to write is to do nothing else",
            RESTRICTED,
            {PERMISSION: "REFUNDS_APPROVE"},
            AT,
        ),
        says("a restricted key without a list", RESTRICTED, {f"{KEYS}/2/permissions": None}, AT),
        says("a publishable key", TEST, PUBLISHABLE, AT),
        says("a publishable key where nothing is asked for", TEST, {**PUBLISHABLE, PERMISSION: None}, AT),
        says(
            "a publishable key with a list",
            TEST,
            {**PUBLISHABLE, f"{KEYS}/0/permissions": ["CHECKOUT_SESSIONS_WRITE"]},
            AT,
        ),
        undecided(
            "a restricted key, and nobody looked at the endpoint", RESTRICTED, {ENDPOINT: REMOVED}, AT, "endpoint"
        ),
        undecided("nobody looked the keys up", RESTRICTED, NOBODY_LOOKED, AT, "apiKeys"),
        decided("a secret key, and nobody looked at the endpoint", TEST, {ENDPOINT: REMOVED}),
        skipped("no key", RESTRICTED, {**NONE, PERMISSION: "COUPONS_READ"}, AT, by=BY_NONE),
        skipped("no such key", RESTRICTED, UNKNOWN_KEY, AT, by=BY_UNKNOWN),
        skipped(
            "a publishable key of the other mode", TEST, {**PUBLISHABLE, "/facts/livemode": True}, AT, by=BY_UNKNOWN
        ),
    )


COUNT, MOST, STARTED, LASTS = (f"{RATE}/{field}" for field in ("count", "limit", "windowStartedAt", "windowSeconds"))
FULL: Final[dict[str, Any]] = {COUNT: 100}
LAST_OF_WINDOW, END_OF_WINDOW = "2026-11-22T09:59:00.000001Z", "2026-11-22T09:59:00Z"


class TestRateLimit(RuleTable):
    """The request after the last one is refused, from the start of the window until just before its end."""

    rule = request.rate_limit
    rows = (
        clear("the last one", TEST, {COUNT: 99}),
        says(
            "one more",
            TEST,
            FULL,
            None,
            evidence={"count": 100, "limit": 100, "windowStartedAt": INSTANT, "windowSeconds": 60, "now": INSTANT},
        ),
        says("many more", LIVE, {COUNT: 10**30}, None),
        clear("the window has not started", TEST, {**FULL, STARTED: LATER}),
        says("it started now", TEST, {**FULL, STARTED: NOW}, None),
        says("it started before", TEST, {**FULL, STARTED: EARLIER}, None),
        says("a microsecond of it is left", TEST, {**FULL, STARTED: LAST_OF_WINDOW}, None),
        clear("it is over now", TEST, {**FULL, STARTED: END_OF_WINDOW}),
        clear("it was over before", TEST, {**FULL, STARTED: "2026-11-22T09:58:59.999999Z"}),
        says("none at all", TEST, {COUNT: 0, MOST: 0}, None),
        clear("a window of no length", TEST, {**FULL, LASTS: 0}),
        clear("a window of negative length", TEST, {**FULL, LASTS: -60}),
        clear("a window of a negative length that no calendar has", TEST, {**FULL, LASTS: -(10**30)}),
        says("a window past the end of the calendar", TEST, {**FULL, LASTS: 10**30}, None),
        says("a window just past the end of the calendar", TEST, {**FULL, LASTS: 86_399_999_999_999}, None),
        says("no key, and too many requests", TEST, {**FULL, **NONE}, BY_NONE, None),
        undecided("nobody counted", TEST, {RATE: REMOVED}, None, "rate"),
    )


def used(at: str) -> dict[str, Any]:
    """Another request that the key was used for, at an instant."""
    return {
        "/facts/idempotencyKeys/refund-88": {
            "fingerprint": request_fingerprint("POST", "/refunds", None, BODY + "x"),
            "createdAt": at,
        }
    }


AN_HOUR_AGO = "2026-11-22T09:00:00Z"


class TestIdempotencyKeyLengthInvalid(RuleTable):
    """A key has between one character and 255, whatever they are."""

    rule = request.idempotency_key_length_invalid
    rows = (
        clear("none", TEST, {}),
        clear("null is none", LIVE, {KEY: None}),
        clear("one character", EARLY, {KEY: "x", "/facts/missing": {"idempotencyKeys": ["x"]}}),
        clear("as many as may be", EARLY, {KEY: "x" * 255, "/facts/missing": {"idempotencyKeys": ["x" * 255]}}),
        says("empty", EARLY, {KEY: ""}, AT_KEY, evidence={"length": 0, "maximum": 255}),
        says("one too many", EARLY, {KEY: "x" * 256, "/facts/missing": {"idempotencyKeys": ["x" * 256]}}, AT_KEY),
        says("one too many, and nobody looked it up", EARLY, {KEY: "x" * 256}, AT_KEY),
        clear(
            "characters count, not bytes",
            EARLY,
            {KEY: "ك" * 255, "/facts/missing": {"idempotencyKeys": ["ك" * 255]}},
        ),
        clear("nine of nine", EARLY, {}, max_idempotency_key_length=9),
        says("nine of eight", EARLY, {}, AT_KEY, max_idempotency_key_length=8),
    )


class TestIdempotencyKeyInUse(RuleTable):
    """For a day, a key stands for the one request that it came with first; that one may come again."""

    rule = request.idempotency_key_in_use
    rows = (
        clear("a new key", EARLY, {}),
        clear("the same request again", LIVE, {}),
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
        says(
            "another body",
            LIVE,
            used(AN_HOUR_AGO),
            AT_KEY,
            evidence={"usedAt": INSTANT - timedelta(hours=1), "now": INSTANT, "hours": 24},
        ),
        says("another method", LIVE, {"/request/method": "PUT"}, AT_KEY),
        says("another path", LIVE, {"/request/path": "/refunds/re_1"}, AT_KEY),
        says("another query", LIVE, {"/request/query": "expand=charge"}, AT_KEY),
        says("used now", LIVE, used(NOW), AT_KEY),
        says("used ahead of now", LIVE, used(LATER), AT_KEY),
        says("a microsecond of the day is left", LIVE, used("2026-11-21T10:00:00.000001Z"), AT_KEY),
        clear("used a day ago", LIVE, used("2026-11-21T10:00:00Z")),
        clear("used more than a day ago", LIVE, used("2026-11-21T09:59:59.999999Z")),
        clear("an hour of one", LIVE, used(AN_HOUR_AGO), idempotency_key_hours=1),
        says("an hour of two", LIVE, used(AN_HOUR_AGO), AT_KEY, idempotency_key_hours=2),
        says("no API key, and another request", LIVE, {**used(NOW), **NONE}, BY_NONE, AT_KEY),
        undecided(
            "nobody looked the key up",
            LIVE,
            {"/facts/idempotencyKeys": REMOVED},
            AT_KEY,
            "idempotencyKeys[refund-88]",
        ),
        skipped(
            "an empty key, used for another request",
            LIVE,
            {KEY: "", "/facts/idempotencyKeys/": used(NOW)["/facts/idempotencyKeys/refund-88"]},
            AT_KEY,
            by=("idempotency_key_length_invalid", AT_KEY),
        ),
        skipped(
            "a long key that nobody looked up",
            LIVE,
            {KEY: "x" * 256},
            AT_KEY,
            by=("idempotency_key_length_invalid", AT_KEY),
        ),
    )


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
    """What a switched-off rule would have said, no other rule says in its place."""
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
        (TEST, {**NONE, **NOBODY_LOOKED}, []),
        (TEST, {**NOBODY_LOOKED, HEADER: "Bearer a b"}, []),
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
    """A host is asked for what some rule waits for, and for nothing else."""
    assert list(map(str, required_facts(changed(examples()[example], changes)))) == facts


def test_instants_without_an_offset() -> None:
    """Where a host builds records with such instants, a key is in use and a window stumbles; the verdict stands."""
    draft = read_draft(changed(examples()[LIVE], used(NOW)))
    naive = datetime(2020, 1, 1)  # noqa: DTZ001  # the very fault
    (stored,) = draft.facts.idempotency_keys.values()
    rate = RateUsage(count=100, limit=100, window_seconds=60, window_started_at=naive)
    kept = {"refund-88": evolve(stored, created_at=naive)}
    verdict = validate(evolve(draft, facts=evolve(draft.facts, rate=rate, idempotency_keys=kept)))
    assert verdict.codes == ("internal_error", "idempotency_key_in_use")
    assert [(fault.rule, fault.error) for fault in verdict.faults] == [("rate_limit", "TypeError")]
