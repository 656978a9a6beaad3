"""The arguments of `rules-engine policy ...`."""

from typing import Annotated, Literal

from cyclopts import App, Parameter

from rules_engine.cli.exit_code import ExitCode, UsageError
from rules_engine.cli.installed import installed_rules
from rules_engine.cli.policy.check import check
from rules_engine.cli.policy.compare import compare_policies
from rules_engine.cli.policy.diff import diff
from rules_engine.cli.policy.schema import schema
from rules_engine.cli.policy.show import show
from rules_engine.cli.policy.test import test
from rules_engine.policy_tests.run import Mutation

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
    with installed_rules() as rules:
        return check(paths, at=at, form=form, rules=rules)


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
    with installed_rules() as rules:
        return show(path, merchant=merchant, at=at, form=form, rules=rules)


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
    with installed_rules() as rules:
        return diff(first, second, form=form, rules=rules)


@policy_app.command(name="schema")
def _schema() -> ExitCode:
    """Print a JSON Schema of policy files, for editors."""
    with installed_rules() as rules:
        return schema(rules)


@policy_app.command(name="test")
def _test(
    *paths: str,
    mutants: Annotated[bool, Parameter(negative="")] = False,
    inherited: Annotated[bool, Parameter(negative="")] = False,
    uncovered: Annotated[bool, Parameter(negative="")] = False,
    min_rules: int = 0,
    form: Annotated[Literal["text", "json"], Parameter(name="--format")] = "text",
) -> ExitCode:
    """Run the tests of policies, and tell what they cover.

    Args:
        paths: Directories of policies, whose tests are the *.toml in their folder tests; or files of tests.
        mutants: Also try whether the tests notice each change of what the policy says, by the least step.
        inherited: With --mutants, also try what the policy takes over from the file it extends.
        uncovered: Name the rules and limits that no test covers.
        min_rules: Fail where fewer rules are covered in all; a rule counts in each operation.
        form: How the report is written.
    """
    mutation = Mutation.NONE if not mutants else Mutation.ALL if inherited else Mutation.STATED
    if inherited and not mutants:
        raise UsageError("--inherited goes with --mutants")
    with installed_rules() as rules:
        return test(paths, mutation=mutation, uncovered=uncovered, form=form, min_rules=min_rules, rules=rules)


@policy_app.command(name="compare")
def _compare(
    first: str,
    second: str,
    /,
    *,
    operations: Annotated[tuple[str, ...], Parameter(consume_multiple=True)] = (),
    budget: int = 200,
    cells: bool = False,
    examples: str | None = None,
    form: Annotated[Literal["text", "json"], Parameter(name="--format")] = "text",
) -> ExitCode:
    """Print, for each code, what the second policy refuses and the first does not, or the other way round.

    Args:
        first: A policy file, or default for the policy of the library.
        second: The one it is held against.
        operations: The operations to compare in; all, where none are named.
        budget: How many drafts are searched in an operation where nothing is proven.
        cells: Show what was compared, cell by cell.
        examples: A directory; a draft is written there for each difference, for check --policy.
        form: How the differences are written.
    """
    return compare_policies(
        first, second, operations=operations, budget=budget, cells=cells, examples=examples, form=form
    )
