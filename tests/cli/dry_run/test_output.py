"""A report that a program reads is the same bytes wherever it goes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.dryrun.histories import SHIPPED, write_history

pytestmark = pytest.mark.slow

COMMAND = (sys.executable, "-m", "rules_engine", "dry-run", "drafts.jsonl", "--baseline", "default", "--jobs", "1")
ASKED = (*COMMAND, "--candidate", str(SHIPPED / "strict.toml"), "--format")


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A directory with a file of drafts, some of which hold letters of other alphabets."""
    write_history(tmp_path / "drafts.jsonl")
    return tmp_path


def _environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(SHIPPED.parent), **more}


@pytest.mark.parametrize("form", ["html", "markdown", "json"])
def test_the_encoding_of_a_terminal_changes_nothing(history: Path, form: str) -> None:
    """A page says that it is UTF-8, and so it is, whatever the encoding of standard output."""
    ascii_only = _environment(PYTHONIOENCODING="ascii")
    printed = subprocess.run((*ASKED, form), cwd=history, env=ascii_only, capture_output=True, check=True)  # noqa: S603  # our own command
    subprocess.run((*ASKED, form, "-o", "report"), cwd=history, env=_environment(), check=True)  # noqa: S603  # the same
    assert printed.stdout == (history / "report").read_bytes()


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_is_gone(history: Path, unbuffered: str) -> None:
    """A report whose reader goes away half-way ends with 141, and is never taken for a whole one."""
    environment = _environment(PYTHONUNBUFFERED=unbuffered)
    with subprocess.Popen((*ASKED, "html"), cwd=history, env=environment, stdout=subprocess.PIPE, bufsize=0) as running:  # noqa: S603  # the same
        assert running.stdout is not None
        running.stdout.read(1)
        running.stdout.close()
        assert running.wait(timeout=60) == 141
