"""A test changes its draft at the places it names, and nowhere else."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from rules_engine.analysis.edits import EditError, with_size, with_value, without

DOCUMENT = {"request": {"lines": [{"price": "a"}, {"price": "b"}], "note": "ab", "none": [], "empty": "", "a/b~c": 1}}


def _at(document: Any, *keys: str | int) -> Any:
    for key in keys:
        document = document[key]
    return document


@pytest.mark.parametrize(
    ("pointer", "value", "expected"),
    [
        ("/request/note", "x", {**DOCUMENT["request"], "note": "x"}),
        ("/request/new", [1, {"a": True}], {**DOCUMENT["request"], "new": [1, {"a": True}]}),
        ("/request/a~1b~0c", 2, {**DOCUMENT["request"], "a/b~c": 2}),
        ("/request/lines/1/price", "c", {**DOCUMENT["request"], "lines": [{"price": "a"}, {"price": "c"}]}),
        ("/request/lines/-", 3, {**DOCUMENT["request"], "lines": [{"price": "a"}, {"price": "b"}, 3]}),
        ("/request/lines/0", 3, {**DOCUMENT["request"], "lines": [3, {"price": "b"}]}),
    ],
)
def test_a_value_is_put(pointer: str, value: Any, expected: dict[str, Any]) -> None:
    """A value takes the place of what stands there, or comes new into an object or to the end of a list."""
    assert with_value(DOCUMENT, pointer, value) == {"request": expected}


def test_the_draft_is_left_alone() -> None:
    """Several tests share a draft: what one of them changes, the others do not see."""
    before = repr(DOCUMENT)
    with_value(DOCUMENT, "/request/lines/0/price", "c")
    without(DOCUMENT, "/request/lines/0")
    with_size(DOCUMENT, "/request/lines", 9)
    assert repr(DOCUMENT) == before


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (1.5, Decimal("1.5")),
        (1e3, Decimal("1000.0")),
        (datetime(2027, 1, 1, tzinfo=timezone(timedelta(hours=2))), "2026-12-31T22:00:00Z"),
        ([{"at": datetime(2027, 1, 1, tzinfo=UTC)}], [{"at": "2027-01-01T00:00:00Z"}]),
        (True, True),
    ],
)
def test_values_of_toml_become_values_of_json(value: Any, plain: Any) -> None:
    """Fractions stay exact, and instants become the texts that drafts have."""
    found = _at(with_value(DOCUMENT, "/request/note", value), "request", "note")
    assert (found, type(found)) == (plain, type(plain))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), date(2027, 1, 1), time(), datetime(2027, 1, 1)])  # noqa: DTZ001  # the very value that is refused
def test_values_that_json_has_not(value: Any) -> None:
    """A number that is none, and what means another instant on another machine, are refused, also within a list."""
    for wrong in (value, [value]):
        with pytest.raises(EditError):
            with_value(DOCUMENT, "/request/note", wrong)


def test_instant_outside_the_calendar() -> None:
    """The first day of the calendar east of Greenwich is no instant of it."""
    with pytest.raises(EditError, match="within the calendar"):
        with_value(DOCUMENT, "/request/note", datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=2))))


@pytest.mark.parametrize(
    ("pointer", "problem"),
    [
        ("request/note", "expected a pointer"),
        ("", "expected a pointer"),
        ("/reqest/note", "nothing stands at reqest"),
        ("/request/lines/2", "nothing stands at 2 of a list of 2"),
        ("/request/lines/01", "nothing stands at 01"),
        ("/request/lines/-1", "nothing stands at -1"),
        ("/request/lines/٣", "nothing stands at ٣"),
        ("/request/lines/-/price", "nothing stands at -"),
        ("/request/note/0", "nothing can stand at 0"),
        ("/a" * 65, "at most 64 parts"),
    ],
)
def test_pointers_that_lead_nowhere(pointer: str, problem: str) -> None:
    """A pointer that does not fit is refused, so that a misspelt one does not test something else."""
    with pytest.raises(EditError, match=problem):
        with_value(DOCUMENT, pointer, 1)


def test_nesting_has_an_end() -> None:
    """A value that is nested more deeply than any draft is refused."""
    value: Any = 1
    for _ in range(64):
        value = [value]
    with pytest.raises(EditError, match="64 levels"):
        with_value(DOCUMENT, "/request/note", value)


def test_something_is_taken_away() -> None:
    """A key or an item is taken away; what is not there is refused."""
    assert _at(without(DOCUMENT, "/request/lines/0"), "request", "lines") == [{"price": "b"}]
    assert "note" not in _at(without(DOCUMENT, "/request/note"), "request")
    for pointer in ("/request/nothing", "/request/lines/-"):
        with pytest.raises(EditError, match="nothing stands at"):
            without(DOCUMENT, pointer)


@pytest.mark.parametrize(
    ("pointer", "size", "expected"),
    [
        ("/request/lines", 3, [{"price": "a"}, {"price": "b"}, {"price": "a"}]),
        ("/request/lines", 1, [{"price": "a"}]),
        ("/request/lines", 0, []),
        ("/request/none", 0, []),
        ("/request/note", 5, "ababa"),
        ("/request/lines/0", 3, {"price": "a", "key0": "", "key1": ""}),
        ("/request/lines/0", 0, {}),
    ],
)
def test_something_gets_another_size(pointer: str, size: int, expected: Any) -> None:
    """A list and a text repeat themselves, an object grows by keys of its own, and all of them are cut at the end."""
    found = with_size(DOCUMENT, pointer, size)
    assert _at(found, *(int(key) if key.isdigit() else key for key in pointer.split("/")[1:])) == expected


def test_an_object_keeps_its_own_keys() -> None:
    """A key that an object has already is not counted twice."""
    document = {"metadata": {"key1": "mine"}}
    assert with_size(document, "/metadata", 3) == {"metadata": {"key1": "mine", "key0": "", "key2": ""}}


@pytest.mark.parametrize(
    ("pointer", "problem"),
    [
        ("/request/none", "is empty"),
        ("/request/empty", "is empty"),
        ("/request/a~1b~0c", "has no size"),
        ("/request/nothing", "nothing stands at"),
    ],
)
def test_sizes_that_nothing_can_have(pointer: str, problem: str) -> None:
    """There must be something to repeat."""
    with pytest.raises(EditError, match=problem):
        with_size(DOCUMENT, pointer, 2)
