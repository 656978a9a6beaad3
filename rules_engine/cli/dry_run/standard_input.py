"""Replay what comes in by standard input, until it ends or somebody presses Ctrl-C."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import BinaryIO

from rules_engine.cli.dry_run.progress import Progress
from rules_engine.cli.exit_code import UsageError
from rules_engine.dryrun.history.read import read_stream
from rules_engine.dryrun.history.record import Record
from rules_engine.dryrun.history.split import STANDARD_INPUT
from rules_engine.dryrun.local import counting
from rules_engine.dryrun.replay import replay
from rules_engine.dryrun.report import Report
from rules_engine.dryrun.task import Task


def replay_standard_input(task: Task) -> Report:
    """Replay standard input.

    Args:
        task: By which policies, and what is asked of the report.

    Returns:
        The report; where the run was interrupted, of what had come in by then.

    Raises:
        UsageError: There is no standard input.
    """
    if sys.stdin is None:
        raise UsageError("there is no standard input")
    stream = _Stream(sys.stdin.buffer)
    with stream.interruptible(), Progress(None) as progress:
        report = replay(counting(stream.records(), progress.count), task, file=STANDARD_INPUT)
    report.unfinished = int(stream.interrupted)
    return report


class _Stream:
    """Records as they come in. Ctrl-C ends the wait for the next one, and never tears one that is being judged."""

    def __init__(self, stream: BinaryIO) -> None:
        self._records = read_stream(stream)
        self._waits = False
        self.interrupted = False

    def records(self) -> Iterator[Record]:
        """Give them, until there are no more or the run is interrupted."""
        try:
            while not self.interrupted:
                self._waits = True
                record = next(self._records, None)
                self._waits = False
                if record is None:
                    return
                yield record
        except KeyboardInterrupt:
            return

    @contextmanager
    def interruptible(self) -> Iterator[None]:
        """Take Ctrl-C for the end of the stream meanwhile."""
        before = signal.signal(signal.SIGINT, self._interrupt)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    def _interrupt(self, _: int, __: FrameType | None) -> None:
        self.interrupted = True
        if self._waits:
            self._waits = False
            raise KeyboardInterrupt
