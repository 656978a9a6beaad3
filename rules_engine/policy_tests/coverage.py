"""What a suite covers of its policy, in whole numbers."""

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

from rules_engine.engine.evaluate import Truth
from rules_engine.policy.model import Policy
from rules_engine.policy_tests.judgement import Effect, Judged
from rules_engine.policy_tests.mutants import Mutant
from rules_engine.rules.declaration import Rule
from rules_engine.rules.limits import LIMITS
from rules_engine.violation import Mode


@frozen(eq=False)
class RuleCoverage:
    """One rule in one operation.

    Attributes:
        rule: The name of the rule.
        spoken: Whether it finds something in some draft.
        clear: Whether it is clear of an item in some draft.
    """

    rule: str
    spoken: bool
    clear: bool

    @property
    def covered(self) -> bool:
        """Whether both sides of the rule are tested."""
        return self.spoken and self.clear


@frozen(eq=False)
class LimitCoverage:
    """One limit.

    Attributes:
        limit: The name of the limit.
        covered: Whether some verdict changes when it is nudged, whichever way.
        unnoticed: The nudges that change no verdict, in words.
    """

    limit: str
    covered: bool
    unnoticed: tuple[str, ...]


def rule_coverage(policy: Policy, judged: Iterable[Judged]) -> dict[str, tuple[RuleCoverage, ...]]:
    """Tell what tests cover of the rules of a policy that are not off: by operation, in the order of the pipelines."""
    tests = tuple(judged)
    return {
        operation: tuple(
            _covered(name, [test for test in tests if test.operation == operation])
            for name in pipeline
            if policy.modes.get(name) is not Mode.OFF
        )
        for operation, pipeline in policy.pipelines.items()
    }


def _covered(rule: str, tests: Iterable[Judged]) -> RuleCoverage:
    return RuleCoverage(
        rule,
        any(rule in test.spoken for test in tests),
        any(Truth.CLEAR in test.truths.get(rule, ()) for test in tests),
    )


def limit_coverage(
    policy: Policy, effects: Mapping[Mutant, Effect], rules: Mapping[str, Rule[Any]]
) -> tuple[LimitCoverage, ...]:
    """Tell what tests cover of the limits that a policy reads, in the order of the manual.

    Args:
        policy: The policy.
        effects: What the tests notice of the mutants of its limits.
        rules: Every rule that the policy may name, by name.
    """
    names = {name for pipeline in policy.pipelines.values() for name in pipeline}
    read = {limit for name in names if policy.modes.get(name) is not Mode.OFF for limit in rules[name].limits}
    found = []
    for limit in LIMITS:
        if limit in read:
            nudged = [(mutant, effect) for mutant, effect in effects.items() if mutant.limit is limit]
            unnoticed = tuple(mutant.what for mutant, effect in nudged if not effect.changed and not mutant.equivalent)
            found.append(LimitCoverage(limit.name, not unnoticed, unnoticed))
    return tuple(found)
