"""The manual is the one that the registry gives, and says of every rule where it can stand."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from rules_engine import docs
from rules_engine.api import Engine
from rules_engine.codes import CATALOGUE
from rules_engine.examples import Counterexample, counterexamples
from rules_engine.operations import OPERATIONS
from rules_engine.rules import RULES
from rules_engine.rules.limits import LIMITS

ROOT = Path(__file__).parents[2]


def test_committed_manual_is_fresh() -> None:
    """The committed manual is what the registry gives today."""
    assert docs.main(["--check", str(ROOT / docs.CODES_PAGE)]) == 0


def test_module_as_a_program() -> None:
    """`python -m rules_engine.docs --check`, at the root of the project, finds the committed manual fresh."""
    ran = subprocess.run([sys.executable, "-m", "rules_engine.docs", "--check"], cwd=ROOT, check=False)
    assert ran.returncode == 0


@pytest.mark.parametrize("content", [None, "", "# Codes\n"])
def test_stale_manual(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | None) -> None:
    """A manual that is missing or says something else is stale: exit code 1, a sentence, and nothing written."""
    path = tmp_path / "codes.md"
    if content is not None:
        path.write_text(content)
    assert docs.main(["--check", str(path)]) == 1
    assert capsys.readouterr().err == f"{path} is stale; write it anew with: python -m rules_engine.docs {path}\n"
    assert (path.read_text() if path.exists() else None) == content


def test_written_manual_is_fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written is what is checked for; by default it is written below the current directory."""
    monkeypatch.chdir(tmp_path)
    Path("docs").mkdir()
    assert docs.main([]) == 0
    assert Path(docs.CODES_PAGE).read_bytes() == docs.markdown().encode()
    assert docs.main(["--check"]) == 0


def test_manual_names_everything_once() -> None:
    """Every code, rule and limit has its place in the manual, once, and codes stand in the order of the catalogue."""
    text = docs.markdown()
    assert re.findall("^### `(.*)`$", text, re.MULTILINE) == list(CATALOGUE)
    assert sorted(re.findall("^#### Rule `(.*)`$", text, re.MULTILINE)) == sorted(rule.name for rule in RULES)
    limits = text.partition("## Limits")[2]
    assert re.findall(r"^\| `(.*?)` \|", limits, re.MULTILINE) == [limit.name for limit in LIMITS]


def test_every_code_is_said() -> None:
    """The manual names at least one operation for every documented code."""
    assert [name for name, entry in docs.code_entries().items() if not entry.operations] == []


def test_operations_of_the_engine_codes() -> None:
    """A rule that raises says `creation_failed` where a session is created and `internal_error` elsewhere."""
    entries = docs.code_entries()
    assert entries["creation_failed"].operations == ("session.create",)
    assert entries["internal_error"].operations == tuple(name for name in OPERATIONS if name != "session.create")


def test_operations_of_the_wire_codes() -> None:
    """Every operation can refuse a body as a whole; a parameter can be missing only where one is asked for."""
    entries = docs.code_entries()
    for name in ("invalid_request", "parameter_invalid", "parameter_unknown"):
        assert entries[name].operations == tuple(OPERATIONS)
    assert "session.expire" not in entries["parameter_missing"].operations
    assert "session.apply_promotion_code" in entries["parameter_missing"].operations


@pytest.mark.parametrize(
    "counterexample", counterexamples(), ids=lambda counterexample: f"{counterexample.rule}-{counterexample.example}"
)
def test_documented_params_are_those_that_are_said(counterexample: Counterexample) -> None:
    """The field that a rule names in a broken example is one that the manual lists for it, in that operation."""
    (violation,) = Engine().validate(counterexample.document()).violations
    entries = {entry.rule.name: entry for code in docs.code_entries().values() for entry in code.rules}
    entry = entries[str(violation.rule)]
    assert counterexample.document()["operation"] in entry.operations
    listed = {param and re.sub(r"\[\d+\]", "[i]", param) for param in entry.params}
    assert (violation.param and re.sub(r"\[\d+\]", "[i]", violation.param)) in listed
