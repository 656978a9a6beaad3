"""What follows from two policies alone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine import OPERATIONS, RULES, Policy, default_policy
from rules_engine.analysis.applied import AppliedPolicy
from rules_engine.analysis.proof import are_exclusive, contained, refuses_all
from rules_engine.engine.evaluate import Truth, evaluate
from rules_engine.policy.model import MetadataMatch, Waiver, WaiverMatch
from rules_engine.testing.strategies import drafts
from rules_engine.views.context import Context
from tests.profiles import scaled

DEFAULT = default_policy()
BY_NAME = {rule.name: rule for rule in RULES}
NEED, BUILDS_ON_IT = "coupon_currency_mismatch", "coupon_minimum_amount"
SAYING = [BY_NAME[BUILDS_ON_IT]]
EARLY = datetime(2026, 11, 22, tzinfo=UTC)
LATE = EARLY + timedelta(days=1)


def _side(policy: Policy) -> AppliedPolicy:
    return AppliedPolicy(policy, "session.create", BY_NAME)


def _from(**starts: datetime) -> AppliedPolicy:
    return _side(evolve(DEFAULT, enforce_from=starts))


def _waiver(expires: datetime = LATE, **match: Any) -> Waiver:
    return Waiver("known", NEED, WaiverMatch(**match), expires, "Known.")


def test_a_need_that_is_enforced_later() -> None:
    """Before a need is enforced, it skips nothing there, which matters once what builds on it is enforced."""
    assert BY_NAME[NEED] in BY_NAME[BUILDS_ON_IT].needs
    assert not refuses_all(_side(DEFAULT), _from(**{NEED: EARLY}), SAYING)
    assert refuses_all(_from(**{NEED: EARLY}), _side(DEFAULT), SAYING)
    assert refuses_all(_side(DEFAULT), _from(**{NEED: EARLY, BUILDS_ON_IT: EARLY}), SAYING)
    assert not refuses_all(_side(DEFAULT), _from(**{NEED: LATE, BUILDS_ON_IT: EARLY}), SAYING)
    assert not refuses_all(_from(**{BUILDS_ON_IT: LATE}), _from(**{BUILDS_ON_IT: EARLY}), SAYING)


def test_a_need_that_is_waived() -> None:
    """A need that is waived there skips nothing there."""
    waived = _side(evolve(DEFAULT, waivers=(_waiver(merchant="mer_1"),)))
    assert not refuses_all(_side(DEFAULT), waived, SAYING)
    assert refuses_all(waived, _side(DEFAULT), SAYING)


CHANNEL = MetadataMatch("channel")
BAZAAR = MetadataMatch("channel", "bazaar")


@pytest.mark.parametrize(
    ("narrow", "wide", "expected"),
    [
        (_waiver(merchant="a"), _waiver(merchant="a"), True),
        (_waiver(merchant="a"), _waiver(merchant="b"), False),
        (_waiver(merchant="a"), _waiver(operation="session.create"), True),
        (_waiver(operation="session.create"), _waiver(merchant="a"), False),
        (_waiver(EARLY, merchant="a"), _waiver(merchant="a"), True),
        (_waiver(merchant="a"), _waiver(EARLY, merchant="a"), False),
        (_waiver(metadata=BAZAAR), _waiver(metadata=CHANNEL), True),
        (_waiver(metadata=CHANNEL), _waiver(metadata=BAZAAR), False),
        (_waiver(metadata=BAZAAR), _waiver(metadata=MetadataMatch("branch")), False),
        (_waiver(merchant="a"), _waiver(merchant="a", metadata=CHANNEL), False),
        (_waiver(merchant="a", metadata=CHANNEL), _waiver(metadata=CHANNEL), True),
    ],
)
def test_containment(narrow: Waiver, wide: Waiver, *, expected: bool) -> None:
    """One waiver is contained in another that asks for no more, and lasts as long."""
    assert contained([narrow], [wide]) is expected
    assert contained([], [wide])
    assert not contained([narrow], [])


@pytest.mark.parametrize("operation", OPERATIONS)
@settings(max_examples=scaled(10))
@given(data=st.data())
def test_exclusive_faults(operation: str, data: st.DataObject) -> None:
    """Where a need is violated that excludes a rule, the rule is not violated on the same item."""
    draft = data.draw(drafts(operation))
    views = OPERATIONS[operation].build_views(draft)
    context = Context(draft.facts.now, DEFAULT.limit_values)
    for rule in RULES:
        for need in rule.needs:
            if rule.scope in OPERATIONS[operation].scopes and are_exclusive(need, rule):
                truths = zip(evaluate(need, views, context), evaluate(rule, views, context), strict=True)
                assert all(Truth.VIOLATED is not one.truth or two.truth is not Truth.VIOLATED for one, two in truths)
