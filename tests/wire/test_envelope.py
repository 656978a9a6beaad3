"""Documents, bodies and facts are read, and whoever is at fault where they cannot be is told where and why."""

import json
import traceback
from collections import UserDict
from collections.abc import Callable, Mapping
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules_engine import required_facts, validate_body, validate_session
from rules_engine.exceptions import DraftError, FactsError
from rules_engine.models.draft import DRAFTS, REQUESTS, Draft, Recorded, SessionCreateDraft, SessionExpireDraft, Target
from rules_engine.models.formats import Format
from rules_engine.models.session import SessionCreate, SessionExpire, SessionUpdate
from rules_engine.models.unset import UNSET
from rules_engine.testing.documents import REMOVED, changed
from rules_engine.testing.worlds import clean_worlds
from rules_engine.violation import Violation
from rules_engine.wire.caps import LARGEST_BODY, REQUEST
from rules_engine.wire.envelope import RefusedRequest, read_body, read_draft, read_facts, write_draft
from rules_engine.wire.json_text import DEEPEST, LONGEST_NUMBER, write_json
from tests.wire import hostile
from tests.wire.shapes import shape_of

CREATE = clean_worlds()["create"]
FACTS = CREATE["facts"]
UPDATE = clean_worlds()["update"]
OPERATIONS = tuple(DRAFTS)
ROW = f"[{'0,' * 5_000}0],"
COMPLETION = '"afterCompletion": {"type": "hosted_confirmation"}'
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def violations(request: Any, operation: str = "session.create") -> list[Violation]:
    """Read a request that does not parse, and give what is said of it."""
    read = read_draft(
        {"version": 1, "operation": operation, "target": {"id": "cs_1"}, "request": request, "facts": FACTS}
    )
    assert isinstance(read, RefusedRequest)
    return list(read.violations)


def said(request: Any, operation: str = "session.create") -> list[tuple[str, str | None, str]]:
    """Give code, param and message of all that is said of a request that does not parse."""
    return [(found.code.name, found.param, found.message) for found in violations(request, operation)]


def body_violation(body: Any, operation: str = "session.create") -> Violation:
    """Read a raw body of which one thing is said, and give it."""
    read = read_body(operation, body, FACTS, "cs_1")
    assert isinstance(read, RefusedRequest)
    (violation,) = read.violations
    return violation


# Draft documents


@pytest.mark.parametrize("document", clean_worlds().values(), ids=clean_worlds())
def test_draft_reads_the_same_from_every_form(document: dict[str, Any]) -> None:
    """A document as a mapping, as text and as bytes is the same draft."""
    draft = read_draft(document)
    text = json.dumps(document)
    assert isinstance(draft, DRAFTS[document["operation"]])
    assert read_draft(text) == read_draft(text.encode()) == read_draft(bytearray(text, "utf-16")) == draft


@pytest.mark.parametrize("operation", OPERATIONS)
@UNHURRIED
@given(st.data())
def test_draft_is_read_back_as_it_was_written(operation: str, data: st.DataObject) -> None:
    """Every draft is itself again after it was written as JSON text and read."""
    draft = DRAFTS[operation](
        request=data.draw(shape_of(REQUESTS[operation]).values),
        facts=read_facts(FACTS),
        target=data.draw(shape_of(Target).values),
        id=data.draw(st.none() | st.text(max_size=9)),
        recorded=data.draw(st.none() | shape_of(Recorded).values),
    )
    assert read_draft(write_json(write_draft(draft))) == draft


def test_parts_of_the_envelope_are_read() -> None:
    """The id, the target and what was recorded are read beside request and facts."""
    draft = read_draft({**clean_worlds()["expire"], "id": "d_9", "recorded": {"codes": ["price_expired"]}})
    assert isinstance(draft, SessionExpireDraft)
    assert (draft.id, draft.target, draft.recorded) == ("d_9", Target("cs_1"), Recorded(("price_expired",)))


def test_optional_parts_may_be_null() -> None:
    """A null id, target or record is none at all."""
    draft = read_draft({**CREATE, "id": None, "target": None, "recorded": None})
    assert isinstance(draft, SessionCreateDraft)
    assert (draft.id, draft.target, draft.recorded) == (None, None, None)


