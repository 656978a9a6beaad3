"""Spoil one thing, hear one code."""

from itertools import combinations

import pytest

from rules_engine import CATALOGUE, OPERATIONS, RULES, default_policy, validate
from rules_engine.testing.documents import changed
from rules_engine.testing.spoilers import SPOILERS, Spoiler
from rules_engine.testing.worlds import clean_worlds

BY_NAME = {rule.name: rule for rule in RULES}
ON_LINES = [
    spoiler for spoiler in SPOILERS if spoiler.world == "create" and (spoiler.param or "").startswith("lineItems[")
]


def _apart(pair: tuple[Spoiler, Spoiler]) -> bool:
    """Tell whether two spoilers lie on two lines; of two lines in other currencies, only the first is reported."""
    first, second = pair
    apart = str(first.param).partition("]")[0] != str(second.param).partition("]")[0]
    return apart and {first.rule, second.rule} != {"line_currency_mismatch"}


@pytest.mark.parametrize("world", clean_worlds())
def test_clean_world_is_accepted(world: str) -> None:
    """A clean world is accepted, with nothing withheld, undecided, warned of or shadowed."""
    verdict = validate(clean_worlds()[world])
    assert verdict.accepted
    assert (verdict.withheld, verdict.undecided, verdict.faults) == ((), (), ())


def test_every_operation_has_a_clean_world() -> None:
    """Every operation has a clean world of its own."""
    assert {document["operation"] for document in clean_worlds().values()} == set(OPERATIONS)


@pytest.mark.parametrize("spoiler", SPOILERS, ids=lambda spoiler: f"{spoiler.rule}-{spoiler.world}")
def test_one_spoilt_thing_gives_one_code(spoiler: Spoiler) -> None:
    """A spoiler gives exactly one violation: of its rule, at its field, with the code of the rule."""
    verdict = validate(spoiler.document())
    assert [(found.rule, found.param) for found in verdict.violations] == [(spoiler.rule, spoiler.param)]
    assert verdict.violations[0].code is BY_NAME[spoiler.rule].code
    assert verdict.undecided == ()


def test_every_rule_has_a_spoiler() -> None:
    """Every rule has a spoiler, and spoilers come in the order of the rules."""
    assert list(dict.fromkeys(spoiler.rule for spoiler in SPOILERS)) == [rule.name for rule in RULES]


def test_every_code_of_a_pipeline_has_a_spoiler() -> None:
    """Every code that a rule of the default policy says is heard from a spoiler."""
    named = {name for pipeline in default_policy().pipelines.values() for name in pipeline}
    heard = {code for spoiler in SPOILERS for code in validate(spoiler.document()).codes}
    assert heard == {BY_NAME[name].code.name for name in named}
    assert heard <= set(CATALOGUE)


@pytest.mark.parametrize(
    ("first", "second"),
    [pair for pair in combinations(ON_LINES, 2) if _apart(pair)],
    ids=lambda spoiler: spoiler.rule,
)
def test_two_faults_on_two_lines(first: Spoiler, second: Spoiler) -> None:
    """Two independent faults on two lines give two violations."""
    document = changed(first.document(), second.changes)
    verdict = validate(document)
    assert {(first.rule, first.param), (second.rule, second.param)} == {
        (found.rule, found.param) for found in verdict.violations
    }
