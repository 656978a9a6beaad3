"""A candidate in the shadow of the policy that is enforced: what is reported, and at what cost."""

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import attrs
import pytest

from rules_engine import (
    Code,
    Difference,
    Engine,
    Mode,
    Policy,
    PolicyError,
    Shadow,
    default_policy,
    read_draft,
    rule,
    write_json,
)
from rules_engine.engine.resolve import resolve
from rules_engine.examples import changed, examples
from rules_engine.views.context import Context
from rules_engine.views.line_item import LineItemView

CREATE = examples()["create"]
ARCHIVED = changed(CREATE, {"/facts/prices/price_bowl/active": False})
UNKNOWN = changed(CREATE, {"/facts/prices": {}})
LENIENT = default_policy().with_modes(Mode.WARN, "price_inactive")


@rule(Code.custom("acme.broken", "The rule has a bug."), on=LineItemView)
def broken(line: LineItemView, _: Context) -> bool:
    """The rule has a bug."""
    raise ValueError(line.index)


def _shadowed(reported: list[Difference], candidate: Policy = LENIENT) -> Shadow:
    return Shadow(Engine(), candidate, reported.append)


class TestReported:
    """The callback receives drafts that the candidate would have answered otherwise."""

    def test_accepted_by_the_candidate_only(self) -> None:
        """A draft that the candidate would accept is reported with both verdicts, and refused."""
        reported: list[Difference] = []
        verdict = _shadowed(reported).validate(ARCHIVED)
        (difference,) = reported
        assert verdict is difference.enforced
        assert (verdict.codes, verdict.policy) == (("price_inactive",), "default")
        assert difference.candidate == Engine(LENIENT).validate(ARCHIVED)
        assert difference.draft == read_draft(ARCHIVED)

    def test_order(self) -> None:
        """The same codes in another order are reported: the first one is what the caller receives."""
        reported: list[Difference] = []
        names = default_policy().pipelines["session.create"]
        candidate = default_policy().with_pipeline("session.create", names[::-1])
        document = changed(ARCHIVED, {"/facts/prices/price_mug/stock": 1})
        verdict = _shadowed(reported, candidate).validate(document)
        assert [difference.candidate.codes for difference in reported] == [verdict.codes[::-1]]
        assert len(verdict.codes) == 2

    def test_undecided(self) -> None:
        """A draft that only one of the two can decide is reported, although neither has a code."""
        reported: list[Difference] = []
        candidate = Policy("undemanding", {**default_policy().pipelines, "session.create": ()})
        verdict = _shadowed(reported, candidate).validate(UNKNOWN)
        assert (verdict.codes, verdict.accepted) == ((), False)
        assert [(difference.candidate.codes, difference.candidate.accepted) for difference in reported] == [((), True)]

    def test_undecided_is_recorded(self) -> None:
        """The record of an undecided draft has what the caller received: without a code it would read as accepted."""
        reported: list[Difference] = []
        candidate = Policy("undemanding", {**default_policy().pipelines, "session.create": ()})
        _shadowed(reported, candidate).validate(UNKNOWN)
        assert reported[0].record()["recorded"] == {"codes": ["internal_error"]}

    def test_agreement(self) -> None:
        """Nothing is reported where codes and acceptance are the same, whatever else the candidate reports."""
        reported: list[Difference] = []
        candidate = attrs.evolve(default_policy().with_modes(Mode.SHADOW, "price_sold_out"), id="candidate")
        engine = _shadowed(reported, candidate)
        assert engine.validate(CREATE).accepted
        assert engine.validate(ARCHIVED).codes == ("price_inactive",)
        assert reported == []

    def test_request_that_does_not_parse(self) -> None:
        """A request that does not parse is not reported: no policy judged it."""
        reported: list[Difference] = []
        engine = _shadowed(reported)
        assert engine.validate(changed(CREATE, {"/request/lineItems": 5})).codes == ("parameter_invalid",)
        assert engine.validate_body("session.create", b"[", CREATE["facts"]).codes == ("invalid_request",)
        assert reported == []

    def test_raw_body(self) -> None:
        """A raw body is judged under both too."""
        reported: list[Difference] = []
        body = write_json(ARCHIVED["request"])
        verdict = _shadowed(reported).validate_body("session.create", body, ARCHIVED["facts"])
        assert [difference.enforced for difference in reported] == [verdict]

    def test_rules_of_the_application(self) -> None:
        """The candidate has the same rules of the application; one that raises under it leaves the verdict as it is."""
        reported: list[Difference] = []
        policy = default_policy().with_modes(Mode.OFF, "broken")
        engine = Shadow(Engine(policy, rules=[broken]), default_policy(), reported.append)
        verdict = engine.validate(CREATE)
        assert verdict == Engine(policy, rules=[broken]).validate(CREATE)
        assert verdict.accepted
        assert [difference.candidate for difference in reported] == [Engine(rules=[broken]).validate(CREATE)]
        assert reported[0].candidate.codes == ("creation_failed",)

    def test_threads(self) -> None:
        """Threads that share the engine report each difference of theirs, once."""
        reported: list[Difference] = []
        engine = _shadowed(reported)
        documents = [{**(ARCHIVED if number % 2 else CREATE), "id": f"d_{number}"} for number in range(40)]
        with ThreadPoolExecutor(max_workers=4) as pool:
            verdicts = list(pool.map(engine.validate, documents))
        assert [verdict.accepted for verdict in verdicts] == [True, False] * 20
        assert sorted(str(difference.draft.id) for difference in reported) == sorted(f"d_{n}" for n in range(1, 40, 2))


