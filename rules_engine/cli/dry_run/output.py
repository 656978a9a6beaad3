"""Write a report where it is wanted, in the form that is asked for."""

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Final, cast

from rules_engine.cli.dry_run.text import text_report
from rules_engine.dryrun.condition import Condition
from rules_engine.dryrun.document import json_report, jsonl_report
from rules_engine.dryrun.report import Report
from rules_engine.dryrun.reports.html.page import html_report
from rules_engine.dryrun.reports.markdown import markdown_report

SAYS_CONDITIONS: Final = ("text", "markdown")
"""The forms that say at once, to whoever reads standard output, which conditions hold."""


def write_report(
    report: Report, *, form: str, output: str | None, by: Sequence[str], conditions: Sequence[Condition]
) -> None:
    """Write a report.

    Args:
        report: The report.
        form: `text`, `json`, `jsonl`, `markdown` or `html`.
        output: The file, which is whole or not there, or a pipe; standard output where none is given.
        by: What the drafts are told apart by, in the forms for people.
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


def _text_of(report: Report, *, form: str, by: Sequence[str], conditions: Sequence[Condition]) -> str:
    match form:
        case "text":
            stream = io.StringIO()
            text_report(report, stream, by=by, conditions=conditions)
            return stream.getvalue()
        case "json":
            return json_report(report)
        case "jsonl":
            return jsonl_report(report)
        case "markdown":
            return markdown_report(report, by=by, conditions=conditions)
        case _:
            return html_report(report, by=by, conditions=conditions)
