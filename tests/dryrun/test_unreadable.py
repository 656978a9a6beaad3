"""No record stops a run or is lost: what cannot be read or judged is counted, and shown with its place."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules_engine.dryrun.history.files import Record
from rules_engine.dryrun.replay import BothSides, replay
from rules_engine.dryrun.report import Change, merge
from rules_engine.dryrun.task import task_of
from rules_engine.examples import REMOVED, changed, examples
from tests.dryrun.samples import DEFAULT, history

CLEAN = examples()["create"]
BOTH = task_of(DEFAULT, DEFAULT)


@pytest.mark.parametrize(
    ("document", "problem", "pointer"),
    [
        (None, "not JSON", None),
        (b"{", "not JSON: Expecting property name enclosed in double quotes at line 1, column 2", ""),
        (b"", "not JSON: Expecting value at line 1, column 1", ""),
        (b"\xff", "not JSON: not utf-8 text at byte 0", ""),
        (b"[" * 100_000, "not readable: expected at most 64 levels of nesting", ""),
        (b"[]", "expected an object", ""),
        (changed(CLEAN, {"/version": 2}), "expected the version of the document, 1", "/version"),
        (changed(CLEAN, {"/facts/now": "today"}), "expected", "/facts/now"),
        (changed(CLEAN, {"/facts/now": "0001-01-01T00:00:00+10:00"}), "expected", "/facts/now"),
        (changed(CLEAN, {"/facts": REMOVED}), "expected", "/facts"),
    ],
)
def test_what_is_no_draft(document: Any, problem: str, pointer: str | None) -> None:
    """It is counted, and shown with its place and what is wrong."""
    report = replay(history(CLEAN, document, CLEAN), BOTH)
    assert (report.read, report.unreadable) == (3, 1)
    assert report.changes[Change.UNREADABLE].drafts == 1
    (sample,) = report.unreadable_samples
    assert (sample.place, sample.pointer) == ("history.jsonl:2", pointer)
    assert sample.problem.startswith(problem)


def test_the_first_are_shown() -> None:
    """As many as are asked for, by file and by position, not by how a position is written."""
    task = task_of(DEFAULT, DEFAULT, sample=3)
    first = replay([Record("a:7", None, position=(7, 0))], task, file="a")
    records = [Record(f"b:{line}", None, position=(line, 0)) for line in (12, 2, 1)]
    report = merge(task.header, [replay(records, task, file="b"), first])
    assert [sample.place for sample in report.unreadable_samples] == ["a:7", "b:1", "b:2"]
    assert {sample.problem for sample in report.unreadable_samples} == {"cannot be read"}
    assert replay(records, task_of(DEFAULT, DEFAULT, sample=0)).unreadable_samples == []


def test_what_cannot_be_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever goes wrong while a draft is judged, the others are; only the type of the error is told."""

    def explode(*_: object) -> None:
        raise ZeroDivisionError("sk_live_0123456789")

    monkeypatch.setattr(BothSides, "judge", explode)
    report = replay(history(CLEAN, examples()["create_guest"]), BOTH)
    assert report.unreadable == 2
    assert {sample.problem for sample in report.unreadable_samples} == {"cannot be judged: ZeroDivisionError"}


def test_missing_facts() -> None:
    """A draft that lacks facts is undecided, and the kinds of facts it lacks are counted once each."""
    report = replay(history(changed(CLEAN, {"/facts/prices": REMOVED, "/facts/merchant": REMOVED})), BOTH)
    assert report.changes[Change.UNDECIDED].drafts == 1
    assert {"prices", "merchant"} <= set(report.missing_facts)
    assert set(report.missing_facts.values()) == {1}


def test_a_request_that_does_not_parse() -> None:
    """It is refused by the wire: a transition without an amount, of an operation whose rules were not asked."""
    report = replay(history({**CLEAN, "request": []}), BOTH)
    (transition,) = report.transitions.values()
    assert list(report.transitions) == [(("invalid_request",), ("invalid_request",))]
    assert (transition.tally.unpriced, transition.tally.amounts) == (1, {})
    assert report.operations == {}
    assert report.uses == {}


@given(st.lists(st.binary(max_size=40) | st.recursive(st.none() | st.text(), st.lists).map(str), max_size=5))
def test_any_bytes(texts: list[Any]) -> None:
    """Of any bytes, every record is counted."""
    records = history(*(text if isinstance(text, bytes) else text.encode("utf-8", "replace") for text in texts))
    report = replay(records, BOTH)
    assert report.unreadable == report.read == len(records)
