"""What the pictures of the page show: how answers flow into other answers, and how the classes change over time."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import accumulate
from typing import Final

from attrs import frozen

from rules_engine.dryrun.report import ACCEPTED, CHANGED, UNDECIDED, Answer, Change, Report, Tally, change_of
from rules_engine.dryrun.reports.tables import IN_ORDER, Column, Table
from rules_engine.dryrun.reports.wording import counted, named

MOST_LISTS: Final = 7
"""How many lists of codes one side of the flow shows apart from each other."""
MOST_STRETCHES: Final = 120
"""How many stretches of time a strip has."""
_THICK, _THICK_OF_ONE, _THINNEST = 340, 70, 1.5
"""How high all drafts are together at most, and for each band; and the least height of what would not be seen."""
ROOM: Final = 56
"""The least room of a node, for its name in as many lines as `style.css` gives it."""
_GAP, _TOP = 6, 28
_LONGEST_NAME: Final = 60
_LIST, _REST, _LAST = 1, 1 << 20, 1 << 21


@frozen(order=True)
class End:
    """Where drafts come from, or where they go.

    Attributes:
        rank: Where it stands on its side: accepted first, then lists of codes, then the rest, then undecided.
        answer: The answer; nothing for the rest.
        lists: How many lists of codes it stands for.
    """

    rank: int
    answer: Answer
    lists: int = 1

    @property
    def name(self) -> str:
        """What it is called."""
        if self.rank == _REST:
            return f"other ({self.lists:,} lists)"
        return ", ".join(self.answer) if self.answer else "accepted"

    @property
    def shown(self) -> Answer | str:
        """Its codes, or what stands in their place."""
        return self.name if self.answer in (ACCEPTED, UNDECIDED) else self.answer

    @property
    def label(self) -> str:
        """Its name, cut after the last whole code that there is room for."""
        starts = list(accumulate(self.answer, "{}, {}".format))
        fitting = [start for start in starts if len(start) <= _LONGEST_NAME]
        if len(fitting) == len(starts):
            return self.name
        shown = fitting[-1] if fitting else f"{starts[0][:_LONGEST_NAME]}…"
        return f"{shown}, …" if len(starts) > 1 else shown


@frozen(order=True)
class Band:
    """Drafts that go from one end to another.

    Attributes:
        before: Where they come from.
        after: Where they go.
        order: The place of their class in the order of classes.
        drafts: How many.
    """

    before: End
    after: End
    order: int
    drafts: int

    @property
    def change(self) -> Change:
        """Their class."""
        return IN_ORDER[self.order]


def flow(report: Report) -> tuple[Band, ...]:
    """Return the drafts in bands, in order. Those with the same answer, and those undecided twice, flow nowhere."""
    moved = [
        (before, after, transition.tally.drafts)
        for (before, after), transition in report.transitions.items()
        if before != after and transition.tally.drafts > 0
    ]
    lefts = _ends((before, drafts) for before, _, drafts in moved)
    rights = _ends((after, drafts) for _, after, drafts in moved)
    bands: Counter[tuple[End, End, int]] = Counter()
    for before, after, drafts in moved:
        bands[lefts[before], rights[after], IN_ORDER.index(change_of(before, after))] += drafts
    return tuple(sorted(Band(*ends, drafts) for ends, drafts in bands.items()))


def _ends(answers: Iterable[tuple[Answer, int]]) -> dict[Answer, End]:
    drafts_of: Counter[Answer] = Counter()
    for answer, drafts in answers:
        drafts_of[answer] += drafts
    ends = {ACCEPTED: End(0, ACCEPTED), UNDECIDED: End(_LAST, UNDECIDED)}
    lists = sorted((-drafts, answer) for answer, drafts in drafts_of.items() if answer not in ends)
    # A rest of one list would hide its name for nothing.
    shown = len(lists) if len(lists) <= MOST_LISTS + 1 else MOST_LISTS
    rest = End(_REST, (), len(lists) - shown)
    for position, (_, answer) in enumerate(lists):
        ends[answer] = End(_LIST + position, answer) if position < shown else rest
    return ends


@frozen
class Node:
    """An end as it is drawn: its drafts, and where it stands from the top, in CSS pixels."""

    end: End
    drafts: int
    top: float
    height: float


def nodes(parts: Sequence[tuple[End, int]]) -> dict[End, Node]:
    """Return the nodes of one side, from the top down, for the ends of all bands and their drafts."""
    thick = min(_THICK, _THICK_OF_ONE * len(parts))
    drafts_of: Counter[End] = Counter()
    for end, drafts in parts:
        drafts_of[end] += drafts
    placed, top = {}, float(_TOP)
    for end, drafts in sorted(drafts_of.items()):
        height = max(_THINNEST, thick * drafts / drafts_of.total())
        room = max(ROOM, height)
        placed[end] = Node(end, drafts, top + (room - height) / 2, height)
        top += room + _GAP
    return placed


def shapes(bands: Sequence[Band], lefts: Mapping[End, Node], rights: Mapping[End, Node]) -> list[tuple[Band, str]]:
    """Return each band with its path, in the units of an SVG that is 100 wide."""
    drawn = []
    above_left, above_right = ({end: node.top for end, node in side.items()} for side in (lefts, rights))
    for band in bands:
        before, after = lefts[band.before], rights[band.after]
        start, end = above_left[band.before], above_right[band.after]
        above_left[band.before] = lower_start = start + before.height * band.drafts / before.drafts
        above_right[band.after] = lower_end = end + after.height * band.drafts / after.drafts
        # A band of nothing but a hair would not be seen.
        lower_start, lower_end = max(lower_start, start + _THINNEST), max(lower_end, end + _THINNEST)
        there = f"M0 {start:.1f}C50 {start:.1f} 50 {end:.1f} 100 {end:.1f}"
        drawn.append((band, f"{there}V{lower_end:.1f}C50 {lower_end:.1f} 50 {lower_start:.1f} 0 {lower_start:.1f}Z"))
    return drawn


def flow_note(report: Report, bands: Sequence[Band]) -> str:
    """Return what is said of the picture: with it, its figures add up to those of the headline."""
    changed = sum(band.drafts for band in bands if band.change in CHANGED)
    half_known = sum(band.drafts for band in bands) - changed
    kept = sum(transition.tally.drafts for transition in report.transitions.values()) - changed - half_known
    parts = [f"{counted(changed, 'draft')} with another answer"] if changed else []
    if half_known:
        parts.append(f"{counted(half_known, 'draft')} undecided before or after, but not both")
    return f"Drawn: {'; '.join(parts)}. Not drawn: {kept:,} with the same answer before and after."


def flow_table(bands: Sequence[Band]) -> Table:
    """Return the bands as a table."""
    columns = (
        *(Column("old answer", "answer"), Column("new answer", "answer")),
        *(Column("class", "change"), Column("drafts", "count")),
    )
    rows = [
        (*(end.answer or end.name for end in (band.before, band.after)), band.change, band.drafts) for band in bands
    ]
    return Table("flow", "Drafts by old and new answer", columns, rows)


@frozen
class Timeline:
    """The drafts of each class over time.

    Attributes:
        grain: What a stretch of time is: `day` or longer.
        names: The stretches from the first to the last, those without drafts included: the day, the first one of a
            week, or the month, year, decade or century.
        drafts: Class to how many drafts there are in each stretch; only classes that occur.
    """

    grain: str
    names: Sequence[str]
    drafts: Mapping[Change, Sequence[int]]

    def table(self) -> Table:
        """Return it as a table."""
        columns = (Column(self.grain, "text"), *(Column(named(change), "count") for change in self.drafts))
        rows = list(zip(self.names, *self.drafts.values(), strict=True))
        return Table("days", f"Drafts of each class by {self.grain}", columns, rows)


_GRAINS: Final[tuple[tuple[str, Callable[[date], int], Callable[[int], str]], ...]] = (
    ("day", date.toordinal, lambda number: date.fromordinal(number).isoformat()),
    ("week", lambda day: (day.toordinal() - 1) // 7, lambda number: date.fromordinal(7 * number + 1).isoformat()),
    ("month", lambda day: day.year * 12 + day.month - 1, lambda number: f"{number // 12:04d}-{number % 12 + 1:02d}"),
    ("year", lambda day: day.year, lambda number: f"{number:04d}"),
    ("decade", lambda day: day.year // 10, lambda number: f"{number * 10:04d}s"),
    ("century", lambda day: day.year // 100, lambda number: f"{number * 100:04d}s"),
)
"""How long a stretch may be: its name, the number of the stretch that a day is in, and the name of that stretch. Of
centuries, a calendar has a hundred."""


def timeline(days: Mapping[str, Mapping[Change, Tally]]) -> Timeline:
    """Gather days into as many stretches of time as a picture has room for.

    Args:
        days: Day, as ISO 8601 has it, to class to drafts. What is no day stands nowhere in time.
    """
    known = {day: changes for name, changes in days.items() if (day := _read(name)) is not None}
    if not known:
        return Timeline("day", (), {})
    first, last = min(known), max(known)
    grain, number_of, name_of = next(each for each in _GRAINS if each[1](last) - each[1](first) < MOST_STRETCHES)
    start, end = number_of(first), number_of(last)
    drafts = {change: [0] * (end - start + 1) for change in IN_ORDER}
    for day, changes in known.items():
        for change, tally in changes.items():
            drafts[change][number_of(day) - start] += tally.drafts
    occurring = {change: counts for change, counts in drafts.items() if any(counts)}
    return Timeline(grain, [name_of(number) for number in range(start, end + 1)], occurring)


def _read(day: str) -> date | None:
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None
