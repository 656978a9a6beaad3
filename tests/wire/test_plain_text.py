"""Documents of plain values are read quickly as text is, and say what the detailed way says of them."""

import copy
import json
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine import DraftError, Engine, Verdict, read_draft, write_json
from rules_engine.wire import caps
from rules_engine.wire.envelope import read_body
from rules_engine.wire.json_text import read_json
from rules_engine.wire.plain_text import plain_text
from rules_engine.wire.quick import quick_body, quick_draft
from rules_engine.wire.report import verdict_document
from tests.profiles import scaled
from tests.wire import hostile
from tests.wire.quick import EXAMPLES, containers, mutated
from tests.wire.shapes import JSON

ENGINE: Final = Engine()
ODD: Final[dict[str, Callable[[], Any]]] = {
    "bytes": lambda: b"x",
    "a set": lambda: {"x"},
    "an instant": lambda: datetime(2026, 11, 22, tzinfo=UTC),
    "an object": object,
    "a key that is no text": lambda: {1: "x"},
    "a key of another type": lambda: {hostile.Word.LINE_ITEMS: 1},
    "a tuple": lambda: ("x", 1),
    "an ordered dictionary": lambda: OrderedDict(a=1),
    "a long integer": lambda: 10**500,
    "half of a pair": lambda: "\ud800",
    "a text of another type": lambda: hostile.Quarrelsome("x"),
    "a member": lambda: hostile.Word.LINE_ITEMS,
    "an integer of another type": lambda: hostile.Number(7),
    "a float of another type": lambda: hostile.Fraction(1.5),
    "a Decimal of another type": lambda: hostile.Amount("2.50"),
    "a mapping that raises": hostile.RaisingMapping,
    "a mapping without end": hostile.EndlessMapping,
    "a dictionary that lies": lambda: hostile.Pairs([("a", 1)]),
    "a list that raises": lambda: hostile.RaisingList([1]),
    "an object that lies": lambda: hostile.Masked(dict),
    "a list that contains itself": hostile.cyclic_list,
    "an object that contains itself": hostile.cyclic_object,
    "a list that is shared": hostile.shared_list,
    **{
        f"the number {number}": partial(number.__class__, number)
        for number in (float("nan"), float("inf"), -0.0, 1.0, 5e-324, 1e22, 0.1, 2**53 + 1)
    },
    **{
        f"the Decimal {text}": partial(Decimal, text) for text in ("NaN", "sNaN", "-Infinity", "1E+5", "-0.00", "1e999")
    },
}


def outcome(judge: Callable[[], Verdict]) -> str:
    """Give all there is in an answer: the verdict, written, or the error."""
    try:
        return write_json(verdict_document(judge()))
    except DraftError as error:
        return f"{type(error).__name__} {error.pointer} {error}"


def agree(document: dict[str, Any]) -> None:
    """Check that a document says what it says when it is read in detail."""
    assert outcome(lambda: ENGINE.validate(document)) == outcome(lambda: ENGINE.validate(read_draft(document)))


def agree_on_body(example: dict[str, Any], facts: dict[str, Any]) -> None:
    """Check that a body with facts of plain values says what it says when both are read in detail."""
    operation, target = example["operation"], example.get("target", {}).get("id")
    body = json.dumps(example["request"])
    detailed = outcome(lambda: ENGINE.validate(read_body(operation, body, facts, target)))
    assert outcome(lambda: ENGINE.validate_body(operation, body, facts, target=target)) == detailed


@given(JSON)
def test_every_value_is_what_it_was(value: Any) -> None:
    """What is written is what the detailed way copies, digit by digit."""
    text = plain_text({"value": value})
    if text is not None:
        copied, _ = caps.plain_value({"value": value}, caps.FACTS)
        assert write_json(read_json(text, largest=len(text))) == write_json(copied)


def test_valid_examples_go_the_quick_way() -> None:
    """Every valid example is read quickly as plain values, and so is its body with the facts of it."""
    for example in EXAMPLES:
        assert quick_draft(example) is not None
        agree(example)
        body, target = json.dumps(example["request"]), example.get("target", {}).get("id")
        assert quick_body(example["operation"], body, example["facts"], target) is not None
        agree_on_body(example, example["facts"])


@settings(max_examples=scaled(300))
@given(mutated())
def test_mutated_documents_are_read_alike(text: str) -> None:
    """A document with strange values, keys that are gone, new or renamed, says the same as in detail."""
    try:
        document = json.loads(text)
    except ValueError:
        return
    agree(document)
    if isinstance(document.get("facts"), dict) and isinstance(document.get("operation"), str):
        agree_on_body({**EXAMPLES[0], "facts": {}}, document["facts"])


@settings(max_examples=scaled(10))
@pytest.mark.parametrize("name", ODD)
@given(data=st.data())
def test_values_that_no_json_has(name: str, data: st.DataObject) -> None:
    """A value that JSON has not, or that behaves as badly as it can, is told of as it is in detail, wherever it is."""
    document = copy.deepcopy(data.draw(st.sampled_from(EXAMPLES)))
    container = data.draw(st.sampled_from(list(containers(document))))
    if isinstance(container, list):
        container[0] = ODD[name]()
    else:
        container[data.draw(st.sampled_from([*container, "unheardOf"]))] = ODD[name]()
    agree(document)
    if isinstance(document.get("facts"), dict):
        agree_on_body(EXAMPLES[0], document["facts"])


def test_a_document_is_left_as_it_is() -> None:
    """Nothing is changed in what a host hands over."""
    for example in EXAMPLES:
        before = copy.deepcopy(example)
        ENGINE.validate(example)
        assert example == before


def test_more_than_is_walked() -> None:
    """A document of very many objects is left to the detailed way."""
    assert plain_text({"a": [{}] * 10_000}) is not None
    assert plain_text({"a": [{}] * 30_000}) is None
