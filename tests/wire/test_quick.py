"""The quick way in admits no more than the detailed one, with the same values, and it admits what shops send."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine import (
    Draft,
    Engine,
    Facts,
    RefusedRequest,
    Verdict,
    read_draft,
    validate_session,
    write_draft,
    write_json,
)
from rules_engine.exceptions import DraftError
from rules_engine.operations import OPERATIONS
from rules_engine.testing import strategies
from rules_engine.wire.envelope import read_body
from rules_engine.wire.quick import decoders, quick_body, quick_draft
from rules_engine.wire.report import verdict_document
from tests.profiles import scaled
from tests.wire.quick import EXAMPLES, KNOWN, STRANGE, Verbatim, containers, difference, mutated, written
from tests.wire.test_fuzz import garbled

ENGINE: Final = Engine()
SHIPPED: Final = sorted((Path(__file__).parents[2] / "policies" / "drafts").glob("*.json"))
FACTS: Final = read_draft(KNOWN[0]).facts


@pytest.fixture
def _without_msgspec(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    decoders.cache_clear()
    monkeypatch.setitem(sys.modules, "msgspec", None)
    yield
    decoders.cache_clear()


def outcome(judge: Callable[[], Verdict]) -> str:
    """Give all there is in an answer: the verdict, written, or the error."""
    try:
        return write_json(verdict_document(judge()))
    except DraftError as error:
        return f"{type(error).__name__} {error.pointer} {error}"


def detailed(text: str | bytes) -> Verdict:
    """Judge a document the detailed way."""
    return ENGINE.validate(read_draft(text))


def detailed_body(operation: str, body: str | bytes, facts: Facts, target: str | None) -> Verdict:
    """Judge a body the detailed way."""
    return ENGINE.validate(read_body(operation, body, facts, target))


def agree(text: str | bytes) -> bool:
    """Check that the two ways agree on a document, and tell whether the quick one admits it."""
    ours = quick_draft(text)
    if ours is not None:
        theirs = read_draft(text)
        assert isinstance(theirs, Draft)
        assert difference(ours, theirs) is None
        assert outcome(lambda: ENGINE.validate(ours)) == outcome(lambda: ENGINE.validate(theirs))
    assert outcome(lambda: ENGINE.validate(text)) == outcome(lambda: detailed(text))
    return ours is not None


def agree_on_body(operation: str, body: str | bytes, facts: Facts, target: str | None) -> bool:
    """Check that the two ways agree on a body, and tell whether the quick one admits it."""
    ours = quick_body(operation, body, facts, target)
    if ours is not None:
        assert difference(ours, read_body(operation, body, facts, target)) is None
    answer = outcome(partial(ENGINE.validate_body, operation, body, facts, target=target))
    assert answer == outcome(partial(detailed_body, operation, body, facts, target))
    return ours is not None


def test_shipped_drafts_go_the_quick_way() -> None:
    """Every shipped draft that parses is admitted, clean or not, and so is every valid example."""
    texts = [path.read_bytes() for path in SHIPPED]
    parsing = [text for text in texts if isinstance(read_draft(text), Draft)]
    examples = [json.dumps(example).encode() for example in EXAMPLES]
    assert (len(parsing), len(examples)) >= (150, 60)
    assert [text for text in (*parsing, *examples) if not agree(text)] == []


def test_text_form_makes_no_difference() -> None:
    """A document is admitted as text, as bytes and as a bytearray, spaced out or not."""
    for example in EXAMPLES:
        for text in (json.dumps(example), json.dumps(example, indent=1), json.dumps(example, separators=(",", ":"))):
            assert agree(text)
            assert agree(text.encode())
            assert quick_draft(bytearray(text.encode())) is not None


@settings(max_examples=scaled(200))
@given(strategies.documents())
def test_generated_documents_go_the_quick_way(document: Mapping[str, Any]) -> None:
    """A document whose facts are partly gone or strange is admitted, and read and judged alike."""
    text = json.dumps(document)
    assert agree(text) is isinstance(read_draft(text), Draft)


@settings(max_examples=scaled(5))
@pytest.mark.parametrize("operation", OPERATIONS)
@given(data=st.data())
def test_generated_drafts_are_read_alike(operation: str, data: st.DataObject) -> None:
    """Any draft of any operation is read alike from its text."""
    agree(write_json(write_draft(data.draw(strategies.drafts(operation)))))


@settings(max_examples=scaled(500))
@given(mutated())
def test_mutated_documents_are_read_alike(text: str) -> None:
    """A document with strange values, keys that are gone, new, renamed or doubled, is read and judged alike."""
    agree(text)


@settings(max_examples=scaled(200))
@given(st.one_of(garbled(), st.binary(), st.text()))
def test_any_text_is_read_alike(text: str | bytes) -> None:
    """Any text and any bytes are read and judged alike."""
    agree(text)


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


def test_bytes_that_are_no_text() -> None:
    """Bytes that are not UTF-8, a byte order mark, UTF-16 and a lone surrogate are read alike, passed over or not."""
    for bad in (b"\xff", b"\xc0\x80", b"\xed\xa0\x80"):
        for key in (b"name", b"unheardOf"):
            agree(
                json.dumps(EXAMPLES[0])
                .encode()
                .replace(b'"facts": {', b'"facts": {"' + key + b'": "' + bad + b'", ', 1)
            )
            agree(json.dumps(EXAMPLES[0]).encode().replace(b'"facts"', b'"' + key + b'": "' + bad + b'", "facts"', 1))
    text = json.dumps(EXAMPLES[0])
    for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-32"):
        agree(text.encode(encoding))
    agree(text.replace('"facts": {', '"facts": {"x": "\ud800", ', 1))


def test_long_documents() -> None:
    """Documents around the caps of a part, and of what stands around the parts, are read alike."""
    for size in (1, 100, 1_000, 9_999, 10_000, 10_001):
        example = json.loads(json.dumps(EXAMPLES[0]))
        lines = example["request"]["lineItems"]
        example["request"]["lineItems"] = [lines[0]] * size
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


@pytest.mark.parametrize("example", EXAMPLES)
def test_bodies_are_read_alike(example: dict[str, Any]) -> None:
    """The raw body of every valid example is admitted with its facts, and read and judged alike; a strange one too."""
    operation, target = example["operation"], example.get("target", {}).get("id")
    facts = read_draft(example).facts
    body = json.dumps(example["request"])
    assert agree_on_body(operation, body, facts, target)
    assert agree_on_body(operation, body.encode(), facts, target)
    for strange in ("", " ", "[]", '{"unheardOf": 1}', body.replace("{", '{"id": 1.5,', 1), "\ud800"):
        agree_on_body(operation, strange, facts, target)


def test_body_for_no_operation_or_target() -> None:
    """Without an operation, a needed target or facts that can be read, a body is left to the detailed way."""
    facts = read_draft(EXAMPLES[0]).facts
    assert quick_body("session.sing", "{}", facts, None) is None
    assert quick_body(["session.expire"], "{}", facts, None) is None
    assert quick_body("session.expire", "{}", facts, None) is None
    assert quick_body("session.expire", "{}", facts, 5) is None
    assert quick_body("session.expire", "{}", facts, "x" * 100_001) is None
    assert quick_body("session.expire", "{}", {}, "cs_1") is None
    assert quick_body("session.expire", 5, facts, "cs_1") is None


def test_door_of_another_operation() -> None:
    """A document of another door's operation is refused, however quickly it is read."""
    price = next(example for example in EXAMPLES if example["operation"] == "price.create")
    with pytest.raises(DraftError, match="has a door of its own"):
        validate_session(json.dumps(price))
    assert validate_session(json.dumps(EXAMPLES[0])).accepted


