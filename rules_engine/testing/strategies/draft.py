"""Strategies of drafts, of those that report one code, and of draft documents that are broken in several places."""

from collections.abc import Mapping
from typing import Any, Final, get_origin, overload

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from rules_engine.codes import Code
from rules_engine.examples import REMOVED, counterexamples, examples
from rules_engine.models import Draft, Facts, Target
from rules_engine.operations import OPERATIONS
from rules_engine.path import pointer_of
from rules_engine.testing.strategies.model import ADMITTED, named_fields
from rules_engine.testing.strategies.pooled import check_operation, pooled_drafts
from rules_engine.testing.strategies.yielding import changed_where, yielding
from rules_engine.wire.converter import camel_case
from rules_engine.wire.read import read_draft


def admitted_drafts(operation: str, **fields: SearchStrategy[Any]) -> SearchStrategy[Draft[Any]]:
    """Generate every draft of an operation that the models admit.

    Args:
        operation: The name of the operation.
        fields: A strategy for each field of `Draft`, by keyword, such as `facts=facts(coupons=st.just({}))`; a field
            that is not named has everything that its model admits.

    Raises:
        InvalidArgument: There is no such operation, or no such field.
    """
    check_operation("admitted_drafts", operation)
    row = OPERATIONS[operation]
    # What did not parse has faults; a draft of models has none.
    always: dict[str, SearchStrategy[Any]] = {
        "operation": st.just(operation),
        "request": ADMITTED.models(row.request),
        "faults": st.just(()),
    }
    if row.has_target:
        always["target"] = ADMITTED.models(Target)
    return ADMITTED.models(Draft, **always | named_fields("admitted_drafts", fields, attrs.fields_dict(Draft)))


@overload
def drafts(operation: str | None = None, *, yields: None = None) -> SearchStrategy[Draft[Any]]: ...
@overload
def drafts(operation: str | None = None, *, yields: str | Code) -> SearchStrategy[dict[str, Any]]: ...
def drafts(operation: str | None = None, *, yields: str | Code | None = None) -> SearchStrategy[Any]:
    """Generate drafts, of any content or of one code.

    Without `yields` they are drafts whose ids, currencies and instants come from small pools, so that references meet
    what they refer to: most are refused or undecided, for many reasons at once.

    With `yields` they are draft documents, since some codes are reported of requests that never become a model. The
    default policy reports the code of each of them, nothing else, and leaves nothing undecided. They start from the
    valid examples and the counterexamples, and differ in everything that the code does not depend on. The two codes
    that the engine reports where a rule raises are those of documents for `rules_engine.testing.judge`.

    Args:
        operation: Of this operation only.
        yields: The code, or its name.

    Raises:
        InvalidArgument: There is no such operation or no such code, or the operation never reports it.
    """
    check_operation("drafts", operation)
    if yields is not None:
        return yielding(operation, yields.name if isinstance(yields, Code) else yields)
    return st.one_of([pooled_drafts(name) for name in (OPERATIONS if operation is None else (operation,))])


_ENTRIES: Final = {
    *("payments", "redemptions", "usage"),
    *(camel_case(field.name) for field in attrs.fields(Facts) if get_origin(field.type) is Mapping),
}
"""The facts that are made of entries, each of which the application may know or not."""


def documents(operation: str | None = None) -> SearchStrategy[dict[str, Any]]:
    """Generate draft documents: a valid example with some of its counterexamples applied and some facts removed.

    Args:
        operation: Of this operation only.

    Raises:
        InvalidArgument: There is no such operation.
    """
    check_operation("documents", operation)
    return _documents(operation)


@st.composite
def _documents(draw: st.DrawFn, operation: str | None) -> dict[str, Any]:
    shipped = examples(operation)
    name = draw(st.sampled_from(sorted(shipped)))
    document = shipped[name]
    applicable = [counterexample.changes for counterexample in counterexamples() if counterexample.example == name]
    chosen = draw(st.lists(st.sampled_from(applicable), max_size=6)) if applicable else []
    taken_away: list[str] = draw(st.lists(st.sampled_from(fact_pointers(document)), max_size=3, unique=True))
    for changes in (*chosen, *({pointer: REMOVED} for pointer in taken_away)):
        # An earlier change may have taken away, or may contradict, what this one needs.
        document = changed_where(document, changes, read_draft)
    return document


def fact_pointers(document: Mapping[str, Any]) -> list[str]:
    """List every fact of a document that may be taken away: whole parts, and the entries of those that are keyed."""
    pointers: list[str] = []
    for part, value in document["facts"].items():
        if part in ("now", "missing"):
            continue
        pointers.append(pointer_of(("facts", part)))
        if part in _ENTRIES:
            pointers += [pointer_of(("facts", part, key)) for key in value]
    return pointers
