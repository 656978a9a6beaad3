"""The arguments of `rules-engine policy ...`."""

from typing import Annotated, Literal

from cyclopts import App, Parameter

from rules_engine.cli.exit_code import ExitCode
from rules_engine.cli.policy.check import check
from rules_engine.cli.policy.diff import diff
from rules_engine.cli.policy.schema import schema
from rules_engine.cli.policy.show import show

policy_app = App(name="policy", help="Check, show, compare and test policies.", help_format="plaintext")


@policy_app.command(name="check")
def _check(
    *paths: str,
    at: str | None = None,
    form: Annotated[Literal["text", "json", "github"], Parameter(name="--format")] = "text",
) -> ExitCode:
    """Print what is wrong with policies, and what is most likely not meant.

    Args:
        paths: Policy files, and directories of policies.
        at: The instant that counts as today, such as 2027-01-01T00:00:00Z; now, without one.
        form: How the findings are written.
    """
    return check(paths, at=at, form=form)


@policy_app.command(name="show")
def _show(
    path: str = "policies",
    /,
    *,
    merchant: Annotated[str | None, Parameter(name="--for")] = None,
    at: str | None = None,
    form: Annotated[Literal["text", "toml", "json"], Parameter(name="--format")] = "text",
) -> ExitCode:
    """Print the policy that applies to a merchant, each value with the file and line it comes from.

    Args:
        path: A directory of policies, or one policy file.
        merchant: The id of the account; needed for a directory.
        at: The instant, such as 2027-01-01T00:00:00Z; now, without one.
        form: How the policy is written.
    """
    return show(path, merchant=merchant, at=at, form=form)


@policy_app.command(name="diff")
def _diff(
    first: str,
    second: str,
    /,
    *,
    form: Annotated[Literal["text", "json"], Parameter(name="--format")] = "text",
) -> ExitCode:
    """Print what one policy says differently from another; the exit code is 1 where they differ.

    Args:
        first: A policy file, or default for the policy of the library.
        second: The one it is held against.
        form: How the changes are written.
    """
    return diff(first, second, form=form)


@policy_app.command(name="schema")
def _schema() -> ExitCode:
    """Print a JSON Schema of policy files, for editors."""
    return schema()
