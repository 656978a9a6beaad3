"""What is declared is registered, and the other way round."""

import importlib
from collections import Counter
from typing import Any

import pytest

from rules_engine import CATALOGUE, RULES, Rule
from rules_engine.rules import limits
from rules_engine.rules.expression import read_expression
from rules_engine.rules.limits import LIMITS
from rules_engine.views.context import Limit
from tests.house.source import modules


def test_registered_is_declared() -> None:
    """The registry holds every rule that a module declares, each once, and nothing else."""
    declared: list[Rule[Any]] = []
    for module in modules("rules_engine/rules"):
        if module.name != "rules_engine.rules":
            values = vars(importlib.import_module(module.name)).values()
            declared += [value for value in values if isinstance(value, Rule) and value.module == module.name]
    assert Counter(RULES) == Counter(declared)


def test_names_are_unique() -> None:
    """A name means one rule."""
    assert [name for name, times in Counter(rule.name for rule in RULES).items() if times > 1] == []


def test_names_are_those_of_their_modules() -> None:
    """A rule is called in policies what it is called in its module."""
    astray = [rule for rule in RULES if getattr(importlib.import_module(rule.module), rule.name, None) is not rule]
    assert astray == []


def test_only_rules_are_named_as_their_codes() -> None:
    """The one rule of a specific code has the code's name; the generic codes say nothing that could name a rule."""
    rules_by_code: dict[str, list[str]] = {}
    for rule in RULES:
        if rule.code.section != CATALOGUE["validation_error"].section:
            rules_by_code.setdefault(rule.code.name, []).append(rule.name)
    otherwise = {code: names[0] for code, names in rules_by_code.items() if len(names) == 1 and names != [code]}
    assert otherwise == {}


def test_the_name_of_a_code_means_its_rule() -> None:
    """No rule carries the name of a code that it does not say."""
    assert [rule.name for rule in RULES if rule.name in CATALOGUE and rule.code.name != rule.name] == []


def test_needs_are_registered() -> None:
    """A rule needs rules that exist, each named once, and never itself."""
    for rule in RULES:
        assert set(rule.needs) <= set(RULES), rule.name
        assert rule not in rule.needs, rule.name
        assert len(set(rule.needs)) == len(rule.needs), rule.name


def test_limits_are_registered() -> None:
    """The list of limits holds every limit that is declared, each once; their names are unique."""
    declared = [value for value in vars(limits).values() if isinstance(value, Limit)]
    assert Counter(LIMITS) == Counter(declared)
    assert len({limit.name for limit in LIMITS}) == len(LIMITS)


def test_every_limit_bounds_something() -> None:
    """A limit that no rule reads would have no effect."""
    read = {limit for rule in RULES for limit in rule.limits}
    assert [limit.name for limit in LIMITS if limit not in read] == []


@pytest.mark.parametrize("rule", RULES, ids=repr)
def test_rules_declare_the_limits_they_read(rule: Rule[Any]) -> None:
    """The limits that a rule declares are those it reads to decide, no more and no fewer."""
    read = [read_expression(asked).limits for asked in (rule.violated, rule.undecided_when) if asked is not None]
    assert frozenset().union(*read) == set(rule.limits)