class TestRaising:
    """Invariant 8: a callback that raises does not take the verdict down."""

    def test_verdict_stands(self, caplog: pytest.LogCaptureFixture) -> None:
        """A callback that raises changes no verdict; the log has the type and the place, and not the text."""

        def failing(difference: Difference) -> None:
            raise ConnectionError(write_json(difference.record()))

        with caplog.at_level(logging.DEBUG):
            verdict = Shadow(Engine(), LENIENT, failing).validate(ARCHIVED)
        assert verdict == Engine().validate(ARCHIVED)
        (record,) = caplog.records
        line = failing.__code__.co_firstlineno + 1
        assert (record.name, record.levelno) == ("rules_engine.shadow", logging.ERROR)
        assert record.getMessage() == f"on_difference raised ConnectionError at {__file__}:{line}"
        assert (record.exc_info, "price_bowl" in str(vars(record))) == (None, False)

    def test_interrupted(self) -> None:
        """What ends the process is not held back."""

        def interrupting(_: Difference) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            Shadow(Engine(), LENIENT, interrupting).validate(ARCHIVED)


class TestMaking:
    """What an engine with a candidate is made of."""

    def test_policy(self) -> None:
        """It is an engine of the policy that is enforced, and compiles both before the first draft."""
        shadow = _shadowed([])
        assert shadow.policy.id == "default"
        shadow.compile("session.create")
        with pytest.raises(PolicyError, match="default has no pipeline for session"):
            shadow.compile("session.sing")

    def test_candidate_that_names_nothing(self) -> None:
        """A candidate that names what does not exist is refused when the engine is made, like a policy."""
        with pytest.raises(PolicyError, match="odd: unknown rule price_inactve in session"):
            _shadowed([], Policy("odd", {**default_policy().pipelines, "session.create": ("price_inactve",)}))

    def test_candidate_without_an_operation(self) -> None:
        """A candidate that lacks an operation of the policy is refused."""
        with pytest.raises(PolicyError, match=r"small: no pipeline for session\.confirm, which default has"):
            _shadowed([], Policy("small", {"session.create": ("price_inactive",)}))


class TestCost:
    """What it costs where the verdicts agree."""

    def test_clean_under_both(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A draft that is clean under both is resolved under neither; one that both refuse alike, once."""
        reported: list[Difference] = []
        shadow = _shadowed(reported, attrs.evolve(default_policy().with_limits(max_line_items=50), id="candidate"))
        resolved: list[str] = []

        def counting(plan: Any, *others: Any) -> Any:
            resolved.append(plan.policy)
            return resolve(plan, *others)

        monkeypatch.setattr("rules_engine.engine.judge.resolve", counting)
        assert shadow.validate(CREATE).accepted
        assert (reported, resolved) == ([], [])
        assert not shadow.validate(read_draft(ARCHIVED)).accepted
        assert (reported, resolved) == ([], ["default"])
