"""The report of a dry run for people at a terminal."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, TextIO

from rich.cells import cell_len

from rules_engine.cli.command import Printer, Segment
from rules_engine.dryrun.condition import Condition
from rules_engine.dryrun.report import CANDIDATE, Answer, Exemplar, Report
from rules_engine.dryrun.reports.tables import MOST_ROWS, NAMES, Column, Table, moved_and_shown, tables_of
from rules_engine.dryrun.reports.wording import counted, headline, nothing_in, warnings_of
from rules_engine.printable import printable

_TITLE, _ASIDE, _OPEN, _BAD, _GOOD = "bold", "dim", "yellow", "bold red", "green"
_STYLES: Final = {
    "newly rejected": "red",
    "newly accepted": "green",
    "reasons changed": "yellow",
    "order only": "yellow",
    "undecided": "yellow",
    "invalid facts": "yellow",
    "unreadable": "yellow",
}
_LONGEST_NAME: Final = 120
_MOST_NAMES: Final = 6

_Line = tuple[Segment, ...]


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
        GroupingError: There is no such group, or the report does not group by merchant. Nothing is written.
    """
    tables = tables_of(report, by=by)
    printer = Printer(stream)
    for line in _lines(report, tables, conditions):
        printer.line(*line)


def _lines(report: Report, tables: Sequence[Table], conditions: Sequence[Condition]) -> Iterator[_Line]:
    header = report.header
    yield ((f"{header.candidate.name} against {header.baseline.name}", _TITLE),)
    if header.where:
        yield ((f"only {header.where}", _ASIDE),)
    yield ((headline(report), _TITLE),)
    if not report.complete:
        yield (("This report is partial: not all of the history was replayed.", _BAD),)
    for warning in warnings_of(report):
        yield ((warning, _OPEN),)
    for table in tables:
        yield from _table(table)
    if rules := report.never_fired(CANDIDATE):
        yield from _titled("Rules that never fired")
        yield (f"  {len(rules):,} of {counted(len(header.candidate.rules), 'rule')} of the candidate",)
        yield from (((f"  {rule}", _ASIDE),) for rule in rules[:MOST_ROWS])
        yield from _left_out(f"{len(rules) - MOST_ROWS:,} more" if len(rules) > MOST_ROWS else "")
    yield from _exemplars(report)
    if conditions:
        yield from _titled("Conditions")
    for condition in conditions:
        said = ("fails", _BAD) if condition.holds(report) else ("passes", _GOOD)
        found = counted(condition.counted(report), "draft")
        yield ("  ", said, f"  {condition.text} ({found} of {report.read:,})")


def _titled(title: str) -> Iterator[_Line]:
    yield ("",)
    yield ((title, _TITLE),)


def _left_out(text: str) -> Iterator[_Line]:
    if text:
        yield ((f"  and {text}", _ASIDE),)


def _table(table: Table) -> Iterator[_Line]:
    yield from _titled(table.title)
    cells = [[column.head for column in table.columns], *(list(map(_cell, table.columns, row)) for row in table.rows)]
    widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
    for index, row in enumerate(cells):
        padded = []
        for cell, width, column in zip(row, widths, table.columns, strict=True):
            space = " " * (width - cell_len(cell))
            padded.append(space + cell if column.is_number else cell + space)
        yield (("  " + "  ".join(padded).rstrip(), _STYLES.get(row[0], "") if index else _TITLE),)
    yield from _left_out(table.left_out)


def _exemplars(report: Report) -> Iterator[_Line]:
    moved = moved_and_shown(report)[:MOST_ROWS]
    if moved:
        yield from _titled("Drafts that show them")
    for (before, after), transition in moved:
        yield (f"  {_answer(before)} -> {_answer(after)}",)
        for exemplar in transition.exemplars[:MOST_ROWS]:
            yield ((f"    {_place(exemplar)}", _ASIDE),)
        if transition.smallest is not None and transition.smallest not in transition.exemplars:
            yield ((f"    {_place(transition.smallest)}, the smallest", _ASIDE),)


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
