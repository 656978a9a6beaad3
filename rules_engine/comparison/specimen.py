"""Draft documents that were read and views once, whatever is asked of them: clean ones, and broken ones."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from attrs import frozen

from rules_engine.comparison.proof import Side
from rules_engine.examples import Counterexample, changed, counterexamples, examples
from rules_engine.exceptions import DraftError
from rules_engine.models.draft import Draft
from rules_engine.operations import OPERATIONS
from rules_engine.rules.declaration import Rule
from rules_engine.views.context import Context
from rules_engine.views.views import Views
from rules_engine.wire.envelope import read_draft

Document = Mapping[str, Any]
_SMALL = 20_000
"""How many characters."""


@frozen(eq=False)
class Specimen:
    """A draft document whose request parses.

    Attributes:
        document: The document.
        draft: The draft that it is.
        views: The draft, views with its facts.
    """

    document: Document
    draft: Draft[Any]
    views: Views

    @property
    def is_small(self) -> bool:
        """Whether reading the document is quick, however often it is changed."""
        return len(repr(self.document)) < _SMALL

    def violates(self, rule: Rule[Any], side: Side) -> bool:
        """Tell whether a rule is violated anywhere in the draft, under the limits of a side, whatever else is wrong."""
        if rule.scope not in OPERATIONS[self.draft.operation].scopes:
            return False
        context = Context(self.draft.facts.now, _Limits(side))
        return any(_raw(rule, item, context) for item in rule.scope.select(self.views) or ())

    def with_changes(self, changes: Mapping[str, Any]) -> "Specimen | None":
        """Change the document; None where the changes do not fit it, or it cannot be read with them."""
        return specimen_with(self.document, changes)


def specimen(document: Document) -> Specimen | None:
    """Read a document; None where it is no draft, or its request does not parse."""
    try:
        draft = read_draft(document)
    except DraftError:
        return None
    if not isinstance(draft, Draft) or draft.facts.now.tzinfo is None:
        return None
    return Specimen(document, draft, OPERATIONS[draft.operation].build_views(draft))


def specimen_with(document: Document, changes: Mapping[str, Any]) -> Specimen | None:
    """Read a document with some changes; None where they do not fit it, or it cannot be read with them."""
    changed_document = with_changes(document, changes)
    return None if changed_document is None else specimen(changed_document)


def with_changes(document: Document, changes: Mapping[str, Any]) -> Document | None:
    """Change a document; None where the changes do not fit it."""
    try:
        return changed(document, changes)
    except (LookupError, TypeError, ValueError, AttributeError):
        return None


@cache
def clean(operation: str) -> Mapping[str, Specimen]:
    """Give the valid examples of an operation, by name."""
    read = {name: specimen(document) for name, document in examples(operation).items()}
    return {name: found for name, found in read.items() if found is not None}


@cache
def broken(operation: str, rule: str) -> tuple[Specimen, ...]:
    """Return the counterexamples of a rule in every example of an operation they fit, its own example first."""
    found = (
        example.with_changes(counterexample.changes)
        for counterexample in counterexamples_of(rule)
        for example in _examples(operation, counterexample)
    )
    return tuple(draft for draft in found if draft is not None)


def _examples(operation: str, counterexample: Counterexample) -> list[Specimen]:
    found = clean(operation)
    return [found[name] for name in sorted(found, key=lambda name: name != counterexample.example)]


@cache
def counterexamples_of(rule: str) -> tuple[Counterexample, ...]:
    """Return the counterexamples of a rule."""
    return tuple(counterexample for counterexample in counterexamples() if counterexample.rule == rule)


def _raw(rule: Rule[Any], item: Any, context: Context) -> bool:
    try:
        return bool(rule.violated(item, context))
    except Exception:  # noqa: BLE001  # a rule of a plugin may raise anything; what it would have said is not known
        return False


class _Limits:
    """The limits of a side, each with its default where the policy cannot set it."""

    def __init__(self, side: Side) -> None:
        self._side = side

    def __getitem__(self, limit: Any) -> Any:
        return self._side.limit(limit)
