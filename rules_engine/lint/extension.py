"""Policies that extend another one and change nothing."""

from collections.abc import Iterator

from rules_engine.lint.finding import EXTENSION_SAYS_NOTHING, Finding, finding
from rules_engine.policy.model import Policy
from rules_engine.violation import Mode


def extension_findings(policy: Policy) -> Iterator[Finding]:
    """Find that a policy is equal to the one it extends. One that has a merchant or a window says that much."""
    base = policy.extends
    if base is None or _says(policy) != _says(base) or any((policy.merchant, *_window(policy))):
        return
    message = f"{policy.id} says nothing that {base.id}, which it extends, does not say"
    fix = f"Remove it and use {base.id}, or state what is to differ."
    yield finding(policy, EXTENSION_SAYS_NOTHING, message, fix)


def _window(policy: Policy) -> tuple[object, object]:
    return policy.effective_from, policy.effective_until


def _says(policy: Policy) -> tuple[object, ...]:
    """Give everything that decides what a policy refuses and in what order it says so."""
    modes = {name: mode for name, mode in policy.modes.items() if mode is not Mode.ENFORCE}
    return policy.pipelines, modes, policy.enforce_from, policy.limit_values, policy.waivers
