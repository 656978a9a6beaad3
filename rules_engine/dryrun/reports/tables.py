"""The tables of a report, which text, Markdown and HTML render: what counts most first, and the rest counted."""

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any, Final, Literal

from attrs import evolve, frozen

from rules_engine.dryrun.condition import Condition
from rules_engine.dryrun.document import sorted_transitions
from rules_engine.dryrun.report import (
    BASELINE,
    CANDIDATE,
    CHANGED,
    DIMENSIONS,
    RECORDED,
    Answer,
    Change,
    PolicyName,
    Report,
    Transition,
    UnreadableRecord,
    total,
)
from rules_engine.dryrun.reports.wording import amounts, counted, named, percent
from rules_engine.nearest import did_you_mean

BY: Final = ("code", *DIMENSIONS)
"""What the drafts of a report can be grouped by."""
IN_ORDER: Final = (*CHANGED, Change.UNDECIDED, Change.UNCHANGED)
"""The classes of drafts: what needs looking at comes first."""
MOST_ROWS: Final = 25
"""The most rows of a table in text and Markdown."""
EVERY_USE: Final = ("enforced", "waived", "shadowed", "warned", "skipped", "raised")
_QUIET_USES: Final = ("waived", "shadowed", "warned", "raised")
_PLURALS: Final = {"currency": "currencies"}
_WITHOUT: Final = {"currency": "no amount", "merchant": "no merchant"}

ColumnKind = Literal["code", "text", "answer", "change", "result", "count", "gained", "lost", "share", "money"]
"""What stands in a column: a name of a code, a rule or a fact; a text that others chose; the codes of an answer;
a class of change; whether a condition fails the run; a number of drafts: all of some, those a code is new in, those
it is gone from; a part and its whole; amounts by currency."""
NAMES: Final = ("code", "text", "answer")
"""The kinds whose texts come from histories and policies, so that each form has to write them harmlessly."""
_NUMBERS: Final = ("count", "gained", "lost", "share")


class GroupingError(ValueError):
    """The drafts of a report cannot be grouped so; the text says why."""


@frozen
class Column:
    """A column of a table.

    Attributes:
        head: What stands in it, in lower case.
        kind: Of which kind its cells are.
        empty: What is said where a cell holds nothing.
    """

    head: str
    kind: ColumnKind
    empty: str = ""

    @property
    def is_number(self) -> bool:
        """Whether its cells are numbers."""
        return self.kind in _NUMBERS

    def text_of(self, value: Any) -> str:
        """Return what a cell says, where its kind is none of `NAMES`."""
        match self.kind:
            case "change":
                return named(value)
            case "result":
                return "fails" if value else "passes"
            case "share":
                return percent(*value)
            case "money":
                return ", ".join(amounts(value))
            case _:
                return f"{value:,}"


