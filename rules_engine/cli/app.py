"""The arguments of the command line, and how it ends."""

import contextlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import App, CycloptsError, Parameter

from rules_engine.cli.check import check
from rules_engine.cli.codes import codes
from rules_engine.cli.dry_run.app import dry_run_command
from rules_engine.cli.exit_code import ExitCode, UsageError
from rules_engine.cli.plan import plan
from rules_engine.cli.plugins import plugins
from rules_engine.cli.policy.app import policy_app
from rules_engine.cli.printing import Printer
from rules_engine.cli.required_facts import required_facts
from rules_engine.cli.witnesses import witnesses
from rules_engine.dryrun.history.split import STANDARD_INPUT
from rules_engine.exceptions import PolicyError

_PROGRAM = "rules-engine"

app = App(
    name=_PROGRAM,
    help="Tell every documented reason why a checkout session cannot be paid.\n\n"
    "Exit codes: 0 clean, 1 findings, 2 wrong usage or unreadable input.",
    help_format="plaintext",
    version=lambda: version(_PROGRAM),
)
app.command(policy_app)
app.command(dry_run_command, name="dry-run")


@app.command(name="check")
def _check(
    *paths: str,
    policy: str | None = None,
    form: Annotated[Literal["text", "concise", "json", "jsonl", "github"], Parameter(name="--format")] = "text",
    output: Annotated[str | None, Parameter(name=("--output", "-o"))] = None,
) -> ExitCode:
    """Judge draft documents and print the verdicts.

    Args:
        paths: Files (.json: one draft; .jsonl, .ndjson: one a line), directories, or - for standard input.
        policy: A policy file, in TOML; without one, the default policy.
        form: How the verdicts are written.
        output: The file the report is written to, in place of standard output.
    """
    return check(paths, policy=policy, form=form, output=None if output == STANDARD_INPUT else output)


@app.command(name="codes")
def _codes(
    *names: str,
    form: Annotated[Literal["text", "json"] | None, Parameter(name="--format")] = None,
    witness: Annotated[bool, Parameter(negative=(), show_default=False)] = False,
    witness_all: Annotated[bool, Parameter(negative=(), show_default=False)] = False,
) -> ExitCode:
    """Print the table of all codes, or the manual page of each code that is named; or drafts that hear them.

    Args:
        names: Codes, such as price_expired.
        form: How they are written; without it, as text.
        witness: Print the smallest draft that hears the code, and nothing else, as JSON.
        witness_all: Print one such draft a line for every code, each of them judged again before.
    """
    if witness or witness_all:
        return witnesses(names, form=form, every=witness_all)
    return codes(names, form=form or "text")


@app.command(name="plan")
def _plan(
    operation: str | None = None,
    /,
    *,
    policy: str | None = None,
    source: Annotated[bool, Parameter(negative=(), show_default=False)] = False,
    form: Annotated[Literal["text", "json"], Parameter(name="--format")] = "text",
) -> ExitCode:
    """Print what a policy asks of an operation's drafts, rule by rule in their order.

    Args:
        operation: Such as session.create; without it, every operation of the policy.
        policy: A policy file, in TOML; without one, the default policy.
        source: Print the function that is generated of them, which clean drafts pass.
        form: How it is written.
    """
    return plan(operation, policy=policy, source=source, form=form)


@app.command(name="plugins")
def _plugins(*, form: Annotated[Literal["text", "json"], Parameter(name="--format")] = "text") -> ExitCode:
    """Print the plugins that are installed, their rules, and why some are refused.

    Args:
        form: How they are written.
    """
    return plugins(form=form)


@app.command(name="required-facts")
def _required_facts(
    path: str,
    /,
    *,
    form: Annotated[Literal["text", "json"], Parameter(name="--format")] = "text",
) -> ExitCode:
    """Print the facts that a draft needs and nobody has looked up yet.

    Args:
        path: A draft document, or several, one a line; - for standard input.
        form: How the facts are written: one a line, or as JSON.
    """
    return required_facts(path, form=form)


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
    if not argv:
        raise UsageError(f"a command is missing: check, codes or required-facts; {_PROGRAM} --help tells more")
    # A lone hyphen would be read as an option without a name.
    tokens = [STANDARD_INPUT if token == "-" else token for token in argv]  # noqa: S105  # no secret: a lone hyphen
    try:
        command, bound, _ = app.parse_args(tokens, exit_on_error=False, print_error=False)
    except CycloptsError as error:
        raise UsageError(str(error)) from error
    return lambda: _ended(command(*bound.args, **bound.kwargs))


def _ended(returned: Any) -> ExitCode:
    """Read what a command returned; help and version return nothing."""
    return returned if isinstance(returned, ExitCode) else ExitCode.CLEAN


def _complain(problem: str) -> None:
    Printer(sys.stderr).line(f"{_PROGRAM}: {problem}")


def _write_nothing_more() -> None:
    """Turn standard output away, or the interpreter would fail to flush it when it ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
