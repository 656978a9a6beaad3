"""The JSON of a report: read whole or refused where it is wrong, merged in any order, described by its schema."""

import copy
import io
import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from rules_engine.cli.dry_run.text import text_report
from rules_engine.dryrun.document import (
    ReportDocumentError,
    json_report,
    jsonl_report,
    read_report,
    report_document,
    report_schema,
)
from rules_engine.dryrun.history.files import Record
from rules_engine.dryrun.replay import Replay, replay
from rules_engine.dryrun.report import Header, HeadersDifferError, Report, merge
from rules_engine.dryrun.reports.html.page import html_report
from rules_engine.dryrun.reports.markdown import markdown_report
from rules_engine.dryrun.task import Task, task_of
from rules_engine.examples import changed, examples
from rules_engine.wire.json_text import read_json, write_json
from tests.dryrun.samples import (
    DEFAULT,
    HEADER,
    SYNTHETIC,
    history,
    random_histories,
    random_tasks,
    shipped_documents,
    shipped_report,
    strict_task,
    text_of,
)
from tests.profiles import scaled

Path = tuple[str | int, ...]
REFUSED = changed(examples()["create"], {"/request/mode": "none"})
DERIVED = {"complete", "read", "changes", "newly_undecided", "codes", "never_fired"}
"""What a report holds for its readers only: it follows from the rest, and is computed again."""
TEXT = json_report(replay(history(*list(shipped_documents())[::12], None), strict_task(sample=1, by_merchant=True)))
WHOLE = json.loads(TEXT, parse_float=Decimal)
SHOWN = next(number for number, each in enumerate(WHOLE["transitions"]) if each["smallest"])
"""A transition that is shown by a draft."""
SCHEMA = report_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=3) | st.sampled_from((1.5, 10**4299, 1e999)),
    lambda values: st.lists(values, max_size=2) | st.dictionaries(st.text(max_size=3), values, max_size=2),
    max_leaves=3,
)


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in entries:
        if path or key not in DERIVED:
            yield (*path, key)
            yield from _paths(item, (*path, key))


PATHS = list(_paths(WHOLE))


def _edited(path: Path, value: Any, how: str = "replaced") -> Any:
    document = copy.deepcopy(WHOLE)
    parent: Any = document
    for part in path[:-1]:
        parent = parent[part]
    key = path[-1]
    if how == "removed":
        del parent[key]
    elif how == "doubled" and isinstance(key, int):
        parent.append(copy.deepcopy(parent[key]))
    elif how == "renamed" and isinstance(key, str):
        parent[str(value)] = parent.pop(key)
    else:
        parent[key] = value
    return document


@settings(max_examples=scaled(300))
@given(st.sampled_from(PATHS), VALUES, st.sampled_from(("replaced", "replaced", "removed", "doubled", "renamed")))
@example(("unreadable",), 10**4299, "replaced")
@example(("transitions", SHOWN, "smallest", "document", "id"), [1e999], "replaced")
def test_read_whole_or_refused(path: Path, value: Any, how: str) -> None:
    """Whatever is put in the place of anything, the report merges and is written in every form, or is refused."""
    try:
        report = read_report(_edited(path, value, how))
    except ReportDocumentError as error:
        assert str(error).startswith("not a report: expected ")  # noqa: PT017  # a report that is read is as good
        return
    merged = merge(report.header, [report, report])
    text_report(merged, io.StringIO(), by=("code", "day"))
    for form in (json_report, jsonl_report, markdown_report, html_report):
        assert form(merged)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("sample",), "x", "an integer of at most 400 digits at /sample"),
        (("sample",), True, "an integer of at most 400 digits at /sample"),
        (("unreadable",), "7", "an integer of at most 400 digits at /unreadable"),
        (("unreadable",), -7, "an integer that is not negative at /unreadable"),
        (("by_merchant",), 1, "true or false at /by_merchant"),
        (("format_version",), 2, "format version 1 at /format_version"),
        (("format_version",), True, "an integer of at most 400 digits at /format_version"),
        (("candidate", "rules", 3), None, "a text at /candidate/rules/3"),
        (("candidate", "digest"), "0" * 63, "a text like ([0-9a-f]{64})? at /candidate/digest"),
        (("transitions", 0, "amounts"), [], "an object at /transitions/0/amounts"),
        (("transitions", 0, "smallest"), {}, "an object with key at /transitions/0/smallest"),
        (("transitions", 0, "colour"), 1, "an object without colour at /transitions/0"),
        (("unreadable_samples", 0, "position"), [1], "a list of 2 at /unreadable_samples/0/position"),
        (("groups", "colour"), {}, "one of operation, day, currency, merchant at /groups/colour"),
    ],
)
def test_says_where_and_what(path: Path, value: Any, said: str) -> None:
    """A wrong value is told by what should stand there and by where it is."""
    with pytest.raises(ReportDocumentError) as refused:
        read_report(_edited(path, value))
    assert str(refused.value) == f"not a report: expected {said}"
    assert refused.value.pointer == said.rpartition(" ")[2]


@pytest.mark.parametrize("path", [("format_version",), ("never_fired", "baseline"), ("transitions", 0, "drafts")])
def test_nothing_may_be_missing(path: Path) -> None:
    """What a report always has is missed, a figure that would count as none included."""
    with pytest.raises(ReportDocumentError, match=f"an object with .*{path[-1]}"):
        read_report(_edited(path, None, "removed"))


