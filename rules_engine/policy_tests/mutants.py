"""Mutants of a policy: each changes one thing that the policy says, by the least step."""

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from typing import Any, Final

from attrs import evolve, frozen

from rules_engine.policy.load import default_policy
from rules_engine.policy.model import KeyPath, Origin, Policy
from rules_engine.policy.versions import write_instant
from rules_engine.policy.waiver import Waiver, WaiverMatch
from rules_engine.policy_tests.nudges import nudges, readers
from rules_engine.rules.declaration import Rule
from rules_engine.rules.limits import LIMITS
from rules_engine.views.context import Limit
from rules_engine.violation import Mode

STEP: Final = timedelta(seconds=1)
"""By how much an instant is moved."""

_NOWHERE: Final = "the rule stands in no pipeline"


class Kind(enum.Enum):
    """What a mutant changes."""

    PIPELINE = "pipeline"
    """A rule is taken out of a pipeline, or one that was left out is put back."""
    MODE = "mode"
    """A rule is in another mode."""
    ENFORCE_FROM = "enforce_from"
    """A rule is enforced a second earlier or later."""
    LIMIT = "limit"
    """A number is one more or one less; a set has a member less, or all of them."""
    WAIVER = "waiver"
    """A waiver is taken away, fits more drafts, or expires a second earlier or later."""


@frozen(eq=False)
class Mutant:
    """A policy that says one thing otherwise.

    Attributes:
        kind: What is changed.
        what: How it reads in a report.
        origin: Where the value is written that is changed; None where no file states it.
        change: Makes the mutant.
        killer: The test that would notice it.
        rule: The name of the rule whose part in the policy is changed; None where it is none.
        operation: The operation it is changed in; None for all.
        limit: The limit that is changed; None where it is none.
        code: The code whose waiver is changed; None where it is none.
        equivalent: Why no draft can tell it from the policy; "" where nobody knows a reason.
    """

    kind: Kind
    what: str
    origin: Origin | None
    change: Callable[[], Policy]
    killer: str
    rule: str | None = None
    operation: str | None = None
    limit: Limit[Any] | None = None
    code: str | None = None
    equivalent: str = ""


def mutants(policy: Policy, rules: Mapping[str, Rule[Any]]) -> Iterator[Mutant]:
    """Give the mutants of a policy, in the order of a policy file.

    Args:
        policy: The policy.
        rules: Every rule that it may name, by name.
    """
    yield from _of_pipelines(policy)
    yield from _of_rules(policy)
    yield from _of_limits(policy, rules)
    for waiver in policy.waivers:
        yield from _of_waiver(policy, waiver)


def _of_limits(policy: Policy, rules: Mapping[str, Rule[Any]]) -> Iterator[Mutant]:
    for limit in LIMITS:
        for nudge in nudges(policy, limit, readers(policy, limit, rules)):
            yield Mutant(
                Kind.LIMIT,
                nudge.what,
                _origin(policy, ("limits", limit.name)),
                partial(policy.with_limits, **{limit.name: nudge.value}),
                nudge.killer,
                limit=limit,
                equivalent=nudge.equivalent,
            )


def _origin(policy: Policy, *paths: KeyPath) -> Origin | None:
    return next((policy.origins[path] for path in paths if path in policy.origins), None)


def _of_pipelines(policy: Policy) -> Iterator[Mutant]:
    known = default_policy().pipelines
    for operation, pipeline in policy.pipelines.items():
        killer = f"a draft of {operation} in which {{}} is violated"
        for rule in pipeline:
            if policy.modes.get(rule) is not Mode.OFF:
                yield Mutant(
                    Kind.PIPELINE,
                    f"{operation} without {rule}",
                    _origin(policy, ("pipelines", operation, rule), ("pipelines", operation)),
                    partial(policy.with_pipeline, operation, [name for name in pipeline if name != rule]),
                    killer.format(rule),
                    rule,
                    operation,
                )
        for rule in known.get(operation, ()):
            if rule not in pipeline and policy.modes.get(rule) is not Mode.OFF:
                yield Mutant(
                    Kind.PIPELINE,
                    f"{operation} with {rule}",
                    _origin(policy, ("pipelines", operation)),
                    partial(policy.with_pipeline, operation, [*pipeline, rule]),
                    killer.format(rule),
                    rule,
                    operation,
                )


