"""Two policies, compared exactly: for each code, does the second refuse the same drafts, more, fewer, or other ones?

A difference is shown by a draft that hears a code under one policy and not under the other. That there is none is
proven where it follows from the policies alone (`rules_engine.comparison.proof`) and every cell of every axis that the
two cut differently has a judged draft, or a reason why none exists. Elsewhere drafts are searched, and the answer says
so. From when to when a policy applies, a `PolicySet` knows; here both apply at every instant.
"""

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from attrs import define, field, frozen

from rules_engine.api import Engine
from rules_engine.comparison.axes import axes
from rules_engine.comparison.cells import Axis
from rules_engine.comparison.judge import Judge
from rules_engine.comparison.proof import Side, cone, refuses_all, side
from rules_engine.comparison.specimen import Specimen, broken, counterexamples_of, specimen
from rules_engine.comparison.waivers import waiver_axes
from rules_engine.policy.model import Policy
from rules_engine.rules import RULES
from rules_engine.rules.declaration import Rule

Search = Callable[[str, int], Iterable[Mapping[str, Any]]]
"""Gives draft documents of an operation, at most so many."""


_MOST_PAIRS = 200
"""How many drafts with two things broken are judged for one code before drafts are searched."""


class Relation(enum.Enum):
    """How the second policy stands to the first, for one code in one operation."""

    SAME = "same"
    """It refuses the same drafts."""
    MORE = "more"
    """It refuses all of them, and others."""
    FEWER = "fewer"
    """It refuses some of them, and no others."""
    OTHER = "other"
    """Each refuses drafts that the other does not."""


@frozen(eq=False)
class Difference:
    """One code in one operation.

    Attributes:
        operation: The name of the operation.
        code: The name of the code.
        relation: How the second policy stands to the first.
        proven: Whether that is proven; else it is what was found.
        judged: How many drafts were judged under both, in this operation.
        only_first: A draft that hears the code under the first policy only.
        only_second: A draft that hears it under the second only.
        axes: What the two cut differently, and the cells.
    """

    operation: str
    code: str
    relation: Relation
    proven: bool
    judged: int
    only_first: Mapping[str, Any] | None = None
    only_second: Mapping[str, Any] | None = None
    axes: tuple[Axis, ...] = ()


def compare(
    first: Policy,
    second: Policy,
    *,
    rules: Iterable[Rule[Any]] = (),
    operations: Iterable[str] | None = None,
    search: Search | None = None,
    budget: int = 500,
) -> tuple[Difference, ...]:
    """Compare two policies.

    Args:
        first: The policy that is in force, say.
        second: The one that may replace it.
        rules: Rules beside the library's own that they may name.
        operations: The operations to compare in; all of either policy where none are given.
        search: Where drafts are looked for when nothing is proven; without one, nothing is searched.
        budget: How many drafts are searched, for each operation.

    Returns:
        A row for each operation and code that either policy can say, in the order of operations and of the rules.

    Raises:
        PolicyError: A policy names what does not exist.
    """
    extra = tuple(rules)
    by_name = {rule.name: rule for rule in (*RULES, *extra)}
    engines = Engine(first, installed=extra), Engine(second, installed=extra)
    rows: list[Difference] = []
    for operation in operations_of(first, second) if operations is None else operations:
        one, other = (side(policy, operation, by_name) for policy in (first, second))
        rows += _Operation(one, other, Judge(engines)).differences(search, budget)
    return tuple(rows)


def operations_of(first: Policy, second: Policy) -> tuple[str, ...]:
    """Name the operations of either policy, those of the first one in front."""
    return tuple(dict.fromkeys((*first.pipelines, *second.pipelines)))


@define(eq=False)
class _Findings:
    """What is known of one code.

    Attributes:
        saying: The rules that say it.
        axes: What differs, of these rules and what they need.
        none: Whether it is proven that no draft hears it on one side only: the first, the second.
        found: A draft that does: on the first side only, on the second only.
    """

    saying: tuple[Rule[Any], ...]
    axes: tuple[Axis, ...]
    none: tuple[bool, bool]
    found: list[Specimen | None] = field(factory=lambda: [None, None])

    @property
    def open(self) -> bool:
        """Whether a draft would still tell something."""
        return any(found is None and not none for found, none in zip(self.found, self.none, strict=True))

    def relation(self) -> Relation:
        """Tell how the second policy stands to the first, from what was found."""
        first, second = (found is not None for found in self.found)
        if first and second:
            return Relation.OTHER
        if first or second:
            return Relation.FEWER if first else Relation.MORE
        return Relation.SAME

    def proven(self) -> bool:
        """Tell whether that is proven: each side shown by a draft or excluded, and every cell accounted for."""
        return not self.open and all(axis.covered for axis in self.axes)


