"""What a finding is, and every kind there is."""

import enum
from collections.abc import Mapping
from typing import Final, Literal

from attrs import field, frozen

from rules_engine.exceptions import PolicyProblem, on_one_line
from rules_engine.path import Path
from rules_engine.policy.model import Policy
from rules_engine.policy.policy_set import problem_at

Level = Literal["warning", "note"]
"""A warning: the policy does something else than it seems to state. A note: it does what it states."""


class FindingKind(enum.Enum):
    """A kind of finding, in the order of the manual: how much it matters, and what it means."""

    RULE_NEVER_FIRES = ("warning", "A rule can never fire: no draft reaches past the limit that it compares with.")
    NEED_NOT_ENFORCED = "warning", "A rule is enforced, and another one that it builds on is not."
    NEED_LEFT_OUT = (
        "warning",
        "A rule is enforced in an operation, and another one that it builds on is left out of the pipeline.",
    )
    RULE_ALWAYS_SKIPPED = (
        "warning",
        "A rule is never reported: whatever violates it violates a rule that it builds on as well.",
    )
    LIMITS_CONTRADICT = ("warning", "Two limits bound one quantity from both sides and leave nothing between them.")
    LIMIT_UNREAD = "warning", "A limit is set, and no rule that applies reads it."
    RULE_IN_NO_PIPELINE = "warning", "A rule is given a mode, and stands in no pipeline."
    ENFORCE_FROM_PAST = "note", "The instant from which a rule is enforced has come; it is simply enforced."
    WAIVER_EXPIRED = "warning", "A waiver has expired and waives nothing any more."
    WAIVER_MATCHES_NOTHING = "warning", "A waiver can never waive anything under this policy."
    EXTENSION_SAYS_NOTHING = "warning", "A policy states nothing that the one it extends does not state."
    POLICY_OVER = "warning", "A policy applies no more, and none that was read comes after it."
    VERSION_OVER = "note", "A version of a policy applies no more; another one does."
    VERSIONS_GAP = "warning", "Between two versions of a policy none applies, and every draft of those days fails."

    def __init__(self, level: Level, sentence: str) -> None:
        """Keep how much it matters, and what it means."""
        self.level = level
        self.sentence = sentence

    @property
    def title(self) -> str:
        """What reports and the manual call it: it states the fault."""
        return self.name.lower()


FINDINGS: Final[Mapping[str, FindingKind]] = {kind.title: kind for kind in FindingKind}
"""Every kind of finding by its title."""


@frozen
class PolicyFinding(PolicyProblem):
    """Something in a policy that is valid, and most likely not meant.

    Attributes:
        kind: What kind of thing.
        fix: What to do about it, in one sentence.
    """

    kind: FindingKind = field(kw_only=True)
    fix: str = field(kw_only=True)

    def __str__(self) -> str:
        """Read as `shop.toml:5:1: limit_unread: ...`."""
        return on_one_line(f"{self.place}: {self.kind.title}: {self.message}")


def finding(policy: Policy, kind: FindingKind, message: str, fix: str, *paths: Path) -> PolicyFinding:
    """State a finding where the first of some values is written that the policy has from a file.

    Args:
        policy: The policy.
        kind: What kind of thing.
        message: What, in one sentence.
        fix: What to do about it.
        paths: The keys of the values that it is about, the best one first.
    """
    at = problem_at(policy, message, *paths, ("id",))
    return PolicyFinding(message, at.source or policy.id, at.line, at.column, at.path, kind=kind, fix=fix)
