"""A shop that Hypothesis runs: it trades at random, and what must never happen in a shop is checked after every step.

It needs Hypothesis, which the extra `testing` brings.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from rules_engine.api import validate
from rules_engine.models.currency import fold_currency
from rules_engine.testing.machine.requests import REQUESTS, odd_ids, opened
from rules_engine.testing.shop import FINAL, WORDS, ApiObject, part_of
from rules_engine.testing.shop_drafts import draft, texts
from rules_engine.violation import Verdict


def _tried(operation: str, *, on: str | None = None, spare: int = 0) -> Callable[..., Any]:
    """Make the rule that tries an operation: on an object that is there or not, with a request that is sound or not.

    Args:
        operation: Such as `price.update`.
        on: The part of the facts that its target belongs to; None where it has none.
        spare: How many objects must remain: a shop without any would have nothing left to do.
    """
    noun, _, verb = operation.partition(".")
    drawn = {"request": REQUESTS[operation]} if on is None else {"request": REQUESTS[operation], "key": odd_ids(on)}

    def act(self: "ShopMachine", request: ApiObject, key: str | None = None) -> None:
        self.act(operation, request, key)

    act.__name__ = f"{verb}_{noun}"  # what a failing program is printed with
    return precondition(lambda self: on is None or len(self.shop.objects[on]) > spare)(rule(**drawn)(act))


class ShopMachine(RuleBasedStateMachine):
    """A shop with prices, coupons, promotion codes, payment method configurations and sessions.

    Hypothesis draws one operation after the other, with requests that are sound and requests that are not, on objects
    that are there, were deleted or never were. Each becomes a draft document with all the facts of the shop and goes
    through `validate`; the shop changes only where the verdict accepts. Time passes, stock goes down when a session
    is paid, redemptions are counted. After every step the invariants are checked. Each names the sentence of the API's
    documents that it follows from, and looks at the shop only, so that it holds for any checkout that keeps the
    sentence, by whatever means.

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

    def __init__(self) -> None:
        """Open the shop."""
        super().__init__()
        self.shop = opened()
        self._drafts = 0
        self._deleted: list[str] = []
        self._used_again: list[str] = []
        self._money: dict[str, ApiObject] = {}
        self._over: dict[str, ApiObject] = {}

    def validate(self, document: dict[str, Any]) -> Verdict:
        """Judge a draft document: by the default policy, unless a subclass overrides this.

        Args:
            document: The draft of one operation, with all facts of the shop: nothing is left to be looked up.
        """
        return validate(document)

    def act(self, operation: str, request: ApiObject, target: str | None = None) -> str | None:
        """Judge an operation, and change the shop where it is accepted.

        Args:
            operation: Such as `price.update`.
            request: The request's body.
            target: The id of what is acted on.

        Returns:
            The id of what is acted on, or made; None where the operation is refused.
        """
        self._drafts += 1
        document = draft(self.shop, operation, request, target, name=f"d_{self._drafts}", whole=True)
        if not self.validate(document).accepted:
            return None
        names = [target, request, self.shop.objects["sessions"].get(target or "")]
        self._used_again += [f"{operation} names {name}" for name in texts(names) if name in self._deleted]
        key = target or f"{WORDS[operation.partition('.')[0]]}_{self._drafts}"
        self.shop.take(operation, request, target, key)
        if operation.endswith(".delete"):
            self._deleted.append(key)
        return key

    def deleted(self, part: str) -> list[str]:
        """List the ids of what was deleted of a part of the facts."""
        return [key for key in self._deleted if part_of(key) == part]

    @invariant()
    def stock_is_never_oversold(self) -> None:
        """Of a price with finite stock, no more is paid for than there was.

        The error page: a price has finite stock and runs out before the customer pays (`price_sold_out`); saving a
        negative stock is refused (`price_stock_invalid`). Stock goes down when a session is paid, so two sessions may
        hold the last unit, and one of them cannot be paid.
        """
        for price in self.shop.objects["prices"].values():
            _insist((price.get("stock") or 0) >= 0, f"{price['id']}: {price.get('stock')} are left")

    @invariant()
    def one_configuration_is_the_default(self) -> None:
        """Exactly one payment method configuration is the default.

        The error page: the default cannot be deleted, another has to be made the default first
        (`cannot_delete_default`); the page on payment methods: an account has one default.
        """
        configurations = self.shop.objects["configurations"]
        defaults = [key for key, configuration in configurations.items() if configuration["isDefault"]]
        _insist(len(defaults) == 1, f"the defaults are {defaults}")

    @invariant()
    def every_configuration_has_a_method(self) -> None:
        """No configuration is without a payment method.

        The error page: a configuration must have at least one that is switched on (`must_have_enabled_method`).
        """
        configurations = self.shop.objects["configurations"]
        empty = [key for key, configuration in configurations.items() if not configuration["enabledMethods"]]
        _insist(empty == [], f"without a method: {empty}")

    @invariant()
    def used_prices_keep_their_money(self) -> None:
        """A price that a line has ever taken keeps currency, amount, type and recurrence, and is never deleted.

        The error page: these are locked once a price is in use (`price_immutable_while_used`); the page of the delete
        call: a used price is archived instead. Spelling is no change: `egp` is `EGP`.
        """
        prices = self.shop.objects["prices"]
        for price_id, money in self._money.items():
            _insist(price_id in prices, f"{price_id} is used and was deleted")
            _insist(_money_of(prices[price_id]) == money, f"{price_id} is used and was changed")
        used = [price for price in prices.values() if self.shop.uses[price["id"]]]
        self._money = {price["id"]: _money_of(price) for price in used}

    @invariant()
    def redemptions_keep_their_limits(self) -> None:
        """No promotion code and no coupon is redeemed more often than it may be, in all and by one customer.

        The error page: a code has a global limit (`promotion_code_max_redemptions`), a coupon one for each customer
        (`coupon_customer_max_redemptions`); the object of a coupon has one in all, and a coupon past it is invalid
        (`coupon_invalid`). `Shop.redeemed` documents when a redemption counts.
        """
        objects = self.shop.objects
        held = [session for session in objects["sessions"].values() if session["status"] != "expired"]
        by = [(session["customerId"], discount) for session in held for discount in session["discounts"]]
        for code in objects["promotionCodes"].values():
            times = sum(discount["promotionCodeId"] == code["id"] for _, discount in by)
            _keeps(times, code.get("maxRedemptions"), code["id"])
        for coupon in objects["coupons"].values():
            customers = [customer for customer, discount in by if discount["coupon"]["id"] == coupon["id"]]
            _keeps(len(customers), coupon.get("maxRedemptions"), coupon["id"])
            for customer in {*customers} - {None}:
                _keeps(customers.count(customer), coupon.get("customerMaxRedemptions"), f"{coupon['id']} by {customer}")

    @invariant()
    def deleted_objects_stay_unused(self) -> None:
        """Nothing is changed, sold, given, referred to or deleted once more after it was deleted.

        The error page: a reference to what does not exist is refused (`resource_missing`), a deleted coupon is invalid
        (`coupon_invalid`), and what is in use cannot be deleted (`coupon_in_use`, `configuration_in_use`).
        """
        _insist(not self._used_again, f"{'; '.join(self._used_again)}, which was deleted")

    @invariant()
    def sessions_that_are_over_stay_as_they_are(self) -> None:
        """A session that is complete or expired never changes; one past its expiry can only be ended.

        The page on the life of a session: both ends are final (`resource_invalid_state`); the error page: a session
        past its `expiresAt` cannot be acted on (`checkout_session_expired`).
        """
        sessions = self.shop.objects["sessions"]
        for session_id, before in self._over.items():
            after = sessions[session_id]
            ended = before["status"] not in FINAL and after == {**before, "status": "expired"}
            _insist(after == before or ended, f"{session_id} was over: {before}, and became {after}")
        self._over = {key: {**session} for key, session in sessions.items() if self.shop.is_over(session)}

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


def _money_of(price: Mapping[str, Any]) -> ApiObject:
    """Return the fields that are locked once a price is used, each in one spelling."""
    recurring = price.get("recurring")
    return {
        "currency": fold_currency(price["currency"]),
        "unitAmount": price.get("unitAmount"),
        "type": price["type"],
        "recurring": recurring and (recurring["interval"], recurring.get("intervalCount") or 1),
    }


def _insist(truth: bool, otherwise: str) -> None:  # noqa: FBT001  # it reads as an assertion, and is one under -O too
    if not truth:
        raise AssertionError(otherwise)


def _keeps(times: int, most: int | None, what: str) -> None:
    _insist(most is None or times <= most, f"{what} is redeemed {times} times of {most}")
