"""Reports of parts merge into the report of the whole, however it was cut."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine.dryrun.document import read_report, report_document
from rules_engine.dryrun.history.files import Record
from rules_engine.dryrun.replay import Replay, replay
from rules_engine.dryrun.report import Header, HeadersDifferError, Report, merge
from rules_engine.dryrun.task import Task, task_of
from rules_engine.examples import changed, examples
from rules_engine.wire.json_text import read_json, write_json
from tests.dryrun.samples import DEFAULT, HEADER, SYNTHETIC, history, random_histories, random_tasks, text_of
from tests.profiles import scaled

REFUSED = changed(examples()["create"], {"/request/mode": "none"})


def _merged(*reports: Report) -> Report:
    return merge(HEADER, reports)


@given(SYNTHETIC, SYNTHETIC, SYNTHETIC)
def test_merging_is_associative(first: Report, second: Report, third: Report) -> None:
    """It does not matter which parts are merged first."""
    left = _merged(_merged(first, second), third)
    assert left == _merged(first, _merged(second, third))
    assert text_of(left) == text_of(_merged(first, second, third))


@given(SYNTHETIC, SYNTHETIC)
def test_merging_is_commutative(first: Report, second: Report) -> None:
    """It does not matter in what order parts are done."""
    assert _merged(first, second) == _merged(second, first)
    assert text_of(_merged(first, second)) == text_of(_merged(second, first))


@given(SYNTHETIC)
def test_the_empty_report_changes_nothing(report: Report) -> None:
    """A part without records adds nothing, on either side."""
    empty = Report(HEADER)
    assert _merged(report) == _merged(empty, report) == _merged(report, empty) == report


@given(st.lists(SYNTHETIC, max_size=3))
def test_merging_changes_no_argument(reports: list[Report]) -> None:
    """What is merged stays as it was, even when more is merged into what came of it."""
    before = copy.deepcopy(reports)
    merged = _merged(*reports)
    kept = copy.deepcopy(merged)
    _merged(merged, *reports)
    assert reports == before
    assert merged == kept


def test_reports_of_different_things() -> None:
    """Reports about different policies, or asked for in another way, do not merge."""
    other = Report(Header(HEADER.baseline, HEADER.candidate, seed=1, sample=2, by_merchant=True))
    with pytest.raises(HeadersDifferError):
        merge(HEADER, [other])


@given(SYNTHETIC)
def test_a_report_survives_writing(report: Report) -> None:
    """A report that is written and read again is the same report."""
    text = text_of(report)
    read = read_report(read_json(text, largest=len(text)))
    assert read == report
    assert text_of(read) == text


@settings(max_examples=scaled(60))
@given(st.data())
def test_any_way_of_cutting_a_history(data: st.DataObject) -> None:
    """Records cut into any parts, in any order, give the bytes that one pass over all of them gives."""
    task: Task = data.draw(random_tasks())
    records: list[Record] = data.draw(random_histories())
    whole = replay(records, task)
    parts: list[list[Record]] = [[] for _ in range(data.draw(st.integers(1, 4)))]
    for each in data.draw(st.permutations(records)):
        parts[data.draw(st.integers(0, len(parts) - 1))].append(each)
    merged = merge(task.header, [replay(part, task) for part in parts])
    assert text_of(merged) == text_of(whole)
    assert read_report(read_json(write_json(report_document(whole)), largest=1 << 26)) == whole


@settings(max_examples=scaled(100))
@given(st.data())
def test_any_way_of_sharing_parts(data: st.DataObject) -> None:
    """Workers leave out what earlier parts put behind, and the whole shows the same, whichever of them died."""
    task = task_of(DEFAULT, DEFAULT, sample=data.draw(st.integers(1, 3)))
    names = data.draw(st.lists(st.integers(0, 10**6), unique=True, min_size=8, max_size=16))
    records = history(*({**REFUSED, "id": f"d_{name}", "note": "x" * (name % 7)} for name in names))
    workers = [Replay(task) for _ in range(3)]
    reports = []
    for start in range(0, len(records), 2):
        part = records[start : start + 2]
        first, second = data.draw(st.permutations(workers))[:2]
        if data.draw(st.booleans()):
            first.report_of(part)
        reports.append(second.report_of(part))
    assert text_of(merge(task.header, reports)) == text_of(replay(records, task))
