"""Where a report is written, and in which form: whatever would destroy something is refused before the replay."""

import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from rules_engine.cli.command import UsageError
from rules_engine.cli.documents import same_file
from rules_engine.cli.dry_run.text import text_report
from rules_engine.dryrun.condition import Condition
from rules_engine.dryrun.document import json_report, jsonl_report
from rules_engine.dryrun.report import Report
from rules_engine.dryrun.reports.html.page import html_report
from rules_engine.dryrun.reports.markdown import markdown_report

SAYS_CONDITIONS: Final = ("text", "markdown")
"""The forms that say at once, to whoever reads standard output, which conditions hold."""
_FOR_PEOPLE: Final[dict[str, Callable[..., str]]] = {"markdown": markdown_report, "html": html_report}
_FOR_PROGRAMS: Final[dict[str, Callable[[Report], str]]] = {"json": json_report, "jsonl": jsonl_report}
_RUN: Final = "run"
_OF_A_RUN: Final = re.compile(r"run|[0-9]{8}\.json|(?:run|[0-9]{8})\.[0-9]+\.tmp")
"""What the directory of the finished parts of a run holds."""


def parts_directory(output: str) -> Path:
    """Return the directory where the finished parts of a run are kept."""
    return Path(f"{output}.parts")


def takes_parts(output: str | None) -> bool:
    """Return whether finished parts can be kept beside the report: not beside a pipe or a device."""
    return output is not None and (not os.path.lexists(output) or Path(output).is_file())


def refuse_unwritable(output: str) -> None:
    """Refuse what no report can be written to, and a directory that would be emptied though no run has made it.

    Args:
        output: The file, as it was given.

    Raises:
        UsageError: It is no name of a file, or the directory of its parts holds something else.
    """
    path = Path(output)
    if not output or path.is_dir():
        raise UsageError(
            f"--output: expected the name of a file, got {f'the directory {output}' if output else 'none'}"
        )
    if not path.parent.is_dir():
        raise UsageError(f"--output: there is no directory {path.parent}")
    parts = parts_directory(output)
    if os.path.lexists(parts) and not _is_of_a_run(parts):
        raise UsageError(
            f"--output: {parts} is needed for the parts of the run, and holds something else: "
            "give the report another name"
        )


def _is_of_a_run(directory: Path) -> bool:
    if not directory.is_dir() or directory.is_symlink():
        return False
    names = {path.name for path in directory.iterdir()}
    return all(map(_OF_A_RUN.fullmatch, names)) and (_RUN in names or not any(name.endswith(".json") for name in names))


def refuse_overwriting(output: str, read: Iterable[str | None]) -> None:
    """Refuse to write a report over what it is made from.

    Args:
        output: The file, as it was given.
        read: The files that are read, and directories of policies.

    Raises:
        UsageError: It is one of them.
    """
    for path in read:
        if path is not None and (same_file(path, output) or _is_policy_of(path, output)):
            raise UsageError(f"the report would overwrite {output}, which is read")


def _is_policy_of(path: str, output: str) -> bool:
    # Of a set, every file is valid or the set is not: whatever lies in it by this name is read.
    below = Path(output).resolve()
    return below.suffix == ".toml" and below.is_file() and below.is_relative_to(Path(path).resolve())


def write_report(
    report: Report, *, form: str, output: str | None, by: Sequence[str], conditions: Sequence[Condition]
) -> None:
    """Write a report.

    Args:
        report: The report.
        form: `text`, `json`, `jsonl`, `markdown` or `html`.
        output: The file, which is whole or not there, or a pipe; standard output where none is given.
        by: What the drafts are grouped by, in the forms for people.
        conditions: When the run fails; the same forms say which of them hold.

    Raises:
        OSError: It cannot be written.
    """
    stdout = sys.stdout
    if output is None and (form == "text" or stdout.isatty() or not isinstance(stdout, io.TextIOWrapper)):
        if form == "text":
            text_report(report, stdout, by=by, conditions=conditions)
        else:
            stdout.write(_text_of(report, form=form, by=by, conditions=conditions))
        return
    data = _text_of(report, form=form, by=by, conditions=conditions).encode("utf-8", errors="backslashreplace")
    if output is None:
        # What a program reads is the same everywhere, whatever the encoding of the terminal beside it.
        stdout.flush()
        _write_all(cast("BinaryIO", stdout.buffer), data)
    else:
        _write_file(output, data)


def _write_all(stream: BinaryIO, data: bytes) -> None:
    left = memoryview(data)
    while left:
        # Without a buffer, as with PYTHONUNBUFFERED, a pipe takes as much as it has room for.
        left = left[stream.write(left) :]
    stream.flush()


def _write_file(output: str, data: bytes) -> None:
    # What a link leads to is replaced, never the link, and never a pipe or a device.
    path = Path(output).resolve()
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    unfinished.write_bytes(data)
    unfinished.replace(path)


def _text_of(report: Report, *, form: str, **asked: Any) -> str:
    if form in _FOR_PROGRAMS:
        return _FOR_PROGRAMS[form](report)
    if form in _FOR_PEOPLE:
        return _FOR_PEOPLE[form](report, **asked)
    stream = io.StringIO()
    text_report(report, stream, **asked)
    return stream.getvalue()
