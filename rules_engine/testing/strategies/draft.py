"""Strategies of drafts: those of each operation, and those that say one code."""

from typing import Any, overload

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from rules_engine.codes import Code
from rules_engine.models import Draft, Recorded, Target
from rules_engine.operations import OPERATIONS
from rules_engine.testing.strategies.admitted import admitted
from rules_engine.testing.strategies.fact import facts
from rules_engine.testing.strategies.names import check_operation
from rules_engine.testing.strategies.plural import plural
from rules_engine.testing.strategies.pooled import pooled_drafts
from rules_engine.testing.strategies.yielding import yielding

targets = plural("targets", Target)
recorded_codes = plural("recorded_codes", Recorded)


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
    always = {"operation": st.just(operation), "request": admitted(row.request), "facts": facts()}
    if row.has_target:
        always["target"] = targets()
    strategy = plural("admitted_drafts", Draft, types={"request": row.request}, always=always)
    return strategy(**fields)


@overload
def drafts(operation: str | None = None, *, yields: None = None) -> SearchStrategy[Draft[Any]]: ...
@overload
def drafts(operation: str | None = None, *, yields: str | Code) -> SearchStrategy[dict[str, Any]]: ...
def drafts(operation: str | None = None, *, yields: str | Code | None = None) -> SearchStrategy[Any]:
    """Generate drafts, of any content or of one code.

    Without `yields` they are drafts whose ids, currencies and instants come from small pools, so that references meet
    what they refer to: most are refused or undecided, for many reasons at once.

    With `yields` they are draft documents, since some codes are said of requests that never become a model. The default
    policy says the code of each of them, nothing else, and leaves nothing undecided. They start from the valid examples
    and the counterexamples, and differ in everything that the code does not hang on. The two codes that the engine says
    where a rule raises are those of documents for `rules_engine.testing.judge`.

    Args:
        operation: Of this operation only.
        yields: The code, or its name.

    Raises:
        InvalidArgument: There is no such operation or no such code, or the operation never says it.
    """
    check_operation("drafts", operation)
    if yields is not None:
        return yielding(operation, yields.name if isinstance(yields, Code) else yields)
    return st.one_of([pooled_drafts(name) for name in (OPERATIONS if operation is None else (operation,))])
