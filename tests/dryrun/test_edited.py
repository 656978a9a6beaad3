"""A report document that was edited, or damaged, is read whole or refused where it is wrong."""

import copy
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rules_engine.cli.dry_run.text import text_report
from rules_engine.dryrun.document import ReportDocumentError, json_report, jsonl_report, read_report
from rules_engine.dryrun.replay import replay
from rules_engine.dryrun.report import merge
from rules_engine.dryrun.reports.html.page import html_report
from rules_engine.dryrun.reports.markdown import markdown_report
from tests.dryrun.histories import shipped_documents, strict_task
from tests.dryrun.samples import history
from tests.profiles import scaled

DERIVED = {"complete", "read", "changes", "newly_undecided", "codes", "never_fired"}
"""What a report holds for its readers only: it follows from the rest, and is not read back."""
TEXT = json_report(replay(history(*list(shipped_documents())[::12], None), strict_task(sample=1, by_merchant=True)))
WHOLE = json.loads(TEXT, parse_float=Decimal)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=3) | st.sampled_from((1.5, 10**4299, 1e999)),
    lambda values: st.lists(values, max_size=2) | st.dictionaries(st.text(max_size=3), values, max_size=2),
    max_leaves=3,
)
Path = tuple[str | int, ...]


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in entries:
        if path or key not in DERIVED:
            yield (*path, key)
            yield from _paths(item, (*path, key))


SHOWN = next(number for number, each in enumerate(WHOLE["transitions"]) if each["smallest"])
"""A transition that is shown by a draft."""
PATHS = list(_paths(WHOLE))


def _edited(path: Path, value: Any, how: str) -> Any:
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
@example(("transitions", SHOWN, "smallest", "document"), [1e999], "replaced")
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
        (("transitions", 0, "amounts"), [], "an object at /transitions/0/amounts"),
        (("transitions", 0, "smallest"), {}, "an object with key at /transitions/0/smallest"),
        (("unreadable_samples", 0, "position"), [1], "a list of 2 at /unreadable_samples/0/position"),
        (("transitions", 0, "unpriced"), None, "an integer of at most 400 digits at /transitions/0/unpriced"),
        (("candidate", "digest"), "0" * 63, "a text like ([0-9a-f]{64})? at /candidate/digest"),
        (("transitions", 0, "colour"), 1, "an object without colour at /transitions/0"),
        (("groups", "colour"), [], "one of operation, day, currency, merchant at /groups/colour"),
    ],
)
def test_says_where_and_what(path: Path, value: Any, said: str) -> None:
    """A wrong value is told by what should stand there and by where it is."""
    with pytest.raises(ReportDocumentError) as refused:
        read_report(_edited(path, value, "replaced"))
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


@pytest.mark.parametrize("path", [("transitions", 0), ("rules", 0), ("groups", "operation", 0)])
def test_nothing_counts_twice(path: Path) -> None:
    """Drafts that stand there twice are refused, since one of the two would be lost."""
    with pytest.raises(ReportDocumentError, match="nothing that stands there twice"):
        read_report(_edited(path, None, "doubled"))


def test_a_document_as_deep_as_a_parser_reads() -> None:
    """A draft that is nested beyond what can be written again is refused, and exhausts no stack."""
    deep: Any = 0
    for _ in range(900):
        deep = {"a": deep}
    with pytest.raises(ReportDocumentError, match="finite JSON, nested at most 128 deep at /transitions"):
        read_report(_edited(("transitions", SHOWN, "smallest", "document"), deep, "replaced"))
