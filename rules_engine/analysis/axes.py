"""What two policies cut differently: axes, and drafts for each stretch of an axis on which neither changes its mind."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from itertools import islice, pairwise, product
from typing import Any, Final, Literal

from attrs import frozen

from rules_engine.analysis.applied import ALWAYS, AppliedPolicy, DraftDocument, PreparedDraft, broken, prepared, valid
from rules_engine.analysis.proof import refuses, settings_of, stricter
from rules_engine.engine.exemptions import fitting
from rules_engine.examples import set_clock
from rules_engine.examples.counterexamples import changes_of
from rules_engine.policy.model import MetadataMatch, Waiver, write_instant
from rules_engine.rules.kinds import Setting
from rules_engine.rules.row import Rule
from rules_engine.views.context import Limit

_MOST_DRAFTS: Final = 4
"""How many drafts of one cell are kept: where something else is broken as well, not every one of them will do."""
_MOST_TRIES: Final = 16
"""How many drafts are tried for one cell."""
_MOST_REGIONS: Final = 48
_OTHER: Final = "another"
"""A merchant, or a value, that no waiver names."""
_POSITION: Final = re.compile(r"/\d+(?=/|$)")
_TICK: Final = timedelta(microseconds=1)

_Sides = tuple[AppliedPolicy, AppliedPolicy]
_Stretch = tuple[datetime | None, datetime | None]
"""From an instant on, until just before another one; None for no end."""


AxisKind = Literal["enforcement", "limit", "waivers"]
"""What an axis is a matter of: whether and from when a rule refuses, a limit that it reads, or waivers of a code."""


@frozen(eq=False)
class Cell:
    """A stretch of an axis on which neither policy changes its mind.

    Attributes:
        what: The stretch, in words.
        drafts: Some drafts that lie in it.
        reason: Why there are none; "" where that is unknown.
    """

    what: str
    drafts: tuple[PreparedDraft, ...] = ()
    reason: str = ""


@frozen(eq=False)
class PolicyAxis:
    """What a code depends on, where two policies differ in it.

    Attributes:
        kind: What it is a matter of.
        name: The name of the rule; for waivers, of the code.
        limit: The name of the limit; None where it is none.
        cells: The stretches between the values of the two policies.
    """

    kind: AxisKind
    name: str
    limit: str | None
    cells: tuple[Cell, ...]

    @property
    def covered(self) -> bool:
        """Whether every cell has a draft, or a reason why none exists."""
        return all(cell.drafts or cell.reason for cell in self.cells)


def rule_axes(rule: Rule[Any], sides: _Sides) -> Iterator[PolicyAxis]:
    """List the axes of a rule that two policies cut differently: whether it is enforced, and the limits it reads.

    Args:
        rule: A rule that one of them may enforce.
        sides: The two policies, on one operation.
    """
    one, other = sides
    if one.enforced.get(rule) != other.enforced.get(rule):
        yield PolicyAxis("enforcement", rule.name, None, tuple(_enforcement_cells(rule, sides)))
    if rule in one.enforced or rule in other.enforced:
        for limit in rule.limits:
            if one.limit(limit) != other.limit(limit):
                yield PolicyAxis("limit", rule.name, limit.name, tuple(_limit_cells(rule, limit, sides)))


def waiver_axis(code: str, reporting: Iterable[Rule[Any]], sides: _Sides) -> PolicyAxis | None:
    """Return the axis of the waivers of a code; None where two policies waive it alike.

    Args:
        code: The name of the code.
        reporting: The rules of the operation that report it.
        sides: The two policies, on one operation.
    """
    # Names, reasons and the operation, which is this one, do not matter here.
    one, other = ({(it.match.merchant, it.match.metadata, it.expires) for it in side.waived(code)} for side in sides)
    if one == other:
        return None
    return PolicyAxis("waivers", code, None, tuple(_waiver_cells(code, tuple(reporting), sides)))


def _enforcement_cells(rule: Rule[Any], sides: _Sides) -> Iterator[Cell]:
    enforcing = [side for side in sides if rule in side.enforced]
    judge, operation = enforcing[0], sides[0].operation
    yield Cell(
        "not violated", _some(draft for draft in valid(operation).values() if not judge.is_violated(rule, draft))
    )
    for stretch in _stretches({side.enforced.get(rule, ALWAYS) for side in enforcing}):
        drafts = (_at(draft, stretch) for draft in broken(operation, rule.name))
        lying = (draft for draft in drafts if draft is not None and judge.is_violated(rule, draft))
        yield Cell(f"violated {_in_words(stretch)}".rstrip(), _some(lying))


def _limit_cells(rule: Rule[Any], limit: Limit[Any], sides: _Sides) -> Iterator[Cell]:
    first, second = (side.limit(limit) for side in sides)
    if limit.members:
        parts = {"both": first & second, "the first only": first - second, "the second only": second - first}
        for words, members in {**parts, "neither": limit.members - first - second}.items():
            what = f"{limit.unit} in {words}"
            chosen = partial(_member, min(members, default=""))
            yield _cell(what, rule, limit, sides, chosen) if members else Cell(what, (), "there are none")
        return
    low, high = (bound - (stricter(rule, limit) == "higher") for bound in sorted((first, second)))
    for least, most in ((None, low), (low + 1, high), (high + 1, None)):
        yield _cell(f"{_range(least, most)} {limit.unit}", rule, limit, sides, partial(_quantity, least, most))


def _member(member: str, _: Setting) -> str:
    return member


def _quantity(least: int | None, most: int | None, setting: Setting) -> int | None:
    """Choose the quantity nearest to the bound of those that drafts of a kind can have; None where there is none."""
    if setting.least is None or setting.most is None:
        return None
    lowest = setting.least if least is None else max(least, setting.least)
    highest = setting.most if most is None else min(most, setting.most)
    if lowest > highest:
        return None
    return highest if least is None else lowest


def _range(least: int | None, most: int | None) -> str:
    if least is None:
        return f"up to {most}"
    if least == most:
        return str(least)
    return f"{least} or more" if most is None else f"{least} to {most}"


def _cell(
    what: str, rule: Rule[Any], limit: Limit[Any], sides: _Sides, choose: Callable[[Setting], int | str | None]
) -> Cell:
    """Find drafts that have a quantity, and that both policies judge as the quantity alone would have it."""
    operation, reason = sides[0].operation, ""
    places = [(setting, example) for setting in settings_of(rule, limit) for example in setting.names]
    for setting, example in [place for place in places if place[1] in valid(operation)] or places:
        quantity = choose(setting)
        if quantity is None:
            reason = setting.beyond
            continue
        expected = [refuses(rule, limit, side.limit(limit), quantity) for side in sides]
        drafts = islice(_having(changes_of(setting, quantity), example, operation), _MOST_TRIES)
        found = _some(draft for draft in drafts if [side.is_violated(rule, draft) for side in sides] == expected)
        if found:
            return Cell(what, found)
    return Cell(what, (), reason)


def _having(changes: Mapping[str, Any], example: str, operation: str) -> Iterator[PreparedDraft]:
    """Set a quantity in its own example, at every item of a list, and in every example of the operation."""
    examples = valid(operation)
    for name in sorted(examples, key=lambda name: name != example):
        for moved in _at_every_item(changes):
            draft = examples[name].with_changes(moved)
            if draft is not None:
                yield draft


def _at_every_item(changes: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Make changes where they are made, and at the first items of the list that they are made in."""
    yield changes
    for position in range(3):
        moved = {_POSITION.sub(f"/{position}", pointer, count=1): value for pointer, value in changes.items()}
        if moved != changes:
            yield moved


