"""Codes and rules of the application's own, and what a rule that raises does to a verdict."""

from typing import Any

import attrs
import pytest

from rules_engine import (
    CATALOGUE,
    Code,
    Engine,
    Fault,
    Mode,
    PolicyError,
    Rule,
    Skipped,
    Violation,
    default_policy,
    rule,
    validate_session,
    write_json,
)
from rules_engine.examples import changed, examples
from rules_engine.views.context import Context, Limit
from rules_engine.views.line_item import LineItemView
from rules_engine.views.session import SessionView
from rules_engine.views.stored_session import StoredSessionView

CREATE = examples()["create"]
EXPIRE = examples()["expire"]
SOLD_OUT = {"/facts/prices/price_mug/stock": 1}
ARCHIVED = {"/facts/prices/price_bowl/active": False}
BROKEN = changed(CREATE, {**SOLD_OUT, **ARCHIVED})

CASH_LIMIT = Code.custom("acme.cash_limit", "The order is too large for cash.", http_status=402)


@rule(CASH_LIMIT, on=SessionView, param="lineItems", public={"subtotal": "subtotal"})
def cash_limit(session: SessionView, _: Context) -> bool:
    """The order comes to more than the shop takes in cash."""
    return session.subtotal is not None and session.subtotal > 100_000


@rule(
    CASH_LIMIT,
    on=SessionView,
    undecided_when=lambda _, context: "risk" not in context.custom,
)
def risky(_: SessionView, context: Context) -> bool:
    """The shop calls the buyer a high risk."""
    return "risk" in context.custom and context.custom["risk"] == "high"


class BrokenError(Exception):
    """What an application's rule raises; its text quotes a secret."""


@rule(CASH_LIMIT, on=LineItemView)
def broken(line: LineItemView, _: Context) -> bool:
    """The rule has a bug on the second line."""
    if line.index == 1:
        raise BrokenError("cus_secret")
    return False


@rule(CASH_LIMIT, on=StoredSessionView)
def broken_on_stored(stored: StoredSessionView, _: Context) -> bool:
    """The rule has a bug on every stored session."""
    raise BrokenError(stored.currency)


def _broken_evidence(_: object, __: Context) -> int:
    raise BrokenError("cus_secret")


@rule(CASH_LIMIT, on=SessionView, public={"subtotal": _broken_evidence})
def badly_shown(session: SessionView, _: Context) -> bool:
    """The order is refused, and showing why fails."""
    return session.line_count is not None


class TestOwnRules:
    """Rules of the application's own."""

    def test_speaks_last(self) -> None:
        """A rule that the policy does not name comes after all others, in each operation that has its scope."""
        engine = Engine(rules=[cash_limit])
        verdict = engine.validate(BROKEN)
        assert verdict.codes == ("price_inactive", "price_sold_out", "acme.cash_limit")
        assert verdict.violations[-1] == Violation(
            CASH_LIMIT,
            "cash_limit",
            "lineItems",
            "/request/lineItems",
            "The order comes to more than the shop takes in cash.",
            {"subtotal": 128_500},
        )
        assert engine.validate(EXPIRE).accepted
        assert {name for name, pipeline in engine.policy.pipelines.items() if "cash_limit" in pipeline} == {
            "session.create",
            "session.update",
        }

    @pytest.mark.parametrize(
        ("custom", "codes", "undecided"),
        [({"risk": "high"}, (CASH_LIMIT.name,), ()), ({"risk": "low"}, (), ()), ({"store": 7}, (), ("risky",))],
    )
    def test_reads_the_application_s_own_facts(
        self, custom: dict[str, Any], codes: tuple[str, ...], undecided: tuple[str, ...]
    ) -> None:
        """A rule judges by a fact of the application's own, and is undecided while that is not provided."""
        verdict = Engine(rules=[risky]).validate(changed(CREATE, {"/facts/custom": custom}))
        assert (verdict.codes, tuple(rule.rule for rule in verdict.undecided)) == (codes, undecided)

    def test_speaks_where_the_policy_puts_it(self) -> None:
        """A rule that the policy names stands where it is named, and nowhere else."""
        policy = default_policy().with_pipeline(
            "session.create", ("cash_limit", *default_policy().pipelines["session.create"])
        )
        engine = Engine(policy, rules=[cash_limit])
        assert engine.validate(BROKEN).codes == ("acme.cash_limit", "price_inactive", "price_sold_out")
        assert "cash_limit" not in engine.policy.pipelines["session.update"]

    def test_answers_as_its_code_says(self) -> None:
        """Its code has the declared status and type, and no page where none is declared."""
        verdict = Engine(rules=[cash_limit]).validate(CREATE)
        assert verdict.http_status == 402
        assert verdict.error_response() == {
            "error": {
                "type": "invalid_request_error",
                "code": "acme.cash_limit",
                "message": "The order comes to more than the shop takes in cash.",
                "param": "lineItems",
            }
        }

    @pytest.mark.parametrize("rules", [(cash_limit, cash_limit), (attrs.evolve(cash_limit, name="price_expired"),)])
    def test_refuses_two_rules_of_one_name(self, rules: tuple[Rule[Any], ...]) -> None:
        """An application's rule may not take a name that is taken."""
        with pytest.raises(PolicyError, match="two rules have the same name"):
            Engine(rules=rules)


