"""A policy and an operation, prepared once so that drafts are judged without looking anything up."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import frozen

from rules_engine.codes import Code
from rules_engine.engine.find import Finder
from rules_engine.operations import OPERATIONS
from rules_engine.policy.model import Policy, Waiver
from rules_engine.rules.row import Rule
from rules_engine.views.context import Limits
from rules_engine.violation import Mode, Verdict


@frozen(eq=False)
class PlannedRule:
    """A rule at its place in a pipeline.

    Attributes:
        rule: The rule.
        mode: How hard it is applied, once a delay is over; never `off`.
        blockers: The rules it needs that are enforced in this pipeline, in the order of the pipeline. Others block
            nothing, and neither do those of them that are not enforced yet.
        enforce_from: The instant it is enforced from; None for always.
        mode_before: How hard it is applied before that instant.
    """

    rule: Rule[Any]
    mode: Mode
    blockers: tuple[Rule[Any], ...]
    enforce_from: datetime | None
    mode_before: Mode


@frozen(eq=False)
class Plan:
    """What it takes to judge the drafts of one operation under one policy.

    Attributes:
        operation: The name of the operation.
        policy: The id of the policy.
        fault_code: The code of an enforced rule that raises.
        limits: The policy's value of every limit.
        rules: The pipeline, in order, without the rules that are off.
        resolution: The same rules, each after those it needs. A place is an index into it.
        order: The index in the pipeline of each place.
        blockers: The places of those that block each of them, in the order of the pipeline.
        dependants: The places of those that each of them blocks where it is not clear.
        delayed: Those of them that are enforced from an instant on.
        waivers: The waivers that may fit a draft of the operation.
        find: Finds what is wrong with a draft, by places.
        clean: The verdict of a draft that nothing is wrong with.
    """

    operation: str
    policy: str
    fault_code: Code
    limits: Limits
    rules: tuple[PlannedRule, ...]
    resolution: tuple[PlannedRule, ...]
    order: tuple[int, ...]
    blockers: tuple[tuple[int, ...], ...]
    dependants: tuple[tuple[int, ...], ...]
    delayed: tuple[PlannedRule, ...]
    waivers: tuple[Waiver, ...]
    find: Finder
    clean: Verdict


def plan(policy: Policy, operation: str, rules: Mapping[str, Rule[Any]], *, written: bool = True) -> Plan:
    """Prepare a policy for an operation.

    Args:
        policy: A policy whose names are all known.
        operation: The name of the operation.
        rules: The rules by name.
        written: Whether to write functions that find what is wrong; for a few drafts, that is not worth its cost.
    """
    modes = {name: policy.mode(name) for name in policy.pipelines[operation]}
    enforced = [rules[name] for name, mode in modes.items() if mode is Mode.ENFORCE]
    planned = tuple(
        PlannedRule(
            rules[name],
            mode,
            tuple(need for need in enforced if need in rules[name].needs),
            policy.enforce_from.get(name),
            policy.mode_before(name),
        )
        for name, mode in modes.items()
        if mode is not Mode.OFF
    )
    resolution = _resolution(planned)
    place = {item.rule: place for place, item in enumerate(resolution)}
    return Plan(
        operation=operation,
        policy=policy.id,
        fault_code=OPERATIONS[operation].fault_code,
        # A limit that a rule of the application declares has its default where the policy does not set it.
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
        find=Finder(f"{policy.id}, {operation}", dict(enumerate(item.rule for item in resolution)), written=written),
        clean=Verdict(operation, policy.id),
    )


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
