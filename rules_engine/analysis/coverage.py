"""Run the tests of policies: what is not as expected, what they cover, and which mutants they do not notice."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, Literal

from attrs import Factory, asdict, frozen

from rules_engine.analysis.applied import AppliedPolicy, PreparedDraft
from rules_engine.analysis.mutants import Mutant, mutants, readers
from rules_engine.analysis.suites import Mismatch, PolicyTest, Suite, VerdictPart, mismatches, parts_of
from rules_engine.engine.evaluate import Truth
from rules_engine.operations import OPERATIONS
from rules_engine.policy.builtin import default_policy
from rules_engine.policy.model import Policy, WrittenAt
from rules_engine.rules import RULES
from rules_engine.rules.limits import LIMITS
from rules_engine.rules.row import Rule
from rules_engine.violation import Mode, Verdict

_Applied = Callable[[str], AppliedPolicy]
"""A policy on the operation that is asked for."""


Mutation = Literal["none", "stated", "all"]
"""Which mutants are tried: none, those of what the file of the policy states itself, or all, inherited ones too."""


@frozen(eq=False)
class JudgedTest:
    """A test, and what came of it.

    Attributes:
        test: The test.
        parts: The verdict, as tests state it.
        mismatches: What is not as expected.
        firing: The names of the rules that found something.
        truths: The truth of each rule that the operation knows on each of its items, whatever its mode; nothing where
            the request does not parse.
        prepared: The draft with its views; None where the request does not parse.
    """

    test: PolicyTest
    parts: Mapping[str, VerdictPart]
    mismatches: tuple[Mismatch, ...]
    firing: frozenset[str] = frozenset()
    truths: Mapping[str, tuple[Truth, ...]] = Factory(dict)
    prepared: PreparedDraft | None = None

    @property
    def passed(self) -> bool:
        """Whether everything is as expected."""
        return not self.mismatches

    @property
    def operation(self) -> str:
        """The operation of the draft."""
        return self.test.draft.operation

    def is_clear(self, rule: str) -> bool:
        """Return whether a rule is clear of every item."""
        return all(truth is Truth.CLEAR for truth in self.truths.get(rule, ()))


@frozen(eq=False)
class MutantEffect:
    """What a suite notices of a mutant.

    Attributes:
        changed: Whether any verdict is another.
        killers: The names of the tests that fail, of those that passed.
    """

    changed: bool
    killers: tuple[str, ...]


@frozen(eq=False)
class RuleCoverage:
    """One rule in one operation.

    Attributes:
        rule: The name of the rule.
        violated: Whether it finds something in some draft.
        clear: Whether it is clear of an item in some draft.
    """

    rule: str
    violated: bool
    clear: bool

    @property
    def covered(self) -> bool:
        """Whether both sides of the rule are tested."""
        return self.violated and self.clear


@frozen(eq=False)
class LimitCoverage:
    """One limit.

    Attributes:
        limit: The name of the limit.
        unnoticed: The least steps away from its value that change no verdict, in words.
    """

    limit: str
    unnoticed: tuple[str, ...]

    @property
    def covered(self) -> bool:
        """Whether some verdict changes by the least step, whichever way."""
        return not self.unnoticed


@frozen(eq=False)
class SuiteReport:
    """What came of the tests of one policy.

    Attributes:
        suite: The tests.
        results: What came of each of them, in the order of the file.
        rules: What they cover of the rules that are not off, by operation, in the order of the pipelines.
        limits: What they cover of the limits that the policy reads, in the order of the manual.
        mutants: The mutants that were tried, and what the tests notice of each, in the order of a policy file.
    """

    suite: Suite
    results: tuple[JudgedTest, ...]
    rules: dict[str, tuple[RuleCoverage, ...]]
    limits: tuple[LimitCoverage, ...]
    mutants: tuple[tuple[Mutant, MutantEffect], ...]

    @property
    def failed(self) -> tuple[JudgedTest, ...]:
        """The tests that did not come out as expected."""
        return tuple(result for result in self.results if not result.passed)

    @property
    def passed(self) -> tuple[int, int]:
        """How many tests came out as expected, of how many."""
        return len(self.results) - len(self.failed), len(self.results)

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
        """How many mutants are killed, of how many that a draft may distinguish from the policy."""
        return sum(bool(effect.killers) for _, effect in self.mutants), len(self.mutants) - len(self.equivalent)

    @property
    def survivors(self) -> tuple[Mutant, ...]:
        """The mutants that no test notices, and some test could."""
        return tuple(mutant for mutant, effect in self.mutants if not effect.killers and not mutant.equivalent)

    @property
    def equivalent(self) -> tuple[Mutant, ...]:
        """The mutants that no draft can distinguish from the policy."""
        return tuple(mutant for mutant, effect in self.mutants if not effect.killers and mutant.equivalent)


def run_suites(
    suites: Iterable[Suite], *, mutation: Mutation = "none", rules: Iterable[Rule[Any]] = ()
) -> tuple[SuiteReport, ...]:
    """Run the tests of policies. Nothing but what is given decides what comes out, and in which order.

    Args:
        suites: The tests.
        mutation: Which mutants are tried; those of limits are in any case, to see which limits are covered.
        rules: Rules of the application's own that the policies name.

    Returns:
        What came of each suite, in their order.
    """
    by_name = {rule.name: rule for rule in (*RULES, *rules)}
    return tuple(_Run(suite, by_name).report(mutation) for suite in suites)


class _Run:
    """The drafts of a suite, judged under its policy once, and again under each mutant that may matter to them."""

    def __init__(self, suite: Suite, rules: Mapping[str, Rule[Any]]) -> None:
        self._suite = suite
        self._rules = rules
        applied = self._applied(suite.policy)
        self._results = tuple(self._result(test, applied) for test in suite.tests)

    def _applied(self, policy: Policy) -> _Applied:
        return cache(lambda operation: AppliedPolicy(policy, operation, self._rules))

    def report(self, mutation: Mutation) -> SuiteReport:
        policy = self._suite.policy
        effects = {
            mutant: self._effect(mutant)
            for mutant in mutants(policy, self._rules)
            if mutant.kind == "limit" or self._is_wanted(mutant, mutation)
        }
        rules = {
            operation: tuple(
                self._rule_coverage(name, operation) for name in names if policy.mode(name) is not Mode.OFF
            )
            for operation, names in policy.pipelines.items()
        }
        unnoticed: dict[str, list[str]] = {limit.name: [] for limit in LIMITS if readers(policy, limit, self._rules)}
        for mutant, effect in effects.items():
            if mutant.limit is not None and not effect.changed and not mutant.equivalent:
                unnoticed[mutant.limit.name].append(mutant.what)
        limits = tuple(LimitCoverage(name, tuple(words)) for name, words in unnoticed.items())
        tried = tuple((mutant, effect) for mutant, effect in effects.items() if self._is_wanted(mutant, mutation))
        return SuiteReport(self._suite, self._results, rules, limits, tried)

    def _is_wanted(self, mutant: Mutant, mutation: Mutation) -> bool:
        if mutation == "stated":
            return mutant.origin is not None and mutant.origin.source == self._suite.policy.source
        return mutation == "all"

    def _rule_coverage(self, rule: str, operation: str) -> RuleCoverage:
        results = [result for result in self._results if result.operation == operation]
        violated = any(rule in result.firing for result in results)
        return RuleCoverage(rule, violated, any(Truth.CLEAR in result.truths.get(rule, ()) for result in results))

    def _result(self, test: PolicyTest, applied: _Applied) -> JudgedTest:
        draft, policy = test.draft, self._suite.policy
        if draft.faults:
            parts = parts_of(Verdict(draft.operation, policy.id, draft.faults))
            return JudgedTest(test, parts, tuple(mismatches(test.expected, parts)))
        prepared = PreparedDraft({}, draft, OPERATIONS[draft.operation].build_views(draft))
        judge = applied(draft.operation)
        verdict = judge.verdict(prepared)
        parts = parts_of(verdict)
        found = (*verdict.violations, *verdict.warnings, *verdict.shadowed, *verdict.waived)
        names = (*policy.pipelines[draft.operation], *default_policy().pipelines[draft.operation])
        return JudgedTest(
            test,
            parts,
            tuple(mismatches(test.expected, parts)),
            frozenset(violation.rule for violation in found if violation.rule is not None),
            {name: judge.truths(self._rules[name], prepared) for name in dict.fromkeys(names)},
            prepared,
        )

    def _effect(self, mutant: Mutant) -> MutantEffect:
        """Return what the suite notices of a mutant."""
        applied = self._applied(mutant.change())
        found = [
            (result, parts_of(applied(result.operation).verdict(result.prepared)))
            for result in self._results
            if result.prepared is not None and self._touches(mutant, applied, result, result.prepared)
        ]
        noticed = ((result, mismatches(result.test.expected, parts)) for result, parts in found if result.passed)
        killers = tuple(result.test.name for result, different in noticed if any(different))
        return MutantEffect(any(parts != result.parts for result, parts in found), killers)

    def _touches(self, mutant: Mutant, applied: _Applied, result: JudgedTest, draft: PreparedDraft) -> bool:
        """Return whether a verdict may be another under a mutant: a rule that is clear everywhere never matters."""
        if mutant.operation not in (None, result.operation):
            return False
        if mutant.limit is None:
            return not all(map(result.is_clear, mutant.rules))
        judge, pipeline = applied(result.operation), self._suite.policy.pipelines[result.operation]
        return any(
            judge.truths(self._rules[name], draft) != result.truths[name] for name in mutant.rules if name in pipeline
        )


def report_document(reports: Iterable[SuiteReport]) -> dict[str, Any]:
    """Return reports as plain values for JSON: texts, booleans, whole numbers, lists and dictionaries."""
    suites = tuple(reports)
    return {
        "passed": not any(suite.failed for suite in suites),
        "survivors": sum(len(suite.survivors) for suite in suites),
        "suites": [_suite_document(suite) for suite in suites],
    }


def _suite_document(report: SuiteReport) -> dict[str, Any]:
    policy = report.suite.policy
    failed = [
        {"name": it.test.name, **_place(it.test.origin), "differences": list(map(asdict, it.mismatches))}
        for it in report.failed
    ]
    operations = [
        {
            "operation": operation,
            **_counted("covered", (sum(rule.covered for rule in rules), len(rules))),
            "uncovered": [asdict(rule) for rule in rules if not rule.covered],
        }
        for operation, rules in report.rules.items()
    ]
    return {
        "source": report.suite.source,
        "policy": {"id": policy.id, "source": policy.source},
        "tests": _counted("passed", report.passed),
        "failed": failed,
        "rules": {**_counted("covered", report.rules_covered), "operations": operations},
        "limits": {
            **_counted("covered", report.limits_covered),
            "uncovered": [asdict(limit) for limit in report.limits if not limit.covered],
        },
        "mutants": {
            **_counted("killed", report.killed),
            "survivors": [_mutant_document(mutant) for mutant in report.survivors],
            "equivalent": [{**_mutant_document(it), "reason": it.equivalent} for it in report.equivalent],
        },
    }


def _counted(name: str, counts: tuple[int, int]) -> dict[str, int]:
    return {name: counts[0], "of": counts[1]}


def _mutant_document(mutant: Mutant) -> dict[str, Any]:
    return {"kind": mutant.kind, "what": mutant.what, **_place(mutant.origin), "killer": mutant.killer}


def _place(origin: WrittenAt | None) -> dict[str, Any]:
    return {key: getattr(origin, key, None) for key in ("source", "line", "column")}
