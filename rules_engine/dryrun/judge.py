"""Judge a draft by the policies of both sides."""

from typing import Any

from attrs import frozen

from rules_engine.compiled_policy import CompiledPolicy, TwoPolicies
from rules_engine.dryrun.amount import Amount, amount_at_stake
from rules_engine.dryrun.policies import Policies
from rules_engine.dryrun.task import Task
from rules_engine.models import Draft
from rules_engine.plugins import load_plugins
from rules_engine.policy.model import Policy
from rules_engine.rules.row import Rule
from rules_engine.violation import Verdict


@frozen(eq=False)
class Judged:
    """What both sides say of a draft.

    Attributes:
        before: The first verdict; None where the baseline is what the history recorded, or no policy applied.
        after: The second verdict; None where no policy applied.
        amount: What the draft is about; None where it is about no amount, or nobody can tell.
    """

    before: Verdict | None
    after: Verdict | None
    amount: Amount | None


class Judge:
    """The policies of a task, each compiled when it is first needed."""

    def __init__(self, task: Task) -> None:
        """Compile nothing yet."""
        self._baseline = task.baseline
        self._candidate = task.candidate
        self._installed: tuple[Rule[Any], ...] = load_plugins().rules if task.plugins else ()
        self._compiled: dict[Policy, CompiledPolicy] = {}
        self._pairs: dict[tuple[Policy, Policy], TwoPolicies] = {}

    def judge(self, draft: Draft[Any]) -> Judged:
        """Judge a draft, or a request that does not parse.

        Args:
            draft: What `read_draft` made of a document.

        Raises:
            DraftError: The draft holds numbers that cannot be reckoned with.
        """
        after = _policy_for(self._candidate, draft)
        before = None if self._baseline is None else _policy_for(self._baseline, draft)
        one, other = before or after, after or before
        if one is None or other is None:
            return Judged(None, None, None)
        pair = self._pair(one, other)
        if draft.faults:
            first, second = pair.judge(draft)
            amount = None
        else:
            (first, second), views = pair.judge_views(draft)
            amount = amount_at_stake(draft, views)
        return Judged(None if before is None else first, None if after is None else second, amount)

    def _pair(self, one: Policy, other: Policy) -> TwoPolicies:
        pair = self._pairs.get((one, other))
        if pair is None:
            pair = self._pairs[one, other] = TwoPolicies(self._compile(one), self._compile(other))
        return pair

    def _compile(self, policy: Policy) -> CompiledPolicy:
        compiled = self._compiled.get(policy)
        if compiled is None:
            compiled = self._compiled[policy] = CompiledPolicy(policy, installed=self._installed)
        return compiled


def _policy_for(policies: Policies, draft: Draft[Any]) -> Policy | None:
    """Give the policy that applies to a draft, if it has something to say of the operation."""
    merchant = draft.facts.merchant
    policy = policies.policy_for(None if merchant is None else merchant.id, draft.facts.now)
    return policy if policy is not None and draft.operation in policy.pipelines else None
