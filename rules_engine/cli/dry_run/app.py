"""The arguments of `rules-engine dry-run`."""

from typing import Annotated, Literal

from cyclopts import Parameter

from rules_engine.cli.dry_run.options import Asked
from rules_engine.cli.dry_run.run import EngineName, dry_run
from rules_engine.cli.exit_code import ExitCode
from rules_engine.dryrun.history.split import STANDARD_INPUT

Dimension = Literal["code", "merchant", "operation", "day", "currency"]
Form = Literal["text", "json", "jsonl", "markdown", "html"]


def dry_run_command(
    *history: str,
    baseline: str | None = None,
    candidate: str | None = None,
    policies: Annotated[str | None, Parameter(name="--set")] = None,
    by: Annotated[tuple[Dimension, ...], Parameter(negative=(), show_default=False)] = (),
    sample: int = 3,
    seed: int = 0,
    where: Annotated[tuple[str, ...], Parameter(negative=(), show_default=False)] = (),
    jobs: int | None = None,
    engine: EngineName = "local",
    master: str | None = None,
    form: Annotated[Form, Parameter(name="--format")] = "text",
    output: Annotated[str | None, Parameter(name=("--output", "-o"))] = None,
    fail_if: Annotated[tuple[str, ...], Parameter(negative=(), show_default=False)] = (),
    resume: Annotated[bool, Parameter(negative=(), show_default=False)] = False,
) -> ExitCode:
    """Replay a history of drafts under two policies, and tell what would change, code by code and in money.

    With one policy alone, its answers are held against the codes that the history recorded.

    Args:
        history: Files (JSON Lines, plain or compressed by gzip or zstd; Parquet; single documents), directories and
            patterns of them, or - for standard input.
        baseline: The policy to compare with: a file, a directory of policies, or default.
        candidate: The policy that is tried: the same.
        policies: A directory of policies: every draft is judged by its merchant's own, but where the baseline or the
            candidate is a file, by that in its place.
        by: What drafts are told apart by; may be given more than once.
        sample: How many drafts are shown for each change, and of what cannot be read.
        seed: Another seed shows other drafts.
        where: Which drafts are meant: merchant=ID, operation=NAME, since=DAY, until=DAY, views by commas.
        jobs: How many processes work at once; without it, as many as there are cores and as the history is worth.
        engine: What they run on.
        master: The address of a Spark cluster, for --engine spark; without it, this machine.
        form: How the report is written.
        output: The file the report is written to, in place of standard output; a run that is killed can be resumed.
        fail_if: When to end with exit code 1, such as 'newly_rejected > 0.1%'; may be given more than once.
        resume: Go on with a run that was killed; the arguments must be the same.
    """
    asked = Asked(baseline, candidate, policies, where, by, sample, seed, fail_if)
    return dry_run(
        history,
        asked,
        jobs=jobs,
        engine=engine,
        master=master,
        form=form,
        output=None if output == STANDARD_INPUT else output,
        resume=resume,
    )
