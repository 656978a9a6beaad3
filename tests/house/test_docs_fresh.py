"""What is generated follows from the code, is fresh, and says of every rule which fields it can name."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rules_engine import docs
from rules_engine.api import Engine
from rules_engine.codes import CATALOGUE
from rules_engine.examples import Counterexample, counterexamples
from rules_engine.manual import code_entries
from rules_engine.operations import OPERATIONS
from tests.house.source import ROOT


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy what is generated, and the pages that have generated parts, into an empty directory."""
    monkeypatch.chdir(tmp_path)
    for path in (*docs.PAGES, *docs.PARTS):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes((ROOT / path).read_bytes())
    return tmp_path


def test_committed_files_are_fresh() -> None:
    """`python -m rules_engine.docs --check`, at the root of the project, finds every file fresh."""
    ran = subprocess.run([sys.executable, "-m", "rules_engine.docs", "--check"], cwd=ROOT, check=False)
    assert ran.returncode == 0


@pytest.mark.parametrize("content", [None, "", "schema_version = 1\n"])
def test_stale_page(project: Path, capsys: pytest.CaptureFixture[str], content: str | None) -> None:
    """A page that is missing or has another text is stale: it is named, left alone by a check, and then written."""
    path = project / "policies/default.toml"
    path.unlink()
    if content is not None:
        path.write_text(content)
    assert docs.main(["--check"]) == 1
    message = "policies/default.toml is stale; write it again with: python -m rules_engine.docs\n"
    assert capsys.readouterr().err == message
    assert (path.read_text() if path.exists() else None) == content
    assert docs.main([]) == 0
    assert path.read_bytes() == (ROOT / "policies/default.toml").read_bytes()
    assert docs.main(["--check"]) == 0


def test_stale_part(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A part that has another text is written again, and the rest of the page stays."""
    path = project / "README.md"
    page = path.read_text(encoding="utf-8")
    assert page.count(f"-->{len(CATALOGUE)}<!-- end -->") == 1
    stale = page.replace(f"-->{len(CATALOGUE)}<!-- end -->", "-->9<!-- end -->")
    path.write_text(stale, encoding="utf-8")
    assert docs.main(["--check"]) == 1
    assert capsys.readouterr().err.startswith("README.md is stale")
    docs.main([])
    assert path.read_text(encoding="utf-8") == page


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page.replace("generated: number-of-codes", "generated: number-of-kodes"),
        lambda page: page.replace("<!-- generated: number-of-codes -->", ""),
        lambda page: page + "<!-- generated: number-of-codes --><!-- end -->",
    ],
    ids=["unknown", "missing", "twice"],
)
def test_parts_of_a_page(project: Path, change: Callable[[str], str]) -> None:
    """A page has each part that is generated for it once, and no other; anything else is an error that names them."""
    path = project / "README.md"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(ValueError, match=r"^README\.md has the generated parts .*, not number-of-codes$"):
        docs.main([])


def test_every_code_has_an_operation() -> None:
    """The manual names at least one operation for every documented code."""
    assert [name for name, entry in code_entries().items() if not entry.operations] == []


def test_operations_of_the_engine_codes() -> None:
    """A rule that raises is reported as `creation_failed` where a session is created and `internal_error` elsewhere."""
    assert code_entries()["creation_failed"].operations == ("session.create",)
    assert code_entries()["internal_error"].operations == tuple(name for name in OPERATIONS if name != "session.create")


def test_operations_of_the_wire_codes() -> None:
    """Every operation can refuse a body as a whole; a parameter can be missing only where one is asked for."""
    for name in ("invalid_request", "parameter_invalid", "parameter_unknown"):
        assert code_entries()[name].operations == tuple(OPERATIONS)
    assert "session.expire" not in code_entries()["parameter_missing"].operations
    assert "session.apply_promotion_code" in code_entries()["parameter_missing"].operations


@pytest.mark.parametrize(
    "counterexample", counterexamples(), ids=lambda counterexample: f"{counterexample.rule}-{counterexample.example}"
)
def test_documented_params(counterexample: Counterexample) -> None:
    """The field that a rule names in a broken example is one that the manual lists for it, in that operation."""
    (violation,) = Engine().validate(counterexample.document()).violations
    (entry,) = (entry for entry in code_entries()[violation.code.name].rules if entry.rule.name == violation.rule)
    assert counterexample.document()["operation"] in entry.operations
    listed = {param and re.sub(r"\[\d+\]", "[i]", param) for param in entry.params}
    assert (violation.param and re.sub(r"\[\d+\]", "[i]", violation.param)) in listed