@pytest.mark.parametrize("document", [None, [], "report", 7])
def test_what_is_no_object(document: Any) -> None:
    """What is no object is no report."""
    with pytest.raises(ReportDocumentError, match="an object at its root"):
        read_report(document)


def test_nothing_counts_twice() -> None:
    """Drafts that stand there twice are refused, since one of the two would be lost."""
    with pytest.raises(ReportDocumentError, match="no transition that stands there twice at /transitions/"):
        read_report(_edited(("transitions", 0), None, "doubled"))


def test_a_document_as_deep_as_a_parser_reads() -> None:
    """A draft that is nested beyond what can be written again is refused, and exhausts no stack."""
    deep: Any = 0
    for _ in range(900):
        deep = {"a": deep}
    with pytest.raises(ReportDocumentError, match="finite JSON, nested at most 128 deep at /transitions"):
        read_report(_edited(("transitions", SHOWN, "smallest", "document"), deep))


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
    assert (reports, merged) == (before, kept)


def test_reports_of_different_things() -> None:
    """Reports about different policies, or asked for in another way, do not merge."""
    other = Report(Header(HEADER.baseline, HEADER.candidate, seed=1, sample=2, by_merchant=True))
    with pytest.raises(HeadersDifferError):
        merge(HEADER, [other])


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


@given(SYNTHETIC)
def test_a_report_survives_writing(report: Report) -> None:
    """A report that is written fits the schema, and read again it is the same report."""
    text = text_of(report)
    VALIDATOR.validate(json.loads(text))
    read = read_report(read_json(text, largest=len(text)))
    assert read == report
    assert text_of(read) == text


@settings(max_examples=scaled(30))
@given(random_tasks(), random_histories())
def test_the_schema_admits_what_is_written(task: Any, records: Any) -> None:
    """Every report of a run fits, verdicts and exemplars included."""
    Draft202012Validator.check_schema(SCHEMA)
    VALIDATOR.validate(json.loads(json_report(replay(records, task))))


def test_the_shipped_drafts() -> None:
    """The report of the shipped drafts fits, ends with a newline, and reads back as the same report."""
    report = shipped_report()
    text = json_report(report)
    VALIDATOR.validate(json.loads(text))
    assert text.endswith("}\n")
    assert read_report(read_json(text, largest=len(text))) == report


PLACES = [path for path in PATHS if not {"document", "evidence"} & {*path[:-1]}]
BY_NAME = list({tuple(part for part in path if isinstance(part, str)): path for path in PLACES}.values())
"""One place for each name that a report has."""


@pytest.mark.parametrize("path", BY_NAME, ids=lambda path: "/".join(map(str, path)))
def test_the_schema_refuses_what_is_changed(path: Path) -> None:
    """A value of a type that stands nowhere, in any place, is refused."""
    assert not VALIDATOR.is_valid(_edited(path, 1.5))


@pytest.mark.parametrize("name", WHOLE)
def test_the_schema_requires_everything(name: str) -> None:
    """A report without one of its parts is none."""
    assert not VALIDATOR.is_valid({key: value for key, value in WHOLE.items() if key != name})


@pytest.mark.parametrize(
    "changes",
    [
        {"format_version": 2},
        {"format_version": "1"},
        {"more": 1},
        {"read": -1},
        {"complete": None},
        {"changes": {}},
        {"newly_undecided": None},
        {"changes": {**WHOLE["changes"], "shadowed": {"drafts": 0, "amounts": {}, "unpriced": 0}}},
        {"groups": {"colour": {}}},
        {"operations": {"session.eat": 1}},
        {"rules": {"baseline": {"eaten": {}}}},
        {"lost": [{"place": "x"}]},
        {"codes": [{"code": "a"}]},
        {"baseline": {"name": "x", "digest": "y", "rules": []}},
    ],
)
def test_the_schema_refuses_what_is_none(changes: dict[str, Any]) -> None:
    """What has another version, more than a report has, or figures that cannot be, is refused."""
    assert not VALIDATOR.is_valid({**WHOLE, **changes})


def test_lines() -> None:
    """Every thing has its line, which says what it is, and together they are what the one object holds."""
    lines = [json.loads(line) for line in jsonl_report(read_report(WHOLE)).splitlines()]
    kinds = Counter(line["kind"] for line in lines)
    assert (lines[0]["kind"], lines[0]["changes"]) == ("summary", WHOLE["changes"])
    assert kinds["summary"] == kinds["unreadable"] == 1
    assert kinds["transition"] == len(WHOLE["transitions"])
    assert kinds["code"] == len(WHOLE["codes"])
    assert kinds["group"] == sum(map(len, WHOLE["groups"].values()))
    assert kinds["rule"] == sum(len(rules) for uses in WHOLE["rules"].values() for rules in uses.values())
    shown = [line for line in lines if line["kind"] == "exemplar"]
    assert sum(line["smallest"] for line in shown) == sum(each["smallest"] is not None for each in WHOLE["transitions"])
    for transition in WHOLE["transitions"]:
        own = [line for line in shown if line["transition"]["before"] == transition["before"]]
        assert {line["place"] for line in own} >= {each["place"] for each in transition["exemplars"]}


@given(SYNTHETIC)
def test_lines_of_any_report(report: Report) -> None:
    """Each line is one JSON object in ASCII, whatever text stands in it."""
    text = jsonl_report(report)
    assert text.isascii()
    assert text.endswith("\n")
    assert all(json.loads(line)["kind"] for line in text.splitlines())
