"""The axes that two policies cut differently: what a rule reads of them."""

from collections.abc import Iterator
from typing import Any

from rules_engine.comparison.cells import Axis, Cell, Kind, at, in_words, some, stretches, turned
from rules_engine.comparison.polarity import Stricter, stricter
from rules_engine.comparison.proof import ALWAYS, Side
from rules_engine.comparison.specimen import Specimen, broken, clean
from rules_engine.examples.dials import DIALS, Dial
from rules_engine.rules.declaration import Rule
from rules_engine.views.context import Limit


def axes(rule: Rule[Any], one: Side, other: Side) -> Iterator[Axis]:
    """Give the axes of a rule that two policies cut differently.

    Args:
        rule: A rule that one of them may enforce.
        one: One policy, on an operation.
        other: The other one.
    """
    if one.enforced.get(rule) != other.enforced.get(rule):
        yield Axis(Kind.ENFORCEMENT, rule.name, None, tuple(_enforcement_cells(rule, one, other)))
    if rule in one.enforced or rule in other.enforced:
        for limit in rule.limits:
            if one.limit(limit) != other.limit(limit):
                yield Axis(Kind.LIMIT, rule.name, limit.name, tuple(_limit_cells(rule, limit, one, other)))


def _enforcement_cells(rule: Rule[Any], one: Side, other: Side) -> Iterator[Cell]:
    enforcing = [side for side in (one, other) if rule in side.enforced]
    clear = (draft for draft in clean(one.operation).values() if not draft.violates(rule, enforcing[0]))
    yield Cell("not violated", some(clear))
    for stretch in stretches({side.enforced.get(rule, ALWAYS) for side in enforcing}):
        drafts = (at(draft, stretch) for draft in broken(one.operation, rule.name))
        lying = (draft for draft in drafts if draft is not None and draft.violates(rule, enforcing[0]))
        yield Cell(f"violated {in_words(stretch)}".rstrip(), some(lying))


def _limit_cells(rule: Rule[Any], limit: Limit[Any], one: Side, other: Side) -> Iterator[Cell]:
    if limit.members:
        yield from _set_cells(rule, limit, one, other)
        return
    low, high = sorted((one.limit(limit), other.limit(limit)))
    if stricter(rule, limit) is Stricter.HIGHER:
        parts = ((None, low - 1), (low, high - 1), (high, None))
    else:
        parts = ((None, low), (low + 1, high), (high + 1, None))
    for least, most in parts:
        yield _stretch(rule, limit, (least, most), (one, other))


def _words(least: int | None, most: int | None) -> str:
    if least is None:
        return f"up to {most}"
    if least == most:
        return str(least)
    return f"{least} or more" if most is None else f"{least} to {most}"


def _stretch(
    rule: Rule[Any], limit: Limit[Any], bounds: tuple[int | None, int | None], sides: tuple[Side, Side]
) -> Cell:
    least, most = bounds
    what = f"{_words(least, most)} {limit.unit}"
    reason = ""
    for dial in _dials(rule, limit, sides[0].operation):
        if dial.least is None or dial.most is None:
            continue
        lowest = dial.least if least is None else max(least, dial.least)
        highest = dial.most if most is None else min(most, dial.most)
        if lowest > highest:
            reason = dial.beyond
            continue
        value = highest if least is None else lowest
        expected = tuple(_refused(rule, limit, value, side) for side in sides)
        lying = some(_lying(turned([dial], value, sides[0].operation), rule, sides, expected))
        if lying:
            return Cell(what, lying)
    return Cell(what, (), reason)


def _lying(
    drafts: Iterator[Specimen], rule: Rule[Any], sides: tuple[Side, Side], expected: tuple[bool, ...]
) -> Iterator[Specimen]:
    return (draft for draft in drafts if tuple(draft.violates(rule, side) for side in sides) == expected)


def _refused(rule: Rule[Any], limit: Limit[Any], value: int, side: Side) -> bool:
    """Tell whether a quantity is on the refused side of a limit."""
    bound: int = side.limit(limit)
    return value < bound if stricter(rule, limit) is Stricter.HIGHER else value > bound


def _set_cells(rule: Rule[Any], limit: Limit[Any], one: Side, other: Side) -> Iterator[Cell]:
    first, second = one.limit(limit), other.limit(limit)
    parts = (
        ("in both", first & second),
        ("in the first only", first - second),
        ("in the second only", second - first),
        ("in neither", limit.members - first - second),
    )
    for words, members in parts:
        what = f"{limit.unit} {words}"
        if not members:
            yield Cell(what, (), "there are none")
            continue
        value = min(members)
        expected = (value not in first, value not in second)
        drafts = turned(_dials(rule, limit, one.operation), value, one.operation)
        yield Cell(what, some(_lying(drafts, rule, (one, other), expected)))


def _dials(rule: Rule[Any], limit: Limit[Any], operation: str) -> list[Dial]:
    """Give the dials of a rule and limit: where there are some of the operation's own, those alone."""
    found = [dial for dial in DIALS if (dial.rule, dial.limit) == (rule.name, limit.name)]
    return [dial for dial in found if dial.example in clean(operation)] or found
