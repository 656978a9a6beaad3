"""Replay a history on this machine, by as many processes as it has cores.

Every worker opens its own parts and gives one report a part; no record crosses a process. A part whose worker dies is
tried again by itself, so that only a part that kills its workers is given up, and never those beside it.
"""

import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Final

from rules_engine.dryrun.history.files import Problem
from rules_engine.dryrun.history.plan import Plan
from rules_engine.dryrun.history.read import read_split
from rules_engine.dryrun.history.record import Record
from rules_engine.dryrun.history.split import Split
from rules_engine.dryrun.judge import Judge
from rules_engine.dryrun.parts import Parts
from rules_engine.dryrun.replay import Replay, replay
from rules_engine.dryrun.report import Lost, Report, merge
from rules_engine.dryrun.task import Task

MOST_DEATHS: Final = 3
"""How many workers a part may kill before it is given up."""

Finished = Callable[[Split, Report], None]
"""What is told of each part that is done."""
Counted = Callable[[int], None]
"""What is told how many more records of a part have been read, while this process replays it."""

_AT_ONCE = 500
"""How many records are read between two times that it is told."""
_WAITING = 2
"""How many parts are handed out for each worker, so that none waits for the next one."""


def replay_split(split: Split, task: Task, judge: Judge | None = None) -> Report:
    """Replay one part of a history by itself.

    Args:
        split: The part.
        task: By which policies, and what is asked of the report.
        judge: The policies of the task, where they are compiled already.
    """
    return _replay_next(split, Replay(task, judge))


def _replay_next(split: Split, replay: Replay, counted: Counted | None = None) -> Report:
    records = read_split(split)
    return replay.report_of(records if counted is None else counting(records, counted), split.file)


def counting(records: Iterable[Record], counted: Counted) -> Iterator[Record]:
    """Tell now and then how many records have been read.

    Args:
        records: The records.
        counted: Told of them.
    """
    number = 0
    for number, record in enumerate(records, 1):
        yield record
        if not number % _AT_ONCE:
            counted(_AT_ONCE)
    counted(number % _AT_ONCE)


def replay_locally(
    plan: Plan,
    task: Task,
    *,
    jobs: int = 1,
    parts: Parts | None = None,
    finished: Finished = lambda _, __: None,
    counted: Counted | None = None,
) -> Report:
    """Replay a history.

    Args:
        plan: The history, cut into parts.
        task: By which policies, and what is asked of the report.
        jobs: How many processes work at once; with one, no other process is started.
        parts: Where the reports of finished parts are kept, and found again; None for nowhere.
        finished: Told of each part that is done, and of those that were done before.
        counted: Told of records while a part is under way, where no other process replays it.

    Returns:
        The report. Where the run was interrupted, it says how many parts had not been replayed.
    """
    done = {} if parts is None else parts.found()
    left = [split for split in plan.splits if split.number not in done]

    def reports() -> Iterator[Report]:
        yield report_of_problems(plan.problems, task)
        for split in plan.splits:
            if split.number in done:
                report = done[split.number]
                finished(split, report)
                yield report
        undone = {split.number for split in left}
        try:
            for split, report in _replayed(left, task, jobs, counted):
                if parts is not None:
                    parts.keep(split, report)
                undone.discard(split.number)
                finished(split, report)
                yield report
        except KeyboardInterrupt:
            yield Report(task.header, unfinished=len(undone))

    return merge(task.header, reports())


def report_of_problems(problems: Iterable[Problem], task: Task) -> Report:
    """Report what was given and is no history, as records that cannot be read."""
    reports = (
        replay([Record(each.place, None, each.problem, cuts_off=True)], task, file=each.place) for each in problems
    )
    return merge(task.header, reports)


def _replayed(
    splits: Iterable[Split], task: Task, jobs: int, counted: Counted | None
) -> Iterator[tuple[Split, Report]]:
    waiting = list(splits)
    if jobs == 1 or len(waiting) < 2:  # noqa: PLR2004  # one part needs no second process
        one = Replay(task)
        return ((split, _replay_next(split, one, counted)) for split in waiting)
    return _Crew(task, min(jobs, len(waiting))).replayed(waiting)


_prepared: list[Replay] = []
"""What this process replays by, where it is a worker: one task, whose policies are compiled once."""


def _prepare(task: Task) -> None:
    # Whoever presses Ctrl-C means the run; the parent ends it, and its workers with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    _prepared.append(Replay(task))


def _end_with_parent() -> None:
    """End this process once its parent is gone: a parent that is killed can end nobody."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(split: Split) -> Report:
    (one,) = _prepared
    return _replay_next(split, one)


class _Crew:
    """Processes that replay parts; dead ones are replaced."""

    def __init__(self, task: Task, jobs: int) -> None:
        self._task = task
        self._jobs = jobs

    def replayed(self, splits: Iterable[Split]) -> Iterator[tuple[Split, Report]]:
        """Replay parts, and give the report of each as it is done."""
        waiting = deque(splits)
        while waiting:
            under_way = yield from self._together(waiting)
            for split in under_way:
                yield split, self._alone(split)

    def _together(self, waiting: deque[Split]) -> Generator[tuple[Split, Report], None, tuple[Split, ...]]:
        """Replay parts side by side until all are done or a worker dies; give those that were under way then."""
        running: dict[Future[Report], Split] = {}
        with self._pool(self._jobs) as pool:
            while waiting or running:
                try:
                    while waiting and len(running) < self._jobs * _WAITING:
                        running[pool.submit(_work, waiting[0])] = waiting[0]
                        waiting.popleft()
                    ended, _ = wait(running, return_when=FIRST_COMPLETED)
                    for future in ended:
                        report = self._report(future, running[future])
                        yield running.pop(future), report
                except BrokenProcessPool:
                    return tuple(running.values())
        return ()

    def _alone(self, split: Split) -> Report:
        """Replay a part by itself: one worker died of it, or beside it."""
        for _ in range(1, MOST_DEATHS):
            with self._pool(1) as pool:
                try:
                    return self._report(pool.submit(_work, split), split)
                except BrokenProcessPool:
                    continue
        return self._lost(split, f"{MOST_DEATHS} processes that replayed it died")

    def _report(self, future: Future[Report], split: Split) -> Report:
        """Wait for the report of a part.

        Raises:
            BrokenProcessPool: A worker died.
        """
        try:
            return future.result()
        except BrokenProcessPool:
            raise
        except Exception as error:  # noqa: BLE001  # what fails for one part must not take the others along
            return self._lost(split, f"it could not be replayed: {type(error).__name__}")

    def _lost(self, split: Split, problem: str) -> Report:
        return Report(self._task.header, lost=[Lost(_place_of(split), problem)])

    @contextmanager
    def _pool(self, workers: int) -> Iterator[ProcessPoolExecutor]:
        # Spawned, a worker has nothing of the threads and locks of whoever calls.
        pool = ProcessPoolExecutor(workers, get_context("spawn"), _prepare, (self._task,))
        try:
            yield pool
        except (KeyboardInterrupt, GeneratorExit):
            for process in list(pool._processes.values()):  # noqa: SLF001  # before Python 3.14 there is no other way
                process.terminate()
            raise
        finally:
            pool.shutdown(cancel_futures=True)


def _place_of(split: Split) -> str:
    if split.form == "lines":
        return f"{split.file}: bytes {split.start} to {split.end}"
    if split.form == "parquet":
        return f"{split.file}: row groups {split.start + 1} to {split.end}"
    return split.file
