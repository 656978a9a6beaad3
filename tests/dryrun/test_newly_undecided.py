"""What a candidate newly leaves undecided is told: nobody is refused by it, and nobody gets through."""

from datetime import UTC, datetime
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

from rules_engine import default_policy
from rules_engine.dryrun.document import read_report, report_document
from rules_engine.dryrun.replay import replay
from rules_engine.dryrun.report import Answer, Change, Report, Tally, Transition
from rules_engine.dryrun.reports.wording import headline
from rules_engine.dryrun.task import Policies, task_of
from rules_engine.examples import examples
from rules_engine.policy.policy_set import Versions
from tests.dryrun.samples import DEFAULT, HEADER, SYNTHETIC, history

CLEAN = examples()["create"]
ENDED = Policies("ended", Versions((evolve(default_policy(), effective_until=datetime(2001, 1, 1, tzinfo=UTC)),)))


def test_policies_whose_window_ended() -> None:
    """A candidate that applies no longer leaves every decided draft newly undecided, and the first line says so."""
    report = replay(history(CLEAN, CLEAN), task_of(ENDED, DEFAULT))
    assert report.newly_undecided.drafts == 2
    assert report.newly_undecided == report.changes[Change.UNDECIDED]
    assert headline(report) == "None of 2 records gets another answer; 2 newly undecided."
    same = replay(history(CLEAN, CLEAN), task_of(ENDED, ENDED))
    assert same.newly_undecided == Tally()
    assert headline(same) == "None of 2 records gets another answer; 2 undecided."


@pytest.mark.parametrize(
    ("before", "after", "newly"),
    [
        ((), ("undecided",), 1),
        (("a",), ("undecided",), 1),
        (("internal_error", "a"), ("undecided",), 1),
        (("undecided",), ("undecided",), 0),
        (("undecided",), (), 0),
        (("internal_error",), ("undecided",), 0),
        ((), ("internal_error",), 0),
    ],
)
def test_newly_is_after_and_not_before(before: Answer, after: Answer, newly: int) -> None:
    """Newly undecided is what was decided before; an internal error, as live logs record it, was no decision."""
    assert Report(HEADER, {(before, after): Transition(Tally(1))}).newly_undecided.drafts == newly


@given(SYNTHETIC)
def test_it_is_written_and_follows_from_the_rest(report: Report) -> None:
    """The JSON form has it beside the classes, and it is computed again when a report is read back."""
    document: dict[str, Any] = report_document(report)
    written = document["newly_undecided"]["drafts"]
    assert written == report.newly_undecided.drafts <= document["changes"]["undecided"]["drafts"]
    document["newly_undecided"]["drafts"] = written + 1
    assert read_report(document) == report
