"""Fold: what becomes of what rules say, once the needs of each and what the policy grants are looked at.

A rule that is clear everywhere, and builds on none that is not, has no part in it.
"""

import enum
from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from typing import Any

from attrs import Factory, define

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


@subject
class Result:
    """A rule on one item, once needs are looked at.

    Attributes:
        finding: What the rule says by itself.
        standing: What becomes of it.
        blocked_by: The names of the rules that withhold it, in the order of the pipeline.
    """

    finding: Finding
    standing: Standing
    blocked_by: tuple[str, ...] = ()


@define(eq=False)
class Outcome:
    """What a rule comes to, on every item where that is not simply clear.

    Attributes:
        results: The items, in their order.
        blocks: Whether one of them withholds what builds on the rule elsewhere.
        undecided: Whether one of them leaves that undecided.
        by_index: The standing at each index of the axis.
        placeless: Whether the items cannot be told, so that the standing holds at every index.
    """

    results: list[Result] = Factory(list)
    blocks: bool = False
    undecided: bool = False
    by_index: dict[int, Standing] = Factory(dict)
    placeless: bool = False

    def add(self, result: Result) -> None:
        """Note what the rule comes to on one more item."""
        self.results.append(result)
        if _is_blocking(result.standing):
            self.blocks = True
        elif result.standing is Standing.UNDECIDED:
            self.undecided = True
        if result.finding.item is None:
            self.placeless = True
        else:
            self.by_index[_index(result.finding.item)] = result.standing


def fold(plan: Plan, said: Findings, fired: Iterable[int], joined: Joined, terms: Terms) -> dict[Rule[Any], Outcome]:
    """Apply needs: what comes of the rules that are not clear everywhere, once each has heard what it builds on.

    Args:
        plan: The plan.
        said: What each rule says by itself.
        fired: The places, in the plan's resolution, of the rules that are not clear everywhere.
        joined: What the rules were asked of.
        terms: What the policy grants.
    """
    outcomes: dict[Rule[Any], Outcome] = {}
    # A rule comes after those that it builds on, so that each is reached once all of these are.
    ahead = sorted(fired)
    affected: set[int] = set()
    while ahead:
        position = heappop(ahead)
        planned = plan.resolution[position]
        rule = planned.rule
        findings = _everywhere(rule, said[rule], joined) if position in affected else said[rule]
        results = [Result(finding, _standing(planned, finding, terms)) for finding in findings]
        if position in affected:
            troubled = [(blocker, outcomes[blocker]) for blocker in planned.blockers if blocker in outcomes]
            results = _weigh(rule, results, [(one, outcome) for one, outcome in troubled if one not in terms.delayed])
        outcome = _outcome(results)
        if outcome.results:
            outcomes[rule] = outcome
            for dependant in plan.dependants[rule]:
                after = plan.position[dependant]
                if after not in affected:
                    affected.add(after)
                    if not said[dependant]:
                        heappush(ahead, after)
    return outcomes


def _everywhere(rule: Rule[Any], findings: Sequence[Finding], joined: Joined) -> Sequence[Finding]:
    """Give what a rule says of every item of its scope, where what it builds on may withhold it."""
    items: Sequence[Any] | None = rule.scope.select(joined)
    if items is None:
        return findings
    said: list[Finding] = []
    found = iter(findings)
    following = next(found, None)
    for item in items:
        if following is not None and following.item is item:
            said.append(following)
            following = next(found, None)
        else:
            said.append(Finding(item, Truth.CLEAR))
    return said


def _outcome(results: list[Result]) -> Outcome:
    outcome = Outcome()
    for result in results:
        if result.standing is not Standing.CLEAR:
            outcome.add(result)
    return outcome


def _weigh(rule: Rule[Any], alone: list[Result], troubled: list[tuple[Rule[Any], Outcome]]) -> list[Result]:
    """Look at the needs of a rule that are not clear everywhere: they may withhold it, or leave it undecided."""
    results: list[Result] = []
    for result in alone:
        finding, standing = result.finding, result.standing
        needed = [(blocker.name, _standing_for(rule, finding, blocker, known)) for blocker, known in troubled]
        blocked_by = tuple(name for name, found in needed if _is_blocking(found))
        if blocked_by:
            standing = Standing.WITHHELD
        elif any(found is Standing.UNDECIDED for _, found in needed):
            standing = Standing.UNDECIDED
        results.append(Result(finding, standing, blocked_by))
    return results


def _standing_for(rule: Rule[Any], finding: Finding, blocker: Rule[Any], outcome: Outcome) -> Standing:
    """Tell what a need came to, as far as it concerns an item: on the same axis at its index, elsewhere anywhere."""
    same_axis = blocker.scope.axis is rule.scope.axis
    if same_axis and finding.item is not None and not outcome.placeless:
        return outcome.by_index.get(_index(finding.item), Standing.CLEAR)
    if outcome.blocks:
        return Standing.WITHHELD
    return Standing.UNDECIDED if outcome.undecided else Standing.CLEAR


def _standing(planned: PlannedRule, finding: Finding, terms: Terms) -> Standing:
    """Tell what becomes of what a rule says, as far as that rule alone is concerned."""
    if finding.truth is Truth.VIOLATED and terms.mode(planned) is Mode.ENFORCE:
        code = planned.rule.code.name
        if code in terms.waived:
            return Standing.WAIVED
        if code in terms.pending:
            return Standing.UNDECIDED
    if finding.truth is Truth.CLEAR:
        return Standing.CLEAR
    return Standing.UNDECIDED if finding.truth is Truth.UNDECIDED else Standing.REFUSES


def _is_blocking(standing: Standing) -> bool:
    return standing is Standing.REFUSES or standing is Standing.WITHHELD


def _index(item: Any) -> int:
    """Tell the index of an item on its axis; 0 on the root."""
    return getattr(item, "index", 0)
