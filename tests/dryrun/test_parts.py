"""A run that was interrupted goes on where it stopped, and ends with the report of an unbroken run."""

from pathlib import Path

import pytest

from rules_engine.dryrun.history.files import Split
from rules_engine.dryrun.history.plan import Plan, plan
from rules_engine.dryrun.local import Parts, ResumeError, replay_locally
from rules_engine.dryrun.report import Report
from tests.dryrun.histories import strict_task, text_of, write_history

SMALL = 1 << 14


@pytest.fixture
def planned(tmp_path: Path) -> Plan:
    """A history of a few parts."""
    return plan([str(write_history(tmp_path / "drafts.jsonl"))], split_bytes=SMALL)


def test_an_interrupted_run_goes_on(tmp_path: Path, planned: Plan) -> None:
    """Only the parts that are left are replayed, and the report is that of an unbroken run."""
    kept: list[int] = []

    class Counting(Parts):
        """Parts that note which are kept."""

        def keep(self, split: Split, report: Report) -> None:
            """Note a part."""
            super().keep(split, report)
            kept.append(split.number)

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
    assert text_of(report) == text_of(replay_locally(planned, strict_task()))


def test_another_run_is_not_gone_on_with(tmp_path: Path, planned: Plan) -> None:
    """Parts of other policies or other options are refused, and not mixed in."""
    Parts(tmp_path / "parts", planned, strict_task()).start(resume=False)
    with pytest.raises(ResumeError, match="without --resume"):
        Parts(tmp_path / "parts", planned, strict_task(sample=4)).start(resume=True)


def test_a_changed_file_is_not_gone_on_with(tmp_path: Path, planned: Plan) -> None:
    """A history that has changed meanwhile is refused."""
    Parts(tmp_path / "parts", planned, strict_task()).start(resume=False)
    path = write_history(Path(planned.files[0].path), times=2)
    with pytest.raises(ResumeError):
        Parts(tmp_path / "parts", plan([str(path)], split_bytes=SMALL), strict_task()).start(resume=True)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format_version": 1}', '{"format_version": 2}'])
def test_a_damaged_part_is_replayed_again(tmp_path: Path, planned: Plan, text: str) -> None:
    """A part that cannot be read is not done."""
    parts = Parts(tmp_path / "parts", planned, strict_task())
    parts.start(resume=False)
    replay_locally(planned, strict_task(), parts=parts)
    (tmp_path / "parts" / "00000001.json").write_text(text)
    assert sorted(parts.found()) == [split.number for split in planned.splits if split.number != 1]


def test_starting_anew_removes_what_is_there(tmp_path: Path, planned: Plan) -> None:
    """Without resuming, no part of an earlier run is found."""
    parts = Parts(tmp_path / "parts", planned, strict_task())
    parts.start(resume=False)
    replay_locally(planned, strict_task(), parts=parts)
    parts.start(resume=False)
    assert parts.found() == {}
