"""Processes of this machine replay a history: nothing is lost and nothing counted twice, whoever dies."""

import json
import multiprocessing
import os
import signal
from pathlib import Path

import pytest
from attrs import evolve

from rules_engine.dryrun.history.files import Split
from rules_engine.dryrun.history.plan import HistoryPlan, plan
from rules_engine.dryrun.local import MOST_DEATHS, FinishedParts, ResumeError, replay_locally
from rules_engine.dryrun.report import Report
from rules_engine.policy.builtin import default_policy
from tests.dryrun.samples import Deadly, shipped_documents, strict_task, text_of, write_history

SMALL = 1 << 14
"""A part of about a dozen drafts."""


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> HistoryPlan:
    """A history of a few dozen parts."""
    return plan([str(write_history(tmp_path_factory.mktemp("history") / "drafts.jsonl", times=2))], split_bytes=SMALL)


@pytest.fixture(scope="module")
def expected(planned: HistoryPlan) -> str:
    """What one process says of it."""
    return text_of(replay_locally(planned, strict_task()))


@pytest.mark.slow
def test_jobs_and_parts_change_no_byte(planned: HistoryPlan, expected: str) -> None:
    """Two processes over small parts say what one process says of the whole file."""
    whole = plan([planned.files[0].path])
    assert len(planned.splits) > 10
    assert len(whole.splits) == 1
    assert text_of(replay_locally(whole, strict_task())) == expected
    assert text_of(replay_locally(planned, strict_task(), jobs=2)) == expected


@pytest.mark.slow
def test_a_killed_worker_loses_nothing(planned: HistoryPlan, expected: str) -> None:
    """Where a worker is killed, its parts are replayed again, and counted once."""
    killed: list[int] = []

    def kill_one(_: Split, __: Report) -> None:
        if not killed:
            worker = multiprocessing.active_children()[0]
            assert worker.pid is not None
            os.kill(worker.pid, signal.SIGKILL)
            killed.append(worker.pid)

    report = replay_locally(planned, strict_task(), jobs=2, finished=kill_one)
    assert killed
    assert text_of(report) == expected


@pytest.mark.slow
def test_a_deadly_part_is_given_up_and_named(tmp_path: Path) -> None:
    """A part that kills every worker is reported with its place, and all other parts are counted."""
    files = []
    for number, document in enumerate(list(shipped_documents())[:6]):
        draft = json.loads(document)
        if number == 3:
            draft["facts"]["merchant"] = {"id": "acct_deadly"}
        files.append(tmp_path / f"{number}.json")
        files[-1].write_text(json.dumps(draft))
    task = strict_task()
    task = evolve(task, candidate=Deadly("default", default_policy(), merchant="acct_deadly"))
    report = replay_locally(plan([str(path) for path in files]), task, jobs=2)
    assert [lost.place for lost in report.lost] == [str(files[3])]
    assert str(MOST_DEATHS) in report.lost[0].problem
    assert report.read == 5
    assert not report.complete


def test_ctrl_c_ends_with_what_is_done(planned: HistoryPlan) -> None:
    """An interrupted run gives the report of the parts that are done, and says how many are not."""
    done: list[int] = []

    def interrupt(split: Split, _: Report) -> None:
        done.append(split.number)
        if len(done) == 3:
            signal.raise_signal(signal.SIGINT)

    report = replay_locally(planned, strict_task(), jobs=2, finished=interrupt)
    assert report.unfinished == len(planned.splits) - 3
    assert 0 < report.read < 2 * len(list(shipped_documents()))
    assert multiprocessing.active_children() == []


def test_what_is_no_history_is_counted(tmp_path: Path) -> None:
    """A file that is not there is one unreadable record, with its place, and the report is not complete."""
    report = replay_locally(plan([str(tmp_path / "gone.jsonl")]), strict_task())
    assert (report.read, report.unreadable, report.complete) == (1, 1, False)
    assert report.unreadable_samples[0].place == report.lost[0].place == str(tmp_path / "gone.jsonl")


def test_records_are_counted_as_they_are_read(planned: HistoryPlan) -> None:
    """Progress within one process reports every record while its part is replayed."""
    counts: list[int] = []
    report = replay_locally(planned, strict_task(), counted=counts.append)
    assert sum(counts) == report.read


def test_an_interrupted_run_goes_on(tmp_path: Path, planned: HistoryPlan, expected: str) -> None:
    """Only the parts that are left are replayed, and the report is that of an unbroken run."""
    kept: list[int] = []

    class Counting(FinishedParts):
        """Parts that note which are kept."""

        def keep(self, split: Split, report: Report) -> None:
            """Note a part."""
            kept.append(split.number)
            super().keep(split, report)

    def interrupt(*_: object) -> None:
        if len(kept) == 3:
            raise KeyboardInterrupt

    parts = Counting(tmp_path / "parts", planned, strict_task())
    parts.start(resume=False)
    replay_locally(planned, strict_task(), parts=parts, finished=interrupt)
    assert len(kept) == 3
    parts.start(resume=True)
    report = replay_locally(planned, strict_task(), parts=parts)
    assert sorted(kept) == [split.number for split in planned.splits]
    assert text_of(report) == expected


def test_another_run_is_not_gone_on_with(tmp_path: Path, planned: HistoryPlan) -> None:
    """Parts of other policies, other options or of files that have changed meanwhile are refused, and not mixed in."""
    FinishedParts(tmp_path / "parts", planned, strict_task()).start(resume=False)
    other = plan([str(write_history(tmp_path / "drafts.jsonl"))], split_bytes=SMALL)
    for parts in (
        FinishedParts(tmp_path / "parts", planned, strict_task(sample=4)),
        FinishedParts(tmp_path / "parts", other, strict_task()),
    ):
        with pytest.raises(ResumeError, match="without --resume"):
            parts.start(resume=True)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format_version": 1}', '{"format_version": 2}'])
def test_a_damaged_part_is_replayed_again(tmp_path: Path, planned: HistoryPlan, text: str) -> None:
    """A part that cannot be read is not done."""
    parts = FinishedParts(tmp_path / "parts", planned, strict_task())
    parts.start(resume=False)
    replay_locally(planned, strict_task(), parts=parts)
    (tmp_path / "parts" / "00000001.json").write_text(text)
    assert sorted(parts.found()) == [split.number for split in planned.splits if split.number != 1]


def test_starting_again_removes_what_is_there(tmp_path: Path, planned: HistoryPlan) -> None:
    """Without resuming, no part of an earlier run is found."""
    parts = FinishedParts(tmp_path / "parts", planned, strict_task())
    parts.start(resume=False)
    replay_locally(planned, strict_task(), parts=parts)
    parts.start(resume=False)
    assert parts.found() == {}
