"""Waivers that let nothing pass."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from rules_engine.lint.finding import WAIVER_EXPIRED, WAIVER_MATCHES_NOTHING, Finding, finding, states
from rules_engine.operations import OPERATIONS
from rules_engine.policy.model import Policy
from rules_engine.policy.versions import write_instant
from rules_engine.policy.waiver import SESSIONS, Waiver
from rules_engine.rules import RULES
from rules_engine.rules.declaration import Rule
from rules_engine.violation import Mode

_OURS = frozenset(RULES)


def waiver_findings(policy: Policy, rules: Mapping[str, Rule[Any]], at: datetime | None) -> Iterator[Finding]:
    """Find waivers of a file that have expired, or can match nothing that the policy refuses.

    Args:
        policy: The policy.
        rules: Every rule by its name.
        at: The instant that counts as today; None for no instant: then nothing has expired.
    """
    for waiver in policy.waivers:
        path = ("waivers", waiver.id)
        if not states(policy, path):
            continue
        if at is not None and at >= waiver.expires:
            message = f"the waiver {waiver.id} expired at {write_instant(waiver.expires)}"
            fix = "Remove it once no drafts from before are replayed, or give it a later day and a reason."
            yield finding(policy, WAIVER_EXPIRED, message, fix, (*path, "expires"), path)
        reason = _nothing_to_match(policy, waiver, rules)
        if reason is not None:
            key, said, fix = reason
            message = f"the waiver {waiver.id} can let nothing pass: {said}"
            yield finding(policy, WAIVER_MATCHES_NOTHING, message, fix, (*path, key), path)


def _nothing_to_match(policy: Policy, waiver: Waiver, rules: Mapping[str, Rule[Any]]) -> tuple[str, str, str] | None:
    """Tell why a waiver matches nothing: the key at fault, the reason, and what to do; None where it matches."""
    merchant = waiver.match.merchant
    if merchant is not None and policy.merchant is not None and merchant != policy.merchant:
        said = f"it is for {merchant}, and the policy is for {policy.merchant}"
        return "match", said, f"Match {policy.merchant}, or move the waiver to the policy of {merchant}."
    if policy.effective_from is not None and waiver.expires <= policy.effective_from:
        said = f"it expires at {write_instant(waiver.expires)}, before the policy applies"
        return "expires", said, "Remove it, or give it a later day."
    operations = _operations(policy, waiver)
    saying = [
        rule
        for operation in operations
        for rule in _saying(policy, operation, waiver.code, rules)
        if policy.modes.get(rule.name, Mode.ENFORCE) is Mode.ENFORCE
    ]
    if not saying:
        where = waiver.match.operation or ("any session operation" if waiver.match.metadata else "any operation")
        said = f"no rule that says {waiver.code} is enforced in {where}"
        return "code", said, f"Remove it, or match an operation in which {waiver.code} refuses."
    starts = [policy.enforce_from.get(rule.name) for rule in saying]
    if all(start is not None and start >= waiver.expires for start in starts):
        said = f"it expires at {write_instant(waiver.expires)}, before any rule that says {waiver.code} is enforced"
        return "expires", said, "Remove it, or give it a later day."
    return None


def _operations(policy: Policy, waiver: Waiver) -> Iterable[str]:
    if waiver.match.operation is not None:
        return (waiver.match.operation,)
    return [name for name in policy.pipelines if waiver.match.metadata is None or name.startswith(SESSIONS)]


def _saying(policy: Policy, operation: str, code: str, rules: Mapping[str, Rule[Any]]) -> Iterator[Rule[Any]]:
    """Give the rules that say a code in an operation; a host's own rule that no pipeline names stands in every one."""
    standing = {name for pipeline in policy.pipelines.values() for name in pipeline}
    pipeline = policy.pipelines.get(operation, ())
    for name, rule in rules.items():
        unnamed = name not in standing and rule not in _OURS and rule.scope in OPERATIONS[operation].scopes
        if rule.code.name == code and (name in pipeline or unnamed):
            yield rule
