"""A shop that Hypothesis runs: it trades at random, and what must never happen in a shop is checked after every step.

It needs Hypothesis, which the extra `testing` brings.
"""

from rules_engine.testing.machine.configuration import ConfigurationOperations
from rules_engine.testing.machine.coupon import CouponOperations
from rules_engine.testing.machine.invariants import Invariants
from rules_engine.testing.machine.price import PriceOperations
from rules_engine.testing.machine.promotion_code import PromotionCodeOperations
from rules_engine.testing.machine.session import SessionOperations
from rules_engine.testing.machine.shop import Shop

__all__ = ["Shop", "ShopMachine"]


class ShopMachine(
    PriceOperations,
    CouponOperations,
    PromotionCodeOperations,
    ConfigurationOperations,
    SessionOperations,
    Invariants,
):
    """A shop with prices, coupons, promotion codes, payment method configurations and sessions.

    Hypothesis draws one operation after the other, with requests that are sound and requests that are not, on objects
    that are there, were deleted or never were. Each is written as a draft document with all the facts of the shop and
    handed to `validate`; the shop changes only where the verdict accepts. Time passes, stock goes down when a session
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
