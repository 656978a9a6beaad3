"""The command line, run within the process of the test."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from rules_engine.__main__ import main


@frozen
class Ran:
    """How a command ended.

    Attributes:
        code: The exit code.
        out: What it wrote to standard output.
        err: What it wrote to standard error.
    """

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


class Terminal(io.TextIOWrapper):
    """A standard input that nothing is piped into."""

    def isatty(self) -> bool:
        """Return that a person sits there."""
        return True


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs one command in an empty directory; without `stdin`, nothing is piped in."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")

    def call(*argv: str, stdin: bytes | None = None) -> Ran:
        piped = Terminal(io.BytesIO()) if stdin is None else io.TextIOWrapper(io.BytesIO(stdin))
        monkeypatch.setattr(sys, "stdin", piped)
        code = main(argv)
        return Ran(code, *capsys.readouterr())

    return call


@pytest.fixture
def on_terminal(monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    """Return the same function, with a terminal as standard output."""

    def call(*argv: str, stdin: bytes | None = None) -> Ran:
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        return run(*argv, stdin=stdin)

    return call


def results(run: Run, *argv: str, stdin: bytes | None = None) -> list[dict[str, Any]]:
    """Run a check and read its results."""
    return [json.loads(line) for line in run("check", "--format", "jsonl", *argv, stdin=stdin).out.splitlines()]
