"""Witnesses: for every documented code, the smallest draft that reports it and nothing else."""

import ast
import inspect
import json
from collections.abc import Mapping
from typing import Any

import pytest

from rules_engine import CATALOGUE, DraftError, validate, write_json
from rules_engine.codes import Origin
from rules_engine.examples import shrink
from rules_engine.examples.shrink import removable, without
from rules_engine.testing import judge, probe, smallest, witness, witnesses


def only_code(document: Mapping[str, Any]) -> str | None:
    """Return the one code that a document reports; None where it reports none, or more than that, or is no draft."""
    try:
        verdict = judge(document)
    except DraftError:
        return None
    alone = len(verdict.violations) == 1 and not verdict.undecided and not verdict.warnings
    return verdict.codes[0] if alone else None


def test_every_code_has_one() -> None:
    """Every code of the catalogue has a witness, in the catalogue's order."""
    assert list(witnesses()) == list(CATALOGUE)


@pytest.mark.parametrize("code", CATALOGUE)
def test_witness(code: str) -> None:
    """A witness reports its code, once, and nothing else; it carries the code's name, and survives JSON."""
    document = witness(code)
    assert only_code(document) == code
    assert document["id"] == f"witness_{code}"
    assert json.loads(write_json(document)) == document
    assert judge(write_json(document)) == judge(document)


@pytest.mark.parametrize("code", CATALOGUE)
def test_minimal(code: str) -> None:
    """Whatever key or item is taken away from a witness, it no longer reports its code alone."""
    document = witness(code)
    assert [path for path in removable(document) if only_code(without(document, path)) == code] == []


@pytest.mark.parametrize("code", CATALOGUE)
def test_rule_that_raises(code: str) -> None:
    """Only the codes that the engine alone reports need a rule that raises; `validate` reports the others."""
    document = witness(code)
    by_the_engine_alone = CATALOGUE[code].origins == {Origin.ENGINE}
    assert ("probe" in document) is by_the_engine_alone
    assert validate(document).codes == (() if by_the_engine_alone else (code,))


def test_fresh() -> None:
    """A witness is a fresh copy: changing it changes no other one."""
    witness("price_expired")["facts"]["prices"].clear()
    witnesses()["price_expired"]["request"]["more"] = 1
    assert only_code(witness("price_expired")) == "price_expired"


@pytest.mark.parametrize("code", ["zzz", "acme.cash_limit"])
def test_no_witness(code: str) -> None:
    """What no operation reports has no witness."""
    with pytest.raises(LookupError, match=code):
        witness(code)


@pytest.mark.parametrize("module", [smallest, shrink, probe], ids=lambda module: module.__name__)
def test_none_is_written_down(module: Any) -> None:
    """No code is named where witnesses are made: they come from the counterexamples, the wire and the engine."""
    texts = [
        node.value
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert [text for text in texts if any(code in text for code in CATALOGUE)] == []
