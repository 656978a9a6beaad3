"""What the two ways of reading are compared by: equal values all the way down, and documents that are almost valid."""

import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any, Final, TypeVar
from unittest.mock import patch

import attrs
import msgspec
from hypothesis import strategies as st

from rules_engine import (
    Draft,
    DraftError,
    Engine,
    FactKey,
    Verdict,
    read_draft,
    required_facts,
    write_draft,
    write_json,
)
from rules_engine.examples import examples
from rules_engine.models import Facts
from rules_engine.path import Path
from rules_engine.wire.read import Document, read_body
from rules_engine.wire.report import verdict_document

T = TypeVar("T")

ENGINE: Final = Engine()
SHIPPED: Final = tuple(examples().values())
"""The valid examples of every operation, many with keys that no model knows: as the API returns its objects."""
KNOWN: Final = tuple(json.loads(write_json(write_draft(read_draft(example)))) for example in SHIPPED)
"""The same, with no other keys than those of the models: nothing in them is passed over."""
EXAMPLES: Final = (*SHIPPED, *KNOWN)

DEEP: Final = "[" * 70 + "]" * 70
STRANGE: Final[tuple[str, ...]] = (
    *("null", "true", "false", "0", "1", "-1", "-0", "1.0", "1.50", "0.1", "1e2", "1E+2", "1e999", "-1e-999", "1e0005"),
    *("1" * 400, "1" * 401, "0." + "1" * 399, "0." + "1" * 401, str(2**63), str(2**64), str(-(2**63) - 1)),
    *('""', '"x"', '"1"', '"1.5"', '"+1"', '"-0.0"', '" 1"', '"1_0"', '"1e5"', '"NaN"', '"inf"', '"\u0661"', '"1."'),
    *('"2026-11-22T10:00:00Z"', '"2026-11-22t10:00:00z"', '"2026-11-22 10:00:00Z"', '"2026-11-22T10:00:00"'),
    *('"2026-11-22T10:00:00+02:00"', '"2026-11-22T10:00:00+0200"', '"2026-11-22T10:00:00.1234567Z"'),
    *('"2026-11-22T10:00:00.9999999Z"', '"2026-11-22T24:00:00Z"', '"2026-11-22T10:00:60Z"', '"2026-11-22"'),
    *('"0001-01-01T00:00:00+01:00"', '"9999-12-31T23:59:59-01:00"', '"2026-11-22T10:00:00\\u005a"', "1763805600"),
    *("[]", "{}", "[[]]", '[{}, ""]', '{"": null}', '{"a": 1.50, "a": [2]}', '{"a": {"b": {"c": [1, null, true]}}}'),
    *(
        DEEP,
        f'{{"a": {DEEP}}}',
        "[" * 40 + "1" + "]" * 40,
        f'["]", {DEEP}, "["]',
        f'["\\\\", {DEEP}, "\\""]',
        f'["\\"", {DEEP}, "\\""]',
    ),
    *(
        '"https://a.example/x?y={Z}"',
        '"http://[::1]:1/"',
        '"https://a.example:99999"',
        '"https:///x"',
        '"a:b"',
        '"a b"',
    ),
    *('"mona@example.com"', '"#abc"', f'"{"0" * 64}"', '"EGP"', '"egp"', '"session.create"', '"card"', '"CUSTOM"'),
    *('"\\ud800"', '"\\ud83d\\ude00"', '"\u0634"', '"\\u0000"', '"\\x"', '"\t"', "NaN", "Infinity", "01", "1.", "[1,]"),
    *("0.0", "-1.5", '"0"', '"-1"'),
    *(f'"{"x" * 100_000}"', f'"{"x" * 100_001}"', f"[{'0,' * 10_000}0]", f"[{'0,' * 9_999}0]"),
)
"""Texts to stand for a value: of each JSON type, at the edges of formats and limits, and some that are not JSON."""


class Verbatim(str):
    """A text to be written into a document as it is."""

    __slots__ = ()


