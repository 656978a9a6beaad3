"""Replay a history on this machine, by as many processes as it has cores.

Every worker opens its own parts and returns one report a part; no record crosses a process. A part whose worker dies is
tried again by itself, so that only a part that kills its workers is given up, and never those beside it.
"""

import hashlib
import os
import shutil
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import Final

from rules_engine.dryrun.document import ReportDocumentError, read_report, report_document
from rules_engine.dryrun.history.files import Problem, Record, Split
from rules_engine.dryrun.history.plan import HistoryPlan, read_split
from rules_engine.dryrun.replay import BothSides, Replay, replay
from rules_engine.dryrun.report import Lost, Report, merge
from rules_engine.dryrun.task import Task
from rules_engine.wire.json_text import JsonTextError, read_json, write_json

MOST_DEATHS: Final = 3
"""How many workers a part may kill before it is given up."""

Finished = Callable[[Split, Report], None]
"""Called with each part that is done."""
_Counted = Callable[[int], None]
"""Called with the number of records of a part that have been read since the last call."""

_AT_ONCE: Final = 500
"""How many records are read between two such calls."""
_WAITING: Final = 2
"""How many parts are handed out for each worker, so that none waits for the next one."""
_RUN: Final = "run"
_LARGEST: Final = 1 << 32


class ResumeError(Exception):
    """A run cannot go on where another one stopped; the text says why."""


class FinishedParts:
    """A directory with one file for each part that is done; a file is whole or not there."""

    def __init__(self, directory: Path, plan: HistoryPlan, task: Task) -> None:
        """Keep the reports in a directory.

        Args:
            directory: The directory; it need not be there.
            plan: How the history is read.
            task: By which policies.
        """
        self.directory = directory
        self._plan = plan
        self._header = task.header
        self._run = hashlib.sha256(f"{plan.fingerprint()}\n{task.header}".encode("utf-8", "surrogatepass")).hexdigest()

    def start(self, *, resume: bool) -> None:
        """Make the directory ready.

        Args:
            resume: Whether what is done already is kept; else it is removed.

        Raises:
            ResumeError: It holds parts of another run: other files, other policies or other questions.
            OSError: The directory cannot be written.
        """
        run = self.directory / _RUN
        if not resume:
            shutil.rmtree(self.directory, ignore_errors=True)
        elif run.exists() and run.read_text(encoding="ascii", errors="replace") != self._run:
            raise ResumeError(
                f"{self.directory} holds a run over other files, with other policies or other options: "
                "give the same ones, or start again without --resume"
            )
        self.directory.mkdir(parents=True, exist_ok=True)
        write_whole(run, self._run)

    def found(self) -> dict[int, Report]:
        """Return the reports of the parts that are done, by the number of the part; a damaged one is not done."""
        reports = {}
        for split in self._plan.splits:
            try:
                document = read_json(self._file(split).read_bytes(), largest=_LARGEST)
                report = read_report(document)
            except (FileNotFoundError, JsonTextError, ReportDocumentError):
                continue
            if report.header == self._header:
                reports[split.number] = report
        return reports

    def keep(self, split: Split, report: Report) -> None:
        """Keep the report of a part that is done; a part that was given up is tried again by the next run.

        Raises:
            OSError: It cannot be written.
        """
        if report.complete:
            write_whole(self._file(split), write_json(report_document(report)))

    def remove(self) -> None:
        """Remove the directory: the run is over, and its report is written."""
        shutil.rmtree(self.directory, ignore_errors=True)

    def _file(self, split: Split) -> Path:
        return self.directory / f"{split.number:08}.json"


def write_whole(path: Path, text: str) -> None:
    """Write a file that is there as a whole or not at all, whenever the process is killed.

    Args:
        path: The file.
        text: ASCII text.

    Raises:
        OSError: It cannot be written.
    """
    unfinished = path.with_suffix(f".{os.getpid()}.tmp")
    with unfinished.open("w", encoding="ascii", newline="\n") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.replace(path)


def replay_locally(
    plan: HistoryPlan,
    task: Task,
    *,
    jobs: int = 1,
    parts: FinishedParts | None = None,
    finished: Finished = lambda _, __: None,
    counted: _Counted | None = None,
) -> Report:
    """Replay a history.

    Args:
        plan: The history, cut into parts.
        task: By which policies, and what is asked of the report.
        jobs: How many processes work at once; with one, no other process is started.
        parts: Where the reports of finished parts are kept, and found again; None for nowhere.
        finished: Called with each part that is done, and with those that were done before.
        counted: Called with the number of records read, where no other process replays them.

    Returns:
        The report. Where the run was interrupted, it says how many parts had not been replayed.
    """

    def replayed(splits: list[Split]) -> Iterator[tuple[Split, Report]]:
        if jobs > 1 and len(splits) > 1:
            return _by_workers(splits, task, min(jobs, len(splits)))
        one = Replay(task)
        return ((split, _replay_next(split, one, counted)) for split in splits)

    return merge(task.header, reports_of(plan, task, parts, finished, replayed))


