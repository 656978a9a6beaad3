"""Whether all that a policy names exists: checked when it is compiled, and never when a draft is judged."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import evolve

from rules_engine.codes import CATALOGUE
from rules_engine.exceptions import PolicyError, PolicyProblem
from rules_engine.nearest import nearest
from rules_engine.operations import OPERATIONS
from rules_engine.policy.model import Policy, Waiver
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
    """Refuse names of operations, rules and codes that are unknown, and of limits that are not those of the rules.

    Args:
        policy: The policy.
        rules: Every rule, by name.

    Raises:
        PolicyError: There are some; all of them are listed.
    """
    named, limits = dict.fromkeys((*policy.modes, *policy.enforce_from)), {it.name: it for it in policy.limit_values}
    problems = [
        *name_problems(policy.pipelines, named, policy.waivers, rules),
        *(
            PolicyProblem(f"the limit {limit.name} of {rule.name} is not the one that is set by this name")
            for rule in rules.values()
            for limit in rule.limits
            if limits.get(limit.name, limit) is not limit
        ),
    ]
    if problems:
        raise PolicyError([evolve(problem, source=policy.id) for problem in problems])


def name_problems(
    pipelines: Mapping[str, Iterable[str]],
    named: Iterable[str],
    waivers: Iterable[Waiver],
    rules: Mapping[str, Rule[Any]],
) -> Iterator[PolicyProblem]:
    """List the names in a policy that are unknown, each with the keys that lead to it.

    Args:
        pipelines: Operation to the names of its rules.
        named: The names of the rules that have a mode.
        waivers: The waivers.
        rules: Every rule, by name.
    """
    for operation, pipeline in pipelines.items():
        if operation not in OPERATIONS:
            yield _unknown("operation", operation, OPERATIONS, "pipelines", operation)
        else:
            yield from _pipeline_problems(operation, pipeline, rules)
    yield from (_unknown("rule", name, rules, "rules", name) for name in named if name not in rules)
    codes = {**CATALOGUE, **{rule.code.name: rule.code for rule in rules.values()}}
    for waiver in waivers:
        where, asked = f" in the waiver {waiver.id}", waiver.match.operation
        if waiver.code not in codes:
            yield _unknown("code", waiver.code, codes, "waivers", waiver.id, "code", where=where)
        if asked is not None and asked not in OPERATIONS:
            yield _unknown("operation", asked, OPERATIONS, "waivers", waiver.id, "match", "operation", where=where)


def _pipeline_problems(
    operation: str, pipeline: Iterable[str], rules: Mapping[str, Rule[Any]]
) -> Iterator[PolicyProblem]:
    for name in dict.fromkeys(pipeline):
        path = "pipelines", operation, name
        if name not in rules:
            yield _unknown("rule", name, rules, *path, where=f" in {operation}")
        elif (scope := rules[name].scope) not in OPERATIONS[operation].scopes:
            possible = ", ".join(row.name for row in OPERATIONS.values() if scope in row.scopes)
            expected = f"a rule of {operation}; {name} is one of {possible}"
            yield PolicyProblem(f"{name} does not apply to {operation}", path=path, expected=expected)


def _unknown(kind: str, word: str, known: Iterable[str], *path: str, where: str = "") -> PolicyProblem:
    expected = f"the name of a known {kind}"
    return PolicyProblem(f"unknown {kind} {word}{where}", path=path, expected=expected, suggestion=nearest(word, known))


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
