"""How answers flow into other answers: which of them a picture shows, and how many drafts go from each to each."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from attrs import frozen

from rules_engine.dryrun.report import ACCEPTED, UNDECIDED, Answer, Change, Report, change_of
from rules_engine.dryrun.reports.html.changes import OF_DRAFTS

MOST_LISTS: Final = 7
"""How many lists of codes one side shows apart from each other."""


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


_LIST, _REST, _LAST = 1, 1 << 20, 1 << 21


@frozen(order=True)
class Band:
    """Drafts that go from one end to another.

    Attributes:
        before: Where they come from.
        after: Where they go.
        order: The place of their class in the order of classes.
        change: The class.
        drafts: How many.
    """

    before: End
    after: End
    order: int
    change: Change
    drafts: int


def flow(report: Report) -> tuple[Band, ...]:
    """Gather the drafts into bands, in order. Those with the same answer, and those undecided twice, flow nowhere."""
    moved = [
        (before, after, transition.tally.drafts)
        for (before, after), transition in report.transitions.items()
        if before != after and transition.tally.drafts > 0
    ]
    lefts = _ends((before, drafts) for before, _, drafts in moved)
    rights = _ends((after, drafts) for _, after, drafts in moved)
    bands: Counter[tuple[End, End, Change]] = Counter()
    for before, after, drafts in moved:
        bands[lefts[before], rights[after], change_of(before, after)] += drafts
    return tuple(
        sorted(
            Band(before, after, OF_DRAFTS.index(change), change, drafts)
            for (before, after, change), drafts in bands.items()
        )
    )


def _ends(answers: Iterable[tuple[Answer, int]]) -> dict[Answer, End]:
    counted: Counter[Answer] = Counter()
    for answer, drafts in answers:
        counted[answer] += drafts
    ends = {ACCEPTED: End(0, ACCEPTED), UNDECIDED: End(_LAST, UNDECIDED)}
    lists = sorted((-drafts, answer) for answer, drafts in counted.items() if answer not in ends)
    # A rest of one list would hide its name for nothing.
    shown = len(lists) if len(lists) <= MOST_LISTS + 1 else MOST_LISTS
    rest = End(_REST, (), len(lists) - shown)
    for position, (_, answer) in enumerate(lists):
        ends[answer] = End(_LIST + position, answer) if position < shown else rest
    return ends
