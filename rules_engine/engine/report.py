"""Report: the state of each rule as a part of a verdict, with the place of the fault and the values that decided it."""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, Final

from attrs import asdict

from rules_engine.engine.evaluate import Truth
from rules_engine.engine.exemptions import Exemptions
from rules_engine.engine.plan import Plan, PlannedRule
from rules_engine.engine.resolve import REFUSES, SKIPPED, UNDECIDED, Resolution, Resolved
from rules_engine.path import Path, param_of, pointer_of
from rules_engine.rules.row import Rule
from rules_engine.views.context import Context
from rules_engine.views.views import Views
from rules_engine.violation import Evidence, FactKey, Fault, Mode, Skipped, Undecided, Verdict, Violation, Waived

_Param = str | None
_Pointer = str

_VIOLATED: Final = Truth.VIOLATED
_RAISED: Final = Truth.RAISED
_ENFORCE: Final = Mode.ENFORCE


def place_of(rule: Rule[Any], item: Any) -> Path:
    """Return where a rule finds fault, as a path into the draft document."""
    place = rule.scope.place(item)
    if place is None:
        return ("request", rule.kept_param or "discounts")
    params = rule.param
    if len(params) == 1:
        return place + _segments(params[0])
    return place + _segments(next((param for param in params if rule.scope.sent(item, param)), params[-1]))


@cache
def _segments(param: str) -> Path:
    return tuple(param.split(".")) if param else ()


@lru_cache(maxsize=4096)
def _names_of(path: Path) -> tuple[_Param, _Pointer]:
    """Return the name of a place in the API, and as a pointer of RFC 6901."""
    # Paths are made of the names of fields and of indices, never of what a caller wrote: the same few come again and
    # again.
    return (None if path[0] == "facts" else param_of(path[1:])), pointer_of(path)


def _names(rule: Rule[Any], item: Any) -> tuple[_Param, _Pointer]:
    param, pointer = _names_of(place_of(rule, item))
    return (None if rule.scope.fields is None else param), pointer


def _param(rule: Rule[Any], item: Any) -> str | None:
    return None if item is None else _names(rule, item)[0]


def report(plan: Plan, resolution: Resolution, exemptions: Exemptions, views: Views, context: Context) -> Verdict:
    """Return the verdict on a draft, in the order of the pipeline.

    Args:
        plan: The plan.
        resolution: The state of its rules.
        exemptions: What the policy exempts in the draft.
        views: The views of the draft.
        context: The clock and the limits.
    """
    making = _Report(plan, exemptions, context)
    for place in sorted(resolution, key=plan.order.__getitem__):
        making.add(plan.resolution[place], resolution[place])
    return making.verdict(views)


class _Report:
    """A verdict in the making."""

    def __init__(self, plan: Plan, exemptions: Exemptions, context: Context) -> None:
        self._plan = plan
        self._exemptions = exemptions
        self._context = context
        self._violations: list[Violation] = []
        self._warnings: list[Violation] = []
        self._shadowed: list[Violation] = []
        self._waived: list[Waived] = []
        self._skipped: list[Skipped] = []
        self._undecided: list[Undecided] = []
        self._faults: list[Fault] = []
        self._pending: list[FactKey] = []

    def add(self, planned: PlannedRule, resolved: Sequence[Resolved]) -> None:
        """Report a rule; rules come in the order of the pipeline."""
        rule, mode = planned.rule, self._exemptions.mode(planned)
        for finding, state, because_of in resolved:
            if finding.truth is _RAISED:
                self._faults.append(Fault(rule.name, mode, finding.error))
            if state is REFUSES:
                if finding.truth is _VIOLATED:
                    self._listed(mode).append(self._violation(rule, mode, finding.item))
                elif mode is _ENFORCE:
                    code = self._plan.fault_code
                    self._violations.append(Violation(code, rule.name, None, "", code.sentence))
            elif state is SKIPPED:
                self._skipped.append(Skipped(rule.name, _param(rule, finding.item), because_of))
            elif state is UNDECIDED:
                if mode is _ENFORCE:
                    self._undecided.append(Undecided(rule.name, _param(rule, finding.item)))
                    if finding.truth is _VIOLATED:
                        self._pending += self._exemptions.pending.get(rule.code.name, ())
            else:
                self._waived.append(self._waiver(rule, mode, finding.item))

    def _listed(self, mode: Mode) -> list[Violation]:
        if mode is _ENFORCE:
            return self._violations
        return self._warnings if mode is Mode.WARN else self._shadowed

    def _violation(self, rule: Rule[Any], mode: Mode, item: Any) -> Violation:
        param, pointer = _names(rule, item)
        evidence: Evidence = {}
        try:
            evidence = rule.evidence(item, self._context)
        except Exception as error:  # noqa: BLE001  # invariant 8: a violation counts even where its evidence raises
            self._faults.append(Fault(rule.name, mode, type(error).__name__))
        return Violation(rule.code, rule.name, param, pointer, rule.message_of(evidence), evidence)

    def _waiver(self, rule: Rule[Any], mode: Mode, item: Any) -> Waived:
        found = self._violation(rule, mode, item)
        waiver = self._exemptions.waived[rule.code.name]
        return Waived(**asdict(found, recurse=False), waiver=waiver.id, reason=waiver.reason)

    def verdict(self, views: Views) -> Verdict:
        """Return the verdict."""
        unknown = [FactKey(kind, key) for kind, key in views["unknown"]] if self._undecided else []
        # In the order of the fields: by their names, it would take twice as long.
        return Verdict(
            self._plan.operation,
            self._plan.policy,
            tuple(self._violations),
            tuple(self._warnings),
            tuple(self._shadowed),
            tuple(self._skipped),
            tuple(self._undecided),
            tuple(self._faults),
            tuple(dict.fromkeys((*unknown, *self._pending))),
            tuple(self._waived),
        )
