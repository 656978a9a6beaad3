"""The join and the rules as one function: what is written into it, what is called, and what is left as it was."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any, NoReturn

import attrs
import pytest

from benches.examples import DIRTY_CODES, clean_draft, dirty_draft
from rules_engine import OPERATIONS, Engine, Mode, Policy, Waiver, WaiverMatch, default_policy
from rules_engine.codes import VALIDATION_ERROR
from rules_engine.compiled_policy import _COMPILING
from rules_engine.engine.fusion.fuse import Glance, fuse, fuse_search
from rules_engine.engine.source import source_of
from rules_engine.models.draft import SessionCreateDraft
from rules_engine.rules.declaration import Rule, rule
from rules_engine.views import LINE_ITEM, Context, LineItemView

LATER = datetime(2099, 1, 1, tzinfo=UTC)
CREATE = "session.create"
OFTEN = 100


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rules_engine.compiled_policy._OFTEN", OFTEN)


def _glance(engine: Engine) -> Glance:
    glance = fuse(engine.plan_of(CREATE), OPERATIONS[CREATE].join)
    assert glance is not None
    return glance


@rule(VALIDATION_ERROR, on=LINE_ITEM)
def line_of_seven(line: LineItemView, _: Context) -> bool:
    """Seven of a thing bring bad luck."""
    return line.line.quantity == 7


class _Seven:
    """A rule that is an object, and not a function."""

    def __call__(self, line: LineItemView, _: Context) -> bool:
        return line.line.quantity == 7


def _typed_in() -> Any:
    names: dict[str, Any] = {}
    exec("def typed_in(line, _):\n    return line.line.quantity == 7\n", names)  # noqa: S102  # as a REPL does
    return names["typed_in"]


def _of_seven(draft: SessionCreateDraft) -> SessionCreateDraft:
    return _of(draft, quantity=7)


def _of(draft: SessionCreateDraft, *, quantity: int) -> SessionCreateDraft:
    first, *others = draft.request.line_items or ()
    lines = (attrs.evolve(first, quantity=quantity), *others)
    return attrs.evolve(draft, request=attrs.evolve(draft.request, line_items=lines))


def test_often_judged_drafts_pass_at_a_glance() -> None:
    """Once many clean drafts have been judged, the next one is passed without a join."""
    engine = Engine()
    draft = clean_draft(3)
    verdicts = [engine.validate(draft) for _ in range(OFTEN + 1)]
    assert set(map(id, verdicts)) == {id(engine.plan_of(CREATE).clean)}
    assert list(engine._compiled._glances) == [CREATE]  # noqa: SLF001  # what the test is about
    assert _glance(engine)(draft) is engine.plan_of(CREATE).clean


def test_nothing_is_built() -> None:
    """No item that a rule of ours judges is built in it, and no rule of ours is called."""
    source = source_of(_glance(Engine()))
    assert "View" not in source
    assert "context" not in source


def test_what_is_dirty_is_told_in_full() -> None:
    """A draft that a glance does not pass hears the verdict that it always heard."""
    engine, draft = Engine(), dirty_draft(3)
    before = engine.validate(draft)
    for _ in range(OFTEN):
        engine.validate(clean_draft(1))
    assert engine._compiled._glances  # noqa: SLF001  # the same
    assert engine.validate(draft) == before
    assert len(before.codes) == 5


def test_often_refused_drafts_are_searched_without_a_join() -> None:
    """Once many drafts have been refused, the next one is searched as it stands, and hears the same verdict."""
    engine, draft, calls = Engine(), dirty_draft(3), Counter[str]()

    def join(draft: Any) -> Any:
        calls["join"] += 1
        return OPERATIONS[CREATE].views(draft)

    engine._compiled._plans[CREATE] = attrs.evolve(engine.plan_of(CREATE), join=join)  # noqa: SLF001  # to see it called
    for _ in range(OFTEN):
        engine.validate(clean_draft(1))
    calls.clear()
    verdicts = [engine.validate(draft) for _ in range(OFTEN + 5)]
    assert calls["join"] == OFTEN
    assert len(set(map(repr, verdicts))) == 1
    assert engine.validate(clean_draft(3)) is engine.plan_of(CREATE).clean


def test_no_draft_waits_for_a_function() -> None:
    """While another thread compiles, drafts are judged as before; the next one after that writes what it may."""
    engine, draft = Engine(), clean_draft(1)
    engine.validate(draft)
    with ThreadPoolExecutor(1) as other:
        other.submit(_COMPILING.acquire).result()
        for _ in range(2 * OFTEN):
            assert engine.validate(draft).accepted
        assert engine._compiled._glances == {}  # noqa: SLF001  # what the test is about
        other.submit(_COMPILING.release).result()
    engine.validate(draft)
    assert list(engine._compiled._glances) == [CREATE]  # noqa: SLF001  # the same


def test_only_what_is_violated_is_built() -> None:
    """A search that is fused builds an item for each violation, and nothing for what is clear or has dependants."""
    plan = Engine().plan_of(CREATE)
    search = fuse_search(plan, OPERATIONS[CREATE].join)
    assert search is not None
    assert search(clean_draft(3)) == []
    found = search(dirty_draft(3)) or ()
    assert [plan.resolution[place].rule.code.name for place, _ in sorted(found, key=itemgetter(0))] == list(DIRTY_CODES)
    assert search(_of(clean_draft(3), quantity=-1)) is None
    built = [line for line in source_of(search).splitlines() if "View" in line]
    assert all("found.append" in line for line in built)


def test_rules_that_may_be_undecided_are_not_fused() -> None:
    """A host's rule may be undecided though every fact is known: then drafts are views before they are searched."""
    own: Rule[Any] = attrs.evolve(line_of_seven, undecided_when=lambda _, __: False)
    assert fuse_search(Engine(rules=[own]).plan_of(CREATE), OPERATIONS[CREATE].join) is None
    assert fuse_search(Engine(rules=[line_of_seven]).plan_of(CREATE), OPERATIONS[CREATE].join) is not None


