"""What one function finds is what each rule finds by itself."""

from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine import OPERATIONS, RULES
from rules_engine.codes import VALIDATION_ERROR
from rules_engine.compiled_policy import CompiledPolicy
from rules_engine.engine.evaluate import Finding, Findings
from rules_engine.engine.judge import verdict_on
from rules_engine.engine.plan import Plan
from rules_engine.models import Draft
from rules_engine.rules.row import Rule, rule
from rules_engine.testing.strategies import documents, drafts, policies
from rules_engine.views import LINE_ITEM, PRICE, SESSION, Context
from rules_engine.views.scope import Scope
from rules_engine.wire.read import read_draft
from tests.oracle import judge
from tests.profiles import scaled


def _draft(operation: str) -> st.SearchStrategy[Any]:
    return drafts(operation) | documents(operation).map(read_draft)


def _same(one: Findings, other: Findings) -> bool:
    """Tell whether findings are the same, of the very same items."""

    def parts(findings: list[Finding]) -> list[tuple[int, Any, str]]:
        return [(id(finding.item), finding.truth, finding.error) for finding in findings]

    return {place: parts(said) for place, said in one.items()} == {place: parts(said) for place, said in other.items()}


def _agrees(plan: Plan, draft: Draft[Any]) -> None:
    views, context = OPERATIONS[plan.operation].views(draft), Context(draft.facts.now, plan.limits)
    assert _same(plan.find(views, context), plan.find.one_by_one(views, context))


@settings(max_examples=scaled(40))
@pytest.mark.parametrize("operation", OPERATIONS)
@given(data=st.data())
def test_one_by_one(operation: str, data: st.DataObject) -> None:
    """Under any policy, the function that is written finds what the rules find one by one, known facts or not."""
    plan = CompiledPolicy(data.draw(policies(operation))).plan_of(operation)
    for _ in range(3):
        _agrees(plan, data.draw(_draft(operation)))


def _own(scope: Scope[Any], name: str, says: list[str], needs: tuple[Rule[Any], ...]) -> Rule[Any]:
    """Make a rule of a host's that says of the items of a scope what it is told to, by their index."""

    def said(item: Any) -> str:
        return says[getattr(item, "index", 0) % len(says)]

    def violated(item: Any, _: Context) -> bool:
        """Says what it is told to."""
        if said(item) == "raises":
            raise ValueError(item)
        return said(item) == "violated"

    declare = rule(VALIDATION_ERROR, on=scope, needs=needs, undecided_when=lambda item, _: said(item) == "undecided")
    return attrs.evolve(declare(violated), name=name)


@st.composite
def _own_rules(draw: st.DrawFn) -> list[Rule[Any]]:
    made: list[Rule[Any]] = []
    for number in range(draw(st.integers(1, 4))):
        scope: Scope[Any] = draw(st.sampled_from((LINE_ITEM, PRICE, SESSION)))
        says = draw(
            st.lists(st.sampled_from(("clear", "clear", "violated", "undecided", "raises")), min_size=1, max_size=3)
        )
        needs = draw(st.lists(st.sampled_from((*RULES, *made)), unique=True, max_size=4))
        made.append(_own(scope, f"own_{number}", says, tuple(needs)))
    return made


@settings(max_examples=scaled(150))
@pytest.mark.parametrize("operation", ["session.create", "session.update"])
@given(data=st.data())
def test_rules_of_a_host(operation: str, data: st.DataObject) -> None:
    """So it does with rules of a host's that are undecided at will, need what they like and raise; so the verdict."""
    own = data.draw(_own_rules())
    compiled = CompiledPolicy(data.draw(policies(operation)), rules=own)
    plan, draft = compiled.plan_of(operation), data.draw(_draft(operation))
    _agrees(plan, draft)
    verdict = compiled.judge(draft)
    if verdict.faults:
        views, context = OPERATIONS[plan.operation].views(draft), Context(draft.facts.now, plan.limits)
        one_by_one = plan.find.one_by_one(views, context)
        assert repr(verdict) == repr(verdict_on(plan, draft, views, context, one_by_one))
    else:
        meant = judge(compiled.policy, {rule.name: rule for rule in (*RULES, *own)}, draft)
        assert repr(verdict) == repr(meant)
