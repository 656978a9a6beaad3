"""A candidate in the shadow changes no verdict, and its log is a history."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine import OPERATIONS, Difference, Engine, Shadow, read_draft, write_json
from rules_engine.codes import INTERNAL_ERROR
from rules_engine.testing.strategies import documents, drafts, policies
from tests.profiles import scaled


@settings(max_examples=scaled(40))
@pytest.mark.parametrize("operation", OPERATIONS)
@given(data=st.data())
def test_verdict_is_that_of_the_policy(operation: str, data: st.DataObject) -> None:
    """The verdict is the one without a candidate, and exactly what the candidate would answer otherwise is told."""
    draft: Any = data.draw(drafts(operation) | documents(operation).map(read_draft))
    policy, candidate = data.draw(policies(operation)), data.draw(policies(operation))
    told: list[Difference] = []
    verdict = Shadow(Engine(policy), candidate, told.append).validate(draft)
    enforced, other = Engine(policy).validate(draft), Engine(candidate).validate(draft)
    assert verdict == enforced
    assert repr(verdict) == repr(enforced)
    differs = enforced.codes != other.codes or enforced.accepted != other.accepted
    assert told == ([Difference(draft, enforced, other)] if differs else [])


@settings(max_examples=scaled(20))
@pytest.mark.parametrize("operation", OPERATIONS)
@given(data=st.data())
def test_log_is_a_history(operation: str, data: st.DataObject) -> None:
    """A record is one line; read again, it is the draft with what the caller heard, and is judged the same."""
    draft: Any = data.draw(documents(operation).map(read_draft))
    policy, candidate = data.draw(policies(operation)), data.draw(policies(operation))
    lines: list[str] = []
    shadow = Shadow(Engine(policy), candidate, lambda difference: lines.append(write_json(difference.record())))
    verdict = shadow.validate(draft)
    heard = [INTERNAL_ERROR.name] if verdict.undecided and not verdict.violations else list(verdict.codes)
    for line in lines:
        assert "\n" not in line
        read = read_draft(line)
        assert not read.faults
        assert (read.request, read.facts, read.id) == (draft.request, draft.facts, draft.id)
        assert read.recorded is not None
        assert read.recorded.codes == tuple(heard)
        assert json.loads(line)["recorded"] == {"codes": heard}
        assert Engine(policy).validate(read) == verdict
        assert Engine(candidate).validate(read) == Engine(candidate).validate(draft)
