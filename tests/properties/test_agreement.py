"""One function finds what each rule finds by itself, and the verdict is what the oracle makes of it."""

from datetime import timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine import OPERATIONS, RULES, Engine, Waiver, WaiverMatch, default_policy
from rules_engine.codes import VALIDATION_ERROR
from rules_engine.compiled_policy import CompiledPolicy
from rules_engine.engine.evaluate import Findings
from rules_engine.engine.judge import verdict_on
from rules_engine.models import Draft
from rules_engine.policy.model import why_not_waivable
from rules_engine.rules.row import Rule, rule
from rules_engine.testing.strategies import policies
from rules_engine.views import Context, LineItemView, PriceView, SessionView
from tests.oracle import judge
from tests.profiles import scaled
from tests.properties.tried import any_draft, on_every_operation

BY_NAME = {rule.name: rule for rule in RULES}


def _parts(found: Findings) -> dict[int, list[tuple[int, Any, str]]]:
    """Return findings so that two are equal where they are the same, of the very same items."""
    return {
        place: [(id(finding.item), finding.truth, finding.error) for finding in findings]
        for place, findings in found.items()
    }


def _agrees(compiled: CompiledPolicy, draft: Draft[Any], own: list[Rule[Any]] | None = None) -> None:
    plan, views = compiled.plan_of(draft.operation), OPERATIONS[draft.operation].views(draft)
    context = Context(draft.facts.now, plan.limits)
    one_by_one = plan.find.one_by_one(views, context)
    assert _parts(plan.find(views, context)) == _parts(one_by_one)
    verdict = compiled.judge(draft)
    assert not (verdict.accepted and verdict.skipped)
    if verdict.faults:
        meant = verdict_on(plan, draft, views, context, one_by_one)
    else:
        meant = judge(compiled.policy, {**BY_NAME, **{rule.name: rule for rule in own or ()}}, draft)
        assert verdict == meant
    assert repr(verdict) == repr(meant)


@on_every_operation(80)
def test_any_draft(operation: str, data: st.DataObject) -> None:
    """On drafts of any content, and on broken examples, under any policy."""
    _agrees(CompiledPolicy(data.draw(policies(operation))), data.draw(any_draft(operation)))


def _own(view: type[Any], name: str, truths: list[str], needs: tuple[Rule[Any], ...]) -> Rule[Any]:
    """Make a rule of an application whose findings on the items of a view are given, by their index."""

    def found(item: Any) -> str:
        return truths[getattr(item, "index", 0) % len(truths)]

    def violated(item: Any, _: Context) -> bool:
        """Finds what is given."""
        if found(item) == "raises":
            raise ValueError(item)
        return found(item) == "violated"

    declare = rule(VALIDATION_ERROR, on=view, needs=needs, undecided_when=lambda item, _: found(item) == "undecided")
    return attrs.evolve(declare(violated), name=name)


@st.composite
def _own_rules(draw: st.DrawFn) -> list[Rule[Any]]:
    made: list[Rule[Any]] = []
    for number in range(draw(st.integers(1, 4))):
        view: type[Any] = draw(st.sampled_from((LineItemView, PriceView, SessionView)))
        truths = draw(
            st.lists(st.sampled_from(("clear", "clear", "violated", "undecided", "raises")), min_size=1, max_size=3)
        )
        needs = draw(st.lists(st.sampled_from((*RULES, *made)), unique=True, max_size=4))
        made.append(_own(view, f"own_{number}", truths, tuple(needs)))
    return made


@settings(max_examples=scaled(150))
@pytest.mark.parametrize("operation", ["session.create", "session.update"])
@given(data=st.data())
def test_rules_of_an_application(operation: str, data: st.DataObject) -> None:
    """With rules of an application that are undecided at will, need what they like and raise."""
    own = data.draw(_own_rules())
    _agrees(CompiledPolicy(data.draw(policies(operation)), rules=own), data.draw(any_draft(operation)), own)


@on_every_operation(15)
def test_exempting_what_is_found(operation: str, data: st.DataObject) -> None:
    """Waived or delayed step by step, what refuses a draft uncovers what it skipped."""
    draft = data.draw(any_draft(operation))
    later = draft.facts.now + timedelta(microseconds=1)
    matches = (WaiverMatch(operation=operation), WaiverMatch(operation=operation), WaiverMatch(merchant="mer_1"))
    policy = default_policy()
    for step in range(4):
        found = dict.fromkeys(
            BY_NAME[str(violation.rule)]
            for violation in Engine(policy).validate(draft).violations
            if why_not_waivable(violation.code) is None
        )
        for chosen in data.draw(st.lists(st.sampled_from(list(found)), unique=True)) if found else ():
            match = data.draw(st.sampled_from((None, *matches)))
            if match is None:
                policy = attrs.evolve(policy, enforce_from={**policy.enforce_from, chosen.name: later})
            else:
                waiver = Waiver(f"{step} {chosen.name}", chosen.code.name, match, later, "Found.")
                policy = attrs.evolve(policy, waivers=(*policy.waivers, waiver))
        _agrees(CompiledPolicy(policy), draft)
