"""What a policy exempts in a draft: violations that are waived, and rules that are enforced from an instant on."""

from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import pytest

from rules_engine import (
    Engine,
    FactKey,
    MetadataMatch,
    Mode,
    Policy,
    PolicyError,
    Verdict,
    Waiver,
    WaiverMatch,
    default_policy,
    rule,
)
from rules_engine.codes import CATALOGUE, Code, Origin
from rules_engine.compiled_policy import CompiledPolicy
from rules_engine.examples import NOW, REMOVED, changed, examples
from rules_engine.views.context import Context
from rules_engine.views.session import SessionView

CREATE = examples()["create"]
SOLD_OUT = {"/facts/prices/price_mug/stock": 1}
INSTANT = datetime.fromisoformat(NOW)
LATER = INSTANT + timedelta(days=1)
ANY_CREATE = WaiverMatch(operation="session.create")
NEED, DEPENDANT = "promotion_code_customer_mismatch", "promotion_code_first_time_only"
"""Two rules of which the second needs the first, and which have codes of their names."""
BOTH = {"/facts/promotionCodes/promo_1/customerId": "cus_2", "/facts/payments/customers/cus_1": 1}
"""What violates both."""
UPDATE = examples()["update_metadata"]
ARCHIVED = {"/facts/prices/price_bowl/active": False}


def waiver(code: str = "price_sold_out", match: WaiverMatch = ANY_CREATE, **others: Any) -> Waiver:
    """Make a waiver."""
    return attrs.evolve(Waiver("known", code, match, LATER, "We know."), **others)


def policy(*waivers: Waiver) -> Policy:
    """Make the default policy with waivers."""
    return attrs.evolve(default_policy(), waivers=waivers)


def judge(document: dict[str, Any], *waivers: Waiver) -> Verdict:
    """Judge a document by the default policy with waivers."""
    return Engine(policy(*waivers)).validate(document)


class TestVerdict:
    """What comes of a violation that is waived."""

    def test_is_reported_and_refuses_nothing(self) -> None:
        """It stands among the waived with all that a violation has, and the reason; the draft is accepted."""
        broken = changed(CREATE, SOLD_OUT)
        (found,) = judge(broken).violations
        verdict = judge(broken, waiver())
        (waived,) = verdict.waived
        assert verdict.accepted
        assert verdict.violations == ()
        assert verdict.error_response() is None
        assert (waived.code, waived.rule, waived.param, waived.pointer, waived.message, waived.evidence) == (
            *(found.code, found.rule, found.param, found.pointer, found.message, found.evidence),
        )
        assert (waived.waiver, waived.reason) == ("known", "We know.")

    def test_leaves_others_alone(self) -> None:
        """Another violation refuses as before."""
        verdict = judge(changed(CREATE, {**SOLD_OUT, **ARCHIVED}), waiver())
        assert verdict.codes == ("price_inactive",)
        assert [waived.code.name for waived in verdict.waived] == ["price_sold_out"]

    def test_a_clean_draft_hears_nothing(self) -> None:
        """A clean draft is accepted with nothing waived, by the same verdict as ever."""
        assert judge(CREATE, waiver()) == judge(CREATE)

    def test_withholds_nothing(self) -> None:
        """What needs the waived rule is judged as if it were clear, and may refuse."""
        refused = judge(changed(CREATE, BOTH))
        verdict = judge(changed(CREATE, BOTH), waiver(NEED))
        assert (refused.codes, [skipped.rule for skipped in refused.skipped]) == ((NEED,), [DEPENDANT])
        assert (verdict.codes, verdict.skipped) == ((DEPENDANT,), ())
        assert judge(changed(CREATE, BOTH), waiver(NEED), waiver(DEPENDANT, id="too")).accepted

    def test_is_for_every_rule_of_the_code_on_every_item(self) -> None:
        """A code is waived wherever it is said."""
        both = {"/facts/prices/price_mug/active": False, **ARCHIVED}
        verdict = judge(changed(CREATE, both), waiver("price_inactive"))
        assert [waived.param for waived in verdict.waived] == ["lineItems[0].price", "lineItems[1].price"]

    @pytest.mark.parametrize("mode", [Mode.WARN, Mode.SHADOW])
    def test_is_for_enforced_rules(self, mode: Mode) -> None:
        """A rule that refuses nothing has nothing to waive: its finding stays where it is."""
        engine = Engine(policy(waiver()).with_modes(mode, "price_sold_out"))
        verdict = engine.validate(changed(CREATE, SOLD_OUT))
        assert (verdict.waived, len(verdict.warnings) + len(verdict.shadowed)) == ((), 1)

    def test_speaks_of_violations_only(self) -> None:
        """A rule that is undecided stays so: what would be waived is unknown."""
        unknown = changed(CREATE, {"/facts/prices/price_mug": REMOVED})
        assert judge(unknown, waiver()).undecided == judge(unknown).undecided

    def test_a_rule_that_raises_is_not_waived(self) -> None:
        """A rule that fails refuses, whatever its code: what it would have found is unknown."""

        @rule(CATALOGUE["price_sold_out"], on=SessionView)
        def broken(session: SessionView, _: Context) -> bool:
            """The rule has a bug."""
            return session.no_such_attribute is True  # type: ignore[attr-defined]  # this is the bug

        verdict = Engine(policy(waiver()), rules=[broken]).validate(CREATE)
        assert (verdict.codes, verdict.waived) == (("creation_failed",), ())

    def test_a_request_that_does_not_parse_is_not_waived(self) -> None:
        """No rule runs on it, so there is nothing to waive."""
        verdict = judge(changed(CREATE, {"/request/lineItems": 1}), waiver("price_sold_out"))
        assert (verdict.codes, verdict.waived) == (("parameter_invalid",), ())

    def test_the_first_that_fits_is_named(self) -> None:
        """Of several waivers that fit, the first of the policy is named."""
        verdict = judge(
            changed(CREATE, SOLD_OUT),
            waiver(id="other", match=WaiverMatch(merchant="mer_2")),
            waiver(id="first", match=WaiverMatch(merchant="mer_1")),
            waiver(id="second"),
        )
        assert [waived.waiver for waived in verdict.waived] == ["first"]


