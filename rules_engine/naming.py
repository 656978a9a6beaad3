"""Whether everything that a policy names exists."""

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import evolve

from rules_engine.codes import CATALOGUE
from rules_engine.exceptions import PolicyError
from rules_engine.nearest import did_you_mean
from rules_engine.operations import OPERATIONS
from rules_engine.policy.model import Policy
from rules_engine.rules.declaration import Rule


def with_own_rules(policy: Policy, own: tuple[Rule[Any], ...]) -> Policy:
    """Add a host's own rules to a policy: each, where it names none of them, at the end of what it can stand in."""
    named = {name for pipeline in policy.pipelines.values() for name in pipeline}
    pipelines = {}
    for operation, pipeline in policy.pipelines.items():
        scopes = OPERATIONS[operation].scopes if operation in OPERATIONS else ()
        added = tuple(rule.name for rule in own if rule.name not in named and rule.scope in scopes)
        pipelines[operation] = pipeline + added
    return evolve(policy, pipelines=pipelines)


def check_names(policy: Policy, rules: Mapping[str, Rule[Any]]) -> None:
    """Refuse a policy that names what does not exist.

    Raises:
        PolicyError: It names each of them, and the nearest that exists.
    """
    problems = []
    for operation, pipeline in policy.pipelines.items():
        if operation not in OPERATIONS:
            problems.append(f"{policy.id}: unknown operation {operation}{did_you_mean(operation, OPERATIONS)}")
            continue
        for name in pipeline:
            if name not in rules:
                problems.append(f"{policy.id}: unknown rule {name} in {operation}{did_you_mean(name, rules)}")
            elif rules[name].scope not in OPERATIONS[operation].scopes:
                problems.append(f"{policy.id}: {name} has nothing to stand on in {operation}")
    problems += [
        f"{policy.id}: unknown rule {name}{did_you_mean(name, rules)}" for name in policy.modes if name not in rules
    ]
    problems += [
        f"{policy.id}: unknown rule {name}{did_you_mean(name, rules)}"
        for name in policy.enforce_from
        if name not in rules
    ]
    codes = {*CATALOGUE, *(rule.code.name for rule in rules.values())}
    for waiver in policy.waivers:
        if waiver.code not in codes:
            problems.append(
                f"{policy.id}: {waiver.id} waives an unknown code {waiver.code}{did_you_mean(waiver.code, codes)}"
            )
        if waiver.match.operation is not None and waiver.match.operation not in OPERATIONS:
            problems.append(f"{policy.id}: {waiver.id} matches an unknown operation {waiver.match.operation}")
    if problems:
        raise PolicyError(problems)


def check_limits(policy: Policy, rules: Iterable[Rule[Any]]) -> None:
    """Refuse a limit that a policy file would set in vain: it knows another one of the same name.

    Raises:
        PolicyError: There is one.
    """
    known = {limit.name: limit for limit in policy.limit_values}
    problems = [
        f"{policy.id}: the limit {limit.name} of {rule.name} is not the one that is set by this name"
        for rule in rules
        for limit in rule.limits
        if limit.name in known and known[limit.name] is not limit
    ]
    if problems:
        raise PolicyError(problems)


def check_candidate(policy: Policy, candidate: Policy) -> None:
    """Refuse a candidate that cannot be asked about every draft that a policy judges.

    Raises:
        PolicyError: It has no pipeline for an operation of the policy.
    """
    problems = [
        f"{candidate.id}: no pipeline for {operation}, which {policy.id} has"
        for operation in policy.pipelines
        if operation not in candidate.pipelines
    ]
    if problems:
        raise PolicyError(problems)
