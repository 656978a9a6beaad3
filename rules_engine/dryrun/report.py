"""A report: what a candidate would have said of a history. Reports of parts merge into the report of the whole.

Merging is associative and commutative, and the empty report changes nothing. So it does not matter how a history is
cut, who reads which part, and in what order they are done.
"""

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from attrs import Factory, define, frozen

from rules_engine.codes import INTERNAL_ERROR
from rules_engine.dryrun.answer import UNDECIDED, Answer, Change, change_of
from rules_engine.dryrun.exemplar import Exemplar, Unreadable
from rules_engine.dryrun.header import Header
from rules_engine.dryrun.tally import Tally, total

DIMENSIONS: Final = ("operation", "day", "currency", "merchant")
"""What drafts are told apart by, beside their codes; merchants only where that is asked for."""

_NOT_DECIDED: Final[tuple[Answer, ...]] = (UNDECIDED, (INTERNAL_ERROR.name,))

Side = str
BASELINE: Final[Side] = "baseline"
CANDIDATE: Final[Side] = "candidate"


@frozen(order=True)
class RuleUse:
    """Something that a rule did.

    Attributes:
        side: Under which of the two policies.
        rule: The name of the rule.
        how: `enforced`, `warned`, `shadowed`, `waived`, `skipped` or `raised`.
    """

    side: Side
    rule: str
    how: str


@frozen(order=True)
class Lost:
    """A part of the history that could not be replayed.

    Attributes:
        place: Which part.
        problem: Why.
    """

    place: str
    problem: str


@define
class Transition:
    """The drafts that go from one answer to another.

    Attributes:
        tally: How many, and how much money they are about.
        exemplars: Some of them, in the order of their keys.
        smallest: The one with the shortest document.
    """

    tally: Tally = Factory(Tally)
    exemplars: list[Exemplar] = Factory(list)
    smallest: Exemplar | None = None

    def add(self, other: "Transition", sample: int) -> None:
        """Add the drafts of another part of the history."""
        self.tally.add_tally(other.tally)
        self.exemplars = heapq.nsmallest(sample, (*self.exemplars, *other.exemplars))
        both = [exemplar for exemplar in (self.smallest, other.smallest) if exemplar is not None]
        self.smallest = min(both, key=lambda exemplar: (exemplar.size, exemplar), default=None)


@frozen
class CodeChange:
    """What becomes of one code.

    Attributes:
        code: The name of the code.
        before: In how many drafts it stands before.
        after: In how many it stands after.
        gained: The drafts it is new in.
        lost: The drafts it is gone from.
    """

    code: str
    before: int
    after: int
    gained: Tally
    lost: Tally


