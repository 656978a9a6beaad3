"""Replay drafts on a Spark cluster, or by any engine that maps Arrow record batches: the report of one machine.

The functions from batches to batches are pure and can be pickled. Each gives the report of what it was handed as one
row; `merged` makes one report of the rows of all of them. The package has to be installed where they run.
"""

import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import Any, Final

from attrs import asdict

from rules_engine.dryrun.document import read_report, report_document
from rules_engine.dryrun.history.files import Record, Split, text_problem
from rules_engine.dryrun.history.plan import HistoryPlan
from rules_engine.dryrun.local import Finished, FinishedParts, replay_split, reports_of, write_whole
from rules_engine.dryrun.replay import BothSides
from rules_engine.dryrun.replay import replay as replay_records
from rules_engine.dryrun.report import Header, Report, merge
from rules_engine.dryrun.task import Task
from rules_engine.extras import MissingExtraError, install_command, load_extra
from rules_engine.wire.json_text import read_json, write_json

NUMBER: Final = "number"
"""The column of what the functions give that says which part a report is of; 0 where there are no parts."""
REPORT: Final = "report"
"""The column of what the functions give that holds reports, as JSON text."""
SPLIT: Final = "split"
"""The column of a part of a history, as JSON text."""
SCHEMA: Final = f"{NUMBER} int, {REPORT} string"
"""What the functions give, as Spark writes a schema."""
LOCAL: Final = "local[2,4]"
"""This machine, with two cores; a part is tried four times before the run fails."""
_PARTS_A_CORE = 32
"""How many parts a job of the cluster has for each core: what is done by then is kept."""
_LARGEST: Final = 1 << 32

Batches = Iterator[Any]
"""Arrow record batches."""


def drafts_to_reports(
    task: Task, *, column: str = "document", place: str | None = None
) -> Callable[[Batches], Batches]:
    """Return a function from batches of drafts to one batch with their report.

    Args:
        task: By which policies, and what is asked of the report.
        column: The column of draft documents, as JSON text.
        place: The column that says where each draft stands; without one, a draft is named by a hash of its document.
    """
    return partial(_reports_of_drafts, task, column, place)


def splits_to_reports(task: Task) -> Callable[[Batches], Batches]:
    """Return a function from batches of parts of a history, in the column `split`, to batches with their reports."""
    return partial(_reports_of_splits, task)


def merged(task: Task, texts: Iterable[str]) -> Report:
    """Merge what the functions gave.

    Args:
        task: What they were asked.
        texts: The column `report`.

    Raises:
        HeadersDifferError: They were asked something else.
    """
    return merge(task.header, map(_read_text, texts))


def _read_text(text: str) -> Report:
    return read_report(read_json(text, largest=_LARGEST))


def _reports_of_drafts(task: Task, column: str, place: str | None, batches: Batches) -> Batches:
    yield _batch(0, replay_records(_records(batches, column, place), task, sides=_sides_of(task)))


def _records(batches: Batches, column: str, place: str | None) -> Iterator[Record]:
    for batch in batches:
        documents = batch.column(column).to_pylist()
        yield from map(_record, documents, repeat(None) if place is None else batch.column(place).to_pylist())


def _reports_of_splits(task: Task, batches: Batches) -> Batches:
    for batch in batches:
        for text in batch.column(SPLIT).to_pylist():
            split = Split(**read_json(text, largest=_LARGEST))
            yield _batch(split.number, replay_split(split, task, _sides_of(task)))


def _record(document: Any, place: str | None) -> Record:
    if document is None:
        return Record(place or "a row without a document", None, "no document")
    text = document.encode("utf-8", "surrogatepass") if isinstance(document, str) else bytes(document)
    where = place or f"document {hashlib.blake2b(text, digest_size=8).hexdigest()}"
    problem = text_problem(text, len(text))
    return Record(where, None if problem else text, problem)


def _batch(number: int, report: Report) -> Any:
    pyarrow = load_extra("pyarrow.parquet", "parquet")
    columns = {
        NUMBER: pyarrow.array([number], pyarrow.int32()),
        REPORT: pyarrow.array([write_json(report_document(report))], pyarrow.string()),
    }
    return pyarrow.RecordBatch.from_pydict(columns)


_compiled: dict[Header, BothSides] = {}


def _sides_of(task: Task) -> BothSides:
    """Compile the policies of a task once in a process, however often the task is unpickled there."""
    sides = _compiled.get(task.header)
    if sides is None:
        _compiled.clear()
        sides = _compiled[task.header] = BothSides(task)
    return sides


def replay(df: Any, task: Task, *, column: str = "document", place: str | None = None) -> Report:
    """Replay the drafts of a DataFrame, on the session that it belongs to.

    Args:
        df: Any DataFrame with a column of draft documents.
        task: By which policies, and what is asked of the report.
        column: The column of draft documents, as JSON text.
        place: The column that says where each draft stands; without one, a draft is named by a hash of its document.

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
    return merged(task, (path.read_text(encoding="ascii") for path in sorted(kept.glob("*.json"))))


def replay_plan(
    spark: Any,
    plan: HistoryPlan,
    task: Task,
    *,
    parts: FinishedParts | None = None,
    finished: Finished = lambda _, __: None,
) -> Report:
    """Replay a history whose files every executor can open at the same paths.

    Args:
        spark: The session.
        plan: The history, cut into parts.
        task: By which policies, and what is asked of the report.
        parts: Where the reports of finished parts are kept, and found again; None for nowhere.
        finished: Called with each part that is done, and with those that were done before.
    """
    size = _PARTS_A_CORE * spark.sparkContext.defaultParallelism

    def replayed(splits: list[Split]) -> Iterator[tuple[Split, Report]]:
        for start in range(0, len(splits), size):
            by_number = {split.number: split for split in splits[start : start + size]}
            rows = [(number, write_json(asdict(split))) for number, split in by_number.items()]
            manifest = spark.createDataFrame(rows, f"{NUMBER} int, {SPLIT} string")
            spread = manifest.repartitionByRange(len(rows), NUMBER).select(SPLIT)
            for row in spread.mapInArrow(splits_to_reports(task), SCHEMA).collect():
                yield by_number[row[NUMBER]], _read_text(row[REPORT])

    return merge(task.header, reports_of(plan, task, parts, finished, replayed))


def start_session(master: str | None = None) -> Any:
    """Start a session, where the caller has none.

    Args:
        master: The address of a cluster, such as `spark://host:7077`; None for this machine.

    Raises:
        MissingExtraError: PySpark is not installed.
    """
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415  # an extra, which only this engine needs
    except ModuleNotFoundError:
        raise MissingExtraError(f"pyspark is not installed: {install_command('spark')}") from None
    address = LOCAL if master is None else master
    # Without these, executors on this machine take another Python, and the driver listens to other machines.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    if address.startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder.master(address).appName("rules-engine dry-run")
    session = builder.config("spark.ui.enabled", "false").config("spark.log.level", "ERROR").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session
