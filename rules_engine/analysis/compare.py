"""Two policies, compared exactly: for each code, does the second refuse the same drafts, more, fewer, or other ones?

A difference is shown by a draft that reports a code under one policy and not under the other. That there is none is
proven where it follows from the policies alone (`rules_engine.analysis.proof`) and every cell of every axis that the
two cut differently has a judged draft, or a reason why none exists. Elsewhere drafts are searched, and the row is not
proven. From when to when a policy applies, a `PolicySet` knows; here both apply at every instant.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from operator import or_
from typing import Any, Final, Literal

from attrs import frozen

from rules_engine.analysis.applied import (
    AppliedPolicy,
    DraftDocument,
    PreparedDraft,
    broken,
    counterexamples_of,
    prepared,
)
from rules_engine.analysis.axes import PolicyAxis, rule_axes, waiver_axis
from rules_engine.analysis.proof import cone, refuses_all
from rules_engine.examples.shrink import shrunk
from rules_engine.policy.known_names import refuse_unknown_names
from rules_engine.policy.model import Policy
from rules_engine.rules import RULES
from rules_engine.rules.row import Rule
from rules_engine.violation import Verdict

DraftSearch = Callable[[str, int], Iterable[DraftDocument]]
"""Makes draft documents of an operation, at most so many."""

_MOST_PAIRS: Final = 200
"""How many drafts with two things broken are judged for one code before drafts are searched."""
_MOST_REMOVALS: Final = 500
"""How often something is taken away from a draft, to see whether it can do without."""


Relation = Literal["same", "more", "fewer", "other"]
"""How the second policy stands to the first: it refuses the same drafts, more, fewer, or other ones."""


@frozen(eq=False)
class CodeComparison:
    """One code in one operation.

    Attributes:
        operation: The name of the operation.
        code: The name of the code.
        judged: How many drafts were judged under both, in this operation.
        axes: What the two cut differently, of the rules that report it and of all that they need, and the cells.
        excluded: Whether it is proven that no draft reports it under the first policy only, and under the second only.
        only_first: A draft that reports it under the first policy only.
        only_second: A draft that reports it under the second only.
    """

    operation: str
    code: str
    judged: int
    axes: tuple[PolicyAxis, ...]
    excluded: tuple[bool, bool]
    only_first: DraftDocument | None
    only_second: DraftDocument | None

    @property
    def relation(self) -> Relation:
        """How the second policy stands to the first, from what was found."""
        if self.only_first is None:
            return "same" if self.only_second is None else "more"
        return "fewer" if self.only_second is None else "other"

    @property
    def proven(self) -> bool:
        """Whether that is proven: each side shown by a draft or excluded, and every cell accounted for."""
        shown = (self.only_first is not None, self.only_second is not None)
        return all(map(or_, shown, self.excluded)) and all(axis.covered for axis in self.axes)


def compare_policies(
    first: Policy,
    second: Policy,
    *,
    rules: Iterable[Rule[Any]] = (),
    operations: Iterable[str] | None = None,
    search: DraftSearch | None = None,
    budget: int = 500,
) -> tuple[CodeComparison, ...]:
    """Compare two policies.

    Args:
        first: The policy that is in force.
        second: The one that may replace it.
        rules: Rules beside the built-in ones that they may name.
        operations: The operations to compare in; all of either policy where none are given.
        search: Where drafts are looked for when nothing is proven; without one, nothing is searched.
        budget: How many drafts are searched, for each operation.

    Returns:
        A row for each operation and code that either policy can report, in the order of operations and of the rules.

    Raises:
        PolicyError: A policy names what does not exist, or has no pipeline for an operation.
    """
    by_name = {rule.name: rule for rule in (*RULES, *rules)}
    for policy in (first, second):
        refuse_unknown_names(policy, by_name)
    rows: list[CodeComparison] = []
    for operation in operations_of(first, second) if operations is None else operations:
        one, other = (AppliedPolicy(policy, operation, by_name) for policy in (first, second))
        rows += _Comparison(one, other, by_name.values()).rows(search, budget)
    return tuple(rows)


def operations_of(first: Policy, second: Policy) -> tuple[str, ...]:
    """List the operations of either policy, those of the first one in front."""
    return tuple(dict.fromkeys((*first.pipelines, *second.pipelines)))


class _Comparison:
    """Two policies on one operation, and the drafts that were judged under both."""

    def __init__(self, one: AppliedPolicy, other: AppliedPolicy, rules: Iterable[Rule[Any]]) -> None:
        self._sides = one, other
        self._judged: dict[PreparedDraft, tuple[frozenset[str], ...]] = {}
        self._axes: dict[Rule[Any], tuple[PolicyAxis, ...]] = {}
        self._waivers: dict[str, PolicyAxis | None] = {}
        self._reporting: dict[str, list[Rule[Any]]] = {}
        for rule in rules:
            if rule in one.enforced or rule in other.enforced:
                self._reporting.setdefault(rule.code.name, []).append(rule)
        self._excluded = {
            code: (refuses_all(other, one, rules), refuses_all(one, other, rules))
            for code, rules in self._reporting.items()
        }
        self._found: dict[str, list[PreparedDraft | None]] = {code: [None, None] for code in self._reporting}

    def _differing(self, reporting: Iterable[Rule[Any]]) -> Iterator[PolicyAxis]:
        """List the axes of some rules and of all that they need; each is cut once."""
        depended = cone(reporting)
        for rule in depended:
            if rule not in self._axes:
                self._axes[rule] = tuple(rule_axes(rule, self._sides))
            yield from self._axes[rule]
        for code in dict.fromkeys(rule.code.name for rule in depended if rule.code.name in self._reporting):
            if code not in self._waivers:
                self._waivers[code] = waiver_axis(code, self._reporting[code], self._sides)
            axis = self._waivers[code]
            if axis is not None:
                yield axis

    def rows(self, search: DraftSearch | None, budget: int) -> Iterator[CodeComparison]:
        """Judge drafts until each code is settled or nothing is left to try, and report each code."""
        operation = self._sides[0].operation
        axes = {code: tuple(self._differing(rules)) for code, rules in self._reporting.items()}
        for code, rules in self._reporting.items():
            if self._is_open(code):
                self._judge(self._candidates(rules, axes[code]), code)
        if search is not None and self._is_open(*self._reporting):
            found = map(prepared, search(operation, budget))
            self._judge((draft for draft in found if draft is not None), *self._reporting)
        for code, drafts in self._found.items():
            first, second = (
                None if draft is None else self._smallest(draft, code, side) for side, draft in enumerate(drafts)
            )
            yield CodeComparison(operation, code, len(self._judged), axes[code], self._excluded[code], first, second)

    def _is_open(self, *codes: str) -> bool:
        """Return whether a draft would still show something of one of some codes."""
        return any(
            draft is None and not excluded
            for code in codes
            for draft, excluded in zip(self._found[code], self._excluded[code], strict=True)
        )

    def _judge(self, drafts: Iterable[PreparedDraft], *codes: str) -> None:
        """Judge drafts until they would show no more of some codes."""
        for draft in drafts:
            first, second = self._codes(draft)
            for code in first ^ second:
                if code in self._found and self._found[code][code in second] is None:
                    self._found[code][code in second] = draft
            if not self._is_open(*codes):
                return

    def _codes(self, draft: PreparedDraft) -> tuple[frozenset[str], ...]:
        """Return the codes that a draft reports under each policy; each draft is judged once."""
        if draft not in self._judged:
            self._judged[draft] = tuple(frozenset(side.verdict(draft).codes) for side in self._sides)
        return self._judged[draft]

    def _candidates(self, reporting: list[Rule[Any]], axes: Iterable[PolicyAxis]) -> Iterator[PreparedDraft]:
        """Yield drafts that may show one code: those of the cells, then with its own counterexamples as well."""
        cells = [draft for axis in axes for cell in axis.cells for draft in cell.drafts]
        yield from cells
        both = (
            draft.with_changes(counterexample.changes)
            for draft in cells
            if draft.is_small
            for rule in reporting
            for counterexample in counterexamples_of(rule.name)
        )
        yield from islice((draft for draft in both if draft is not None), _MOST_PAIRS)
        for rule in reporting:
            yield from broken(self._sides[0].operation, rule.name)

    def _smallest(self, draft: PreparedDraft, code: str, which: int) -> DraftDocument:
        """Take away from a draft what it can do without, while one policy only reports a code of it.

        It reports no other codes than before under either policy, and no more is undecided.
        """
        before = [side.verdict(draft) for side in self._sides]
        tries = iter(range(_MOST_REMOVALS))

        def holds(document: DraftDocument) -> bool:
            smaller = None if next(tries, None) is None else prepared(document)
            if smaller is None or smaller.draft.operation != draft.draft.operation:
                return False
            after = [side.verdict(smaller) for side in self._sides]
            return (
                code in after[which].codes
                and code not in after[1 - which].codes
                and all(map(_is_no_worse, after, before))
            )

        return shrunk(draft.document, holds)


def _is_no_worse(after: Verdict, before: Verdict) -> bool:
    return set(after.codes) <= set(before.codes) and len(after.undecided) <= len(before.undecided)
