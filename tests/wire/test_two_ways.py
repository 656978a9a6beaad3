"""Whatever is handed in is answered, and alike however it is read.

The quick way of reading admits no more than the detailed one, with equal values, and it admits what shops send.
"""

import copy
import json
import sys
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine import OPERATIONS, read_draft, write_draft, write_json
from rules_engine.testing import strategies
from rules_engine.wire import read, size_limits
from rules_engine.wire.json_text import read_json
from rules_engine.wire.read import read_body
from rules_engine.wire.structs import plain_text
from tests.profiles import scaled
from tests.wire import hostile
from tests.wire.shapes import JSON
from tests.wire.two_ways import (
    ENGINE,
    EXAMPLES,
    KNOWN,
    STRANGE,
    Verbatim,
    agree,
    agree_on_body,
    containers,
    garbled,
    in_detail,
    is_quick,
    mutated,
    outcome,
    written,
)

SHIPPED: Final = sorted((Path(__file__).parents[2] / "policies" / "drafts").glob("*.json"))
FACTS: Final = read_draft(KNOWN[0]).facts
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
"""Values that JSON does not have, or that behave as badly as they can."""


def test_shipped_drafts_go_the_quick_way() -> None:
    """Every shipped draft that parses is admitted, clean or not, and so is every valid example."""
    texts = [path.read_bytes() for path in SHIPPED]
    parsing = [text for text in texts if not read_draft(text).faults]
    assert (len(parsing), len(EXAMPLES)) >= (150, 60)
    assert [text for text in (*parsing, *EXAMPLES) if not agree(text)] == []


def test_text_form_makes_no_difference() -> None:
    """A document is admitted as plain values, as text, as bytes and as a bytearray, spaced out or not."""
    for example in EXAMPLES:
        for text in (json.dumps(example), json.dumps(example, indent=1), json.dumps(example, separators=(",", ":"))):
            assert agree(text)
            assert agree(text.encode())
            assert agree(bytearray(text.encode()))


@settings(max_examples=scaled(200))
@given(strategies.documents())
def test_generated_documents_go_the_quick_way(document: Mapping[str, Any]) -> None:
    """A document whose facts are partly gone or strange is admitted, and read and judged alike."""
    text = json.dumps(document)
    assert agree(text) is (read_draft(text).faults == ())


@settings(max_examples=scaled(5))
@pytest.mark.parametrize("operation", OPERATIONS)
@given(data=st.data())
def test_generated_drafts_are_read_alike(operation: str, data: st.DataObject) -> None:
    """Any draft of any operation is read alike from its text."""
    agree(write_json(write_draft(data.draw(strategies.drafts(operation)))))


@settings(max_examples=scaled(500))
@given(mutated())
def test_mutated_documents_are_read_alike(text: str) -> None:
    """A document with strange values, keys that are gone, new, renamed or doubled, is read alike as text and values."""
    agree(text)
    try:
        document = json.loads(text)
    except ValueError:
        return
    agree(document)
    if isinstance(document.get("facts"), dict):
        agree_on_body("session.expire", "{}", document["facts"], "cs_1")


@given(st.one_of(garbled(), st.binary(), st.text()))
def test_any_text_is_read_alike(text: str | bytes) -> None:
    """Any text and any bytes, as a document or as a body of any operation, are read and judged alike."""
    agree(text)
    for operation in OPERATIONS:
        agree_on_body(operation, text, FACTS, "cs_1")


@given(JSON)
def test_any_json_value_is_read_alike(value: Any) -> None:
    """Any JSON value, as a document, a request, facts, an operation or a target, is read and judged alike."""
    agree(value)
    agree(write_json(value))
    for key in KNOWN[0]:
        agree({**KNOWN[0], key: value})
    for operation in OPERATIONS:
        agree({**KNOWN[0], "operation": operation, "target": {"id": "cs_1"}, "request": value})
        agree_on_body(operation, write_json(value), FACTS, "cs_1")
        agree_on_body(operation, "{}", value, "cs_1")


@pytest.mark.parametrize("make", [*hostile.UNREADABLE, *hostile.TOO_MUCH])
def test_hostile_object_is_read_alike(make: Callable[[], Any]) -> None:
    """An object that lies, raises or never ends is answered alike wherever it is handed in."""
    agree_on_body("session.create", "{}", make(), None)
    agree_on_body("session.update", "{}", KNOWN[0]["facts"], make())
    for key in ("request", "unheardOf") if make in hostile.TOO_MUCH else {*KNOWN[0], "target", "recorded", "unheardOf"}:
        agree({**KNOWN[0], key: make()})


