"""A policy: which rules apply, in what order, how hard, and with which limits. It is never a program."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import evolve, field, frozen

from rules_engine.exceptions import PolicyError
from rules_engine.nearest import did_you_mean
from rules_engine.rules.limits import LIMITS
from rules_engine.subjects.context import Limit
from rules_engine.violation import Mode

LimitValue = int | frozenset[str]

_MODES = tuple(Mode)
LIMITS_BY_NAME: Mapping[str, Limit[Any]] = {limit.name: limit for limit in LIMITS}


def _with_frozen_sets(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: frozenset(value) if _is_set(value) else value for name, value in values.items()}


def _is_set(value: object) -> bool:
    members = value if isinstance(value, list | tuple | set | frozenset) else [None]
    return all(isinstance(member, str) for member in members)


@frozen(eq=False)
class Policy:
    """A policy.

    Attributes:
        id: Its name.
        pipelines: Operation to the names of its rules; the order is the order of the report, and of nothing else.
        modes: Rule name to mode; a rule that is not named is enforced.
        limits: Limit name to value; a limit that is not named has its default.
        source: The file it was read from; None where it was made in Python.

    Raises:
        PolicyError: A rule stands twice in a pipeline, a mode is none, or a limit is unknown or out of its bounds.
            Whether the rules and operations exist, the engine tells: it knows the host's own rules.
    """

    id: str
    pipelines: Mapping[str, tuple[str, ...]]
    modes: Mapping[str, Mode] = field(factory=dict)
    limits: Mapping[str, LimitValue] = field(factory=dict, converter=_with_frozen_sets)
    source: str | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse what is wrong with the policy by itself."""
        problems = [
            f"{self.id}: {name} stands twice in the pipeline of {operation}"
            for operation, pipeline in self.pipelines.items()
            for name, times in Counter(pipeline).items()
            if times > 1
        ]
        problems += [
            f"{self.id}: the mode of {name} must be a Mode" for name, mode in self.modes.items() if mode not in _MODES
        ]
        problems += [
            f"{self.id}: {problem}" for name, value in self.limits.items() for problem in limit_problems(name, value)
        ]
        if problems:
            raise PolicyError(problems)

    @property
    def limit_values(self) -> Mapping[Limit[Any], Any]:
        """The value of every limit of ours, with the defaults filled in."""
        return {limit: self.limits.get(limit.name, limit.default) for limit in LIMITS}

    def with_modes(self, mode: Mode, *rules: str) -> "Policy":
        """Copy the policy with some rules in another mode.

        Raises:
            PolicyError: The mode is none.
        """
        return evolve(self, modes={**self.modes, **dict.fromkeys(rules, mode)})

    def with_limits(self, **limits: LimitValue) -> "Policy":
        """Copy the policy with other values of some limits.

        Raises:
            PolicyError: There is no such limit, or the value is out of its bounds.
        """
        return evolve(self, limits={**self.limits, **limits})

    def with_pipeline(self, operation: str, rules: Iterable[str]) -> "Policy":
        """Copy the policy with another pipeline for an operation.

        Raises:
            PolicyError: A rule stands twice.
        """
        return evolve(self, pipelines={**self.pipelines, operation: tuple(rules)})


def limit_problems(name: str, value: object) -> list[str]:
    """Tell what is wrong with a limit and its value; nothing, if nothing is."""
    limit = LIMITS_BY_NAME.get(name)
    if limit is None:
        return [f"unknown limit {name}{did_you_mean(name, LIMITS_BY_NAME)}"]
    if limit.members:
        return _member_problems(limit, value)
    if not isinstance(value, int) or isinstance(value, bool):
        return [f"{name} must be an integer, in {limit.unit}"]
    if (limit.minimum is not None and value < limit.minimum) or (limit.maximum is not None and value > limit.maximum):
        return [f"{name} must lie between {limit.minimum} and {limit.maximum} {limit.unit}"]
    return []


def _member_problems(limit: Limit[Any], value: object) -> list[str]:
    if not isinstance(value, list | frozenset) or not _is_set(value):
        return [f"{limit.name} must be a list of {limit.unit}"]
    return [
        f"{limit.name}: unknown member {member}{did_you_mean(member, limit.members)}"
        for member in sorted(set(value) - limit.members)
    ]
