"""Run the tests of policies."""

import enum
from collections.abc import Iterable
from typing import Any

from attrs import frozen

from rules_engine.policy.model import Policy
from rules_engine.policy_tests.coverage import LimitCoverage, RuleCoverage, limit_coverage, rule_coverage
from rules_engine.policy_tests.fixtures import Suite
from rules_engine.policy_tests.judgement import Effect, Judge, Judged
from rules_engine.policy_tests.mutants import Kind, Mutant, mutants
from rules_engine.rules import RULES
from rules_engine.rules.declaration import Rule


class Mutation(enum.Enum):
    """Which mutants are tried."""

    NONE = "none"
    """None."""
    STATED = "stated"
    """Those of what the file of the policy says itself."""
    ALL = "all"
    """Those of all that the policy says, with what it takes over."""


@frozen(eq=False)
class SuiteReport:
    """What came of the tests of one policy.

    Attributes:
        suite: The tests.
        judged: Each of them, in the order of the file.
        rules: What they cover of the rules, by operation.
        limits: What they cover of the limits.
        mutants: The mutants that were tried, and what the tests notice of each, in the order of a policy file.
    """

    suite: Suite
    judged: tuple[Judged, ...]
    rules: dict[str, tuple[RuleCoverage, ...]]
    limits: tuple[LimitCoverage, ...]
    mutants: tuple[tuple[Mutant, Effect], ...]

    @property
    def failed(self) -> tuple[Judged, ...]:
        """The tests that did not come out as expected."""
        return tuple(judged for judged in self.judged if not judged.passed)

    @property
    def rules_covered(self) -> tuple[int, int]:
        """How many rules are covered, of how many; a rule counts in each operation."""
        found = [rule.covered for rules in self.rules.values() for rule in rules]
        return sum(found), len(found)

    @property
    def limits_covered(self) -> tuple[int, int]:
        """How many limits are covered, of how many that the policy reads."""
        return sum(limit.covered for limit in self.limits), len(self.limits)

    @property
    def killed(self) -> tuple[int, int]:
        """How many mutants are killed, of how many that a draft may tell from the policy."""
        return sum(bool(effect.killers) for _, effect in self.mutants), len(self.mutants) - len(self.equivalent)

    @property
    def survivors(self) -> tuple[Mutant, ...]:
        """The mutants that no test notices, and some test could."""
        return tuple(mutant for mutant, effect in self.mutants if not effect.killers and not mutant.equivalent)

    @property
    def equivalent(self) -> tuple[Mutant, ...]:
        """The mutants that no draft can tell from the policy."""
        return tuple(mutant for mutant, effect in self.mutants if not effect.killers and mutant.equivalent)


@frozen(eq=False)
class Report:
    """What came of all tests.

    Attributes:
        suites: What came of those of each policy, in the order they were given.
    """

    suites: tuple[SuiteReport, ...]

    @property
    def passed(self) -> bool:
        """Whether every test came out as expected."""
        return not any(suite.failed for suite in self.suites)

    @property
    def survivors(self) -> int:
        """How many mutants no test notices."""
        return sum(len(suite.survivors) for suite in self.suites)


def run(suites: Iterable[Suite], *, mutation: Mutation = Mutation.NONE, rules: Iterable[Rule[Any]] = ()) -> Report:
    """Run the tests of policies. Nothing but what is given decides what comes out, and in which order.

    Args:
        suites: The tests.
        mutation: Which mutants are tried; those of limits are in any case, to tell which limits are covered.
        rules: Rules of the host's own that the policies name.
    """
    by_name = {rule.name: rule for rule in (*RULES, *rules)}
    return Report(tuple(_run(suite, mutation, by_name) for suite in suites))


def _run(suite: Suite, mutation: Mutation, rules: dict[str, Rule[Any]]) -> SuiteReport:
    judge = Judge(suite, rules)
    policy = suite.policy
    everything = tuple(mutants(policy, rules))
    effects = {
        mutant: judge.effect(mutant)
        for mutant in everything
        if mutant.kind is Kind.LIMIT or _wanted(mutant, policy, mutation)
    }
    return SuiteReport(
        suite,
        judge.judged,
        rule_coverage(policy, judge.judged),
        limit_coverage(policy, effects, rules),
        tuple((mutant, effect) for mutant, effect in effects.items() if _wanted(mutant, policy, mutation)),
    )


def _wanted(mutant: Mutant, policy: Policy, mutation: Mutation) -> bool:
    if mutation is Mutation.STATED:
        return mutant.origin is not None and mutant.origin.source == policy.source
    return mutation is Mutation.ALL
