"""What is asked of a dry run. A task can be pickled: each worker judges by a task of its own."""

from typing import Final

from attrs import frozen

from rules_engine.dryrun.policies import Policies
from rules_engine.dryrun.report import RECORDED, Header
from rules_engine.dryrun.where import Where

LARGEST_SAMPLE: Final = 1_000
"""The most exemplars of a transition: each is a whole draft, and stays in memory."""


@frozen(eq=False)
class Task:
    """What is asked of a dry run.

    Attributes:
        candidate: What gives the second answers.
        baseline: What gives the first answers; None for the codes that are recorded in the history.
        where: Which drafts are meant.
        header: The same, as reports name it.
        plugins: Whether policies may name rules of installed plugins.
    """

    candidate: Policies
    baseline: Policies | None
    where: Where
    header: Header
    plugins: bool = False


def task_of(
    candidate: Policies,
    baseline: Policies | None = None,
    *,
    where: Where | None = None,
    seed: int = 0,
    sample: int = 3,
    by_merchant: bool = False,
    plugins: bool = False,
) -> Task:
    """Say what is asked of a dry run.

    Args:
        candidate: What gives the second answers.
        baseline: What gives the first answers; None for the codes that are recorded in the history.
        where: Which drafts are meant; None for all.
        seed: What exemplars are chosen by, 0 to 2**64 - 1.
        sample: How many exemplars are kept for each transition, and of what cannot be read, 0 to 1,000; with 0 no draft
            is shown.
        by_merchant: Whether merchants are told apart.
        plugins: Whether policies may name rules of installed plugins.

    Raises:
        ValueError: The seed or the sample is out of bounds.
    """
    if seed not in range(1 << 64):
        raise ValueError(f"the seed lies between 0 and 2**64 - 1: {seed}")
    if sample not in range(LARGEST_SAMPLE + 1):
        raise ValueError(f"between 0 and {LARGEST_SAMPLE} exemplars are kept: {sample}")
    asked = Where() if where is None else where
    header = Header(
        RECORDED if baseline is None else baseline.described(),
        candidate.described(),
        str(asked),
        seed,
        sample,
        by_merchant,
    )
    return Task(candidate, baseline, asked, header, plugins)
