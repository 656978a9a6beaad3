"""The report of a dry run for people at a terminal."""

from collections.abc import Sequence
from typing import Any, Final, TextIO

from rich.cells import cell_len

from rules_engine.cli.command import Printer
from rules_engine.dryrun.condition import Condition
from rules_engine.dryrun.report import CANDIDATE, Answer, Exemplar, Report, Transition
from rules_engine.dryrun.reports.tables import MOST_ROWS, NAMES, Column, Table, moved_and_shown, tables_of
from rules_engine.dryrun.reports.wording import counted, headline, nothing_in, warnings_of
from rules_engine.printable import printable

_TITLE, _HEAD, _ASIDE, _OPEN, _BAD, _GOOD = "bold", "bold", "dim", "yellow", "bold red", "green"
_STYLES: Final = {
    "newly rejected": "red",
    "newly accepted": "green",
    "reasons changed": "yellow",
    "order only": "yellow",
    "undecided": "yellow",
    "unreadable": "yellow",
}
_LONGEST_NAME: Final = 120
_MOST_NAMES: Final = 6


def text_report(
    report: Report, stream: TextIO, *, by: Sequence[str] = (), conditions: Sequence[Condition] = ()
) -> None:
    """Write a report to a terminal, or plainly elsewhere. Text of drafts is escaped, never read as markup.

    Args:
        report: The report.
        stream: Where it is written to; every row of a table is one line, however narrow the terminal is.
        by: What drafts are grouped by: `code`, `operation`, `day`, `currency` or `merchant`.
        conditions: What must not be so; the result of each comes last.

    Raises:
        GroupingError: There is no such group, or the report does not tell merchants apart. Nothing is written.
    """
    tables = tables_of(report, by=by)
    _Writer(stream).write(report, tables, conditions)


class _Writer:
    def __init__(self, stream: TextIO) -> None:
        self._printer = Printer(stream)

    def write(self, report: Report, tables: Sequence[Table], conditions: Sequence[Condition]) -> None:
        header = report.header
        self._printer.line((f"{header.candidate.name} against {header.baseline.name}", _TITLE))
        if header.where:
            self._printer.line((f"only {header.where}", _ASIDE))
        self._printer.line((headline(report), _TITLE))
        if not report.complete:
            self._printer.line(("This report is partial: not all of the history was replayed.", _BAD))
        for warning in warnings_of(report):
            self._printer.line((warning, _OPEN))
        for table in tables:
            self._table(table)
        self._never_fired(report)
        self._exemplars(report)
        if conditions:
            self._title("Conditions")
        for condition in conditions:
            self._condition(report, condition)

    def _title(self, title: str) -> None:
        self._printer.line("")
        self._printer.line((title, _TITLE))

    def _table(self, table: Table) -> None:
        self._title(table.title)
        cells = [
            [column.head for column in table.columns],
            *(list(map(_cell, table.columns, row)) for row in table.rows),
        ]
        widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
        for index, row in enumerate(cells):
            padded = []
            for cell, width, column in zip(row, widths, table.columns, strict=True):
                space = " " * (width - cell_len(cell))
                padded.append(space + cell if column.is_number else cell + space)
            style = _STYLES.get(row[0], "") if index else _HEAD
            self._printer.line(("  " + "  ".join(padded).rstrip(), style))
        if table.left_out:
            self._printer.line((f"  and {table.left_out}", _ASIDE))

    def _never_fired(self, report: Report) -> None:
        rules = report.never_fired(CANDIDATE)
        if not rules:
            return
        self._title("Rules that never fired")
        every = counted(len(report.header.candidate.rules), "rule")
        self._printer.line(f"  {len(rules):,} of {every} of the candidate")
        for rule in rules[:MOST_ROWS]:
            self._printer.line((f"  {rule}", _ASIDE))
        if len(rules) > MOST_ROWS:
            self._printer.line((f"  and {len(rules) - MOST_ROWS:,} more", _ASIDE))

    def _exemplars(self, report: Report) -> None:
        moved = moved_and_shown(report)
        if moved:
            self._title("Drafts that show them")
        for answers, transition in moved[:MOST_ROWS]:
            self._exemplar(*answers, transition)

    def _exemplar(self, before: Answer, after: Answer, transition: Transition) -> None:
        self._printer.line(f"  {_answer(before)} -> {_answer(after)}")
        for exemplar in transition.exemplars[:MOST_ROWS]:
            self._printer.line((f"    {_place(exemplar)}", _ASIDE))
        if transition.smallest is not None and transition.smallest not in transition.exemplars:
            self._printer.line((f"    {_place(transition.smallest)}, the smallest", _ASIDE))

    def _condition(self, report: Report, condition: Condition) -> None:
        said = ("fails", _BAD) if condition.holds(report) else ("passes", _GOOD)
        found = counted(condition.counted(report), "draft")
        self._printer.line("  ", said, f"  {condition.text} ({found} of {report.read:,})")


def _cell(column: Column, value: Any) -> str:
    if column.kind not in NAMES:
        return column.text_of(value)
    return _answer(value) if column.kind == "answer" else _names([value] if value else [], column.empty)


def _answer(answer: Answer) -> str:
    return nothing_in(answer) or _names(answer)


def _names(names: Sequence[str], empty: str = "") -> str:
    shown = [f"{name[:_LONGEST_NAME]}{'...' if len(name) > _LONGEST_NAME else ''}" for name in names[:_MOST_NAMES]]
    rest = len(names) - len(shown)
    return printable(", ".join(shown) + (f" and {rest:,} more" if rest else "")) if names else empty


def _place(exemplar: Exemplar) -> str:
    return exemplar.place if exemplar.id is None else f"{exemplar.place}  {_names([exemplar.id])}"
