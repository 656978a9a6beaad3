"""Rows that follow from the row of a rule: from its counterexamples, its bounds, its needs, and that it reads facts."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from attrs import evolve, field, frozen

from rules_engine import RULES, DraftError, FactKey, Rule, Verdict, validate
from rules_engine.examples import REMOVED, changed
from rules_engine.examples.counterexamples import Counterexample, boundary_values, changes_of, counterexamples
from rules_engine.rules.kinds import Bound, Expressed, Setting
from rules_engine.views.context import Limit
from tests.rules.table import EXAMPLES, Changes, Row, reported, skipped, undecided

Quantity = int | Decimal

BOUNDS: Mapping[Rule[Any], Bound] = {
    rule: rule.violated.kind
    for rule in RULES
    if isinstance(rule.violated, Expressed) and isinstance(rule.violated.kind, Bound)
}
"""The rules that compare a quantity with its bounds."""


@frozen
class Within(Row):
    """The rule is judged and not violated, whatever others report."""

    def check(self, rule: Rule[Any]) -> None:
        """Fail where the rule is violated, or is not judged."""
        verdict = self.judged()
        assert rule.name not in [violation.rule for violation in verdict.violations]
        assert rule.name not in [skipped.rule for skipped in verdict.skipped]
        assert (verdict.undecided, verdict.faults) == ((), ())


@frozen
class Alone(Row):
    """The rule alone is violated, at its parameter or at a place that was changed, with all of its evidence.

    Attributes:
        evidence: What of the evidence is known beforehand.
    """

    evidence: Mapping[str, Quantity] = field(factory=dict, kw_only=True)

    def check(self, rule: Rule[Any]) -> None:
        """Fail where anything else is reported, or where evidence is missing from the violation or its message."""
        (found,) = self.judged().violations
        assert found.rule == rule.name
        assert found.pointer in self.changes or (found.param or "").endswith((*rule.param, rule.kept_param or ""))
        assert found.evidence.keys() == rule.readers.keys()
        assert found.evidence.items() >= self.evidence.items()
        shown = [value for key, value in self.evidence.items() if f"{{{key}}}" in rule.message]
        assert [value for value in shown if str(value) not in found.message] == []


@cache
def derived_rows(rule: Rule[Any]) -> tuple[Row, ...]:
    """Return all rows that follow from the row of a rule."""
    by_needs = (skipped_row(rule, need) for need in rule.needs)
    return (
        *counterexample_rows(rule),
        *bound_rows(rule),
        *(row for row in by_needs if row is not None),
        *undecided_rows(rule),
    )


def counterexample_rows(rule: Rule[Any]) -> tuple[Row, ...]:
    """Return the counterexamples that the row of a rule states."""
    return tuple(
        Alone(f"{example}: counterexample {number}", example, changes)
        for number, (names, changes) in enumerate(rule.counterexamples)
        for example in ((names,) if isinstance(names, str) else names)
    )


def bound_rows(rule: Rule[Any]) -> tuple[Row, ...]:
    """Return both sides of a bound wherever it can be set; nothing of a rule of another kind."""
    if rule not in BOUNDS:
        return ()
    return tuple(
        row for setting in rule.settings for example in setting.names for row in _around(rule, setting, example)
    )


def sides(rule: Rule[Any], setting: Setting) -> tuple[tuple[Quantity, Quantity], ...]:
    """Return the values on both sides of each bound of a rule: the last valid one, the first that is not."""
    # A setting of a limit stays within the other bound of the rule; here both bounds are of interest.
    return boundary_values(rule, evolve(setting, least=None, most=None))


def _around(rule: Rule[Any], setting: Setting, example: str) -> Iterator[Row]:
    for last, first in sides(rule, setting):
        at = changes_of(setting, last)
        yield Within(f"{example}: {last}", example, at)
        yield Alone(f"{example}: {first}", example, changes_of(setting, first), evidence=_evidence(rule, first, {}))
        stricter = {limit.name: last + last - first for limit in rule.limits if limit.default == last}
        if stricter:
            label = f"{example}: {last} under a stricter policy"
            yield Alone(label, example, at, limits=stricter, evidence=_evidence(rule, last, stricter))


def _evidence(rule: Rule[Any], value: Quantity, limits: Mapping[str, Any]) -> dict[str, Quantity]:
    """Return what the row alone determines of the evidence: the quantity, unless that is a length, and the bounds."""
    bound, evidence = BOUNDS[rule], {}
    for key, shown in {**rule.public, **rule.private}.items():
        if isinstance(shown, Limit):
            evidence[key] = limits.get(shown.name, shown.default)
        elif isinstance(shown, int | Decimal):
            evidence[key] = shown
        elif shown == bound.value and not bound.length:
            evidence[key] = value
    return evidence


@cache
def skipped_row(rule: Rule[Any], need: Rule[Any]) -> Row | None:
    """Return a document in which a rule is skipped because of one that it needs; None where none is found.

    It is a counterexample of either, changed as a counterexample of the other is.
    """
    for own in _of(rule):
        for other in _of(need):
            for example, *parts in ((own.example, own, other), (own.example, other, own), (other.example, own, other)):
                changes = {pointer: value for part in parts for pointer, value in part.changes.items()}
                verdict = _judged(example, changes)
                if verdict is None or [name for name, _ in reported(verdict)] != [need.name]:
                    continue
                for found in verdict.skipped:
                    if found.rule == rule.name and need.name in found.because_of:
                        label = f"{example}: skipped because of {need.name}"
                        return skipped(label, example, changes, found.param, reported(verdict)[0])
    return None


@cache
def undecided_rows(rule: Rule[Any]) -> tuple[Row, ...]:
    """Return documents without one of their facts, in each of which a rule is undecided until that fact is provided.

    They are its counterexamples and the valid examples of those, one for each example and kind of fact.
    """
    if rule.undecided_when is None:
        return ()
    found: dict[tuple[str, str], Row] = {}
    for own in _of(rule):
        for broken in (own.changes, {}):
            for place in _facts(changed(EXAMPLES[own.example], broken)["facts"]):
                changes = {**broken, place: REMOVED}
                for param, fact in _open(rule, own.example, changes, place):
                    label = f"{own.example}: {fact} is not provided"
                    found.setdefault((own.example, fact.kind), undecided(label, own.example, changes, param, str(fact)))
    return tuple(found.values())


def _open(rule: Rule[Any], example: str, changes: Changes, place: str) -> Iterator[tuple[str | None, FactKey]]:
    verdict = _judged(example, changes)
    if verdict is None or verdict.violations:
        return
    for found in verdict.undecided:
        if found.rule == rule.name:
            yield from ((found.param, fact) for fact in verdict.required_facts if place in _places(fact))


def _facts(facts: Mapping[str, Any], way: str = "/facts") -> Iterator[str]:
    """Return the places of all facts that can be left out: objects, in their kinds, and their fields."""
    for key, value in facts.items():
        place = f"{way}/{_escaped(key)}"
        if place not in {"/facts/now", "/facts/missing"}:
            yield place
            if isinstance(value, Mapping) and place.count("/") <= 3:
                yield from _facts(value, place)


def _places(fact: FactKey) -> set[str]:
    """Return where a fact may stand: `session.lineItems[cs_1]`, `usage.prices[price_1]`, `charges.refunds[ch_1]`."""
    kind, *rest = fact.kind.split(".")
    key = "" if fact.key is None else f"/{_escaped(fact.key)}"
    whole = "/".join(["/facts", kind, *rest])
    return {whole, whole + key, "/".join([f"/facts/{kind}{key}", *rest])}


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _of(rule: Rule[Any]) -> list[Counterexample]:
    return [counterexample for counterexample in counterexamples() if counterexample.rule == rule.name]


def _judged(example: str, changes: Changes) -> Verdict | None:
    """Judge a changed example; None where the changes do not fit it."""
    try:
        return validate(changed(EXAMPLES[example], changes))
    except (LookupError, TypeError, AttributeError, DraftError):
        return None
