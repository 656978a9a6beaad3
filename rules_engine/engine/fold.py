"""Fold: what becomes of what rules say, once the needs of each and what the policy grants are looked at.

A rule that is clear everywhere, and builds on none that is not, has no part in it.
"""

import enum
from collections.abc import Sequence
from heapq import heappop, heappush
from typing import Any, Final

from rules_engine.engine.evaluate import Finding, Findings, Truth
from rules_engine.engine.plan import Plan, PlannedRule
from rules_engine.engine.terms import Terms
from rules_engine.rules.row import Rule
from rules_engine.views.scope import Axis, view
from rules_engine.views.views import Views
from rules_engine.violation import Mode


class Standing(enum.Enum):
    """What becomes of it once needs are looked at."""

    CLEAR = "clear"
    REFUSES = "refuses"
    WAIVED = "waived"
    WITHHELD = "skipped"
    UNDECIDED = "undecided"


# The members by themselves: to look them up on their class takes as long as half of what is done with them.
_CLEAR: Final = Standing.CLEAR
REFUSES: Final = Standing.REFUSES
WITHHELD: Final = Standing.WITHHELD
UNDECIDED: Final = Standing.UNDECIDED
_SAID_VIOLATED: Final = Truth.VIOLATED
_SAID_UNDECIDED: Final = Truth.UNDECIDED


Result = tuple[Finding, Standing, tuple[str, ...]]
"""A rule on one item, where it is not simply clear once needs are looked at.

What the rule says by itself, what becomes of it, and the names of the rules that withhold it, in the order of the
pipeline.
"""
Outcomes = dict[int, list[Result]]
"""What rules come to, by their places in the plan's resolution; none of them is clear everywhere."""


@view
class _Need:
    """A rule that is not clear everywhere, as those see it that build on it.

    Attributes:
        name: Its name.
        axis: What numbers its items.
        elsewhere: What it comes to for items of another axis, or that cannot be told.
        by_index: What it comes to at each index of its own axis where it is not clear; None where its items cannot be
            told.
    """

    name: str
    axis: Axis
    elsewhere: Standing
    by_index: dict[int, Standing] | None


def fold(plan: Plan, found: Findings, views: Views, terms: Terms) -> Outcomes:
    """Apply needs: what comes of the rules that are not clear everywhere, once each has heard what it builds on.

    Args:
        plan: The plan.
        found: What each rule says by itself.
        views: What the rules were asked of.
        terms: What the policy grants.
    """
    outcomes: Outcomes = {}
    needs: dict[int, _Need] = {}
    affected: set[int] = set()
    # A rule comes after those that it builds on, so that each is reached once all of these are.
    ahead = sorted(found)
    while ahead:
        place = heappop(ahead)
        planned = plan.resolution[place]
        results: list[Result] = [(finding, _standing(planned, finding, terms), ()) for finding in found.get(place, ())]
        if place in affected:
            heard = [needs[blocker] for blocker in plan.blockers[place] if blocker in needs]
            results = _weighed(planned.rule, results, heard, views)
        if not results:
            continue
        outcomes[place] = results
        dependants = plan.dependants[place]
        if dependants and planned.rule not in terms.delayed:
            needs[place] = _need(planned.rule, results)
            for dependant in dependants:
                if dependant not in affected:
                    affected.add(dependant)
                    if dependant not in found:
                        heappush(ahead, dependant)
    return outcomes


def _standing(planned: PlannedRule, finding: Finding, terms: Terms) -> Standing:
    """Tell what becomes of what a rule says, as far as that rule alone is concerned."""
    if finding.truth is _SAID_UNDECIDED:
        return UNDECIDED
    if finding.truth is _SAID_VIOLATED and (terms.waived or terms.pending) and terms.mode(planned) is Mode.ENFORCE:
        code = planned.rule.code.name
        if code in terms.waived:
            return Standing.WAIVED
        if code in terms.pending:
            return UNDECIDED
    return REFUSES


def _need(rule: Rule[Any], results: Sequence[Result]) -> _Need:
    """Note what a rule comes to, for those that build on it."""
    elsewhere = _CLEAR
    by_index: dict[int, Standing] | None = {}
    for finding, standing, _ in results:
        item = finding.item
        if standing is REFUSES or standing is WITHHELD:
            elsewhere = WITHHELD
        elif standing is UNDECIDED and elsewhere is _CLEAR:
            elsewhere = UNDECIDED
        if item is None:
            by_index = None
        elif by_index is not None:
            by_index[_index(item)] = standing
    return _Need(rule.name, rule.scope.axis, elsewhere, by_index)


def _weighed(rule: Rule[Any], alone: list[Result], needs: Sequence[_Need], views: Views) -> list[Result]:
    """Look at the needs of a rule that are not clear everywhere: they may withhold it, or leave it undecided.

    Args:
        rule: The rule.
        alone: What it comes to by itself, where it is not clear.
        needs: The rules that it builds on and that are not clear everywhere, in the order of the pipeline.
        views: What it was asked of.
    """
    axis = rule.scope.axis
    # Where all needs are of other axes, they make the same of every item.
    heard = None if [need for need in needs if need.axis is axis] else _hear(needs, axis, None)
    items: Sequence[Any] | None = rule.scope.select(views)
    own = iter(alone)
    following = next(own, None)
    weighed: list[Result] = []
    for item in (None,) if items is None else items:
        result = None
        if following is not None and following[0].item is item:
            result, following = following, next(own, None)
        standing, because_of = _hear(needs, axis, item) if heard is None else heard
        if standing is not _CLEAR:
            result = (Finding(item, Truth.CLEAR) if result is None else result[0], standing, because_of)
        if result is not None:
            weighed.append(result)
    return weighed


def _hear(needs: Sequence[_Need], axis: Axis, item: Any) -> tuple[Standing, tuple[str, ...]]:
    """Tell what needs make of an item on an axis, and the names of those that withhold it."""
    because_of: list[str] = []
    standing = _CLEAR
    for need in needs:
        found = need.elsewhere
        if item is not None and need.by_index is not None and need.axis is axis:
            found = need.by_index.get(_index(item), _CLEAR)
        if found is WITHHELD or found is REFUSES:
            standing = WITHHELD
            because_of.append(need.name)
        elif found is UNDECIDED and standing is _CLEAR:
            standing = UNDECIDED
    return standing, tuple(because_of)


def _index(item: Any) -> int:
    """Tell the index of an item on its axis; 0 on the root."""
    return getattr(item, "index", 0)