@pytest.mark.parametrize(
    ("expires", "waived"),
    [
        (INSTANT + timedelta(microseconds=1), True),
        (INSTANT, False),
        (INSTANT - timedelta(microseconds=1), False),
    ],
)
def test_expiry(expires: datetime, *, waived: bool) -> None:
    """A waiver holds before the instant of its expiry, and not from it on."""
    verdict = judge(changed(CREATE, SOLD_OUT), waiver(expires=expires))
    assert (verdict.accepted, bool(verdict.waived)) == (waived, waived)


class TestMatch:
    """Which drafts a waiver is for."""

    @pytest.mark.parametrize(
        ("match", "fits"),
        [
            (WaiverMatch(merchant="mer_1"), True),
            (WaiverMatch(merchant="mer_2"), False),
            (WaiverMatch(operation="session.create"), True),
            (WaiverMatch(operation="session.update"), False),
            (WaiverMatch(metadata=MetadataMatch("orderNumber")), True),
            (WaiverMatch(metadata=MetadataMatch("orderNumber", "88")), True),
            (WaiverMatch(metadata=MetadataMatch("orderNumber", "89")), False),
            (WaiverMatch(metadata=MetadataMatch("channel")), False),
            (WaiverMatch("mer_1", "session.create", MetadataMatch("orderNumber")), True),
            (WaiverMatch("mer_2", "session.create", MetadataMatch("orderNumber")), False),
        ],
    )
    def test_at_creation(self, match: WaiverMatch, *, fits: bool) -> None:
        """Everything that is stated has to fit: the account, the operation, the metadata of the request."""
        assert judge(changed(CREATE, SOLD_OUT), waiver(match=match)).accepted is fits

    @pytest.mark.parametrize("metadata", [None, ["orderNumber"], {}, {"orderNumber": 88}])
    def test_metadata_of_other_kinds(self, metadata: object) -> None:
        """Metadata that is not there, a list, or another value than the text that is asked for, do not fit."""
        match = WaiverMatch(metadata=MetadataMatch("orderNumber", "88"))
        assert not judge(changed(CREATE, {**SOLD_OUT, "/request/metadata": metadata}), waiver(match=match)).accepted

    @pytest.mark.parametrize(
        ("stored", "sent", "fits"),
        [
            ({"till": "4"}, REMOVED, True),
            ({"till": "4"}, {"orderNumber": "1"}, False),
            ({"till": "4"}, None, False),
            ({}, {"till": "5"}, True),
            (None, REMOVED, False),
        ],
    )
    def test_of_an_update(self, stored: object, sent: object, *, fits: bool) -> None:
        """An update is judged by the metadata that the session will have: what is sent, else what is stored."""
        document = changed(
            UPDATE,
            {
                "/request": {"submitType": "DONATE", "metadata": sent if sent is not REMOVED else {}},
                "/facts/session/metadata": stored,
            },
        )
        if sent is REMOVED:
            document = changed(document, {"/request/metadata": REMOVED})
        (code,) = judge(document).codes
        match = WaiverMatch(metadata=MetadataMatch("till"))
        assert code == "parameter_invalid"
        over = changed(document, {"/facts/session/status": "complete", "/request/submitType": REMOVED})
        assert judge(over, waiver("resource_invalid_state", match)).accepted is fits

    def test_of_what_is_no_session(self) -> None:
        """Metadata match sessions only: that of a price is its own."""
        create = examples("price.create")
        document = changed(next(iter(create.values())), {"/facts/missing": {"products": ["prod_mug"]}})
        document = changed(document, {"/facts/products": REMOVED, "/request/metadata": {"till": "4"}})
        assert judge(document).codes == ("resource_missing",)
        everywhere = WaiverMatch(metadata=MetadataMatch("till"))
        assert judge(document, waiver("resource_missing", everywhere)).codes == ("resource_missing",)
        assert judge(document, waiver("resource_missing", WaiverMatch(operation="price.create"))).accepted


