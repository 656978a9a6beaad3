"""The doors: engines, rules of the host's own, verdicts as errors, and what a rule that raises does to them."""

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any, ClassVar

import attrs
import pytest

from rules_engine import (
    CATALOGUE,
    Code,
    Draft,
    DraftError,
    Engine,
    FactKey,
    Facts,
    FactsError,
    Fault,
    Mode,
    Policy,
    PolicyError,
    Rule,
    RulesEngineError,
    Undecided,
    UndecidedError,
    Verdict,
    Violation,
    ViolationError,
    ViolationsError,
    Withheld,
    default_policy,
    read_draft,
    required_facts,
    rule,
    validate,
    validate_body,
    validate_session,
    write_draft,
)
from rules_engine.api import engine_for
from rules_engine.models.session import SessionExpire
from rules_engine.subjects.context import Context
from rules_engine.subjects.line_item import LINE_ITEM, LineItemSubject
from rules_engine.subjects.session import SESSION, STORED_SESSION, SessionSubject, StoredSessionSubject
from rules_engine.testing.documents import REMOVED, changed
from rules_engine.testing.worlds import NOW, clean_worlds

CREATE = clean_worlds()["create"]
EXPIRE = clean_worlds()["expire"]
SOLD_OUT = {"/facts/prices/price_mug/stock": 1}
ARCHIVED = {"/facts/prices/price_bowl/active": False}
SPOILT = changed(CREATE, {**SOLD_OUT, **ARCHIVED})

CASH_LIMIT = Code.custom("acme.cash_limit", "The order is too large for cash.", http_status=402)


@rule(CASH_LIMIT, on=SESSION, param="lineItems", evidence=lambda session, _: {"subtotal": session.subtotal})
def cash_limit(session: SessionSubject, _: Context) -> bool:
    """The order comes to more than the shop takes in cash."""
    return session.subtotal is not None and session.subtotal > 100_000


class BrokenError(Exception):
    """What a host's rule raises; its text quotes a secret."""


@rule(CASH_LIMIT, on=LINE_ITEM)
def broken(line: LineItemSubject, _: Context) -> bool:
    """The rule has a bug on the second line."""
    if line.index == 1:
        raise BrokenError("cus_secret")
    return False


@rule(CASH_LIMIT, on=STORED_SESSION)
def broken_on_stored(session: StoredSessionSubject, _: Context) -> bool:
    """The rule has a bug on every stored session."""
    raise BrokenError(session.status)


def _broken_evidence(_: object, __: Context) -> Mapping[str, str]:
    raise BrokenError("cus_secret")


@rule(CASH_LIMIT, on=SESSION, evidence=_broken_evidence)
def badly_shown(session: SessionSubject, _: Context) -> bool:
    """The order is refused, and showing why fails."""
    return session.line_count is not None


