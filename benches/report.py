"""What a run found, as tables of text, as a page and as JSON."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from attrs import asdict, frozen

from benches.bars import Bar
from benches.contestants import MSGSPEC, STRAIGHT, VIEWS, Absent, Agreement, Contestant, Path
from benches.measure import Import, Memory, Spread, Timed
from rules_engine.extras import install_command

REFERENCES: Final[Mapping[Path, tuple[str, str]]] = {
    Path.OBJECT: (STRAIGHT, VIEWS),
    Path.WIRE: (MSGSPEC, MSGSPEC),
}
"""What the ratios of a path are to: the hard reference, and straight-line Python over the library's views."""

_HOW_TO_READ: Final = (
    "Processor time in microseconds once everybody is compiled and has judged two hundred drafts, the median of"
    " interleaved rounds with its quartiles, and how many times the references: on the object path straight-line Python"
    " that looks things up and checks in one go, and straight-line Python over the library's own views; on the wire"
    " path msgspec's typed decode and then straight-line Python. `rules`: how many of the rules of `session.create` are"
    " applied; engines of others get those that every one of them can express, over a flat record that Python makes of"
    " the parsed draft, which is counted. `agree`: in how many drafts the codes were those of the hand-written checks"
    " of the same rules, in the same order."
)


@frozen
class Report:
    """A run.

    Attributes:
        machine: The interpreter and the processor.
        versions: Package to version.
        rounds: How many rounds were timed.
        all_rules: How many rules the default policy has for `session.create`.
        uncovered: Those of them that are off in every run, since no straight-line Python checks them.
        agreements: How often each contestant gave the expected answer.
        absent: The peers that are not installed.
        timed: Every contestant on every draft.
        memory: What a draft of three lines allocates.
        imports: What imports take.
        bars: The bars, and how they stand.
    """

    machine: str
    versions: Mapping[str, str]
    rounds: int
    all_rules: int
    uncovered: Sequence[str]
    agreements: Sequence[tuple[Contestant, Agreement]]
    absent: Sequence[Absent]
    timed: Sequence[Timed]
    memory: Sequence[Memory]
    imports: Sequence[Import]
    bars: Sequence[Bar]


@frozen
class Section:
    """A table.

    Attributes:
        title: What it shows.
        note: How to read it.
        columns: The heads of its columns.
        rows: Its rows.
    """

    title: str
    note: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def sections(report: Report) -> list[Section]:
    """Lay a run out as tables."""
    columns = ("path", "draft", "lines", "who", "rules", "µs", "quartiles", "x straight-line", "x over our views")
    return [
        Section("Cost of a draft", _HOW_TO_READ, (*columns, "agree"), list(_cost_rows(report))),
        Section(
            "Bars",
            "Median ratios; a row without a bound only informs.",
            ("what", "ratio", "bar", ""),
            [
                (bar.what, f"{bar.ratio:.2f}", bar.bound, "" if bar.met is None else "met" if bar.met else "not met")
                for bar in report.bars
            ],
        ),
        Section(
            "Memory of a clean draft of 3 lines",
            "Bytes that Python allocates, by tracemalloc; what libraries in Rust and C allocate is not seen.",
            ("path", "who", "most at once", "kept by the answer"),
            [(m.contestant.path.value, m.contestant.name, f"{m.peak:,}", f"{m.kept:,}") for m in report.memory],
        ),
        Section(
            "Import",
            "Milliseconds of processor time in fresh processes, in turns, without the interpreter's own.",
            ("what", "ms", "quartiles", "x attrs, cattrs"),
            [
                (item.what, f"{item.cost.median:.1f}", _quartiles(item.cost), f"{item.times.median:.2f}")
                for item in report.imports
            ],
        ),
    ]


def remarks(report: Report) -> list[str]:
    """List what is missing from the tables, and why."""
    covered = report.all_rules - len(report.uncovered)
    found = [f"Straight-line Python checks {covered} of {report.all_rules} rules of `session.create`."]
    if report.uncovered:
        found.append(f"Off for everybody: {', '.join(report.uncovered)}.")
    found += [f"{item.name} is left out: {install_command('bench')} brings {item.package}." for item in report.absent]
    found += [
        f"{contestant.name} ({contestant.path.value} path) is not timed, it disagrees: {agreement.difference}"
        for contestant, agreement in report.agreements
        if agreement.difference
    ]
    return found


