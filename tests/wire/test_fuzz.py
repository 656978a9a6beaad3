"""Whatever is handed in, the doors answer with a verdict or say which part of the host's own is malformed."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine import required_facts, validate, validate_body
from rules_engine.examples import examples
from rules_engine.exceptions import DraftError
from rules_engine.operations import OPERATIONS
from rules_engine.path import Path
from rules_engine.violation import Verdict
from rules_engine.wire.json_text import write_json
from tests.profiles import scaled
from tests.wire import hostile
from tests.wire.shapes import JSON

EXAMPLES = tuple(examples().values())
DOCUMENTS = st.sampled_from(EXAMPLES).map(lambda document: json.loads(json.dumps(document)))


def judge(document: Any) -> None:
    """Judge a document; no rule may raise, and the answer can be written."""
    with suppress(DraftError):
        _check(validate(document))
    with suppress(DraftError):
        assert isinstance(required_facts(document), tuple)


def judge_body(operation: Any, body: Any, facts: Any, target: Any) -> None:
    """Judge a body; no rule may raise, and the answer can be written."""
    with suppress(DraftError):
        _check(validate_body(operation, body, facts, target=target))


def _check(verdict: Verdict) -> None:
    assert isinstance(verdict, Verdict)
    assert verdict.faults == ()
    assert write_json(verdict.error_response(request_id="req_1"))


def _places(value: Any, path: Path = ()) -> Iterator[Path]:
    """Walk a document, each place with the path that leads to it."""
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield (*path, key)
            yield from _places(value[key], (*path, key))


def _place(draw: st.DrawFn, document: Any) -> tuple[Any, Any]:
    """Draw a place in a document: a container, and a key or an index of it."""
    *way, last = draw(st.sampled_from(tuple(_places(document))))
    for key in way:
        document = document[key]
    return document, last


@st.composite
def broken(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a clean document and delete, replace, duplicate or exchange some of its nodes."""
    document: dict[str, Any] = draw(DOCUMENTS)
    for _ in range(draw(st.integers(1, 3))):
        container, last = _place(draw, document)
        change = draw(st.sampled_from(["delete", "replace", "duplicate", "exchange"]))
        if change == "delete":
            del container[last]
        elif change == "replace":
            container[last] = draw(st.one_of(JSON, st.floats()))
        elif change == "duplicate" and isinstance(container, list):
            container.insert(last, container[last])
        elif change == "duplicate":
            container[draw(st.sampled_from([*container, "unheardOf"]))] = container[last]
        else:
            container[last] = draw(st.sampled_from(tuple(_nodes(draw(DOCUMENTS)))))
    return document


@st.composite
def haunted(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a clean document with a hostile object in place of a node."""
    document: dict[str, Any] = draw(DOCUMENTS)
    container, last = _place(draw, document)
    container[last] = draw(st.sampled_from(hostile.UNREADABLE))()
    return document


def _nodes(value: Any) -> Iterator[Any]:
    yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _nodes(item)


@st.composite
def garbled(draw: st.DrawFn) -> bytes:
    """Draw the text of a clean document with some bytes cut out, written over or put in."""
    text = bytearray(json.dumps(draw(DOCUMENTS)), "utf-8")
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        text[start : start + draw(st.integers(0, 6))] = draw(
            st.one_of(
                st.binary(max_size=3), st.sampled_from([b'"', b"[", b"{", b"0", b"1e9", b"null", b"\\ud800", b"-"])
            )
        )
    return bytes(text)


@given(st.one_of(st.binary(), st.text(), garbled()))
def test_any_text_is_answered(text: str | bytes) -> None:
    """Any text and any bytes, as a document or as a body of any operation, are answered."""
    judge(text)
    for operation in OPERATIONS:
        judge_body(operation, text, EXAMPLES[0]["facts"], "cs_1")


@given(JSON)
def test_any_json_value_is_answered(value: Any) -> None:
    """Any JSON value, as a document, a request, facts, an operation or a target, is answered."""
    judge(value)
    judge(write_json(value))
    for operation in OPERATIONS:
        judge(
            {
                "version": 1,
                "operation": operation,
                "target": {"id": "cs_1"},
                "request": value,
                "facts": EXAMPLES[0]["facts"],
            }
        )
        judge_body(operation, write_json(value), EXAMPLES[0]["facts"], "cs_1")
        judge_body(operation, "{}", value, "cs_1")
    judge_body(value, value, value, value)


@settings(max_examples=scaled(300))
@given(broken())
def test_broken_document_is_answered(document: dict[str, Any]) -> None:
    """A clean document of which some nodes are gone, strange, doubled or out of place is answered."""
    judge(document)


@given(haunted())
def test_document_with_hostile_objects_is_answered(document: dict[str, Any]) -> None:
    """A document in which some nodes are objects that lie, raise or never end is answered."""
    judge(document)


@pytest.mark.parametrize("make", hostile.UNREADABLE)
def test_hostile_object_is_answered(make: Callable[[], Any]) -> None:
    """An object that lies, raises or never ends is answered wherever it is handed in."""
    judge_body("session.create", "{}", make(), None)
    judge_body("session.update", "{}", EXAMPLES[0]["facts"], make())
    judge({"version": 1, "operation": "session.create", "request": make(), "facts": EXAMPLES[0]["facts"]})
    for key in EXAMPLES[0]:
        judge({**EXAMPLES[0], key: make()})


@pytest.mark.parametrize("make", hostile.TOO_MUCH)
def test_value_without_end_is_answered(make: Callable[[], Any]) -> None:
    """A value that never ends, or would fill any memory, is answered in a request and in the facts."""
    judge_body("session.create", "{}", make(), None)
    judge({**EXAMPLES[0], "request": make()})
