"""Rules that are violated and never reported, because what they build on always refuses first."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve

from rules_engine.analysis.applied import AppliedPolicy
from rules_engine.analysis.candidates import candidates
from rules_engine.analysis.findings import FindingKind, PolicyFinding, finding
from rules_engine.analysis.proof import cone
from rules_engine.path import Path
from rules_engine.policy.model import Policy
from rules_engine.rules.row import Rule
from rules_engine.violation import Mode, Verdict


def skipped_findings(policy: Policy, rules: Mapping[str, Rule[Any]]) -> Iterator[PolicyFinding]:
    """Find the rules that no known draft reports although some violate them.

    Delays and waivers are taken to be over: what they hold back is not held back for ever.

    Args:
        policy: The policy.
        rules: Every rule by its name.
    """
    lasting = evolve(policy, enforce_from={}, waivers=())
    for operation, pipeline in policy.pipelines.items():
        applied = AppliedPolicy(lasting, operation, rules)
        for name in pipeline:
            if policy.mode(name) is not Mode.OFF and _is_in_doubt(rules[name], applied):
                judged, blockers = _judged(rules[name], applied)
                if judged:
                    yield _always_skipped(policy, applied, name, judged, [rules[blocker] for blocker in blockers])


def _is_in_doubt(rule: Rule[Any], applied: AppliedPolicy) -> bool:
    """Return whether a need reads a limit that is not the default; with defaults counterexamples violate each rule."""
    return any(
        applied.limit(limit) != limit.default
        for need in cone(rule.needs)
        if need in applied.enforced
        for limit in need.limits
    )


def _judged(rule: Rule[Any], applied: AppliedPolicy) -> tuple[int, tuple[str, ...]]:
    """Judge drafts that violate a rule until one reports it.

    Returns:
        How many were judged, and the rules that refuse instead; 0 and none where one reports it.
    """
    judged, blockers = 0, dict[str, None]()
    for draft in candidates(rule.name, applied):
        if not applied.is_violated(rule, draft):
            continue
        verdict = applied.verdict(draft)
        refusing = dict.fromkeys(_refusing(rule.name, verdict))
        reported = (found.rule for found in (*verdict.violations, *verdict.warnings, *verdict.shadowed))
        if not refusing or rule.name in reported:
            return 0, ()
        judged += 1
        blockers.update(refusing)
    return judged, tuple(blockers)


def _refusing(name: str, verdict: Verdict) -> Iterator[str]:
    """List the rules that refuse instead of one: what it is skipped for, or what those are, where they are skipped."""
    because_of = {item.rule: item.because_of for item in verdict.skipped}
    refusing = {violation.rule for violation in verdict.violations}
    waiting, seen = list(because_of.get(name, ())), {name}
    while waiting:
        blocker = waiting.pop(0)
        if blocker in refusing:
            yield blocker
        elif blocker not in seen:
            waiting.extend(because_of.get(blocker, ()))
        seen.add(blocker)


def _always_skipped(
    policy: Policy, applied: AppliedPolicy, name: str, judged: int, blockers: list[Rule[Any]]
) -> PolicyFinding:
    drafts = "the one draft that violates it" if judged == 1 else f"each of {judged} drafts that violate it"
    names = " or ".join(blocker.name for blocker in blockers)
    message = f"{name} is never reported in {applied.operation}: in {drafts}, {names} refuses instead"
    limits = dict.fromkeys(limit.name for blocker in blockers for limit in blocker.limits)
    loosen = f"Loosen {' or '.join(limits)}" if limits else f"Turn {names} off"
    fix = f"{loosen}, or turn {name} off and state it."
    paths: list[Path] = [*(("limits", limit) for limit in limits), ("pipelines", applied.operation, name)]
    return finding(policy, FindingKind.RULE_ALWAYS_SKIPPED, message, fix, *paths)
