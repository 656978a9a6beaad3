"""Facts that are not provided are never taken for false."""

from typing import Any

import pytest
from hypothesis import assume
from hypothesis import strategies as st

from rules_engine import (
    Engine,
    Mode,
    Verdict,
    default_policy,
    required_facts,
    validate,
    write_draft,
)
from rules_engine.examples import changed, examples
from rules_engine.models import Draft, Facts
from rules_engine.testing.strategies import policies
from tests.properties.application import looked_up, without
from tests.properties.tried import any_draft, on_every_operation


def _counts_what_is_not_there(facts: Facts) -> bool:
    """Return whether facts contradict each other: a use was counted of what does not exist."""
    usage, missing = facts.usage, facts.missing
    gone = {name for name, coupon in facts.coupons.items() if coupon.deleted}
    used = {name for name, use in usage.coupons.items() if use.promotion_codes or use.sessions}
    return (
        any(usage.prices.get(name) for name in missing.prices)
        or any(usage.configurations.get(name) for name in missing.configurations)
        or not used.isdisjoint({*missing.coupons, *gone})
    )


def _reported(verdict: Verdict) -> set[tuple[str | None, str]]:
    return {(violation.rule, violation.pointer) for violation in verdict.violations}


def _stays_cautious(engine: Engine, draft: Draft[Any]) -> None:
    """Take each fact away: that adds no violation, and never turns what was not accepted into accepted."""
    before = engine.validate(draft)
    document = write_draft(draft)
    for name, fewer in without(document["facts"]):
        after = engine.validate({**document, "facts": fewer})
        assert _reported(after) <= _reported(before), name
        assert before.accepted or not after.accepted, name
        assert bool(after.undecided) == bool(after.required_facts), name


@on_every_operation(25)
def test_removing_a_fact_adds_no_violation(operation: str, data: st.DataObject) -> None:
    """Whatever is not known is never taken for false."""
    _stays_cautious(Engine(), data.draw(any_draft(operation)))


@on_every_operation(25)
def test_removing_a_fact_under_any_policy(operation: str, data: st.DataObject) -> None:
    """The same holds under a policy with modes, delays and waivers, which may wait for a fact that no rule reads.

    Not of facts that contradict each other: what does not exist is in no use, and where that is not known the
    count decides.
    """
    draft = data.draw(any_draft(operation))
    assume(not _counts_what_is_not_there(draft.facts))
    _stays_cautious(Engine(data.draw(policies(operation))), draft)


@on_every_operation(25)
def test_three_rounds_of_looking_up(operation: str, data: st.DataObject) -> None:
    """An application that starts with nothing but the clock has every fact after at most three rounds."""
    document = write_draft(data.draw(any_draft(operation)))
    truth = document["facts"]
    document["facts"] = {"now": truth["now"], "livemode": truth.get("livemode", False)}
    for _ in range(3):
        document["facts"] = looked_up(document["facts"], truth, required_facts(document))
    assert required_facts(document) == ()
    assert validate(document).undecided == ()


@on_every_operation(25)
def test_undecided_names_facts(operation: str, data: st.DataObject) -> None:
    """A verdict with an undecided rule names what to look up, the same that `required_facts` names."""
    draft = data.draw(any_draft(operation))
    verdict = validate(draft)
    if verdict.undecided:
        assert verdict.required_facts != ()
        assert verdict.required_facts == required_facts(draft)
    else:
        assert verdict.required_facts == ()


@on_every_operation(25)
def test_accepted_means_nothing_skipped(operation: str, data: st.DataObject) -> None:
    """An accepted draft has no rule skipped and none undecided, and each skipped rule names an enforced one."""
    verdict = validate(data.draw(any_draft(operation)))
    if verdict.accepted:
        assert (verdict.skipped, verdict.undecided, verdict.faults) == ((), (), ())
    pipeline = default_policy().pipelines[operation]
    refusing = {violation.rule for violation in verdict.violations} | {skipped.rule for skipped in verdict.skipped}
    for skipped in verdict.skipped:
        assert skipped.because_of
        assert set(skipped.because_of) <= refusing.intersection(pipeline)


@pytest.mark.parametrize(
    ("example", "kind", "use", "need"),
    [
        ("price_delete", "prices", {"price_mug": 3}, "price_missing"),
        ("price_update_used", "prices", {"price_mug": 3}, "price_missing"),
        ("coupon_delete", "coupons", {"coup_1": {"promotionCodes": 1, "sessions": 2}}, "coupon_missing"),
        ("configuration_delete", "configurations", {"pmc_2": 2}, "configuration_missing"),
    ],
)
def test_stale_counts(example: str, kind: str, use: dict[str, Any], need: str) -> None:
    """What is not there is in no use, whatever was counted once: without its need the rule finds the same."""
    engine = Engine(default_policy().with_modes(Mode.OFF, need))
    (name,) = use
    request = {"/request": {"unitAmount": 5}} if example == "price_update_used" else {}
    missing = {f"/facts/{kind}": {}, "/facts/missing": {kind: [name]}}
    gone = changed(examples()[example], {**missing, **request})
    counted = engine.validate(changed(gone, {f"/facts/usage/{kind}": use}))
    assert counted == engine.validate(changed(gone, {f"/facts/usage/{kind}": {}}))
    assert counted.accepted
