"""What the command line says of itself: the help of each command, its example, exit codes and shell completion."""

import re
import shlex
from pathlib import Path

import pytest

from rules_engine.cli.app import COMMANDS
from rules_engine.cli.command import ExitCode
from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]
POLICY = ("check", "compare", "diff", "schema", "show", "test")
EACH = [*((command,) for command in COMMANDS if command != "policy"), *(("policy", command) for command in POLICY)]


@pytest.mark.parametrize(
    ("argv", "commands"),
    [
        ((), COMMANDS),
        (("--help",), COMMANDS),
        (("-h",), COMMANDS),
        (("policy",), POLICY),
        (("policy", "--help"), POLICY),
    ],
)
def test_groups_list_their_commands(run: Run, argv: tuple[str, ...], commands: tuple[str, ...]) -> None:
    """A group alone, or with --help, lists each of its commands with a sentence, and is a clean ending."""
    ran = run(*argv)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Usage: rules-engine ")
    for command in commands:
        (line,) = (line for line in ran.out.splitlines() if line.startswith(f"│ {command} "))
        assert len(line.split()) > 5


@pytest.mark.parametrize("command", EACH, ids=" ".join)
def test_help_of_a_command(run: Run, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """The help of a command names each kind of value, and its example runs in a checkout."""
    ran = run(*command, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert re.search(r"\bSTR\b", ran.out) is None
    (example,) = re.findall("^Example: (.+?)\n\n", ran.out, re.MULTILINE | re.DOTALL)
    program, *arguments = shlex.split(example)
    assert (program, *arguments[: len(command)]) == ("rules-engine", *command)
    monkeypatch.chdir(ROOT)
    ran = run(*arguments)
    assert (ran.code in {ExitCode.CLEAN, ExitCode.FINDINGS}, ran.err) == (True, "")
    assert ran.out


def test_exit_codes(run: Run) -> None:
    """The topic on exit codes explains each of them."""
    ran = run("help", "exit-codes")
    assert (ran.code, ran.err) == (0, "")
    assert re.findall("^ *([0-9]+)  [A-Z]", ran.out, re.MULTILINE) == [str(code.value) for code in ExitCode]


def test_completion_is_installed(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The documented option writes the completion of the user's shell, which knows the commands and their options."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SHELL", "/bin/bash")
    ran = run("--install-completion", "--shell", "bash")
    assert (ran.code, ran.err) == (0, "")
    written = "".join(path.read_text(encoding="utf-8") for path in tmp_path.rglob("*") if path.is_file())
    assert all(word in written for word in (*COMMANDS, *POLICY, "--policy", "--fail-if"))
