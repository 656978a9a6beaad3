"""Policies, compiled: one, or two that judge the same drafts. The plan of an operation is made when it is first judged.

`Engine`, `Shadow` and the dry run are made of these. They are no part of the public API, since they hand out plans.
"""

from collections.abc import Iterable
from typing import Any

from attrs import evolve

from rules_engine.engine.judge import Pair, judge
from rules_engine.engine.plan import Plan, plan
from rules_engine.exceptions import PolicyError
from rules_engine.models import Draft
from rules_engine.operations import OPERATIONS
from rules_engine.policy.known_names import refuse_unknown_names, with_own_rules
from rules_engine.policy.model import Policy
from rules_engine.rules import RULES
from rules_engine.rules.expression import SYNTAX
from rules_engine.rules.row import Rule
from rules_engine.views.views import Views
from rules_engine.violation import Verdict


class CompiledPolicy:
    """A policy whose operations are planned when they are first judged; any number of threads may share it.

    One thread plans at a time, whatever the policy; a plan that is made needs no lock. Its methods raise `PolicyError`
    where the policy has no pipeline for an operation, and where they take a draft, `DraftError` for a number that
    cannot be computed with and `FactsError` for a clock without an offset.

    Attributes:
        policy: The policy, with the rules of the application in its pipelines.
        shows_models: Whether there are rules of the application, which may show any part of a model in what they
            report: then structs will not do in place of the models.
    """

    def __init__(self, policy: Policy, *, rules: Iterable[Rule[Any]] = (), installed: Iterable[Rule[Any]] = ()) -> None:
        """Check the names of a policy, and plan nothing yet. Arguments and errors are those of `Engine`."""
        self._own, self._installed = tuple(rules), tuple(installed)
        known = (*RULES, *self._own, *(rule for rule in self._installed if rule not in self._own))
        self._rules = {rule.name: rule for rule in known}
        if len(self._rules) != len(known):
            raise PolicyError(["two rules have the same name"])
        self.shows_models = len(known) > len(RULES)
        self.policy = with_own_rules(policy, self._own)
        refuse_unknown_names(self.policy, self._rules)
        self._plans: dict[str, Plan] = {}

    def with_policy(self, policy: Policy) -> "CompiledPolicy":
        """Compile another policy with the same rules, and raise the same errors."""
        return CompiledPolicy(policy, rules=self._own, installed=self._installed)

    def compile(self, operation: str) -> None:
        """Write now what would be written when drafts of the operation are first judged."""
        self.plan_of(operation).find.write()

    def plan_of(self, operation: str) -> Plan:
        """Return the plan of an operation."""
        prepared = self._plans.get(operation)
        if prepared is not None:
            return prepared
        if operation not in self.policy.pipelines:
            raise PolicyError([f"the policy {self.policy.id} has no pipeline for {operation}"])
        with SYNTAX:
            if operation not in self._plans:
                self._plans[operation] = plan(self.policy, operation, self._rules)
            return self._plans[operation]

    def source_of(self, operation: str) -> str:
        """Return the text of the function that finds what is wrong with a draft of an operation."""
        return self.plan_of(operation).find.source

    def judge(self, draft: Draft[Any]) -> Verdict:
        """Judge a draft; the violations of one whose request did not parse are its faults."""
        prepared = self.plan_of(draft.operation)
        if draft.faults:
            return evolve(prepared.clean, violations=draft.faults)
        return judge(prepared, draft, OPERATIONS[draft.operation].views(draft))


class TwoPolicies:
    """Two policies that judge the same drafts in one pass; any number of threads may share it.

    Its methods raise what those of `CompiledPolicy` do.
    """

    def __init__(self, first: CompiledPolicy, second: CompiledPolicy) -> None:
        """Pair nothing yet; both must have the same rules."""
        self._first = first
        self._second = second
        self._pairs: dict[str, Pair] = {}

    def compile(self, operation: str) -> None:
        """Write now what would be written when drafts of the operation are first judged."""
        self.pair_of(operation).write()

    def judge(self, draft: Draft[Any]) -> tuple[Verdict, Verdict]:
        """Judge a draft under both: the same two verdicts as under each alone."""
        if draft.faults:
            return self._first.judge(draft), self._second.judge(draft)
        return self.judge_views(draft)[0]

    def judge_views(self, draft: Draft[Any]) -> tuple[tuple[Verdict, Verdict], Views]:
        """Judge a draft under both, and return its views too."""
        pair = self.pair_of(draft.operation)
        views = OPERATIONS[draft.operation].views(draft)
        return pair.judge(draft, views), views

    def pair_of(self, operation: str) -> Pair:
        """Return the two plans of an operation, paired when it is first judged."""
        pair = self._pairs.get(operation)
        if pair is None:
            # Two threads that get here at once pair the same two plans, and the first one's pair is kept.
            paired = Pair(self._first.plan_of(operation), self._second.plan_of(operation))
            pair = self._pairs.setdefault(operation, paired)
        return pair
