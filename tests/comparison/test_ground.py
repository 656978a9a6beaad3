"""What the proofs stand on: faults that exclude each other, and dials that turn what they say."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine import OPERATIONS, RULES, Engine, default_policy
from rules_engine.comparison.exclusive import exclusive
from rules_engine.engine.evaluate import Truth, evaluate
from rules_engine.examples.dials import DIALS, UNTURNABLE
from rules_engine.testing.strategies import drafts
from rules_engine.views.context import Context

DEFAULT = default_policy()


@pytest.mark.parametrize("operation", OPERATIONS)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_exclusive_faults(operation: str, data: st.DataObject) -> None:
    """Where a need is violated that excludes a rule, the rule is not violated on the same item."""
    draft = data.draw(drafts(operation))
    views = OPERATIONS[operation].build_views(draft)
    context = Context(draft.facts.now, DEFAULT.limit_values)
    for rule in RULES:
        for need in rule.needs:
            if rule.scope in OPERATIONS[operation].scopes and exclusive(need, rule):
                truths = zip(evaluate(need, views, context), evaluate(rule, views, context), strict=True)
                assert all(Truth.VIOLATED is not one.truth or two.truth is not Truth.VIOLATED for one, two in truths)


def test_every_limit_has_a_dial() -> None:
    """Every limit of every rule can be turned, or the reason why not is written down."""
    turned = {(dial.rule, dial.limit) for dial in DIALS}
    read = {(rule.name, limit.name) for rule in RULES for limit in rule.limits}
    assert turned <= read
    assert {rule for rule, _ in read - turned} == set(UNTURNABLE)


@pytest.mark.parametrize("dial", DIALS, ids=lambda dial: f"{dial.rule}-{dial.example}")
def test_dials_turn(dial: Any) -> None:
    """A dial sets exactly what its rule compares: as much as the limit is fine, and one more or less is not."""
    rule = next(rule for rule in RULES if rule.name == dial.rule)
    limit = next(limit for limit in rule.limits if limit.name == dial.limit)
    if limit.members:
        member = min(limit.members)
        for members, expected in ((limit.members, False), (limit.members - {member}, True)):
            said = Engine(DEFAULT.with_limits(**{limit.name: members})).validate(dial.document(member))
            assert (rule.name in [found.rule for found in said.violations]) is expected
        return
    assert dial.least - 1 <= limit.minimum
    assert dial.most >= limit.maximum
    value = max(dial.least + 1, limit.minimum or 0, 3)
    policy = DEFAULT.with_limits(**{limit.name: value})
    refused = [
        rule.name in [found.rule for found in Engine(policy).validate(dial.document(number)).violations]
        for number in (value - 1, value, value + 1)
    ]
    assert refused in ([False, False, True], [True, False, False])
