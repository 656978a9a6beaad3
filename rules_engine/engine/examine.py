"""What exactly is wrong with a draft: evaluate every rule on every item, then fold.

Evaluate asks each rule for its raw truth, whatever else fired. Fold applies needs, modes and order; a rule that is clear
everywhere, and builds on none that is not, has no part in it.
"""

import enum
from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from typing import Any

from attrs import Factory, define

from rules_engine.engine.plan import Plan, PlannedRule
from rules_engine.engine.terms import Terms, terms_of
from rules_engine.models.draft import Draft
from rules_engine.path import Path, param_of, pointer_of
from rules_engine.rules import RULES
from rules_engine.rules.declaration import Rule
from rules_engine.subjects.context import Context
from rules_engine.subjects.joined import Joined
from rules_engine.subjects.scope import subject
from rules_engine.violation import Evidence, FactKey, Fault, Mode, Undecided, Verdict, Violation, Waived, Withheld


class Truth(enum.Enum):
    """What a rule says of one item, before needs are looked at."""

    CLEAR = "clear"
    VIOLATED = "violated"
    UNDECIDED = "undecided"
    RAISED = "raised"


class Standing(enum.Enum):
    """What becomes of it once needs are looked at."""

    CLEAR = "clear"
    REFUSES = "refuses"
    WAIVED = "waived"
    WITHHELD = "withheld"
    UNDECIDED = "undecided"


@subject
class Finding:
    """A rule on one item.

    Attributes:
        item: The item; None where the items of its scope cannot be told.
        truth: What the rule says of it.
        error: The type of the exception, where it raised.
    """

    item: Any
    truth: Truth
    error: str = ""


Findings = dict[Rule[Any], Sequence[Finding]]
"""What rules say, each on every item of its scope; nothing for a rule that is clear on all of them."""

_OWN = frozenset(RULES)


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


def examine(plan: Plan, draft: Draft[Any], joined: Joined, context: Context, known: Findings | None = None) -> Verdict:
    """Judge a draft in full.

    Args:
        plan: The policy, prepared for the draft's operation.
        draft: The draft.
        joined: The draft, joined with its facts.
        context: The clock and the limits.
        known: What rules are known to say, so that they are not asked again; what the others say is added.
    """
    said: Findings = {} if known is None else known
    if not said:
        said.update(_search(plan, joined, context))
    for planned in plan.resolution if len(said) < len(plan.resolution) or known else ():
        if planned.rule not in said:
            said[planned.rule] = _troubles(planned.rule, joined, context)
    fired = [plan.position[rule] for rule, findings in said.items() if findings and rule in plan.position]
    terms = terms_of(plan, draft, context.now, {plan.resolution[position].rule.code.name for position in fired})
    outcomes = _fold(plan, said, fired, joined, terms)
    report = _Report(plan, terms, context)
    for planned in plan.rules:
        if planned.rule in outcomes:
            report.add(planned, outcomes[planned.rule])
    return report.verdict(joined)


def _search(plan: Plan, joined: Joined, context: Context) -> Findings:
    """Evaluate the rules of the scopes that hold an item which is not clear; the others are clear everywhere."""
    if joined.unknown or plan.search is None:
        return {}
    try:
        stages = plan.search(joined, context)
    except Exception:  # noqa: BLE001  # the law of isolation: each rule is asked by itself
        return {}
    said: Findings = {**plan.clear}
    for stage in stages:
        for rule in plan.suspects[stage]:
            said[rule] = _troubles(rule, joined, context)
    return said


def _fold(plan: Plan, said: Findings, fired: Iterable[int], joined: Joined, terms: Terms) -> dict[Rule[Any], Outcome]:
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
        findings = said[rule] or [Finding(item, Truth.CLEAR) for item in rule.scope.select(joined)]
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


def evaluate(rule: Rule[Any], joined: Joined, context: Context) -> list[Finding]:
    """Ask one rule for its raw truth on every item of its scope."""
    items: Sequence[Any] | None = rule.scope.select(joined)
    if items is None:
        return [Finding(None, Truth.UNDECIDED)]
    return [_finding(rule, item, context) for item in items]


def _troubles(rule: Rule[Any], joined: Joined, context: Context) -> Sequence[Finding]:
    """Ask one rule for its raw truth on every item of its scope; nothing where it is clear on all of them."""
    items: Sequence[Any] | None = rule.scope.select(joined)
    # Our own rules are undecided only where the join notes an unknown fact.
    if items is not None and (rule.undecided_when is None or (not joined.unknown and rule in _OWN)):
        violated = rule.violated
        try:
            for item in items:
                if violated(item, context):
                    break
            else:
                return ()
        except Exception:  # noqa: BLE001, S110  # the same law: told below, for each item by itself
            pass
    findings = evaluate(rule, joined, context)
    return findings if any(finding.truth is not Truth.CLEAR for finding in findings) else ()