class TestDoors:
    """The same draft through each of the doors."""

    def test_one_verdict(self) -> None:
        """A document, its JSON text, its bytes and its draft get the same verdict from every door."""
        text = json.dumps(SPOILT)
        expected = validate_session(SPOILT)
        assert expected.codes == ("price_inactive", "price_sold_out")
        drafts: tuple[Any, ...] = (SPOILT, text, text.encode(), bytearray(text.encode()), read_draft(SPOILT))
        for draft in drafts:
            assert validate_session(draft) == expected
            assert validate(draft) == expected
            assert Engine().validate(draft) == expected

    def test_body(self) -> None:
        """A raw body with the same facts gets the same verdict as the draft document."""
        body = json.dumps(SPOILT["request"]).encode()
        expected = validate_session(SPOILT)
        assert validate_body("session.create", body, SPOILT["facts"]) == expected
        assert Engine().validate_body("session.create", body, SPOILT["facts"]) == expected

    def test_body_acts_on_a_target(self) -> None:
        """An operation on a session is told which, and an operation without parameters takes an empty body."""
        facts = EXPIRE["facts"]
        assert validate_body("session.expire", b"", facts, target="cs_1").accepted
        other = changed(facts, {"/missing": {"sessions": ["cs_2"]}})
        assert validate_body("session.expire", "", other, target="cs_2").codes == ("resource_missing",)
        with pytest.raises(DraftError, match="/target: "):
            validate_body("session.expire", b"", facts)

    def test_body_takes_facts_as_a_model(self) -> None:
        """Facts that are read already are not read again."""
        draft = read_draft(SPOILT)
        assert isinstance(draft, Draft)
        body = json.dumps(SPOILT["request"])
        assert validate_body("session.create", body, draft.facts) == validate_session(SPOILT)

    @pytest.mark.parametrize("body", [b"", b"[]", b'"text"', b"{", b"\xff", b"null"])
    def test_body_that_is_no_object(self, body: bytes) -> None:
        """What is not a JSON object is an invalid request at the request itself, and no rule runs."""
        verdict = validate_body("session.create", body, CREATE["facts"])
        assert verdict.codes == ("invalid_request",)
        assert (verdict.violations[0].rule, verdict.violations[0].param) == (None, None)
        assert verdict.violations[0].pointer == "/request"
        assert verdict.http_status == 400

    def test_unknown_operation(self) -> None:
        """An operation that does not exist is the host's error, and the nearest one is named."""
        with pytest.raises(DraftError, match=r"/operation: expected one of .*; did you mean session\.create\?"):
            validate_body("session.creat", b"{}", CREATE["facts"])

    def test_session_operations_only(self) -> None:
        """`validate_session` refuses a draft that is no session draft, and names its operation."""

        @attrs.frozen(kw_only=True)
        class OtherDraft(Draft[SessionExpire]):
            operation: ClassVar[str] = "coupon.delete"

        other: Any = OtherDraft(request=SessionExpire(), facts=Facts(now=datetime(2026, 11, 22, tzinfo=UTC)))
        with pytest.raises(DraftError, match=r"/operation: coupon\.delete is no operation of a session"):
            validate_session(other)

    @pytest.mark.parametrize("door", [validate, validate_session, Engine().validate, required_facts])
    def test_naive_clock(self, door: Any) -> None:
        """An instant without an offset is the host's error, wherever the draft comes in."""
        draft = read_draft(CREATE)
        assert isinstance(draft, Draft)
        naive = attrs.evolve(draft, facts=attrs.evolve(draft.facts, now=datetime(2026, 11, 22, 10)))  # noqa: DTZ001  # the very fault
        with pytest.raises(FactsError, match="/facts/now: expected an instant with an offset"):
            door(naive)

    def test_naive_clock_of_a_body(self) -> None:
        """A body judged by facts with such an instant is refused in the same way."""
        facts = Facts(now=datetime(2026, 11, 22, 10))  # noqa: DTZ001  # the very fault
        with pytest.raises(FactsError, match="/facts/now: expected an instant with an offset"):
            validate_body("session.create", json.dumps(CREATE["request"]), facts)

    def test_required_facts_of_a_refused_request(self) -> None:
        """A request that does not parse needs no facts."""
        assert required_facts(changed(CREATE, {"/request/mode": 1, "/facts/prices": {}})) == ()

    def test_round_trip(self) -> None:
        """A draft that is written and read again gets the same verdict."""
        draft = read_draft(SPOILT)
        assert isinstance(draft, Draft)
        assert validate_session(write_draft(draft)) == validate_session(SPOILT)


