"""A strategy of draft documents that are broken in several places at once."""

from collections.abc import Mapping
from typing import Any, Final, get_origin

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from rules_engine.examples import REMOVED, changed, counterexamples, examples
from rules_engine.exceptions import DraftError
from rules_engine.models import Facts
from rules_engine.path import pointer_of
from rules_engine.testing.strategies.names import check_operation
from rules_engine.wire.converter import camel_case
from rules_engine.wire.read import read_draft

_ENTRIES: Final = {
    *("payments", "redemptions", "usage"),
    *(camel_case(field.name) for field in attrs.fields(Facts) if get_origin(field.type) is Mapping),
}
"""The facts that are made of entries, each of which the host may know or not."""


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
        document = _readable(document, changes)
    return document


def _readable(document: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Apply changes where they still make sense: an earlier one may have taken away, or contradict, what they need."""
    try:
        after = changed(document, changes)
        read_draft(after)
    except (KeyError, IndexError, TypeError, AttributeError, DraftError):
        return document
    return after


def fact_pointers(document: Mapping[str, Any]) -> list[str]:
    """Name every fact of a document that may be taken away: whole parts, and the entries of those that are keyed."""
    pointers: list[str] = []
    for part, value in document["facts"].items():
        if part in ("now", "missing"):
            continue
        pointers.append(pointer_of(("facts", part)))
        if part in _ENTRIES:
            pointers += [pointer_of(("facts", part, key)) for key in value]
    return pointers
