"""Drafts that report one code report it, and nothing else."""

from collections.abc import Iterator
from typing import Any

import pytest

from rules_engine import CATALOGUE, OPERATIONS, RULES, default_policy, validate, write_json
from rules_engine.codes import PRICE_EXPIRED, Origin
from rules_engine.examples import counterexamples, examples
from rules_engine.manual import code_entries
from rules_engine.testing.probe import judge
from rules_engine.testing.search import collected
from rules_engine.testing.strategies import drafts
from rules_engine.testing.strategies.yielding import breakages, candidates, reports
from tests.profiles import scaled

CODE_OF = {rule.name: rule.code.name for rule in RULES}
RAISED = {operation.fault_code.name for operation in OPERATIONS.values()}
REPORTED = {code: entry.operations for code, entry in code_entries().items()}


def _codes(operation: str) -> list[str]:
    """List the codes that are tried with an operation: each with the first and the last that reports it."""
    return [code for code, operations in REPORTED.items() if operation in (operations[0], operations[-1])]


def _broken(code: str) -> set[str]:
    """List the operations that have a counterexample that reports a code."""
    shipped = examples()
    return {
        shipped[counterexample.example]["operation"]
        for counterexample in counterexamples()
        if CODE_OF[counterexample.rule] == code
    }


@pytest.mark.parametrize("operation", OPERATIONS)
def test_reports_exactly_the_code(operation: str) -> None:
    """A document reports its code and nothing else, is decided, and is of the operation that was asked for."""
    for code in _codes(operation):
        for document in collected(drafts(operation, yields=code), scaled(5)):
            verdict = judge(document)
            assert (verdict.operation, verdict.codes, verdict.undecided) == (operation, (code,), ())


@pytest.mark.slow
@pytest.mark.parametrize("operation", OPERATIONS)
def test_hardly_anything_is_filtered(operation: str) -> None:
    """Of each code, at most one candidate in ten reports something else, and the candidates differ."""
    for code in _codes(operation):
        found = collected(candidates(operation, code), 20)
        astray = [document for document in found if not reports(document, () if code in RAISED else (code,))]
        assert len(astray) * 10 <= len(found), code
        assert len(found) > 15, code
        assert len({write_json(document) for document in found}) * 2 >= len(found), code


def test_every_counterexample_is_used() -> None:
    """Each code comes from every operation with a counterexample of it; so do those of the wire and the engine."""
    had = {code: {operation for operation in OPERATIONS if breakages(operation, code)} for code in CATALOGUE}
    assert {code for code in CATALOGUE if not _broken(code) <= had[code]} == set()
    named = {name for pipeline in default_policy().pipelines.values() for name in pipeline}
    assert {code for code in had if had[code]} >= {CODE_OF[name] for name in named}
    assert {name for name, code in CATALOGUE.items() if code.origins - {Origin.RULE}} <= {
        name for name in had if had[name]
    }
    assert had["invalid_request"] == had["parameter_unknown"] == set(OPERATIONS)


def test_any_operation() -> None:
    """Without an operation, drafts are of any operation that reports the code; the code may be a `Code`."""
    found = collected(drafts(yields=PRICE_EXPIRED), 20)
    assert {validate(document).codes for document in found} == {("price_expired",)}
    assert len({document["operation"] for document in found}) > 1


@pytest.mark.slow
def test_what_differs() -> None:
    """Documents of one code differ in ids, instants, amounts, currencies, what stands in the request, and metadata.

    What Hypothesis draws depends on the modules that are loaded, so the numbers are far below what is usual.
    """
    found = collected(drafts("session.create", yields="price_expired"), 300)
    requests = [document["request"] for document in found]
    prices = [price for document in found for price in document["facts"]["prices"].values() if price is not None]
    assert len({tuple(document["facts"]["prices"]) for document in found}) > 10
    assert len({document["facts"]["now"] for document in found}) > 10
    assert len({price["currency"].upper() for price in prices}) > 2
    assert len({tuple(request) for request in requests}) > 10
    assert len({len(request["lineItems"]) for request in requests}) > 1
    assert len({write_json(request.get("metadata")) for request in requests}) > 1
    assert len({number for document in found for number in _integers(document)}) > 30
    assert {request.get("uiMode") for request in requests} >= {"hosted", "custom", None}


def _integers(value: Any) -> Iterator[int]:
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _integers(item)
    elif type(value) is int:
        yield value


@pytest.mark.slow
def test_every_way_is_taken() -> None:
    """A code that several rules report comes from many of them."""
    found = collected(drafts("session.create", yields="parameter_out_of_range"), 300)
    rules = {violation.rule for document in found for violation in validate(document).violations}
    assert len(rules) > 6


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "shapes"),
    [
        ("invalid_request", {"list", "str", "int"}),
        ("parameter_invalid", {"dict"}),
        ("parameter_missing", {"dict"}),
        ("parameter_unknown", {"dict"}),
    ],
)
def test_what_does_not_parse(code: str, shapes: set[str]) -> None:
    """Bodies that the wire refuses are wrong in many places and in many ways."""
    found = collected(drafts("session.create", yields=code), 200)
    assert {type(document["request"]).__name__ for document in found} >= shapes
    if code != "invalid_request":
        assert len({violation.param for document in found for violation in validate(document).violations}) > 5