@define
class Report:
    """What a candidate would have said of a history.

    Attributes:
        header: What the report is about.
        transitions: From answer to answer.
        groups: Dimension to value to class of change to the drafts.
        uses: What rules did, counted by finding.
        missing_facts: Kind of fact to how many undecided drafts lack one.
        operations: Operation to how many of its drafts were put to the rules; requests that do not parse are not.
        unreadable: How many records are no drafts.
        unreadable_samples: The first of them, in the order of the history.
        unrecorded: How many drafts hold no recorded codes, where those are the baseline.
        skipped: How many drafts the report is not about.
        lost: Parts of the history that could not be replayed.
        unfinished: How many parts had not been replayed when the run was ended.
    """

    header: Header
    transitions: dict[tuple[Answer, Answer], Transition] = Factory(dict)
    groups: dict[str, dict[str, dict[Change, Tally]]] = Factory(dict)
    uses: Counter[RuleUse] = Factory(Counter)
    missing_facts: Counter[str] = Factory(Counter)
    operations: Counter[str] = Factory(Counter)
    unreadable: int = 0
    unreadable_samples: list[Unreadable] = Factory(list)
    unrecorded: int = 0
    skipped: int = 0
    lost: list[Lost] = Factory(list)
    unfinished: int = 0

    @property
    def read(self) -> int:
        """How many records the report is about, those that cannot be read included."""
        return self.unreadable + sum(transition.tally.drafts for transition in self.transitions.values())

    @property
    def complete(self) -> bool:
        """Whether all of the history was replayed."""
        return not self.lost and not self.unfinished

    @property
    def changes(self) -> Mapping[Change, Tally]:
        """Give every class and the drafts in it, in the order of the classes."""
        changes: dict[Change, list[Tally]] = {change: [] for change in Change}
        for (before, after), transition in self.transitions.items():
            changes[change_of(before, after)].append(transition.tally)
        counted = {change: total(tallies) for change, tallies in changes.items()}
        counted[Change.UNREADABLE] = Tally(self.unreadable, {}, self.unreadable)
        return counted

    @property
    def newly_undecided(self) -> Tally:
        """Give the drafts that are decided before and undecided after: whoever sends them would hear an internal error.

        Where that is what they heard before, it is nothing new: a live log records an undecided verdict so.
        """
        return total(
            transition.tally
            for (before, after), transition in self.transitions.items()
            if after == UNDECIDED and before not in _NOT_DECIDED
        )

    @property
    def codes(self) -> tuple[CodeChange, ...]:
        """Give every code that stands before or after, by name. Drafts that are undecided gain and lose nothing."""
        before: Counter[str] = Counter()
        after: Counter[str] = Counter()
        gained: dict[str, list[Tally]] = {}
        lost: dict[str, list[Tally]] = {}
        for (first, second), transition in self.transitions.items():
            drafts = transition.tally.drafts
            decided = change_of(first, second) is not Change.UNDECIDED
            for code in _codes(first):
                before[code] += drafts
                if decided and code not in second:
                    lost.setdefault(code, []).append(transition.tally)
            for code in _codes(second):
                after[code] += drafts
                if decided and code not in first:
                    gained.setdefault(code, []).append(transition.tally)
        return tuple(
            CodeChange(code, before[code], after[code], total(gained.get(code, ())), total(lost.get(code, ())))
            for code in sorted({*before, *after})
        )

    def never_fired(self, side: Side) -> tuple[str, ...]:
        """Name the rules that found nothing in all of the history, in the order of the policy.

        Args:
            side: `BASELINE` or `CANDIDATE`.
        """
        named = self.header.baseline if side == BASELINE else self.header.candidate
        fired = {use.rule for use in self.uses if use.side == side and use.how != "skipped"}
        return tuple(rule for rule in named.rules if rule not in fired)

    def used(self, side: Side, how: str) -> Mapping[str, int]:
        """Count what the rules of one side did, by rule name.

        Args:
            side: `BASELINE` or `CANDIDATE`.
            how: Such as `waived`.
        """
        return {use.rule: times for use, times in sorted(self.uses.items()) if (use.side, use.how) == (side, how)}


def _codes(answer: Answer) -> Answer:
    return () if change_of(answer, answer) is Change.UNDECIDED else answer


class HeadersDifferError(ValueError):
    """Two reports that are about different things cannot be merged."""


def merge(header: Header, reports: Iterable[Report]) -> Report:
    """Merge reports of parts of a history into a new one.

    Args:
        header: What all of them are about; without any, the report of an empty history.
        reports: The reports. They are left as they are.

    Raises:
        HeadersDifferError: One of them is about something else.
    """
    merged = Report(header)
    for report in reports:
        if report.header != header:
            raise HeadersDifferError("reports about different policies or different drafts cannot be merged")
        _add(merged, report)
    return merged


def _add(merged: Report, report: Report) -> None:
    sample = merged.header.sample
    for answers, transition in report.transitions.items():
        merged.transitions.setdefault(answers, Transition()).add(transition, sample)
    for dimension, values in report.groups.items():
        for value, changes in values.items():
            for change, tally in changes.items():
                group_tally(merged, dimension, value, change).add_tally(tally)
    merged.uses.update(report.uses)
    merged.missing_facts.update(report.missing_facts)
    merged.operations.update(report.operations)
    merged.unreadable += report.unreadable
    merged.unreadable_samples = heapq.nsmallest(sample, (*merged.unreadable_samples, *report.unreadable_samples))
    merged.unrecorded += report.unrecorded
    merged.skipped += report.skipped
    merged.lost = sorted((*merged.lost, *report.lost))
    merged.unfinished += report.unfinished


def group_tally(report: Report, dimension: str, value: str, change: Change) -> Tally:
    """Give the tally of a class of drafts in a group, made where it is not there yet."""
    return report.groups.setdefault(dimension, {}).setdefault(value, {}).setdefault(change, Tally())
