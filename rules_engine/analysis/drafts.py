"""Draft documents that were read, and whose views were built once, whatever is asked of them afterwards."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from attrs import frozen

from rules_engine.examples import Counterexample, changed, counterexamples, examples
from rules_engine.exceptions import DraftError
from rules_engine.models import Draft
from rules_engine.operations import OPERATIONS
from rules_engine.views.views import Views
from rules_engine.wire.read import read_draft

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