def _finding(rule: Rule[Any], item: Any, context: Context) -> Finding:
    try:
        if rule.violated(item, context):
            return Finding(item, Truth.VIOLATED)
        if rule.undecided_when is not None and rule.undecided_when(item, context):
            return Finding(item, Truth.UNDECIDED)
    except Exception as error:  # noqa: BLE001  # law of isolation: one rule that raises does not take the verdict down
        return Finding(item, Truth.RAISED, type(error).__name__)
    return Finding(item, Truth.CLEAR)


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


def place_of(rule: Rule[Any], item: Any) -> Path:
    """Tell where a rule finds fault, as a path into the draft document."""
    place = rule.scope.place(item)
    if place is None:
        return ("request", rule.kept_param or "discounts")
    first, *others = rule.param
    tail = next((param for param in rule.param if rule.scope.sent(item, param)), rule.param[-1]) if others else first
    return (*place, *tail.split(".")) if tail else place


def _param(rule: Rule[Any], item: Any) -> str | None:
    return None if item is None else _named(place_of(rule, item))


def _named(path: Path) -> str | None:
    return None if path[0] == "facts" else param_of(path[1:])


class _Report:
    """A verdict in the making."""

    def __init__(self, plan: Plan, terms: Terms, context: Context) -> None:
        self._plan = plan
        self._terms = terms
        self._context = context
        self._said: dict[Mode, list[Violation]] = {Mode.ENFORCE: [], Mode.WARN: [], Mode.SHADOW: []}
        self._waived: list[Waived] = []
        self._withheld: list[Withheld] = []
        self._undecided: list[Undecided] = []
        self._faults: list[Fault] = []
        self._pending: list[FactKey] = []

    def add(self, planned: PlannedRule, outcome: Outcome) -> None:
        rule, mode = planned.rule, self._terms.mode(planned)
        for result in outcome.results:
            finding, standing = result.finding, result.standing
            if finding.truth is Truth.RAISED:
                self._faults.append(Fault(rule.name, mode, finding.error))
            if standing is Standing.WITHHELD:
                self._withheld.append(Withheld(rule.name, _param(rule, finding.item), result.blocked_by))
            elif standing is Standing.UNDECIDED:
                if mode is Mode.ENFORCE:
                    self._undecided.append(Undecided(rule.name, _param(rule, finding.item)))
                    if finding.truth is Truth.VIOLATED:
                        self._pending += self._terms.pending.get(rule.code.name, ())
            elif standing is Standing.WAIVED:
                self._waived.append(self._waiver(rule, mode, finding.item))
            elif finding.truth is Truth.VIOLATED:
                self._said[mode].append(self._violation(rule, mode, finding.item))
            elif finding.truth is Truth.RAISED and mode is Mode.ENFORCE:
                self._said[mode].append(self._fault_violation(rule))

    def _violation(self, rule: Rule[Any], mode: Mode, item: Any) -> Violation:
        path = place_of(rule, item)
        evidence: Evidence = {}
        try:
            evidence = rule.evidence(item, self._context)
        except Exception as error:  # noqa: BLE001  # the same law: a violation stands even where showing it fails
            self._faults.append(Fault(rule.name, mode, type(error).__name__))
        return Violation(rule.code, rule.name, _named(path), pointer_of(path), rule.sentence, evidence)

    def _waiver(self, rule: Rule[Any], mode: Mode, item: Any) -> Waived:
        found = self._violation(rule, mode, item)
        waiver = self._terms.waived[rule.code.name]
        return Waived(
            found.code,
            found.rule,
            found.param,
            found.pointer,
            found.message,
            found.evidence,
            waiver=waiver.id,
            reason=waiver.reason,
        )

    def _fault_violation(self, rule: Rule[Any]) -> Violation:
        code = self._plan.fault_code
        return Violation(code, rule.name, None, "", code.sentence)

    def verdict(self, joined: Joined) -> Verdict:
        unknown = [FactKey(kind, key) for kind, key in joined.unknown] if self._undecided else []
        return Verdict(
            operation=self._plan.operation,
            policy=self._plan.policy,
            violations=tuple(self._said[Mode.ENFORCE]),
            warnings=tuple(self._said[Mode.WARN]),
            shadowed=tuple(self._said[Mode.SHADOW]),
            withheld=tuple(self._withheld),
            undecided=tuple(self._undecided),
            faults=tuple(self._faults),
            required_facts=tuple(dict.fromkeys((*unknown, *self._pending))),
            waived=tuple(self._waived),
        )
