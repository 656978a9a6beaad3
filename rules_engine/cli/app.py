"""The commands of the command line, and how it ends. A command is imported when it is called."""

import contextlib
import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType

from cyclopts import App, CycloptsError

from rules_engine.cli.command import ExitCode, Printer, UsageError
from rules_engine.distribution import DISTRIBUTION
from rules_engine.dryrun.history.files import STANDARD_INPUT
from rules_engine.exceptions import PolicyError

_PROGRAM = "rules-engine"
COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "check": "check:check",
        "codes": "codes:codes",
        "required-facts": "required_facts:required_facts",
        "policy": "policy:policy_app",
        "dry-run": "dry_run.app:dry_run_command",
        "plan": "plan:plan",
        "plugins": "plugins:plugins",
        "help": "help:topics",
    }
)
"""The module below `rules_engine.cli` and the function of each command."""

app = App(
    name=_PROGRAM,
    help="Report every documented reason why a checkout session cannot be paid.",
    help_epilogue="Exit codes: 0 clean, 1 findings, 2 wrong usage or unreadable input; rules-engine help exit-codes"
    " has the details.",
    help_format="plaintext",
    version=lambda: version(DISTRIBUTION),
)
app.register_install_completion_command(help="Install completion of commands and options for your shell.")
for command, place in COMMANDS.items():
    app.command(f"rules_engine.cli.{place}", name=command)


def run(argv: Sequence[str]) -> int:
    """Run one command.

    Args:
        argv: The arguments, without the name of the program.

    Returns:
        The exit code.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w"))  # noqa: SIM115  # it stays open as long as the process
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        ended = _run(argv)
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit):  # rich, which prints the help, turns the one into the other
        _write_nothing_more()
        return ExitCode.READER_GONE
    except OSError as error:
        _write_nothing_more()
        _complain(f"cannot write {error.filename or 'the report'}: {error.strerror}")
        return ExitCode.UNUSABLE
    return ended


def _run(argv: Sequence[str]) -> ExitCode:
    try:
        return _command(argv)()
    except UsageError as error:
        for problem in str(error).split("\n"):
            _complain(problem)
    except PolicyError as error:
        for found in error.problems:
            Printer(sys.stderr).line(str(found))
    return ExitCode.UNUSABLE


def _command(argv: Sequence[str]) -> Callable[[], ExitCode]:
    if not argv or argv[0] in app.help_flags:
        app.resolved_commands()  # the help has a sentence of each
    elif argv[0] == "policy" and (len(argv) == 1 or argv[1] in app.help_flags):
        app[argv[0]].resolved_commands()
    # A lone hyphen would be read as an option without a name.
    tokens = [STANDARD_INPUT if token == "-" else token for token in argv]  # noqa: S105  # no secret: a lone hyphen
    try:
        command, bound, _ = app.parse_args(tokens, exit_on_error=False, print_error=False)
    except CycloptsError as error:
        raise UsageError(str(error)) from error

    def call() -> ExitCode:
        ended = command(*bound.args, **bound.kwargs)
        # Help and version return nothing.
        return ended if isinstance(ended, ExitCode) else ExitCode.CLEAN

    return call


def _complain(problem: str) -> None:
    Printer(sys.stderr).line(f"{_PROGRAM}: {problem}")


def _write_nothing_more() -> None:
    """Turn standard output away, or the interpreter would fail to flush it when it ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
