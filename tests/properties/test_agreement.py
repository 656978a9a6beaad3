"""Screen, examination and oracle agree."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine import OPERATIONS, RULES, Engine
from rules_engine.engine.examine import evaluate, examine
from rules_engine.engine.screen import is_clean, is_clean_plainly
from rules_engine.models.draft import Draft
from rules_engine.policy.model import Policy
from rules_engine.subjects.context import Context
from rules_engine.testing.strategies import documents, drafts, policies
from rules_engine.violation import Verdict
from rules_engine.wire.envelope import RefusedRequest, read_draft
from tests.oracle import judge

BY_NAME = {rule.name: rule for rule in RULES}


def _named(verdict: Verdict) -> dict[str, list[tuple[str | None, str | None]]]:
    """Name what an engine said, in order: each rule with the field it names."""
    kinds = ("violations", "warnings", "shadowed", "waived", "withheld", "undecided")
    return {kind: [(said.rule, said.param) for said in getattr(verdict, kind)] for kind in kinds}


def _agrees(policy: Policy, draft: Draft[Any]) -> None:
    engine = Engine(policy)
    plan = engine._plan(draft.operation)  # noqa: SLF001  # the compiled plan is not public, and this is its proof
    joined = plan.join(draft)
    context = Context(draft.facts.now, plan.limits)
    examined = examine(plan, draft, joined, context)
    meant = judge(policy, BY_NAME, draft)
    assert _named(examined) == meant
    assert not examined.faults
    assert is_clean(plan, joined, context) == is_clean_plainly(plan, joined, context)
    if is_clean(plan, joined, context):
        assert not any(meant.values())
    elif not joined.unknown:
        assert any(
            finding.truth.value != "clear" for rule in plan.rules for finding in evaluate(rule.rule, joined, context)
        )
    assert engine.validate(draft) == examined


@settings(max_examples=250)
@pytest.mark.parametrize("operation", OPERATIONS)
@given(data=st.data())
def test_random_drafts(operation: str, data: st.DataObject) -> None:
    """On drafts of any content under any policy, screen, examination and oracle say the same."""
    _agrees(data.draw(policies(operation)), data.draw(drafts(operation)))


@settings(max_examples=250)
@pytest.mark.parametrize("operation", OPERATIONS)
@given(data=st.data())
def test_spoilt_worlds(operation: str, data: st.DataObject) -> None:
    """On spoilt worlds under any policy, screen, examination and oracle say the same."""
    draft = read_draft(data.draw(documents(operation)))
    assert not isinstance(draft, RefusedRequest)
    _agrees(data.draw(policies(operation)), draft)
