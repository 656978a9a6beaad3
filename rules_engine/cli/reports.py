"""The forms of a report. Each writes a result as soon as it is there, so memory does not grow with the input."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Protocol, TextIO

from rules_engine.cli.documents import Place, Unreadable
from rules_engine.cli.results import Judged, Result, Summary
from rules_engine.cli.text_report import TextReport
from rules_engine.dryrun.history.split import STANDARD_INPUT
from rules_engine.printable import printable
from rules_engine.wire.json_text import write_json
from rules_engine.wire.report import verdict_document

FORMAT_VERSION = 1
"""The version of the JSON forms."""


class Report(Protocol):
    """One form of a report."""

    def add(self, result: Result) -> None:
        """Write a result."""

    def close(self, summary: Summary) -> None:
        """Write what comes last."""


class ConciseReport:
    """One line a violation: `FILE:LINE: CODE PARAM MESSAGE`; nothing for an accepted draft."""

    def __init__(self, stream: TextIO) -> None:
        """Write to a stream."""
        self._stream = stream

    def add(self, result: Result) -> None:
        """Write a line a violation; one for a draft that is undecided or unreadable."""
        if isinstance(result, Unreadable):
            self._line(result.place, "unreadable", result.pointer, result.problem)
            return
        for violation in result.verdict.violations:
            self._line(result.place, violation.code.name, violation.param, violation.message)
        if not result.verdict.violations and result.verdict.undecided:
            self._line(result.place, "undecided", None, facts_to_look_up(result))

    def close(self, summary: Summary) -> None:
        """Write nothing more."""

    def _line(self, place: Place, code: str, param: str | None, message: str) -> None:
        self._stream.write(printable(f"{place}: {code} {param or '-'} {message}") + "\n")


class JsonReport:
    """One JSON object: `format_version`, `results`, `summary`."""

    def __init__(self, stream: TextIO) -> None:
        """Write to a stream, and open the object."""
        self._stream = stream
        self._between = "\n"
        stream.write(f'{{"format_version": {FORMAT_VERSION}, "results": [')

    def add(self, result: Result) -> None:
        """Write a result."""
        self._stream.write(self._between + write_json(result_document(result)))
        self._between = ",\n"

    def close(self, summary: Summary) -> None:
        """Write the summary."""
        self._stream.write(f'\n], "summary": {write_json(summary.document())}}}\n')


class JsonLinesReport:
    """One JSON object a line, for each result; no summary."""

    def __init__(self, stream: TextIO) -> None:
        """Write to a stream."""
        self._stream = stream

    def add(self, result: Result) -> None:
        """Write a result."""
        self._stream.write(write_json(result_document(result)) + "\n")

    def close(self, summary: Summary) -> None:
        """Write nothing more."""


class GithubReport:
    """Workflow commands of GitHub, which annotate files: an error a violation, a warning a warning."""

    def __init__(self, stream: TextIO) -> None:
        """Write to a stream."""
        self._stream = stream

    def add(self, result: Result) -> None:
        """Write the annotations of a result; none for an accepted draft without warnings."""
        if isinstance(result, Unreadable):
            self._annotate("error", result.place, "unreadable", result.pointer, result.problem)
            return
        verdict = result.verdict
        for level, violations in (("error", verdict.violations), ("warning", verdict.warnings)):
            for violation in violations:
                self._annotate(level, result.place, violation.code.name, violation.param, violation.message)
        if not verdict.violations and verdict.undecided:
            self._annotate("error", result.place, "undecided", None, facts_to_look_up(result))

    def close(self, summary: Summary) -> None:
        """Write nothing more."""

    def _annotate(self, level: str, place: Place, title: str, param: str | None, message: str) -> None:
        properties = {"file": place.file, "line": str(place.line or 1), "title": title}
        if place.file == STANDARD_INPUT:
            del properties["file"]
        written = ",".join(f"{name}={_github_property(value)}" for name, value in properties.items())
        said = f"{param}: {message}" if param else message
        self._stream.write(f"::{level} {written}::{_github_text(said)}\n")


REPORTS: Mapping[str, Callable[[TextIO], Report]] = MappingProxyType(
    {
        "text": TextReport,
        "concise": ConciseReport,
        "json": JsonReport,
        "jsonl": JsonLinesReport,
        "github": GithubReport,
    }
)
"""The forms, by the name the command line has for each."""


def facts_to_look_up(judged: Judged) -> str:
    """Name the facts that a draft waits for."""
    return f"Look up: {', '.join(map(str, judged.verdict.required_facts))}."


def result_document(result: Result) -> dict[str, Any]:
    """Turn a result into plain values."""
    document: dict[str, Any] = {"file": result.place.file, "line": result.place.line, "id": result.id}
    if isinstance(result, Unreadable):
        return {**document, "error": result.problem, "pointer": result.pointer}
    return {**document, **verdict_document(result.verdict)}


def _github_text(text: str) -> str:
    return printable(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _github_property(text: str) -> str:
    return _github_text(text).replace(":", "%3A").replace(",", "%2C")
