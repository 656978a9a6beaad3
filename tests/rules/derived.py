"""Rows that follow from the row of a rule: from its counterexamples, its bounds, its needs, and that it reads facts."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from attrs import evolve, field, frozen

from rules_engine import RULES, DraftError, FactKey, Rule, Verdict, validate
from rules_engine.examples import REMOVED, changed
from rules_engine.examples.counterexamples import Counterexample, boundary_values, changes_of, counterexamples
from rules_engine.rules.kinds import Bound, Expressed, Repeated, Setting
from rules_engine.views.context import Limit
from tests.rules.table import EXAMPLES, Changes, Row, reported, skipped, undecided

Quantity = int | Decimal

BOUNDS: Mapping[Rule[Any], Bound] = {
    rule: rule.violated.kind
    for rule in RULES
    if isinstance(rule.violated, Expressed) and isinstance(rule.violated.kind, Bound)
}
"""The rules that compare a quantity with its bounds."""
_NAMES = tuple(rule.name for rule in RULES)


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
        assert found.evidence.keys() <= rule.readers.keys()
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


@cache
def bound_rows(rule: Rule[Any]) -> tuple[Row, ...]:
    """Return both sides of a bound wherever it can be set, and its absence; nothing of a rule of another kind.

    It can be set as the row says, and in every other example in which the same changes lead to the same.
    """
    if rule not in BOUNDS:
        return ()
    return tuple(
        row
        for setting in rule.settings
        for last, first in sides(rule, setting)
        for example in EXAMPLES
        if example in setting.names or _is_set(rule, example, setting, last, first)
        for row in _around(rule, example, setting, last, first)
    )


def operations_of(rows: Iterable[Row]) -> set[str]:
    """Return the operations of the examples of rows."""
    return {EXAMPLES[row.example]["operation"] for row in rows}


def sides(rule: Rule[Any], setting: Setting) -> tuple[tuple[Quantity, Quantity], ...]:
    """Return the values on both sides of each bound of a rule: the last valid one, the first that is not."""
    # A setting of a limit stays within the other bound of the rule; here both bounds are of interest.
    return boundary_values(rule, evolve(setting, least=None, most=None))


def _is_set(rule: Rule[Any], example: str, setting: Setting, last: Quantity, first: Quantity) -> bool:
    """Return whether changes set the quantity of a rule in an example that the row of the rule does not mention."""
    valid, invalid = (_judged(example, changes_of(setting, value)) for value in (last, first))
    return valid is not None and valid.accepted and invalid is not None and _names(invalid) == [rule.name]


def _around(rule: Rule[Any], example: str, setting: Setting, last: Quantity, first: Quantity) -> Iterator[Row]:
    at = changes_of(setting, last)
    yield Within(f"{example}: {last}", example, at)
    yield Alone(f"{example}: {first}", example, changes_of(setting, first), evidence=_evidence(rule, first, {}))
    stricter = {limit.name: last + last - first for limit in rule.limits if limit.default == last}
    if stricter:
        label = f"{example}: {last} under a stricter policy"
        yield Alone(label, example, at, limits=stricter, evidence=_evidence(rule, last, stricter))
    changes = {} if isinstance(setting.changes, str) else dict(setting.changes)
    pointer = next(iter(changes), "")
    if len(changes) == 1 and pointer.startswith("/request/"):
        yield Within(f"{example}: null", example, {pointer: None})
        if isinstance(changes[pointer], Repeated) and isinstance(changes[pointer].item, str):
            wide = evolve(setting, changes={pointer: evolve(changes[pointer], item="\U0001f3fa")})
            yield Within(f"{example}: {last} characters of four bytes", example, changes_of(wide, last))


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
                if verdict is None or _names(verdict) != [need.name]:
                    continue
                for found in verdict.skipped:
                    if found.rule == rule.name and need.name in found.because_of:
                        label = f"{example}: skipped because of {need.name}"
                        return skipped(label, example, changes, found.param, reported(verdict)[0])
    return None


@cache
def undecided_rows(rule: Rule[Any]) -> tuple[Row, ...]:
    """Return documents without one of their facts, in each of which a rule is undecided until that fact is provided.

    They are its counterexamples and the valid examples of those, one for each example and kind of fact: under the
    default policy, and with every other rule off, unless it is another rule that makes this one undecided.
    """
    if rule.undecided_when is None:
        return ()
    own = _of(rule)
    found = {**_without_facts(rule, [(each.example, {}) for each in own])}
    found |= _without_facts(rule, [(each.example, each.changes) for each in own])
    if not found:
        found = _without_facts(rule, [(example, each.changes) for each in own for example in EXAMPLES])
    return tuple(row for rows in found.values() for row in rows)


def _without_facts(rule: Rule[Any], documents: Iterable[tuple[str, Changes]]) -> dict[tuple[str, str], tuple[Row, ...]]:
    found: dict[tuple[str, str], tuple[Row, ...]] = {}
    for example, changes in documents:
        document = _changed(example, changes)
        for place in () if document is None else _facts(document["facts"]):
            without = {**changes, place: REMOVED}
            for param, fact in _open(rule, example, without, place):
                if (example, fact.kind) not in found:
                    row = undecided(f"{example}: {fact} is not provided", example, without, param, str(fact))
                    alone = evolve(row, label=f"{row.label}, alone", off=tuple(set(_NAMES) - {rule.name}))
                    by_itself = rule.name in [found.rule for found in alone.judged().undecided]
                    found[example, fact.kind] = (row, alone) if by_itself else (row,)
    return found


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


def _names(verdict: Verdict) -> list[str]:
    return [name for name, _ in reported(verdict)]


def _changed(example: str, changes: Changes) -> dict[str, Any] | None:
    """Change an example; None where the changes do not fit it."""
    try:
        return changed(EXAMPLES[example], changes)
    except (LookupError, TypeError, AttributeError):
        return None


def _judged(example: str, changes: Changes) -> Verdict | None:
    """Judge a changed example; None where the changes do not fit it."""
    document = _changed(example, changes)
    try:
        return None if document is None else validate(document)
    except DraftError:
        return None