@frozen
class _Region:
    """Drafts that every waiver treats alike.

    Attributes:
        merchant: The id of the merchant; None where no waiver asks.
        metadata: Each key that a waiver asks for, to its value; None where the session has no such key.
        stretch: When they are judged.
    """

    merchant: str | None
    metadata: Mapping[str, str | None]
    stretch: _Stretch

    def __str__(self) -> str:
        """Read as `merchant mer_1, channel = bazaar, before 2027-01-10T00:00:00Z`."""
        parts = [] if self.merchant is None else [f"merchant {self.merchant}"]
        parts += [f"no {key}" if value is None else f"{key} = {value}" for key, value in self.metadata.items()]
        return ", ".join(part for part in (*parts, _in_words(self.stretch)) if part)

    def fits(self, waiver: Waiver) -> bool:
        """Return whether a waiver fits these drafts."""
        end = self.stretch[1]
        lasts = end is not None and end <= waiver.expires
        return lasts and waiver.match.merchant in (None, self.merchant) and self._has(waiver.match.metadata)

    def _has(self, asked: MetadataMatch | None) -> bool:
        value = None if asked is None else self.metadata[asked.key]
        return asked is None or (value is not None and asked.value in (None, value))


def _waiver_cells(code: str, reporting: tuple[Rule[Any], ...], sides: _Sides) -> Iterator[Cell]:
    regions = _regions([waiver for side in sides for waiver in side.waived(code)])
    for region in islice(regions, _MOST_REGIONS):
        expected = [any(map(region.fits, side.waived(code))) for side in sides]
        drafts = (draft for rule in reporting for draft in _placed(region, rule, sides))
        lying = (
            draft for draft in drafts if [bool(fitting(side.waived(code), draft.draft)) for side in sides] == expected
        )
        yield Cell(str(region), _some(lying))
    left = sum(1 for _ in regions)
    if left:
        yield Cell(f"{left} more")


