"""The arguments of `rules-engine policy ...`."""

from typing import Annotated, Literal

from cyclopts import App, Parameter

from rules_engine.cli.exit_code import ExitCode, UsageError
from rules_engine.cli.policy.test import test
from rules_engine.policy_tests.run import Mutation

policy_app = App(name="policy", help="Check, show, compare and test policies.", help_format="plaintext")
"""The commands on policies: check, show, diff, schema, compare and test."""


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
    return test(paths, mutation=mutation, uncovered=uncovered, form=form, min_rules=min_rules)