def test_envelope_passes_over_unknown_keys() -> None:
    """Up to a thousand keys of the envelope that are not known, even ones that are no strings, change nothing."""
    many = {**CREATE, **dict.fromkeys(map(str, range(1_000 - len(CREATE))))}
    assert read_draft(many) == read_draft(CREATE)
    strange = hostile.Quarrelsome("b")
    assert read_draft(hostile.Pairs([*CREATE.items(), ("comment", {1}), (5, 5), (strange, 1)])) == read_draft(CREATE)


def test_strings_of_the_envelope_may_be_enumerations() -> None:
    """A document may name its keys and its operation by members of an enumeration of strings."""
    document: Mapping[Any, Any] = {
        **{key: CREATE[key] for key in CREATE if key != "request"},
        "request": {hostile.Word.LINE_ITEMS: 1},
    }
    assert [found.param for found in _refused(document).violations] == ["lineItems", "afterCompletion"]


def _refused(document: Mapping[Any, Any]) -> RefusedRequest:
    read = read_draft(document)
    assert isinstance(read, RefusedRequest)
    return read


DOCUMENTS_AT_FAULT: tuple[tuple[str, dict[str, Any], str, str], ...] = (
    ("no version", {"/version": REMOVED}, "/version", "expected the version of the document, 1"),
    ("null version", {"/version": None}, "/version", "expected the version of the document, 1"),
    ("version of the future", {"/version": 2}, "/version", "expected the version of the document, 1"),
    ("version as a string", {"/version": "1"}, "/version", "expected the version of the document, 1"),
    ("version as a boolean", {"/version": True}, "/version", "expected the version of the document, 1"),
    ("version as a fraction", {"/version": 1.0}, "/version", "expected the version of the document, 1"),
    ("version as a list", {"/version": [1]}, "/version", "expected the version of the document, 1"),
    ("unreadable version", {"/version": b"1"}, "/version", "expected a JSON value"),
    ("no operation", {"/operation": REMOVED}, "/operation", f"expected one of {', '.join(OPERATIONS)}"),
    (
        "operation as a list",
        {"/operation": ["session.create"]},
        "/operation",
        f"expected one of {', '.join(OPERATIONS)}",
    ),
    (
        "misspelled operation",
        {"/operation": "session.creat"},
        "/operation",
        f"expected one of {', '.join(OPERATIONS)}; did you mean session.create?",
    ),
    ("no request", {"/request": REMOVED}, "/request", "expected the request of session.create"),
    (
        "no target",
        {"/operation": "session.update"},
        "/target",
        'expected {"id": ...}: what session.update acts on',
    ),
    ("target as a string", {"/target": "cs_1"}, "/target", "expected an object"),
    ("target without id", {"/target": {}}, "/target/id", "expected a value"),
    ("target with a null id", {"/target": {"id": None}}, "/target/id", "expected a value"),
    ("target with a number for an id", {"/target": {"id": 1}}, "/target/id", "expected a string"),
    ("unreadable target", {"/target": {"id": {1}}}, "/target/id", "expected a JSON value"),
    ("id as a number", {"/id": 1}, "/id", "expected a string"),
    ("long id", {"/id": "x" * 100_001}, "/id", "expected a string of at most 100000 characters"),
    ("record as a list", {"/recorded": []}, "/recorded", "expected an object"),
    ("record of a string", {"/recorded": {"codes": "price_expired"}}, "/recorded/codes", "expected an array"),
    ("record of numbers", {"/recorded": {"codes": ["price_expired", 1]}}, "/recorded/codes/1", "expected a string"),
)


@pytest.mark.parametrize(
    ("changes", "pointer", "problem"),
    [case[1:] for case in DOCUMENTS_AT_FAULT],
    ids=[case[0] for case in DOCUMENTS_AT_FAULT],
)
def test_malformed_envelope(changes: dict[str, Any], pointer: str, problem: str) -> None:
    """An envelope with one wrong key is the host's fault, told by pointer and in words."""
    with pytest.raises(DraftError) as caught:
        read_draft(changed(CREATE, changes))
    assert (type(caught.value), caught.value.pointer, caught.value.problem) == (DraftError, pointer, problem)


