"""A rule is one row: a new one takes the two files that the page for contributors shows; the rest follows."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT, modules

ROW, ENTRY = re.findall(
    "```python\n(.*?)```", (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.DOTALL
)
TABLE = "ROWS: Table = {\n"
HIDDEN = shutil.ignore_patterns(".git", ".*_cache", ".hypothesis", ".venv", "__pycache__", "site", "reference")
CHECKED = ("tests/rules", "tests/house", "tests/policy", "tests/properties/test_isolation.py", "tests/test_readme.py")


@pytest.mark.slow
def test_new_rule_takes_two_files(tmp_path: Path) -> None:
    """With its row, its table and what is generated, every test of the rules, the house and the policies passes."""
    shutil.copytree(ROOT, tmp_path, dirs_exist_ok=True, ignore=HIDDEN)
    rules, table = tmp_path / "rules_engine" / "rules" / "price.py", tmp_path / "tests" / "rules" / "test_price.py"
    rules.write_text(rules.read_text(encoding="utf-8") + "\n\n" + ROW, encoding="utf-8")
    table.write_text(table.read_text(encoding="utf-8").replace(TABLE, TABLE + ENTRY, 1), encoding="utf-8")
    _run(tmp_path, "rules_engine.docs")
    _run(
        tmp_path, "pytest", "-q", "-x", "-p", "no:cacheprovider", "--deselect", "tests/house/test_new_rule.py", *CHECKED
    )


def test_excerpts_are_those_of_the_source() -> None:
    """Whatever Python the page for whoever adds a rule shows stands so in the library."""
    page = (ROOT / "docs" / "adding-rules.md").read_text(encoding="utf-8")
    shown = [node for block in re.findall("```python\n(.*?)```", page, re.DOTALL) for node in ast.parse(block).body]
    source = {ast.unparse(node) for module in modules() for node in module.tree.body}
    assert len(shown) > 2
    assert [ast.unparse(node) for node in shown if ast.unparse(node) not in source] == []


def _run(project: Path, *arguments: str) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV"))}
    ran = subprocess.run(  # noqa: S603  # the interpreter of these tests, with arguments of theirs
        [sys.executable, "-m", *arguments],
        cwd=project,
        env={**environment, "PYTHONPATH": str(project)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-5000:] + ran.stderr[-2000:]
