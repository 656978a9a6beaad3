"""The straight-line Python of the benches is a second opinion, written by hand and without rules."""

from typing import Final

import pytest
from attrs import evolve

from benches.broken import broken_draft
from benches.examples import NOW, World, examples
from benches.straight_line import check_session_create
from benches.straight_line_facts import UnknownFactError
from benches.straight_line_views import check_joined_session_create
from rules_engine.api import Engine
from rules_engine.models import Facts, Missing, Payments, Redemptions

ENGINE: Final = Engine()
SEEDS: Final = range(1200)


@pytest.mark.parametrize("example", list(examples()), ids=lambda example: example.name)
def test_measured_drafts_have_their_documented_codes(example: World) -> None:
    """Engine and straight-line Python give each measured draft exactly the codes that it is documented to have."""
    assert ENGINE.validate(example.draft).codes == example.codes
    assert tuple(check_session_create(example.draft)) == example.codes
    assert tuple(check_joined_session_create(example.draft)) == example.codes


@pytest.mark.parametrize("seed", SEEDS)
def test_all_opinions_agree_on_broken_drafts(seed: int) -> None:
    """Whatever is wrong with a draft of known facts, all name the same codes in the same order."""
    draft = broken_draft(seed)
    verdict = ENGINE.validate(draft)
    assert list(verdict.codes) == check_session_create(draft) == check_joined_session_create(draft)
    assert verdict.undecided == ()


def test_broken_drafts_leave_out_no_rule() -> None:
    """The comparison means something for every rule of the pipeline: some broken draft is refused by it."""
    heard = {violation.rule for seed in SEEDS for violation in ENGINE.validate(broken_draft(seed)).violations}
    assert set(ENGINE.policy.pipelines["session.create"]) - heard == set()


def test_broken_drafts_come_with_several_faults_at_once() -> None:
    """Order is compared too: more than a hundred broken drafts have three codes or more."""
    assert sum(len(ENGINE.validate(broken_draft(seed)).codes) >= 3 for seed in SEEDS) > 100


def _blinded(facts: Facts, seed: int) -> Facts:
    """Forget facts: all of them, what does not exist and what was counted, or the account."""
    forgetful = (
        Facts(NOW),
        evolve(facts, missing=Missing(), payments=Payments(), redemptions=Redemptions()),
        evolve(facts, merchant=None),
    )
    return forgetful[seed % 3]


@pytest.mark.parametrize("seed", range(300))
def test_straight_line_python_takes_no_unknown_fact_for_granted(seed: int) -> None:
    """Where nobody looked up what is decisive, no opinion written by hand accepts a draft that the engine does not."""
    draft = broken_draft(seed)
    blind = evolve(draft, facts=_blinded(draft.facts, seed))
    verdict = ENGINE.validate(blind)
    for check in (check_session_create, check_joined_session_create):
        try:
            accepted = check(blind) == []
        except UnknownFactError:
            accepted = False
        assert verdict.accepted or not accepted