@pytest.mark.slow
@pytest.mark.parametrize("strange", STRANGE)
def test_strange_value_everywhere(strange: str) -> None:
    """A strange value in any part of a document, known, passed over or in free JSON, is read alike."""
    example = KNOWN[0]
    for place in range(len(list(containers(example)))):
        for key in ("known", "unheardOf"):
            document = json.loads(json.dumps(example))
            container = list(containers(document))[place]
            if isinstance(container, list):
                container[0] = Verbatim(strange)
            else:
                container[next(iter(container)) if key == "known" else key] = Verbatim(strange)
            agree(written(document))
    request, facts = example["request"], example["facts"]
    for key, value in (("metadata", {"a": Verbatim(strange)}), ("expiresAfterMinutes", Verbatim(strange))):
        agree(written({**example, "request": {**request, key: value}}))
        agree_on_body(example["operation"], written({**request, key: value}), FACTS, None)
    agree(written({**example, "facts": {**facts, "exchangeRates": {"KWD/EGP": {"rate": Verbatim(strange)}}}}))
    agree(written({**example, "facts": {**facts, "coupons": {"c": {"id": "c", "percentOff": Verbatim(strange)}}}}))


@settings(max_examples=scaled(10))
@pytest.mark.parametrize("name", ODD)
@given(data=st.data())
def test_values_that_no_json_has(name: str, data: st.DataObject) -> None:
    """A value that JSON does not have, or that behaves as badly as it can, is read alike wherever it is."""
    document = copy.deepcopy(data.draw(st.sampled_from(EXAMPLES)))
    container = data.draw(st.sampled_from(list(containers(document))))
    if isinstance(container, list):
        container[0] = ODD[name]()
    else:
        container[data.draw(st.sampled_from([*container, "unheardOf"]))] = ODD[name]()
    agree(document)
    if isinstance(document.get("facts"), dict):
        agree_on_body("session.expire", "{}", document["facts"], "cs_1")


def test_bytes_that_are_no_text() -> None:
    """Bytes that are not UTF-8, a byte order mark, UTF-16 and a lone surrogate are read alike, passed over or not."""
    text = json.dumps(EXAMPLES[0])
    for bad in (b"\xff", b"\xc0\x80", b"\xed\xa0\x80"):
        for key in (b"name", b"unheardOf"):
            agree(text.encode().replace(b'"facts": {', b'"facts": {"' + key + b'": "' + bad + b'", ', 1))
            agree(text.encode().replace(b'"facts"', b'"' + key + b'": "' + bad + b'", "facts"', 1))
    for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-32"):
        agree(text.encode(encoding))
    agree(text.replace('"facts": {', '"facts": {"x": "\ud800", ', 1))


def test_long_documents() -> None:
    """Documents around the limits of a part, and of what stands around the parts, are read alike."""
    for size in (1, 100, 1_000, 9_999, 10_000, 10_001):
        example = json.loads(json.dumps(EXAMPLES[0]))
        example["request"]["lineItems"] = [example["request"]["lineItems"][0]] * size
        agree(json.dumps(example))
    for size in (999, 1_000, 1_001, 4_000):
        agree(json.dumps({**EXAMPLES[0], **{str(number): 0 for number in range(size)}}))
        agree(json.dumps({**EXAMPLES[0], "id": "d" * size * 30}))


def test_large_catalogue_goes_the_quick_way() -> None:
    """A thousand lines with a thousand prices are admitted, and with keys that no model knows too."""
    example = json.loads(json.dumps(EXAMPLES[0]))
    (price, *_) = example["facts"]["prices"].values()
    ids = [f"price_{number}" for number in range(1_000)]
    example["request"]["lineItems"] = [{"quantity": 1, "price": name} for name in ids]
    example["facts"]["prices"] = {name: {**price, "id": name} for name in ids}
    assert agree(json.dumps(example))
    example["facts"]["prices"] = {name: {**price, "id": name, "object": "price", "tags": ["]"]} for name in ids}
    assert agree(json.dumps(example))
    assert agree_on_body("session.create", json.dumps(example["request"]), example["facts"], None)