def reports_of(
    plan: HistoryPlan,
    task: Task,
    parts: FinishedParts | None,
    finished: Finished,
    replayed: Callable[[list[Split]], Iterable[tuple[Split, Report]]],
) -> Iterator[Report]:
    """Yield the reports of all parts of a history: those that are kept already, and then the others as they are done.

    Args:
        plan: The history, cut into parts.
        task: By which policies, and what is asked of the report.
        parts: Where the reports of finished parts are kept, and found again; None for nowhere.
        finished: Called with each part that is done, and with those that were done before.
        replayed: Replays parts, and yields the report of each as it is done.
    """
    yield report_of_problems(plan.problems, task)
    done = {} if parts is None else parts.found()
    for split in plan.splits:
        if split.number in done:
            finished(split, done[split.number])
            yield done[split.number]
    left = [split for split in plan.splits if split.number not in done]
    undone = len(left)
    try:
        for split, report in replayed(left):
            if parts is not None:
                parts.keep(split, report)
            undone -= 1
            finished(split, report)
            yield report
    except KeyboardInterrupt:
        yield Report(task.header, unfinished=undone)


def report_of_problems(problems: Iterable[Problem], task: Task) -> Report:
    """Report what was given and is no history, as records that cannot be read."""
    reports = (
        replay([Record(each.place, None, each.problem, cuts_off=True)], task, file=each.place) for each in problems
    )
    return merge(task.header, reports)


def replay_split(split: Split, task: Task, sides: BothSides | None = None) -> Report:
    """Replay one part of a history by itself."""
    return _replay_next(split, Replay(task, sides))


def _replay_next(split: Split, one: Replay, counted: _Counted | None = None) -> Report:
    records = read_split(split)
    return one.report_of(records if counted is None else counting(records, counted), split.file)


def counting(records: Iterable[Record], counted: _Counted) -> Iterator[Record]:
    """Yield records, and report now and then how many have been read."""
    number = 0
    for number, record in enumerate(records, 1):
        yield record
        if not number % _AT_ONCE:
            counted(_AT_ONCE)
    counted(number % _AT_ONCE)


_prepared: list[Replay] = []
"""What this process replays by, where it is a worker: one task, whose policies are compiled once."""


def _prepare(task: Task) -> None:
    # Whoever presses Ctrl-C means the run; the parent ends it, and its workers with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    _prepared.append(Replay(task))


def _end_with_parent() -> None:
    """End this process once its parent is gone: a parent that is killed cannot end it."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(split: Split) -> Report:
    (one,) = _prepared
    return _replay_next(split, one)


def _by_workers(splits: Iterable[Split], task: Task, jobs: int) -> Iterator[tuple[Split, Report]]:
    """Replay parts by processes, and yield the report of each as it is done. Dead processes are replaced."""
    waiting = deque(splits)
    while waiting:
        # One of these killed a worker, and the others were beside it.
        for split in (yield from _until_a_death(waiting, task, jobs)):
            for _ in range(1, MOST_DEATHS):
                if not (yield from _until_a_death(deque([split]), task, 1)):
                    break
            else:
                yield split, _lost(split, task, f"{MOST_DEATHS} processes that replayed it died")


def _until_a_death(
    waiting: deque[Split], task: Task, jobs: int
) -> Generator[tuple[Split, Report], None, tuple[Split, ...]]:
    """Replay parts side by side until all are done or a worker dies; return those that were under way then."""
    running: dict[Future[Report], Split] = {}
    with _pool(task, jobs) as pool:
        try:
            while waiting or running:
                while waiting and len(running) < jobs * _WAITING:
                    running[pool.submit(_work, waiting[0])] = waiting[0]
                    waiting.popleft()
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    report = _report(future, running[future], task)
                    yield running.pop(future), report
        except BrokenProcessPool:
            return tuple(running.values())
    return ()


def _report(future: Future[Report], split: Split, task: Task) -> Report:
    """Return the report of a part that is done.

    Raises:
        BrokenProcessPool: A worker died.
    """
    try:
        return future.result()
    except BrokenProcessPool:
        raise
    except Exception as error:  # noqa: BLE001  # what fails for one part must not take the others along
        return _lost(split, task, f"it could not be replayed: {type(error).__name__}")


@contextmanager
def _pool(task: Task, workers: int) -> Iterator[ProcessPoolExecutor]:
    # Spawned, a worker has nothing of the threads and locks of whoever calls.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _prepare, (task,))
    try:
        yield pool
    except (KeyboardInterrupt, GeneratorExit):
        for process in list(pool._processes.values()):  # noqa: SLF001  # before Python 3.14 there is no other way
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _lost(split: Split, task: Task, problem: str) -> Report:
    within = {
        "lines": f": bytes {split.start} to {split.end}",
        "parquet": f": row groups {split.start + 1} to {split.end}",
    }
    return Report(task.header, lost=[Lost(f"{split.file}{within.get(split.form, '')}", problem)])
