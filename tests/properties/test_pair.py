"""Two policies in one pass report what each reports alone; so does one in the shadow of the other."""

import json
from datetime import UTC, datetime
from typing import Any

import attrs
from hypothesis import strategies as st

from rules_engine import (
    RULES,
    Difference,
    Engine,
    Mode,
    Policy,
    Shadow,
    Waiver,
    WaiverMatch,
    default_policy,
    read_draft,
    write_json,
)
from rules_engine.codes import INTERNAL_ERROR
from rules_engine.compiled_policy import CompiledPolicy, TwoPolicies
from rules_engine.policy.model import why_not_waivable
from rules_engine.rules.limits import LIMITS
from rules_engine.testing.strategies import documents, policies
from tests.properties.tried import any_draft, on_every_operation

BY_NAME = {rule.name: rule for rule in RULES}
EARLIER, LATER = datetime(2000, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)


@on_every_operation(40)
def test_as_each_alone(operation: str, data: st.DataObject) -> None:
    """The two verdicts are those of the two engines, whichever policies they have."""
    draft = data.draw(any_draft(operation))
    first = CompiledPolicy(data.draw(policies(operation)))
    second = CompiledPolicy(data.draw(policies(operation) | st.just(default_policy())))
    alone = first.judge(draft), second.judge(draft)
    assert TwoPolicies(first, second).judge(draft) == alone
    assert repr(TwoPolicies(first, second).judge(draft)) == repr(alone)
    assert TwoPolicies(second, first).judge(draft) == alone[::-1]
    assert TwoPolicies(first, first).judge(draft) == (alone[0], alone[0])


def _changed(data: st.DataObject, policy: Policy, operation: str) -> Policy:
    """Change a policy a little: the rest of two policies is shared."""
    pipeline = policy.pipelines[operation]
    name, other = data.draw(st.sampled_from(pipeline)), data.draw(st.sampled_from(pipeline))
    instant = data.draw(st.sampled_from((EARLIER, LATER)))
    limit = data.draw(st.sampled_from([limit for limit in LIMITS if not limit.members]))
    waiver = Waiver("changed", BY_NAME[name].code.name, WaiverMatch(operation=operation), LATER, "Changed.")
    swapped = {name: other, other: name}
    changed = attrs.evolve(policy, id="another")
    match data.draw(st.sampled_from(("id", "mode", "delay", "limit", "waiver", "fewer", "order"))):
        case "mode":
            mode = data.draw(st.sampled_from(Mode))
            changed = attrs.evolve(policy, modes={**policy.modes, name: mode}, enforce_from={})
        case "delay":
            changed = attrs.evolve(policy, enforce_from={} if name in policy.modes else {name: instant})
        case "limit":
            value = data.draw(st.integers(limit.minimum, limit.maximum))
            changed = attrs.evolve(policy, limits={**policy.limits, limit.name: value})
        case "waiver":
            waivers = (*policy.waivers, waiver) if why_not_waivable(BY_NAME[name].code) is None else ()
            changed = attrs.evolve(policy, waivers=waivers)
        case "fewer":
            changed = policy.with_pipeline(operation, [rule for rule in pipeline if rule != name])
        case "order":
            changed = policy.with_pipeline(operation, [swapped.get(rule, rule) for rule in pipeline])
    return changed


@on_every_operation(60)
def test_nearly_the_same(operation: str, data: st.DataObject) -> None:
    """So it is where the two differ in one thing, and share the rest."""
    policy = data.draw(policies(operation) | st.just(default_policy()))
    first, second = CompiledPolicy(policy), CompiledPolicy(_changed(data, policy, operation))
    pairs = TwoPolicies(first, second), TwoPolicies(second, first)
    for _ in range(3):
        draft = data.draw(any_draft(operation))
        alone = first.judge(draft), second.judge(draft)
        assert repr(pairs[0].judge(draft)) == repr(alone)
        assert repr(pairs[1].judge(draft)) == repr(alone[::-1])


@on_every_operation(40)
def test_verdict_is_that_of_the_policy(operation: str, data: st.DataObject) -> None:
    """The verdict is the one without a candidate, and exactly what the candidate would answer otherwise is reported."""
    draft: Any = data.draw(any_draft(operation))
    policy, candidate = data.draw(policies(operation)), data.draw(policies(operation))
    reported: list[Difference] = []
    verdict = Shadow(Engine(policy), candidate, reported.append).validate(draft)
    enforced, other = Engine(policy).validate(draft), Engine(candidate).validate(draft)
    assert verdict == enforced
    assert repr(verdict) == repr(enforced)
    differs = enforced.codes != other.codes or enforced.accepted != other.accepted
    assert reported == ([Difference(draft, enforced, other)] if differs else [])


@on_every_operation(20)
def test_log_is_a_history(operation: str, data: st.DataObject) -> None:
    """A record is one line; read again, it is the draft with what the caller received, and is judged the same."""
    draft: Any = data.draw(documents(operation).map(read_draft))
    policy, candidate = data.draw(policies(operation)), data.draw(policies(operation))
    lines: list[str] = []
    shadow = Shadow(Engine(policy), candidate, lambda difference: lines.append(write_json(difference.record())))
    verdict = shadow.validate(draft)
    received = [INTERNAL_ERROR.name] if verdict.undecided and not verdict.violations else list(verdict.codes)
    for line in lines:
        assert "\n" not in line
        read = read_draft(line)
        assert not read.faults
        assert (read.request, read.facts, read.id) == (draft.request, draft.facts, draft.id)
        assert read.recorded is not None
        assert read.recorded.codes == tuple(received)
        assert json.loads(line)["recorded"] == {"codes": received}
        assert Engine(policy).validate(read) == verdict
        assert Engine(candidate).validate(read) == Engine(candidate).validate(draft)
