"""The meaning of a policy, slowly: what each rule comes to on each item, straight from invariants 2 to 5.

It shares rules, scopes, joins and the naming of places with the engine, and nothing of how the engine runs them.
"""

from collections.abc import Iterator
from typing import Any

import attrs

from rules_engine.engine.report import place_of
from rules_engine.models import UNSET
from rules_engine.operations import OPERATIONS
from rules_engine.path import param_of, pointer_of
from rules_engine.policy.model import Policy, Waiver
from rules_engine.rules.row import Rule
from rules_engine.views.context import Context
from rules_engine.violation import FactKey, Mode, Skipped, Undecided, Verdict, Violation, Waived

_LISTED = {Mode.ENFORCE: "violations", Mode.WARN: "warnings", Mode.SHADOW: "shadowed"}


def judge(policy: Policy, rules: dict[str, Rule[Any]], draft: Any) -> Verdict:
    """Return the state of every rule of a draft's pipeline on every item, in policy order; no rule raises."""
    meaning = _Meaning(policy, rules, draft)
    found: dict[str, list[Any]] = {kind: [] for kind in (*_LISTED.values(), "waived", "skipped", "undecided")}
    pending: list[FactKey] = []
    for rule, mode in meaning.modes.items():
        for item in [] if mode is Mode.OFF else meaning.items(rule):
            result = meaning.standing(rule, item)
            if result == "violations":
                found[_LISTED[mode]].append(meaning.violation(rule, item))
            elif result == "waived":
                (waiver, *_) = (waiver for waiver, fits in meaning.waivers(rule) if fits is True)
                parts = attrs.asdict(meaning.violation(rule, item), recurse=False)
                found[result].append(Waived(**parts, waiver=waiver.id, reason=waiver.reason))
            elif result == "skipped":
                found[result].append(Skipped(rule.name, _param(rule, item), meaning.because_of(rule, item)))
            elif result == "undecided" and mode is Mode.ENFORCE:
                found[result].append(Undecided(rule.name, _param(rule, item)))
                pending += meaning.pending(rule, item)
    required = [*(meaning.unknown if found["undecided"] else []), *pending]
    said = {kind: tuple(results) for kind, results in found.items()}
    return Verdict(draft.operation, policy.id, **said, required_facts=tuple(dict.fromkeys(required)))


def _index(item: Any) -> int:
    return -1 if item is None else getattr(item, "index", 0)


def _param(rule: Rule[Any], item: Any) -> str | None:
    path = ("facts",) if item is None else place_of(rule, item)
    return None if path[0] == "facts" or rule.scope.fields is None else param_of(path[1:])


