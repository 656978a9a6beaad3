"""Every model has its strategy, and every strategy is public."""

import importlib
import inspect
from collections.abc import Callable
from typing import Any, get_args

import attrs
import pytest
from hypothesis.strategies import SearchStrategy

from rules_engine.models import AccountObject, Draft
from rules_engine.models.formats import Format
from rules_engine.testing import strategies
from rules_engine.testing.strategies.formats import FORMATS
from tests.house.source import imports, modules

OTHERS = {
    *("admitted_drafts", "drafts", "documents", "policies", "instants"),
    *("pooled_models", "pooled_facts", "pooled_drafts", "pooled_instants"),
}
"""The strategies that are not of one model."""
PLURALS = [name for name, value in vars(strategies).items() if callable(value) and name not in {*OTHERS, "plural"}]


def _strategy(name: str) -> Callable[..., SearchStrategy[Any]]:
    return getattr(strategies, name)  # type: ignore[no-any-return]  # the house test asks for every name


def model_of(name: str) -> type:
    """Return the model that a strategy generates."""
    model: type = get_args(inspect.signature(_strategy(name)).return_annotation)[0]
    return model


def _models() -> set[type]:
    """List every model but the draft, whose strategies take an operation, and the base of what accounts have."""
    found: set[type] = set()
    for module in modules("rules_engine/models"):
        values = vars(importlib.import_module(module.name)).values()
        found |= {value for value in values if inspect.isclass(value) and value.__module__ == module.name}
    models = {value for value in found if attrs.has(value)}
    return models - {Draft, AccountObject}


def test_every_model_has_one() -> None:
    """Each model has one strategy, and there is none beside them."""
    generated = [model_of(name) for name in PLURALS]
    assert set(generated) == _models()
    assert len(generated) == len(set(generated))


@pytest.mark.parametrize("name", PLURALS)
def test_every_field_is_a_keyword(name: str) -> None:
    """A strategy takes each field of its model by keyword, in the order of the model, and nothing else."""
    parameters = inspect.signature(_strategy(name)).parameters
    assert list(parameters) == [field.name for field in attrs.fields(model_of(name))]
    assert {parameter.kind for parameter in parameters.values()} <= {inspect.Parameter.KEYWORD_ONLY}
    assert all("~" not in str(parameter.annotation) for parameter in parameters.values())


@pytest.mark.parametrize("name", PLURALS)
def test_every_field_is_explained(name: str) -> None:
    """A strategy is called what it is imported as, and its docstring names the model and every field."""
    strategy = _strategy(name)
    documentation = str(strategy.__doc__)
    assert (strategy.__name__, strategy.__module__) == (name, strategies.__name__)
    assert model_of(name).__name__ in documentation
    assert [field.name for field in attrs.fields(model_of(name)) if f"\n    {field.name}: " not in documentation] == []


@pytest.mark.parametrize("name", sorted(OTHERS))
def test_the_others_are_documented(name: str) -> None:
    """A strategy of its own form has a docstring too."""
    assert (_strategy(name).__doc__ or "").strip()


def test_every_format_has_values() -> None:
    """Every format of a text or a number has its values."""
    assert set(FORMATS) == set(Format)


def test_examples_do_not_need_hypothesis() -> None:
    """Valid examples and counterexamples are there without the extra `testing`."""
    needing = [
        module.name
        for module in modules("rules_engine/examples")
        if any(name.startswith("hypothesis") for name, _ in imports(module))
    ]
    assert needing == []