def _regions(waivers: list[Waiver]) -> Iterator[_Region]:
    merchants = sorted({waiver.match.merchant for waiver in waivers if waiver.match.merchant is not None})
    values: dict[str, set[str]] = {}
    for asked in (waiver.match.metadata for waiver in waivers):
        if asked is not None:
            values.setdefault(asked.key, set()).update([] if asked.value is None else [asked.value])
    whose = [*merchants, _beside(merchants)] if merchants else [None]
    keyed = [[*sorted(named), _beside(named), None] for named in values.values()]
    times = _stretches({waiver.expires for waiver in waivers})
    return (
        _Region(merchant, dict(zip(values, chosen, strict=True)), stretch)
        for merchant, chosen, stretch in product(whose, product(*keyed), times)
    )


def _beside(names: Iterable[str]) -> str:
    """Return a name that is none of these."""
    taken = set(names)
    return next(name for name in (_OTHER + "_" * length for length in range(len(taken) + 1)) if name not in taken)


def _placed(region: _Region, rule: Rule[Any], sides: _Sides) -> Iterator[PreparedDraft]:
    """Put the counterexamples of a rule into a region."""
    for draft in broken(sides[0].operation, rule.name):
        placed = draft.with_changes(_changes(region, draft))
        moved = None if placed is None else _at(placed, region.stretch)
        if moved is not None and any(side.is_violated(rule, moved) for side in sides):
            yield moved


def _changes(region: _Region, draft: PreparedDraft) -> Mapping[str, Any]:
    changes: dict[str, Any] = {}
    if region.merchant is not None:
        changes["/facts/merchant/id"] = region.merchant
    if region.metadata:
        request, session = (_object(draft.document, *way) for way in (("request",), ("facts", "session")))
        sent = "metadata" in request or draft.draft.operation == "session.create"
        before = _object(request if sent else session, "metadata")
        kept = {key: value for key, value in before.items() if key not in region.metadata}
        stated = {key: value for key, value in region.metadata.items() if value is not None}
        changes["/request/metadata" if sent else "/facts/session/metadata"] = {**kept, **stated}
    return changes


def _object(document: DraftDocument, *way: str) -> Mapping[str, Any]:
    """Find an object in a document; an empty one where there is none."""
    value: Any = document
    for key in way:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value if isinstance(value, Mapping) else {}


def _some(drafts: Iterator[PreparedDraft]) -> tuple[PreparedDraft, ...]:
    return tuple(islice(drafts, _MOST_DRAFTS))


def _stretches(instants: set[datetime]) -> list[_Stretch]:
    """Cut time at some instants."""
    cuts: list[datetime | None] = [None, *sorted(instants - {ALWAYS}), None]
    return list(pairwise(cuts))


def _in_words(stretch: _Stretch) -> str:
    """Describe a stretch of time; "" for all of it."""
    parts = zip(("from", "before"), stretch, strict=True)
    return " ".join(f"{word} {write_instant(instant)}" for word, instant in parts if instant is not None)


def _at(draft: PreparedDraft, stretch: _Stretch) -> PreparedDraft | None:
    """Set the clock of a draft into a stretch; None where its instants cannot be moved so far."""
    start, end = stretch
    now = draft.draft.facts.now
    if (start is None or now >= start) and (end is None or now < end):
        return draft
    try:
        return prepared(set_clock(draft.document, start or (end or now) - _TICK))
    except (LookupError, ValueError, OverflowError):
        return None
