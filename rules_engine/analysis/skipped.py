"""Rules that are violated and never reported, because what they build on always refuses first.

The counterexamples violate their rules in a shop of its own currencies, quantities and amounts. Under other limits the
same draft may violate a limit as well, which proves nothing about the rule: so it is moved to where the limits allow
it.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from attrs import evolve

from rules_engine.analysis.applied import (
    AppliedPolicy,
    DraftDocument,
    PreparedDraft,
    broken,
    prepared,
    valid,
    with_changes,
)
from rules_engine.analysis.findings import FindingKind, PolicyFinding, finding
from rules_engine.analysis.proof import cone, settings_of
from rules_engine.examples import changed
from rules_engine.examples.counterexamples import changes_of
from rules_engine.path import Path
from rules_engine.policy.model import Policy
from rules_engine.rules.limits import MAX_QUANTITY, MAX_UNIT_AMOUNT, SUPPORTED_CURRENCIES
from rules_engine.rules.row import Rule
from rules_engine.views.context import Limit
from rules_engine.violation import Mode, Verdict

_CURRENCIES: Final = ("EGP", "USD")
"""The currencies of the shop: the one it settles in, and a foreign one."""
_MOST_TARGETS: Final = 3
"""How many of the supported currencies a draft is moved to."""


def skipped_findings(policy: Policy, rules: Mapping[str, Rule[Any]]) -> Iterator[PolicyFinding]:
    """Find the rules that no known draft reports although some violate them.

    Delays and waivers are taken to be over: what they hold back is not held back for ever.

    Args:
        policy: The policy.
        rules: Every rule by its name.
    """
    lasting = evolve(policy.with_modes(Mode.ENFORCE, *policy.enforce_from), waivers=())
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
    for draft in candidates(rule, applied):
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


def candidates(rule: Rule[Any], applied: AppliedPolicy) -> Iterator[PreparedDraft]:
    """Yield drafts that may violate a rule, each once: as they are, made small, and in currencies that are supported.

    Args:
        rule: The rule.
        applied: The policy, on the operation, whose limits they are to keep to.
    """
    seen: set[str] = set()
    for document in _documents(rule, applied):
        written = json.dumps(document, sort_keys=True)
        draft = None if written in seen else prepared(document)
        seen.add(written)
        if draft is not None:
            yield draft


def _documents(rule: Rule[Any], applied: AppliedPolicy) -> Iterator[DraftDocument]:
    documents = [
        *(draft.document for draft in broken(applied.operation, rule.name)),
        *_at_their_ends(rule, applied.operation),
    ]
    small = [_settled(_within(document, applied.limit)) for document in documents]
    yield from (*documents, *small)
    for target in sorted(applied.limit(SUPPORTED_CURRENCIES))[:_MOST_TARGETS]:
        for source in _CURRENCIES:
            yield from (_exchanged(document, source, target) for document in small)


def _at_their_ends(rule: Rule[Any], operation: str) -> Iterator[DraftDocument]:
    """Set the quantity of a rule that reads a limit to its ends."""
    for setting in (setting for limit in rule.limits for setting in settings_of(rule, limit)):
        for example in (name for name in setting.names if name in valid(operation)):
            for end in (setting.least, setting.most):
                if end is not None:
                    yield changed(valid(operation)[example].document, changes_of(setting, end))


def _within(document: DraftDocument, limit: Callable[[Limit[int]], int]) -> DraftDocument:
    """Lower every quantity and unit amount to what the policy allows."""
    most = {"quantity": limit(MAX_QUANTITY), "unitAmount": limit(MAX_UNIT_AMOUNT)}
    return _mapped(document, lambda key, value: min(value, most[key]) if key in most and type(value) is int else value)


def _settled(document: DraftDocument) -> DraftDocument:
    """State what the account settles in, where that is left to the default, so that it is exchanged as well."""
    merchant = document["facts"].get("merchant") or {}
    stated = merchant.get("settlementCurrency", _CURRENCIES[0])
    return with_changes(document, {"/facts/merchant/settlementCurrency": stated}) or document


def _exchanged(document: DraftDocument, one: str, other: str) -> DraftDocument:
    """Exchange two currencies wherever they are named, in either case, alone or in a pair."""
    exchanged = {one: other, other: one, one.lower(): other.lower(), other.lower(): one.lower()}

    def exchange(_: str, value: Any) -> Any:
        return "/".join(exchanged.get(part, part) for part in value.split("/")) if isinstance(value, str) else value

    return _mapped(document, exchange)


def _mapped(document: DraftDocument, change: Callable[[str, Any], Any]) -> DraftDocument:
    """Copy a document with every key, and every value that holds no other values, changed."""

    def walk(key: str, value: Any) -> Any:
        if isinstance(value, dict):
            return {change("", name): walk(name, inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [walk(key, inner) for inner in value]
        return change(key, value)

    mapped: DraftDocument = walk("", dict(document))
    return mapped