class TestRaisingRules:
    """Invariant 8: a rule that raises does not take the verdict down."""

    def test_enforced_at_create(self) -> None:
        """An enforced rule that raises refuses a creation, and the other rules still report."""
        verdict = Engine(rules=[broken]).validate(changed(CREATE, ARCHIVED))
        assert verdict.codes == ("price_inactive", "creation_failed")
        assert verdict.faults == (Fault("broken", Mode.ENFORCE, "BrokenError"),)
        failed = verdict.violations[-1]
        assert (failed.rule, failed.param, failed.pointer, failed.evidence) == ("broken", None, "", {})
        assert failed.message == CATALOGUE["creation_failed"].sentence

    def test_enforced_elsewhere(self) -> None:
        """In any other operation it is an internal error."""
        verdict = Engine(rules=[broken_on_stored]).validate(EXPIRE)
        assert (verdict.codes, verdict.http_status) == (("internal_error",), 500)
        assert verdict.faults == (Fault("broken_on_stored", Mode.ENFORCE, "BrokenError"),)

    @pytest.mark.parametrize("mode", [Mode.WARN, Mode.SHADOW])
    def test_not_enforced(self, mode: Mode) -> None:
        """A rule that is not enforced is only reported when it raises."""
        verdict = Engine(default_policy().with_modes(mode, "broken"), rules=[broken]).validate(CREATE)
        assert verdict.accepted
        assert (verdict.violations, verdict.warnings, verdict.shadowed) == ((), (), ())
        assert verdict.faults == (Fault("broken", mode, "BrokenError"),)

    def test_evidence_that_raises(self) -> None:
        """A violation stands without its evidence where showing it fails, and the failure is reported."""
        verdict = Engine(rules=[badly_shown]).validate(CREATE)
        assert verdict.codes == ("acme.cash_limit",)
        assert verdict.violations[0].evidence == {}
        assert verdict.faults == (Fault("badly_shown", Mode.ENFORCE, "BrokenError"),)

    def test_undecided_that_raises(self) -> None:
        """A rule that raises while it finds out whether it is undecided has raised like any other."""
        unsure = attrs.evolve(broken, name="unsure", violated=lambda _, __: False, undecided_when=broken.violated)
        verdict = Engine(rules=[unsure]).validate(changed(CREATE, ARCHIVED))
        assert verdict.faults == (Fault("unsure", Mode.ENFORCE, "BrokenError"),)
        assert verdict.codes == ("price_inactive", "creation_failed")

    def test_has_others_skipped(self) -> None:
        """What builds on a rule that raises is skipped, on the line where it raised."""
        follower = attrs.evolve(broken, name="follower", violated=lambda _, __: True, needs=(broken,))
        verdict = Engine(rules=[broken, follower]).validate(CREATE)
        assert verdict.skipped == (Skipped("follower", "lineItems[1]", ("broken",)),)
        assert [violation.param for violation in verdict.violations] == [None, "lineItems[0]", "lineItems[2]"]

    def test_keeps_no_text(self) -> None:
        """Nothing of the exception but its type is kept: its text may quote the draft."""
        assert "cus_secret" not in repr(Engine(rules=[broken, badly_shown]).validate(CREATE))

    def test_off(self) -> None:
        """A rule that is off is not evaluated, so it cannot raise."""
        engine = Engine(default_policy().with_modes(Mode.OFF, "broken"), rules=[broken])
        assert engine.validate(CREATE) == validate_session(CREATE)


