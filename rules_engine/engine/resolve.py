"""Resolve: the state of each rule in a draft, once needs and what the policy exempts are applied.

Say `price_sold_out` needs `quantity_out_of_range`, and both are violated on the first line of a draft:

    found:     quantity_out_of_range  [line 0: VIOLATED]      price_sold_out  [line 0: VIOLATED, line 1: VIOLATED]
    resolved:  quantity_out_of_range  [line 0: REFUSES]       price_sold_out  [line 0: SKIPPED,  line 1: REFUSES]

A rule that is clear everywhere, and needs none that is not, has no part in it.
"""

import enum
from collections.abc import Sequence
from heapq import heappop, heappush
from typing import Any, Final

from rules_engine.engine.evaluate import Finding, Findings, Truth
from rules_engine.engine.exemptions import Exemptions
from rules_engine.engine.plan import Plan, PlannedRule
from rules_engine.rules.row import Rule
from rules_engine.views.scope import Axis, view
from rules_engine.views.views import Views
from rules_engine.violation import Mode


class State(enum.Enum):
    """The state of a rule on an item."""

    CLEAR = "clear"
    REFUSES = "refuses"
    WAIVED = "waived"
    SKIPPED = "skipped"
    UNDECIDED = "undecided"


# The members by themselves: to look them up on their class takes as long as half of what is done with them.
CLEAR: Final = State.CLEAR
REFUSES: Final = State.REFUSES
SKIPPED: Final = State.SKIPPED
UNDECIDED: Final = State.UNDECIDED
_FOUND_VIOLATED: Final = Truth.VIOLATED
_FOUND_UNDECIDED: Final = Truth.UNDECIDED


Resolved = tuple[Finding, State, tuple[str, ...]]
"""A rule on one item, where its state is not clear.

What the rule finds by itself, its state, and the names of the rules that it is skipped because of, in the order of the
pipeline.
"""
Resolution = dict[int, list[Resolved]]
"""The places of the rules that are not clear everywhere, to the items where they are not."""


@view
class _Need:
    """A rule that is not clear everywhere, as those see it that need it.

    Attributes:
        name: Its name.
        axis: What numbers its items.
        elsewhere: Its state for items of another axis, or that are not known.
        by_index: Its state at each index of its own axis where it is not clear; None where its items are not known.
    """

    name: str
    axis: Axis
    elsewhere: State
    by_index: dict[int, State] | None

    def at(self, axis: Axis, item: Any) -> State:
        """Return its state for an item on an axis; None is any item that is not known."""
        if item is None or self.by_index is None or self.axis is not axis:
            return self.elsewhere
        return self.by_index.get(_index(item), CLEAR)


def resolve(plan: Plan, found: Findings, views: Views, exemptions: Exemptions) -> Resolution:
    """Apply needs and exemptions to what the rules of a plan find by themselves.

    Args:
        plan: The plan.
        found: The findings of the rules that are not clear.
        views: The views of the draft.
        exemptions: What the policy exempts in the draft.
    """
    resolution: Resolution = {}
    needs: dict[int, _Need] = {}
    affected: set[int] = set()
    # A place comes after those of the rules that it needs, so the state of all of these is known when it is reached.
    ahead = sorted(found)
    while ahead:
        place = heappop(ahead)
        planned = plan.resolution[place]
        own = found.get(place, ())
        resolved: list[Resolved] = [(finding, _alone(planned, finding, exemptions), ()) for finding in own]
        if place in affected:
            needed = [needs[blocker] for blocker in plan.blockers[place] if blocker in needs]
            resolved = _with_needs(planned.rule, resolved, needed, views)
        if not resolved:
            continue
        resolution[place] = resolved
        dependants = plan.dependants[place]
        if dependants and planned.rule not in exemptions.delayed:
            needs[place] = _need(planned.rule, resolved)
            for dependant in dependants:
                if dependant not in affected:
                    affected.add(dependant)
                    if dependant not in found:
                        heappush(ahead, dependant)
    return resolution


def _alone(planned: PlannedRule, finding: Finding, exemptions: Exemptions) -> State:
    """Return the state that follows from a finding and from exemptions, before needs."""
    if finding.truth is _FOUND_UNDECIDED:
        return UNDECIDED
    if finding.truth is _FOUND_VIOLATED and (exemptions.waived or exemptions.pending):
        code = planned.rule.code.name
        if exemptions.mode(planned) is Mode.ENFORCE and code in exemptions.waived:
            return State.WAIVED
        if exemptions.mode(planned) is Mode.ENFORCE and code in exemptions.pending:
            return UNDECIDED
    return REFUSES


def _need(rule: Rule[Any], resolved: Sequence[Resolved]) -> _Need:
    """Summarize a rule for those that need it."""
    elsewhere = CLEAR
    by_index: dict[int, State] | None = {}
    for finding, state, _ in resolved:
        if state is REFUSES or state is SKIPPED:
            elsewhere = SKIPPED
        elif state is UNDECIDED and elsewhere is CLEAR:
            elsewhere = UNDECIDED
        if finding.item is None:
            by_index = None
        elif by_index is not None:
            by_index[_index(finding.item)] = state
    return _Need(rule.name, rule.scope.axis, elsewhere, by_index)


def _with_needs(rule: Rule[Any], alone: list[Resolved], needs: Sequence[_Need], views: Views) -> list[Resolved]:
    """Apply needs to the state of a rule: on an item it may be skipped because of them, or undecided.

    Args:
        rule: The rule.
        alone: Where it is not clear before needs, in the order of its items.
        needs: The rules that it needs and that are not clear everywhere, in the order of the pipeline.
        views: The views of the draft.
    """
    axis = rule.scope.axis
    # Needs of other axes have the same state for every item.
    of_all = None if any(need.axis is axis for need in needs) else _applied(needs, axis, None)
    items: Sequence[Any] | None = views[rule.scope.name]
    own = iter(alone)
    following = next(own, None)
    resolved: list[Resolved] = []
    for item in (None,) if items is None else items:
        before = None
        if following is not None and following[0].item is item:
            before, following = following, next(own, None)
        state, because_of = _applied(needs, axis, item) if of_all is None else of_all
        if state is not CLEAR:
            resolved.append((Finding(item, Truth.CLEAR) if before is None else before[0], state, because_of))
        elif before is not None:
            resolved.append(before)
    return resolved


def _applied(needs: Sequence[_Need], axis: Axis, item: Any) -> tuple[State, tuple[str, ...]]:
    """Return the state that needs impose on an item of an axis, and the names of those it is skipped because of."""
    states = [(need.name, need.at(axis, item)) for need in needs]
    because_of = tuple(name for name, state in states if state is REFUSES or state is SKIPPED)
    if because_of:
        return SKIPPED, because_of
    return UNDECIDED if any(state is UNDECIDED for _, state in states) else CLEAR, ()


def _index(item: Any) -> int:
    """Return the index of an item on its axis; 0 on the root."""
    return getattr(item, "index", 0)
