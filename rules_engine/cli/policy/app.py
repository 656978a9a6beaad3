"""The arguments of `rules-engine policy ...`."""

from typing import Annotated, Literal

from cyclopts import App, Parameter

from rules_engine.cli.exit_code import ExitCode
from rules_engine.cli.policy.compare import compare_policies

policy_app = App(name="policy", help="Check, show, compare and test policies.", help_format="plaintext")


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
