"""A rule that is enforced from an instant on is shadowed before it."""

from datetime import UTC, datetime, timedelta

import attrs
import pytest

from rules_engine import Engine, Mode, Policy, PolicyError, default_policy
from rules_engine.compiled_policy import CompiledPolicy
from rules_engine.examples import changed
from tests.engine.waived import BOTH, CREATE, DEPENDANT, INSTANT, LATER, NEED, SOLD_OUT, policy, waiver


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
        with pytest.raises(PolicyError, match="has an instant to be enforced from, and is not in mode enforce"):
            attrs.evolve(default_policy(), modes={"price_sold_out": Mode.WARN}, enforce_from={"price_sold_out": LATER})


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
