"""Documents at another time, and as small as they get."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules_engine import validate
from rules_engine.examples import examples, set_clock
from rules_engine.examples.shrink import KEPT, removable, shrunk, without

NOW = datetime(2031, 2, 3, 4, 5, 6, 7, tzinfo=UTC)


def test_everything_moves() -> None:
    """Every instant moves by one and the same time, and nothing else changes."""
    document = {
        "id": "d_2026-11-22T10:00:00Z",
        "request": {"redeemBy": "2026-11-23T10:00:00+01:00", "list": ["2026-11-22T10:00:00Z", "2026-11-22", 7, None]},
        "facts": {"now": "2026-11-22T10:00:00Z"},
    }
    assert set_clock(document, datetime(2026, 11, 22, 11, tzinfo=UTC)) == {
        "id": "d_2026-11-22T10:00:00Z",
        "request": {"redeemBy": "2026-11-23T10:00:00Z", "list": ["2026-11-22T11:00:00Z", "2026-11-22", 7, None]},
        "facts": {"now": "2026-11-22T11:00:00Z"},
    }


def test_off_the_calendar() -> None:
    """An instant that would leave the calendar cannot be moved."""
    document = {"request": {"expiresAt": "9999-12-31T00:00:00Z"}, "facts": {"now": "2026-11-22T10:00:00Z"}}
    with pytest.raises(ValueError, match="outside the calendar"):
        set_clock(document, NOW)


SIGNED = {name for name, example in examples().items() if "signature" in example["request"]}


@pytest.mark.parametrize("name", sorted(set(examples()) - SIGNED))
def test_examples_stay_accepted(name: str) -> None:
    """A valid example that is not signed is accepted at any other time."""
    moved = set_clock(examples()[name], NOW)
    assert validate(moved).accepted


NAMES = st.sampled_from(("version", "id", "operation", "a", "b", "c"))
VALUES = st.recursive(
    st.integers(0, 9), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3)
)
DOCUMENTS = st.dictionaries(NAMES, VALUES, max_size=5)


def _numbers(value: Any) -> int:
    if isinstance(value, int):
        return value
    return sum(map(_numbers, value.values() if isinstance(value, dict) else value))


@given(DOCUMENTS, st.integers(0, 30))
def test_smallest(document: dict[str, Any], least: int) -> None:
    """What comes out holds, lost nothing that is kept, and without any one thing more it does not hold."""

    def holds(candidate: Mapping[str, Any]) -> bool:
        return _numbers(dict(candidate)) >= min(least, _numbers(document))

    small = shrunk(document, holds)
    assert holds(small)
    assert {path for path in KEPT if path[0] in document} == {path for path in KEPT if path[0] in small}
    assert not any(holds(without(small, path)) for path in removable(small))


@given(DOCUMENTS)
def test_nothing_is_changed_in_place(document: dict[str, Any]) -> None:
    """The document that is shrunk stays as it is."""
    before = repr(document)
    shrunk(document, lambda _: True)
    assert repr(document) == before


def test_outside_in() -> None:
    """An outer key is tried before what is within it, and of two neighbours that could each go the later one goes."""
    tried: list[Any] = []

    def holds(candidate: Mapping[str, Any]) -> bool:
        tried.append(candidate)
        return "a" in candidate or "b" in candidate

    assert shrunk({"a": {"x": 1, "y": 2}, "b": [1]}, holds) == {"a": {}}
    assert tried[:4] == [{"a": {"x": 1, "y": 2}}, {}, {"a": {"x": 1}}, {"a": {}}]


def test_removable() -> None:
    """Keys and items at every depth can go, but for the three that every document keeps."""
    document = {"version": 1, "id": "d", "operation": "o", "request": {"id": 1, "lines": [{"id": 2}]}}
    assert removable(document) == [
        ("request",),
        ("request", "id"),
        ("request", "lines"),
        ("request", "lines", 0),
        ("request", "lines", 0, "id"),
    ]
