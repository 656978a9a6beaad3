"""What is asked of a dry run: by which policies, and about which drafts. A task can be pickled, and needs no file."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from attrs import evolve, field, frozen

from rules_engine.dryrun.report import RECORDED, Header, PolicyName
from rules_engine.nearest import did_you_mean
from rules_engine.operations import OPERATIONS
from rules_engine.policy.model import Policy
from rules_engine.policy.policy_set import PolicySet, Versions
from rules_engine.policy.write import write_policy
from rules_engine.violation import Mode
from rules_engine.wire.dates import read_instant, write_instant
from rules_engine.wire.keys import AdmittedKeys

LARGEST_SAMPLE: Final = 1_000
"""The most exemplars of a transition: each is a whole draft, and stays in memory."""
_WHERE: Final = ("merchant", "operation", "since", "until")


@frozen(eq=False)
class Policies:
    """The policies of one side: one for every draft, or each merchant's own at the time of the draft.

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
        known = {merchant: versions for merchant, versions in own.items() if merchant is not None}
        return cls(str(policies.directory), default, known)

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
        """Return the policy that a draft is judged by; None where the directory has none for that time.

        Args:
            merchant: The id of the account; None where it is not provided.
            now: The time of the draft.
        """
        chosen = self.default if merchant is None else self.by_merchant.get(merchant, self.default)
        return chosen if isinstance(chosen, Policy) else chosen.at(now)

    def described(self) -> PolicyName:
        """Return the policies as a report names them."""
        policies = tuple(self._policies())
        digest = hashlib.sha256()
        for merchant, policy in sorted(
            (policy.merchant or "", write_policy(evolve(policy, origins={}))) for policy in policies
        ):
            digest.update(f"{merchant}\n{policy}\n".encode())
        rules = {
            rule: None
            for policy in policies
            for pipeline in policy.pipelines.values()
            for rule in pipeline
            if policy.modes.get(rule) is not Mode.OFF
        }
        return PolicyName(self.name, digest.hexdigest(), tuple(rules))

    def _policies(self) -> Iterator[Policy]:
        for chosen in (self.default, *(self.by_merchant[merchant] for merchant in sorted(self.by_merchant))):
            yield from (chosen,) if isinstance(chosen, Policy) else chosen.policies


class WhereError(ValueError):
    """What the drafts have to be like cannot be read; the text says why."""


@frozen
class Where:
    """What drafts have to be like; those of everybody and of all time where nothing is asked for.

    Attributes:
        merchants: The ids of accounts; a draft belongs to one of them.
        operations: The names of operations; a draft is of one of them.
        since: From this instant on.
        until: Until just before this instant.
    """

    merchants: tuple[str, ...] = ()
    operations: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None

    def fits(self, operation: str, merchant: str | None, now: datetime) -> bool:
        """Return whether a draft is meant.

        Args:
            operation: The name of its operation.
            merchant: The id of its account; None where it is not provided.
            now: Its time.
        """
        return (
            (not self.merchants or merchant in self.merchants)
            and (not self.operations or operation in self.operations)
            and (self.since is None or now >= self.since)
            and (self.until is None or now < self.until)
        )

    def __str__(self) -> str:
        """Return the text that `read_where` reads."""
        instants = {"since": self.since, "until": self.until}
        parts = [f"merchant={merchant}" for merchant in self.merchants]
        parts += [f"operation={operation}" for operation in self.operations]
        parts += [f"{name}={write_instant(instant)}" for name, instant in instants.items() if instant is not None]
        return ",".join(parts)


def read_where(texts: Iterable[str]) -> Where:
    """Read what drafts have to be like.

    Args:
        texts: Such as `merchant=acct_1,since=2026-11-01`; of several merchants or operations, any fits.

    Raises:
        WhereError: A text has another form, an operation does not exist, or an instant cannot be read.
    """
    found: dict[str, list[Any]] = {key: [] for key in _WHERE}
    for part in (part for text in texts for part in text.split(",")):
        key, equals, value = part.strip().partition("=")
        if key not in _WHERE:
            known = f"expected {', '.join(_WHERE)}{did_you_mean(key, _WHERE)}"
            raise WhereError(f"unknown condition {key or part!r}: {known}")
        if not equals or not value:
            raise WhereError(f"expected {key}=VALUE, got {part!r}")
        if key == "operation" and value not in OPERATIONS:
            raise WhereError(f"unknown operation {value}{did_you_mean(value, OPERATIONS)}")
        found[key].append(_instant(key, value) if key in ("since", "until") else value)
    for key in ("since", "until"):
        if len(found[key]) > 1:
            raise WhereError(f"{key} is given twice")
    since, until = (next(iter(found[key]), None) for key in ("since", "until"))
    if since is not None and until is not None and since >= until:
        raise WhereError(f"no draft fits: since={write_instant(since)} is not before until={write_instant(until)}")
    return Where(tuple(sorted(set(found["merchant"]))), tuple(sorted(set(found["operation"]))), since, until)


def _instant(key: str, value: str) -> datetime:
    try:
        return read_instant(f"{value}T00:00:00Z" if len(value) == len("2026-11-22") else value)
    except ValueError:
        raise WhereError(
            f"{key} must be a day in UTC, such as 2026-11-22, or an RFC 3339 instant with an offset, got {value!r}"
        ) from None


@frozen(eq=False)
class Task:
    """What is asked of a dry run. Each worker judges by a task of its own.

    Attributes:
        candidate: What gives the second answers.
        baseline: What gives the first answers; None for the codes that are recorded in the history.
        where: Which drafts are meant.
        seed: What exemplars are chosen by, 0 to 2**64 - 1.
        sample: How many exemplars are kept for each transition, and of what cannot be read, 0 to 1,000; with 0 no draft
            is shown.
        by_merchant: Whether drafts are grouped by merchant.
        plugins: Whether policies may name rules of installed plugins.
        known_keys: Keys of the application's own in the objects of the facts, as for `Engine`.
        strict_facts: Whether to refuse every other key of the facts that is neither read nor one of the API's.
        keys: What the last two come to.
        header: All of it, as reports name it.

    Raises:
        ValueError: The seed or the sample is out of bounds, or the known keys are no names.
    """

    candidate: Policies
    baseline: Policies | None = None
    where: Where = field(default=Where(), kw_only=True)
    seed: int = field(default=0, kw_only=True)
    sample: int = field(default=3, kw_only=True)
    by_merchant: bool = field(default=False, kw_only=True)
    plugins: bool = field(default=False, kw_only=True)
    known_keys: Collection[str] = field(default=(), kw_only=True)
    strict_facts: bool = field(default=False, kw_only=True)
    keys: AdmittedKeys = field(init=False)
    header: Header = field(init=False)

    @keys.default
    def _admitted(self) -> AdmittedKeys:
        return AdmittedKeys(self.known_keys, self.strict_facts)

    @header.default
    def _described(self) -> Header:
        first = RECORDED if self.baseline is None else self.baseline.described()
        return Header(
            first,
            self.candidate.described(),
            str(self.where),
            self.seed,
            self.sample,
            self.by_merchant,
            tuple(sorted(self.keys.known_keys)),
            self.keys.strict,
        )

    def __attrs_post_init__(self) -> None:
        """Refuse what is out of bounds."""
        if self.seed not in range(1 << 64):
            raise ValueError(f"seed must be from 0 to {(1 << 64) - 1}, got {self.seed}")
        if self.sample not in range(LARGEST_SAMPLE + 1):
            raise ValueError(f"sample must be from 0 to {LARGEST_SAMPLE}, got {self.sample}")