class TestCustomCodes:
    """Codes of the application's own."""

    def test_declared(self) -> None:
        """It has its namespace for a section, no page unless it names one, and is not in the catalogue."""
        code = Code.custom(
            "acme.cash_limit",
            "Too much.",
            http_status=402,
            error_type="api_error",
            doc_url="https://acme.example/cash",
        )
        assert (code.name, code.section, code.http_status) == ("acme.cash_limit", "acme", 402)
        assert (code.type, code.sentence, code.doc_url) == ("api_error", "Too much.", "https://acme.example/cash")
        assert CASH_LIMIT.doc_url is None
        assert code.name not in CATALOGUE

    @pytest.mark.parametrize(
        "name", ["cash_limit", "acme.", ".cash", "Acme.cash", "acme.cash.limit", "acme.cash-limit", "acme.cash\n", ""]
    )
    def test_needs_a_namespace(self, name: str) -> None:
        """A name without a namespace could be a code of the page one day, so it is refused."""
        with pytest.raises(ValueError, match=r"namespace\.code in snake case"):
            Code.custom(name, "Too much.")

    @pytest.mark.parametrize(("status", "admitted"), [(399, False), (400, True), (599, True), (600, False)])
    def test_needs_an_error_status(self, status: int, *, admitted: bool) -> None:
        """The status of an error lies between 400 and 599, both admitted."""
        if admitted:
            assert Code.custom("acme.cash_limit", "Too much.", http_status=status).http_status == status
        else:
            with pytest.raises(ValueError, match="between 400 and 599"):
                Code.custom("acme.cash_limit", "Too much.", http_status=status)


class TestDeclaring:
    """The decorator."""

    def test_needs_a_docstring(self) -> None:
        """A rule without a docstring would have no message."""
        with pytest.raises(TypeError, match="the rule silent needs a docstring"):

            @rule(CASH_LIMIT, on=SessionView)
            def silent(session: SessionView, _: Context) -> bool:
                return session.methods_sent

    def test_reads_a_limit_of_its_own(self) -> None:
        """A limit that an application declares beside its rule is read at its default."""
        most = Limit("acme_most_lines", "The most lines that cash pays for.", unit="lines", default=2)

        @rule(CASH_LIMIT, on=SessionView, limits=(most,))
        def acme_many_lines(session: SessionView, ctx: Context) -> bool:
            """The order has too many lines for cash."""
            return session.line_count is not None and session.line_count > ctx.limits[most]

        verdict = Engine(rules=[acme_many_lines]).validate(examples()["create"])
        assert (verdict.codes, verdict.faults) == (("acme.cash_limit",), ())

    def test_is_still_a_function(self) -> None:
        """A rule can be called like the function it was, and reads as its name."""
        session: Any = type("Session", (), {"subtotal": 100_001})
        context: Any = None
        assert cash_limit(session, context) is True
        assert repr(cash_limit) == "Rule(cash_limit)"


@rule(CASH_LIMIT, on=SessionView, public={"fields": lambda session, _: len(attrs.fields(type(session.request)))})
def shown_by_its_models(session: SessionView, _: Context) -> bool:
    """The order is refused, and what shows why takes the models apart."""
    return session.line_count is not None


def test_evidence_is_shown_the_models() -> None:
    """However the text of a draft was read, what shows an application's rule is handed the models."""
    engine = Engine(rules=[shown_by_its_models])
    verdict = engine.validate(write_json(CREATE))
    assert verdict.codes == ("acme.cash_limit",)
    assert verdict.faults == ()
    assert verdict == engine.validate(CREATE)