def test_secrets_do_not_show() -> None:
    """Neither a draft that was read quickly nor a part of it shows a value."""
    draft = quick_draft(json.dumps({**EXAMPLES[0], "id": "hush"}))
    assert draft is not None
    assert "hush" not in repr(draft)
    assert repr(draft.facts) == "<Facts>"


def test_quick_draft_cannot_be_changed() -> None:
    """What was read quickly is as frozen as the models."""
    draft = quick_draft(json.dumps(EXAMPLES[0]))
    assert draft is not None
    with pytest.raises(AttributeError):
        draft.facts.livemode = True  # type: ignore[misc]  # that is the point


@pytest.mark.usefixtures("_without_msgspec")
def test_without_msgspec() -> None:
    """Without the extra, nothing is read quickly, and every shipped draft has the same verdict."""
    for path in SHIPPED:
        text = path.read_bytes()
        assert quick_draft(text) is None
        assert outcome(partial(ENGINE.validate, text)) == outcome(partial(detailed, text))
    facts = read_draft(EXAMPLES[0]).facts
    assert quick_body("session.create", json.dumps(EXAMPLES[0]["request"]), facts, None) is None
    assert ENGINE.validate_body("session.create", json.dumps(EXAMPLES[0]["request"]), facts).accepted


def test_old_msgspec_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """A msgspec that is too old, or names no version, is left alone: a host may have it for its own ends."""
    msgspec = pytest.importorskip("msgspec")
    for version in ("0.18.6", "unknown"):
        decoders.cache_clear()
        monkeypatch.setattr(msgspec, "__version__", version)
        assert quick_draft(json.dumps(EXAMPLES[0])) is None
    decoders.cache_clear()


def test_refused_request_stays_refused() -> None:
    """What `read_draft` made of a request that does not parse is judged as it is."""
    refused = read_draft({**EXAMPLES[0], "request": []})
    assert isinstance(refused, RefusedRequest)
    assert ENGINE.validate(refused).codes == ("invalid_request",)
