"""What a finding is, and every kind there is."""

import enum
from collections.abc import Mapping
from typing import Final

from attrs import frozen

from rules_engine.exceptions import on_one_line
from rules_engine.policy.model import KeyPath, Policy


class Level(enum.Enum):
    """How much a finding matters."""

    WARNING = "warning"
    """The policy does something else than it seems to say."""
    NOTE = "note"
    """It does what it says; somebody may want to know, or to tidy up."""


@frozen
class Kind:
    """A kind of finding.

    Attributes:
        name: What reports and the manual call it: it states the fault.
        level: How much it matters.
        sentence: What it means.
    """

    name: str
    level: Level
    sentence: str


RULE_NEVER_FIRES: Final = Kind(
    "rule_never_fires", Level.WARNING, "A rule can never fire: no draft reaches past the limit that it compares with."
)
NEED_NOT_ENFORCED: Final = Kind(
    "need_not_enforced", Level.WARNING, "A rule is enforced, and another one that it builds on is not."
)
NEED_LEFT_OUT: Final = Kind(
    "need_left_out",
    Level.WARNING,
    "A rule is enforced in an operation, and another one that it builds on is left out of the pipeline.",
)
RULE_ALWAYS_WITHHELD: Final = Kind(
    "rule_always_skipped",
    Level.WARNING,
    "A rule is never heard: whatever violates it violates a rule that it builds on as well.",
)
LIMITS_CONTRADICT: Final = Kind(
    "limits_contradict", Level.WARNING, "Two limits bound one quantity from both sides and leave nothing between them."
)
LIMIT_UNREAD: Final = Kind("limit_unread", Level.WARNING, "A limit is set, and no rule that applies reads it.")
RULE_IN_NO_PIPELINE: Final = Kind(
    "rule_in_no_pipeline", Level.WARNING, "A rule is given a mode, and stands in no pipeline."
)
ENFORCE_FROM_PAST: Final = Kind(
    "enforce_from_past", Level.NOTE, "The instant from which a rule is enforced has come; it is simply enforced."
)
WAIVER_EXPIRED: Final = Kind("waiver_expired", Level.WARNING, "A waiver has expired and lets nothing pass any more.")
WAIVER_MATCHES_NOTHING: Final = Kind(
    "waiver_matches_nothing", Level.WARNING, "A waiver can never let anything pass under this policy."
)
EXTENSION_SAYS_NOTHING: Final = Kind(
    "extension_says_nothing", Level.WARNING, "A policy says nothing that the one it extends does not say."
)
POLICY_OVER: Final = Kind(
    "policy_over", Level.WARNING, "A policy applies no more, and none that was read comes after it."
)
VERSION_OVER: Final = Kind("version_over", Level.NOTE, "A version of a policy applies no more; another one does.")
VERSIONS_GAP: Final = Kind("versions_gap", Level.NOTE, "Between two versions of a policy none applies.")

FINDINGS: Final[Mapping[str, Kind]] = {
    kind.name: kind
    for kind in (
        RULE_NEVER_FIRES,
        NEED_NOT_ENFORCED,
        NEED_LEFT_OUT,
        RULE_ALWAYS_WITHHELD,
        LIMITS_CONTRADICT,
        LIMIT_UNREAD,
        RULE_IN_NO_PIPELINE,
        ENFORCE_FROM_PAST,
        WAIVER_EXPIRED,
        WAIVER_MATCHES_NOTHING,
        EXTENSION_SAYS_NOTHING,
        POLICY_OVER,
        VERSION_OVER,
        VERSIONS_GAP,
    )
}
"""Every kind of finding by its name, in the order of the manual."""


@frozen
class Finding:
    """Something in a policy that is lawful, and most likely not meant.

    Attributes:
        kind: What kind of thing.
        message: What, in one sentence.
        fix: What to do about it, in one sentence.
        source: The file; the id of a policy that was made in Python.
        line: The line, from 1; None where there is no text to point into.
        column: The column, from 1, in characters.
        path: The keys that lead to the value.
    """

    kind: Kind
    message: str
    fix: str
    source: str
    line: int | None = None
    column: int | None = None
    path: KeyPath = ()

    def __str__(self) -> str:
        """Read as `shop.toml:5:1: limit_unread: ...`."""
        return on_one_line(f"{self.place}: {self.kind.name}: {self.message}")

    @property
    def place(self) -> str:
        """Read as `shop.toml:5:1`."""
        return ":".join(str(part) for part in (self.source, self.line, self.column) if part is not None)


def finding(policy: Policy, kind: Kind, message: str, fix: str, *paths: KeyPath) -> Finding:
    """State a finding where the first of some values is written that the policy has from a file.

    Args:
        policy: The policy.
        kind: What kind of thing.
        message: What, in one sentence.
        fix: What to do about it.
        paths: The keys of the values that it is about, the best one first.
    """
    path = next((path for path in (*paths, ("id",)) if path in policy.origins), None)
    if path is None:
        return Finding(kind, message, fix, policy.source or policy.id)
    origin = policy.origins[path]
    return Finding(kind, message, fix, origin.source, origin.line, origin.column, path)


def states(policy: Policy, path: KeyPath) -> bool:
    """Tell whether the file of a policy says something itself; what it inherits is the matter of another file."""
    origin = policy.origins.get(path)
    return origin is None or policy.source is None or origin.source == policy.source