class TestUnknown:
    """Invariant 5: what is not provided is not taken for a waiver that does not fit."""

    def test_merchant(self) -> None:
        """While the account is unknown, what may be waived is undecided, and the account is required."""
        over = changed(examples()["expire"], {"/facts/session/status": "expired", "/facts/merchant": REMOVED})
        verdict = judge(over, waiver("resource_invalid_state", WaiverMatch(merchant="mer_1")))
        assert (verdict.violations, verdict.waived, verdict.accepted) == ((), (), False)
        assert [undecided.rule for undecided in verdict.undecided] == ["session_already_over"]
        assert verdict.required_facts == (FactKey("merchant"),)

    def test_session(self) -> None:
        """While the session's metadata are unknown, the session is required; one that does not exist has none."""
        fields = [{"label": label, "type": "TEXT"} for label in "abcd"]
        update = changed(UPDATE, {"/request": {"customFields": fields}})
        match = waiver("parameter_out_of_range", WaiverMatch(metadata=MetadataMatch("till")))
        assert judge(update, match).codes == ("parameter_out_of_range",)
        unknown = judge(changed(update, {"/facts/session": REMOVED}), match)
        assert "too_many_custom_fields" in {undecided.rule for undecided in unknown.undecided}
        assert (unknown.violations, unknown.required_facts) == ((), (FactKey("session", update["target"]["id"]),))
        missing = {"/facts/session": REMOVED, "/facts/missing": {"sessions": [update["target"]["id"]]}}
        assert "parameter_out_of_range" in judge(changed(update, missing), match).codes

    def test_merchant_of_a_waiver_that_cannot_fit(self) -> None:
        """A waiver that has expired, or is for another operation, leaves nothing undecided."""
        over = changed(examples()["expire"], {"/facts/session/status": "expired", "/facts/merchant": REMOVED})
        match = WaiverMatch(merchant="mer_1")
        for other in (
            waiver("resource_invalid_state", match, expires=INSTANT),
            waiver("resource_invalid_state", attrs.evolve(match, operation="session.create")),
            waiver("resource_invalid_state", attrs.evolve(match, metadata=MetadataMatch("till"))),
        ):
            assert judge(over, other).codes == ("resource_invalid_state",)

    def test_one_that_fits_is_enough(self) -> None:
        """A waiver that is known to fit decides, whatever is not known of another."""
        over = changed(examples()["expire"], {"/facts/session/status": "expired", "/facts/merchant": REMOVED})
        verdict = judge(
            over,
            waiver("resource_invalid_state", WaiverMatch(merchant="mer_1")),
            waiver("resource_invalid_state", WaiverMatch(operation="session.expire"), id="sure"),
        )
        assert [waived.waiver for waived in verdict.waived] == ["sure"]
        assert verdict.required_facts == ()

    def test_dependants_wait_too(self) -> None:
        """What needs a rule that may be waived is undecided as well."""
        unknown = changed(CREATE, {**BOTH, "/facts/merchant": REMOVED})
        verdict = judge(unknown, waiver(NEED, WaiverMatch(merchant="mer_1")))
        assert {NEED, DEPENDANT} <= {undecided.rule for undecided in verdict.undecided}
        assert (verdict.violations, verdict.skipped) == ((), ())