def text(report: Report) -> str:
    """Write the report for a terminal."""
    parts = [report.machine, ", ".join(f"{name} {number}" for name, number in report.versions.items())]
    parts += remarks(report)
    for section in sections(report):
        parts += ["", section.title, section.note, "", _aligned([section.columns, *section.rows])]
    return "\n".join(parts)


def page(report: Report, command: str) -> str:
    """Write the report as a page of Markdown.

    Args:
        report: The report.
        command: The command that wrote it.
    """
    parts = [
        "# Results of the benches",
        f"Written by `{command}`, {report.rounds} rounds. The figures are of one machine at one time.",
        f"- {report.machine}\n- " + ", ".join(f"{name} {number}" for name, number in report.versions.items()),
        *remarks(report),
    ]
    tables = sections(report)
    for section in (*tables[1:2], *tables[:1], *tables[2:]):
        lines = [section.columns, ("---",) * len(section.columns), *section.rows]
        table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
        parts += [f"## {section.title}", section.note, table]
    return "\n\n".join(parts) + "\n"


def document(report: Report) -> dict[str, Any]:
    """Render the report as a JSON document."""
    return {
        "machine": report.machine,
        "versions": dict(report.versions),
        "rounds": report.rounds,
        "unit": "microseconds",
        "drafts": [
            {
                **_who(item.contestant),
                "draft": item.case.name,
                "lines": item.lines,
                "clean": item.clean,
                "rules": item.contestant.rules,
                "cost": _spread(item.cost),
                "timesStraightLine": _spread(straight),
                "timesOverOurViews": _spread(views),
            }
            for item, (straight, views) in _with_ratios(report.timed)
        ],
        "agreement": [_who(item) | asdict(agreement) for item, agreement in report.agreements],
        "absent": [{"who": item.name, "package": item.package} for item in report.absent],
        "bars": [{"what": bar.what, "ratio": bar.ratio, "bar": bar.bound, "met": bar.met} for bar in report.bars],
        "memory": [_who(item.contestant) | {"peak": item.peak, "kept": item.kept} for item in report.memory],
        "imports": [
            {"what": item.what, "milliseconds": _spread(item.cost), "timesAttrsCattrs": _spread(item.times)}
            for item in report.imports
        ],
    }


def _who(contestant: Contestant) -> dict[str, Any]:
    return {"path": contestant.path.value, "who": contestant.name}


def _cost_rows(report: Report) -> Iterator[tuple[str, ...]]:
    # A session of more lines than usual is judged by contestants that are set up again, under the same names.
    agreed = {(item.name, item.path): str(agreement) for item, agreement in report.agreements}
    for item, (straight, views) in _with_ratios(report.timed):
        who = item.contestant
        yield (
            who.path.value,
            "clean" if item.clean else "five errors",
            f"{item.lines:,}",
            who.name,
            f"{who.rules} of {report.all_rules}",
            f"{item.cost.median:,.1f}",
            _quartiles(item.cost),
            "" if straight is None else f"{straight.median:.2f}",
            "" if views is None or who.path is Path.WIRE else f"{views.median:.2f}",
            agreed[who.name, who.path],
        )


def _with_ratios(timed: Sequence[Timed]) -> Iterator[tuple[Timed, tuple[Spread | None, Spread | None]]]:
    """Return what was timed, by draft and the quickest first, with its ratios to the two references of its path."""
    for key, group in groupby(timed, key=lambda item: (item.contestant.path, item.clean, item.lines)):
        of_draft = {item.contestant.name: item for item in group}
        straight, views = (of_draft.get(name) for name in REFERENCES[key[0]])
        for item in sorted(of_draft.values(), key=lambda item: item.cost.median):
            yield (
                item,
                (None if straight is None else item.times(straight), None if views is None else item.times(views)),
            )


def _quartiles(spread: Spread) -> str:
    return f"{spread.low:,.1f} to {spread.high:,.1f}"


def _spread(spread: Spread | None) -> dict[str, float] | None:
    if spread is None:
        return None
    return {
        "lowerQuartile": round(spread.low, 3),
        "median": round(spread.median, 3),
        "upperQuartile": round(spread.high, 3),
    }


def _aligned(rows: Sequence[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
