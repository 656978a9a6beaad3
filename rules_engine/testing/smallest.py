"""Witnesses: for each code, the smallest draft document that is refused with that code and nothing else.

No witness is written down. Every counterexample's document is judged, and of each operation the smallest valid example
with something in it that the wire refuses, and with the rule that raises. What reports one code alone is shrunk, and
the smallest of all that report the same code is its witness.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from rules_engine.codes import CATALOGUE
from rules_engine.examples import REMOVED, changed, counterexamples, examples
from rules_engine.examples.shrink import shrunk
from rules_engine.exceptions import DraftError
from rules_engine.operations import OPERATIONS
from rules_engine.testing.probe import PROBE, RAISE, judge
from rules_engine.wire.json_text import write_json


def witness(code: str) -> dict[str, Any]:
    """Return the smallest draft document that reports a code and nothing else.

    Nothing more can be taken away from it. It is the same in every process, and a fresh copy at every call.

    Args:
        code: The name of a code of the catalogue.

    Raises:
        LookupError: No operation reports the code, or it is none.
    """
    return changed(_witness(code), {})


def witnesses() -> Mapping[str, dict[str, Any]]:
    """Return the witness of every code that an operation reports, by code, in the order of the catalogue."""
    return MappingProxyType({code: witness(code) for code in CATALOGUE if code in _candidates()})


@cache
def _witness(code: str) -> Mapping[str, Any]:
    if code not in _candidates():
        raise LookupError(f"no broken draft reports {code} alone")
    shrunken = (shrunk(document, lambda smaller: _only_code(smaller) == code) for document in _candidates()[code])
    named = ({**document, "id": f"witness_{code}"} for document in shrunken)
    return min(named, key=_size)


def _size(document: Mapping[str, Any]) -> tuple[int, str]:
    text = write_json(document)
    return len(text), text


@cache
def _candidates() -> Mapping[str, tuple[dict[str, Any], ...]]:
    """List the documents that report one code alone, by that code."""
    candidates: dict[str, list[dict[str, Any]]] = {}
    for document in _broken():
        code = _only_code(document)
        if code is not None:
            candidates.setdefault(code, []).append(document)
    return MappingProxyType({code: tuple(documents) for code, documents in candidates.items()})


def _broken() -> Iterator[dict[str, Any]]:
    for counterexample in counterexamples():
        yield counterexample.document()
    for operation in OPERATIONS:
        example = min(examples(operation).values(), key=_size)
        wrong: list[tuple[str, Any]] = [("/request", []), ("/request/unknown", True)]
        wrong += [(f"/request/{key}", value) for key in example["request"] for value in (REMOVED, True)]
        # Which of these the wire refuses, and with which code, only the wire knows.
        yield from (changed(example, {pointer: value}) for pointer, value in wrong)
        yield {**example, PROBE: RAISE}


def _only_code(document: Mapping[str, Any]) -> str | None:
    """Return the code that a document reports, once, with nothing else reported or undecided; else None."""
    try:
        verdict = judge(document)
    except DraftError:
        return None
    return verdict.codes[0] if len(verdict.violations) == 1 and not verdict.undecided else None
