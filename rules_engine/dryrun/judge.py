"""Judge a draft by the policies of both sides."""

from typing import Any

from attrs import frozen

from rules_engine.api import Engine
from rules_engine.dryrun.amount import Amount, amount_at_stake
from rules_engine.dryrun.policies import Policies
from rules_engine.dryrun.task import Task
from rules_engine.models.draft import Draft
from rules_engine.models.facts import Facts
from rules_engine.operations import OPERATIONS
from rules_engine.plugins import load_plugins
from rules_engine.policy.model import Policy
from rules_engine.rules.declaration import Rule
from rules_engine.violation import Verdict
from rules_engine.wire.envelope import RefusedRequest


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
        self._engines: dict[int, Engine] = {}

    def judge(self, draft: Draft[Any] | RefusedRequest) -> Judged:
        """Judge a draft, or a request that does not parse.

        Raises:
            DraftError: The draft holds numbers that cannot be reckoned with.
        """
        facts = draft.facts
        after = self._verdict(self._candidate, draft, facts)
        before = None if self._baseline is None else self._verdict(self._baseline, draft, facts)
        amount = None
        if isinstance(draft, Draft):
            amount = amount_at_stake(draft, OPERATIONS[draft.operation].join(draft))
        return Judged(before, after, amount)

    def _verdict(self, policies: Policies, draft: Draft[Any] | RefusedRequest, facts: Facts) -> Verdict | None:
        policy = policies.policy_for(None if facts.merchant is None else facts.merchant.id, facts.now)
        if policy is None or draft.operation not in policy.pipelines:
            return None
        return self._engine(policy).validate(draft)

    def _engine(self, policy: Policy) -> Engine:
        engine = self._engines.get(id(policy))
        if engine is None:
            engine = self._engines[id(policy)] = Engine(policy, installed=self._installed)
        return engine
