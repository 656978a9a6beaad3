"""On a session of Spark, a dry run says what it says on one machine."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rules_engine.dryrun.history.files import Record
from rules_engine.dryrun.history.plan import plan
from rules_engine.dryrun.local import FinishedParts, replay_locally
from rules_engine.dryrun.replay import replay
from rules_engine.dryrun.report import HeadersDifferError
from rules_engine.dryrun.spark import replay as replay_frame
from rules_engine.dryrun.spark import replay_plan, replay_stream
from tests.dryrun.samples import shipped_documents, strict_task, text_of, write_history
from tests.spark.conftest import ROOT

pytestmark = pytest.mark.spark

STREAM_KILLED_AFTER_ONE_BATCH = """
import os, signal, sys
from rules_engine.dryrun import spark as engine
from tests.dryrun.samples import strict_task
from tests.spark.test_session import streamed

write = engine.write_whole

def write_and_die(path, text):
    write(path, text)
    if path.name == "00000001.json":
        os.kill(os.getpid(), signal.SIGKILL)

engine.write_whole = write_and_die
session = engine.start_session()
engine.replay_stream(streamed(session, sys.argv[1]), strict_task(), sys.argv[2])
"""


def streamed(session: Any, directory: str) -> Any:
    """Read a directory of JSON Lines as a stream, one file a batch."""
    return session.readStream.option("maxFilesPerTrigger", 1).text(directory).withColumnRenamed("value", "document")


def test_parts_of_a_history(spark: Any, tmp_path: Path) -> None:
    """Files that are planned into parts give the report of one machine, byte for byte, and parts are kept."""
    planned = plan([str(write_history(tmp_path / "drafts.jsonl"))], split_bytes=1 << 16)
    parts = FinishedParts(tmp_path / "parts", planned, strict_task())
    parts.start(resume=False)
    expected = text_of(replay_locally(planned, strict_task()))
    assert len(planned.splits) > 3
    assert text_of(replay_plan(spark, planned, strict_task(), parts=parts)) == expected
    assert sorted(parts.found()) == [split.number for split in planned.splits]
    assert text_of(replay_plan(spark, planned, strict_task(), parts=parts)) == expected


@pytest.mark.parametrize("partitions", [1, 7])
def test_any_frame(spark: Any, partitions: int) -> None:
    """A DataFrame with a column of drafts gives the report of the same records here, however it is partitioned."""
    rows = [(f"row {number}", document.decode()) for number, document in enumerate(shipped_documents())]
    rows.append(("row broken", '{"version": 1'))
    frame = spark.createDataFrame(rows, "stands string, draft string").repartition(partitions)
    report = replay_frame(frame, strict_task(), column="draft", place="stands")
    records = [Record(place, document.encode()) for place, document in rows]
    assert text_of(report) == text_of(replay(records, strict_task()))


def test_a_stream_goes_on_after_its_driver_was_killed(spark: Any, tmp_path: Path) -> None:
    """A killed stream goes on with what is left, and counts every draft once."""
    documents = list(shipped_documents())
    source, checkpoint = tmp_path / "source", tmp_path / "checkpoint"
    source.mkdir()
    for number in range(4):
        (source / f"{number}.txt").write_bytes(b"\n".join(documents[number::4]))
    arguments = [sys.executable, "-c", STREAM_KILLED_AFTER_ONE_BATCH, str(source), str(checkpoint)]
    killed = subprocess.run(arguments, cwd=ROOT, check=False, capture_output=True)  # noqa: S603  # the project's own text
    assert killed.returncode == -9, killed.stderr.decode()
    assert len(list((checkpoint / "reports").glob("*.json"))) == 2
    report = replay_stream(streamed(spark, str(source)), strict_task(), checkpoint)
    frame = spark.createDataFrame([(document.decode(),) for document in documents], "document string")
    assert report.read == len(documents)
    assert text_of(report) == text_of(replay_frame(frame, strict_task()))


def test_a_stream_of_other_policies_is_not_gone_on_with(spark: Any, tmp_path: Path) -> None:
    """What an earlier run was asked is not mixed with something else."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "0.txt").write_bytes(next(shipped_documents()))
    replay_stream(streamed(spark, str(source)), strict_task(), tmp_path / "checkpoint")
    with pytest.raises(HeadersDifferError):
        replay_stream(streamed(spark, str(source)), strict_task(sample=4), tmp_path / "checkpoint")