class TestValidWaivers:
    """What a policy made in Python may waive."""

    @pytest.mark.parametrize("code", sorted(CATALOGUE))
    def test_codes(self, code: str) -> None:
        """What only rules say can be waived; what the wire or the engine says, never."""
        if CATALOGUE[code].origins == {Origin.RULE}:
            assert policy(waiver(code)).waivers[0].code == code
        else:
            with pytest.raises(PolicyError, match=f"the waiver known cannot waive {code}, which is reported "):
                policy(waiver(code))

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            (waiver(match=WaiverMatch()), "the waiver known matches every draft"),
            (
                waiver(match=WaiverMatch(operation="refund.create", metadata=MetadataMatch("a"))),
                "the waiver known matches metadata in refund.create, which has no session",
            ),
            (
                waiver(expires=datetime(2027, 1, 1)),  # noqa: DTZ001  # the very instant that must be refused
                "the waiver known expires at an instant without an offset",
            ),
            (waiver(reason="\n"), "the waiver known has no reason"),
        ],
    )
    def test_refused(self, wrong: Waiver, said: str) -> None:
        """A waiver matches something, ends at an instant, and says why."""
        assert policy(waiver()).waivers
        with pytest.raises(PolicyError) as refusal:
            policy(wrong)
        assert str(refusal.value) == f"default: {said}"

    def test_two_of_one_name(self) -> None:
        """Reports tell waivers apart by name."""
        with pytest.raises(PolicyError, match="two waivers are called known"):
            policy(waiver(), waiver("price_inactive"))

    def test_names_are_checked_with_the_rules(self) -> None:
        """An engine refuses a waiver of a code that no rule of it or the catalogue has, and no other."""
        own = Code.custom("acme.cash_limit", "Too much cash.")

        @rule(own, on=SessionView)
        def cash_limit(session: SessionView, _: Context) -> bool:
            """The order comes to more than the shop takes in cash."""
            return session.subtotal is not None and session.subtotal > 0

        waived = policy(waiver("acme.cash_limit"))
        assert Engine(waived, rules=[cash_limit]).validate(CREATE).waived[0].rule == "cash_limit"
        with pytest.raises(PolicyError, match=r"unknown code acme\.cash_limit in the waiver known$"):
            Engine(waived)
        with pytest.raises(PolicyError, match=r"unknown operation session\.creat in the waiver known"):
            Engine(policy(waiver(match=WaiverMatch(operation="session.creat"))))


