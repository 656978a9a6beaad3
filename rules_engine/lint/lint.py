"""Everything that is found in a policy, and in policies that are versions of one another."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import pairwise
from typing import Any

from rules_engine.lint.extension import extension_findings
from rules_engine.lint.finding import POLICY_OVER, VERSION_OVER, VERSIONS_GAP, Finding, finding
from rules_engine.lint.limits import limit_findings
from rules_engine.lint.needs import need_findings
from rules_engine.lint.pipelines import pipeline_findings
from rules_engine.lint.skipped import skipped_findings
from rules_engine.lint.waivers import waiver_findings
from rules_engine.policy.model import Policy
from rules_engine.policy.versions import Versions, write_instant
from rules_engine.rules import RULES
from rules_engine.rules.declaration import Rule


def lint_policy(policy: Policy, *, at: datetime | None = None, rules: Iterable[Rule[Any]] = ()) -> tuple[Finding, ...]:
    """Find what is lawful in a policy and most likely not meant. Its window is looked at by `lint_versions`.

    Args:
        policy: The policy.
        at: The instant that counts as today; where none is given, nothing is said of what is over.
        rules: Rules of the host's own that it names.
    """
    by_name = {rule.name: rule for rule in (*RULES, *rules)}
    found = [
        *limit_findings(policy, by_name),
        *need_findings(policy, by_name, at),
        *skipped_findings(policy, by_name),
        *pipeline_findings(policy, by_name, at),
        *waiver_findings(policy, by_name, at),
        *extension_findings(policy),
    ]
    return tuple(dict.fromkeys(found))


def lint_versions(versions: Versions, *, at: datetime | None = None) -> tuple[Finding, ...]:
    """Find what is most likely not meant in the windows of policies of which one applies at a time.

    Args:
        versions: The policies; one that stands alone is a version of itself.
        at: The instant that counts as today; where none is given, nothing is said of what is over.
    """
    return (*_over(versions, at), *_gaps(versions))


def _over(versions: Versions, at: datetime | None) -> Iterator[Finding]:
    if at is None:
        return
    over = [policy for policy in versions.policies if _is_over(policy, at)]
    if len(over) == len(versions.policies):
        last = max(over, key=lambda policy: policy.effective_until or at)
        message = (
            f"{last.id} applied until {_written(last.effective_until)}, and no policy that was read comes after it"
        )
        fix = "Set a later effective_until, add the policy that comes after it, or remove this one."
        yield finding(last, POLICY_OVER, message, fix, ("effective_until",))
        over.remove(last)
    for policy in over:
        message = f"{policy.id} applied until {_written(policy.effective_until)}"
        fix = "Keep it as long as drafts of its time are replayed; then remove it."
        yield finding(policy, VERSION_OVER, message, fix, ("effective_until",))


def _is_over(policy: Policy, at: datetime) -> bool:
    return policy.effective_until is not None and policy.effective_until <= at


def _gaps(versions: Versions) -> Iterator[Finding]:
    for earlier, later in pairwise(versions.policies):
        end, start = earlier.effective_until, later.effective_from
        if end is not None and start is not None and end < start:
            message = (
                f"no policy applies from {write_instant(end)}, where {earlier.id} ends, until {write_instant(start)}"
            )
            fix = f"Let {later.id} begin where {earlier.id} ends, unless nothing is to be accepted in between."
            yield finding(later, VERSIONS_GAP, message, fix, ("effective_from",))


def _written(instant: datetime | None) -> str:
    return "" if instant is None else write_instant(instant)
