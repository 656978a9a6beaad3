"""Every way that is known to make an operation report a code: counterexamples, and bodies that the wire refuses."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Final

from attrs import frozen
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from rules_engine.api import validate
from rules_engine.codes import INVALID_REQUEST, PARAMETER_INVALID, PARAMETER_MISSING, PARAMETER_UNKNOWN
from rules_engine.examples import NOW, REMOVED, changed, counterexamples, examples
from rules_engine.exceptions import DraftError
from rules_engine.operations import OPERATIONS
from rules_engine.path import Path, pointer_of
from rules_engine.policy.builtin import default_policy
from rules_engine.rules import RULES
from rules_engine.testing.strategies.formats import JSON_VALUES
from rules_engine.wire.read import read_draft


def reports(document: Mapping[str, Any], codes: tuple[str, ...]) -> bool:
    """Return whether the default policy reports exactly these codes, and leaves nothing undecided.

    Args:
        document: A draft document; one that is malformed reports nothing.
        codes: The names of the codes; none of them where the document is accepted.
    """
    try:
        verdict = validate(document)
    except DraftError:
        return False
    return verdict.codes == codes and not verdict.undecided


def refuses(document: Mapping[str, Any], code: str) -> bool:
    """Return whether the wire refuses the request of a document, with exactly this code."""
    return {fault.code.name for fault in read_draft(document).faults} == {code}


def with_changes(document: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Copy a document with some places changed; an empty one where a place cannot be reached."""
    try:
        return changed(document, changes)
    except (KeyError, IndexError, TypeError, AttributeError, ValueError):
        return {}


Changes = Mapping[str, Any]


@frozen(eq=False)
class Breakage:
    """One way to make a valid example report a code.

    Attributes:
        example: The name of the valid example.
        sample: One of the changes.
        changes: All of them.
    """

    example: str
    sample: Changes
    changes: SearchStrategy[Changes]


_WRONG: Final[tuple[tuple[Any, SearchStrategy[Any]], ...]] = (
    (None, st.none()),
    (True, st.booleans()),
    (-7, st.integers(-(10**9), -2)),
    (7.5, st.integers(0, 10**6).map(lambda whole: whole + 0.5)),
    ("~", st.text("~^|<>", min_size=1, max_size=8)),
    ([7], st.lists(st.integers(), min_size=1, max_size=3)),
    ({"~": 7}, st.dictionaries(st.text("~^|<>", min_size=1, max_size=8), st.integers(), min_size=1, max_size=3)),
)
"""For each type of JSON a value that is tried in a place, and those that are as wrong where it is."""
_NO_OBJECTS: Final = JSON_VALUES.filter(lambda value: not isinstance(value, dict))
_CODE_OF: Final = {rule.name: rule.code.name for rule in RULES}


@cache
def faults(operation: str, code: str) -> tuple[tuple[Breakage, ...], ...]:
    """List the ways to make an operation report exactly a code, by what reports it: rules, the wire, or the engine.

    A counterexample is tried in every valid example of the operation, so that one that was written for another
    operation serves wherever its rule does. What the engine reports needs no fault, but a rule that raises.
    """
    if is_raised(operation, code):
        return (tuple(Breakage(name, {}, st.just({})) for name in examples_of(operation)),)
    found = (tuple(_broken(operation, code)), tuple(_malformed(operation, code)))
    return tuple(ways for ways in found if ways)


def is_raised(operation: str, code: str) -> bool:
    """Return whether a code is what the engine reports of an operation where a rule raises."""
    return OPERATIONS[operation].fault_code.name == code


@cache
def examples_of(operation: str) -> Mapping[str, dict[str, Any]]:
    """Return the valid examples of an operation, to be read only."""
    return examples(operation)


def _broken(operation: str, code: str) -> Iterator[Breakage]:
    pipeline = default_policy().pipelines[operation]
    applicable = [
        counterexample
        for counterexample in counterexamples()
        if counterexample.rule in pipeline and _CODE_OF[counterexample.rule] == code
    ]
    for name, example in examples_of(operation).items():
        for counterexample in applicable:
            if reports(with_changes(example, counterexample.changes), (code,)):
                yield Breakage(name, counterexample.changes, st.just(counterexample.changes))


def _malformed(operation: str, code: str) -> Iterator[Breakage]:
    if code not in _MALFORMED:
        return
    refused: dict[str, bool] = {}  # the same change is as wrong in every example of an operation
    for name, example in examples_of(operation).items():
        bare = {**example, "facts": {"now": NOW}}  # what does not parse is refused whatever is known, and sooner
        for sample, changes in _MALFORMED[code](example["request"]):
            change = repr(sample)
            if change not in refused:
                refused[change] = refuses(with_changes(bare, sample), code)
            if refused[change]:
                yield Breakage(name, sample, changes)


Ways = Iterator[tuple[Changes, SearchStrategy[Changes]]]


def _no_object(_: Any) -> Ways:
    yield {"/request": []}, _NO_OBJECTS.map(lambda value: {"/request": value})


def _missing(request: Any) -> Ways:
    for path, _ in _places(request, ("request",)):
        if isinstance(path[-1], str) and path != ("request",):
            yield {pointer_of(path): REMOVED}, st.just({pointer_of(path): REMOVED})


def _invalid(request: Any) -> Ways:
    for path, _ in _places(request, ("request",)):
        for tried, values in _WRONG:
            yield {pointer_of(path): tried}, _at(path, values)


def _unknown(request: Any) -> Ways:
    for path, value in _places(request, ("request",)):
        if isinstance(value, dict):
            yield {pointer_of((*path, "unheardOf")): True}, _under_other_names(path, frozenset(value))


def _at(path: Path, values: SearchStrategy[Any]) -> SearchStrategy[Changes]:
    return values.map(lambda value: {pointer_of(path): value})


def _under_other_names(path: Path, taken: frozenset[str]) -> SearchStrategy[Changes]:
    words = st.sampled_from(("lineItem", "line_items", "Currency", "price_data", "dryRun", "x"))
    names = (words | st.text(max_size=12)).filter(lambda name: name not in taken)
    return st.builds(lambda name, value: {pointer_of((*path, name)): value}, names, JSON_VALUES)


def _places(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """Walk a plain value, outer places first."""
    yield path, value
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in entries:
        yield from _places(item, (*path, key))


_MALFORMED: Final[Mapping[str, Callable[[Any], Ways]]] = {
    INVALID_REQUEST.name: _no_object,
    PARAMETER_MISSING.name: _missing,
    PARAMETER_INVALID.name: _invalid,
    PARAMETER_UNKNOWN.name: _unknown,
}
"""The codes that the wire reports, and how a body comes to be refused with each of them."""
