"""What exactly is wrong with a draft: evaluate every rule on every item, then fold.

Evaluate asks each rule for its raw truth, whatever else fired. Fold applies needs, modes and order. Only drafts that
the screen does not pass come here, so this is written for the reader.
"""

import enum
from collections.abc import Sequence
from typing import Any

from attrs import define, frozen

from rules_engine.engine.plan import Plan, PlannedRule
from rules_engine.path import Path, param_of, pointer_of
from rules_engine.rules.declaration import Rule
from rules_engine.subjects.context import Context
from rules_engine.subjects.joined import Joined
from rules_engine.violation import Evidence, FactKey, Fault, Mode, Undecided, Verdict, Violation, Withheld


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
    WITHHELD = "withheld"
    UNDECIDED = "undecided"


@frozen(eq=False)
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

    @property
    def index(self) -> int:
        """The index of the item on its axis; 0 on the root."""
        return getattr(self.item, "index", 0)


def examine(plan: Plan, joined: Joined, context: Context) -> Verdict:
    """Judge a draft in full.

    Args:
        plan: The policy, prepared for the draft's operation.
        joined: The draft, joined with its facts.
        context: The clock and the limits.
    """
    findings = {planned.rule: evaluate(planned.rule, joined, context) for planned in plan.rules}
    return _fold(plan, findings, joined, context)


def evaluate(rule: Rule[Any], joined: Joined, context: Context) -> list[Finding]:
    """Ask one rule for its raw truth on every item of its scope."""
    items: Sequence[Any] | None = rule.scope.select(joined)
    if items is None:
        return [Finding(None, Truth.UNDECIDED)]
    return [_finding(rule, item, context) for item in items]


def _finding(rule: Rule[Any], item: Any, context: Context) -> Finding:
    try:
        if rule.violated(item, context):
            return Finding(item, Truth.VIOLATED)
        if rule.undecided_when is not None and rule.undecided_when(item, context):
            return Finding(item, Truth.UNDECIDED)
    except Exception as error:  # noqa: BLE001  # law of isolation: one rule that raises does not take the verdict down
        return Finding(item, Truth.RAISED, type(error).__name__)
    return Finding(item, Truth.CLEAR)


_STANDINGS = {
    Truth.CLEAR: Standing.CLEAR,
    Truth.VIOLATED: Standing.REFUSES,
    Truth.RAISED: Standing.REFUSES,
    Truth.UNDECIDED: Standing.UNDECIDED,
}


@define(eq=False)
class _Outcome:
    """What a planned rule comes to, item by item."""

    findings: list[Finding]
    standings: list[Standing]
    blocked_by: list[tuple[str, ...]]


def _fold(plan: Plan, findings: dict[Rule[Any], list[Finding]], joined: Joined, context: Context) -> Verdict:
    outcomes: dict[Rule[Any], _Outcome] = {}
    for planned in plan.resolution:
        outcomes[planned.rule] = _resolve(planned, findings[planned.rule], outcomes)
    report = _Report(plan, context)
    for planned in plan.rules:
        report.add(planned, outcomes[planned.rule])
    return report.verdict(joined)


def _resolve(planned: PlannedRule, findings: list[Finding], outcomes: dict[Rule[Any], _Outcome]) -> _Outcome:
    outcome = _Outcome(findings, [], [])
    for finding in findings:
        blocked: list[str] = []
        undecided = False
        for blocker in planned.blockers:
            standings = _standings_for(planned.rule, finding, blocker, outcomes[blocker])
            if Standing.REFUSES in standings or Standing.WITHHELD in standings:
                blocked.append(blocker.name)
            undecided = undecided or Standing.UNDECIDED in standings
        standing = _STANDINGS[finding.truth]
        if blocked:
            standing = Standing.WITHHELD
        elif undecided:
            standing = Standing.UNDECIDED
        outcome.standings.append(standing)
        outcome.blocked_by.append(tuple(blocked))
    return outcome


def _standings_for(rule: Rule[Any], finding: Finding, blocker: Rule[Any], outcome: _Outcome) -> list[Standing]:
    """Tell what a need came to, as far as it concerns an item: on the same axis at its index, elsewhere anywhere."""
    if blocker.scope.axis is not rule.scope.axis or finding.item is None:
        return outcome.standings
    return [
        standing
        for needed, standing in zip(outcome.findings, outcome.standings, strict=True)
        if needed.item is None or needed.index == finding.index
    ]


def place_of(rule: Rule[Any], item: Any) -> Path:
    """Tell where a rule finds fault, as a path into the draft document."""
    place = rule.scope.place(item)
    if place is None:
        return ("request", rule.kept_param or "discounts")
    first, *others = rule.param
    tail = next((param for param in rule.param if rule.scope.sent(item, param)), rule.param[-1]) if others else first
    return (*place, *tail.split(".")) if tail else place


def _param(rule: Rule[Any], item: Any) -> str | None:
    if item is None:
        return None
    return _named(place_of(rule, item))


def _named(path: Path) -> str | None:
    return None if path[0] == "facts" else param_of(path[1:])


class _Report:
    """A verdict in the making."""

    def __init__(self, plan: Plan, context: Context) -> None:
        self._plan = plan
        self._context = context
        self._said: dict[Mode, list[Violation]] = {Mode.ENFORCE: [], Mode.WARN: [], Mode.SHADOW: []}
        self._withheld: list[Withheld] = []
        self._undecided: list[Undecided] = []
        self._faults: list[Fault] = []

    def add(self, planned: PlannedRule, outcome: _Outcome) -> None:
        rule, mode = planned.rule, planned.mode
        for finding, standing, blocked_by in zip(outcome.findings, outcome.standings, outcome.blocked_by, strict=True):
            if finding.truth is Truth.RAISED:
                self._faults.append(Fault(rule.name, mode, finding.error))
            if standing is Standing.WITHHELD:
                self._withheld.append(Withheld(rule.name, _param(rule, finding.item), blocked_by))
            elif standing is Standing.UNDECIDED:
                if mode is Mode.ENFORCE:
                    self._undecided.append(Undecided(rule.name, _param(rule, finding.item)))
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

    def _fault_violation(self, rule: Rule[Any]) -> Violation:
        code = self._plan.fault_code
        return Violation(code, rule.name, None, "", code.sentence)

    def verdict(self, joined: Joined) -> Verdict:
        required = tuple(dict.fromkeys(FactKey(kind, key) for kind, key in joined.unknown)) if self._undecided else ()
        return Verdict(
            operation=self._plan.operation,
            policy=self._plan.policy,
            violations=tuple(self._said[Mode.ENFORCE]),
            warnings=tuple(self._said[Mode.WARN]),
            shadowed=tuple(self._said[Mode.SHADOW]),
            withheld=tuple(self._withheld),
            undecided=tuple(self._undecided),
            faults=tuple(self._faults),
            required_facts=required,
        )
