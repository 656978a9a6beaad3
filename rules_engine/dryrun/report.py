"""A report: what a candidate would have answered to a history. Reports of parts merge into the report of the whole.

Merging is associative and commutative, and the empty report changes nothing. So it does not matter how a history is
cut, who reads which part, and in what order they are done.
"""

import enum
import hashlib
import heapq
from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Annotated, Final

from attrs import Factory, define, field, frozen

from rules_engine.codes import INTERNAL_ERROR
from rules_engine.violation import Verdict
from rules_engine.wire.declared import Count, PlainObject, matching
from rules_engine.wire.report import VerdictDocument

Answer = tuple[str, ...]
"""What a policy answers to a draft: the codes, in order, each once; nothing where it is accepted."""

ACCEPTED: Final[Answer] = ()
UNDECIDED: Final[Answer] = ("undecided",)
"""No violation, and facts are missing. It is no code: none of the API has this name, and those of applications have a
namespace."""
_NOT_DECIDED: Final[tuple[Answer, ...]] = (UNDECIDED, (INTERNAL_ERROR.name,))

DIMENSIONS: Final = ("operation", "day", "currency", "merchant")
"""What drafts are grouped by, beside their codes; merchants only where that is asked for."""
BASELINE: Final = "baseline"
CANDIDATE: Final = "candidate"
USES: Final = MappingProxyType(
    {
        "enforced": "violations",
        "warned": "warnings",
        "shadowed": "shadowed",
        "waived": "waived",
        "skipped": "skipped",
        "raised": "faults",
    }
)
"""What a rule may do, to the attribute of a verdict that lists what did it."""
RuleUse = tuple[str, str, str]
"""The side, what a rule did, and the rule's name."""


class Change(enum.Enum):
    """What becomes of a record, from the first answer to the second; every record is in one class."""

    UNCHANGED = "unchanged"
    """The same codes in the same order, or none."""
    NEWLY_REJECTED = "newly_rejected"
    """Accepted before, refused now."""
    NEWLY_ACCEPTED = "newly_accepted"
    """Refused before, accepted now."""
    REASONS_CHANGED = "reasons_changed"
    """Refused both times, for other codes."""
    ORDER_ONLY = "order_only"
    """Refused both times for the same codes, in another order."""
    UNDECIDED = "undecided"
    """Under one of the two policies facts are missing, or no policy applied at the time."""
    INVALID_FACTS = "invalid_facts"
    """The facts of the draft are refused: a key is misspelt, a value cannot be, or two contradict each other."""
    UNREADABLE = "unreadable"
    """The record holds no draft."""


NOT_JUDGED: Final = (Change.INVALID_FACTS, Change.UNREADABLE)
"""The classes of records that have no answer."""
CHANGED: Final = (Change.NEWLY_REJECTED, Change.NEWLY_ACCEPTED, Change.REASONS_CHANGED, Change.ORDER_ONLY)
"""The classes of drafts that get another answer."""


def answer_of(verdict: Verdict) -> Answer:
    """Return the answer of a verdict."""
    if verdict.violations:
        return verdict.codes
    return UNDECIDED if verdict.undecided else ACCEPTED


def change_of(before: Answer, after: Answer) -> Change:
    """Return the class of a draft that has been read."""
    if UNDECIDED in (before, after):
        return Change.UNDECIDED
    if before == after:
        return Change.UNCHANGED
    if not before:
        return Change.NEWLY_REJECTED
    if not after:
        return Change.NEWLY_ACCEPTED
    return Change.ORDER_ONLY if sorted(before) == sorted(after) else Change.REASONS_CHANGED


@define
class Tally:
    """Drafts, counted. Amounts of different currencies are never added to each other.

    Attributes:
        drafts: How many.
        amounts: Currency code in upper case to what they come to, in minor units of that currency.
        unpriced: How many of them have no amount, or an unknown one.
    """

    drafts: Count = 0
    amounts: dict[Annotated[str, matching("[A-Z]{3}")], int] = Factory(dict)
    unpriced: Count = 0

    def add(self, drafts: int, currency: str | None, amount: int) -> None:
        """Count some more drafts of one currency.

        Args:
            drafts: How many.
            currency: The currency; None where the drafts have no amount.
            amount: What they come to, in minor units.
        """
        self.drafts += drafts
        if currency is None:
            self.unpriced += drafts
        else:
            self.amounts[currency] = self.amounts.get(currency, 0) + amount

    def add_tally(self, other: "Tally") -> None:
        """Count what another tally has counted."""
        self.drafts += other.drafts
        self.unpriced += other.unpriced
        for currency, amount in other.amounts.items():
            self.amounts[currency] = self.amounts.get(currency, 0) + amount