@pytest.mark.parametrize("example", EXAMPLES)
def test_bodies_are_read_alike(example: dict[str, Any]) -> None:
    """The raw body of every valid example is admitted with its facts, and read and judged alike; a strange one too."""
    operation, target = example["operation"], example.get("target", {}).get("id")
    facts = read_draft(example).facts
    body = json.dumps(example["request"])
    for known in (facts, example["facts"]):
        assert agree_on_body(operation, body, known, target)
        assert agree_on_body(operation, body.encode(), known, target)
    for strange in ("", " ", "[]", '{"unheardOf": 1}', body.replace("{", '{"id": 1.5,', 1), "\ud800"):
        agree_on_body(operation, strange, facts, target)


@pytest.mark.parametrize(
    "arguments",
    [
        ("session.sing", "{}", FACTS, None),
        (["session.expire"], "{}", FACTS, None),
        ("session.expire", "{}", FACTS, None),
        ("session.expire", "{}", FACTS, 5),
        ("session.expire", "{}", FACTS, "x" * 100_001),
        ("session.expire", "{}", {}, "cs_1"),
        ("session.expire", 5, FACTS, "cs_1"),
    ],
    ids=["no operation", "a list", "no target", "a number as target", "a long target", "no facts", "no body"],
)
def test_body_for_no_operation_or_target(arguments: Any) -> None:
    """Without an operation, a needed target or facts that can be read, a body is refused alike."""
    assert not agree_on_body(*arguments)


@given(JSON)
def test_every_value_is_what_it_was(value: Any) -> None:
    """Plain values are written, to be read quickly, as the detailed way copies them, digit by digit."""
    text = plain_text({"value": value})
    if text is not None:
        copied, _ = size_limits.plain_value({"value": value}, size_limits.FACTS)
        assert write_json(read_json(text, largest=len(text))) == write_json(copied)


def test_more_than_is_walked() -> None:
    """A document of very many objects is left to the detailed way."""
    assert plain_text({"a": [{}] * 10_000}) is not None
    assert plain_text({"a": [{}] * 30_000}) is None


def test_a_document_is_left_as_it_is() -> None:
    """Nothing is changed in what an application hands over."""
    for example in EXAMPLES:
        before = copy.deepcopy(example)
        ENGINE.validate(example)
        assert example == before


def test_structs_stand_for_models() -> None:
    """A part that was read quickly shows no value, since it may be a secret, and is as frozen as the models."""
    draft = read_draft(json.dumps(EXAMPLES[0]), models=False)
    assert is_quick(draft)
    assert (repr(draft.request), repr(draft.facts)) == ("<SessionCreate>", "<Facts>")
    with pytest.raises(AttributeError):
        draft.facts.livemode = True  # type: ignore[misc]  # that is the point


@pytest.fixture
def _forgotten() -> Iterator[None]:
    read._structs.cache_clear()  # noqa: SLF001  # whether msgspec is there is asked once a process
    yield
    read._structs.cache_clear()  # noqa: SLF001  # the same


@pytest.mark.usefixtures("_forgotten")
def test_without_msgspec(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, nothing is read quickly, and every shipped draft has the same verdict."""
    texts = [path.read_bytes() for path in SHIPPED]
    expected = [outcome(partial(ENGINE.validate, text)) for text in texts]
    read._structs.cache_clear()  # noqa: SLF001  # the same
    monkeypatch.setitem(sys.modules, "msgspec", None)
    assert [outcome(partial(ENGINE.validate, text)) for text in texts] == expected
    assert not is_quick(read_draft(EXAMPLES[0], models=False))
    assert not is_quick(read_body("session.create", json.dumps(EXAMPLES[0]["request"]), FACTS, models=False))


@pytest.mark.usefixtures("_forgotten")
@pytest.mark.parametrize("version", ["0.18.6", "unknown"])
def test_old_msgspec_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    """A msgspec that is too old, or names no version, is left alone: an application may have it for its own ends."""
    msgspec = pytest.importorskip("msgspec")
    monkeypatch.setattr(msgspec, "__version__", version)
    assert not is_quick(read_draft(json.dumps(EXAMPLES[0]), models=False))


def test_faults_are_judged_as_they_are() -> None:
    """A draft whose request did not parse is judged by its faults, however it was read."""
    document = {**EXAMPLES[0], "request": []}
    for draft in (read_draft(document), read_draft(document, models=False), in_detail(lambda: read_draft(document))):
        assert ENGINE.validate(draft).violations == draft.faults
        assert ENGINE.validate(draft).codes == ("invalid_request",)