UNREADABLE_DOCUMENTS: tuple[tuple[Any, str], ...] = (
    ("", "not JSON: Expecting value at line 1, column 1"),
    (b"\xff", "not JSON: not utf-8 text at byte 0"),
    ("[1e999999999]", f"not readable: expected numbers of at most {LONGEST_NUMBER} digits"),
    ("[" * 100_000, f"not readable: expected at most {DEEPEST} levels of nesting"),
    ("[]", "expected an object"),
    ("null", "expected an object"),
    (b'"session.create"', "expected an object"),
    (None, "expected an object"),
    ([], "expected an object"),
    (7, "expected an object"),
    (hostile.Masked(dict), "expected an object"),
    (hostile.Masked(str), "expected an object"),
    (hostile.RaisingMapping(), "expected an object that can be read"),
    (hostile.BrokenMapping(), "expected an object that can be read"),
    (hostile.ScatteredMapping(), "expected an object that can be read"),
    (hostile.EndlessMapping(), "expected an object of at most 1000 keys"),
    (dict.fromkeys(map(str, range(1_001))), "expected an object of at most 1000 keys"),
)


@pytest.mark.parametrize(
    ("document", "problem"), UNREADABLE_DOCUMENTS, ids=[f"document {n}" for n in range(len(UNREADABLE_DOCUMENTS))]
)
def test_unreadable_document(document: Any, problem: str) -> None:
    """What is no document at all is the host's fault, told of the document as a whole."""
    with pytest.raises(DraftError) as caught:
        read_draft(document)
    assert (type(caught.value), caught.value.pointer, caught.value.problem) == (DraftError, "", problem)


# Facts

INSTANT = "expected an RFC 3339 instant with an offset, such as 2026-11-22T10:00:00Z"
FACTS_AT_FAULT: tuple[tuple[dict[str, Any], str, str], ...] = (
    ({"/facts": REMOVED}, "/facts", "expected an object"),
    ({"/facts": []}, "/facts", "expected an object"),
    ({"/facts/now": REMOVED}, "/facts/now", "expected a value"),
    ({"/facts/now": None}, "/facts/now", "expected a value"),
    ({"/facts/now": 1_763_805_600}, "/facts/now", INSTANT),
    ({"/facts/now": "2026-11-22T10:00:00"}, "/facts/now", INSTANT),
    ({"/facts/livemode": "false"}, "/facts/livemode", "expected true or false"),
    ({"/facts/merchant": "mer_1"}, "/facts/merchant", "expected an object"),
    ({"/facts/merchant/id": REMOVED}, "/facts/merchant/id", "expected a value"),
    (
        {"/facts/merchant/supportedCurrencies/1/code": 840},
        "/facts/merchant/supportedCurrencies/1/code",
        "expected a string",
    ),
    ({"/facts/prices": [{"id": "price_mug"}]}, "/facts/prices", "expected an object"),
    ({"/facts/prices/price_mug/unitAmount": "38000"}, "/facts/prices/price_mug/unitAmount", "expected an integer"),
    ({"/facts/prices/price_mug/unitAmount": 380.5}, "/facts/prices/price_mug/unitAmount", "expected an integer"),
    ({"/facts/prices/a~1b": {"currency": "EGP"}}, "/facts/prices/a~1b/id", "expected a value"),
    (
        {"/facts/prices/price_mug/type": "ONCE"},
        "/facts/prices/price_mug/type",
        "expected one of ONE_TIME, RECURRING, CUSTOM",
    ),
    (
        {"/facts/promotionCodes/promo_1/restrictions/minimumAmount": "6e4"},
        "/facts/promotionCodes/promo_1/restrictions/minimumAmount",
        f"expected {Format.DECIMAL_TEXT.value}",
    ),
    (
        {"/facts/exchangeRates/USD~1EGP/rate": 0},
        "/facts/exchangeRates/USD~1EGP/rate",
        f"expected {Format.RATE.value}",
    ),
    ({"/facts/payments/customers/cus_1": "0"}, "/facts/payments/customers/cus_1", "expected an integer"),
    (
        {"/facts/redemptions/customers/cus_1/coup_1": True},
        "/facts/redemptions/customers/cus_1/coup_1",
        "expected an integer",
    ),
    ({"/facts/missing": {"prices": "price_9"}}, "/facts/missing/prices", "expected an array"),
    ({"/facts/missing": {"prices": ["a", None]}}, "/facts/missing/prices/1", "expected a string"),
    ({"/facts/unheardOf": {"at": {1, 2}}}, "/facts/unheardOf/at", "expected a JSON value"),
    (
        {"/facts/unheardOf": [float("nan")]},
        "/facts/unheardOf/0",
        f"expected a finite number of at most {LONGEST_NUMBER} digits",
    ),
    ({"/facts/unheardOf": hostile.cyclic_list()}, "/facts", f"expected at most {DEEPEST} levels of nesting"),
)


