"""What is true of every shop whose checkout judges as the API documents it, whatever happens in it.

Each invariant says which sentence of the API's documents it follows from. They look at the shop only, so they hold for
any checkout that keeps those sentences, by whatever means.
"""

from hypothesis.stateful import invariant

from rules_engine.testing.machine.price import money_of
from rules_engine.testing.machine.shop import FINAL, Record
from rules_engine.testing.machine.till import Till


class Invariants(Till):
    """The truths that no operation may break."""

    def __init__(self) -> None:
        """Remember nothing of sessions that are over: there are none yet."""
        super().__init__()
        self._over: dict[str, Record] = {}

    @invariant()
    def stock_is_never_oversold(self) -> None:
        """Of a price with finite stock, no more is paid for than there was, and the stock is never negative.

        The error page: a price has finite stock and runs out before the customer pays (`price_sold_out`); saving a
        negative stock is refused (`price_stock_invalid`). Stock goes down when a session is paid, so two sessions may
        hold the last unit, and one of them cannot be paid.
        """
        for price_id, stocked in self.shop.stocked.items():
            sold = self.shop.sold[price_id]
            _insist(stocked is None or sold <= stocked, f"{price_id}: {sold} of {stocked} are sold")

    @invariant()
    def one_configuration_is_the_default(self) -> None:
        """Exactly one payment method configuration is the default.

        The error page: the default cannot be deleted, another has to be made the default first
        (`cannot_delete_default`); the page on payment methods: an account has one default.
        """
        defaults = [key for key, configuration in self.shop.configurations.items() if configuration["isDefault"]]
        _insist(len(defaults) == 1, f"the defaults are {defaults}")

    @invariant()
    def every_configuration_has_a_method(self) -> None:
        """No configuration is without a payment method.

        The error page: a configuration must have at least one that is switched on (`must_have_enabled_method`).
        """
        empty = [key for key, configuration in self.shop.configurations.items() if not configuration["enabledMethods"]]
        _insist(empty == [], f"without a method: {empty}")

    @invariant()
    def used_prices_keep_their_money(self) -> None:
        """A price that a line has ever taken keeps currency, amount, type and recurrence, and is never deleted.

        The error page: these are locked once a price is in use (`price_immutable_while_used`); the page of the delete
        call: a used price is archived instead. Spelling is no change: `egp` is `EGP`.
        """
        for price_id, locked in self.shop.locked_money.items():
            _insist(price_id in self.shop.prices, f"{price_id} is used and was deleted")
            _insist(money_of(self.shop.prices[price_id]) == locked, f"{price_id} is used and was changed")

    @invariant()
    def redemptions_keep_their_caps(self) -> None:
        """No promotion code and no coupon is redeemed more often than it may be, in all and by one customer.

        The error page: a code has a global limit (`promotion_code_max_redemptions`), a coupon one for each customer
        (`coupon_customer_max_redemptions`); the object of a coupon has one in all, and a coupon past it is invalid
        (`coupon_invalid`). When a redemption counts, `Shop.redeemed` says.
        """
        shop = self.shop
        for code in shop.promotion_codes.values():
            _keeps(shop.redeemed("promotion_code", code["id"]), code["maxRedemptions"], code["id"])
        for coupon in shop.coupons.values():
            _keeps(shop.redeemed("coupon", coupon["id"]), coupon["maxRedemptions"], coupon["id"])
            for customer in {session["customerId"] for session in shop.sessions.values()} - {None}:
                times = shop.redeemed("coupon", coupon["id"], customer)
                _keeps(times, coupon["customerMaxRedemptions"], f"{coupon['id']} by {customer}")

    @invariant()
    def deleted_objects_stay_unused(self) -> None:
        """Nothing is changed, sold, given, referred to or deleted once more after it was deleted.

        The error page: a reference to what does not exist is refused (`resource_missing`), a deleted coupon is invalid
        (`coupon_invalid`), and what is in use cannot be deleted (`coupon_in_use`, `configuration_in_use`).
        """
        _insist(not self.shop.used_after_deletion, "; ".join(self.shop.used_after_deletion))

    @invariant()
    def sessions_that_are_over_stay_as_they_are(self) -> None:
        """A session that is complete or expired never changes; one past its expiry can only be ended.

        The page on the life of a session: both ends are final (`resource_invalid_state`); the error page: a session
        past its `expiresAt` cannot be acted on (`checkout_session_expired`).
        """
        for session_id, before in self._over.items():
            after = self.shop.sessions[session_id]
            ended = before["status"] not in FINAL and after == {**before, "status": "expired"}
            _insist(after == before or ended, f"{session_id} was over: {before}, and became {after}")
        self._over = {key: {**session} for key, session in self.shop.sessions.items() if self.shop.is_over(session)}


def _insist(truth: bool, otherwise: str) -> None:  # noqa: FBT001  # it reads as an assertion, and is one under -O too
    if not truth:
        raise AssertionError(otherwise)


def _keeps(times: int, most: int | None, what: str) -> None:
    _insist(most is None or times <= most, f"{what} is redeemed {times} times of {most}")
