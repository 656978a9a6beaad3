"""Invariant 6: break one thing, and one code is reported."""

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import pytest

from rules_engine import OPERATIONS, RULES, validate
from rules_engine.examples import Counterexample, changed, counterexamples, examples

BY_NAME = {rule.name: rule for rule in RULES}


def _found(document: Mapping[str, Any]) -> list[tuple[str | None, str | None]]:
    return [(found.rule, found.param) for found in validate(document).violations]


ON_LINES = [
    (counterexample, _found(counterexample.document())[0])
    for counterexample in counterexamples()
    if counterexample.example == "create" and str(_found(counterexample.document())[0][1]).startswith("lineItems[")
]
"""Counterexamples on a line, each with the rule and the field of its violation."""
OnLine = tuple[Counterexample, tuple[str | None, str | None]]


def _apart(pair: tuple[OnLine, OnLine]) -> bool:
    """Return whether two counterexamples are on two lines; of two lines in other currencies, the first is reported."""
    (first, found), (second, other) = pair
    apart = str(found[1]).partition("]")[0] != str(other[1]).partition("]")[0]
    return apart and {first.rule, second.rule} != {"line_currency_mismatch"}


@pytest.mark.parametrize("example", examples())
def test_valid_example_is_accepted(example: str) -> None:
    """A valid example is accepted, with nothing skipped, undecided, warned of or shadowed."""
    verdict = validate(examples()[example])
    assert verdict.accepted
    assert (verdict.skipped, verdict.undecided, verdict.faults) == ((), (), ())


def test_every_operation_has_a_valid_example() -> None:
    """Every operation has a valid example of its own."""
    assert {document["operation"] for document in examples().values()} == set(OPERATIONS)


@pytest.mark.parametrize(
    "counterexample", counterexamples(), ids=lambda counterexample: f"{counterexample.rule}-{counterexample.example}"
)
def test_one_broken_thing_gives_one_code(counterexample: Counterexample) -> None:
    """A counterexample gives exactly one violation: of its rule, with the code of the rule."""
    verdict = validate(counterexample.document())
    assert [found.rule for found in verdict.violations] == [counterexample.rule]
    assert verdict.violations[0].code is BY_NAME[counterexample.rule].code
    assert verdict.undecided == ()


def test_every_rule_has_a_counterexample() -> None:
    """Every rule has a counterexample, and counterexamples come in the order of the rules."""
    assert list(dict.fromkeys(counterexample.rule for counterexample in counterexamples())) == [
        rule.name for rule in RULES
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [pair for pair in combinations(ON_LINES, 2) if _apart(pair)],
    ids=lambda on_line: on_line[0].rule,
)
def test_two_faults_on_two_lines(first: OnLine, second: OnLine) -> None:
    """Two independent faults on two lines give two violations."""
    document = changed(first[0].document(), second[0].changes)
    assert sorted(_found(document)) == sorted([first[1], second[1]])