@pytest.mark.parametrize(
    ("changes", "pointer", "problem"), FACTS_AT_FAULT, ids=[f"{case[1]} {case[2]}" for case in FACTS_AT_FAULT]
)
def test_malformed_facts(changes: dict[str, Any], pointer: str, problem: str) -> None:
    """A fact of the wrong type, at any depth, is the host's fault, told by pointer and in words."""
    with pytest.raises(FactsError) as caught:
        read_draft(changed(CREATE, changes))
    assert (caught.value.pointer, caught.value.problem) == (pointer, problem)


def test_contradictory_facts_are_the_hosts_fault() -> None:
    """Facts that are each well formed and contradict each other are told by pointer too."""
    with pytest.raises(FactsError) as caught:
        read_draft(changed(CREATE, {"/facts/missing": {"prices": ["price_mug"]}}))
    assert str(caught.value) == "/facts/missing/prices: price_mug is known and missing at once"


def test_first_fault_of_the_facts_is_told() -> None:
    """Of several malformed facts, the first in the document is told."""
    facts = {"prices": {"b": 1, "a": 1}, "livemode": 1, "now": 1}
    with pytest.raises(FactsError) as caught:
        read_facts(facts)
    assert caught.value.pointer == "/facts/prices/b"


def test_host_is_told_before_the_caller() -> None:
    """Where both the facts and the request are malformed, the host's fault comes first."""
    with pytest.raises(FactsError):
        read_draft({**CREATE, "request": [], "facts": {}})


# Requests


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        ({}, [("parameter_missing", "afterCompletion", "Missing required parameter: afterCompletion.")]),
        (
            {"afterCompletion": {"type": "thanks"}},
            [
                (
                    "parameter_invalid",
                    "afterCompletion.type",
                    "Invalid parameter: afterCompletion.type must be one of redirect, hosted_confirmation.",
                )
            ],
        ),
        (
            {"lineItem": [], **UPDATE["request"]},
            [("parameter_unknown", "lineItem", "Unknown parameter: lineItem; did you mean lineItems?")],
        ),
        (
            {**UPDATE["request"], "qqq": 1},
            [("parameter_unknown", "qqq", "Unknown parameter: qqq.")],
        ),
        ({**UPDATE["request"], "": 1}, [("parameter_unknown", None, 'Unknown parameter: "".')]),
        (
            {
                "lineItems": [
                    {"quantity": 1, "price_data": {}},
                    {"quantity": "1", "priceData": {"currency": 818, "unitAmount": 1, "productData": {"name": ""}}},
                ],
                "afterCompletion": {"type": "redirect", "redirect": {"url": "thanks"}},
            },
            [
                (
                    "parameter_unknown",
                    "lineItems[0].price_data",
                    "Unknown parameter: lineItems[0].price_data; did you mean priceData?",
                ),
                (
                    "parameter_invalid",
                    "lineItems[1].quantity",
                    "Invalid parameter: lineItems[1].quantity must be an integer.",
                ),
                (
                    "parameter_invalid",
                    "lineItems[1].priceData.currency",
                    "Invalid parameter: lineItems[1].priceData.currency must be a string.",
                ),
                (
                    "parameter_invalid",
                    "lineItems[1].priceData.productData.name",
                    f"Invalid parameter: lineItems[1].priceData.productData.name must be {Format.LABEL.value}.",
                ),
                (
                    "parameter_invalid",
                    "afterCompletion.redirect.url",
                    "Invalid parameter: afterCompletion.redirect.url must be an absolute URL.",
                ),
            ],
        ),
    ],
)
def test_faults_of_a_request_are_told(request_: dict[str, Any], expected: list[tuple[str, str, str]]) -> None:
    """Each fault of a request is told by code, by param as the API names it, and in one sentence."""
    assert said(request_) == expected


