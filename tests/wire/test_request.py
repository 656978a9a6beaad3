"""A request that does not parse is refused by all its faults, each by code and at its place, without its values."""

import json
import traceback
from collections import UserDict
from collections.abc import Callable
from typing import Any

import pytest

from rules_engine import required_facts, validate_body, validate_session
from rules_engine.examples import changed
from rules_engine.exceptions import DraftError
from rules_engine.models import Recorded
from rules_engine.models.formats import Format
from rules_engine.wire.json_text import DEEPEST, LONGEST_NUMBER
from rules_engine.wire.read import read_draft
from rules_engine.wire.size_limits import REQUEST
from tests.wire import hostile
from tests.wire.refused import CREATE, FACTS, UPDATE, body_violation, refused, violations


def said(request: Any, operation: str = "session.create") -> list[tuple[str, str | None, str]]:
    """Return code, param and message of each fault of a request that does not parse."""
    return [(found.code.name, found.param, found.message) for found in violations(request, operation)]


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
                    "Invalid parameter: afterCompletion.redirect.url must be an absolute http or https URL.",
                ),
            ],
        ),
    ],
)
def test_faults_of_a_request_are_reported(request_: dict[str, Any], expected: list[tuple[str, str, str]]) -> None:
    """Each fault of a request is reported by code, by param as the API names it, and in one sentence."""
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
    """All unknown keys are reported, and the nearest name is looked for among the first 32 alone."""
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
def test_value_beyond_a_limit_is_reported_at_its_place(
    request_: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    """A value that is not plain JSON or passes a limit is an invalid parameter; the rest is then not looked at."""
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
    read = refused({**CREATE, "id": "d_1", "request": [], "recorded": {"codes": ["invalid_request"]}})
    assert (read.operation, read.id, read.recorded) == (
        "session.create",
        "d_1",
        Recorded(("invalid_request",)),
    )


@pytest.mark.parametrize("document", [{**CREATE, "request": []}, {**CREATE, "request": {"x": 1}}])
def test_refused_request_is_a_verdict(document: dict[str, Any]) -> None:
    """A request that does not parse is refused by its faults alone, and needs no facts."""
    verdict = validate_session(document)
    assert (verdict.violations, verdict.accepted) == (refused(document).faults, False)
    assert required_facts(document) == ()


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
    """Nothing that an application may log of a malformed draft repeats a value of it."""
    with pytest.raises(DraftError) as caught:
        read_draft(changed(UPDATE, changes))
    assert SECRET not in "".join(traceback.format_exception(caught.value))
