"""A draft document is read from every form, and a fault of it is reported by place and in words."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from rules_engine.examples import REMOVED, changed, examples
from rules_engine.exceptions import DraftError
from rules_engine.models import Recorded, Target
from rules_engine.operations import OPERATIONS
from rules_engine.wire.json_text import DEEPEST, LONGEST_NUMBER
from rules_engine.wire.read import read_draft, write_draft
from tests.wire import hostile
from tests.wire.refused import CREATE, refused


@pytest.mark.parametrize("document", examples().values(), ids=examples())
def test_draft_reads_the_same_from_every_form(document: dict[str, Any]) -> None:
    """A document as a mapping, as text and as bytes is the same draft."""
    draft = read_draft(document)
    text = json.dumps(document)
    assert draft.operation == document["operation"]
    assert read_draft(text) == read_draft(text.encode()) == read_draft(bytearray(text, "utf-16")) == draft


def test_parts_of_the_envelope_are_read() -> None:
    """The id, the target and what was recorded are read beside request and facts."""
    document = {**examples()["expire"], "id": "d_9", "recorded": {"codes": ["price_expired"]}}
    draft = read_draft(document)
    assert (draft.id, draft.target, draft.recorded) == ("d_9", Target("cs_1"), Recorded(("price_expired",)))
    assert write_draft(draft)["recorded"] == document["recorded"]


@pytest.mark.parametrize("form", [dict, json.dumps])
def test_what_came_of_a_draft_is_read(form: Callable[[dict[str, Any]], Any]) -> None:
    """The session of a recorded draft, and whether it was paid, are read and written again."""
    recorded = {"codes": [], "session": "cs_1", "paid": False}
    draft = read_draft(form({**CREATE, "recorded": recorded}))
    assert draft.recorded == Recorded((), "cs_1", paid=False)
    assert write_draft(draft)["recorded"] == recorded


def test_optional_parts_may_be_null() -> None:
    """A null id, target or record is none at all."""
    draft = read_draft({**CREATE, "id": None, "target": None, "recorded": None})
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
    assert [found.param for found in refused(document).faults] == ["lineItems", "afterCompletion"]


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
    (
        "record of a session object",
        {"/recorded": {"session": {"id": "cs_1"}}},
        "/recorded/session",
        "expected a string",
    ),
    ("record of numbers", {"/recorded": {"codes": ["price_expired", 1]}}, "/recorded/codes/1", "expected a string"),
)


@pytest.mark.parametrize(
    ("changes", "pointer", "problem"),
    [case[1:] for case in DOCUMENTS_AT_FAULT],
    ids=[case[0] for case in DOCUMENTS_AT_FAULT],
)
def test_malformed_envelope(changes: dict[str, Any], pointer: str, problem: str) -> None:
    """An envelope with one wrong key is the application's fault, reported by pointer and in words."""
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
    (None, "expected a Draft, or a document as a mapping or as JSON text, and not NoneType"),
    ([], "expected a Draft, or a document as a mapping or as JSON text, and not list"),
    (7, "expected a Draft, or a document as a mapping or as JSON text, and not int"),
    (hostile.Masked(dict), "expected a Draft, or a document as a mapping or as JSON text, and not Masked"),
    (hostile.Masked(str), "expected a Draft, or a document as a mapping or as JSON text, and not Masked"),
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
    """What is no document at all is the application's fault, reported of the document as a whole."""
    with pytest.raises(DraftError) as caught:
        read_draft(document)
    assert (type(caught.value), caught.value.pointer, caught.value.problem) == (DraftError, "", problem)
