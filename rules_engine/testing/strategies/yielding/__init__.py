"""Draft documents that report exactly one code, with everything varied that the code does not depend on."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy

from rules_engine.codes import CATALOGUE
from rules_engine.nearest import did_you_mean
from rules_engine.operations import OPERATIONS
from rules_engine.path import Path
from rules_engine.testing.probe import PROBE, RAISE
from rules_engine.testing.strategies.yielding.faults import (
    Breakage,
    examples_of,
    faults,
    is_raised,
    reports,
    with_changes,
)
from rules_engine.testing.strategies.yielding.places import ABSENT, Spot, alternatives, spots
from rules_engine.testing.strategies.yielding.renamings import ids, renamings

_MOST_CHANGES: Final = 16


def yielding(operation: str | None, code: str) -> SearchStrategy[dict[str, Any]]:
    """Generate draft documents that report exactly one code.

    Args:
        operation: Of this operation only.
        code: The name of the code.

    Raises:
        InvalidArgument: There is no such code, or the operation never reports it.
    """
    if code not in CATALOGUE:
        raise InvalidArgument(f"drafts: there is no code {code}{did_you_mean(code, CATALOGUE)}")
    reporting = [name for name in OPERATIONS if faults(name, code)]
    if not reporting:
        raise InvalidArgument(f"drafts: no operation is known to report {code}")
    if operation is not None and operation not in reporting:
        raise InvalidArgument(f"drafts: {operation} never reports {code}; these do: {', '.join(reporting)}")
    return st.one_of([_documents(name, code) for name in ([operation] if operation else reporting)])


def _documents(operation: str, code: str) -> SearchStrategy[dict[str, Any]]:
    if is_raised(operation, code):
        accepted = candidates(operation, code).filter(lambda document: reports(document, ()))
        return accepted.map(lambda document: {**document, PROBE: RAISE})
    return candidates(operation, code).filter(lambda document: reports(document, (code,)))


@st.composite
def candidates(draw: st.DrawFn, operation: str, code: str) -> dict[str, Any]:
    """Break a valid example so that it reports a code, and vary it: whatever would change the verdict is left out.

    Hardly any draw reports something else: the change that breaks it may be one that does not.
    """
    codes = () if is_raised(operation, code) else (code,)
    fault = draw(st.sampled_from(draw(st.sampled_from(faults(operation, code)))))
    document = with_changes(examples_of(operation)[fault.example], draw(fault.changes))
    number = draw(st.integers(0, _MOST_CHANGES))  # a list by itself would nearly always be short
    for spot in draw(st.lists(_spots(operation, fault), min_size=number, max_size=number)):
        value = draw(alternatives(spot, _values(operation).get(spot.pointer, ())))
        varied = with_changes(document, {spot.pointer: value})
        document = varied if reports(varied, codes) else document
    for renaming in renamings(document):
        if draw(st.booleans()):
            renamed = draw(renaming)(document)
            document = renamed if reports(renamed, codes) else document
    return document


@cache
def _spots(operation: str, fault: Breakage) -> SearchStrategy[Spot]:
    """Draw a place: within a field of the request, each as likely as another, or where something stands.

    Ids are left to the renamings: by itself none can change.
    """
    document = with_changes(examples_of(operation)[fault.example], fault.sample)
    named = ids(document)
    known = [spot for spot in spots(document) if not isinstance(spot.value, str) or spot.value not in named]
    fields: dict[Path, list[Spot]] = {}
    for spot in known:
        if spot.path[0] == "request":
            fields.setdefault(spot.path[:2], []).append(spot)
    filled = [spot for spot in known if spot.value is not ABSENT]
    anywhere = st.sampled_from(filled) | st.sampled_from(known)
    return anywhere | st.sampled_from([*fields.values()]).flatmap(st.sampled_from) if fields else anywhere


@cache
def _values(operation: str) -> Mapping[str, tuple[Any, ...]]:
    """List what stands in each place of the valid examples of an operation."""
    found: dict[str, list[Any]] = {}
    for example in examples_of(operation).values():
        for spot in spots(example):
            values = found.setdefault(spot.pointer, [])
            if spot.value is not ABSENT and spot.value not in values:
                values.append(spot.value)
    return {pointer: tuple(values) for pointer, values in found.items()}
