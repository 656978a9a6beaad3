"""Engine and oracle agree."""

from datetime import timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine import OPERATIONS, RULES, Engine, Waiver, WaiverMatch, default_policy
from rules_engine.compiled_policy import CompiledPolicy
from rules_engine.models import Draft
from rules_engine.policy.model import Policy, why_not_waivable
from rules_engine.testing.strategies import documents, drafts, policies
from rules_engine.wire.read import read_draft
from tests.oracle import judge
from tests.profiles import scaled

BY_NAME = {rule.name: rule for rule in RULES}


def _agrees(policy: Policy, draft: Draft[Any]) -> None:
    verdict, meant = CompiledPolicy(policy).judge(draft), judge(policy, BY_NAME, draft)
    assert verdict == meant
    assert repr(verdict) == repr(meant)
    assert not (verdict.accepted and verdict.skipped)


@settings(max_examples=scaled(40))
@pytest.mark.parametrize("operation", OPERATIONS)
@given(data=st.data())
def test_random_drafts(operation: str, data: st.DataObject) -> None:
    """On drafts of any content under any policy, engine and oracle say the same."""
    _agrees(data.draw(policies(operation)), data.draw(drafts(operation)))


@settings(max_examples=scaled(40))
@pytest.mark.parametrize("operation", OPERATIONS)
@given(data=st.data())
def test_broken_worlds(operation: str, data: st.DataObject) -> None:
    """On broken examples under any policy, engine and oracle say the same."""
    draft = read_draft(data.draw(documents(operation)))
    assert not draft.faults
    _agrees(data.draw(policies(operation)), draft)


@settings(max_examples=scaled(15))
@pytest.mark.parametrize("operation", OPERATIONS)
@given(data=st.data())
def test_granting_what_is_found(operation: str, data: st.DataObject) -> None:
    """Waived or delayed step by step, what refuses a draft uncovers what it skipped, as the oracle says."""
    draft: Any = data.draw(drafts(operation) | documents(operation).map(read_draft))
    later = draft.facts.now + timedelta(microseconds=1)
    matches = (WaiverMatch(operation=operation), WaiverMatch(operation=operation), WaiverMatch(merchant="mer_1"))
    policy = default_policy()
    for step in range(4):
        found = dict.fromkeys(
            BY_NAME[str(violation.rule)]
            for violation in Engine(policy).validate(draft).violations
            if why_not_waivable(violation.code) is None
        )
        for rule in data.draw(st.lists(st.sampled_from(list(found)), unique=True)) if found else ():
            match = data.draw(st.sampled_from((None, *matches)))
            if match is None:
                policy = attrs.evolve(policy, enforce_from={**policy.enforce_from, rule.name: later})
            else:
                waiver = Waiver(f"{step} {rule.name}", rule.code.name, match, later, "Found.")
                policy = attrs.evolve(policy, waivers=(*policy.waivers, waiver))
        _agrees(policy, draft)
