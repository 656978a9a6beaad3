"""A policy and an operation, prepared once so that drafts are judged without looking anything up."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from attrs import frozen

from rules_engine.codes import Code
from rules_engine.engine.evaluate import may_be_undecided
from rules_engine.engine.inline import Screen, generate
from rules_engine.engine.search import Searcher
from rules_engine.policy.model import Policy, Waiver
from rules_engine.rules.row import Expression, Rule
from rules_engine.views.context import Context, Limits
from rules_engine.views.scope import Scope
from rules_engine.views.views import Views
from rules_engine.violation import Mode, Verdict

Stage = tuple[Callable[[Views], Any], tuple[Expression[Any], ...]]
"""A getter of items, and the expressions that every one of them has to pass."""


@frozen(eq=False)
class PlannedRule:
    """A rule at its place in a pipeline.

    Attributes:
        rule: The rule.
        mode: How hard it is applied; never `off`.
        blockers: The rules it needs that are enforced in this pipeline, in the order of the pipeline. Others block
            nothing, and neither do those of them that are not enforced yet.
        enforce_from: The instant it is enforced from; None for always. Before it, the rule is in mode `shadow`.
    """

    rule: Rule[Any]
    mode: Mode
    blockers: tuple[Rule[Any], ...]
    enforce_from: datetime | None


@frozen(eq=False)
class Plan:
    """What it takes to judge the drafts of one operation under one policy.

    Attributes:
        operation: The name of the operation.
        policy: The id of the policy.
        fault_code: What a rule that raises says.
        join: Joins a draft of the operation with its facts.
        limits: The policy's value of every limit.
        rules: The pipeline, in order, without the rules that are off.
        resolution: The same rules, each after those it needs.
        order: The places of the same rules in the pipeline.
        blockers: The places, in the resolution, of those that block each of them, in the order of the pipeline.
        dependants: The places, in the resolution, of those that each of them blocks where it is not clear.
        delayed: Those of them that are enforced from an instant on.
        waivers: The waivers that may fit a draft of the operation.
        stages: The same rules by scope, for the screen.
        screen: The same stages, as one generated function.
        search: Finds what is wrong, once a draft is not clean. A rule is its place in the resolution.
        clean: The verdict of a draft that nothing is wrong with.
    """

    operation: str
    policy: str
    fault_code: Code
    join: Callable[[Any], Views]
    limits: Limits
    rules: tuple[PlannedRule, ...]
    resolution: tuple[PlannedRule, ...]
    order: tuple[int, ...]
    blockers: tuple[tuple[int, ...], ...]
    dependants: tuple[tuple[int, ...], ...]
    delayed: tuple[PlannedRule, ...]
    waivers: tuple[Waiver, ...]
    stages: tuple[Stage, ...]
    screen: Screen
    search: Searcher
    clean: Verdict


def plan(
    policy: Policy,
    operation: str,
    *,
    rules: Mapping[str, Rule[Any]],
    join: Callable[[Any], Views],
    fault_code: Code,
    screened: bool = True,
) -> Plan:
    """Prepare a policy for an operation.

    Args:
        policy: A policy whose names are all known.
        operation: The name of the operation.
        rules: The rules by name.
        join: Joins a draft of the operation with its facts.
        fault_code: What a rule that raises says.
        screened: Whether clean drafts are to be passed quickly. To write the screen costs far more than the rest, and
            without it every draft is examined.
    """
    modes = {name: policy.modes.get(name, Mode.ENFORCE) for name in policy.pipelines[operation]}
    enforced = [rules[name] for name, mode in modes.items() if mode is Mode.ENFORCE]
    planned = tuple(
        PlannedRule(
            rules[name],
            mode,
            tuple(need for need in enforced if need in rules[name].needs),
            policy.enforce_from.get(name),
        )
        for name, mode in modes.items()
        if mode is not Mode.OFF
    )
    checks, resolution, title = by_scope(planned), _resolution(planned), f"{policy.id}, {operation}"
    place = {item.rule: place for place, item in enumerate(resolution)}
    return Plan(
        operation=operation,
        policy=policy.id,
        fault_code=fault_code,
        join=join,
        # A limit that a host's own rule declares has its default: no policy names it.
        limits={**{limit: limit.default for item in planned for limit in item.rule.limits}, **policy.limit_values},
        rules=planned,
        resolution=resolution,
        order=tuple(map(planned.index, resolution)),
        blockers=tuple(tuple(place[blocker] for blocker in item.blockers) for item in resolution),
        dependants=tuple(
            tuple(place[item.rule] for item in planned if blocker.rule in item.blockers) for blocker in resolution
        ),
        delayed=tuple(item for item in planned if item.enforce_from is not None),
        waivers=tuple(waiver for waiver in policy.waivers if waiver.match.operation in (None, operation)),
        stages=tuple((scope.select, tuple(asked)) for scope, asked in checks.items()),
        screen=generate(title, checks.items()) if screened else _passes_nothing,
        search=Searcher(title, {place: item.rule for place, item in enumerate(resolution)}, written=screened),
        clean=Verdict(operation, policy.id),
    )


def _passes_nothing(_: Views, __: Context) -> bool:
    return False


def _resolution(planned: tuple[PlannedRule, ...]) -> tuple[PlannedRule, ...]:
    """Order rules so that each comes after its blockers; needs are values, so there is no cycle among them."""
    by_rule = {item.rule: item for item in planned}
    ordered: dict[Rule[Any], PlannedRule] = {}

    def visit(item: PlannedRule) -> None:
        for blocker in item.blockers:
            if blocker not in ordered:
                visit(by_rule[blocker])
        ordered.setdefault(item.rule, item)

    for item in planned:
        visit(item)
    return tuple(ordered.values())


def by_scope(planned: Iterable[PlannedRule]) -> dict[Scope[Any], list[Expression[Any]]]:
    """Give what a screen has to ask of the items of each scope."""
    by_scope: dict[Scope[Any], list[Expression[Any]]] = {}
    for item in planned:
        checks = by_scope.setdefault(item.rule.scope, [])
        checks.append(item.rule.violated)
        # Nothing is screened where the join notes an unknown fact.
        if item.rule.undecided_when is not None and may_be_undecided(item.rule):
            checks.append(item.rule.undecided_when)
    return by_scope