@pytest.mark.parametrize(
    ("request_", "pointer"),
    [
        ({"lineItems": [{"quantity": 1}, {}]}, "/request/lineItems/1/quantity"),
        ({"a/b": 1}, "/request/a~1b"),
        ({"a~b": 1}, "/request/a~0b"),
        ({"~1": 1}, "/request/~01"),
        ({"": 1}, "/request/"),
        ({"customerDetails": {"shipping": {"address": {"/~": 1}}}}, "/request/customerDetails/shipping/address/~1~0"),
    ],
)
def test_pointer_leads_into_the_draft(request_: dict[str, Any], pointer: str) -> None:
    """The pointer of a fault is RFC 6901, from the draft down."""
    assert violations(request_, "session.update")[0].pointer == pointer


def test_fault_comes_from_no_rule() -> None:
    """A fault of the wire names no rule, and its evidence is what was expected."""
    (violation,) = violations({"quantity": 1}, "session.expire")
    assert (violation.rule, violation.evidence) == (None, {"expected": "no parameters"})


def test_only_the_first_unknown_keys_get_suggestions() -> None:
    """All unknown keys are told, and the nearest name is looked for among the first 32 alone."""
    messages = [found.message for found in violations({f"lineItem{n}": 1 for n in range(500)}, "session.update")]
    assert [message.endswith("; did you mean lineItems?") for message in messages] == [True] * 32 + [False] * 468


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        ({"metadata": {"a": {1, 2}}}, [("metadata.a", "a JSON value")]),
        ({"metadata": b""}, [("metadata", "a JSON value")]),
        ({"customerId": "x" * 100_001, "locale": "fr"}, [("customerId", "a string of at most 100000 characters")]),
        ({"lineItems": [0] * 10_001}, [("lineItems", "an array of at most 10000 items")]),
        (
            {"metadata": [float("inf"), 10**LONGEST_NUMBER]},
            [(f"metadata[{n}]", f"a finite number of at most {LONGEST_NUMBER} digits") for n in range(2)],
        ),
        ({"metadata": UserDict({1: 1})}, [("metadata", "an object whose keys are strings")]),
    ],
    ids=lambda value: str(value)[:20],
)
def test_value_beyond_the_caps_is_told_at_its_place(request_: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    """A value that is not plain JSON or passes a cap is an invalid parameter; the rest is then not looked at."""
    found = violations(request_, "session.update")
    assert [(one.code.name, one.param, one.evidence["expected"]) for one in found] == [
        ("parameter_invalid", *place) for place in expected
    ]


WHOLE_REQUESTS: tuple[tuple[Callable[[], Any], str], ...] = (
    (lambda: None, "not a JSON object"),
    (list, "not a JSON object"),
    (lambda: "{}", "not a JSON object"),
    (lambda: b"{}", "not a JSON object"),
    (lambda: 1, "not a JSON object"),
    (lambda: True, "not a JSON object"),
    (lambda: hostile.Masked(dict), "not a JSON object"),
    (hostile.Shy, "not a JSON object"),
    (hostile.RaisingMapping, "not readable: expected an object that can be read"),
    (hostile.EndlessMapping, "not readable: expected an object of at most 10000 keys"),
    (lambda: {1: 1}, "not readable: expected an object whose keys are strings"),
    (hostile.cyclic_object, f"not readable: expected at most {DEEPEST} levels of nesting"),
    (lambda: {"metadata": hostile.shared_list()}, f"not readable: expected at most {REQUEST.values} values in all"),
)


@pytest.mark.parametrize(
    ("make", "problem"), WHOLE_REQUESTS, ids=[f"request {number}" for number in range(len(WHOLE_REQUESTS))]
)
def test_request_that_is_no_object(make: Callable[[], Any], problem: str) -> None:
    """A request that is no object, or as a whole is too much, is an invalid request without a param."""
    (violation,) = violations(make())
    assert (violation.code.name, violation.param, violation.pointer) == ("invalid_request", None, "/request")
    assert (violation.message, violation.evidence) == (f"The request body is {problem}.", {"problem": problem})


def test_refused_request_keeps_what_the_host_said() -> None:
    """The faults of a request come with the operation, the id and the record of its document."""
    refused = _refused({**CREATE, "id": "d_1", "request": [], "recorded": {"codes": ["invalid_request"]}})
    assert (refused.operation, refused.id, refused.recorded) == (
        "session.create",
        "d_1",
        Recorded(("invalid_request",)),
    )


@pytest.mark.parametrize("document", [{**CREATE, "request": []}, {**CREATE, "request": {"x": 1}}])
def test_refused_request_is_a_verdict(document: dict[str, Any]) -> None:
    """A request that does not parse is refused by its faults alone, and needs no facts."""
    verdict = validate_session(document)
    assert (verdict.violations, verdict.accepted) == (_refused(document).violations, False)
    assert required_facts(document) == ()


# Raw bodies


@pytest.mark.parametrize("document", clean_worlds().values(), ids=clean_worlds())
@pytest.mark.parametrize(
    "encode", [str, str.encode, lambda text: bytearray(text, "utf-16")], ids=["str", "bytes", "utf-16"]
)
def test_body_reads_as_in_a_document(document: dict[str, Any], encode: Callable[[str], Any]) -> None:
    """A raw body with facts and the id of the target is the same draft as in a document, but for the draft's id."""
    target = document.get("target", {}).get("id")
    body = encode(json.dumps(document["request"], ensure_ascii=False))
    draft = read_draft(document)
    assert isinstance(draft, Draft)
    assert read_body(document["operation"], body, document["facts"], target) == attrs.evolve(draft, id=None)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("", "not JSON"),
        (b" \n", "not JSON"),
        (b"\xff\xfe\xff", "not JSON"),
        (b'{"locale": "\xe9"}', "not JSON"),
        ("locale=en", "not JSON"),
        ("<xml/>", "not JSON"),
        ("{", "not JSON"),
        ("\ufeff{}", "not JSON"),
        ('{"metadata": NaN}', "not JSON"),
        ('{"metadata": -Infinity}', "not JSON"),
        ("null", "not a JSON object"),
        ("[]", "not a JSON object"),
        ("1", "not a JSON object"),
        (b'"{}"', "not a JSON object"),
        (f'{{"metadata": {"9" * 5_000}}}', f"not readable: expected numbers of at most {LONGEST_NUMBER} digits"),
        ('{"metadata": 1e999999999}', f"not readable: expected numbers of at most {LONGEST_NUMBER} digits"),
        (
            f'{{"metadata": {"[" * DEEPEST}{"]" * DEEPEST}}}',
            f"not readable: expected at most {DEEPEST} levels of nesting",
        ),
        ('{"metadata":' * 50_000, f"not readable: expected at most {DEEPEST} levels of nesting"),
        (f'{{"metadata": [{ROW * 10}[]]}}', f"not readable: expected at most {REQUEST.values} values in all"),
        (" " * LARGEST_BODY + "{}", f"longer than {LARGEST_BODY} bytes"),
    ],
    ids=lambda value: ascii(value)[:24],
)
def test_body_that_cannot_be_read(body: str | bytes, problem: str) -> None:
    """A body that is not JSON, not an object, or too much is an invalid request, in words that say which."""
    violation = body_violation(body)
    assert (violation.code.name, violation.message) == ("invalid_request", f"The request body is {problem}.")


