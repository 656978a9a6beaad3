"""Whatever a strategy makes of a model, a document can carry."""

from collections.abc import Iterable, Iterator
from typing import Any, get_args

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine import OPERATIONS, Engine, read_draft, required_facts, write_draft, write_json
from rules_engine.models import Facts
from rules_engine.testing import strategies
from rules_engine.wire import converter as converters
from rules_engine.wire.json_text import read_json
from rules_engine.wire.read import read_facts
from tests.house.test_strategies import PLURALS, model_of
from tests.profiles import scaled
from tests.properties.tried import on_every_operation

ENGINE = Engine()
LARGEST = 1 << 26


def _parts(model: type) -> Iterator[type]:
    """List a model and every model within it."""
    yield model
    for field in attrs.fields(model):
        yield from _models_in(field.type)


def _models_in(kind: Any) -> Iterator[type]:
    if attrs.has(kind):
        yield from _parts(kind)
    for inner in get_args(kind):
        yield from _models_in(inner)


def _by_name(models: Iterable[type]) -> list[type]:
    return sorted(set(models), key=lambda model: model.__name__)


KNOWN = _by_name(_parts(Facts))
REQUESTED = _by_name(part for row in OPERATIONS.values() for part in _parts(row.request))
BY_MODEL = {model_of(name): getattr(strategies, name) for name in PLURALS}


def _through_text(value: Any) -> Any:
    return read_json(write_json(converters.REQUESTS.unstructure(value)), largest=LARGEST)


@settings(max_examples=scaled(25))
@pytest.mark.parametrize("model", REQUESTED)
@given(data=st.data())
def test_requests(model: type, data: st.DataObject) -> None:
    """A request, and every part of one, is read back from its JSON text as it was."""
    value = data.draw(BY_MODEL[model]())
    assert converters.REQUESTS.structure(_through_text(value), model) == value


@settings(max_examples=scaled(25))
@pytest.mark.parametrize("model", KNOWN)
@given(data=st.data())
def test_facts(model: type, data: st.DataObject) -> None:
    """Facts, and every part of them, are read back from their JSON text as they were; none contradict each other."""
    value = data.draw(BY_MODEL[model]())
    assert converters.FACTS.structure(_through_text(value), model) == value
    if isinstance(value, Facts):
        assert read_facts(_through_text(value)) == value


@on_every_operation(15)
def test_drafts(operation: str, data: st.DataObject) -> None:
    """A draft is read back from the text of its document as it was, and no rule fails on it."""
    draft = data.draw(strategies.admitted_drafts(operation))
    assert read_draft(write_json(write_draft(draft))) == draft
    assert ENGINE.validate(draft).faults == ()
    required_facts(draft)


@settings(max_examples=scaled(25))
@given(strategies.pooled_facts())
def test_pooled_facts(facts: Facts) -> None:
    """Facts about the ids of the pools could stand in a document too."""
    assert read_facts(_through_text(facts)) == facts
