"""`rules-engine dry-run --engine spark`, from the arguments to the report."""

from pathlib import Path

import pytest

from rules_engine.__main__ import main
from tests.dryrun.samples import SHIPPED, write_history

pytestmark = pytest.mark.spark


def test_the_command_says_what_it_says_on_one_machine(tmp_path: Path) -> None:
    """On Spark, the command writes the report that it writes without, and leaves nothing behind."""
    history = str(write_history(tmp_path / "drafts.jsonl"))
    sides = ("--baseline", "default", "--candidate", str(SHIPPED / "strict.toml"))
    for engine in ("local", "spark"):
        output = str(tmp_path / engine)
        assert main(["dry-run", history, *sides, "--format", "json", "--engine", engine, "-o", output]) == 0
    assert (tmp_path / "spark").read_bytes() == (tmp_path / "local").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["drafts.jsonl", "local", "spark"]
