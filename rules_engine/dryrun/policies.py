"""The policies of one side of a dry run: one for every draft, or each merchant's own at the time of the draft."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime

from attrs import evolve, field, frozen

from rules_engine.dryrun.report import PolicyName
from rules_engine.policy.model import Policy
from rules_engine.policy.policy_set import PolicySet, Versions
from rules_engine.policy.write import write_policy
from rules_engine.violation import Mode


@frozen(eq=False)
class Policies:
    """What one side judges by. It can be pickled, and needs no file where it is used.

    Attributes:
        name: The id of the policy, or the directory.
        default: For merchants without a policy of their own.
        by_merchant: Merchant id to the merchant's own.
    """

    name: str
    default: Policy | Versions
    by_merchant: Mapping[str, Policy | Versions] = field(factory=dict)

    @classmethod
    def of_set(cls, policies: PolicySet) -> "Policies":
        """Judge each draft by the policy that a directory has for its merchant at its time."""
        default, *others = policies.versions
        own = {versions.policies[0].merchant: versions for versions in others}
        return cls(
            str(policies.directory),
            default,
            {merchant: versions for merchant, versions in own.items() if merchant is not None},
        )

    def with_policy(self, policy: Policy) -> "Policies":
        """Put a policy in the place of those that it is a new version of, whenever it is to apply.

        Args:
            policy: A merchant's policy, or one for merchants that have none of their own.
        """
        name = f"{self.name} with {policy.id}"
        if policy.merchant is None:
            return evolve(self, name=name, default=policy)
        return evolve(self, name=name, by_merchant={**self.by_merchant, policy.merchant: policy})

    def policy_for(self, merchant: str | None, now: datetime) -> Policy | None:
        """Give the policy that a draft is judged by.

        Args:
            merchant: The id of the account; None where nobody looked.
            now: The time of the draft.

        Returns:
            The policy; None where the directory has none for that time.
        """
        chosen = self.default if merchant is None else self.by_merchant.get(merchant, self.default)
        return chosen if isinstance(chosen, Policy) else chosen.at(now)

    def described(self) -> PolicyName:
        """Name the policies for a report."""
        policies = tuple(self._policies())
        digest = hashlib.sha256()
        for merchant, policy in sorted(
            (policy.merchant or "", write_policy(evolve(policy, origins={}))) for policy in policies
        ):
            digest.update(f"{merchant}\n{policy}\n".encode())
        return PolicyName(self.name, digest.hexdigest(), _rules_of(policies))

    def _policies(self) -> Iterable[Policy]:
        for chosen in (self.default, *(self.by_merchant[merchant] for merchant in sorted(self.by_merchant))):
            yield from (chosen,) if isinstance(chosen, Policy) else chosen.policies


def _rules_of(policies: Iterable[Policy]) -> tuple[str, ...]:
    named = {
        rule: None
        for policy in policies
        for pipeline in policy.pipelines.values()
        for rule in pipeline
        if policy.modes.get(rule) is not Mode.OFF
    }
    return tuple(named)
