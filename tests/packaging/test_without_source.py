"""The engine judges the same where the text of its modules cannot be had."""

import compileall
import shutil
import subprocess
import sys
import zipapp
from pathlib import Path

import pytest

from tests.house.source import ROOT

MAIN = """\
import json, sys
from rules_engine import Engine, default_policy
from rules_engine.compiled_policy import CompiledPolicy
from rules_engine.examples import examples

engine = Engine()
example = examples()["create"]
engine.compile("session.create")
assert engine.validate(example).accepted
example["request"]["expiresAfterMinutes"] = 5
inlined = "(item, context)" not in CompiledPolicy(default_policy()).source_of("session.create")
print(engine.validate(example).codes, inlined, sys.modules["rules_engine"].__file__.count("app.pyz"))
"""


@pytest.mark.parametrize("compiled", [False, True], ids=["with its text", "compiled only"])
def test_zipapp(tmp_path: Path, compiled: bool) -> None:  # noqa: FBT001  # a parameter of the test
    """From a zipapp, with the text of the modules or without it, drafts hear the same; only the pace differs."""
    shutil.copytree(ROOT / "rules_engine", tmp_path / "app/rules_engine", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "app/__main__.py").write_text(MAIN, encoding="utf-8")
    if compiled:
        assert compileall.compile_dir(tmp_path / "app/rules_engine", quiet=1, legacy=True)
        for text in (tmp_path / "app/rules_engine").rglob("*.py"):
            text.unlink()
    zipapp.create_archive(tmp_path / "app", tmp_path / "app.pyz")
    ran = subprocess.run(  # noqa: S603  # our own archive
        [sys.executable, "-P", str(tmp_path / "app.pyz")], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert (ran.stdout, ran.stderr) == (f"('parameter_out_of_range',) {not compiled} 1\n", "")
