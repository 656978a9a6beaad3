"""How a verdict says what becomes of the rules: each with the place of the fault and the values that decided it."""

from typing import Any

from rules_engine.engine.evaluate import Truth
from rules_engine.engine.fold import Outcome, Standing
from rules_engine.engine.plan import Plan, PlannedRule
from rules_engine.engine.terms import Terms
from rules_engine.path import Path, param_of, pointer_of
from rules_engine.rules.declaration import Rule
from rules_engine.subjects.context import Context
from rules_engine.subjects.joined import Joined
from rules_engine.violation import Evidence, FactKey, Fault, Mode, Undecided, Verdict, Violation, Waived, Withheld


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


class Report:
    """A verdict in the making."""

    def __init__(self, plan: Plan, terms: Terms, context: Context) -> None:
        """Start with nothing to say."""
        self._plan = plan
        self._terms = terms
        self._context = context
        self._violations: list[Violation] = []
        self._warnings: list[Violation] = []
        self._shadowed: list[Violation] = []
        self._waived: list[Waived] = []
        self._withheld: list[Withheld] = []
        self._undecided: list[Undecided] = []
        self._faults: list[Fault] = []
        self._pending: list[FactKey] = []

    def add(self, planned: PlannedRule, outcome: Outcome) -> None:
        """Say what a rule comes to; rules come in the order of the pipeline."""
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
                self._say(mode, self._violation(rule, mode, finding.item))
            elif finding.truth is Truth.RAISED and mode is Mode.ENFORCE:
                self._say(mode, self._fault_violation(rule))

    def _say(self, mode: Mode, violation: Violation) -> None:
        if mode is Mode.ENFORCE:
            self._violations.append(violation)
        else:
            (self._warnings if mode is Mode.WARN else self._shadowed).append(violation)

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
        """Give the verdict."""
        unknown = [FactKey(kind, key) for kind, key in joined.unknown] if self._undecided else []
        return Verdict(
            operation=self._plan.operation,
            policy=self._plan.policy,
            violations=tuple(self._violations),
            warnings=tuple(self._warnings),
            shadowed=tuple(self._shadowed),
            withheld=tuple(self._withheld),
            undecided=tuple(self._undecided),
            faults=tuple(self._faults),
            required_facts=tuple(dict.fromkeys((*unknown, *self._pending))),
            waived=tuple(self._waived),
        )