def _of_rules(policy: Policy) -> Iterator[Mutant]:
    standing = tuple(dict.fromkeys(name for pipeline in policy.pipelines.values() for name in pipeline))
    for rule in dict.fromkeys((*policy.modes, *policy.enforce_from, *standing)):
        stated = rule in policy.modes or rule in policy.enforce_from
        mode = policy.modes.get(rule, Mode.ENFORCE)
        equivalent = "" if rule in standing else _NOWHERE
        for other in Mode if stated else (Mode.OFF,):
            if other is not mode:
                yield Mutant(
                    Kind.MODE,
                    f"{rule} in mode {other.value} in place of {mode.value}",
                    _origin(policy, ("rules", rule, "mode"), ("rules", rule)),
                    partial(policy.with_modes, other, rule),
                    f"a draft in which {rule} is violated" + (" once it is enforced" if _delayed(policy, rule) else ""),
                    rule,
                    equivalent=equivalent,
                )
        if _delayed(policy, rule):
            yield from _of_delay(policy, rule, equivalent)


def _delayed(policy: Policy, rule: str) -> bool:
    return rule in policy.enforce_from


def _of_delay(policy: Policy, rule: str, equivalent: str) -> Iterator[Mutant]:
    instant = policy.enforce_from[rule]
    for moved, now in ((instant - STEP, instant - STEP), (instant + STEP, instant)):
        yield Mutant(
            Kind.ENFORCE_FROM,
            f"{rule} enforced from {write_instant(moved)} in place of {write_instant(instant)}",
            _origin(policy, ("rules", rule, "enforce_from")),
            partial(evolve, policy, enforce_from={**policy.enforce_from, rule: moved}),
            f"a draft of {write_instant(now)} in which {rule} is violated",
            rule,
            equivalent=equivalent,
        )


def _of_waiver(policy: Policy, waiver: Waiver) -> Iterator[Mutant]:
    violated = f"in which {waiver.code} is violated"
    yield _waived(policy, waiver, None, f"no waiver {waiver.id}", f"a draft that it fits, {violated}")
    for moved, now in (
        (waiver.expires - STEP, waiver.expires - STEP),
        (waiver.expires + STEP, waiver.expires),
    ):
        what = f"{waiver.id} expires at {write_instant(moved)} in place of {write_instant(waiver.expires)}"
        killer = f"a draft of {write_instant(now)} that it fits, {violated}"
        yield _waived(policy, waiver, evolve(waiver, expires=moved), what, killer, key="expires")
    for words, match in _wider(waiver.match):
        what, killer = f"{waiver.id} for {words}", f"a draft {violated}, which it does not fit for that alone"
        yield _waived(policy, waiver, evolve(waiver, match=match), what, killer, key="match")


def _wider(match: WaiverMatch) -> Iterator[tuple[str, WaiverMatch]]:
    """Give matches that fit more drafts: each without one of its parts, where others are left."""
    wider: Iterable[tuple[str, WaiverMatch]] = (
        ("any merchant", evolve(match, merchant=None)),
        ("any operation", evolve(match, operation=None)),
        ("any metadata", evolve(match, metadata=None)),
    )
    if match.metadata is not None:
        value = evolve(match, metadata=evolve(match.metadata, value=None))
        wider = (*wider, (f"any value of {match.metadata.key}", value))
    return ((words, other) for words, other in wider if other not in (match, WaiverMatch()))


def _waived(
    policy: Policy, waiver: Waiver, changed: Waiver | None, what: str, killer: str, *, key: str = "id"
) -> Mutant:
    waivers = (changed if other is waiver else other for other in policy.waivers)
    return Mutant(
        Kind.WAIVER,
        what,
        _origin(policy, ("waivers", waiver.id, key), ("waivers", waiver.id)),
        partial(evolve, policy, waivers=tuple(other for other in waivers if other is not None)),
        killer,
        code=waiver.code,
    )