class _Operation:
    """Two policies on one operation."""

    def __init__(self, one: Side, other: Side, judge: Judge) -> None:
        self._one, self._other, self._judge = one, other, judge
        self._axes: dict[Rule[Any], tuple[Axis, ...]] = {}
        self._waivers: dict[tuple[Rule[Any], ...], tuple[Axis, ...]] = {}
        by_code: dict[str, list[Rule[Any]]] = {}
        for rule in sorted({**one.enforced, **other.enforced}, key=_position):
            by_code.setdefault(rule.code.name, []).append(rule)
        self._by_code = by_code
        self._codes = {code: self._findings(tuple(rules)) for code, rules in by_code.items()}

    def _findings(self, saying: tuple[Rule[Any], ...]) -> _Findings:
        none = refuses_all(self._other, self._one, saying), refuses_all(self._one, self._other, saying)
        return _Findings(saying, tuple(self._differing(saying)), none)

    def _differing(self, saying: tuple[Rule[Any], ...]) -> Iterator[Axis]:
        """Give the axes of some rules and of all that they need; each is cut once, whoever builds on it."""
        depended = cone(saying)
        for rule in depended:
            if rule not in self._axes:
                self._axes[rule] = tuple(axes(rule, self._one, self._other))
            yield from self._axes[rule]
        for code in dict.fromkeys(rule.code.name for rule in depended):
            rules = tuple(self._by_code.get(code, ()))
            if rules not in self._waivers:
                self._waivers[rules] = tuple(waiver_axes(rules, self._one, self._other))
            yield from self._waivers[rules]

    def differences(self, search: Search | None, budget: int) -> Iterator[Difference]:
        for findings in self._codes.values():
            if findings.open:
                self._judge_all(self._candidates(findings), lambda findings=findings: findings.open)  # type: ignore[misc]  # bound at once
        if search is not None and self._open():
            found = (specimen(document) for document in search(self._one.operation, budget))
            self._judge_all((draft for draft in found if draft is not None), self._open)
        for code, findings in self._codes.items():
            yield Difference(
                self._one.operation,
                code,
                findings.relation(),
                findings.proven(),
                self._judge.judged,
                self._shown(code, 0),
                self._shown(code, 1),
                findings.axes,
            )

    def _open(self) -> bool:
        return any(findings.open for findings in self._codes.values())

    def _judge_all(self, drafts: Iterable[Specimen], wanted: Callable[[], bool]) -> None:
        for draft in drafts:
            first, second = self._judge.heard(draft)
            for code in first ^ second:
                findings = self._codes.get(code)
                if findings is not None and findings.found[code in second] is None:
                    findings.found[code in second] = draft
            if not wanted():
                return

    def _candidates(self, findings: _Findings) -> Iterator[Specimen]:
        """Yield drafts that may show one code: those of the cells, then with its own counterexamples as well."""
        cells = [draft for axis in findings.axes for cell in axis.cells for draft in cell.drafts]
        yield from cells
        both = (
            draft.with_changes(counterexample.changes)
            for draft in cells
            if draft.is_small
            for rule in findings.saying
            for counterexample in counterexamples_of(rule.name)
        )
        yield from islice((draft for draft in both if draft is not None), _MOST_PAIRS)
        for rule in findings.saying:
            yield from broken(self._one.operation, rule.name)

    def _shown(self, code: str, which: int) -> Mapping[str, Any] | None:
        found = self._codes[code].found[which]
        return None if found is None else self._judge.smallest(found, code, which)


_POSITIONS = {rule: position for position, rule in enumerate(RULES)}


def _position(rule: Rule[Any]) -> tuple[int, str]:
    return _POSITIONS.get(rule, len(RULES)), rule.name
