"""The axes that two policies cut differently, and a concrete draft for each of their cells."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from attrs import frozen

from rules_engine.comparison.polarity import Stricter, stricter
from rules_engine.comparison.proof import Side
from rules_engine.comparison.truth import is_violated
from rules_engine.rules.declaration import Rule
from rules_engine.subjects.context import Limit
from rules_engine.testing.dials import DIALS, Dial
from rules_engine.testing.documents import changed
from rules_engine.testing.spoilers import SPOILERS
from rules_engine.testing.worlds import clean_worlds

Document = Mapping[str, Any]


@frozen(eq=False)
class Cell:
    """A stretch of an axis on which neither policy changes its mind.

    Attributes:
        what: The stretch, in words.
        document: A draft that lies in it; None where there is none.
        reason: Why there is none; "" where nobody knows one.
    """

    what: str
    document: Document | None
    reason: str = ""


@frozen(eq=False)
class Axis:
    """What one rule reads of two policies that differ in it.

    Attributes:
        rule: The rule.
        limit: The limit that differs; None where the rule refuses under one of the policies only.
        cells: The stretches between the values of the two policies.
    """

    rule: Rule[Any]
    limit: Limit[Any] | None
    cells: tuple[Cell, ...]

    @property
    def covered(self) -> bool:
        """Whether every cell has a draft, or a reason why none exists."""
        return all(cell.document is not None or cell.reason for cell in self.cells)


def axes(rule: Rule[Any], one: Side, other: Side) -> Iterator[Axis]:
    """Give the axes of a rule that two policies cut differently.

    Args:
        rule: A rule that one of them may enforce.
        one: One policy, on an operation.
        other: The other one.
    """
    if (rule in one.enforced) is not (rule in other.enforced):
        yield Axis(rule, None, tuple(_mode_cells(rule, one if rule in one.enforced else other)))
    if rule in one.enforced or rule in other.enforced:
        for limit in rule.limits:
            if one.limit(limit) != other.limit(limit):
                yield Axis(rule, limit, tuple(_limit_cells(rule, limit, one, other)))


def _mode_cells(rule: Rule[Any], side: Side) -> Iterator[Cell]:
    for what, expected in (("not violated", False), ("violated", True)):
        drafts = spoilt(side.operation, rule.name) if expected else iter(clean_worlds(side.operation).values())
        lying = (draft for draft in drafts if is_violated(rule, draft, side) is expected)
        yield Cell(what, next(lying, None))


def _limit_cells(rule: Rule[Any], limit: Limit[Any], one: Side, other: Side) -> Iterator[Cell]:
    first, second = one.limit(limit), other.limit(limit)
    if limit.members:
        yield from _set_cells(rule, limit, one, other)
        return
    low, high = min(first, second), max(first, second)
    if stricter(rule, limit) is Stricter.HIGHER:
        stretches = ((None, low - 1), (low, high - 1), (high, None))
    else:
        stretches = ((None, low), (low + 1, high), (high + 1, None))
    for least, most in stretches:
        what = f"{limit.name}: {_words(least, most)} {limit.unit}"
        yield _stretch(rule, limit, (least, most), (one, other), what)


def _words(least: int | None, most: int | None) -> str:
    if least is None:
        return f"up to {most}"
    return f"{least} or more" if most is None else f"{least} to {most}"


def _stretch(
    rule: Rule[Any], limit: Limit[Any], bounds: tuple[int | None, int | None], sides: tuple[Side, Side], what: str
) -> Cell:
    least, most = bounds
    for dial in _dials(rule, limit):
        if dial.least is None or dial.most is None:
            continue
        lowest = dial.least if least is None else max(least, dial.least)
        highest = dial.most if most is None else min(most, dial.most)
        if lowest > highest:
            return Cell(what, None, dial.beyond)
        value = highest if least is None else lowest
        expected = tuple(_refused(rule, limit, value, side) for side in sides)
        for draft in _turned(dial, value, sides[0].operation):
            if tuple(is_violated(rule, draft, side) for side in sides) == expected:
                return Cell(what, draft)
    return Cell(what, None)


def _refused(rule: Rule[Any], limit: Limit[Any], value: int, side: Side) -> bool:
    """Tell whether a quantity is on the refused side of a limit."""
    bound: int = side.limit(limit)
    return value < bound if stricter(rule, limit) is Stricter.HIGHER else value > bound


def _set_cells(rule: Rule[Any], limit: Limit[Any], one: Side, other: Side) -> Iterator[Cell]:
    first, second = one.limit(limit), other.limit(limit)
    stretches = (
        ("in both", first & second),
        ("in the first only", first - second),
        ("in the second only", second - first),
        ("in neither", limit.members - first - second),
    )
    for words, members in stretches:
        what = f"{limit.name}: {limit.unit} {words}"
        if not members:
            yield Cell(what, None, "there are none")
            continue
        value = min(members)
        expected = (value not in first, value not in second)
        drafts = (draft for dial in _dials(rule, limit) for draft in _turned(dial, value, one.operation))
        lying = (
            draft for draft in drafts if tuple(is_violated(rule, draft, side) for side in (one, other)) == expected
        )
        yield Cell(what, next(lying, None))


def _dials(rule: Rule[Any], limit: Limit[Any]) -> list[Dial]:
    return [dial for dial in DIALS if (dial.rule, dial.limit) == (rule.name, limit.name)]


def _turned(dial: Dial, value: int | str, operation: str) -> Iterator[Document]:
    """Turn a dial in its own world, and in every world of the operation that it fits."""
    worlds = clean_worlds(operation)
    for world in sorted(worlds, key=lambda name: name != dial.world):
        draft = _fitting(lambda world=world: dial.document(value, world=world))  # type: ignore[misc]  # bound at once
        if draft is not None:
            yield draft


@cache
def spoilt_drafts(operation: str) -> tuple[tuple[str, Document], ...]:
    """Give every spoiler, by the name of its rule, in every world of an operation that it fits."""
    worlds = clean_worlds(operation)
    drafts: list[tuple[str, Document]] = []
    for spoiler in SPOILERS:
        for world in sorted(worlds, key=lambda name, own=spoiler.world: name != own):  # type: ignore[misc]  # the same
            draft = with_changes(worlds[world], spoiler.changes)
            if draft is not None:
                drafts.append((spoiler.rule, draft))
    return tuple(drafts)


def spoilt(operation: str, rule: str) -> Iterator[Document]:
    """Give the spoilers of one rule in an operation."""
    return (draft for name, draft in spoilt_drafts(operation) if name == rule)


def with_changes(document: Document, changes: Mapping[str, Any]) -> Document | None:
    """Change a document; None where the changes do not fit it."""
    return _fitting(lambda: changed(document, changes))


def _fitting(draft: Callable[[], Document]) -> Document | None:
    try:
        return draft()
    except (LookupError, TypeError, ValueError, AttributeError):
        return None