def written(value: Any) -> str:
    """Write a document whose verbatim texts, and keys that stand twice, `json` would not write."""
    if isinstance(value, Verbatim):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {written(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return json.dumps(value)


def containers(value: Any) -> Iterator[Any]:
    """Walk the objects and arrays of a document."""
    if isinstance(value, dict | list):
        if value:
            yield value
        for item in value.values() if isinstance(value, dict) else value:
            yield from containers(item)


def _replace(draw: st.DrawFn, container: Any) -> None:
    key = _key(draw, container)
    container[key] = Verbatim(draw(st.sampled_from(STRANGE)))


def _delete(draw: st.DrawFn, container: Any) -> None:
    del container[_key(draw, container)]


def _add(draw: st.DrawFn, container: Any) -> None:
    if isinstance(container, list):
        container.append(container[0])
    else:
        container["unheardOf"] = Verbatim(draw(st.sampled_from(STRANGE)))


def _rename(draw: st.DrawFn, container: Any) -> None:
    if isinstance(container, dict):
        key = _key(draw, container)
        container[draw(st.sampled_from([key.upper(), key.lower(), f" {key}", "id"]))] = container.pop(key)


def _double(draw: st.DrawFn, container: Any) -> None:
    if isinstance(container, dict):
        key = _key(draw, container)
        doubled = Verbatim(f"{written(container[key])}, {json.dumps(key)}: {draw(st.sampled_from(STRANGE))}")
        container[key] = doubled


def _key(draw: st.DrawFn, container: Any) -> Any:
    return draw(st.sampled_from(list(container) if isinstance(container, dict) else range(len(container))))


def _exchange(draw: st.DrawFn, container: Any) -> None:
    other = draw(st.sampled_from(list(containers(draw(st.sampled_from(EXAMPLES))))))
    container[_key(draw, container)] = json.loads(json.dumps(other))  # a later change must not reach the example


CHANGES: Final[tuple[Callable[[st.DrawFn, Any], None], ...]] = (
    *(_replace, _replace, _delete, _add, _rename, _double, _exchange),
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Draw the text of a valid example with one to three changes, each anywhere in it."""
    document = json.loads(json.dumps(draw(st.sampled_from(EXAMPLES))))
    for _ in range(draw(st.integers(1, 3))):
        places = list(containers(document))
        if places:
            draw(st.sampled_from(CHANGES))(draw, draw(st.sampled_from(places)))
    return written(document)


@st.composite
def garbled(draw: st.DrawFn) -> bytes:
    """Draw the text of a valid example with some bytes cut out, written over or put in."""
    text = bytearray(json.dumps(draw(st.sampled_from(EXAMPLES))), "utf-8")
    pieces = st.sampled_from([b'"', b"[", b"{", b"0", b"1e9", b"null", b"\\ud800", b"-"])
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        text[start : start + draw(st.integers(0, 6))] = draw(st.binary(max_size=3) | pieces)
    return bytes(text)


def is_quick(draft: Draft[Any]) -> bool:
    """Return whether a draft was read into structs."""
    return isinstance(draft.request, msgspec.Struct)


def in_detail(read: Callable[[], T]) -> T:
    """Read as if msgspec was not there."""
    with patch("rules_engine.wire.read._structs", return_value=None):
        return read()


def outcome(ask: Callable[[], Verdict | tuple[FactKey, ...]]) -> str:
    """Return all there is in an answer, a verdict, facts or an error, as text; no rule may raise."""
    try:
        verdict = ask()
    except DraftError as error:
        return f"{type(error).__name__} {error.pointer} {error}"
    if isinstance(verdict, tuple):
        return " ".join(map(str, verdict))
    assert verdict.faults == ()
    return write_json([verdict_document(verdict), verdict.error_response(request_id="req_1")])


def agree(document: Document) -> bool:
    """Check that a document is read and judged alike in both ways, and return whether it is read quickly."""
    for ask in (partial(ENGINE.validate, document), partial(required_facts, document)):
        assert outcome(ask) == in_detail(partial(outcome, ask))
    return _read_alike(partial(read_draft, document))


def agree_on_body(operation: str, body: str | bytes, facts: Facts | dict[str, Any], target: str | None) -> bool:
    """Check the same of a body, with facts as a model or as plain values."""
    judge = partial(ENGINE.validate_body, operation, body, facts, target=target)
    assert outcome(judge) == in_detail(partial(outcome, judge))
    return _read_alike(partial(read_body, operation, body, facts, target))


def _read_alike(read: Callable[..., Draft[Any]]) -> bool:
    try:
        quick = read(models=False)
    except DraftError:
        return False
    detailed = in_detail(read)
    assert difference(quick, detailed) is None
    assert difference(read(), detailed) is None
    assert read() == detailed
    return is_quick(quick)


def difference(quick: Any, detailed: Any, path: Path = ()) -> Path | None:
    """Return where two drafts, or parts of them, have different values; None where they have equal ones."""
    if attrs.has(type(detailed)):
        if not isinstance(quick, type(detailed)):
            return path
        names = [field.name for field in attrs.fields(type(detailed))]
        parts = [(name, getattr(quick, name), getattr(detailed, name)) for name in names]
    elif isinstance(detailed, Mapping):
        if not isinstance(quick, Mapping) or list(quick) != list(detailed):
            return path
        parts = [(key, quick[key], detailed[key]) for key in detailed]
    elif isinstance(detailed, tuple | list):
        if type(quick) is not type(detailed) or len(quick) != len(detailed):
            return path
        parts = [(index, quick[index], item) for index, item in enumerate(detailed)]
    else:
        return None if _is_same(quick, detailed) else path
    found = (difference(ours, theirs, (*path, name)) for name, ours, theirs in parts)
    return next((place for place in found if place is not None), None)


def _is_same(quick: Any, detailed: Any) -> bool:
    if isinstance(detailed, Decimal):
        return type(quick) is Decimal and quick.as_tuple() == detailed.as_tuple()
    return type(quick) is type(detailed) and quick == detailed
