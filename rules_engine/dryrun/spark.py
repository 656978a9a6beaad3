"""Replay drafts on a Spark cluster: the same functions as on one machine, and the same report.

The package has to be installed where the executors run.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from rules_engine.dryrun.arrow import (
    NUMBER,
    REPORT,
    SCHEMA,
    SPLIT,
    drafts_to_reports,
    merged,
    read_text,
    splits_to_reports,
)
from rules_engine.dryrun.document import report_document
from rules_engine.dryrun.history.plan import Plan
from rules_engine.dryrun.history.split import Split
from rules_engine.dryrun.local import Finished, report_of_problems
from rules_engine.dryrun.parts import Parts, write_whole
from rules_engine.dryrun.report import Report, merge
from rules_engine.dryrun.task import Task
from rules_engine.extras import MissingExtraError
from rules_engine.wire.json_text import write_json

LOCAL: Final = "local[2,4]"
"""This machine, with two cores; a part is tried four times before the run fails."""

_PARTS_A_CORE = 32
"""How many parts a job of the cluster has for each core: what is done by then is kept."""


def replay(df: Any, task: Task, *, column: str = "document", place: str | None = None) -> Report:
    """Replay the drafts of a DataFrame, on the session that it belongs to.

    Args:
        df: Any DataFrame with a column of draft documents.
        task: By which policies, and what is asked of the report.
        column: The column of draft documents, as JSON text.
        place: The column that says where each draft stands; without one, a draft is told by a hash of its document.

    Returns:
        The report: the same whatever the partitions are.
    """
    rows = df.mapInArrow(drafts_to_reports(task, column=column, place=place), SCHEMA).collect()
    return merged(task, (row[REPORT] for row in rows))


def replay_stream(
    df: Any, task: Task, checkpoint: Path | str, *, column: str = "document", place: str | None = None
) -> Report:
    """Replay all that a stream has to give now, and go on where an earlier run stopped.

    Each micro-batch leaves one report beside the checkpoint; a batch that Spark runs again leaves the same one, so
    nothing is counted twice.

    Args:
        df: A streaming DataFrame with a column of draft documents.
        task: By which policies, and what is asked of the report.
        checkpoint: A directory that the driver can write; the same one goes on.
        column: The column of draft documents, as JSON text.
        place: The column that says where each draft stands.

    Returns:
        The report of everything that was read, by this run and the ones before it.

    Raises:
        HeadersDifferError: An earlier run in this directory was asked something else.
    """
    kept = Path(checkpoint) / "reports"
    kept.mkdir(parents=True, exist_ok=True)

    def keep(batch: Any, number: int) -> None:
        report = replay(batch, task, column=column, place=place)
        write_whole(kept / f"{number:08}.json", write_json(report_document(report)))

    query = (
        df.writeStream.foreachBatch(keep)
        .option("checkpointLocation", str(Path(checkpoint) / "spark"))
        .trigger(availableNow=True)
        .start()
    )
    query.awaitTermination()
    texts = (path.read_text(encoding="ascii") for path in sorted(kept.glob("*.json")))
    return merged(task, texts)


def replay_plan(
    spark: Any,
    plan: Plan,
    task: Task,
    *,
    parts: Parts | None = None,
    finished: Finished = lambda _, __: None,
) -> Report:
    """Replay a history whose files every executor can open at the same paths.

    Args:
        spark: The session.
        plan: The history, cut into parts.
        task: By which policies, and what is asked of the report.
        parts: Where the reports of finished parts are kept, and found again; None for nowhere.
        finished: Told of each part that is done, and of those that were done before.
    """
    done = {} if parts is None else parts.found()
    left = [split for split in plan.splits if split.number not in done]
    reports = [report_of_problems(plan.problems, task)]
    for split in plan.splits:
        if split.number in done:
            finished(split, done[split.number])
            reports.append(done[split.number])
    for wave in _waves(left, _PARTS_A_CORE * spark.sparkContext.defaultParallelism):
        for split, report in _replayed(spark, wave, task):
            if parts is not None:
                parts.keep(split, report)
            finished(split, report)
            reports.append(report)
    return merge(task.header, reports)


def _replayed(spark: Any, splits: Sequence[Split], task: Task) -> Iterator[tuple[Split, Report]]:
    by_number = {split.number: split for split in splits}
    rows = [(number, write_json(split.to_document())) for number, split in by_number.items()]
    manifest = spark.createDataFrame(rows, f"{NUMBER} int, {SPLIT} string").repartitionByRange(len(rows), NUMBER)
    for row in manifest.select(SPLIT).mapInArrow(splits_to_reports(task), SCHEMA).collect():
        yield by_number[row[NUMBER]], read_text(row[REPORT])


def _waves(splits: Sequence[Split], size: int) -> Iterator[Sequence[Split]]:
    for start in range(0, len(splits), size):
        yield splits[start : start + size]


def start_session(master: str | None = None) -> Any:
    """Start a session of one's own, where the caller has none.

    Args:
        master: The address of a cluster, such as `spark://host:7077`; None for this machine.

    Raises:
        MissingExtraError: PySpark is not installed.
    """
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415  # an extra, which only this engine needs
    except ModuleNotFoundError:
        raise MissingExtraError("pyspark is not installed: pip install 'rules-engine[spark]'") from None
    address = LOCAL if master is None else master
    # Without these, executors on this machine take another Python, and the driver listens to other machines.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    if address.startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder.master(address).appName("rules-engine dry-run")
    session = builder.config("spark.ui.enabled", "false").config("spark.log.level", "ERROR").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session
