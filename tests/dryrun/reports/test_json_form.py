"""Reports for programs: a JSON object with a published schema, and JSON Lines."""

import copy
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from rules_engine.dryrun.document import json_report, jsonl_report, read_report, report_schema
from rules_engine.dryrun.replay import replay
from rules_engine.dryrun.report import Report
from rules_engine.wire.json_text import read_json, write_json
from tests.dryrun.histories import shipped_documents, strict_task
from tests.dryrun.samples import SYNTHETIC, history, random_histories, random_tasks
from tests.house.source import ROOT
from tests.profiles import scaled

SCHEMA = report_schema()
VALIDATOR = Draft202012Validator(SCHEMA)


def shipped() -> Report:
    """Report on the shipped drafts, with one that is none."""
    return replay(history(*shipped_documents(), None), strict_task(by_merchant=True))


def test_is_a_schema() -> None:
    """It is a schema of the draft that it names."""
    Draft202012Validator.check_schema(SCHEMA)


def test_the_published_schema_is_fresh() -> None:
    """The committed file is what the library gives today: `rules-engine dry-run --schema` writes it."""
    assert (ROOT / "docs" / "dry-run-report.schema.json").read_text("utf-8") == write_json(SCHEMA, indent=2) + "\n"


@settings(max_examples=scaled(30))
@given(random_tasks(), random_histories())
def test_admits_what_is_written(task: Any, records: Any) -> None:
    """Every report of a run fits, verdicts and exemplars included."""
    VALIDATOR.validate(json.loads(json_report(replay(records, task))))


@given(SYNTHETIC)
def test_admits_what_can_be_held(report: Report) -> None:
    """Everything that a report can hold fits."""
    VALIDATOR.validate(json.loads(json_report(report)))


def test_the_shipped_drafts() -> None:
    """The report of the shipped drafts fits, ends with a newline, and reads back as the same report."""
    text = json_report(shipped())
    VALIDATOR.validate(json.loads(text))
    assert text.endswith("}\n")
    assert read_report(read_json(text, largest=len(text))) == shipped()


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in entries:
        if key not in ("document", "evidence"):
            yield from _places(item, (*path, key))


WHOLE = json.loads(json_report(replay(history(*list(shipped_documents())[::15], None), strict_task(sample=1))))
PLACES = [path for path in _places(WHOLE) if isinstance(path[-1], str) or len(path) > 1]
BY_NAME = list({tuple(part for part in path if isinstance(part, str)): path for path in PLACES}.values())
"""One place for each name that a report has."""


@pytest.mark.parametrize("path", BY_NAME, ids=lambda path: "/".join(map(str, path)))
def test_refuses_what_is_changed(path: tuple[Any, ...]) -> None:
    """A value of a type that stands nowhere, in any place, is refused."""
    document = copy.deepcopy(WHOLE)
    parent = document
    for part in path[:-1]:
        parent = parent[part]
    parent[path[-1]] = 1.5
    assert not VALIDATOR.is_valid(document)


@pytest.mark.parametrize("name", WHOLE)
def test_everything_is_required(name: str) -> None:
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
        {"groups": {"colour": []}},
        {"operations": {"session.eat": 1}},
        {"lost": [{"place": "x"}]},
        {"codes": [{"code": "a"}]},
        {"baseline": {"name": "x", "digest": "y", "rules": []}},
    ],
)
def test_refuses_what_is_none(changes: dict[str, Any]) -> None:
    """What has another version, more than a report has, or figures that cannot be, is refused."""
    assert not VALIDATOR.is_valid({**WHOLE, **changes})


def test_lines() -> None:
    """Every thing has its line, which says what it is, and together they are what the one object holds."""
    lines = [json.loads(line) for line in jsonl_report(read_report(WHOLE)).splitlines()]
    kinds = Counter(line["kind"] for line in lines)
    assert lines[0]["kind"] == "summary"
    assert lines[0]["changes"] == WHOLE["changes"]
    assert kinds["summary"] == kinds["unreadable"] == 1
    assert kinds["transition"] == len(WHOLE["transitions"])
    assert kinds["code"] == len(WHOLE["codes"])
    assert kinds["group"] == sum(map(len, WHOLE["groups"].values()))
    assert kinds["rule"] == len(WHOLE["rules"])
    shown = [line for line in lines if line["kind"] == "exemplar"]
    assert sum(line["smallest"] for line in shown) == sum(each["smallest"] is not None for each in WHOLE["transitions"])
    assert len(shown) >= len(WHOLE["transitions"]) - 1
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
