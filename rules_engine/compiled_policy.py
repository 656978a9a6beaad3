"""A policy, compiled: the plan of each operation, made when a draft of it is first judged."""

from collections.abc import Mapping
from threading import RLock
from typing import Any, Final

from attrs import evolve

from rules_engine.engine.examine import examine
from rules_engine.engine.plan import Plan, plan
from rules_engine.engine.screen import is_clean
from rules_engine.engine.source import source_of
from rules_engine.exceptions import PolicyError
from rules_engine.models.draft import Draft
from rules_engine.operations import OPERATIONS
from rules_engine.policy.model import Policy
from rules_engine.rules.declaration import Rule
from rules_engine.views.context import Context
from rules_engine.violation import Verdict
from rules_engine.wire.envelope import RefusedRequest

_COMPILING: Final = RLock()
"""Held while an operation is planned: a thread that comes meanwhile waits for the plan, and makes nothing twice."""


class CompiledPolicy:
    """A policy whose operations are planned when they are first judged; any number of threads may share it.

    One thread plans at a time, whatever the policy; a plan that is made needs no lock.
    """

    def __init__(self, policy: Policy, rules: Mapping[str, Rule[Any]]) -> None:
        """Plan nothing yet.

        Args:
            policy: A policy whose names are all known.
            rules: Every rule that it may name, by name.
        """
        self._policy = policy
        self._rules = rules
        self._plans: dict[str, Plan] = {}

    def compile(self, operation: str) -> None:
        """Write now what would be written when drafts of the operation are first judged and first refused.

        Raises:
            PolicyError: The policy has no pipeline for the operation.
        """
        prepared = self.plan_of(operation)
        with _COMPILING:
            prepared.search.write()

    def plan_of(self, operation: str) -> Plan:
        """Return the plan of an operation.

        Raises:
            PolicyError: The policy has no pipeline for the operation.
        """
        prepared = self._plans.get(operation)
        return self._prepare(operation) if prepared is None else prepared

    def source_of(self, operation: str) -> str:
        """Return the text of the function that clean drafts of an operation pass.

        Raises:
            PolicyError: The policy has no pipeline for the operation.
        """
        return source_of(self.plan_of(operation).screen)

    def judge(self, draft: Draft[Any]) -> Verdict:
        """Judge a draft.

        Raises:
            DraftError: The draft holds a number that cannot be computed with.
            FactsError: The facts have an instant without an offset for their clock.
            PolicyError: The policy has no pipeline for the operation.
        """
        prepared = self.plan_of(draft.operation)
        views, context = prepared.join(draft), Context(draft.facts.now, prepared.limits)
        if is_clean(prepared, views, context):
            return prepared.clean
        return examine(prepared, draft, views, context)

    def clean_verdict(self, draft: Draft[Any]) -> Verdict | None:
        """Judge a draft no further than it takes to accept it; None where it has to be examined.

        Raises:
            DraftError: The draft holds a number that cannot be computed with.
            FactsError: The facts have an instant without an offset for their clock.
            PolicyError: The policy has no pipeline for the operation.
        """
        prepared = self.plan_of(draft.operation)
        clean = is_clean(prepared, prepared.join(draft), Context(draft.facts.now, prepared.limits))
        return prepared.clean if clean else None

    def refuse(self, refused: RefusedRequest) -> Verdict:
        """Report what is wrong with a request that does not parse."""
        return evolve(self.plan_of(refused.operation).clean, violations=refused.violations)

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
