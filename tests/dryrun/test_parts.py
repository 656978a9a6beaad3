"""A run that was killed goes on where it stopped, and ends with the report of an unbroken run."""

import subprocess
import sys
from pathlib import Path

import pytest

from rules_engine.dryrun.history.files import Split
from rules_engine.dryrun.history.plan import Plan, plan
from rules_engine.dryrun.local import Parts, ResumeError, replay_locally
from rules_engine.dryrun.report import Report
from tests.dryrun.histories import strict_task, text_of, write_history

SMALL = 1 << 14
KILLED_AFTER_THREE = """
import os, signal, sys
from pathlib import Path
from rules_engine.dryrun.history.plan import plan
from rules_engine.dryrun.local import replay_locally
from rules_engine.dryrun.local import Parts
from tests.dryrun.histories import strict_task

def kill(_, __, done=[]):
    done.append(1)
    if len(done) == 3:
        os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    planned, task = plan([sys.argv[1]], split_bytes=int(sys.argv[3])), strict_task()
    parts = Parts(Path(sys.argv[2]), planned, task)
    parts.start(resume=False)
    replay_locally(planned, task, jobs=1, parts=parts, finished=kill)
"""


@pytest.fixture
def planned(tmp_path: Path) -> Plan:
    """A history of a few parts."""
    return plan([str(write_history(tmp_path / "drafts.jsonl"))], split_bytes=SMALL)


@pytest.mark.slow
def test_a_killed_run_goes_on(tmp_path: Path, planned: Plan) -> None:
    """After a kill, only the parts that are left are replayed, and the report is that of an unbroken run."""
    directory = tmp_path / "report.json.parts"
    arguments = [planned.files[0].path, str(directory), str(SMALL)]
    root = Path(__file__).parents[2]
    killed = subprocess.run(  # noqa: S603  # our own interpreter and our own text
        [sys.executable, "-c", KILLED_AFTER_THREE, *arguments], cwd=root, env={"PYTHONPATH": str(root)}, check=False
    )
    assert killed.returncode == -9
    replayed: list[int] = []

    class Counting(Parts):
        """Parts that note which are replayed now."""

        def keep(self, split: Split, report: Report) -> None:
            """Note a part."""
            replayed.append(split.number)
            super().keep(split, report)

    parts = Counting(directory, planned, strict_task())
    parts.start(resume=True)
    report = replay_locally(planned, strict_task(), parts=parts)
    assert len(replayed) == len(planned.splits) - 3
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
