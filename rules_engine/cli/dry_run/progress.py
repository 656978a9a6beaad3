"""How far a dry run has come, on a terminal; and the replay of what comes in by standard input."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import BinaryIO, Self, TextIO

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from rules_engine.cli.command import UsageError
from rules_engine.dryrun.history.files import STANDARD_INPUT, Record
from rules_engine.dryrun.history.lines import read_stream
from rules_engine.dryrun.local import counting
from rules_engine.dryrun.replay import replay
from rules_engine.dryrun.report import Report
from rules_engine.dryrun.task import Task


class Progress:
    """A bar with the records and bytes done, the rate and the time that is left; a context manager.

    It is silent where standard error is no terminal or the output goes into a pipe, and gone when the context is left.
    """

    def __init__(self, total_bytes: int | None, stream: TextIO | None = None) -> None:
        """Show nothing yet.

        Args:
            total_bytes: How long the history is; None where it is unknown, as of a pipe.
            stream: Where the bar is drawn; standard error where none is given.
        """
        stream = sys.stderr if stream is None else stream
        self._records = 0
        self._under_way = 0
        self._bar: Bar | None = None
        if not (stream.isatty() and sys.stdout.isatty()):
            return
        columns = (
            BarColumn(),
            DownloadColumn(),
            TextColumn("{task.fields[records]:,} records"),
            TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn() if total_bytes is None else TimeRemainingColumn(),
        )
        self._bar = Bar(*columns, console=Console(file=stream), transient=True)
        self._task = self._bar.add_task("", total=total_bytes, records=0, rate="")

    def __enter__(self) -> Self:
        """Draw the bar."""
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(self, *error: object) -> None:
        """Remove the bar, whatever happened."""
        if self._bar is not None:
            self._bar.stop()

    def advance(self, done: int, records: int) -> None:
        """Show that some more is done.

        Args:
            done: How many bytes more.
            records: How many records more.
        """
        self._records += records
        self._under_way = 0
        self._draw(done)

    def count(self, records: int) -> None:
        """Count records of a part that is under way, until that part is done.

        Args:
            records: How many more.
        """
        self._under_way += records
        self._draw(0)

    def _draw(self, done: int) -> None:
        if self._bar is None:
            return
        records, elapsed = self._records + self._under_way, self._bar.tasks[0].elapsed
        rate = f"{records / elapsed:,.0f} a second" if elapsed else ""
        self._bar.update(self._task, advance=done, records=records, rate=rate)


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
        """Yield them, until there are no more or the run is interrupted."""
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
