"""The shop that Hypothesis runs: the library keeps it in order, and a checkout that accepts everything does not."""

import inspect
import re
from collections import Counter
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import INVARIANT_MARKER, invariant, run_state_machine_as_test

from rules_engine import CATALOGUE, OPERATIONS, Undecided, Verdict, validate
from rules_engine.policy.load import read_policy
from rules_engine.testing.machine import ShopMachine

BOUNDED = settings(
    max_examples=200,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
INVARIANTS = [name for name, member in vars(ShopMachine).items() if hasattr(member, INVARIANT_MARKER)]
NOUNS = {"price", "coupon", "promotion_code", "configuration", "session"}
CREATE = {
    "afterCompletion": {"type": "hosted_confirmation"},
    "lineItems": [{"price": "price_first", "quantity": 2}],
}
"""A session of all that there is of a price."""
JUDGED: Counter[tuple[str, bool]] = Counter()


class KnownShop(ShopMachine):
    """The shop as the library judges it, which finds every fact that it needs."""

    def validate(self, document: dict[str, Any]) -> Verdict:
        """Judge, and insist that nothing is left open."""
        verdict = super().validate(document)
        assert (verdict.undecided, verdict.required_facts, verdict.faults) == ((), (), ())
        JUDGED[document["operation"], verdict.accepted] += 1
        return verdict


class RecklessShop(ShopMachine):
    """A shop whose checkout accepts everything."""

    undecided: tuple[Undecided, ...] = ()

    def validate(self, document: dict[str, Any]) -> Verdict:
        """Report the same of every draft."""
        return Verdict(document["operation"], "reckless", undecided=self.undecided)


class ClosedShop(RecklessShop):
    """A shop whose checkout accepts nothing."""

    undecided = (Undecided("closed", None),)


def opened() -> Any:
    """Open a shop that the library judges."""
    return KnownShop()


def keeps_order(machine: ShopMachine) -> bool:
    """Return whether every invariant holds."""
    try:
        for name in INVARIANTS:
            getattr(machine, name)()
    except AssertionError:
        return False
    return True


@pytest.mark.slow
def test_the_library_keeps_a_shop_in_order() -> None:
    """Whatever is tried, no invariant breaks; and every operation is tried with and without success."""
    JUDGED.clear()
    run_state_machine_as_test(KnownShop, settings=BOUNDED)
    operations = {name for name in OPERATIONS if name.partition(".")[0] in NOUNS}
    assert set(JUDGED) == {(name, accepted) for name in operations for accepted in (True, False)}


@pytest.mark.parametrize("name", INVARIANTS)
def test_every_invariant_can_break(name: str) -> None:
    """A checkout that accepts everything breaks each invariant, one by one."""
    others: dict[str, Any] = {other: lambda _: None for other in INVARIANTS if other != name}
    kind = type(f"Breaks_{name}", (RecklessShop,), others)
    bounded = settings(BOUNDED, max_examples=1_000, phases=[Phase.generate])
    with pytest.raises(AssertionError) as broken:
        run_state_machine_as_test(kind, settings=bounded)
    assert broken.traceback[-1].name in {"_insist", "_keeps"}


def test_nothing_happens_that_is_refused() -> None:
    """A checkout that accepts nothing leaves the shop as it was opened, but for the time."""
    shop = opened().shop

    class Watched(ClosedShop):
        @invariant()
        def is_as_it_was_opened(self) -> None:
            assert attrs.asdict(self.shop) == attrs.asdict(shop) | {"now": self.shop.now}

    run_state_machine_as_test(Watched, settings=settings(BOUNDED, max_examples=20))


def test_a_subclass_brings_its_own_policy() -> None:
    """The example of the documentation: under a policy without discounts, no session ever carries one."""
    policy = read_policy('schema_version = 1\nid = "ours"\nextends = "default"\n[limits]\nmax_discounts = 0\n')

    class OurShop(ShopMachine):
        def validate(self, document: dict[str, Any]) -> Verdict:
            return validate(document, policy=policy)

        @invariant()
        def gives_nothing_off(self) -> None:
            assert [session for session in self.shop.objects["sessions"].values() if session["discounts"]] == []

    run_state_machine_as_test(OurShop, settings=settings(BOUNDED, max_examples=30))


@pytest.mark.parametrize("name", INVARIANTS)
def test_every_invariant_names_its_source(name: str) -> None:
    """An invariant names the page it follows from, and the codes it names are codes."""
    text = inspect.getdoc(getattr(ShopMachine, name)) or ""
    assert re.search(r"\bpage\b", text)
    named = set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", text))
    assert named <= set(CATALOGUE)


class TestEffects:
    """What an accepted operation does to the shop."""

    def test_two_hold_the_last_units(self) -> None:
        """Two sessions may hold the same stock; the first that is paid gets it, and the other cannot be paid."""
        machine = opened()
        first, second = machine.act("session.create", CREATE), machine.act("session.create", CREATE)
        machine.act("session.confirm", {}, first)
        machine.act("session.confirm", {}, second)
        sessions = machine.shop.objects["sessions"]
        assert (sessions[first]["status"], sessions[second]["status"]) == ("complete", "open")
        assert machine.shop.objects["prices"]["price_first"]["stock"] == 0
        assert keeps_order(machine)

    def test_a_redemption_is_given_back(self) -> None:
        """What a session holds when it expires may be redeemed by another, and not before."""
        machine = opened()
        discounted = {**CREATE, "discounts": [{"promotionCode": "promo_first"}]}
        first, second = (machine.act("session.create", discounted) for _ in range(2))
        assert second is None
        assert (machine.shop.redeemed("promo_first"), machine.shop.redeemed("coup_first")) == (1, 1)
        machine.act("session.expire", {}, first)
        assert machine.shop.redeemed("promo_first") == 0
        machine.act("session.create", discounted)
        assert machine.shop.redeemed("promo_first") == 1

    def test_a_customer_cannot_be_handed_a_second_redemption(self) -> None:
        """Two customers redeem a coupon that each may redeem once; neither session goes over to the other."""
        machine = opened()
        discounted = {**CREATE, "discounts": [{"coupon": "coup_first"}]}
        machine.act("session.create", {**discounted, "customerId": "cus_1"})
        second = machine.act("session.create", {**discounted, "customerId": "cus_2"})
        machine.act("session.update", {"customerId": "cus_1"}, second)
        assert machine.shop.objects["sessions"][second]["customerId"] == "cus_2"
        assert keeps_order(machine)

    def test_the_default_is_handed_on(self) -> None:
        """A new default takes the place of the one before, which can be deleted then."""
        machine = opened()
        new = machine.act("configuration.create", {"name": "Fair", "enabledMethods": ["card"], "isDefault": True})
        machine.act("configuration.delete", {}, "pmc_first")
        assert list(machine.shop.objects["configurations"]) == [new]
        assert keeps_order(machine)

    def test_time_ends_a_session(self) -> None:
        """A session past its expiry is over, and can be ended all the same."""
        machine = opened()
        machine.wait(minutes=1_440)
        assert keeps_order(machine)
        machine.act("session.update", {"metadata": {"orderNumber": 1}}, "cs_first")
        machine.act("session.expire", {}, "cs_first")
        assert machine.shop.objects["sessions"]["cs_first"]["status"] == "expired"
        assert keeps_order(machine)