@pytest.mark.parametrize("violated", [_Seven(), _typed_in()], ids=["an object", "typed in"])
def test_rules_without_a_source_are_called(violated: Any) -> None:
    """A rule whose text cannot be had is called, with an item that is built for it; ours are written out."""
    own: Rule[Any] = attrs.evolve(line_of_seven, violated=violated)
    engine = Engine(rules=[own])
    glance, clean = _glance(engine), clean_draft(3)
    assert "LineItemView" in source_of(glance)
    assert (glance(clean), glance(_of_seven(clean))) == (engine.plan_of(CREATE).clean, None)
    assert engine.validate(_of_seven(clean)).codes == ("validation_error",)


def test_rules_with_a_source_are_written_out() -> None:
    """A host's own rule of the usual form is written out like ours."""
    engine = Engine(rules=[line_of_seven])
    glance, clean = _glance(engine), clean_draft(3)
    assert "LineItemView" not in source_of(glance)
    assert (glance(clean), glance(_of_seven(clean))) == (engine.plan_of(CREATE).clean, None)


def test_a_rule_that_raises_is_told_in_full() -> None:
    """What raises within the function is left to the closer look, which names the rule."""

    def raises(_: LineItemView, __: Context) -> NoReturn:
        raise RuntimeError

    engine = Engine(rules=[attrs.evolve(line_of_seven, violated=raises)])
    assert _glance(engine)(clean_draft(1)) is None
    assert [fault.rule for fault in engine.validate(clean_draft(1)).faults] == ["line_of_seven"]


def test_a_join_without_a_source_is_called() -> None:
    """A join whose text cannot be had is not fused."""
    assert fuse(Engine().plan_of(CREATE), eval("lambda draft: draft")) is None  # noqa: S307  # a function without a file
    assert fuse(Engine().plan_of(CREATE), attrs.evolve) is None


def _with_waivers(policy: Policy) -> Policy:
    match = WaiverMatch(operation=CREATE)
    waivers = (Waiver(f"w{number}", "price_expired", match, LATER, "Known.") for number in range(100))
    return attrs.evolve(policy, waivers=tuple(waivers))


def _with_shadows(policy: Policy) -> Policy:
    return attrs.evolve(policy, modes=dict.fromkeys(policy.pipelines[CREATE], Mode.SHADOW))


@pytest.mark.parametrize("laden", [_with_waivers, _with_shadows])
def test_waivers_and_shadows_cost_clean_drafts_nothing(laden: Any) -> None:
    """With a hundred waivers, and with every rule in the shadow, the function is the same to the letter."""
    assert source_of(_glance(Engine(laden(default_policy())))) == source_of(_glance(Engine()))


def test_rules_that_are_off_cost_clean_drafts_nothing() -> None:
    """A rule that is off is not in it, and nothing is read for it."""
    off = dict.fromkeys(default_policy().pipelines[CREATE], Mode.OFF)
    source = source_of(_glance(Engine(attrs.evolve(default_policy(), modes=off))))
    assert len(source.splitlines()) < len(source_of(_glance(Engine())).splitlines())
    assert "expiration_date" not in source


class _Catalogue(dict[str, Any]):
    """A mapping that is asked for what is used, and never walked through."""

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("walked through")

    def values(self) -> NoReturn:
        raise AssertionError("walked through")

    def items(self) -> NoReturn:
        raise AssertionError("walked through")


def test_facts_that_are_not_used_cost_nothing() -> None:
    """However many prices, coupons and codes the facts hold, only those that the request names are looked at."""
    draft = clean_draft(3)
    facts = draft.facts
    large = attrs.evolve(
        facts,
        prices=_Catalogue(facts.prices),
        coupons=_Catalogue(facts.coupons),
        promotion_codes=_Catalogue(facts.promotion_codes),
        configurations=_Catalogue(facts.configurations),
        exchange_rates=_Catalogue(facts.exchange_rates),
    )
    engine = Engine()
    for judged in (draft, attrs.evolve(draft, facts=large)):
        assert engine.validate(judged).accepted
        assert _glance(engine)(judged) is engine.plan_of(CREATE).clean
