"""`rules-engine codes --witness` and `--witness-all`: drafts to read, and to pipe into a check."""

import json
import subprocess
import sys
from typing import Any

import pytest

from rules_engine import testing
from rules_engine.codes import CATALOGUE
from rules_engine.testing import examples, witness, witnesses
from tests.cli.conftest import Run
from tests.cli.samples import as_lines

PROBED = ("creation_failed", "internal_error")


@pytest.mark.parametrize("code", ["price_expired", "parameter_unknown", *PROBED])
def test_one(run: Run, code: str) -> None:
    """The witness of a code is JSON to read: indented, its keys in the order of a draft document."""
    ran = run("codes", code, "--witness")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out) == witness(code)
    assert ran.out.startswith('{\n  "version": 1,\n  "id": "witness_')


@pytest.mark.parametrize("code", ["price_expired", *PROBED])
def test_one_is_checked(run: Run, code: str) -> None:
    """What is printed can be piped into a check, which hears that code."""
    printed = run("codes", code, "--witness").out
    ran = run("check", "-", "--format", "jsonl", stdin=printed.encode())
    assert (ran.code, json.loads(ran.out)["codes"], json.loads(ran.out)["id"]) == (1, [code], f"witness_{code}")


def test_all(run: Run) -> None:
    """All of them come one a line, in the order of the catalogue."""
    ran = run("codes", "--witness-all")
    assert (ran.code, ran.err) == (0, "")
    assert [json.loads(line) for line in ran.out.splitlines()] == list(witnesses().values())


def test_all_are_checked() -> None:
    """Piped into a check, in processes of their own, each line hears its code and nothing else."""
    printed = _process("codes", "--witness-all")
    checked = _process("check", "-", "--format", "jsonl", stdin=printed.stdout)
    results = [json.loads(line) for line in checked.stdout.splitlines()]
    assert (printed.returncode, printed.stderr, checked.returncode, checked.stderr) == (0, b"", 1, b"")
    assert [result["codes"] for result in results] == [[code] for code in CATALOGUE if code in witnesses()]
    assert [result["undecided"] for result in results] == [[]] * len(results)


def _process(*argv: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "rules_engine", *argv]
    return subprocess.run(command, input=stdin, capture_output=True, check=False)  # noqa: S603  # our own command


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
    """Arguments that do not go together print no draft, and say what would."""
    ran = run("codes", *argv)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"rules-engine: {complaint}")
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize("argv", [("price_expired", "--witness"), ("--witness-all",)])
@pytest.mark.parametrize(
    ("document", "heard"),
    [(examples()["create"], "nothing"), ({**examples()["create"], "request": []}, "invalid_request")],
)
def test_witness_that_does_not_hear_its_code(
    run: Run, monkeypatch: pytest.MonkeyPatch, argv: tuple[str, ...], document: Any, heard: str
) -> None:
    """A witness is judged once more before it is printed; one that hears anything else is said so, and not printed."""
    monkeypatch.setattr(testing, "witness", lambda code: document if code == "price_expired" else witness(code))
    ran = run("codes", *argv)
    assert (ran.code, ran.err) == (2, f"rules-engine: the witness of price_expired hears {heard}\n")
    assert f'"id": "{document["id"]}"' not in ran.out


def test_code_without_a_witness(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A code whose rules have no counterexample has no witness, and the command says so."""

    def without(code: str) -> dict[str, Any]:
        raise LookupError(f"no broken draft hears {code} alone")

    monkeypatch.setattr(testing, "witness", without)
    ran = run("codes", "price_expired", "--witness")
    assert ran.code == 2
    assert ran.err == "rules-engine: price_expired has no witness: no broken draft hears price_expired alone\n"


def test_check_honours_the_probe(run: Run) -> None:
    """A check judges a document that asks for it with a rule that raises, under its policy, and no other document."""
    clean = examples()["create"]
    lines = as_lines({**clean, "probe": "raise"}, clean, {**clean, "probe": "else"}, {**clean, "probe": None})
    ran = run("check", "-", "--format", "jsonl", stdin=lines)
    assert [json.loads(line)["codes"] for line in ran.out.splitlines()] == [["creation_failed"], [], [], []]
    assert "raised: _probe (ProbeError)" in run("check", "-", stdin=lines).out


def test_check_of_a_malformed_draft_with_the_probe(run: Run) -> None:
    """A document that asks for it and is no draft is unreadable like any other."""
    ran = run("check", "-", "--format", "jsonl", stdin=as_lines({"id": "d", "probe": "raise"}))
    assert ran.code == 2
    assert json.loads(ran.out)["pointer"] == "/version"
