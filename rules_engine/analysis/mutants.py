"""Mutants of a policy: each changes one thing that the policy states, by the least step."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, Literal

from attrs import evolve, frozen

from rules_engine.analysis.proof import settings_of, stricter
from rules_engine.path import Path
from rules_engine.policy.builtin import default_policy
from rules_engine.policy.model import Policy, Waiver, WaiverMatch, WrittenAt, write_instant
from rules_engine.rules.limits import LIMITS
from rules_engine.rules.row import Rule
from rules_engine.views.context import Limit
from rules_engine.violation import Mode

STEP: Final = timedelta(seconds=1)
"""By how much an instant is moved."""
UNREAD: Final = "no rule of the policy reads the limit"
NOWHERE: Final = "the rule stands in no pipeline"


MutantKind = Literal["pipeline", "mode", "enforce_from", "limit", "waiver"]
"""What a mutant changes: the rules of a pipeline, a mode, the instant of a delay, a limit, or a waiver."""


@frozen(eq=False)
class Mutant:
    """A policy that states one thing otherwise.

    Attributes:
        kind: What is changed.
        what: How it reads in a report.
        origin: Where the value is written that is changed; None where no file states it.
        change: Makes the mutant.
        killer: The test that would notice it.
        rules: The names of the rules whose part in a verdict is changed.
        operation: The operation it is changed in; None for all.
        limit: The limit that is changed; None where it is none.
        equivalent: Why no draft can distinguish it from the policy; "" where no reason is known.
    """

    kind: MutantKind
    what: str
    origin: WrittenAt | None
    change: Callable[[], Policy]
    killer: str
    rules: tuple[str, ...]
    operation: str | None = None
    limit: Limit[Any] | None = None
    equivalent: str = ""


def mutants(policy: Policy, rules: Mapping[str, Rule[Any]]) -> Iterator[Mutant]:
    """List the mutants of a policy, in the order of a policy file.

    Args:
        policy: The policy.
        rules: Every rule that it may name, by name.
    """
    yield from _of_pipelines(policy)
    yield from _of_rules(policy)
    for limit in LIMITS:
        yield from _of_limit(policy, limit, readers(policy, limit, rules))
    for waiver in policy.waivers:
        yield from _of_waiver(
            policy, waiver, tuple(rule.name for rule in rules.values() if rule.code.name == waiver.code)
        )


def readers(policy: Policy, limit: Limit[Any], rules: Mapping[str, Rule[Any]]) -> tuple[Rule[Any], ...]:
    """List the rules of a policy that read a limit, without those that are off."""
    names = (name for name in policy.named_rules if policy.mode(name) is not Mode.OFF)
    return tuple(rules[name] for name in names if limit in rules[name].limits)


def _of_pipelines(policy: Policy) -> Iterator[Mutant]:
    for operation, pipeline in policy.pipelines.items():
        path: Path = ("pipelines", operation)
        left_out = [rule for rule in default_policy().pipelines.get(operation, ()) if rule not in pipeline]
        for rule in (*pipeline, *left_out):
            if policy.mode(rule) is not Mode.OFF:
                rest = [name for name in pipeline if name != rule]
                yield Mutant(
                    "pipeline",
                    f"{operation} {'without' if rule in pipeline else 'with'} {rule}",
                    policy.written_at((*path, rule), path),
                    partial(policy.with_pipeline, operation, rest if rule in pipeline else [*pipeline, rule]),
                    f"a draft of {operation} in which {rule} is violated",
                    (rule,),
                    operation,
                )


def _of_rules(policy: Policy) -> Iterator[Mutant]:
    standing = policy.named_rules
    for rule in dict.fromkeys((*policy.modes, *policy.enforce_from, *standing)):
        mode, delay = policy.mode(rule), policy.enforce_from.get(rule)
        is_stated = rule in policy.modes or delay is not None
        equivalent = "" if rule in standing else NOWHERE
        for other in Mode if is_stated else (Mode.OFF,):
            if other is not mode:
                yield Mutant(
                    "mode",
                    f"{rule} in mode {other.value} in place of {mode.value}",
                    policy.written_at(("rules", rule, "mode"), ("rules", rule)),
                    partial(policy.with_modes, other, rule),
                    f"a draft in which {rule} is violated" + ("" if delay is None else " once it is enforced"),
                    (rule,),
                    equivalent=equivalent,
                )
        if delay is not None:
            before = policy.mode_before(rule)
            # Written without a mode, a rule with a delay is shadowed before it.
            written, other = (Mode.ENFORCE, Mode.SHADOW) if before is Mode.WARN else (Mode.WARN, Mode.WARN)
            yield Mutant(
                "mode",
                f"{rule} in mode {other.value} in place of {before.value} before it is enforced",
                policy.written_at(("rules", rule, "mode"), ("rules", rule)),
                partial(evolve, policy, modes={**policy.modes, rule: written}),
                f"a draft of {write_instant(delay - STEP)} in which {rule} is violated",
                (rule,),
                equivalent=equivalent,
            )
        for moved, now in () if delay is None else _steps(delay):
            yield Mutant(
                "enforce_from",
                f"{rule} enforced from {write_instant(moved)} in place of {write_instant(delay or moved)}",
                policy.written_at(("rules", rule, "enforce_from")),
                partial(evolve, policy, enforce_from={**policy.enforce_from, rule: moved}),
                f"a draft of {write_instant(now)} in which {rule} is violated",
                (rule,),
                equivalent=equivalent,
            )


def _steps(instant: datetime) -> tuple[tuple[datetime, datetime], ...]:
    """Return an instant a second earlier and a second later, each with the last instant at which that matters."""
    return (instant - STEP, instant - STEP), (instant + STEP, instant)


def _of_limit(policy: Policy, limit: Limit[Any], reading: tuple[Rule[Any], ...]) -> Iterator[Mutant]:
    value = policy.limits.get(limit.name, limit.default)
    of_value = _of_set if isinstance(value, frozenset) else _of_number
    for nudged, what, killer, equivalent in of_value(limit, value, reading):
        yield Mutant(
            "limit",
            f"{limit.name} {what}",
            policy.written_at(("limits", limit.name)),
            partial(policy.with_limits, **{limit.name: nudged}),
            killer,
            tuple(rule.name for rule in reading),
            limit=limit,
            equivalent=equivalent if reading else UNREAD,
        )


def _of_number(limit: Limit[Any], value: Any, reading: tuple[Rule[Any], ...]) -> Iterator[tuple[int, str, str, str]]:
    names = " or ".join(rule.name for rule in reading) or "no rule"
    for nudged in (value - 1, value + 1):
        if (limit.minimum is None or nudged >= limit.minimum) and (limit.maximum is None or nudged <= limit.maximum):
            deciding = {
                rule: min(value, nudged) if stricter(rule, limit) == "higher" else max(value, nudged)
                for rule in reading
            }
            drafts = " or ".join(f"exactly {quantity} {limit.unit}" for quantity in dict.fromkeys(deciding.values()))
            killer = f"a draft with {drafts or 'nothing'}, as {names} counts them"
            yield nudged, f"= {nudged} in place of {value}", killer, _out_of_reach(limit, deciding)


def _out_of_reach(limit: Limit[Any], deciding: Mapping[Rule[Any], int]) -> str:
    """Return why no draft has the quantities that would decide; "" where one may have them."""
    reasons: dict[str, None] = {}
    for rule, quantity in deciding.items():
        settings = settings_of(rule, limit)
        if not settings:
            return ""
        for setting in settings:
            if setting.least is None or setting.most is None or setting.least <= quantity <= setting.most:
                return ""
            reasons[setting.beyond] = None
    return "; ".join(reasons)


def _of_set(limit: Limit[Any], value: Any, _: tuple[Rule[Any], ...]) -> Iterator[tuple[frozenset[str], str, str, str]]:
    for member in sorted(value):
        yield value - {member}, f"without {member}", f"a draft in which {member} is taken", ""
    others = limit.members - value
    if others:
        words = "every other" if len(others) > 1 else min(others)
        yield limit.members, f"with {words}", f"a draft in which one of {', '.join(sorted(others))} is refused", ""


def _of_waiver(policy: Policy, waiver: Waiver, reporting: tuple[str, ...]) -> Iterator[Mutant]:
    def mutant(changed: tuple[Waiver, ...], what: str, killer: str, key: str) -> Mutant:
        place = policy.written_at(("waivers", waiver.id, key), ("waivers", waiver.id))
        at = policy.waivers.index(waiver)
        waivers = (*policy.waivers[:at], *changed, *policy.waivers[at + 1 :])
        return Mutant("waiver", what, place, partial(evolve, policy, waivers=waivers), killer, reporting)

    violated = f"in which {waiver.code} is violated"
    yield mutant((), f"no waiver {waiver.id}", f"a draft that it fits, {violated}", "id")
    for moved, now in _steps(waiver.expires):
        what = f"{waiver.id} expires at {write_instant(moved)} in place of {write_instant(waiver.expires)}"
        killer = f"a draft of {write_instant(now)} that it fits, {violated}"
        yield mutant((evolve(waiver, expires=moved),), what, killer, "expires")
    for words, match in _wider(waiver.match):
        what, killer = f"{waiver.id} for {words}", f"a draft {violated}, which it does not fit for that alone"
        yield mutant((evolve(waiver, match=match),), what, killer, "match")


def _wider(match: WaiverMatch) -> Iterator[tuple[str, WaiverMatch]]:
    """List matches that fit more drafts: each without one of its parts, where others are left."""
    for part in ("merchant", "operation", "metadata"):
        wider = evolve(match, **{part: None})
        if wider not in (match, WaiverMatch()):
            yield f"any {part}", wider
    if match.metadata is not None and match.metadata.value is not None:
        yield f"any value of {match.metadata.key}", evolve(match, metadata=evolve(match.metadata, value=None))
