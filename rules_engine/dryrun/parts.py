"""The reports of finished parts, kept in a directory, so that a run that was killed can go on where it stopped."""

import hashlib
import os
import shutil
from pathlib import Path

from rules_engine.dryrun.document import ReportDocumentError, read_report, report_document
from rules_engine.dryrun.history.plan import Plan
from rules_engine.dryrun.history.split import Split
from rules_engine.dryrun.report import Header, Report
from rules_engine.dryrun.task import Task
from rules_engine.wire.json_text import JsonTextError, read_json, write_json

_RUN = "run"
_LARGEST = 1 << 32


class ResumeError(Exception):
    """A run cannot go on where another one stopped; the text says why."""


class Parts:
    """A directory with one file for each part that is done; a file is whole or not there."""

    def __init__(self, directory: Path, plan: Plan, task: Task) -> None:
        """Name a directory.

        Args:
            directory: The directory; it need not be there.
            plan: How the history is read.
            task: By which policies.
        """
        self.directory = directory
        self._plan = plan
        self._header = task.header
        self._run = _digest(plan, task.header)

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
                "give the same ones, or start anew without --resume"
            )
        self.directory.mkdir(parents=True, exist_ok=True)
        write_whole(run, self._run)

    def found(self) -> dict[int, Report]:
        """Give the reports of the parts that are done, by the number of the part; a damaged one is not done."""
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


def _digest(plan: Plan, header: Header) -> str:
    return hashlib.sha256(f"{plan.fingerprint()}\n{header}".encode("utf-8", "surrogatepass")).hexdigest()


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
