"""One policy on one operation: what refuses there, under which limits and waivers, and what it reports of a draft.

The one place of this room that judges: comparison judges under two policies, the linter under one, tests under a policy
and each of its mutants.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Final

from rules_engine.analysis.drafts import PreparedDraft
from rules_engine.engine.evaluate import Truth, evaluate
from rules_engine.engine.judge import judge
from rules_engine.engine.plan import Plan, plan
from rules_engine.exceptions import PolicyError
from rules_engine.operations import OPERATIONS
from rules_engine.policy.model import SESSIONS, Policy, Waiver
from rules_engine.rules.row import Rule
from rules_engine.views.context import Context, Limit
from rules_engine.violation import Mode, Verdict

ALWAYS: Final = datetime.min.replace(tzinfo=UTC)
"""The start of what has none."""


class AppliedPolicy:
    """One policy on one operation.

    Attributes:
        policy: The policy.
        operation: The name of the operation.
        enforced: The rules that can refuse there, each with the instant from which it does.
    """

    def __init__(self, policy: Policy, operation: str, rules: Mapping[str, Rule[Any]]) -> None:
        """Look at one policy on one operation.

        Args:
            policy: The policy.
            operation: The name of the operation.
            rules: Every rule that the policy may name, by name.
        """
        self.policy = policy
        self.operation = operation
        self.enforced: Mapping[Rule[Any], datetime] = {
            rules[name]: policy.enforce_from.get(name, ALWAYS)
            for name in policy.pipelines.get(operation, ())
            if policy.mode(name) is Mode.ENFORCE
        }
        self._rules = rules
        self._limits = _WithDefaults(policy.limit_values)
        self._waivers: dict[str, tuple[Waiver, ...]] = {}
        for waiver in policy.waivers:
            if _may_fit(waiver, operation):
                self._waivers[waiver.code] = (*self.waived(waiver.code), waiver)

    def limit(self, limit: Limit[Any]) -> Any:
        """Return the value of a limit; one that no policy can set has its default."""
        return self._limits[limit]

    def waived(self, code: str) -> tuple[Waiver, ...]:
        """Return the waivers of a code that may fit a draft of the operation."""
        return self._waivers.get(code, ())

    def truths(self, rule: Rule[Any], draft: PreparedDraft) -> tuple[Truth, ...]:
        """Return the truth of a rule on each of its items, whatever its mode and whatever else is wrong."""
        context = Context(draft.draft.facts.now, self._limits)
        return tuple(finding.truth for finding in evaluate(rule, draft.views, context))

    def is_violated(self, rule: Rule[Any], draft: PreparedDraft) -> bool:
        """Return whether a rule is violated anywhere in a draft; it is not where the draft has none of its items."""
        return rule.scope in OPERATIONS[draft.draft.operation].scopes and Truth.VIOLATED in self.truths(rule, draft)

    def verdict(self, draft: PreparedDraft) -> Verdict:
        """Judge a draft of the operation.

        Raises:
            PolicyError: The policy has no pipeline for the operation.
        """
        return judge(self._plan, draft.draft, draft.views)

    @cached_property
    def _plan(self) -> Plan:
        if self.operation not in self.policy.pipelines:
            raise PolicyError([f"the policy {self.policy.id} has no pipeline for {self.operation}"])
        return plan(self.policy, self.operation, self._rules, written=False)


class _WithDefaults(dict[Limit[Any], Any]):
    """The limits of a policy; one that the policy cannot set has its default."""

    def __missing__(self, limit: Limit[Any]) -> Any:
        return limit.default


def _may_fit(waiver: Waiver, operation: str) -> bool:
    """Return whether a waiver may fit a draft of an operation: only sessions have metadata that could match."""
    match = waiver.match
    return match.operation in (None, operation) and (match.metadata is None or operation.startswith(SESSIONS))
