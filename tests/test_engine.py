"""The engine: a policy compiled once, and its modes."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NoReturn

import attrs
import pytest

from rules_engine import (
    Engine,
    Mode,
    Policy,
    PolicyError,
    Skipped,
    default_policy,
    read_draft,
    validate_session,
)
from rules_engine.api import engine_for
from rules_engine.examples import REMOVED, changed, examples
from tests.broken import ARCHIVED, BROKEN, CREATE, EXPIRE


class _Catalogue(dict[str, Any]):
    """A mapping that is asked for what is used, and never walked through."""

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("walked through")

    def values(self) -> NoReturn:
        raise AssertionError("walked through")

    def items(self) -> NoReturn:
        raise AssertionError("walked through")


class TestEngine:
    """A policy, compiled once."""

    def test_is_shared_by_threads(self) -> None:
        """Many threads on one engine get the verdicts that one thread gets."""
        engine = Engine()
        documents = [*examples().values(), BROKEN, changed(EXPIRE, {"/facts/session/status": "complete"})] * 20
        alone = [engine.validate(document) for document in documents]
        with ThreadPoolExecutor(8) as threads:
            together = list(threads.map(engine.validate, documents))
        assert together == alone

    def test_can_be_compiled_before_the_first_draft(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What is compiled at once is not written again by a clean draft or a refused one, and judges the same."""
        engine = Engine()
        engine.compile("session.create")
        expected = [Engine().validate(document) for document in (CREATE, BROKEN)]

        def again(*_: object) -> None:
            raise AssertionError("written again")

        monkeypatch.setattr("rules_engine.engine.find._write", again)
        assert [engine.validate(document) for document in (CREATE, BROKEN)] == expected
        with pytest.raises(PolicyError, match="no pipeline for"):
            engine.compile("session.sing")

    def test_facts_that_are_not_used_cost_nothing(self) -> None:
        """However many prices, coupons and codes the facts hold, only those that the request names are looked at."""
        draft: Any = read_draft(CREATE)
        large = {
            name: _Catalogue(getattr(draft.facts, name))
            for name in ("prices", "coupons", "promotion_codes", "configurations", "exchange_rates")
        }
        assert Engine().validate(attrs.evolve(draft, facts=attrs.evolve(draft.facts, **large))).accepted

    def test_is_compiled_once(self) -> None:
        """The functions compile a policy the first time they get it, and find it compiled from then on."""
        policy = default_policy().with_limits(max_discounts=2)
        assert engine_for(policy) is engine_for(policy)
        assert engine_for(policy) is not engine_for(default_policy())
        assert engine_for(None).policy.id == "default"

    def test_names_the_policy(self) -> None:
        """A verdict names the policy by which it was reached, clean or not."""
        policy = attrs.evolve(default_policy(), id="shop")
        for document in (CREATE, BROKEN):
            verdict = validate_session(document, policy=policy)
            assert (verdict.operation, verdict.policy) == ("session.create", "shop")

    def test_refuses_what_does_not_exist(self) -> None:
        """A policy that names unknown operations and rules is refused whole, with the nearest right names."""
        policy = Policy(
            "shop",
            {"session.creat": (), "session.expire": ("price_expird", "price_expired", "session_missing")},
            {"price_inactiv": Mode.OFF},
        )
        with pytest.raises(PolicyError) as refusal:
            Engine(policy)
        assert tuple(map(str, refusal.value.problems)) == (
            "shop: unknown operation session.creat; did you mean session.create?",
            "shop: unknown rule price_expird in session.expire; did you mean price_expired?",
            "shop: price_expired does not apply to session.expire",
            "shop: unknown rule price_inactiv; did you mean price_inactive?",
        )

    def test_needs_a_pipeline(self) -> None:
        """A draft of an operation that the policy leaves out is refused, not waved through."""
        engine = Engine(Policy("shop", {"session.expire": ("session_missing",)}))
        assert engine.validate(EXPIRE).accepted
        with pytest.raises(PolicyError, match=r"the policy shop has no pipeline for session\.create"):
            engine.validate(CREATE)


class TestModes:
    """How hard a rule is applied."""

    def test_enforce(self) -> None:
        """An enforced rule refuses."""
        verdict = validate_session(changed(CREATE, ARCHIVED))
        assert (verdict.codes, verdict.accepted, verdict.http_status) == (("price_inactive",), False, 400)
        assert (verdict.warnings, verdict.shadowed) == ((), ())

    def test_warn_and_shadow(self) -> None:
        """A rule that warns, or is in the shadow, finds what it would find and refuses nothing."""
        found = validate_session(changed(CREATE, ARCHIVED)).violations
        clean = validate_session(CREATE)
        for mode, expected in (
            (Mode.WARN, attrs.evolve(clean, warnings=found)),
            (Mode.SHADOW, attrs.evolve(clean, shadowed=found)),
        ):
            policy = default_policy().with_modes(mode, "price_inactive")
            verdict = validate_session(changed(CREATE, ARCHIVED), policy=policy)
            assert verdict == expected
            assert verdict.accepted
            assert verdict.error_response() is None

    def test_off(self) -> None:
        """A rule that is off is not evaluated at all."""
        policy = default_policy().with_modes(Mode.OFF, "price_inactive")
        assert validate_session(changed(CREATE, ARCHIVED), policy=policy) == validate_session(CREATE)

    def test_only_enforced_rules_have_others_skipped(self) -> None:
        """A rule that builds on another is skipped while that one refuses, and is evaluated once it only warns."""
        gone = changed(CREATE, {"/facts/prices/price_mug": REMOVED, "/facts/missing": {"prices": ["price_mug"]}})
        verdict = validate_session(gone)
        skipped = {entry.rule: entry for entry in verdict.skipped}
        assert skipped["price_sold_out"] == Skipped("price_sold_out", "lineItems[0].price", ("price_missing",))
        warned = validate_session(gone, policy=default_policy().with_modes(Mode.WARN, "price_missing"))
        assert "price_sold_out" not in {entry.rule for entry in warned.skipped}
