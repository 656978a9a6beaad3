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
from rules_engine.rules.declaration import Rule
from rules_engine.subjects.joined import Joined
from rules_engine.subjects.scope import subject
from rules_engine.violation import Mode


class Standing(enum.Enum):
    """What becomes of it once needs are looked at."""

    CLEAR = "clear"
    REFUSES = "refuses"
    WAIVED = "waived"
    WITHHELD = "withheld"
    UNDECIDED = "undecided"


# The members by themselves: to look them up on their class takes as long as half of what is done with them.
_CLEAR: Final = Standing.CLEAR
REFUSES: Final = Standing.REFUSES
WITHHELD: Final = Standing.WITHHELD
UNDECIDED: Final = Standing.UNDECIDED
_SAID_VIOLATED: Final = Truth.VIOLATED
_SAID_UNDECIDED: Final = Truth.UNDECIDED


@subject
class Result:
    """A rule on one item, where it is not simply clear once needs are looked at.

    Attributes:
        finding: What the rule says by itself.
        standing: What becomes of it.
        blocked_by: The names of the rules that withhold it, in the order of the pipeline.
    """

    finding: Finding
    standing: Standing
    blocked_by: tuple[str, ...] = ()


Outcomes = dict[int, list[Result]]
"""What rules come to, by their places in the plan's resolution; none of them is clear everywhere."""


@subject
class _Need:
    """A rule that is not clear everywhere, as those see it that build on it.

    Attributes:
        rule: The rule.
        elsewhere: What it comes to for items of another axis, or that cannot be told.
        by_index: What it comes to at each index of its own axis where it is not clear; None where its items cannot be
            told.
    """

    rule: Rule[Any]
    elsewhere: Standing
    by_index: dict[int, Standing] | None


def fold(plan: Plan, found: Findings, joined: Joined, terms: Terms) -> Outcomes:
    """Apply needs: what comes of the rules that are not clear everywhere, once each has heard what it builds on.

    Args:
        plan: The plan.
        found: What each rule says by itself.
        joined: What the rules were asked of.
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
        results = [Result(finding, _standing(planned, finding, terms)) for finding in found.get(place, ())]
        if place in affected:
            heard = [needs[blocker] for blocker in plan.blockers[place] if blocker in needs]
            results = _weighed(planned.rule, results, heard, joined)
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
    for result in results:
        standing, item = result.standing, result.finding.item
        if _is_blocking(standing):
            elsewhere = WITHHELD
        elif standing is UNDECIDED and elsewhere is _CLEAR:
            elsewhere = UNDECIDED
        if item is None:
            by_index = None
        elif by_index is not None:
            by_index[_index(item)] = standing
    return _Need(rule, elsewhere, by_index)


def _weighed(rule: Rule[Any], alone: list[Result], needs: Sequence[_Need], joined: Joined) -> list[Result]:
    """Look at the needs of a rule that are not clear everywhere: they may withhold it, or leave it undecided.

    Args:
        rule: The rule.
        alone: What it comes to by itself, where it is not clear.
        needs: The rules that it builds on and that are not clear everywhere, in the order of the pipeline.
        joined: What it was asked of.
    """
    axis = rule.scope.axis
    heard = [
        (need.rule.name, need.elsewhere, need.by_index if need.rule.scope.axis is axis else None) for need in needs
    ]
    items: Sequence[Any] | None = rule.scope.select(joined)
    own = iter(alone)
    following = next(own, None)
    weighed: list[Result] = []
    for item in (None,) if items is None else items:
        result = None
        if following is not None and following.finding.item is item:
            result, following = following, next(own, None)
        blocked_by: tuple[str, ...] = ()
        undecided = False
        for name, elsewhere, by_index in heard:
            found = elsewhere if by_index is None or item is None else by_index.get(_index(item), _CLEAR)
            if _is_blocking(found):
                blocked_by = (*blocked_by, name)
            elif found is UNDECIDED:
                undecided = True
        if blocked_by or undecided:
            finding = Finding(item, Truth.CLEAR) if result is None else result.finding
            result = Result(finding, WITHHELD if blocked_by else UNDECIDED, blocked_by)
        if result is not None:
            weighed.append(result)
    return weighed


def _is_blocking(standing: Standing) -> bool:
    return standing is REFUSES or standing is WITHHELD


def _index(item: Any) -> int:
    """Tell the index of an item on its axis; 0 on the root."""
    return getattr(item, "index", 0)