def test_body_with_a_byte_order_mark_is_read() -> None:
    """Bytes may start with the mark that some editors write."""
    assert isinstance(
        read_body("session.create", b"\xef\xbb\xbf{" + COMPLETION.encode() + b"}", FACTS), SessionCreateDraft
    )


@pytest.mark.parametrize("body", ["", " \r\n\t", b"", bytearray()], ids=ascii)
def test_empty_body_is_for_requests_without_parameters(body: str | bytes | bytearray) -> None:
    """An empty body is an empty object where the operation takes no parameters, and no JSON elsewhere."""
    assert read_body("session.expire", body, FACTS, "cs_1") == read_body("session.expire", "{}", FACTS, "cs_1")
    for operation in OPERATIONS:
        if attrs.fields(REQUESTS[operation]):
            assert body_violation(body, operation).code.name == "invalid_request"


def test_last_of_duplicate_keys_counts() -> None:
    """Of a parameter that is sent twice the last value counts, as in every JavaScript client."""
    read = read_body(
        "session.update", '{"locale": 5, "customerId": "a", "locale": "ar", "customerId": null}', FACTS, "cs_1"
    )
    assert isinstance(read, Draft)
    assert read.request == SessionUpdate(locale="ar", customer_id=None)


def test_big_integers_survive() -> None:
    """An integer beyond what a double holds keeps all its digits."""
    unit_amount = 2**63 + 1
    body = f'{{"metadata": {{"n": {unit_amount}}}, "expiresAfterMinutes": {unit_amount}, {COMPLETION}}}'
    read = read_body("session.create", body, FACTS)
    assert isinstance(read, Draft)
    assert isinstance(read.request, SessionCreate)
    assert (read.request.expires_after_minutes, read.request.metadata) == (unit_amount, {"n": unit_amount})


