"""The tables of a report, as text and Markdown show them: what counts most first, and the rest counted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeVar

from attrs import Factory, frozen

from rules_engine.dryrun.condition import Condition
from rules_engine.dryrun.document import sorted_transitions
from rules_engine.dryrun.report import BASELINE, CANDIDATE, DIMENSIONS, Change, Report, Tally, total
from rules_engine.dryrun.reports.money import all_written
from rules_engine.dryrun.reports.share import percent
from rules_engine.dryrun.reports.wording import CHANGED, Names, answered, counted, named
from rules_engine.nearest import did_you_mean

BY: Final = ("code", *DIMENSIONS)
"""What the drafts of a report can be grouped by."""
MOST_ROWS: Final = 25
"""The most rows of a table."""
_USES: Final = ("waived", "shadowed", "warned", "raised")

Cell = str | Names
Row = Sequence[Cell]
T = TypeVar("T")


class GroupingError(ValueError):
    """The drafts of a report cannot be grouped so; the text says why."""


@frozen
class Table:
    """A table of a report.

    Attributes:
        title: What it shows.
        columns: What stands in each column; numbers are those whose name starts with `#`, which is not shown.
        rows: The rows.
        left_out: What is said of the rows that are left out; empty where none is.
    """

    title: str
    columns: tuple[str, ...]
    rows: Sequence[Row] = Factory(list)
    left_out: str = ""


def tables_of(report: Report, *, by: Sequence[str] = (), conditions: Sequence[Condition] = ()) -> list[Table]:
    """Give the tables of a report that have rows, in the order in which they are to be read.

    Args:
        report: The report.
        by: What drafts are grouped by: `code`, `operation`, `day`, `currency` or `merchant`.
        conditions: What must not be so.

    Raises:
        GroupingError: There is no such group, or the report does not tell merchants apart.
    """
    dimensions = dimensions_of(report, by)
    grouped = [_group_table(report, dimension) for dimension in dimensions if dimension != "code"]
    tables = (
        _condition_table(report, conditions),
        _class_table(report),
        _transition_table(report),
        _code_table(report, everything="code" in dimensions),
        *grouped,
        _missing_table(report),
        _use_table(report),
        _unreadable_table(report),
        _lost_table(report),
    )
    return [table for table in tables if table.rows]


def dimensions_of(report: Report, by: Sequence[str]) -> list[str]:
    """Give what drafts are grouped by, each once.

    Raises:
        GroupingError: There is no such group, or the report does not tell merchants apart.
    """
    return [_checked(report, dimension) for dimension in dict.fromkeys(by)]


def _checked(report: Report, dimension: str) -> str:
    if dimension not in BY:
        raise GroupingError(f"unknown group {dimension}: expected {', '.join(BY)}{did_you_mean(dimension, BY)}")
    if dimension == "merchant" and not report.header.by_merchant:
        raise GroupingError("this report does not tell merchants apart")
    return dimension


def _condition_table(report: Report, conditions: Sequence[Condition]) -> Table:
    rows: list[Row] = []
    for condition in conditions:
        drafts = condition.counted(report)
        is_so = "fails" if condition.holds(report) else "passes"
        rows.append((Names((condition.text,)), is_so, f"{drafts:,}", percent(drafts, report.read)))
    return Table("Conditions", ("fails if", "result", "#drafts", "#share"), rows)


def _class_table(report: Report) -> Table:
    rows = [
        (named(change), f"{tally.drafts:,}", percent(tally.drafts, report.read), all_written(tally.amounts))
        for change, tally in report.changes.items()
    ]
    return Table("What changes", ("class", "#drafts", "#share", "amounts at stake"), rows)


def _transition_table(report: Report) -> Table:
    moved = [
        (answers, found.tally) for answers, found in sorted_transitions(report.transitions) if answers[0] != answers[1]
    ]
    rows = [
        (
            answered(before),
            answered(after),
            f"{tally.drafts:,}",
            percent(tally.drafts, report.read),
            all_written(tally.amounts),
        )
        for (before, after), tally in moved[:MOST_ROWS]
    ]
    rest = moved[MOST_ROWS:]
    drafts = sum(tally.drafts for _, tally in rest)
    left_out = f"{counted(len(rest), 'more transition')} of {counted(drafts, 'draft')}" if rest else ""
    return Table("Transitions", ("before", "after", "#drafts", "#share", "amounts at stake"), rows, left_out)


def _code_table(report: Report, *, everything: bool) -> Table:
    found = [change for change in report.codes if everything or change.gained.drafts or change.lost.drafts]
    kept, left_out = _most(found, lambda change: change.gained.drafts + change.lost.drafts, "code")
    rows = [
        (
            Names((change.code,)),
            f"{change.before:,}",
            f"{change.after:,}",
            f"{change.gained.drafts:,}",
            f"{change.lost.drafts:,}",
            all_written(change.gained.amounts),
            all_written(change.lost.amounts),
        )
        for change in kept
    ]
    columns = ("code", "#before", "#after", "#gained", "#lost", "amounts gained", "amounts lost")
    return Table("Codes" if everything else "Codes gained and lost", columns, rows, left_out)


def _group_table(report: Report, dimension: str) -> Table:
    groups = sorted(report.groups.get(dimension, {}).items())
    kept, left_out = _most(groups, lambda group: _drafts(group[1], CHANGED), "group")
    rows: list[Row] = []
    for value, changes in kept:
        everything = total(changes.values())
        changed = total(tally for change, tally in changes.items() if change in CHANGED)
        rows.append(
            (
                Names((value,) if value else (), "none"),
                f"{everything.drafts:,}",
                *(f"{_drafts(changes, (change,)):,}" for change in (*CHANGED, Change.UNDECIDED)),
                percent(changed.drafts, everything.drafts),
                all_written(changed.amounts),
            )
        )
    columns = (
        dimension,
        "#drafts",
        *(f"#{named(change)}" for change in (*CHANGED, Change.UNDECIDED)),
        "#share changed",
        "amounts changed",
    )
    return Table(f"By {dimension}", columns, rows, left_out)


def _drafts(changes: Mapping[Change, Tally], counted_as: Iterable[Change]) -> int:
    return sum(changes[change].drafts for change in counted_as if change in changes)


def _most(found: Sequence[T], weight: Callable[[T], int], name: str) -> tuple[list[T], str]:
    """Keep as many as a table may have, those that weigh most, in the order in which they stand."""
    heaviest = sorted(range(len(found)), key=lambda index: (-weight(found[index]), index))[:MOST_ROWS]
    left_out = len(found) - len(heaviest)
    return [found[index] for index in sorted(heaviest)], counted(left_out, f"more {name}") if left_out else ""


def _missing_table(report: Report) -> Table:
    rows = [(Names((kind,)), f"{drafts:,}") for kind, drafts in sorted(report.missing_facts.items())]
    return Table("Undecided for want of", ("facts", "#drafts"), rows)


def _use_table(report: Report) -> Table:
    used = {(use.how, use.rule) for use in report.uses if use.how in _USES}
    found = sorted(used, key=lambda pair: (_USES.index(pair[0]), pair[1]))
    times = {how: (report.used(BASELINE, how), report.used(CANDIDATE, how)) for how in _USES}
    kept, left_out = _most(found, lambda pair: sum(side.get(pair[1], 0) for side in times[pair[0]]), "rule")
    rows: list[Row] = [(how, Names((rule,)), *(f"{side.get(rule, 0):,}" for side in times[how])) for how, rule in kept]
    return Table("Rules that refused nothing", ("how", "rule", "#baseline", "#candidate"), rows, left_out)


def _unreadable_table(report: Report) -> Table:
    samples = report.unreadable_samples[:MOST_ROWS]
    rows = [
        (Names((sample.place,)), Names((sample.problem,)), Names((sample.pointer,) if sample.pointer else ()))
        for sample in samples
    ]
    rest = report.unreadable - len(samples)
    return Table("Unreadable", ("place", "problem", "pointer"), rows, counted(rest, "more record") if rest > 0 else "")


def _lost_table(report: Report) -> Table:
    rows = [(Names((lost.place,)), Names((lost.problem,))) for lost in report.lost[:MOST_ROWS]]
    rest = len(report.lost) - len(rows)
    return Table("Not replayed", ("part", "problem"), rows, counted(rest, "more part") if rest > 0 else "")