class TestEngine:
    """A policy, compiled once."""

    def test_is_shared_by_threads(self) -> None:
        """Many threads on one engine get the verdicts that one thread gets."""
        engine = Engine()
        documents = [*clean_worlds().values(), SPOILT, changed(EXPIRE, {"/facts/session/status": "complete"})] * 20
        alone = [engine.validate(document) for document in documents]
        with ThreadPoolExecutor(8) as threads:
            together = list(threads.map(engine.validate, documents))
        assert together == alone

    def test_is_compiled_once(self) -> None:
        """The doors compile a policy the first time they see it, and find it compiled from then on."""
        policy = default_policy().with_limits(max_discounts=2)
        assert engine_for(policy) is engine_for(policy)
        assert engine_for(policy) is not engine_for(default_policy())
        assert engine_for(None).policy.id == "default"

    def test_names_the_policy(self) -> None:
        """A verdict says by which policy it was reached, clean or not."""
        policy = attrs.evolve(default_policy(), id="shop")
        for document in (CREATE, SPOILT):
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
        assert refusal.value.problems == (
            "shop: unknown operation session.creat; did you mean session.create?",
            "shop: unknown rule price_expird in session.expire; did you mean price_expired?",
            "shop: price_expired has nothing to stand on in session.expire",
            "shop: unknown rule price_inactiv; did you mean price_inactive?",
        )

    def test_needs_a_pipeline(self) -> None:
        """A draft of an operation that the policy leaves out is refused, not waved through."""
        engine = Engine(Policy("shop", {"session.expire": ("session_missing",)}))
        assert engine.validate(EXPIRE).accepted
        with pytest.raises(PolicyError, match=r"the policy shop has no pipeline for session\.create"):
            engine.validate(CREATE)

    @pytest.mark.parametrize("rules", [(cash_limit, cash_limit), (attrs.evolve(cash_limit, name="price_expired"),)])
    def test_refuses_two_rules_of_one_name(self, rules: tuple[Rule[Any], ...]) -> None:
        """A host's rule may not take a name that is taken."""
        with pytest.raises(PolicyError, match="two rules have the same name"):
            Engine(rules=rules)


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
        engine = Engine(default_policy().with_modes(Mode.OFF, "broken"), rules=[broken])
        assert engine.validate(CREATE) == validate_session(CREATE)

    def test_only_enforced_rules_withhold(self) -> None:
        """A rule that builds on another is withheld while that one refuses, and speaks once it only warns."""
        gone = changed(CREATE, {"/facts/prices/price_mug": REMOVED, "/facts/missing": {"prices": ["price_mug"]}})
        verdict = validate_session(gone)
        withheld = {entry.rule: entry for entry in verdict.withheld}
        assert withheld["price_sold_out"] == Withheld("price_sold_out", "lineItems[0].price", ("price_missing",))
        warned = validate_session(gone, policy=default_policy().with_modes(Mode.WARN, "price_missing"))
        assert "price_sold_out" not in {entry.rule for entry in warned.withheld}


class TestOwnRules:
    """Rules of the host's own."""

    def test_speaks_last(self) -> None:
        """A rule that the policy does not name comes after all others, in each operation that has its scope."""
        engine = Engine(rules=[cash_limit])
        verdict = engine.validate(SPOILT)
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

    def test_speaks_where_the_policy_puts_it(self) -> None:
        """A rule that the policy names stands where it is named, and nowhere else."""
        policy = default_policy().with_pipeline(
            "session.create", ("cash_limit", *default_policy().pipelines["session.create"])
        )
        engine = Engine(policy, rules=[cash_limit])
        assert engine.validate(SPOILT).codes == ("acme.cash_limit", "price_inactive", "price_sold_out")
        assert "cash_limit" not in engine.policy.pipelines["session.update"]

    def test_answers_as_its_code_says(self) -> None:
        """A host's code ships with the status and the type it was declared with, and with no page where it has none."""
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


class TestRaisingRules:
    """Law 8: a rule that raises does not take the verdict down."""

    def test_enforced_at_create(self) -> None:
        """An enforced rule that raises refuses a creation, and the other rules still speak."""
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
        """A rule that fails to tell whether it can speak has raised like any other."""
        unsure = attrs.evolve(broken, name="unsure", violated=lambda _, __: False, undecided_when=broken.violated)
        verdict = Engine(rules=[unsure]).validate(changed(CREATE, ARCHIVED))
        assert verdict.faults == (Fault("unsure", Mode.ENFORCE, "BrokenError"),)
        assert verdict.codes == ("price_inactive", "creation_failed")

    def test_withholds(self) -> None:
        """What builds on a rule that raises is withheld, on the line where it raised."""
        follower = attrs.evolve(broken, name="follower", violated=lambda _, __: True, needs=(broken,))
        verdict = Engine(rules=[broken, follower]).validate(CREATE)
        assert verdict.withheld == (Withheld("follower", "lineItems[1]", ("broken",)),)
        assert [violation.param for violation in verdict.violations] == [None, "lineItems[0]", "lineItems[2]"]

    def test_keeps_no_text(self) -> None:
        """Nothing of the exception but its type is kept: its text may quote the draft."""
        assert "cus_secret" not in repr(Engine(rules=[broken, badly_shown]).validate(CREATE))