def test_null_body_of_an_update_clears() -> None:
    """A body of an update tells what it does not send from what it sends as null."""
    read = read_body("session.update", '{"metadata": null}', FACTS, "cs_1")
    assert isinstance(read, Draft)
    assert (read.request.metadata, read.request.locale) == (None, UNSET)


def test_facts_of_a_body_may_be_a_model() -> None:
    """Facts that were read once are taken as they are."""
    facts = read_facts(FACTS)
    read = read_body("session.expire", "", facts, "cs_1")
    assert read == SessionExpireDraft(request=SessionExpire(), facts=facts, target=Target("cs_1"))


@pytest.mark.parametrize(
    ("arguments", "error", "pointer"),
    [
        (("session.delete", "{}", FACTS), DraftError, "/operation"),
        ((None, "{}", FACTS), DraftError, "/operation"),
        (("session.update", "{}", FACTS), DraftError, "/target"),
        (("session.update", "{}", FACTS, 7), DraftError, "/target/id"),
        (("session.create", {}, FACTS), DraftError, "/request"),
        (("session.create", None, FACTS), DraftError, "/request"),
        (("session.create", memoryview(b"{}"), FACTS), DraftError, "/request"),
        (("session.create", hostile.Masked(bytes), FACTS), DraftError, "/request"),
        (("session.create", "{}", None), FactsError, "/facts"),
        (("session.create", "[", {}), FactsError, "/facts/now"),
        (("session.create", "{}", hostile.RaisingMapping()), FactsError, "/facts"),
    ],
    ids=[
        *("no operation", "none", "no target", "a number as target", "a mapping as body", "no body", "a view as body"),
        *("masked bytes as body", "no facts", "facts without a clock", "facts that raise"),
    ],
)
def test_body_is_read_for_an_operation_and_by_facts(arguments: Any, error: type[DraftError], pointer: str) -> None:
    """What the host says beside the body is its own fault where it is wrong."""
    with pytest.raises(error) as caught:
        read_body(*arguments)
    assert (type(caught.value), caught.value.pointer) == (error, pointer)


# Secrets

SECRET = "cs_1_secret_a1b2"  # noqa: S105  # the stand-in for one


@pytest.mark.parametrize(
    "body",
    [
        {"clientSecret": [SECRET]},
        {"clientSecret": {"value": SECRET}},
        {"clientSecret": SECRET, "paymentMethodType": SECRET},
        {"client_secret": SECRET},
        {"clientSecret": SECRET, "customerDetails": {"email": SECRET}},
        [SECRET],
        SECRET,
    ],
    ids=str,
)
@pytest.mark.parametrize("operation", ["session.confirm", "session.apply_promotion_code"])
def test_secret_stands_in_no_violation(body: Any, operation: str) -> None:
    """Nothing that is said of a request that does not parse repeats a value of it."""
    verdict = validate_body(operation, json.dumps(body), FACTS, target="cs_1")
    assert verdict.violations
    assert SECRET not in repr(verdict)


@pytest.mark.parametrize("body", [f"{{{SECRET}", f'{{"clientSecret": "{SECRET}'])
def test_secret_stands_in_no_violation_of_broken_text(body: str) -> None:
    """Nothing that is said of a body that is not JSON repeats a part of it."""
    assert SECRET not in repr(body_violation(body, "session.confirm"))


@pytest.mark.parametrize(
    "changes",
    [
        {"/facts/session/clientSecret": [SECRET]},
        {"/facts/session/clientSecret": {SECRET}},
        {"/facts/session/status": SECRET},
        {"/facts/session/expiresAt": SECRET},
        {"/facts/session/amountSubtotal": SECRET},
        {"/facts/session/presentmentDetails": {"currency": "USD", "amountSubtotal": 1, "exchangeRate": SECRET}},
        {"/target/id": [SECRET]},
        {"/operation": SECRET},
        {"/version": SECRET},
    ],
    ids=str,
)
def test_secret_stands_in_no_error(changes: dict[str, Any]) -> None:
    """Nothing that a host may log of a malformed draft repeats a value of it."""
    with pytest.raises(DraftError) as caught:
        read_draft(changed(UPDATE, changes))
    assert SECRET not in "".join(traceback.format_exception(caught.value))
