"""How far a dry run has come, on a terminal; nothing elsewhere."""

import sys
from types import TracebackType
from typing import Self, TextIO

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bar


class Progress:
    """A bar with the records and bytes done, the rate and the time that is left; a context manager.

    It is silent where standard error is no terminal or the output goes into a pipe, and gone when the context is left.
    """

    def __init__(self, total_bytes: int | None, stream: TextIO | None = None) -> None:
        """Show nothing yet.

        Args:
            total_bytes: How long the history is; None where nobody can tell, as of a pipe.
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

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Remove the bar, whatever happened."""
        if self._bar is not None:
            self._bar.stop()

    def advance(self, done: int, records: int) -> None:
        """Tell that some more is done.

        Args:
            done: How many bytes more.
            records: How many records more.
        """
        self._records += records
        self._under_way = 0
        self._draw(done)

    def count(self, records: int) -> None:
        """Tell of records of a part that is under way, until that part is done.

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
