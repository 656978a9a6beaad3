"""A raw body is read for an operation and by facts, as the request of a document is."""

import json
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from rules_engine.examples import examples
from rules_engine.exceptions import DraftError, FactsError
from rules_engine.models import UNSET, Draft, SessionCreate, SessionExpire, SessionUpdate, Target
from rules_engine.operations import OPERATIONS
from rules_engine.wire.json_text import DEEPEST, LONGEST_NUMBER
from rules_engine.wire.read import read_body, read_draft, read_facts
from rules_engine.wire.size_limits import LARGEST_BODY, REQUEST
from tests.wire import hostile
from tests.wire.refused import FACTS, body_violation

ROW = f"[{'0,' * 5_000}0],"
COMPLETION = '"afterCompletion": {"type": "hosted_confirmation"}'


@pytest.mark.parametrize("document", examples().values(), ids=examples())
@pytest.mark.parametrize(
    "encode", [str, str.encode, lambda text: bytearray(text, "utf-16")], ids=["str", "bytes", "utf-16"]
)
def test_body_reads_as_in_a_document(document: dict[str, Any], encode: Callable[[str], Any]) -> None:
    """A raw body with facts and the id of the target is the same draft as in a document, but for the draft's id."""
    target = document.get("target", {}).get("id")
    body = encode(json.dumps(document["request"], ensure_ascii=False))
    draft = read_draft(document)
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
    """A body that is not JSON, not an object, or too much is an invalid request, in words that tell these apart."""
    violation = body_violation(body)
    assert (violation.code.name, violation.message) == ("invalid_request", f"The request body is {problem}.")


def test_body_with_a_byte_order_mark_is_read() -> None:
    """Bytes may start with the mark that some editors write."""
    assert isinstance(read_body("session.create", b"\xef\xbb\xbf{" + COMPLETION.encode() + b"}", FACTS), Draft)


@pytest.mark.parametrize("body", ["", " \r\n\t", b"", bytearray()], ids=ascii)
def test_empty_body_is_for_requests_without_parameters(body: str | bytes | bytearray) -> None:
    """An empty body is an empty object where the operation takes no parameters, and no JSON elsewhere."""
    assert read_body("session.expire", body, FACTS, "cs_1") == read_body("session.expire", "{}", FACTS, "cs_1")
    for operation in OPERATIONS:
        if attrs.fields(OPERATIONS[operation].request):
            assert body_violation(body, operation).code.name == "invalid_request"


def test_last_of_duplicate_keys_counts() -> None:
    """Of a parameter that is sent twice the last value counts, as in every JavaScript client."""
    read = read_body(
        "session.update", '{"locale": 5, "customerId": "a", "locale": "ar", "customerId": null}', FACTS, "cs_1"
    )
    assert read.request == SessionUpdate(locale="ar", customer_id=None)


def test_big_integers_survive() -> None:
    """An integer beyond what a double holds keeps all its digits."""
    unit_amount = 2**63 + 1
    body = f'{{"metadata": {{"n": {unit_amount}}}, "expiresAfterMinutes": {unit_amount}, {COMPLETION}}}'
    read = read_body("session.create", body, FACTS)
    assert isinstance(read.request, SessionCreate)
    assert (read.request.expires_after_minutes, read.request.metadata) == (unit_amount, {"n": unit_amount})


def test_null_body_of_an_update_clears() -> None:
    """A body of an update tells what it does not send from what it sends as null."""
    read = read_body("session.update", '{"metadata": null}', FACTS, "cs_1")
    assert (read.request.metadata, read.request.locale) == (None, UNSET)


def test_facts_of_a_body_may_be_a_model() -> None:
    """Facts that were read once are taken as they are."""
    facts = read_facts(FACTS)
    read = read_body("session.expire", "", facts, "cs_1")
    assert read == Draft(operation="session.expire", request=SessionExpire(), facts=facts, target=Target("cs_1"))


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
    """What an application passes beside the body is its own fault where it is wrong."""
    with pytest.raises(error) as caught:
        read_body(*arguments)
    assert (type(caught.value), caught.value.pointer) == (error, pointer)
