"""A shop that Hypothesis runs: it trades at random, and what must never happen in a shop is checked after every step.

It needs Hypothesis, which the extra `testing` brings.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from rules_engine.testing.machine.invariants import Invariants
from rules_engine.testing.machine.requests import REQUESTS, odd_ids
from rules_engine.testing.shop import ApiObject


def _tried(operation: str, *, on: str | None = None, spare: int = 0) -> Callable[..., Any]:
    """Make the rule that tries an operation: on an object that is there or not, with a request that is sound or not.

    Args:
        operation: Such as `price.update`.
        on: The part of the facts that its target belongs to; None where it has none.
        spare: So many objects are left alone: a shop that has no more would have nothing left to do.
    """
    noun, _, verb = operation.partition(".")
    drawn = {"request": REQUESTS[operation]} if on is None else {"request": REQUESTS[operation], "key": odd_ids(on)}

    def act(self: Invariants, request: ApiObject, key: str | None = None) -> None:
        self.act(operation, request, key)

    act.__name__ = f"{verb}_{noun}"  # what a failing program is printed with
    return precondition(lambda self: on is None or len(self.shop.objects[on]) > spare)(rule(**drawn)(act))


class ShopMachine(Invariants):
    """A shop with prices, coupons, promotion codes, payment method configurations and sessions.

    Hypothesis draws one operation after the other, with requests that are sound and requests that are not, on objects
    that are there, were deleted or never were. Each becomes a draft document with all the facts of the shop and goes
    through `validate`; the shop changes only where the verdict accepts. Time passes, stock goes down when a session
    is paid, redemptions are counted. After every step the invariants are checked: see `Invariants` for each of them
    and the sentence of the API's documents that it follows from.

    Subclass it to have your own checkout judge in place of the library, or your own policy:

        from hypothesis import settings
        from rules_engine import Verdict, load_policy, validate
        from rules_engine.testing.machine import ShopMachine

        POLICY = load_policy("checkout.toml")

        class OurShop(ShopMachine):
            def validate(self, document):
                return validate(document, policy=POLICY)

        TestOurShop = OurShop.TestCase
        TestOurShop.settings = settings(max_examples=200, stateful_step_count=40, deadline=None)

    `validate` may do anything with the document, such as send its `request` to a service that is set up with its
    `facts`; of the verdict that it returns only `accepted` is read. A failing run is printed as the shortest program of
    operations that breaks an invariant. A subclass may add rules and invariants of its own, on `self.shop`.
    """

    create_price = _tried("price.create")
    update_price = _tried("price.update", on="prices")
    delete_price = _tried("price.delete", on="prices", spare=2)
    create_coupon = _tried("coupon.create")
    update_coupon = _tried("coupon.update", on="coupons")
    delete_coupon = _tried("coupon.delete", on="coupons", spare=1)
    create_promotion_code = _tried("promotion_code.create")
    update_promotion_code = _tried("promotion_code.update", on="promotionCodes")
    create_configuration = _tried("configuration.create")
    update_configuration = _tried("configuration.update", on="configurations")
    delete_configuration = _tried("configuration.delete", on="configurations")
    create_session = _tried("session.create")
    update_session = _tried("session.update", on="sessions")
    apply_promotion_code_session = _tried("session.apply_promotion_code", on="sessions")
    confirm_session = _tried("session.confirm", on="sessions")
    expire_session = _tried("session.expire", on="sessions")

    @rule(minutes=st.sampled_from((1, 10, 30, 1_440)))
    def wait(self, minutes: int) -> None:
        """Move the clock on: sessions run out, prices come on sale and go off it, codes and coupons end."""
        self.shop.now += timedelta(minutes=minutes)
