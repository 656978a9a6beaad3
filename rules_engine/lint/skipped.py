"""Rules that are violated and never heard, because what they build on always refuses first."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve, frozen

from rules_engine.api import Engine
from rules_engine.comparison.proof import Side, cone, side
from rules_engine.comparison.truth import is_violated
from rules_engine.lint.candidates import candidates
from rules_engine.lint.finding import RULE_ALWAYS_WITHHELD, Finding, finding
from rules_engine.policy.model import KeyPath, Policy
from rules_engine.rules import RULES
from rules_engine.rules.declaration import Rule
from rules_engine.violation import Mode, Verdict

_OURS = frozenset(RULES)


def skipped_findings(policy: Policy, rules: Mapping[str, Rule[Any]]) -> Iterator[Finding]:
    """Find the rules that no known draft makes heard although some violate them.

    Delays and waivers are taken for over: what they hold back is not held back for ever.

    Args:
        policy: The policy.
        rules: Every rule by its name.
    """
    lasting = evolve(policy, enforce_from={}, waivers=())
    engine: Engine | None = None
    for operation, pipeline in policy.pipelines.items():
        judged_side = side(policy, operation, rules)
        for name in pipeline:
            if policy.modes.get(name, Mode.ENFORCE) is not Mode.OFF and _is_in_doubt(rules[name], judged_side):
                own = [rule for rule in rules.values() if rule not in _OURS and _named(policy, rule)]
                engine = engine or Engine(lasting, rules=own)
                known = _known(rules[name], judged_side, engine)
                if known is not None:
                    yield _always_skipped(policy, operation, rules, name, known)


@frozen
class _Known:
    """What is known of a rule that is always skipped.

    Attributes:
        judged: How many drafts were judged that violate it.
        blockers: The rules that refuse in its stead.
    """

    judged: int
    blockers: tuple[str, ...]


def _named(policy: Policy, rule: Rule[Any]) -> bool:
    return any(rule.name in pipeline for pipeline in policy.pipelines.values())


def _is_in_doubt(rule: Rule[Any], judged_side: Side) -> bool:
    """Return whether a rule reads a limit that is not the default; with defaults counterexamples violate each rule."""
    return any(
        judged_side.limit(limit) != limit.default
        for need in cone(rule.needs)
        if need in judged_side.enforced
        for limit in need.limits
    )


def _known(rule: Rule[Any], judged_side: Side, engine: Engine) -> _Known | None:
    """Judge drafts that violate a rule until one is heard; None where one is, or none violates it."""
    judged = 0
    blockers: dict[str, None] = {}
    for draft in candidates(rule.name, judged_side.operation, judged_side.policy):
        if not is_violated(rule, draft, judged_side):
            continue
        verdict = engine.validate(draft)
        refusing = dict.fromkeys(_refusing(rule.name, verdict))
        if not refusing or _is_heard(rule.name, verdict):
            return None
        judged += 1
        blockers.update(refusing)
    return _Known(judged, tuple(blockers)) if judged else None


def _is_heard(name: str, verdict: Verdict) -> bool:
    return any(said.rule == name for said in (*verdict.violations, *verdict.warnings, *verdict.shadowed))


def _refusing(name: str, verdict: Verdict) -> Iterator[str]:
    """Name the rules that refuse in the stead of one: its blockers, or theirs, where those are skipped themselves."""
    blocking = {item.rule: item.because_of for item in verdict.skipped}
    refusing = {violation.rule for violation in verdict.violations}
    waiting, seen = list(blocking.get(name, ())), {name}
    while waiting:
        blocker = waiting.pop(0)
        if blocker in refusing:
            yield blocker
        elif blocker not in seen:
            waiting.extend(blocking.get(blocker, ()))
        seen.add(blocker)


def _always_skipped(
    policy: Policy, operation: str, rules: Mapping[str, Rule[Any]], name: str, known: _Known
) -> Finding:
    drafts = "the one draft" if known.judged == 1 else f"each of {known.judged} drafts"
    message = f"{name} is never heard in {operation}: in {drafts} that violate{'s' * (known.judged == 1)} it, "
    message += f"{' or '.join(known.blockers)} refuses instead"
    limits = [limit.name for blocker in known.blockers for limit in rules[blocker].limits]
    loosen = f"Loosen {' or '.join(dict.fromkeys(limits))}" if limits else f"Turn {' or '.join(known.blockers)} off"
    fix = f"{loosen}, or turn {name} off and say so."
    paths: list[KeyPath] = [("limits", limit) for limit in limits]
    return finding(policy, RULE_ALWAYS_WITHHELD, message, fix, *paths, ("pipelines", operation, name))
