"""Every peer is measured on equal answers, or not at all."""

from importlib.util import find_spec
from typing import Final

import pytest

from benches.agreement import Agreement, agreements
from benches.contestants import PLAIN, STRAIGHT, Contestant, Path, contestants
from benches.documents import cases
from benches.peers.languages import Language, dotted, translate
from benches.peers.rules import CODES, NAMES, codes_of, peer_policy
from benches.straight_line import MOST_LINES
from rules_engine import Engine, default_policy

CASES: Final = cases(60)
PRESENT, ABSENT = contestants(MOST_LINES)
MODULES: Final = {
    "zen-engine": "zen",
    "common-expression-language": "cel",
    "cedarpy": "cedarpy",
    "rule-engine": "rule_engine",
    "msgspec": "msgspec",
    "pydantic": "pydantic",
}


@pytest.mark.parametrize("contestant", PRESENT, ids=lambda item: f"{item.name}, {item.path.value}")
def test_everybody_agrees(contestant: Contestant) -> None:
    """Everybody gives the codes of the checks written by hand, in the same order, on clean and broken drafts."""
    references = [item for item in PRESENT if item.name in (STRAIGHT, PLAIN) and item.path is Path.OBJECT]
    found = agreements([*references, contestant], CASES)[-1]
    assert found == Agreement(len(CASES), len(CASES))


def test_missing_peers_are_those_that_are_not_installed() -> None:
    """A peer is left out only where its package is not installed."""
    assert {item.package for item in ABSENT} == {name for name, module in MODULES.items() if find_spec(module) is None}


def test_a_contestant_that_differs_is_told() -> None:
    """One wrong answer is counted, and the first draft it was given on is named."""
    straight = next(item for item in PRESENT if item.name == STRAIGHT)
    deaf = Contestant("deaf", Path.OBJECT, straight.rules, straight.given, lambda _: [])
    found = agreements([straight, deaf], CASES)[-1]
    clean = sum(Engine().validate(case.draft).codes == () for case in CASES)
    assert (found.agreed, found.compared) == (clean, len(CASES))
    assert found.difference.startswith("deaf: dirty, 1: says nothing, expected parameter_out_of_range")


def test_a_contestant_that_raises_is_told() -> None:
    """An exception is an answer that differs, and takes nobody else down."""
    straight = next(item for item in PRESENT if item.name == STRAIGHT)
    broken = Contestant("broken", Path.OBJECT, straight.rules, straight.given, lambda _: 1 // 0)
    assert "ZeroDivisionError" in agreements([straight, broken], CASES)[-1].difference


def test_every_peer_rule_is_heard() -> None:
    """The comparison means something for every rule of the table: some draft is refused by it."""
    engine = Engine(peer_policy(MOST_LINES))
    heard = {violation.rule for case in cases(300) for violation in engine.validate(case.draft).violations}
    assert heard == set(NAMES)


def test_peer_rules_stand_in_the_order_of_the_default_policy() -> None:
    """The table is a part of the default pipeline, in its order, and each rule has a code."""
    pipeline = default_policy().pipelines["session.create"]
    assert [name for name in pipeline if name in NAMES] == list(NAMES)
    assert len(CODES) == len(NAMES) == 29


def test_codes_come_once_and_in_order() -> None:
    """Two rules of one code give it once, at the place of the first."""
    assert codes_of([name in ("price_expired", "line_items_empty", "too_many_line_items") for name in NAMES]) == [
        "parameter_out_of_range",
        "price_expired",
    ]


def test_translation_keeps_the_nesting() -> None:
    """What binds by its place in the notation binds by parentheses in every language."""
    cel = Language("&&", "||", "!", dotted)
    text = 'not a.x and (a.y > MOST or now == "z")'
    assert translate(text, cel, {"MOST": 3}) == '(!(a.x) && (a.y > 3 || now == "z"))'


def test_translation_refuses_what_not_every_language_has() -> None:
    """A call is refused when the table is read, not when a peer meets it."""
    with pytest.raises(ValueError, match=r"not in every language: len\(a\.x\)"):
        translate("len(a.x) > 1", Language("and", "or", "not ", dotted), {})
