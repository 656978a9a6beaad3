"""Replay drafts that come in Arrow record batches: for any engine that maps batches to batches.

The functions are pure and can be pickled. Each gives the report of what it was handed as one row; `merged` makes one
report of the rows of all of them.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from attrs import frozen

from rules_engine.dryrun.document import read_report, report_document
from rules_engine.dryrun.history.record import Record, text_problem
from rules_engine.dryrun.history.split import Split
from rules_engine.dryrun.judge import Judge
from rules_engine.dryrun.local import replay_split
from rules_engine.dryrun.replay import replay
from rules_engine.dryrun.report import Header, Report, merge
from rules_engine.dryrun.task import Task
from rules_engine.extras import load_pyarrow
from rules_engine.wire.json_text import read_json, write_json

NUMBER: Final = "number"
"""The column of what the functions give that says which part a report is of; 0 where there are no parts."""
REPORT: Final = "report"
"""The column of what the functions give that holds reports, as JSON text."""
SPLIT: Final = "split"
"""The column of a part of a history, as JSON text."""
SCHEMA: Final = f"{NUMBER} int, {REPORT} string"
"""What the functions give, as Spark writes a schema."""

Batches = Iterator[Any]
"""Arrow record batches."""

_LARGEST = 1 << 32


def drafts_to_reports(
    task: Task, *, column: str = "document", place: str | None = None
) -> Callable[[Batches], Batches]:
    """Give a function from batches of drafts to one batch with their report.

    Args:
        task: By which policies, and what is asked of the report.
        column: The column of draft documents, as JSON text.
        place: The column that says where each draft stands; without one, a draft is told by a hash of its document.
    """
    return _Drafts(task, column, place)


def splits_to_reports(task: Task) -> Callable[[Batches], Batches]:
    """Give a function from batches of parts of a history, in the column `split`, to batches with the report of each.

    Args:
        task: By which policies, and what is asked of the report.
    """
    return _Splits(task)


def merged(task: Task, texts: Iterable[str]) -> Report:
    """Merge what the functions gave.

    Args:
        task: What they were asked.
        texts: The column `report`.

    Raises:
        HeadersDifferError: They were asked something else.
    """
    return merge(task.header, map(read_text, texts))


def read_text(text: str) -> Report:
    """Read a report from its JSON text."""
    return read_report(read_json(text, largest=_LARGEST))


@frozen(eq=False)
class _Drafts:
    task: Task
    column: str
    place: str | None

    def __call__(self, batches: Batches) -> Batches:
        report = replay(self._records(batches), self.task, judge=_judge_of(self.task))
        yield _batch(0, report)

    def _records(self, batches: Batches) -> Iterator[Record]:
        for batch in batches:
            documents = batch.column(self.column).to_pylist()
            places = [None] * len(documents) if self.place is None else batch.column(self.place).to_pylist()
            for document, place in zip(documents, places, strict=True):
                yield _record(document, place)


@frozen(eq=False)
class _Splits:
    task: Task

    def __call__(self, batches: Batches) -> Batches:
        judge = _judge_of(self.task)
        for batch in batches:
            for text in batch.column(SPLIT).to_pylist():
                split = Split.from_document(read_json(text, largest=_LARGEST))
                yield _batch(split.number, replay_split(split, self.task, judge))


def _record(document: Any, place: str | None) -> Record:
    if document is None:
        return Record(place or "a row without a document", None, "no document")
    text = document.encode("utf-8", "surrogatepass") if isinstance(document, str) else bytes(document)
    where = place or f"document {hashlib.blake2b(text, digest_size=8).hexdigest()}"
    problem = text_problem(text, len(text))
    return Record(where, None if problem else text, problem)


def _batch(number: int, report: Report) -> Any:
    pyarrow = load_pyarrow()
    columns = {
        NUMBER: pyarrow.array([number], pyarrow.int32()),
        REPORT: pyarrow.array([write_json(report_document(report))], pyarrow.string()),
    }
    return pyarrow.RecordBatch.from_pydict(columns)


_judges: dict[Header, Judge] = {}


def _judge_of(task: Task) -> Judge:
    """Compile the policies of a task once in a process, however often the task is unpickled there."""
    judge = _judges.get(task.header)
    if judge is None:
        _judges.clear()
        judge = _judges[task.header] = Judge(task)
    return judge
