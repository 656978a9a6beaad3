"""A contestant returns the same codes as another one, or is not timed."""

import sys
from importlib.util import find_spec
from typing import Final

import pytest
from attrs import evolve

from benches import straight_line
from benches.broken import broken, cases
from benches.contestants import (
    MSGSPEC,
    PLAIN,
    STRAIGHT,
    Agreement,
    Contestant,
    Path,
    agreements,
    contestants,
)
from benches.documents import DIRTY_CODES, SIZES, measured
from benches.peers.rules import NAMES, Language, codes_of, dotted, peer_policy, translate
from benches.straight_line import COVERED, MOST_LINES, check_session_create, covered_policy
from benches.straight_line_basket import UnknownFactError
from benches.straight_line_views import views_judge
from rules_engine import RULES, Engine, Mode, default_policy
from rules_engine.models import Facts, Missing, Payments, Redemptions
from tests.profiles import scaled

ENGINE: Final = Engine(covered_policy())
PIPELINE: Final = default_policy().pipelines["session.create"]
OPINIONS: Final = (check_session_create, views_judge(covered_policy()))
CASES: Final = cases(60)
PRESENT, ABSENT = contestants(MOST_LINES)
STRAIGHT_ONE: Final = next(item for item in PRESENT if item.name == STRAIGHT)
MODULES: Final = {
    "zen-engine": "zen",
    "common-expression-language": "cel",
    "cedarpy": "cedarpy",
    "rule-engine": "rule_engine",
    "msgspec": "msgspec",
    "pydantic": "pydantic",
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("clean", [True, False])
def test_measured_drafts_have_their_documented_codes(size: int, clean: bool) -> None:  # noqa: FBT001  # a parameter of the test
    """Engine and straight-line Python give each measured draft exactly the codes that it is documented to have."""
    draft = measured(size, clean=clean).draft
    expected = () if clean else DIRTY_CODES
    assert Engine().validate(draft).codes == expected
    assert [tuple(opinion(draft)) for opinion in OPINIONS] == [expected] * 2


@pytest.mark.parametrize("seed", range(scaled(1_200)))
def test_all_opinions_agree_on_broken_drafts(seed: int) -> None:
    """Whatever is wrong with a draft of known facts, all list the same codes in the same order."""
    draft = broken(seed).draft
    verdict = ENGINE.validate(draft)
    assert [opinion(draft) for opinion in OPINIONS] == [list(verdict.codes)] * 2
    assert verdict.undecided == ()


@pytest.mark.slow
def test_broken_drafts_leave_out_no_rule() -> None:
    """The comparison means something: each rule refuses some broken draft, and many have three codes or more."""
    engine = Engine()
    verdicts = [engine.validate(broken(seed).draft) for seed in range(1_200)]
    assert set(PIPELINE) - {violation.rule for verdict in verdicts for violation in verdict.violations} == set()
    assert sum(len(verdict.codes) >= 3 for verdict in verdicts) > 100


@pytest.mark.parametrize("seed", range(scaled(300)))
def test_straight_line_python_takes_no_unknown_fact_for_granted(seed: int) -> None:
    """Where what is decisive is not provided, no opinion accepts a draft that the engine does not."""
    draft = broken(seed).draft
    forgetful = (
        Facts(draft.facts.now),
        evolve(draft.facts, missing=Missing(), payments=Payments(), redemptions=Redemptions()),
        evolve(draft.facts, merchant=None),
    )
    blind = evolve(draft, facts=forgetful[seed % 3])
    verdict = ENGINE.validate(blind)
    for opinion in OPINIONS:
        try:
            accepted = opinion(blind) == []
        except UnknownFactError:
            accepted = False
        assert verdict.accepted or not accepted


def test_a_rule_without_straight_line_check_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule may be new: it is off for everybody, and the others are compared."""
    assert {rule.name for rule in RULES} >= COVERED
    covered = covered_policy().modes
    monkeypatch.setattr(straight_line, "COVERED", COVERED - {"price_expired"})
    policy = covered_policy()
    assert policy.modes == {**covered, "price_expired": Mode.OFF}
    dirty = measured(3, clean=False).draft
    expected = [code for code in DIRTY_CODES if code != "price_expired"]
    assert list(Engine(policy).validate(dirty).codes) == views_judge(policy)(dirty) == expected


@pytest.mark.parametrize("contestant", PRESENT, ids=lambda item: f"{item.name}, {item.path.value}")
def test_everybody_agrees(contestant: Contestant) -> None:
    """Everybody gives the codes of the checks written by hand, in the same order, on clean and broken drafts."""
    references = [item for item in PRESENT if item.name in (STRAIGHT, PLAIN) and item.path is Path.OBJECT]
    assert agreements([*references, contestant], CASES)[-1] == Agreement(len(CASES), len(CASES))


def test_missing_peers_are_those_that_are_not_installed() -> None:
    """A peer is left out only where its package is not installed."""
    assert {item.package for item in ABSENT} == {name for name, module in MODULES.items() if find_spec(module) is None}


def test_a_peer_that_is_not_installed_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a package cannot be imported, its contestants are absent, and the others take part."""
    monkeypatch.setitem(sys.modules, "msgspec", None)
    present, absent = contestants(MOST_LINES)
    assert MSGSPEC in {item.name for item in absent}
    assert {item.name for item in present} == {item.name for item in PRESENT} - {MSGSPEC}


def test_a_contestant_that_differs_is_reported() -> None:
    """One wrong answer is counted, and the first draft it was given on is named."""
    silent = Contestant("silent", Path.OBJECT, STRAIGHT_ONE.rules, STRAIGHT_ONE.given, lambda _: [])
    found = agreements([STRAIGHT_ONE, silent], CASES)[-1]
    clean = sum(ENGINE.validate(case.draft).codes == () for case in CASES)
    assert (found.agreed, found.compared) == (clean, len(CASES))
    assert found.difference.startswith("silent: dirty, 1: reports nothing, expected parameter_out_of_range")


def test_a_contestant_that_raises_is_reported() -> None:
    """An exception is an answer that differs, and the other contestants run on."""
    raising = Contestant("raising", Path.OBJECT, STRAIGHT_ONE.rules, STRAIGHT_ONE.given, lambda _: 1 // 0)
    assert "ZeroDivisionError" in agreements([STRAIGHT_ONE, raising], CASES)[-1].difference


def test_every_peer_rule_refuses_some_draft() -> None:
    """The comparison means something for every rule of the table; they are in the order of the default policy."""
    engine = Engine(peer_policy(MOST_LINES))
    found = {violation.rule for case in cases(300) for violation in engine.validate(case.draft).violations}
    assert found == set(NAMES)
    assert [name for name in PIPELINE if name in NAMES] == list(NAMES)


def test_codes_come_once_and_in_order() -> None:
    """Two rules of one code give it once, at the place of the first."""
    fired = [name in ("price_expired", "line_items_empty", "too_many_line_items") for name in NAMES]
    assert codes_of(fired) == ["parameter_out_of_range", "price_expired"]


def test_translation_keeps_the_nesting() -> None:
    """What binds by its place in the notation binds by parentheses in every language."""
    text = 'not a.x and (a.y > MOST or now == "z")'
    assert translate(text, Language("&&", "||", "!", dotted), {"MOST": 3}) == '(!(a.x) && (a.y > 3 || now == "z"))'


def test_translation_refuses_what_not_every_language_has() -> None:
    """A call is refused when the table is read, not when a peer meets it."""
    with pytest.raises(ValueError, match=r"not in every language: len\(a\.x\)"):
        translate("len(a.x) > 1", Language("and", "or", "not ", dotted), {})