def total(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of tallies."""
    added = Tally()
    for tally in tallies:
        added.add_tally(tally)
    return added


@frozen
class PolicyName:
    """A policy, or a directory of policies, as a report names it.

    Attributes:
        name: The id of the policy, or the directory; `recorded` for the codes in the history.
        digest: SHA-256 of all of it, in hexadecimal; empty for the recorded codes.
        rules: The names of the rules in its pipelines that are not off, each once, in order.
    """

    name: str
    digest: Annotated[str, matching("([0-9a-f]{64})?")]
    rules: tuple[str, ...]


RECORDED: Final = PolicyName("recorded", "", ())
"""The codes that stand in the history, in place of a policy."""


@frozen
class Header:
    """What a report is about. Only reports with equal headers can be merged.

    Attributes:
        baseline: What the first answers come from.
        candidate: What the second answers come from.
        where: Which drafts the report is about, as it was asked for; empty for all of them.
        seed: What exemplars are chosen by.
        sample: How many exemplars are kept for each transition, and of what cannot be read.
        by_merchant: Whether drafts are grouped by merchant.
        known_keys: Keys of the application's own that were admitted in facts, in order.
        strict_facts: Whether every other key was refused.
    """

    baseline: PolicyName
    candidate: PolicyName
    where: str = ""
    seed: Count = 0
    sample: Count = 3
    by_merchant: bool = False
    known_keys: tuple[str, ...] = ()
    strict_facts: bool = False


@frozen(order=True)
class Exemplar:
    """A draft that shows a transition. It is chosen by a hash, so that any way of merging keeps the same ones.

    Attributes:
        key: What it is chosen by, a hash of its id in hexadecimal; the smallest are kept.
        place: Where it stands in the history.
        size: How long its document is, in bytes.
        id: The application's name for the draft; null where it has none.
        document: The draft document with its secrets hidden; null where it is too long or nested too deeply.
        before: The first verdict; null for the recorded codes, or where no policy applied.
        after: The second verdict; null where no policy applied.
    """

    key: Annotated[str, matching("[0-9a-f]{16}")]
    place: str
    size: Count
    id: str | None = field(order=False)
    document: PlainObject | None = field(order=False)
    before: VerdictDocument | None = field(order=False)
    after: VerdictDocument | None = field(order=False)


def exemplar_key(seed: int, name: str | bytes) -> str:
    """Return the hash of a draft's id, or of its document where it has no id.

    Args:
        seed: Another seed chooses other drafts.
        name: The id of the draft, or its document.
    """
    data = name.encode("utf-8", "surrogatepass") if isinstance(name, str) else name
    return hashlib.blake2b(data, digest_size=8, key=seed.to_bytes(8, "big")).hexdigest()


@frozen(order=True)
class UnreadableRecord:
    """A record that is no draft, or whose facts are refused.

    Attributes:
        file: The file it stands in.
        position: Where in the file: the line and 0, or the row group and the row.
        place: The same, to be read.
        problem: What is wrong with it.
        pointer: RFC 6901 pointer to what is wrong within the document; null where it is no document.
    """

    file: str
    position: tuple[Count, Count]
    place: str
    problem: str
    pointer: str | None = field(order=False)


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
        tally: How many, and their amounts.
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

    @property
    def shown(self) -> list[Exemplar]:
        """The drafts that show it, each once: the smallest first, then in the order of their keys."""
        rest = sorted(exemplar for exemplar in self.exemplars if exemplar != self.smallest)
        return rest if self.smallest is None else [self.smallest, *rest]


@define
class CodeChange:
    """What becomes of one code.

    Attributes:
        code: The name of the code.
        before: In how many drafts it stands before.
        after: In how many drafts it stands after.
        gained: The drafts it is new in.
        lost: The drafts it is gone from.
    """

    code: str
    before: Count = 0
    after: Count = 0
    gained: Tally = Factory(Tally)
    lost: Tally = Factory(Tally)


@define
class Report:
    """What a candidate would have answered to a history.

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
        filtered_out: How many drafts the report is not about.
        lost: Parts of the history that could not be replayed.
        unfinished: How many parts had not been replayed when the run was ended.
        invalid_facts: How many records were refused for their facts.
        invalid_facts_samples: The first of them, in the order of the history.
        refused_keys: Misspelt or unknown key of facts to how many records have it.
    """

    header: Header
    transitions: dict[tuple[Answer, Answer], Transition] = Factory(dict)
    groups: dict[str, dict[str, dict[Change, Tally]]] = Factory(dict)
    uses: Counter[RuleUse] = Factory(Counter)
    missing_facts: Counter[str] = Factory(Counter)
    operations: Counter[str] = Factory(Counter)
    unreadable: int = 0
    unreadable_samples: list[UnreadableRecord] = Factory(list)
    unrecorded: int = 0
    filtered_out: int = 0
    lost: list[Lost] = Factory(list)
    unfinished: int = 0
    invalid_facts: int = 0
    invalid_facts_samples: list[UnreadableRecord] = Factory(list)
    refused_keys: Counter[str] = Factory(Counter)

    @property
    def read(self) -> int:
        """How many records the report is about, those that cannot be read included."""
        judged = sum(transition.tally.drafts for transition in self.transitions.values())
        return self.unreadable + self.invalid_facts + judged

    @property
    def complete(self) -> bool:
        """Whether all of the history was replayed."""
        return not self.lost and not self.unfinished

    @property
    def changes(self) -> Mapping[Change, Tally]:
        """Every class and the drafts in it, in the order of the classes."""
        changes: dict[Change, list[Tally]] = {change: [] for change in Change}
        for (before, after), transition in self.transitions.items():
            changes[change_of(before, after)].append(transition.tally)
        counted = {change: total(tallies) for change, tallies in changes.items()}
        for change, records in zip(NOT_JUDGED, (self.invalid_facts, self.unreadable), strict=True):
            counted[change] = Tally(records, {}, records)
        return counted

    @property
    def newly_undecided(self) -> Tally:
        """The drafts that are decided before and undecided after: their senders would receive an internal error.

        Where that is what they received before, it is nothing new: a live log records an undecided verdict so.
        """
        return total(
            transition.tally
            for (before, after), transition in self.transitions.items()
            if after == UNDECIDED and before not in _NOT_DECIDED
        )

    @property
    def codes(self) -> tuple[CodeChange, ...]:
        """Every code that stands before or after, by name. Drafts that are undecided gain and lose nothing."""
        found: dict[str, CodeChange] = {}
        for (before, after), transition in self.transitions.items():
            drafts = transition.tally.drafts
            is_decided = change_of(before, after) is not Change.UNDECIDED
            for code in {*before, *after}.difference(UNDECIDED):
                change = found.setdefault(code, CodeChange(code))
                change.before += drafts * (code in before)
                change.after += drafts * (code in after)
                if is_decided and code not in before:
                    change.gained.add_tally(transition.tally)
                elif is_decided and code not in after:
                    change.lost.add_tally(transition.tally)
        return tuple(found[code] for code in sorted(found))

    def never_fired(self, side: str) -> tuple[str, ...]:
        """Return the rules that found nothing in all of the history, in the order of the policy.

        Args:
            side: `BASELINE` or `CANDIDATE`.
        """
        named = self.header.baseline if side == BASELINE else self.header.candidate
        fired = {rule for each, how, rule in self.uses if each == side and how != "skipped"}
        return tuple(rule for rule in named.rules if rule not in fired)

    def used(self, side: str, how: str) -> Mapping[str, int]:
        """Return how often the rules of one side did something, by rule name.

        Args:
            side: `BASELINE` or `CANDIDATE`.
            how: Such as `waived`.
        """
        uses = sorted(self.uses.items())
        return {rule: times for (under, what, rule), times in uses if (under, what) == (side, how)}


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
    merged.invalid_facts += report.invalid_facts
    merged.refused_keys.update(report.refused_keys)
    for name in ("unreadable_samples", "invalid_facts_samples"):
        setattr(merged, name, heapq.nsmallest(sample, (*getattr(merged, name), *getattr(report, name))))
    merged.unrecorded += report.unrecorded
    merged.filtered_out += report.filtered_out
    merged.lost = sorted((*merged.lost, *report.lost))
    merged.unfinished += report.unfinished


def group_tally(report: Report, dimension: str, value: str, change: Change) -> Tally:
    """Return the tally of a class of drafts in a group, made where it is not there yet."""
    return report.groups.setdefault(dimension, {}).setdefault(value, {}).setdefault(change, Tally())
