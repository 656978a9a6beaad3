"""Drafts of any operation under two policies, in one pass: views once, and each rule asked as seldom as can be."""

from collections.abc import Callable
from typing import Any

from attrs import evolve

from rules_engine.engine.pair import Pair
from rules_engine.engine.plan import Plan
from rules_engine.models.draft import Draft
from rules_engine.views.views import Views
from rules_engine.violation import Verdict
from rules_engine.wire.envelope import RefusedRequest

Plans = Callable[[str], Plan]
"""Gives the plan of an operation."""


class TwoPolicies:
    """Two policies, compiled together so that any number of threads may share them; `Engine.beside` makes one."""

    def __init__(self, first: Plans, second: Plans) -> None:
        """Compile nothing yet: an operation is prepared when a draft of it is first judged."""
        self._first = first
        self._second = second
        self._pairs: dict[str, Pair] = {}

    def judge(self, draft: Draft[Any] | RefusedRequest) -> tuple[Verdict, Verdict]:
        """Judge a draft under both: the same two verdicts as under each alone.

        A rule is asked for both at once where the limits that it declares are equal.

        Args:
            draft: A draft, or what `read_draft` made of a document.

        Raises:
            DraftError: The draft holds a number that cannot be reckoned with.
            FactsError: The clock of the facts has no offset.
            PolicyError: A policy has no pipeline for the operation.
        """
        if isinstance(draft, RefusedRequest):
            first, second = self._first(draft.operation), self._second(draft.operation)
            return evolve(first.clean, violations=draft.violations), evolve(second.clean, violations=draft.violations)
        pair = self._pair(draft.operation)
        return pair.judge(draft, pair.first.join(draft))

    def judge_views(self, draft: Draft[Any]) -> tuple[tuple[Verdict, Verdict], Views]:
        """Judge a draft under both, and give what it was judged by: the draft, views with its facts.

        Raises:
            DraftError: The draft holds a number that cannot be reckoned with.
            FactsError: The clock of the facts has no offset.
            PolicyError: A policy has no pipeline for the operation.
        """
        pair = self._pair(draft.operation)
        views = pair.first.join(draft)
        return pair.judge(draft, views), views

    def clean_verdicts(self, draft: Draft[Any]) -> tuple[tuple[Verdict, Verdict], Views] | None:
        """Judge a draft no further than it takes to see that it is clean under both.

        Args:
            draft: A draft, or what `quick_draft` made of a document.

        Returns:
            What `judge_views` gives; None for a draft that it has to examine.

        Raises:
            DraftError: The draft holds a number that cannot be reckoned with.
            FactsError: The clock of the facts has no offset.
            PolicyError: A policy has no pipeline for the operation.
        """
        pair = self._pair(draft.operation)
        views = pair.first.join(draft)
        verdicts = pair.clean_verdicts(draft, views)
        return None if verdicts is None else (verdicts, views)

    def _pair(self, operation: str) -> Pair:
        """Pair the plans of an operation when it is first judged; two threads that do so at once pair the same."""
        pair = self._pairs.get(operation)
        if pair is None:
            pair = self._pairs.setdefault(operation, Pair(self._first(operation), self._second(operation)))
        return pair
