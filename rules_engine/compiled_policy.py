"""A policy, compiled: the plan of each operation, and functions that judge drafts of those that come often."""

from collections import Counter
from collections.abc import Callable, Mapping
from threading import RLock
from typing import Any, Final

from attrs import evolve

from rules_engine.engine.examine import examine
from rules_engine.engine.fusion.fuse import FusedSearch, Glance, fuse, fuse_search
from rules_engine.engine.plan import Plan, plan
from rules_engine.engine.screen import is_clean
from rules_engine.engine.search import by_place
from rules_engine.engine.source import source_of
from rules_engine.exceptions import PolicyError
from rules_engine.models.draft import Draft
from rules_engine.operations import OPERATIONS
from rules_engine.policy.model import Policy
from rules_engine.rules.declaration import Rule
from rules_engine.views.context import Context
from rules_engine.views.views import Views
from rules_engine.violation import Verdict
from rules_engine.wire.envelope import RefusedRequest

_OFTEN: Final = 10_000
"""How many drafts of an operation are judged before its join and its rules are fused.

To write the function takes tens of thousands of times what it saves with each draft: whoever judges a few hundred under
each of a thousand policies is better off without. The clean drafts and the others are counted apart; a function is
written for each.
"""

_COMPILING: Final = RLock()
"""Held while an operation is compiled: whoever comes meanwhile waits for what is made, and makes nothing twice."""

_NOT_JOINED: Final = Views()
"""In place of what a draft is views to, where no rule is violated that others build on: nothing of it is read."""


class CompiledPolicy:
    """A policy whose operations are compiled when they are first judged; any number of threads may share it.

    One thread compiles at a time, whatever the policy; what is compiled needs no lock.
    """

    def __init__(self, policy: Policy, rules: Mapping[str, Rule[Any]]) -> None:
        """Compile nothing yet.

        Args:
            policy: A policy whose names are all known.
            rules: Every rule that it may name, by name.
        """
        self._policy = policy
        self._rules = rules
        self._plans: dict[str, Plan] = {}
        self._passed: Counter[str] = Counter()
        self._examined: Counter[str] = Counter()
        self._glances: dict[str, Glance | None] = {}
        self._searches: dict[str, FusedSearch | None] = {}

    def compile(self, operation: str) -> None:
        """Do at once what would be done when drafts of the operation are judged.

        Raises:
            PolicyError: The policy has no pipeline for the operation.
        """
        prepared = self.plan_of(operation)
        with _COMPILING:
            prepared.search.write()
            self._write_glance(prepared)
            self._write_search(prepared)

    def plan_of(self, operation: str) -> Plan:
        """Give the plan of an operation.

        Raises:
            PolicyError: The policy has no pipeline for the operation.
        """
        prepared = self._plans.get(operation)
        return self._prepare(operation) if prepared is None else prepared

    def source_of(self, operation: str) -> str:
        """Give the text of the function that clean drafts of an operation pass.

        Raises:
            PolicyError: The policy has no pipeline for the operation.
        """
        prepared = self.plan_of(operation)
        with _COMPILING:
            return source_of(fuse(prepared, OPERATIONS[operation].join) or prepared.screen)

    def judge(self, draft: Draft[Any]) -> Verdict:
        """Judge a draft.

        Raises:
            DraftError: The draft holds a number that cannot be reckoned with.
            FactsError: The facts have an instant without an offset for their clock.
            PolicyError: The policy has no pipeline for the operation.
        """
        operation = draft.operation
        glance = self._glances.get(operation)
        if glance is not None:
            verdict = glance(draft) or self._searched(draft)
            if verdict is not None:
                return verdict
        prepared = self.plan_of(operation)
        views = prepared.join(draft)
        context = Context(draft.facts.now, prepared.limits)
        if glance is not None:
            self._count_examined(prepared)
            return examine(prepared, draft, views, context)
        if not is_clean(prepared, views, context):
            return examine(prepared, draft, views, context)
        self._count_passed(prepared)
        return prepared.clean

    def clean_verdict(self, draft: Draft[Any]) -> Verdict | None:
        """Judge a draft no further than it takes to accept it; None where it has to be examined.

        Raises:
            DraftError: The draft holds a number that cannot be reckoned with.
            FactsError: The facts have an instant without an offset for their clock.
            PolicyError: The policy has no pipeline for the operation.
        """
        operation = draft.operation
        glance = self._glances.get(operation)
        if glance is not None:
            return glance(draft)
        prepared = self.plan_of(operation)
        if not is_clean(prepared, prepared.join(draft), Context(draft.facts.now, prepared.limits)):
            return None
        self._count_passed(prepared)
        return prepared.clean

    def refuse(self, refused: RefusedRequest) -> Verdict:
        """Say what is wrong with a request that does not parse."""
        return evolve(self.plan_of(refused.operation).clean, violations=refused.violations)

    def _searched(self, draft: Draft[Any]) -> Verdict | None:
        """Judge a draft without its join; None where it has to be views."""
        search = self._searches.get(draft.operation)
        found = None if search is None else search(draft)
        if not found:
            return None
        prepared = self.plan_of(draft.operation)
        return examine(prepared, draft, _NOT_JOINED, Context(draft.facts.now, prepared.limits), by_place(found))

    def _count_passed(self, prepared: Plan) -> None:
        """Count a clean draft; many of them make it worth while to fuse the join of their operation and its rules."""
        operation = prepared.operation
        if operation not in self._glances:
            self._passed[operation] += 1
            if self._passed[operation] >= _OFTEN:
                _unless_busy(self._write_glance, prepared)

    def _count_examined(self, prepared: Plan) -> None:
        """Count a draft that a glance did not pass; many of them make another such function worth while."""
        operation = prepared.operation
        if operation not in self._searches:
            self._examined[operation] += 1
            if self._examined[operation] >= _OFTEN:
                _unless_busy(self._write_search, prepared)

    def _write_glance(self, prepared: Plan) -> None:
        operation = prepared.operation
        if operation not in self._glances:
            self._glances[operation] = fuse(prepared, OPERATIONS[operation].join)

    def _write_search(self, prepared: Plan) -> None:
        """Write the search; what has no glance is of a form that cannot be fused at all."""
        operation = prepared.operation
        if operation not in self._searches:
            has_glance = self._glances.get(operation) is not None
            self._searches[operation] = fuse_search(prepared, OPERATIONS[operation].join) if has_glance else None

    def _prepare(self, operation: str) -> Plan:
        if operation not in self._policy.pipelines:
            raise PolicyError([f"the policy {self._policy.id} has no pipeline for {operation}"])
        row = OPERATIONS[operation]
        with _COMPILING:
            if operation not in self._plans:
                self._plans[operation] = plan(
                    self._policy, operation, rules=self._rules, join=row.views, fault_code=row.fault_code
                )
            return self._plans[operation]


def _unless_busy(write: Callable[[Plan], None], prepared: Plan) -> None:
    """Write a function, unless another thread compiles: a draft waits for nothing that it can be judged without."""
    if _COMPILING.acquire(blocking=False):
        try:
            write(prepared)
        finally:
            _COMPILING.release()
