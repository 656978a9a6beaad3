"""The report for people: what is wrong, where, and the values that decided it."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import TextIO

from rules_engine.cli.documents import Place, Unreadable
from rules_engine.cli.printing import Printer
from rules_engine.cli.results import Judged, Result, Summary
from rules_engine.violation import EvidenceValue, Verdict, Violation
from rules_engine.wire.dates import write_instant

_GOOD, _BAD, _OPEN, _PLACE, _ASIDE = "green", "bold red", "yellow", "bold", "dim"


class TextReport:
    """`LOCATION CODE MESSAGE` for each violation, its evidence below it, and a summary at the end."""

    def __init__(self, stream: TextIO) -> None:
        """Write to a stream."""
        self._printer = Printer(stream)

    def add(self, result: Result) -> None:
        """Write a result."""
        if isinstance(result, Unreadable):
            self._headline(result.place, ("unreadable", _BAD), str(result))
            return
        verdict = result.verdict
        if verdict.accepted:
            self._headline(result.place, ("accepted", _GOOD), _draft(result))
        for violation in verdict.violations:
            self._headline(result.place, (violation.code.name, _BAD), violation.message)
            self._aside(f"at {_where(violation)} in {_draft(result)}")
            if violation.evidence:
                self._aside(_evidence(violation))
        if verdict.undecided and not verdict.violations:
            self._headline(result.place, ("undecided", _OPEN), "Facts are missing to judge this draft.")
            self._aside(f"in {_draft(result)}")
        self._rest(verdict)

    def close(self, summary: Summary) -> None:
        """Write the summary."""
        self._printer.line((str(summary), "bold"))

    def _headline(self, place: Place, said: tuple[str, str], message: str) -> None:
        self._printer.line((str(place), _PLACE), " ", said, " ", message)

    def _aside(self, text: str) -> None:
        self._printer.line((f"  {text}", _ASIDE))

    def _rest(self, verdict: Verdict) -> None:
        if verdict.required_facts:
            self._aside(f"look up: {', '.join(map(str, verdict.required_facts))}")
        if verdict.undecided:
            self._aside(f"undecided: {_named(undecided.rule for undecided in verdict.undecided)}")
        skipped: dict[tuple[str, ...], list[str]] = {}
        for rule in verdict.skipped:
            skipped.setdefault(rule.because_of, []).append(rule.rule)
        for blockers, rules in skipped.items():
            self._aside(f"not evaluated: {_named(rules)} (blocked by {_named(blockers)})")
        for fault in verdict.faults:
            self._aside(f"raised: {fault.rule} ({fault.error})")
        for waived in verdict.waived:
            self._aside(f"waived: {waived.code.name} at {_where(waived)} by {waived.waiver}: {waived.reason}")
        for warning in verdict.warnings:
            self._printer.line(
                "  ", ("warning", _OPEN), f": {warning.code.name} at {_where(warning)}: {warning.message}"
            )
            if warning.evidence:
                self._aside(f"  {_evidence(warning)}")


def _named(rules: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(rules))


def _draft(judged: Judged) -> str:
    operation = judged.verdict.operation
    return operation if judged.id is None else f"{operation} {judged.id}"


def _where(violation: Violation) -> str:
    return violation.param or violation.pointer or "the draft"


def _evidence(violation: Violation) -> str:
    return ", ".join(f"{name} = {_value(value)}" for name, value in violation.evidence.items())


def _value(value: EvidenceValue) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return write_instant(value)
    if isinstance(value, tuple):
        return f"[{', '.join(value)}]"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
