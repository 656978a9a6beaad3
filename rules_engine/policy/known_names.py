"""Whether all that a policy names exists: checked when it is compiled, and never when a draft is judged."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import evolve

from rules_engine.codes import CATALOGUE
from rules_engine.exceptions import PolicyError
from rules_engine.nearest import did_you_mean
from rules_engine.operations import OPERATIONS
from rules_engine.policy.model import Policy
from rules_engine.rules.row import Rule


def with_own_rules(policy: Policy, own: tuple[Rule[Any], ...]) -> Policy:
    """Put an application's own rules that the policy does not name last in every pipeline that has what they read."""
    added = [rule for rule in own if rule.name not in policy.named_rules]
    scopes = {name: OPERATIONS[name].scopes if name in OPERATIONS else () for name in policy.pipelines}
    pipelines = {
        name: (*pipeline, *(rule.name for rule in added if rule.scope in scopes[name]))
        for name, pipeline in policy.pipelines.items()
    }
    return evolve(policy, pipelines=pipelines)


def refuse_unknown_names(policy: Policy, rules: Mapping[str, Rule[Any]]) -> None:
    """Refuse names of operations, rules and codes that are unknown.

    Args:
        policy: The policy.
        rules: Every rule, by name.

    Raises:
        PolicyError: There are some; all of them are listed.
    """
    problems = [f"{policy.id}: {problem}" for problem in _problems(policy, rules)]
    if problems:
        raise PolicyError(problems)


def _problems(policy: Policy, rules: Mapping[str, Rule[Any]]) -> Iterator[str]:
    for operation, pipeline in policy.pipelines.items():
        if operation not in OPERATIONS:
            yield f"unknown operation {operation}{did_you_mean(operation, OPERATIONS)}"
        else:
            yield from _problems_of_pipeline(operation, pipeline, rules)
    for name in (*policy.modes, *policy.enforce_from):
        if name not in rules:
            yield f"unknown rule {name}{did_you_mean(name, rules)}"
    codes = {*CATALOGUE, *(rule.code.name for rule in rules.values())}
    for waiver in policy.waivers:
        if waiver.code not in codes:
            yield f"{waiver.id} waives an unknown code {waiver.code}{did_you_mean(waiver.code, codes)}"
        if waiver.match.operation is not None and waiver.match.operation not in OPERATIONS:
            yield f"{waiver.id} matches an unknown operation {waiver.match.operation}"


def _problems_of_pipeline(operation: str, pipeline: Iterable[str], rules: Mapping[str, Rule[Any]]) -> Iterator[str]:
    for name in pipeline:
        if name not in rules:
            yield f"unknown rule {name} in {operation}{did_you_mean(name, rules)}"
        elif rules[name].scope not in OPERATIONS[operation].scopes:
            yield f"{name} has nothing to stand on in {operation}"


def refuse_other_limits(policy: Policy, rules: Iterable[Rule[Any]]) -> None:
    """Refuse a limit that a policy file would set in vain: it knows another one of the same name.

    Raises:
        PolicyError: There are some; all of them are listed.
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


def refuse_fewer_operations(candidate: Policy, policy: Policy) -> None:
    """Refuse a candidate that has no pipeline for an operation of the policy.

    Raises:
        PolicyError: There are such operations; all of them are listed.
    """
    problems = [
        f"{candidate.id}: no pipeline for {operation}, which {policy.id} has"
        for operation in policy.pipelines
        if operation not in candidate.pipelines
    ]
    if problems:
        raise PolicyError(problems)
