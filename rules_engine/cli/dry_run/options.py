"""What `rules-engine dry-run` is asked for, read and checked before anything is replayed."""

from collections.abc import Sequence
from typing import Any, Final

from attrs import frozen

from rules_engine.cli.exit_code import UsageError
from rules_engine.cli.installed import installed_rules, load_named_policy
from rules_engine.cli.policy.arguments import is_directory
from rules_engine.dryrun.condition import Condition, ConditionError, read_condition
from rules_engine.dryrun.policies import Policies
from rules_engine.dryrun.task import LARGEST_SAMPLE, Task, task_of
from rules_engine.dryrun.where import WhereError, read_where
from rules_engine.policy.policy_set import PolicySet
from rules_engine.rules.row import Rule

DIMENSIONS: Final = ("code", "merchant", "operation", "day", "currency")


@frozen
class Asked:
    """The arguments, as they were given.

    Attributes:
        baseline: A policy file, a directory of policies, or `default`; None where it is not given.
        candidate: The same.
        policies: A directory of policies for the merchants that neither of them is for; None where it is not given.
        where: Which drafts are meant.
        by: What drafts are told apart by.
        sample: How many exemplars are kept.
        seed: What exemplars are chosen by.
        fail_if: When the run fails.
    """

    baseline: str | None
    candidate: str | None
    policies: str | None
    where: Sequence[str]
    by: Sequence[str]
    sample: int
    seed: int
    fail_if: Sequence[str]


def conditions_of(asked: Asked) -> tuple[Condition, ...]:
    """Read when the run fails.

    Raises:
        UsageError: A condition cannot be read.
    """
    try:
        return tuple(read_condition(text) for text in asked.fail_if)
    except ConditionError as error:
        raise UsageError(f"--fail-if: {error}") from error


def task_for(asked: Asked) -> Task:
    """Load the policies, and say what is asked of the run.

    Raises:
        UsageError: No policy is given, or an argument cannot be read.
        PolicyError: Something is wrong with a policy file.
    """
    if asked.sample not in range(LARGEST_SAMPLE + 1):
        raise UsageError(f"--sample must be from 0 to {LARGEST_SAMPLE}, got {asked.sample}")
    if asked.seed not in range(1 << 64):
        raise UsageError(f"--seed must be from 0 to {(1 << 64) - 1}, got {asked.seed}")
    try:
        where = read_where(asked.where)
    except WhereError as error:
        raise UsageError(f"--where: {error}") from error
    with installed_rules() as rules:
        candidate, baseline = _sides(asked, rules)
    return task_of(
        candidate,
        baseline,
        where=where,
        seed=asked.seed,
        sample=asked.sample,
        by_merchant="merchant" in asked.by,
        plugins=bool(rules),
    )


def _sides(asked: Asked, rules: tuple[Rule[Any], ...]) -> tuple[Policies, Policies | None]:
    """Give the candidate and the baseline; of one policy alone, the codes that are recorded are the baseline."""
    if asked.policies is None:
        given = [path for path in (asked.candidate, asked.baseline) if path is not None]
        if not given:
            raise UsageError("no policy is given: expected --candidate, and --baseline to compare it with")
        sides = [_side(path, rules) for path in given]
        return sides[0], sides[1] if len(sides) > 1 else None
    shared = Policies.of_set(PolicySet.load(asked.policies, rules=rules))
    if asked.candidate is None and asked.baseline is None:
        return shared, None
    return _standing_in(asked.candidate, shared, rules), _standing_in(asked.baseline, shared, rules)


def _standing_in(path: str | None, shared: Policies, rules: tuple[Rule[Any], ...]) -> Policies:
    if path is None:
        return shared
    return _side(path, rules) if is_directory(path) else shared.with_policy(load_named_policy(path, rules))


def _side(path: str, rules: tuple[Rule[Any], ...]) -> Policies:
    if is_directory(path):
        return Policies.of_set(PolicySet.load(path, rules=rules))
    policy = load_named_policy(path, rules)
    return Policies(policy.id, policy)
