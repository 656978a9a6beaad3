"""On a cluster of Spark, nothing is lost and nothing counted twice, even where a worker dies."""

import os
import signal
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from rules_engine.dryrun.history.plan import plan
from rules_engine.dryrun.local import replay_locally
from rules_engine.dryrun.spark import replay_plan, start_session
from tests.dryrun.samples import strict_task, text_of, write_history
from tests.spark.conftest import Cluster, descendants_of, until

pytestmark = pytest.mark.spark


def _kill_when_busy(pid: int, killed: list[int]) -> None:
    """Kill a worker and all that it has started, as soon as it runs Python."""

    def is_busy() -> bool:
        return any(b"pyspark" in Path(f"/proc/{below}/cmdline").read_bytes() for below in descendants_of(pid))

    def is_busy_or_gone() -> bool:
        with suppress(OSError):
            return is_busy()
        return False

    until(is_busy_or_gone)
    for each in (pid, *descendants_of(pid)):
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)
            killed.append(each)


def test_a_killed_worker_changes_no_byte(cluster: Cluster, tmp_path: Path) -> None:
    """A cluster of two workers, of which one is killed while it replays, gives the report of one machine."""
    planned = plan([str(write_history(tmp_path / "drafts.jsonl", times=12))], split_bytes=1 << 17)
    expected = text_of(replay_locally(planned, strict_task()))
    killed: list[int] = []
    killer = threading.Thread(target=_kill_when_busy, args=(cluster.workers[0].pid, killed))
    killer.start()
    session = start_session(cluster.address)
    try:
        report = replay_plan(session, planned, strict_task())
    finally:
        session.stop()
        killer.join()
    assert len(killed) > 1
    assert cluster.workers[0].poll() == -signal.SIGKILL
    assert text_of(report) == expected
