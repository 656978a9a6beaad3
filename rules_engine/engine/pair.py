"""Two plans of one operation in one pass: evaluate once, fold twice.

What a rule says of an item depends on the draft, the clock and the limits that it declares. Where those are equal in
both plans, it is asked once for both. Where nothing else that decides what becomes of it differs either, it is folded
and reported once for both.
"""

from typing import Any, TypeVar

from attrs import evolve

from rules_engine.engine.examine import examine
from rules_engine.engine.inline import generate
from rules_engine.engine.plan import Plan, PlannedRule, by_scope
from rules_engine.engine.search import Searcher
from rules_engine.models import Draft
from rules_engine.policy.model import Waiver
from rules_engine.views.context import Context, Limit, Limits
from rules_engine.views.views import Views
from rules_engine.violation import Verdict

T = TypeVar("T")


class _Noted:
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


class Pair:
    """Two plans of one operation, prepared once.

    Attributes:
        first: The one.
        second: The other.
    """

    def __init__(self, first: Plan, second: Plan) -> None:
        """Write the screen that clean drafts pass under both."""
        self.first = first
        self.second = second
        places = {item.rule: place for place, item in enumerate(second.resolution)}
        self._asked_once = {
            place: places[item.rule]
            for place, item in enumerate(first.resolution)
            if item.rule in places and all(first.limits[limit] == second.limits[limit] for limit in item.rule.limits)
        }
        asked_before = frozenset(self._asked_once.values())
        rest = {place: item for place, item in enumerate(second.resolution) if place not in asked_before}
        title = f"{first.policy} and {second.policy}, {first.operation}"
        self._screen = generate(title, by_scope(first.rules).items(), by_scope(rest.values()).items())
        self._rest = Searcher(title, {place: item.rule for place, item in rest.items()})
        self._alike = _folded_alike(first, second) & set(self._asked_once)
        self._clean = first.clean, second.clean

    def judge(self, draft: Draft[Any], views: Views) -> tuple[Verdict, Verdict]:
        """Judge a draft under both: the same two verdicts as under each alone.

        Args:
            draft: A draft of the operation.
            views: The draft, views with its facts.
        """
        clean = self.clean_verdicts(draft, views)
        if clean is not None:
            return clean
        first, second = self._contexts(draft)
        found = self.first.search(views, first)
        shown = _Noted(self.first.limits)
        verdict = examine(self.first, draft, views, Context(first.now, shown), found)
        if self.first is self.second:
            return verdict, verdict
        rest = self._rest(views, second)
        if not rest and self._alike.issuperset(found) and shown.are_equal(self.second.limits):
            return verdict, evolve(verdict, policy=self.second.policy)
        known = {self._asked_once[place]: said for place, said in found.items() if place in self._asked_once}
        return verdict, examine(self.second, draft, views, second, known | rest)

    def clean_verdicts(self, draft: Draft[Any], views: Views) -> tuple[Verdict, Verdict] | None:
        """Give both verdicts of a draft that is clean under both; a rule that raises is left to the examinations.

        Args:
            draft: A draft of the operation.
            views: The draft, views with its facts.
        """
        if views.unknown:
            return None
        try:
            return self._clean if self._screen(views, *self._contexts(draft)) else None
        except Exception:  # noqa: BLE001  # a rule of a host's may raise anything; the examinations isolate it
            return None

    def _contexts(self, draft: Draft[Any]) -> tuple[Context, Context]:
        now = draft.facts.now
        return Context(now, self.first.limits), Context(now, self.second.limits)


def _folded_alike(first: Plan, second: Plan) -> frozenset[int]:
    """Give the places, in one plan, of the rules of which the same becomes in both, wherever they say the same."""
    ours, theirs = ({item.rule: place for place, item in enumerate(plan.resolution)} for plan in (first, second))
    if [item.rule for item in first.rules if item.rule in theirs] != [
        item.rule for item in second.rules if item.rule in ours
    ]:
        return frozenset()
    alike: set[int] = set()
    # Those that a rule blocks come after it; so each is reached once all that it blocks are.
    for place, item in reversed(list(enumerate(first.resolution))):
        if item.rule in theirs:
            other = second.resolution[theirs[item.rule]]
            blocked = {first.resolution[dependant].rule for dependant in first.dependants[place]}
            if (
                (item.mode, item.enforce_from, item.blockers) == (other.mode, other.enforce_from, other.blockers)
                and blocked == {second.resolution[dependant].rule for dependant in second.dependants[theirs[item.rule]]}
                and alike.issuperset(first.dependants[place])
                and _waivers(first, item) == _waivers(second, item)
            ):
                alike.add(place)
    return frozenset(alike)


def _waivers(plan: Plan, planned: PlannedRule) -> list[Waiver]:
    return [waiver for waiver in plan.waivers if waiver.code == planned.rule.code.name]
