"""`rules-engine codes --witness` and `--witness-all`: drafts to read, and to pipe into a check."""

import json
from typing import Any

import pytest

from rules_engine import testing
from rules_engine.testing import examples, witness, witnesses
from tests.cli.conftest import Run, results
from tests.cli.samples import as_lines


@pytest.mark.parametrize("code", ["price_expired", "parameter_unknown", "creation_failed", "internal_error"])
def test_one(run: Run, code: str) -> None:
    """The witness of a code is indented JSON in the order of a draft document, and a check of it reports the code."""
    ran = run("codes", code, "--witness")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out) == witness(code)
    assert ran.out.startswith(f'{{\n  "version": 1,\n  "id": "witness_{code}"')
    (result,) = results(run, "-", stdin=ran.out.encode())
    assert (result["codes"], result["undecided"]) == ([code], [])


@pytest.mark.slow
def test_all(run: Run) -> None:
    """All witnesses come one a line, in the order of the catalogue, and a check reports the code of each alone."""
    ran = run("codes", "--witness-all")
    assert (ran.code, ran.err) == (0, "")
    assert [json.loads(line) for line in ran.out.splitlines()] == list(witnesses().values())
    checked = results(run, "-", stdin=ran.out.encode())
    assert [(result["codes"], result["undecided"]) for result in checked] == [([code], []) for code in witnesses()]


@pytest.mark.parametrize(
    ("argv", "complaint"),
    [
        (("--witness",), "--witness takes one code; --witness-all prints every code's witness"),
        (("price_expired", "rate_limit", "--witness"), "--witness takes one code; --witness-all prints every"),
        (("price_expird", "--witness"), "unknown code price_expird; did you mean price_expired?"),
        (("price_expired", "--witness-all"), "--witness-all prints every code's witness; name one code with"),
        (("--witness", "--witness-all", "price_expired"), "--witness-all prints every code's witness; name one"),
        (("price_expired", "--witness", "--format", "json"), "--format is for pages; --witness writes JSON"),
        (("--witness-all", "--format", "text"), "--format is for pages; --witness-all writes JSON"),
    ],
)
def test_wrong_usage(run: Run, argv: tuple[str, ...], complaint: str) -> None:
    """Arguments that do not go together print no draft, and one line that says what would."""
    ran = run("codes", *argv)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"rules-engine: {complaint}")
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize("argv", [("price_expired", "--witness"), ("--witness-all",)])
@pytest.mark.parametrize(
    ("document", "reported"),
    [(examples()["create"], "nothing"), ({**examples()["create"], "request": []}, "invalid_request")],
)
def test_witness_of_another_code(
    run: Run, monkeypatch: pytest.MonkeyPatch, argv: tuple[str, ...], document: Any, reported: str
) -> None:
    """A witness is judged once more before it is printed; one that reports another code is an error."""
    monkeypatch.setattr(testing, "witness", lambda code: document if code == "price_expired" else witness(code))
    ran = run("codes", *argv)
    assert (ran.code, ran.err) == (2, f"rules-engine: the witness of price_expired reports {reported}\n")
    assert f'"id": "{document["id"]}"' not in ran.out


def test_code_without_a_witness(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A code whose rules have no counterexample has no witness, and the command says so."""

    def without(code: str) -> dict[str, Any]:
        raise LookupError(f"no counterexample of {code}")

    monkeypatch.setattr(testing, "witness", without)
    ran = run("codes", "price_expired", "--witness")
    assert ran.code == 2
    assert ran.err == "rules-engine: price_expired has no witness: no counterexample of price_expired\n"


def test_check_honours_the_probe(run: Run) -> None:
    """A check judges a document that asks for it with a rule that raises, under its policy, and no other document."""
    clean = examples()["create"]
    lines = as_lines({**clean, "probe": "raise"}, clean, {**clean, "probe": "else"}, {**clean, "probe": None})
    assert [result["codes"] for result in results(run, "-", stdin=lines)] == [["creation_failed"], [], [], []]
    assert "raised: _probe (ProbeError)" in run("check", "-", stdin=lines).out


def test_check_of_a_malformed_draft_with_the_probe(run: Run) -> None:
    """A document that asks for it and is no draft is unreadable like any other."""
    (result,) = results(run, "-", stdin=as_lines({"id": "d", "probe": "raise"}))
    assert result["pointer"] == "/version"
