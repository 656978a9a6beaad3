"""Two policies in one pass say what each says alone."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine import OPERATIONS, Engine, default_policy
from rules_engine.engine.screen import is_clean
from rules_engine.subjects.context import Context
from rules_engine.testing.strategies import documents, drafts, policies
from rules_engine.wire.envelope import read_draft


def _draft(operation: str) -> st.SearchStrategy[Any]:
    return drafts(operation) | documents(operation).map(read_draft)


@settings(max_examples=40)
@pytest.mark.parametrize("operation", OPERATIONS)
@given(data=st.data())
def test_as_each_alone(operation: str, data: st.DataObject) -> None:
    """The two verdicts are those of the two engines, whichever policies they have."""
    draft = data.draw(_draft(operation))
    first = Engine(data.draw(policies(operation)))
    second = Engine(data.draw(policies(operation) | st.just(default_policy())))
    alone = first.validate(draft), second.validate(draft)
    assert first.beside(second).judge(draft) == alone
    assert repr(first.beside(second).judge(draft)) == repr(alone)
    assert second.beside(first).judge(draft) == alone[::-1]
    assert first.beside(first).judge(draft) == (alone[0], alone[0])


@settings(max_examples=40)
@pytest.mark.parametrize("operation", OPERATIONS)
@given(data=st.data())
def test_screens(operation: str, data: st.DataObject) -> None:
    """The screen of two policies passes exactly the drafts that the screens of both pass."""
    draft = data.draw(_draft(operation))
    engines = Engine(data.draw(policies(operation))), Engine(data.draw(policies(operation)))
    pair = engines[0].beside(engines[1])._pair(operation)  # noqa: SLF001  # the pair is not public, and this is its proof
    joined = pair.first.join(draft)
    first, second = Context(draft.facts.now, pair.first.limits), Context(draft.facts.now, pair.second.limits)
    both = is_clean(pair.first, joined, first) and is_clean(pair.second, joined, second)
    assert (pair.clean_verdicts(draft, joined) is not None) is both
