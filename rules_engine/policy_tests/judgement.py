"""The drafts of a suite, judged under its policy once, and again under each mutant that may matter to them."""

from collections.abc import Mapping
from typing import Any

from attrs import Factory, frozen

from rules_engine.engine.evaluate import Truth, evaluate
from rules_engine.engine.examine import examine
from rules_engine.engine.plan import Plan, plan
from rules_engine.models.draft import Draft
from rules_engine.operations import OPERATIONS
from rules_engine.policy.load import default_policy
from rules_engine.policy.model import Policy
from rules_engine.policy_tests.fixtures import Difference, Fixture, Said, Suite, differences, seen
from rules_engine.policy_tests.mutants import Mutant
from rules_engine.rules.declaration import Rule
from rules_engine.views.context import Context
from rules_engine.views.views import Views
from rules_engine.violation import Verdict
from rules_engine.wire.envelope import RefusedRequest


@frozen(eq=False)
class _Case:
    """A draft, views with its facts."""

    draft: Draft[Any]
    views: Views


@frozen(eq=False)
class Judged:
    """A test, and what came of it.

    Attributes:
        fixture: The test.
        seen: The verdict, as tests state it.
        differences: What is not as expected.
        spoken: The names of the rules that found something.
        truths: What each rule that the operation knows says of each of its items, whatever its mode; nothing where
            the request does not parse.
        case: The draft, views with its facts; None where the request does not parse.
    """

    fixture: Fixture
    seen: Mapping[str, Said]
    differences: tuple[Difference, ...]
    spoken: frozenset[str] = frozenset()
    truths: Mapping[str, tuple[Truth, ...]] = Factory(dict)
    case: _Case | None = None

    @property
    def passed(self) -> bool:
        """Whether everything is as expected."""
        return not self.differences

    @property
    def operation(self) -> str:
        """The operation of the draft."""
        return self.fixture.draft.operation

    def troubled(self, rule: str) -> bool:
        """Tell whether a rule is anything but clear."""
        return any(truth is not Truth.CLEAR for truth in self.truths.get(rule, ()))


@frozen(eq=False)
class Effect:
    """What a suite notices of a mutant.

    Attributes:
        changed: Whether any verdict is another.
        killers: The names of the tests that fail, of those that passed.
    """

    changed: bool
    killers: tuple[str, ...]


class Judge:
    """Judges the drafts of a suite. Each is views with its facts once, and its rules are asked once.

    Attributes:
        judged: The tests, in the order of the file.
    """

    def __init__(self, suite: Suite, rules: Mapping[str, Rule[Any]]) -> None:
        """Judge every draft under the policy of the suite.

        Args:
            suite: The suite.
            rules: Every rule that its policy may name, by name.
        """
        self._policy = suite.policy
        self._rules = rules
        self._plans: dict[str, Plan] = {}
        self.judged = tuple(map(self._judged, suite.fixtures))

    def effect(self, mutant: Mutant) -> Effect:
        """Tell what the suite notices of a mutant."""
        policy = mutant.change()
        plans: dict[str, Plan] = {}
        found = [
            (judged, seen(self._verdict(judged.case, policy, plans)))
            for judged in self.judged
            if judged.case is not None and self._touches(mutant, policy, judged, judged.case)
        ]
        return Effect(
            changed=any(said != judged.seen for judged, said in found),
            killers=tuple(
                judged.fixture.name
                for judged, said in found
                if judged.passed and any(differences(judged.fixture.expected, said))
            ),
        )

    def _judged(self, fixture: Fixture) -> Judged:
        draft = fixture.draft
        if isinstance(draft, RefusedRequest):
            said = seen(Verdict(draft.operation, self._policy.id, draft.violations))
            return Judged(fixture, said, tuple(differences(fixture.expected, said)))
        case = _Case(draft, OPERATIONS[draft.operation].build_views(draft))
        verdict = self._verdict(case, self._policy, self._plans)
        names = (*self._policy.pipelines[draft.operation], *default_policy().pipelines[draft.operation])
        said = seen(verdict)
        found = (*verdict.violations, *verdict.warnings, *verdict.shadowed, *verdict.waived)
        return Judged(
            fixture,
            said,
            tuple(differences(fixture.expected, said)),
            frozenset(violation.rule for violation in found if violation.rule is not None),
            {name: self._truths(name, case, self._policy) for name in dict.fromkeys(names)},
            case,
        )

    def _verdict(self, case: _Case, policy: Policy, plans: dict[str, Plan]) -> Verdict:
        row = OPERATIONS[case.draft.operation]
        if row.name not in plans:
            plans[row.name] = plan(
                policy, row.name, rules=self._rules, join=row.build_views, fault_code=row.fault_code, screened=False
            )
        prepared = plans[row.name]
        return examine(prepared, case.draft, case.views, Context(case.draft.facts.now, prepared.limits))

    def _truths(self, name: str, case: _Case, policy: Policy) -> tuple[Truth, ...]:
        """Ask a rule for what it says of each of its items, under the limits of a policy."""
        rule = self._rules[name]
        limits = {**{limit: limit.default for limit in rule.limits}, **policy.limit_values}
        return tuple(finding.truth for finding in evaluate(rule, case.views, Context(case.draft.facts.now, limits)))

    def _touches(self, mutant: Mutant, policy: Policy, judged: Judged, case: _Case) -> bool:
        """Tell whether a verdict may be another under a mutant: a rule that is clear everywhere counts for nothing."""
        if mutant.limit is not None:
            return any(
                self._truths(name, case, policy) != judged.truths[name]
                for name in self._policy.pipelines[judged.operation]
                if mutant.limit in self._rules[name].limits
            )
        if mutant.operation not in (None, judged.operation):
            return False
        if mutant.rule is not None:
            return judged.troubled(mutant.rule)
        return any(judged.troubled(name) for name in judged.truths if self._rules[name].code.name == mutant.code)
