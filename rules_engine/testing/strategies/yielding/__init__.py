"""Draft documents that say exactly one code."""

from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy

from rules_engine.codes import CATALOGUE
from rules_engine.nearest import did_you_mean
from rules_engine.operations import OPERATIONS
from rules_engine.testing.probe import PROBE, RAISE
from rules_engine.testing.strategies.yielding.faults import examples_of, faults
from rules_engine.testing.strategies.yielding.story import Story
from rules_engine.testing.strategies.yielding.verdicts import says


def yielding(operation: str | None, code: str) -> SearchStrategy[dict[str, Any]]:
    """Generate draft documents that say exactly one code.

    Args:
        operation: Of this operation only.
        code: The name of the code.

    Raises:
        InvalidArgument: There is no such code, or the operation never says it.
    """
    if code not in CATALOGUE:
        raise InvalidArgument(f"drafts: there is no code {code}{did_you_mean(code, CATALOGUE)}")
    said = [name for name in ((operation,) if operation else OPERATIONS) if stories(name, code)]
    if not said:
        raise InvalidArgument(f"drafts: {_who_says(operation, code)}")
    return st.one_of([_documents(name, code) for name in said])


def _who_says(operation: str | None, code: str) -> str:
    others = [name for name in OPERATIONS if stories(name, code)]
    if not others:
        return f"no operation is known to say {code}"
    return f"{operation} never says {code}; these do: {', '.join(others)}"


@cache
def stories(operation: str, code: str) -> tuple[tuple[Story, ...], ...]:
    """Give the documents of an operation that say a code, by who says it; none where nobody does."""
    if _is_raised(operation, code):
        return (tuple(Story(example, None, ()) for example in examples_of(operation).values()),)
    return tuple(
        tuple(Story(examples_of(operation)[way.example], way, (code,)) for way in ways)
        for ways in faults(operation, code)
    )


@st.composite
def candidates(draw: st.DrawFn, operation: str, code: str) -> dict[str, Any]:
    """Tell one of the stories in some way that may be one too many."""
    told_by = draw(st.sampled_from(stories(operation, code)))
    return draw(st.sampled_from(told_by)).told(draw)


def _documents(operation: str, code: str) -> SearchStrategy[dict[str, Any]]:
    if _is_raised(operation, code):
        return candidates(operation, code).filter(lambda document: says(document, ())).map(with_probe)
    return candidates(operation, code).filter(lambda document: says(document, (code,)))


def with_probe(document: dict[str, Any]) -> dict[str, Any]:
    """Have a clean document judged with a rule that raises."""
    return {**document, PROBE: RAISE}


def _is_raised(operation: str, code: str) -> bool:
    return OPERATIONS[operation].fault_code.name == code
