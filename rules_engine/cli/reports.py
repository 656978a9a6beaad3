"""The report of a check: what came of each document, in the form that is asked for."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal, TextIO

from attrs import asdict, define, frozen

from rules_engine.cli.command import FORMAT_VERSION, ExitCode, Printer, Segment
from rules_engine.cli.documents import DocumentPlace, Unreadable
from rules_engine.dryrun.history.files import STANDARD_INPUT
from rules_engine.policy.problems import workflow_command
from rules_engine.violation import EvidenceValue, Verdict, Violation
from rules_engine.wire.dates import write_instant
from rules_engine.wire.json_text import write_json
from rules_engine.wire.report import verdict_document

CheckForm = Literal["text", "concise", "json", "jsonl", "github"]
"""How a report is written: `text` for people; one line a violation; one JSON object; one a line; for GitHub."""
_Line = tuple[Segment, ...]


@frozen
class CheckedDraft:
    """A draft and its verdict.

    Attributes:
        place: Where the draft was read.
        id: The application's name for it.
        verdict: The verdict of the policy.
    """

    place: DocumentPlace
    id: str | None
    verdict: Verdict

    def __str__(self) -> str:
        """Read as `session.create d_0001`."""
        return self.verdict.operation if self.id is None else f"{self.verdict.operation} {self.id}"


Checked = CheckedDraft | Unreadable


@define
class Summary:
    """How many documents came to what; a refused draft is not counted as undecided too.

    Attributes:
        accepted: Drafts without a violation and without missing facts; what is waived is no violation.
        refused: Drafts with a violation.
        undecided: Drafts that facts are missing for, and that have no violation.
        unreadable: Documents that are no drafts.
        waived: Violations that a waiver of the policy tolerates, in all drafts together.
    """

    accepted: int = 0
    refused: int = 0
    undecided: int = 0
    unreadable: int = 0
    waived: int = 0

    def count(self, result: Checked) -> None:
        """Count one more."""
        if isinstance(result, Unreadable):
            self.unreadable += 1
            return
        self.waived += len(result.verdict.waived)
        if result.verdict.accepted:
            self.accepted += 1
        elif result.verdict.violations:
            self.refused += 1
        else:
            self.undecided += 1

    @property
    def drafts(self) -> int:
        """How many were judged."""
        return self.accepted + self.refused + self.undecided

    @property
    def exit_code(self) -> ExitCode:
        """The worst of them."""
        if self.unreadable:
            return ExitCode.UNUSABLE
        return ExitCode.FINDINGS if self.refused or self.undecided else ExitCode.CLEAN

    def document(self) -> dict[str, int]:
        """Return the counts by name."""
        return {"drafts": self.drafts, **asdict(self)}

    def __str__(self) -> str:
        """Read as `3 drafts: 1 accepted, 2 refused, 0 undecided; 0 unreadable`."""
        waived = f", {self.waived} waived" if self.waived else ""
        return (
            f"{self.drafts} {'draft' if self.drafts == 1 else 'drafts'}: {self.accepted} accepted, "
            f"{self.refused} refused, {self.undecided} undecided; {self.unreadable} unreadable{waived}"
        )


@frozen
class CheckFinding:
    """What the forms for people and for GitHub have a line for.

    Attributes:
        level: `warning` for what refuses nothing.
        title: The name of the code; `undecided` or `unreadable` where there is none.
        where: The field at fault; of an unreadable document, the pointer.
        message: What is wrong.
        violation: The violation that it is about, if any.
    """

    level: Literal["error", "warning"]
    title: str
    where: str | None
    message: str
    violation: Violation | None = None

    @property
    def sentence(self) -> str:
        """The message, after the field or the pointer."""
        return f"{self.where}: {self.message}" if self.where else self.message


def findings(result: Checked) -> Iterator[CheckFinding]:
    """List what refuses a document, or keeps it from being judged, and then its warnings; each in its order."""
    if isinstance(result, Unreadable):
        yield CheckFinding("error", "unreadable", result.pointer, result.problem)
        return
    verdict = result.verdict
    for violation in verdict.violations:
        yield _found("error", violation)
    if verdict.undecided and not verdict.violations:
        yield CheckFinding("error", "undecided", None, f"Facts are missing: {_facts(verdict)}.")
    for violation in verdict.warnings:
        yield _found("warning", violation)


def _found(level: Literal["error", "warning"], violation: Violation) -> CheckFinding:
    return CheckFinding(level, violation.code.name, violation.param, violation.message, violation)


def _facts(verdict: Verdict) -> str:
    return ", ".join(map(str, verdict.required_facts))


_GOOD, _BAD, _OPEN, _PLACE, _ASIDE = "green", "bold red", "yellow", "bold", "dim"
_INDENT = "  "


def _text(result: Checked) -> Iterator[_Line]:
    """Render `PLACE CODE MESSAGE` for each violation, its evidence below it, and what else the verdict holds."""
    place = (str(result.place), _PLACE)
    if isinstance(result, CheckedDraft) and result.verdict.accepted:
        yield place, " ", ("accepted", _GOOD), " ", str(result)
    for found in findings(result):
        if found.violation is None:
            yield place, " ", (found.title, _OPEN if found.title == "undecided" else _BAD), " ", found.sentence
            if isinstance(result, CheckedDraft):
                yield _aside(f"in {result}")
        elif found.level == "error":
            yield place, " ", (found.title, _BAD), " ", found.message
            yield _aside(f"at {_where(found.violation)} in {result}")
            yield from _evidence(found.violation, _INDENT)
        else:
            yield _INDENT, ("warning", _OPEN), f": {found.title} at {_where(found.violation)}: {found.message}"
            yield from _evidence(found.violation, _INDENT * 2)
    if isinstance(result, CheckedDraft):
        yield from map(_aside, _rest(result.verdict))


def _aside(text: str) -> _Line:
    return ((_INDENT + text, _ASIDE),)


def _where(violation: Violation) -> str:
    return violation.param or violation.pointer or "the draft"


def _evidence(violation: Violation, indent: str) -> Iterator[_Line]:
    if violation.evidence:
        values = ", ".join(f"{name} = {_value(value)}" for name, value in violation.evidence.items())
        yield ((indent + values, _ASIDE),)


def _value(value: EvidenceValue) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return write_instant(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return write_json(list(value) if isinstance(value, tuple) else value)


def _rest(verdict: Verdict) -> Iterator[str]:
    if verdict.violations and verdict.required_facts:
        yield f"facts are missing: {_facts(verdict)}"
    if verdict.undecided:
        yield f"undecided: {', '.join(dict.fromkeys(undecided.rule for undecided in verdict.undecided))}"
    skipped: dict[tuple[str, ...], dict[str, None]] = {}
    for rule in verdict.skipped:
        skipped.setdefault(rule.because_of, {})[rule.rule] = None
    for because_of, rules in skipped.items():
        yield f"skipped: {', '.join(rules)} (because of {', '.join(because_of)})"
    for fault in verdict.faults:
        yield f"raised: {fault.rule} ({fault.error})"
    for waived in verdict.waived:
        yield f"waived: {waived.code.name} at {_where(waived)} by {waived.waiver}: {waived.reason}"


def _concise(result: Checked) -> Iterator[_Line]:
    """Render `PLACE: CODE PARAM MESSAGE` for each violation; nothing for an accepted draft."""
    for found in findings(result):
        if found.level == "error":
            yield (f"{result.place}: {found.title} {found.where or '-'} {found.message}",)


def _json(result: Checked) -> Iterator[_Line]:
    document: dict[str, Any] = {"file": result.place.file, "line": result.place.line, "id": result.id}
    if isinstance(result, Unreadable):
        document |= {"error": result.problem, "pointer": result.pointer}
    else:
        document |= verdict_document(result.verdict)
    yield (write_json(document),)


def _github(result: Checked) -> Iterator[_Line]:
    """Render workflow commands of GitHub, which annotate files."""
    for found in findings(result):
        file, line = None if result.place.file == STANDARD_INPUT else result.place.file, result.place.line or 1
        yield (workflow_command(found.level, found.sentence, file=file, line=line, title=found.title),)


_LINES: Mapping[CheckForm, Callable[[Checked], Iterator[_Line]]] = MappingProxyType(
    {"text": _text, "concise": _concise, "json": _json, "jsonl": _json, "github": _github}
)


class CheckReport:
    """A report in one form. A result is written when it is added, so memory does not grow with the input."""

    def __init__(self, form: CheckForm, stream: TextIO) -> None:
        """Begin a report on a stream."""
        self._form = form
        self._printer = Printer(stream)
        self._separator = ""
        if form == "json":
            self._printer.line(f'{{"format_version": {FORMAT_VERSION}, "results": [')

    def add(self, result: Checked) -> None:
        """Write a result."""
        for line in _LINES[self._form](result):
            self._printer.line(self._separator, *line)
        if self._form == "json":
            self._separator = ","

    def close(self, summary: Summary) -> None:
        """Write what comes last."""
        if self._form == "json":
            self._printer.line(f'], "summary": {write_json(summary.document())}}}')
        elif self._form == "text":
            self._printer.line((str(summary), "bold"))
