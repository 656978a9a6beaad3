"""A join that is fused with the rules passes the drafts that the plain loop passes."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine import OPERATIONS, Engine, default_policy
from rules_engine.engine.fusion.fuse import Glance, fuse
from rules_engine.engine.plan import Plan
from rules_engine.engine.screen import is_clean_plainly
from rules_engine.models.draft import Draft
from rules_engine.testing.strategies import documents, drafts, policies
from rules_engine.views.context import Context
from rules_engine.wire.envelope import read_draft

FUSED = ("session.create", "payment_link.create", "coupon.create")
"""The operations whose joins are of the form that can be fused."""


def _fused(engine: Engine, operation: str) -> tuple[Plan, Glance]:
    plan = engine.plan_of(operation)
    glance = fuse(plan, OPERATIONS[operation].join)
    assert glance is not None
    return plan, glance


def _agrees(plan: Plan, glance: Glance, draft: Draft[Any]) -> None:
    views = plan.join(draft)
    clean = is_clean_plainly(plan, views, Context(draft.facts.now, plan.limits))
    assert glance(draft) is (plan.clean if clean else None)


PLANS = {operation: _fused(Engine(), operation) for operation in FUSED}


@settings(max_examples=150)
@pytest.mark.parametrize("operation", FUSED)
@given(data=st.data())
def test_default_policy(operation: str, data: st.DataObject) -> None:
    """On drafts of any content, and on broken examples, the fused function and the plain loop say the same."""
    draft: Any = data.draw(drafts(operation) | documents(operation).map(read_draft))
    _agrees(*PLANS[operation], draft)


@settings(max_examples=8)
@pytest.mark.parametrize("operation", FUSED)
@given(data=st.data())
def test_any_policy(operation: str, data: st.DataObject) -> None:
    """So they do under any policy."""
    plan, glance = _fused(Engine(data.draw(policies(operation))), operation)
    for _ in range(8):
        draft: Any = data.draw(drafts(operation) | documents(operation).map(read_draft))
        _agrees(plan, glance, draft)


def test_every_other_join_is_called() -> None:
    """A join of another form is not fused, and nothing is lost but time."""
    engine = Engine()
    for operation in default_policy().pipelines:
        plan = engine.plan_of(operation)
        assert (fuse(plan, OPERATIONS[operation].join) is not None) is (operation in FUSED)
