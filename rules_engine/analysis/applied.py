"""Prepared drafts, and one policy on one operation: what refuses there, and what it reports of a draft.

The one place of this room that judges: comparison judges under two policies, the linter under one, tests under a policy
and each of its mutants.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import Any, Final

from attrs import frozen

from rules_engine.engine.evaluate import Truth, evaluate
from rules_engine.engine.judge import judge
from rules_engine.engine.plan import Plan, plan
from rules_engine.examples import Counterexample, changed, counterexamples, examples
from rules_engine.exceptions import DraftError, PolicyError
from rules_engine.models import Draft
from rules_engine.operations import OPERATIONS
from rules_engine.policy.model import SESSIONS, Policy, Waiver
from rules_engine.rules.row import Rule
from rules_engine.views.context import Context, Limit
from rules_engine.views.views import Views
from rules_engine.violation import Mode, Verdict
from rules_engine.wire.read import read_draft

ALWAYS: Final = datetime.min.replace(tzinfo=UTC)
"""The start of what has none."""

DraftDocument = Mapping[str, Any]
"""A draft as a JSON object."""

_SMALL: Final = 20_000
"""How many characters."""


@frozen(eq=False)
class PreparedDraft:
    """A draft document whose request parses.

    Attributes:
        document: The document.
        draft: The draft that it is.
        views: What rules read of it.
    """

    document: DraftDocument
    draft: Draft[Any]
    views: Views

    @property
    def is_small(self) -> bool:
        """Whether reading the document is quick, however often it is changed."""
        return len(repr(self.document)) < _SMALL

    def with_changes(self, changes: Mapping[str, Any]) -> "PreparedDraft | None":
        """Return the draft with changes, pointer to value; None where they do not fit it, or leave no draft."""
        document = with_changes(self.document, changes)
        return None if document is None else prepared(document)


def prepared(document: DraftDocument) -> PreparedDraft | None:
    """Read a document; None where it is no draft, or its request does not parse."""
    try:
        draft = read_draft(document)
    except DraftError:
        return None
    if draft.faults or draft.facts.now.tzinfo is None:
        return None
    return PreparedDraft(document, draft, OPERATIONS[draft.operation].build_views(draft))


def with_changes(document: DraftDocument, changes: Mapping[str, Any]) -> DraftDocument | None:
    """Return a document with changes, pointer to value; None where they do not fit it."""
    try:
        return changed(document, changes)
    except (LookupError, TypeError, ValueError, AttributeError):
        return None


@cache
def valid(operation: str) -> Mapping[str, PreparedDraft]:
    """Return the valid examples of an operation, by name."""
    read = {name: prepared(document) for name, document in examples(operation).items()}
    return {name: draft for name, draft in read.items() if draft is not None}


@cache
def counterexamples_of(rule: str) -> tuple[Counterexample, ...]:
    """Return the counterexamples of a rule."""
    return tuple(counterexample for counterexample in counterexamples() if counterexample.rule == rule)


@cache
def broken(operation: str, rule: str) -> tuple[PreparedDraft, ...]:
    """Return the counterexamples of a rule in every example of an operation they fit, its own example first."""
    own = valid(operation)
    found = (
        own[name].with_changes(counterexample.changes)
        for counterexample in counterexamples_of(rule)
        for name in sorted(own, key=lambda name, first=counterexample.example: name != first)  # type: ignore[misc]  # bound at once
    )
    return tuple(draft for draft in found if draft is not None)


class AppliedPolicy:
    """One policy on one operation.

    Attributes:
        policy: The policy.
        operation: The name of the operation.
        enforced: The rules that can refuse there, each with the instant from which it does.
    """

    def __init__(self, policy: Policy, operation: str, rules: Mapping[str, Rule[Any]]) -> None:
        """Look at one policy on one operation.

        Args:
            policy: The policy.
            operation: The name of the operation.
            rules: Every rule that the policy may name, by name.
        """
        self.policy = policy
        self.operation = operation
        self.enforced: Mapping[Rule[Any], datetime] = {
            rules[name]: policy.enforce_from.get(name, ALWAYS)
            for name in policy.pipelines.get(operation, ())
            if policy.mode(name) is Mode.ENFORCE
        }
        self._rules = rules
        self._limits = _WithDefaults(policy.limit_values)
        self._waivers: dict[str, tuple[Waiver, ...]] = {}
        for waiver in policy.waivers:
            if may_fit(waiver, operation):
                self._waivers[waiver.code] = (*self.waived(waiver.code), waiver)

    def limit(self, limit: Limit[Any]) -> Any:
        """Return the value of a limit; one that no policy can set has its default."""
        return self._limits[limit]

    def waived(self, code: str) -> tuple[Waiver, ...]:
        """Return the waivers of a code that may fit a draft of the operation."""
        return self._waivers.get(code, ())

    def truths(self, rule: Rule[Any], draft: PreparedDraft) -> tuple[Truth, ...]:
        """Return the truth of a rule on each of its items, whatever its mode and whatever else is wrong."""
        context = Context(draft.draft.facts.now, self._limits, draft.draft.facts.custom)
        return tuple(finding.truth for finding in evaluate(rule, draft.views, context))

    def is_violated(self, rule: Rule[Any], draft: PreparedDraft) -> bool:
        """Return whether a rule is violated anywhere in a draft; it is not where the draft has none of its items."""
        return rule.scope in OPERATIONS[draft.draft.operation].scopes and Truth.VIOLATED in self.truths(rule, draft)

    def verdict(self, draft: PreparedDraft) -> Verdict:
        """Judge a draft of the operation.

        Raises:
            PolicyError: The policy has no pipeline for the operation.
        """
        return judge(self._plan, draft.draft, draft.views)

    @cached_property
    def _plan(self) -> Plan:
        if self.operation not in self.policy.pipelines:
            raise PolicyError([f"the policy {self.policy.id} has no pipeline for {self.operation}"])
        return plan(self.policy, self.operation, self._rules, written=False)


class _WithDefaults(dict[Limit[Any], Any]):
    """The limits of a policy; one that the policy cannot set has its default."""

    def __missing__(self, limit: Limit[Any]) -> Any:
        return limit.default


def may_fit(waiver: Waiver, operation: str) -> bool:
    """Return whether a waiver may fit a draft of an operation: only sessions have metadata that could match."""
    match = waiver.match
    return match.operation in (None, operation) and (match.metadata is None or operation.startswith(SESSIONS))