class TestDelays:
    """Rules that are enforced from an instant on."""

    @pytest.mark.parametrize(
        ("start", "enforced"),
        [
            (INSTANT - timedelta(microseconds=1), True),
            (INSTANT, True),
            (INSTANT + timedelta(microseconds=1), False),
            (datetime(2026, 1, 1, tzinfo=UTC), True),
        ],
    )
    def test_boundary(self, start: datetime, *, enforced: bool) -> None:
        """Before the instant a rule is shadowed, from it on it refuses."""
        delayed = attrs.evolve(default_policy(), enforce_from={"price_sold_out": start})
        verdict = Engine(delayed).validate(changed(CREATE, SOLD_OUT))
        assert verdict.accepted is not enforced
        assert [found.rule for found in verdict.shadowed] == ([] if enforced else ["price_sold_out"])
        assert delayed.mode_at("price_sold_out", INSTANT) is (Mode.ENFORCE if enforced else Mode.SHADOW)
        assert delayed.mode_at("price_inactive", INSTANT) is Mode.ENFORCE

    @pytest.mark.parametrize(("start", "mode"), [(INSTANT, Mode.ENFORCE), (LATER, Mode.WARN)])
    def test_warns_before(self, start: datetime, mode: Mode) -> None:
        """In mode warn, a rule is shown to the caller before the instant, and refuses from it on."""
        modes, delays = {"price_sold_out": Mode.WARN}, {"price_sold_out": start}
        warning = attrs.evolve(default_policy(), modes=modes, enforce_from=delays)
        verdict = Engine(warning).validate(changed(CREATE, SOLD_OUT))
        found = {Mode.ENFORCE: verdict.violations, Mode.WARN: verdict.warnings, Mode.SHADOW: verdict.shadowed}
        assert {name for name, violations in found.items() if violations} == {mode}
        assert warning.mode_at("price_sold_out", INSTANT) is mode

    def test_withholds_nothing_before(self) -> None:
        """What needs a rule that is not enforced yet speaks; once it is, it is skipped."""
        for start, codes in ((LATER, (DEPENDANT,)), (INSTANT, (NEED,))):
            delayed = attrs.evolve(default_policy(), enforce_from={NEED: start})
            assert Engine(delayed).validate(changed(CREATE, BOTH)).codes == codes

    def test_is_not_waived_before(self) -> None:
        """A rule that is not enforced yet has nothing to waive."""
        delayed = attrs.evolve(policy(waiver()), enforce_from={"price_sold_out": LATER})
        verdict = Engine(delayed).validate(changed(CREATE, SOLD_OUT))
        assert (len(verdict.shadowed), verdict.waived) == (1, ())

    def test_an_unknown_rule(self) -> None:
        """An engine refuses a delay of a rule that it does not know."""
        with pytest.raises(PolicyError, match="unknown rule price_soldout; did you mean price_sold_out"):
            Engine(attrs.evolve(default_policy(), enforce_from={"price_soldout": LATER}))

    def test_an_instant_without_an_offset(self) -> None:
        """What an instant without an offset means would depend on the machine."""
        naive = datetime(2027, 1, 1)  # noqa: DTZ001  # the very instant that must be refused
        with pytest.raises(PolicyError, match="price_sold_out is enforced from an instant without an offset"):
            attrs.evolve(default_policy(), enforce_from={"price_sold_out": naive})

    def test_a_rule_in_another_mode(self) -> None:
        """A rule that is never enforced has no instant to be enforced from."""
        with pytest.raises(PolicyError, match="has an instant to be enforced from, and is in mode shadow"):
            attrs.evolve(
                default_policy(), modes={"price_sold_out": Mode.SHADOW}, enforce_from={"price_sold_out": LATER}
            )


def _in_the_shadow(policy: Policy) -> Policy:
    return attrs.evolve(policy, modes=dict.fromkeys(policy.pipelines["session.create"], Mode.SHADOW))


@pytest.mark.parametrize(
    "laden",
    [
        policy(*(waiver(id=f"waiver {number}") for number in range(100))),
        attrs.evolve(default_policy(), enforce_from={"price_sold_out": LATER}),
        _in_the_shadow(default_policy()),
    ],
    ids=["waivers", "delays", "shadows"],
)
def test_clean_drafts_pay_nothing(laden: Policy) -> None:
    """The screen is the same to the letter, with waivers, delays and shadows and without; what is off is not in it."""
    plain = CompiledPolicy(default_policy()).source_of("session.create")
    assert CompiledPolicy(laden).source_of("session.create") == plain
    without = CompiledPolicy(default_policy().with_modes(Mode.OFF, "price_expired")).source_of("session.create")
    assert ("expiration_date" in plain, "expiration_date" in without) == (True, False)
