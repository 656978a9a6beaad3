"""Policies, compiled: one, or two that judge the same drafts. The plan of an operation is made when it is first judged.

`Engine`, `Shadow` and the dry run are made of these. They are no part of the public API, since they hand out plans.
"""

from collections.abc import Iterable
from typing import Any

from attrs import evolve

from rules_engine.engine.examine import examine
from rules_engine.engine.pair import Pair
from rules_engine.engine.plan import Plan, plan
from rules_engine.engine.screen import is_clean
from rules_engine.engine.source import source_of
from rules_engine.exceptions import PolicyError
from rules_engine.known_names import refuse_other_limits, refuse_unknown_names, with_own_rules
from rules_engine.models import Draft
from rules_engine.operations import OPERATIONS
from rules_engine.policy.model import Policy
from rules_engine.rules import RULES
from rules_engine.rules.expression import SYNTAX
from rules_engine.rules.row import Rule
from rules_engine.views.context import Context
from rules_engine.views.views import Views
from rules_engine.violation import Verdict


class CompiledPolicy:
    """A policy whose operations are planned when they are first judged; any number of threads may share it.

    One thread plans at a time, whatever the policy; a plan that is made needs no lock.

    Attributes:
        policy: The policy.
        shows_models: Whether there are rules of the application, which may show any part of a model in what they
            report: then structs will not do in place of the models.
    """

    def __init__(self, policy: Policy, *, rules: Iterable[Rule[Any]] = (), installed: Iterable[Rule[Any]] = ()) -> None:
        """Check the names of a policy, and plan nothing yet.

        Args:
            policy: The policy.
            rules: Rules of the application. One that the policy does not name comes last in every pipeline whose
                operation has the view that it reads.
            installed: Rules that the policy may name, such as those of plugins. One that it does not name does nothing.

        Raises:
            PolicyError: The policy names what does not exist, two rules have one name, or a limit of theirs has the
                name of another one.
        """
        self._own, self._installed = tuple(rules), tuple(installed)
        known = (*RULES, *self._own, *(rule for rule in self._installed if rule not in self._own))
        self._rules = {rule.name: rule for rule in known}
        if len(self._rules) != len(known):
            raise PolicyError(["two rules have the same name"])
        self.shows_models = len(known) > len(RULES)
        self.policy = with_own_rules(policy, self._own)
        refuse_unknown_names(self.policy, self._rules)
        refuse_other_limits(self.policy, known)
        self._plans: dict[str, Plan] = {}

    def with_policy(self, policy: Policy) -> "CompiledPolicy":
        """Compile another policy with the same rules.

        Raises:
            PolicyError: The same as when one is made.
        """
        return CompiledPolicy(policy, rules=self._own, installed=self._installed)

    def compile(self, operation: str) -> None:
        """Write now what would be written when drafts of the operation are first judged and first refused.

        Raises:
            PolicyError: The policy has no pipeline for the operation.
        """
        prepared = self.plan_of(operation)
        with SYNTAX:
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

        Args:
            draft: A draft; the violations of one whose request did not parse are its faults.

        Raises:
            DraftError: The draft holds a number that cannot be computed with.
            FactsError: The facts have an instant without an offset for their clock.
            PolicyError: The policy has no pipeline for the operation.
        """
        prepared = self.plan_of(draft.operation)
        if draft.faults:
            return evolve(prepared.clean, violations=draft.faults)
        views, context = prepared.join(draft), Context(draft.facts.now, prepared.limits)
        if is_clean(prepared, views, context):
            return prepared.clean
        return examine(prepared, draft, views, context)

    def _prepare(self, operation: str) -> Plan:
        if operation not in self.policy.pipelines:
            raise PolicyError([f"the policy {self.policy.id} has no pipeline for {operation}"])
        row = OPERATIONS[operation]
        with SYNTAX:
            if operation not in self._plans:
                self._plans[operation] = plan(
                    self.policy, operation, rules=self._rules, join=row.views, fault_code=row.fault_code
                )
            return self._plans[operation]


class TwoPolicies:
    """Two policies that judge the same drafts in one pass; any number of threads may share it."""

    def __init__(self, first: CompiledPolicy, second: CompiledPolicy) -> None:
        """Pair nothing yet.

        Args:
            first: The one.
            second: The other, with the same rules.
        """
        self._first = first
        self._second = second
        self._pairs: dict[str, Pair] = {}

    def judge(self, draft: Draft[Any]) -> tuple[Verdict, Verdict]:
        """Judge a draft under both: the same two verdicts as under each alone.

        A rule is asked for both at once where the limits that it declares are equal.

        Args:
            draft: A draft; the violations of one whose request did not parse are its faults.

        Raises:
            DraftError: The draft holds a number that cannot be computed with.
            FactsError: The clock of the facts has no offset.
            PolicyError: A policy has no pipeline for the operation.
        """
        if draft.faults:
            return self._first.judge(draft), self._second.judge(draft)
        pair = self.pair_of(draft.operation)
        return pair.judge(draft, pair.first.join(draft))

    def judge_views(self, draft: Draft[Any]) -> tuple[tuple[Verdict, Verdict], Views]:
        """Judge a draft under both, and give what it was judged by: the draft, views with its facts.

        Raises:
            DraftError: The draft holds a number that cannot be computed with.
            FactsError: The clock of the facts has no offset.
            PolicyError: A policy has no pipeline for the operation.
        """
        pair = self.pair_of(draft.operation)
        views = pair.first.join(draft)
        return pair.judge(draft, views), views

    def pair_of(self, operation: str) -> Pair:
        """Return the two plans of an operation, paired when it is first judged.

        Raises:
            PolicyError: A policy has no pipeline for the operation.
        """
        pair = self._pairs.get(operation)
        if pair is None:
            # Two threads that get here at once pair the same two plans, and the first one's pair is kept.
            paired = Pair(self._first.plan_of(operation), self._second.plan_of(operation))
            pair = self._pairs.setdefault(operation, paired)
        return pair
