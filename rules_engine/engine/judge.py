"""Judge a draft: find what is wrong, resolve it, report it; under one plan, or under two plans in one pass.

What a rule finds on an item depends on the draft, the clock and the limits that it declares (invariant 3). So where two
plans have equal values for these, it is evaluated once for both. Where nothing else that decides its state differs
either, it is resolved and reported once for both. Under two plans that differ in `max_line_items` alone, a draft costs
one function that has every rule, and one that has the rules which read that limit.
"""

from typing import Any, TypeVar

from attrs import evolve

from rules_engine.engine.evaluate import Findings
from rules_engine.engine.exemptions import exemptions_of
from rules_engine.engine.find import Finder
from rules_engine.engine.plan import Plan, PlannedRule
from rules_engine.engine.report import report
from rules_engine.engine.resolve import resolve
from rules_engine.models import Draft
from rules_engine.policy.model import Waiver
from rules_engine.views.context import Context, Limit, Limits
from rules_engine.views.views import Views
from rules_engine.violation import Verdict

T = TypeVar("T")


def judge(plan: Plan, draft: Draft[Any], views: Views) -> Verdict:
    """Judge a draft.

    Args:
        plan: The policy, prepared for the draft's operation.
        draft: The draft.
        views: The views of the draft.
    """
    context = Context(draft.facts.now, plan.limits, draft.facts.custom)
    return verdict_on(plan, draft, views, context, plan.find(views, context))


def verdict_on(plan: Plan, draft: Draft[Any], views: Views, context: Context, found: Findings) -> Verdict:
    """Return the verdict on a draft that follows from what rules find by themselves.

    Args:
        plan: The policy, prepared for the draft's operation.
        draft: The draft.
        views: The views of the draft.
        context: The clock and the limits.
        found: The findings of the rules of the plan that are not clear.
    """
    if not found:
        return plan.clean
    exemptions = exemptions_of(plan, draft, context.now, found)
    return report(plan, resolve(plan, found, views, exemptions), exemptions, views, context)


class Pair:
    """Two plans of one operation.

    Attributes:
        first: The one.
        second: The other.
    """

    def __init__(self, first: Plan, second: Plan) -> None:
        """Prepare what the second plan evaluates by itself."""
        self.first = first
        self.second = second
        places = {item.rule: place for place, item in enumerate(second.resolution)}
        self._shared = {
            place: places[item.rule]
            for place, item in enumerate(first.resolution)
            if item.rule in places and all(first.limits[limit] == second.limits[limit] for limit in item.rule.limits)
        }
        shared = frozenset(self._shared.values())
        rest = {place: item.rule for place, item in enumerate(second.resolution) if place not in shared}
        self._find_rest = Finder(f"{second.policy} after {first.policy}, {first.operation}", rest)
        self._alike = _resolved_alike(first, second) & self._shared.keys()

    def write(self) -> None:
        """Write now what would be written when a draft is first judged under both."""
        self.first.find.write()
        self._find_rest.write()

    def judge(self, draft: Draft[Any], views: Views) -> tuple[Verdict, Verdict]:
        """Judge a draft under both: the same two verdicts as under each alone.

        Args:
            draft: A draft of the operation.
            views: The views of the draft.
        """
        now, custom, noted = draft.facts.now, draft.facts.custom, _NotedLimits(self.first.limits)
        second = Context(now, self.second.limits, custom)
        found = self.first.find(views, Context(now, self.first.limits, custom))
        rest = self._find_rest(views, second)
        if not found and not rest:
            return self.first.clean, self.second.clean
        verdict = verdict_on(self.first, draft, views, Context(now, noted, custom), found)
        if self.first is self.second:
            return verdict, verdict
        if not rest and self._alike.issuperset(found) and noted.are_equal(self.second.limits):
            return verdict, evolve(verdict, policy=self.second.policy)
        known = {self._shared[place]: findings for place, findings in found.items() if place in self._shared}
        return verdict, verdict_on(self.second, draft, views, second, known | rest)


class _NotedLimits:
    """Limits that note which of them are read: evidence may show a limit that its rule does not declare."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._read: set[Limit[Any]] = set()

    def __getitem__(self, limit: Limit[T]) -> T:
        self._read.add(limit)
        return self._limits[limit]

    def are_equal(self, others: Limits) -> bool:
        """Return whether other limits have the same values for all that was read."""
        return all(self._limits[limit] == others[limit] for limit in self._read)


def _resolved_alike(first: Plan, second: Plan) -> frozenset[int]:
    """Return the places, in the first plan, of the rules whose findings lead to the same in both plans.

    That takes equal modes, delays, waivers and needs of the rule and of each rule that it may cause to be skipped, and
    one order of all that both plans have.
    """
    in_first, in_second = ({item.rule: place for place, item in enumerate(plan.resolution)} for plan in (first, second))
    if [item.rule for item in first.rules if item.rule in in_second] != [
        item.rule for item in second.rules if item.rule in in_first
    ]:
        return frozenset()
    alike: set[int] = set()
    # A place comes before those of its dependants, so backwards each is reached once all of these are.
    for place, item in reversed(list(enumerate(first.resolution))):
        if item.rule in in_second:
            other = second.resolution[in_second[item.rule]]
            dependants = {first.resolution[dependant].rule for dependant in first.dependants[place]}
            if (
                (item.mode, item.enforce_from, item.mode_before, item.blockers)
                == (other.mode, other.enforce_from, other.mode_before, other.blockers)
                and dependants == {second.resolution[place].rule for place in second.dependants[in_second[item.rule]]}
                and alike.issuperset(first.dependants[place])
                and _waivers(first, item) == _waivers(second, item)
            ):
                alike.add(place)
    return frozenset(alike)


def _waivers(plan: Plan, planned: PlannedRule) -> list[Waiver]:
    return [waiver for waiver in plan.waivers if waiver.code == planned.rule.code.name]
