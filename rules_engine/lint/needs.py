"""Rules that are enforced while one that they build on is not."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from rules_engine.lint.finding import NEED_LEFT_OUT, NEED_NOT_ENFORCED, Finding, finding
from rules_engine.operations import OPERATIONS
from rules_engine.policy.load import default_policy
from rules_engine.policy.model import Policy
from rules_engine.policy.versions import write_instant
from rules_engine.rules import RULES
from rules_engine.rules.declaration import Rule
from rules_engine.violation import Mode

_OURS = frozenset(RULES)


def need_findings(policy: Policy, rules: Mapping[str, Rule[Any]], at: datetime | None) -> Iterator[Finding]:
    """Find needs that do not refuse while a rule that has them does.

    Args:
        policy: The policy.
        rules: Every rule by its name.
        at: The instant that counts as today; None for no instant: then no delay is over.
    """
    soft: dict[str, dict[str, None]] = {}
    for operation, pipeline in policy.pipelines.items():
        dependants = _dependants(policy, [rules[name] for name in pipeline])
        for need, names in dependants.items():
            if need.name in pipeline:
                bare = [name for name in names if _sooner(policy, name, need.name, at)]
                if bare:
                    soft.setdefault(need.name, {}).update(dict.fromkeys(bare))
            elif _belongs(need, operation):
                yield _left_out(policy, operation, need.name, names)
    for need_name, bare_names in soft.items():
        yield _not_enforced(policy, need_name, bare_names)


def _dependants(policy: Policy, pipeline: Iterable[Rule[Any]]) -> dict[Rule[Any], list[str]]:
    """Give the needs of the enforced rules of a pipeline, each with the names of the rules that have it."""
    found: dict[Rule[Any], list[str]] = {}
    for rule in pipeline:
        if _mode(policy, rule.name) is Mode.ENFORCE:
            for need in dict.fromkeys(rule.needs):
                found.setdefault(need, []).append(rule.name)
    return found


def _mode(policy: Policy, name: str) -> Mode:
    return policy.modes.get(name, Mode.ENFORCE)


def _sooner(policy: Policy, name: str, need: str, at: datetime | None) -> bool:
    """Tell whether a rule that is enforced refuses today, or some day, when its need does not yet, or never does."""
    if _mode(policy, need) is not Mode.ENFORCE:
        return True
    later, own = policy.enforce_from.get(need), policy.enforce_from.get(name)
    if later is None or (at is not None and at >= later):
        return False
    return own is None or own < later


def _belongs(need: Rule[Any], operation: str) -> bool:
    """Tell whether a need is at home in an operation: the library has it there, or it is a host's that can stand there.

    That a need of ours can stand somewhere is not enough: what another rule tells better there is left out on purpose.
    """
    if need in _OURS:
        return need.name in default_policy().pipelines[operation]
    return need.scope in OPERATIONS[operation].scopes


def _left_out(policy: Policy, operation: str, need: str, names: Iterable[str]) -> Finding:
    message = f"{need} is left out of the pipeline of {operation}, and rules that build on it are enforced there"
    message = f"{message}: {', '.join(names)}"
    fix = f"Put {need} into the pipeline, or take those rules out as well."
    return finding(policy, NEED_LEFT_OUT, message, fix, ("pipelines", operation))


def _not_enforced(policy: Policy, need: str, names: Iterable[str]) -> Finding:
    message = f"{need} {_standing(policy, need)}, and rules that build on it are enforced: {', '.join(names)}"
    fix = f"Enforce {need} no later than those rules, or give them its mode."
    return finding(policy, NEED_NOT_ENFORCED, message, fix, ("rules", need), ("rules", need, "mode"))


def _standing(policy: Policy, need: str) -> str:
    if _mode(policy, need) is Mode.ENFORCE:
        return f"is enforced from {write_instant(policy.enforce_from[need])} on only"
    return {Mode.OFF: "is off", Mode.WARN: "only warns", Mode.SHADOW: "is only shadowed"}[_mode(policy, need)]
