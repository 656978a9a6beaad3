"""Two policies, compared exactly: for each code, does the second refuse the same drafts, more, fewer, or other ones?

A difference is shown by a draft that hears a code under one policy and not under the other. That there is none is
proven where it follows from the policies alone (`rules_engine.comparison.proof`) and every cell of every axis that the
two cut differently has a judged draft, or a reason why none exists. Elsewhere drafts are searched, and the answer says
so.
"""

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from attrs import define, field, frozen

from rules_engine.api import Engine
from rules_engine.comparison.axes import Axis, axes, spoilt_drafts, with_changes
from rules_engine.comparison.proof import Side, cone, refuses_all, side
from rules_engine.exceptions import DraftError
from rules_engine.policy.model import Policy
from rules_engine.rules import RULES
from rules_engine.rules.declaration import Rule
from rules_engine.testing.spoilers import SPOILERS
from rules_engine.wire.envelope import read_draft

Search = Callable[[str, int], Iterable[Mapping[str, Any]]]
"""Gives draft documents of an operation, at most so many."""


_MOST_CANDIDATES = 2_000
"""How many drafts of cells and spoilers are judged in an operation before drafts are searched."""


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
        judged: How many drafts were judged under both.
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
        rules: Rules beside the library's own that they name.
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
    engines = tuple(
        Engine(policy, rules=[rule for rule in extra if _named(policy, rule)]) for policy in (first, second)
    )
    rows: list[Difference] = []
    for operation in dict.fromkeys((*first.pipelines, *second.pipelines)) if operations is None else operations:
        one, other = (side(policy, operation, by_name) for policy in (first, second))
        rows += _Operation(one, other, engines).differences(search, budget)
    return tuple(rows)


def _named(policy: Policy, rule: Rule[Any]) -> bool:
    return any(rule.name in pipeline for pipeline in policy.pipelines.values())


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
    found: list[Mapping[str, Any] | None] = field(factory=lambda: [None, None])

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
        decided = all(found is not None or none for found, none in zip(self.found, self.none, strict=True))
        return decided and all(axis.covered for axis in self.axes)


class _Operation:
    """Two policies on one operation."""

    def __init__(self, one: Side, other: Side, engines: tuple[Engine, ...]) -> None:
        self._one, self._other = one, other
        self._engines = engines
        self._judged = 0
        by_code: dict[str, list[Rule[Any]]] = {}
        for rule in sorted(one.enforced | other.enforced, key=_position):
            by_code.setdefault(rule.code.name, []).append(rule)
        self._codes = {code: self._findings(tuple(rules)) for code, rules in by_code.items()}

    def _findings(self, saying: tuple[Rule[Any], ...]) -> _Findings:
        differing = [axis for rule in cone(saying) for axis in axes(rule, self._one, self._other)]
        none = refuses_all(self._other, self._one, saying), refuses_all(self._one, self._other, saying)
        return _Findings(saying, tuple(differing), none)

    def differences(self, search: Search | None, budget: int) -> Iterator[Difference]:
        self._judge_all(islice(self._candidates(), _MOST_CANDIDATES))
        if search is not None and self._open():
            self._judge_all(search(self._one.operation, budget))
        for code, findings in self._codes.items():
            yield Difference(
                self._one.operation,
                code,
                findings.relation(),
                findings.proven(),
                self._judged,
                findings.found[0],
                findings.found[1],
                findings.axes,
            )

    def _open(self) -> bool:
        return any(findings.open for findings in self._codes.values())

    def _judge_all(self, documents: Iterable[Mapping[str, Any]]) -> None:
        for document in documents:
            if not self._open():
                return
            self._judge(document)

    def _judge(self, document: Mapping[str, Any]) -> None:
        try:
            draft = read_draft(document)
        except DraftError:
            return
        heard = [frozenset(engine.validate(draft).codes) for engine in self._engines]
        self._judged += 1
        for code in heard[0] ^ heard[1]:
            findings = self._codes.get(code)
            if findings is not None and findings.found[code in heard[1]] is None:
                findings.found[code in heard[1]] = document

    def _candidates(self) -> Iterator[Mapping[str, Any]]:
        """Give the drafts of all cells, then those with one more thing spoilt, then every spoilt draft."""
        differing = {id(axis): axis for findings in self._codes.values() for axis in findings.axes}
        cells = [cell.document for axis in differing.values() for cell in axis.cells if cell.document is not None]
        yield from cells
        for document in cells:
            for spoiler in SPOILERS:
                twice = with_changes(document, spoiler.changes)
                if twice is not None:
                    yield twice
        for _, document in spoilt_drafts(self._one.operation):
            yield document


_POSITIONS = {rule: position for position, rule in enumerate(RULES)}


def _position(rule: Rule[Any]) -> tuple[int, str]:
    return _POSITIONS.get(rule, len(RULES)), rule.name