@frozen
class Table:
    """A table of a report.

    Attributes:
        name: What it is called within a page.
        title: What it shows.
        columns: Its columns.
        rows: Its rows: a value for each column.
        left_out: What is said of the rows that are left out; empty where none is.
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    left_out: str = ""


_DRAFTS, _SHARE = Column("drafts", "count"), Column("share", "share")
_AT_STAKE = Column("amounts at stake", "money")


def tables_of(report: Report, *, by: Sequence[str] = (), conditions: Sequence[Condition] = ()) -> list[Table]:
    """Return the tables of a report that have rows, in the order in which they are to be read.

    Args:
        report: The report.
        by: What drafts are grouped by: `code`, `operation`, `day`, `currency` or `merchant`.
        conditions: What must not be so.

    Raises:
        GroupingError: There is no such group, or the report does not group by merchant.
    """
    dimensions = dimensions_of(report, by)
    tables = (
        conditions_table(report, conditions),
        _class_table(report),
        _transition_table(report),
        codes_table(report, everything="code" in dimensions),
        *(group_table(report, dimension) for dimension in dimensions if dimension != "code"),
        missing_table(report),
        rules_table(report, "Rules that refused nothing", _QUIET_USES),
        keys_table(report),
        invalid_facts_table(report),
        unreadable_table(report),
        lost_table(report),
    )
    return [table for table in tables if table.rows]


def dimensions_of(report: Report, by: Sequence[str]) -> list[str]:
    """Return what drafts are grouped by, each once.

    Raises:
        GroupingError: There is no such group, or the report does not group by merchant.
    """
    for dimension in by:
        if dimension not in BY:
            raise GroupingError(f"unknown group {dimension}: expected {', '.join(BY)}{did_you_mean(dimension, BY)}")
        if dimension == "merchant" and not report.header.by_merchant:
            raise GroupingError("this report does not group drafts by merchant")
    return list(dict.fromkeys(by))


def moved_and_shown(report: Report) -> list[tuple[tuple[Answer, Answer], Transition]]:
    """Return the transitions to another answer that are shown by a draft, in the order of a report."""
    return [
        (answers, transition)
        for answers, transition in sorted_transitions(report.transitions)
        if answers[0] != answers[1] and transition.shown
    ]


def conditions_table(report: Report, conditions: Sequence[Condition]) -> Table:
    """Return each condition, whether it fails the run, and what it counts."""
    columns = (Column("fails if", "code"), Column("result", "result"), _DRAFTS, _SHARE)
    counts = [(each, each.counted(report)) for each in conditions]
    rows = [(each.text, each.holds(report), drafts, (drafts, report.read)) for each, drafts in counts]
    return Table("conditions", "Conditions", columns, rows)


def _class_table(report: Report) -> Table:
    rows = [
        (change, tally.drafts, (tally.drafts, report.read), tally.amounts) for change, tally in report.changes.items()
    ]
    return Table("classes", "What changes", (Column("class", "change"), _DRAFTS, _SHARE, _AT_STAKE), rows)


def _transition_table(report: Report) -> Table:
    rows = [
        (*answers, found.tally.drafts, (found.tally.drafts, report.read), found.tally.amounts)
        for answers, found in sorted_transitions(report.transitions)
        if answers[0] != answers[1]
    ]
    columns = (Column("before", "answer"), Column("after", "answer"), _DRAFTS, _SHARE, _AT_STAKE)
    return _cut(Table("transitions", "Transitions", columns, rows), MOST_ROWS, "transition", drafts=2)


def codes_table(report: Report, *, everything: bool, most: int = MOST_ROWS) -> Table:
    """Return the codes that are gained and lost, those that change most first; or all codes that stand anywhere."""
    found = sorted(
        (change for change in report.codes if everything or change.gained.drafts or change.lost.drafts),
        key=lambda change: (-change.gained.drafts - change.lost.drafts, -change.before, change.code),
    )
    columns = (
        *(Column("code", "code"), Column("before", "count"), Column("after", "count")),
        *(Column("gained", "gained"), Column("lost", "lost")),
        *(Column("amounts gained", "money"), Column("amounts lost", "money")),
    )
    rows = [
        (
            *(each.code, each.before, each.after),
            *(each.gained.drafts, each.lost.drafts),
            *(each.gained.amounts, each.lost.amounts),
        )
        for each in found
    ]
    return _cut(Table("codes", "Codes" if everything else "Codes gained and lost", columns, rows), most, "code")


def group_table(report: Report, dimension: str, most: int = MOST_ROWS) -> Table:
    """Return the drafts of each value of a dimension by class, those with the most changes first, and days in order."""
    groups = report.groups.get(dimension, {})
    classes = [change for change in IN_ORDER if any(change in changes for changes in groups.values())]
    columns = (
        Column(dimension, "text", _WITHOUT.get(dimension, "none")),
        _DRAFTS,
        *(Column(named(change), "count") for change in classes),
        Column("changed", "share"),
        Column("amounts changed", "money"),
    )
    rows: list[tuple[Any, ...]] = []
    for value, changes in groups.items():
        changed = total(changes[change] for change in CHANGED if change in changes)
        drafts = sum(tally.drafts for tally in changes.values())
        by_class = (changes[change].drafts if change in changes else 0 for change in classes)
        rows.append((value, drafts, *by_class, (changed.drafts, drafts), changed.amounts))
    rows.sort(key=lambda row: (-row[-2][0], -row[1], row[0]))
    table = _cut(Table(f"by-{dimension}", f"By {dimension}", columns, rows), most, dimension, drafts=1)
    return evolve(table, rows=sorted(table.rows, key=itemgetter(0))) if dimension == "day" else table


def amounts_table(report: Report, most: int) -> Table:
    """Return the amounts of each currency by class; they add up to nothing."""
    classes = {change: tally.amounts for change in IN_ORDER if (tally := report.changes[change]).amounts}
    columns = [Column("currency", "text"), *(Column(named(change), "money") for change in classes)]
    rows = [
        (currency, *({currency: each[currency]} if currency in each else {} for each in classes.values()))
        for currency in sorted({currency for each in classes.values() for currency in each})
    ]
    return _cut(Table("amounts", "Amounts by currency and class", columns, rows), most, "currency")


def rules_table(report: Report, title: str, hows: Sequence[str], most: int = MOST_ROWS) -> Table:
    """Return how often each rule did something, before and after.

    Args:
        report: The report.
        title: What is shown.
        hows: What rules did, in the order of the columns.
        most: The most rows.
    """
    sides = {BASELINE: "before", CANDIDATE: "after"}
    used = [(how, side, report.used(side, how)) for how in hows for side, _ in judging_sides(report)]
    shown = [(how, side, times) for how, side, times in used if any(each[0] == how and each[2] for each in used)]
    columns = [Column("rule", "code"), *(Column(f"{how} {sides[side]}", "count") for how, side, _ in shown)]
    rules = {rule for *_, times in shown for rule in times}
    rows: list[tuple[Any, ...]] = [(rule, *(times.get(rule, 0) for *_, times in shown)) for rule in rules]
    rows.sort(key=lambda row: (-sum(row[1:]), row[0]))
    return _cut(Table("findings", title, columns, rows), most, "rule")


def judging_sides(report: Report) -> Iterator[tuple[str, PolicyName]]:
    """Yield the sides that are policies, and not what the history recorded."""
    for side, policy in ((BASELINE, report.header.baseline), (CANDIDATE, report.header.candidate)):
        if policy != RECORDED:
            yield side, policy


def missing_table(report: Report, most: int = MOST_ROWS) -> Table:
    """Return the kinds of facts that undecided drafts lack."""
    rows = sorted(report.missing_facts.items(), key=lambda item: (-item[1], item[0]))
    return _cut(
        Table("missing", "Undecided because of missing", (Column("facts", "code"), _DRAFTS), rows), most, "kind"
    )


def keys_table(report: Report, most: int = MOST_ROWS) -> Table:
    """Return the misspelt and unknown keys of facts, those of the most records first."""
    rows = sorted(report.refused_keys.items(), key=lambda item: (-item[1], item[0]))
    columns = (Column("key", "code"), Column("records", "count"))
    return _cut(Table("keys", "Refused keys of facts", columns, rows), most, "key")


def invalid_facts_table(report: Report, most: int = MOST_ROWS) -> Table:
    """Return the first records that were refused for their facts."""
    return _not_judged("invalid-facts", "Invalid facts", report.invalid_facts_samples, report.invalid_facts, most)


def unreadable_table(report: Report, most: int = MOST_ROWS) -> Table:
    """Return the first records that are no drafts."""
    return _not_judged("unreadable", "Unreadable", report.unreadable_samples, report.unreadable, most)


def _not_judged(name: str, title: str, samples: Sequence[UnreadableRecord], records: int, most: int) -> Table:
    columns = (Column("place", "text"), Column("problem", "text"), Column("pointer", "code"))
    rows = [(each.place, each.problem, each.pointer or "") for each in sorted(samples)[:most]]
    more = records - len(rows)
    return Table(name, title, columns, rows, counted(more, "more record") if more > 0 else "")


def lost_table(report: Report, most: int = MOST_ROWS) -> Table:
    """Return the parts of the history that could not be replayed."""
    rows = [(each.place, each.problem) for each in sorted(report.lost)]
    return _cut(Table("lost", "Not replayed", (Column("part", "text"), Column("problem", "text")), rows), most, "part")


def _cut(table: Table, most: int, one: str, *, drafts: int | None = None) -> Table:
    """Keep the first rows, and count the others, with the drafts that stand in one of their columns."""
    rest = table.rows[most:]
    left_out = counted(len(rest), f"more {one}", f"more {_PLURALS.get(one, f'{one}s')}") if rest else ""
    if rest and drafts is not None:
        left_out = f"{left_out} of {counted(sum(row[drafts] for row in rest), 'draft')}"
    return evolve(table, rows=table.rows[:most], left_out=left_out)