class TestErrorResponse:
    """What the API answers."""

    def test_accepted(self) -> None:
        """A draft that is accepted has no error and no status."""
        verdict = validate_session(CREATE)
        assert (verdict.error_response(request_id="req_1"), verdict.http_status) == (None, None)

    def test_first_violation(self) -> None:
        """The answer is the first violation, in the form of the error page, with the id of the request beside it."""
        verdict = validate_session(SPOILT)
        assert verdict.error_response(request_id="req_1") == {
            "error": {
                "type": "invalid_request_error",
                "code": "price_inactive",
                "message": "The price is archived.",
                "param": "lineItems[1].price",
                "doc_url": "https://docs.xpay.app/integrate/errors/api-error-codes#price_inactive",
            },
            "request_id": "req_1",
        }

    def test_without_a_param(self) -> None:
        """A cause that is not in the request names no field, and an answer without an id of a request has none."""
        response = validate_session(changed(EXPIRE, {"/facts/session/status": "complete"})).error_response()
        assert response is not None
        assert set(response) == {"error"}
        assert set(response["error"]) == {"type", "code", "message", "doc_url"}

    def test_carries_no_evidence(self) -> None:
        """The evidence may name another customer; the answer does not."""
        verdict = validate_session(changed(CREATE, {"/facts/promotionCodes/promo_1/customerId": "cus_other"}))
        assert verdict.violations[0].evidence["customerId"] == "cus_other"
        assert "cus_other" not in json.dumps(verdict.error_response())

    def test_undecided(self) -> None:
        """A draft that is undecided without a violation answers an internal error and no detail."""
        verdict = validate_session(changed(CREATE, {"/facts/prices": {}}))
        assert (verdict.accepted, verdict.violations, verdict.http_status) == (False, (), 500)
        assert verdict.error_response() == {
            "error": {
                "type": "api_error",
                "code": "internal_error",
                "message": "The request could not be judged because of an unexpected fault.",
                "doc_url": "https://docs.xpay.app/integrate/errors/api-error-codes#internal_error",
            }
        }

    def test_statuses(self) -> None:
        """The status is that of the first violation, whatever else is wrong."""
        gone = {"/facts/prices/price_mug": REMOVED, "/facts/missing": {"prices": ["price_mug"]}}
        assert validate_session(changed(CREATE, gone)).http_status == 404
        assert validate_session(changed(CREATE, {**gone, "/request/lineItems/1/quantity": -1})).http_status == 400
        assert validate_session(changed(EXPIRE, {"/facts/session/status": "expired"})).http_status == 409


