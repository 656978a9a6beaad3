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
    report_schema,
)
from rules_engine.dryrun.history.files import Record
from rules_engine.dryrun.replay import Replay, replay
from rules_engine.dryrun.report import NOT_JUDGED, Change, Header, HeadersDifferError, Report, merge
from rules_engine.dryrun.reports.html.page import html_report
from rules_engine.dryrun.reports.markdown import markdown_report
from rules_engine.dryrun.task import Task
from rules_engine.examples import changed, examples
from rules_engine.wire.json_text import read_json
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
    """Whatever is put in the place of anything, the report merges and is written, or reader and schema refuse it."""
    document = _edited(path, value, how)
    try:
        report = read_report(document)
    except ReportDocumentError as error:
        assert str(error).startswith("not a report: expected ")  # noqa: PT017  # a report that is read is as good
        beyond_a_schema = any(said in str(error) for said in ("digits", "finite", "twice"))
        assert beyond_a_schema or not VALIDATOR.is_valid(document)
        return
    assert VALIDATOR.is_valid(document)
    merged = merge(report.header, [report, report])
    text_report(merged, io.StringIO(), by=("code", "day"))
    for form in (json_report, jsonl_report, markdown_report, html_report):
        assert form(merged)


PLACES = [path for path in PATHS if not {"document", "evidence"} & {*path[:-1]}]
BY_NAME = list({tuple(part for part in path if isinstance(part, str)): path for path in PLACES}.values())
"""One place for each name that a report has."""


@pytest.mark.parametrize("path", BY_NAME, ids=lambda path: "/".join(map(str, path)))
def test_every_place_has_a_type(path: Path) -> None:
    """In any place, reader and schema refuse a value of a type that stands nowhere."""
    document = _edited(path, 1.5)
    with pytest.raises(ReportDocumentError, match="/".join(map(str, path))):
        read_report(document)
    assert not VALIDATOR.is_valid(document)


@pytest.mark.parametrize("name", WHOLE)
def test_every_part_is_required(name: str) -> None:
    """A report without one of its parts, a figure that follows from the rest included, is none."""
    document = _edited((name,), None, "removed")
    with pytest.raises(ReportDocumentError, match=f"an object with .*{name}"):
        read_report(document)
    assert not VALIDATOR.is_valid(document)


JUDGED = f"one of {', '.join(change.value for change in Change if change not in NOT_JUDGED)}"


def _nested(depth: int) -> dict[str, Any]:
    return {"a": _nested(depth - 1)} if depth else {}


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ([], "an object at its root"),
        ({"path": ("sample",), "value": True}, "an integer of at most 400 digits at /sample"),
        ({"path": ("unreadable",), "value": "7"}, "an integer of at most 400 digits at /unreadable"),
        ({"path": ("unreadable",), "value": -7}, "an integer that is not negative at /unreadable"),
        ({"path": ("by_merchant",), "value": 1}, "true or false at /by_merchant"),
        ({"path": ("format_version",), "value": 2}, "format version 1 at /format_version"),
        ({"path": ("candidate", "rules", 3), "value": None}, "a text at /candidate/rules/3"),
        ({"path": ("candidate", "digest"), "value": "0"}, "a text like ([0-9a-f]{64})? at /candidate/digest"),
        ({"path": ("transitions", 0, "amounts"), "value": []}, "an object at /transitions/0/amounts"),
        ({"path": ("transitions", 0, "smallest"), "value": {}}, "an object with key at /transitions/0/smallest"),
        ({"path": ("transitions", 0, "colour"), "value": 1}, "an object without colour at /transitions/0"),
        (
            {"path": ("unreadable_samples", 0, "position"), "value": []},
            "a list of 2 at /unreadable_samples/0/position",
        ),
        ({"path": ("groups", "colour"), "value": {}}, "one of operation, day, currency, merchant at /groups/colour"),
        (
            {"path": ("groups",), "value": {"day": {"x": {"unreadable": {}}}}},
            f"{JUDGED} at /groups/day/x/unreadable",
        ),
        (
            {"path": ("transitions", 0), "value": None, "how": "doubled"},
            f"no transition that stands there twice at /transitions/{len(WHOLE['transitions'])}",
        ),
        (
            {"path": ("transitions", SHOWN, "smallest", "document"), "value": _nested(900)},
            f"finite JSON, nested at most 128 deep at /transitions/{SHOWN}/smallest/document",
        ),
    ],
)
def test_says_where_and_what(document: Any, said: str) -> None:
    """The error names what should stand there, and where; a document as deep as a parser reads exhausts no stack."""
    with pytest.raises(ReportDocumentError) as refused:
        read_report(_edited(**document) if isinstance(document, dict) else document)
    assert str(refused.value) == f"not a report: expected {said}"
    assert refused.value.pointer == said.rpartition(" ")[2].replace("root", "")


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
    """Records cut into any parts, in any order, give the bytes of one pass, which fit the schema and read back."""
    task: Task = data.draw(random_tasks())
    records: list[Record] = data.draw(random_histories())
    whole = replay(records, task)
    parts: list[list[Record]] = [[] for _ in range(data.draw(st.integers(1, 4)))]
    for each in data.draw(st.permutations(records)):
        parts[data.draw(st.integers(0, len(parts) - 1))].append(each)
    merged = merge(task.header, [replay(part, task) for part in parts])
    assert text_of(merged) == text_of(whole)
    VALIDATOR.validate(json.loads(text_of(whole)))
    assert read_report(read_json(text_of(whole), largest=1 << 26)) == whole


@settings(max_examples=scaled(100))
@given(st.data())
def test_any_way_of_sharing_parts(data: st.DataObject) -> None:
    """Workers leave out what earlier parts put behind, and the whole shows the same, whichever of them died."""
    task = Task(DEFAULT, DEFAULT, sample=data.draw(st.integers(1, 3)))
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


def test_the_shipped_drafts() -> None:
    """The report of the shipped drafts fits, ends with a newline, and reads back as the same report."""
    report = shipped_report()
    text = json_report(report)
    VALIDATOR.validate(json.loads(text))
    assert text.endswith("}\n")
    assert read_report(read_json(text, largest=len(text))) == report


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
