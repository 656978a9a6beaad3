"""Settings of rules that do nothing."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from rules_engine.lint.finding import ENFORCE_FROM_PAST, RULE_IN_NO_PIPELINE, Finding, finding, states
from rules_engine.policy.model import Policy
from rules_engine.policy.versions import write_instant
from rules_engine.rules import RULES
from rules_engine.rules.declaration import Rule

_OURS = frozenset(RULES)


def pipeline_findings(policy: Policy, rules: Mapping[str, Rule[Any]], at: datetime | None) -> Iterator[Finding]:
    """Find rules whose mode or delay makes no difference.

    Args:
        policy: The policy.
        rules: Every rule by its name.
        at: The instant that counts as today; None for no instant.
    """
    standing = {name for pipeline in policy.pipelines.values() for name in pipeline}
    for name in policy.modes:
        # A host's own rule that no pipeline names comes last in every one it can stand in.
        if name not in standing and rules[name] in _OURS and states(policy, ("rules", name)):
            message = f"{name} is given a mode, and stands in no pipeline"
            fix = f"Put {name} into a pipeline, or remove it from [rules]."
            yield finding(policy, RULE_IN_NO_PIPELINE, message, fix, ("rules", name))
    for name, instant in policy.enforce_from.items():
        path = ("rules", name, "enforce_from")
        if at is not None and at >= instant and states(policy, path):
            message = f"{name} has been enforced since {write_instant(instant)}"
            fix = f"Remove the enforce_from of {name} once no drafts from before it are replayed."
            yield finding(policy, ENFORCE_FROM_PAST, message, fix, path)
