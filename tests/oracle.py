"""The meaning of a policy, slowly: what each rule comes to on each item, straight from the laws.

It shares rules, scopes, joins and the naming of places with the engine, and nothing of how the engine runs them.
"""

from collections.abc import Iterator
from typing import Any

from rules_engine.engine.report import place_of
from rules_engine.models.unset import UNSET
from rules_engine.operations import OPERATIONS
from rules_engine.path import param_of
from rules_engine.policy.model import Policy
from rules_engine.policy.waiver import Waiver
from rules_engine.rules.declaration import Rule
from rules_engine.subjects.context import Context
from rules_engine.violation import Mode

Place = tuple[str, str | None]
"""A rule by name, and the field it names; None where it names none, or where the items cannot be told."""


_LISTED = {Mode.ENFORCE: "violations", Mode.WARN: "warnings", Mode.SHADOW: "shadowed"}


def judge(policy: Policy, rules: dict[str, Rule[Any]], draft: Any) -> dict[str, list[Place]]:
    """Sort every rule and item of a draft's pipeline into what it comes to, in policy order."""
    meaning = _Meaning(policy, rules, draft)
    kinds = ("violations", "warnings", "shadowed", "waived", "withheld", "undecided")
    found: dict[str, list[Place]] = {kind: [] for kind in kinds}
    for rule, mode in meaning.modes.items():
        for item in [] if mode is Mode.OFF else meaning.items(rule):
            result = meaning.standing(rule, item)
            if result == "violations":
                result = _LISTED[mode]
            if result in found and (result != "undecided" or mode is Mode.ENFORCE):
                found[result].append((rule.name, _param(rule, item)))
    return found


def _index(item: Any) -> int:
    return -1 if item is None else getattr(item, "index", 0)


def _param(rule: Rule[Any], item: Any) -> str | None:
    path = ("facts",) if item is None else place_of(rule, item)
    return None if path[0] == "facts" else param_of(path[1:])


class _Meaning:
    """A draft under a policy."""

    def __init__(self, policy: Policy, rules: dict[str, Rule[Any]], draft: Any) -> None:
        self._joined = OPERATIONS[draft.operation].join(draft)
        self._context = Context(draft.facts.now, policy.limit_values)
        self._draft = draft
        self._waivers = policy.waivers
        self.modes = {rules[name]: policy.modes.get(name, Mode.ENFORCE) for name in policy.pipelines[draft.operation]}
        for name, start in policy.enforce_from.items():
            if rules[name] in self.modes and draft.facts.now < start:
                self.modes[rules[name]] = Mode.SHADOW

    def items(self, rule: Rule[Any]) -> list[Any]:
        """Give what a rule stands on: one None where it cannot be told."""
        selected = getattr(self._joined, rule.scope.name)
        return [None] if selected is None else list(selected)

    def standing(self, rule: Rule[Any], item: Any) -> str:
        """Tell what a rule comes to on an item, by looking at its needs first."""
        needed = [
            self.standing(need, other)
            for need in rule.needs
            if self.modes.get(need) is Mode.ENFORCE
            for other in self.items(need)
            if need.scope.axis is not rule.scope.axis or None in (item, other) or _index(other) == _index(item)
        ]
        if "violations" in needed or "withheld" in needed:
            return "withheld"
        if "undecided" in needed or item is None:
            return "undecided"
        if rule.violated(item, self._context):
            return self._waived(rule) if self.modes[rule] is Mode.ENFORCE else "violations"
        return "undecided" if rule.undecided_when and rule.undecided_when(item, self._context) else "clear"

    def _waived(self, rule: Rule[Any]) -> str:
        """Tell what an enforced rule that is violated comes to: some waiver may fit, or some may once more is known."""
        fits = [
            None if None in facets and False not in facets else all(facets)
            for waiver in self._waivers
            if waiver.code == rule.code.name
            for facets in [list(self._facets(waiver))]
        ]
        if True in fits:
            return "waived"
        return "undecided" if None in fits else "violations"

    def _facets(self, waiver: Waiver) -> Iterator[bool | None]:
        """Tell each thing that a waiver asks for: whether the draft has it, or None where nobody looked."""
        match, facts = waiver.match, self._draft.facts
        yield facts.now < waiver.expires
        yield match.operation is None or match.operation == self._draft.operation
        if match.merchant is not None:
            yield None if facts.merchant is None else facts.merchant.id == match.merchant
        if match.metadata is not None:
            known, metadata = self._metadata()
            items = metadata.items() if known and isinstance(metadata, dict) else ()
            wanted = match.metadata
            has = any(key == wanted.key and wanted.value in (None, value) for key, value in items)
            yield has if known else None

    def _metadata(self) -> tuple[bool, Any]:
        """Tell whether the metadata of the draft's session are known, and what they are."""
        draft = self._draft
        room, _, action = draft.operation.partition(".")
        if room != "session":
            return True, None
        if action == "create" or (action == "update" and draft.request.metadata is not UNSET):
            return True, draft.request.metadata
        if draft.facts.session is not None and draft.facts.session.id == draft.target.id:
            return True, draft.facts.session.metadata
        return draft.target.id in draft.facts.missing.sessions, None