class _Meaning:
    """A draft under a policy."""

    def __init__(self, policy: Policy, rules: dict[str, Rule[Any]], draft: Any) -> None:
        self._views = OPERATIONS[draft.operation].build_views(draft)
        self._context = Context(draft.facts.now, policy.limit_values)
        self._draft = draft
        self.unknown = [FactKey(kind, key) for kind, key in self._views["unknown"]]
        self._waivers = policy.waivers
        self.modes = {rules[name]: policy.modes.get(name, Mode.ENFORCE) for name in policy.pipelines[draft.operation]}
        for name, start in policy.enforce_from.items():
            if rules[name] in self.modes and draft.facts.now >= start:
                self.modes[rules[name]] = Mode.ENFORCE
            elif rules[name] in self.modes:
                is_shown = policy.modes.get(name) is Mode.WARN
                self.modes[rules[name]] = Mode.WARN if is_shown else Mode.SHADOW

    def items(self, rule: Rule[Any]) -> list[Any]:
        """Return what a rule stands on: one None where it cannot be told."""
        selected = self._views[rule.scope.name]
        return [None] if selected is None else list(selected)

    def standing(self, rule: Rule[Any], item: Any) -> str:
        """Return the state of a rule on an item, by looking at its needs first."""
        needed = [found for _, found in self._needed(rule, item)]
        if "violations" in needed or "skipped" in needed:
            return "skipped"
        if "undecided" in needed or item is None:
            return "undecided"
        if rule.violated(item, self._context):
            return self._waived(rule) if self.modes[rule] is Mode.ENFORCE else "violations"
        return "undecided" if rule.undecided_when and rule.undecided_when(item, self._context) else "clear"

    def because_of(self, rule: Rule[Any], item: Any) -> tuple[str, ...]:
        """Name the rules that withhold a rule, in policy order."""
        blocking = (need.name for need, found in self._needed(rule, item) if found in ("violations", "skipped"))
        return tuple(dict.fromkeys(blocking))

    def _needed(self, rule: Rule[Any], item: Any) -> Iterator[tuple[Rule[Any], str]]:
        for need, mode in self.modes.items():
            for other in self.items(need) if need in rule.needs and mode is Mode.ENFORCE else ():
                if need.scope.axis is not rule.scope.axis or None in (item, other) or _index(other) == _index(item):
                    yield need, self.standing(need, other)

    def violation(self, rule: Rule[Any], item: Any) -> Violation:
        """Return the violation of a rule by an item."""
        pointer, evidence = pointer_of(place_of(rule, item)), rule.evidence(item, self._context)
        return Violation(rule.code, rule.name, _param(rule, item), pointer, rule.message_of(evidence), evidence)

    def waivers(self, rule: Rule[Any]) -> Iterator[tuple[Waiver, bool | None]]:
        """Return the waivers of the code of a rule, and whether each fits the draft; None where that is unknown."""
        for waiver in self._waivers:
            if waiver.code == rule.code.name:
                facets = [fits for _, fits in self._facets(waiver)]
                yield waiver, None if None in facets and False not in facets else all(facets)

    def pending(self, rule: Rule[Any], item: Any) -> Iterator[FactKey]:
        """Name the facts that it takes to tell whether what a rule found is waived, if it found something."""
        if item is not None and rule.violated(item, self._context) and self._waived(rule) == "undecided":
            for waiver, fits in self.waivers(rule):
                if fits is None:
                    yield from (fact for fact, known in self._facets(waiver) if fact is not None and known is None)

    def _waived(self, rule: Rule[Any]) -> str:
        """Return the state of an enforced rule that is violated: waived, undecided or enforced."""
        fits = [fits for _, fits in self.waivers(rule)]
        if True in fits:
            return "waived"
        return "undecided" if None in fits else "violations"

    def _facets(self, waiver: Waiver) -> Iterator[tuple[FactKey | None, bool | None]]:
        """List what a waiver asks for: the fact that shows it, and whether the draft has it.

        The latter is None where the fact is not provided.
        """
        match, facts = waiver.match, self._draft.facts
        yield None, facts.now < waiver.expires
        yield None, match.operation is None or match.operation == self._draft.operation
        if match.merchant is not None:
            yield FactKey("merchant"), None if facts.merchant is None else facts.merchant.id == match.merchant
        if match.metadata is not None:
            known, metadata = self._metadata()
            items = metadata.items() if known and isinstance(metadata, dict) else ()
            wanted = match.metadata
            has = any(key == wanted.key and wanted.value in (None, value) for key, value in items)
            session = None if self._draft.target is None else self._draft.target.id
            yield FactKey("session", session), has if known else None

    def _metadata(self) -> tuple[bool, Any]:
        """Return whether the metadata of the draft's session are known, and what they are."""
        draft = self._draft
        room, _, action = draft.operation.partition(".")
        if room != "session":
            return True, None
        if action == "create" or (action == "update" and draft.request.metadata is not UNSET):
            return True, draft.request.metadata
        if draft.facts.session is not None and draft.facts.session.id == draft.target.id:
            return True, draft.facts.session.metadata
        return draft.target.id in draft.facts.missing.sessions, None