class TestRaiseForViolations:
    """Verdicts as exceptions."""

    def test_accepted(self) -> None:
        """A draft that is accepted raises nothing."""
        validate_session(CREATE).raise_for_violations()

    def test_group(self) -> None:
        """All violations are raised at once, each by itself, in the order of the verdict."""
        verdict = validate_session(SPOILT)
        with pytest.raises(ViolationsError) as raised:
            verdict.raise_for_violations()
        assert isinstance(raised.value, ExceptionGroup)
        assert isinstance(raised.value, RulesEngineError)
        assert tuple(error.violation for error in raised.value.exceptions) == verdict.violations  # type: ignore[union-attr]  # a group of ours holds only ours
        assert raised.value.message == "session.create is refused: price_inactive, price_sold_out"
        assert [str(error) for error in raised.value.exceptions] == [
            "lineItems[1].price: The price is archived.",
            "lineItems[0].price: The price has less stock left than the session asks for.",
        ]

    def test_except_star(self) -> None:
        """`except*` takes the violations out of the group, and the group keeps its type when it is split."""
        caught: list[ViolationError] = []
        try:
            validate_session(SPOILT).raise_for_violations()
        except* ViolationError as group:
            assert isinstance(group, ViolationsError)  # noqa: PT017  # except* is what is tested
            caught.extend(error for error in group.exceptions if isinstance(error, ViolationError))
        assert [str(error.violation.param) for error in caught] == ["lineItems[1].price", "lineItems[0].price"]

    def test_split(self) -> None:
        """A part of a group is a group of the same type."""
        with pytest.raises(ViolationsError) as raised:
            validate_session(SPOILT).raise_for_violations()
        sold_out, rest = raised.value.split(lambda error: "stock" in str(error) and error is not raised.value)
        assert isinstance(sold_out, ViolationsError)
        assert isinstance(rest, ViolationsError)
        assert (len(sold_out.exceptions), len(rest.exceptions)) == (1, 1)

    def test_without_a_param(self) -> None:
        """A violation that names no field reads as its message."""
        with pytest.raises(ViolationsError) as raised:
            validate_session(changed(EXPIRE, {"/facts/session/status": "complete"})).raise_for_violations()
        assert [str(error) for error in raised.value.exceptions] == [
            "The session is complete or expired already, so it cannot be ended."
        ]

    def test_undecided(self) -> None:
        """A draft that is undecided names the facts to look up."""
        verdict = validate_session(changed(CREATE, {"/facts/prices/price_mug": REMOVED}))
        assert verdict.required_facts == (FactKey("prices", "price_mug"),)
        assert Undecided("price_missing", "lineItems[0].price") in verdict.undecided
        with pytest.raises(UndecidedError) as raised:
            verdict.raise_for_violations()
        assert raised.value.facts == ("prices[price_mug]",)
        assert str(raised.value) == "session.create is undecided until these facts are looked up: prices[price_mug]"

    def test_violations_come_before_undecided(self) -> None:
        """A draft that is refused and undecided is refused."""
        verdict = validate_session(changed(CREATE, {**ARCHIVED, "/facts/prices/price_mug": REMOVED}))
        assert verdict.undecided
        with pytest.raises(ViolationsError):
            verdict.raise_for_violations()


class TestVerdict:
    """What a verdict says of itself."""

    def test_codes_once(self) -> None:
        """Two violations of one code are one code, at the place of the first."""
        verdict = validate_session(
            changed(CREATE, {**ARCHIVED, "/facts/prices/price_mug/active": False, "/facts/prices/price_mug/stock": 1})
        )
        assert [violation.param for violation in verdict.violations] == [
            "lineItems[0].price",
            "lineItems[1].price",
            "lineItems[0].price",
        ]
        assert verdict.codes == ("price_inactive", "price_sold_out")

    def test_clean(self) -> None:
        """A clean draft has nothing to say but its operation and its policy."""
        assert validate_session(CREATE) == Verdict("session.create", "default")

    def test_clock(self) -> None:
        """The evidence of a rule about time is the instant of the facts, so a replay says the same for ever."""
        verdict = validate_session(changed(CREATE, {"/facts/prices/price_mug/expirationDate": NOW}))
        assert verdict.codes == ("price_expired",)
        assert verdict.violations[0].evidence["now"] == datetime(2026, 11, 22, 10, tzinfo=UTC)


class TestCustomCodes:
    """Codes of the host's own."""

    def test_declared(self) -> None:
        """A host's code has its namespace for a section, no page unless it names one, and is not in the catalogue."""
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
        """A rule without a docstring would have nothing to tell a merchant."""
        with pytest.raises(TypeError, match="the rule silent needs a docstring"):

            @rule(CASH_LIMIT, on=SESSION)
            def silent(session: SessionSubject, _: Context) -> bool:
                return session.always_create

    def test_is_still_a_function(self) -> None:
        """A rule can be called like the function it was, and reads as its name."""
        session: Any = type("Session", (), {"subtotal": 100_001})
        context: Any = None
        assert cash_limit(session, context) is True
        assert repr(cash_limit) == "Rule(cash_limit)"
