"""The operations of a coupon."""

from datetime import timedelta
from typing import Final

from hypothesis import strategies as st
from hypothesis.stateful import MultipleResults, initialize, multiple, precondition, rule

from rules_engine.testing.machine.shop import Record, merged
from rules_engine.testing.machine.till import COUPONS, Till, maybe_nowhere, mostly
from rules_engine.testing.machine.world import FIRST_COUPON, START
from rules_engine.wire.dates import write_instant

_FIELDS: Final = (
    *("name", "active", "percentOff", "amountOff", "currency", "minValue", "maxRedemptions"),
    *("customerMaxRedemptions", "redeemBy", "appliesToProductIds", "duration", "durationInMonths"),
)
_CAPS: Final = {
    "maxRedemptions": st.sampled_from((1, 2, None)),
    "customerMaxRedemptions": st.sampled_from((1, None)),
}
_PAST, _FUTURE = (write_instant(START + timedelta(days=days)) for days in (-1, 3))
_SOUND: Final = st.fixed_dictionaries(
    {"percentOff": st.sampled_from((15, 100))},
    optional={**_CAPS, "redeemBy": st.just(_FUTURE), "minValue": st.sampled_from((0, 600))},
)
_OF_AMOUNT: Final = st.fixed_dictionaries(
    {"amountOff": st.just(500), "currency": st.sampled_from(("EGP", "USD"))},
    optional={**_CAPS, "appliesToProductIds": st.just(["prod_1"])},
)
_ANYTHING: Final = {
    "percentOff": st.sampled_from((15, 0, 101)),
    "amountOff": st.sampled_from((500, 0)),
    "currency": st.sampled_from(("EGP", "EGX")),
    "maxRedemptions": st.sampled_from((3, 0)),
    "customerMaxRedemptions": st.sampled_from((3, 0)),
    "redeemBy": st.sampled_from((_PAST, _FUTURE)),
    "duration": st.sampled_from(("once", "repeating")),
    "durationInMonths": st.sampled_from((3, 0)),
    "active": st.booleans(),
}
_CREATES: Final = mostly(_SOUND | _OF_AMOUNT, st.fixed_dictionaries({}, optional=_ANYTHING))
_UPDATES: Final = mostly(
    st.fixed_dictionaries({}, optional={"name": st.sampled_from(("Autumn", None)), "active": st.booleans()}),
    st.fixed_dictionaries({"unknown": st.just(1)}) | st.fixed_dictionaries({}, optional=_ANYTHING),
)


class CouponOperations(Till):
    """Coupons are made, changed and deleted."""

    @initialize(target=COUPONS)
    def first_coupon(self) -> str:
        """Open with a coupon that each customer may redeem once, and all together twice."""
        return self._make_coupon({"percentOff": 15, "maxRedemptions": 2, "customerMaxRedemptions": 1}, FIRST_COUPON)

    @rule(target=COUPONS, request=_CREATES)
    def create_coupon(self, request: Record) -> str | MultipleResults[str]:
        """Make a coupon."""
        if not self.admits("coupon.create", request):
            return multiple()
        return self._make_coupon(request, self.shop.new_id("coup"))

    @rule(coupon_id=maybe_nowhere(COUPONS, "coupon"), request=_UPDATES)
    def update_coupon(self, coupon_id: str, request: Record) -> None:
        """Change a coupon that is there or not."""
        if not self.admits("coupon.update", request, coupon_id):
            return
        self.shop.refer("coupons", coupon_id, "a change")
        if coupon_id in self.shop.coupons:
            self.shop.coupons[coupon_id] = merged(self.shop.coupons[coupon_id], request, _FIELDS)

    @precondition(lambda self: len(self.shop.coupons) > 1)
    @rule(coupon_id=maybe_nowhere(COUPONS, "coupon"))
    def delete_coupon(self, coupon_id: str) -> None:
        """Delete a coupon, attached to something or not, that is there or not."""
        if self.admits("coupon.delete", {}, coupon_id):
            self.shop.delete("coupons", coupon_id)

    def _make_coupon(self, request: Record, coupon_id: str) -> str:
        discount_type = "percentage" if request.get("amountOff") is None else "fixed_amount"
        coupon: Record = {"id": coupon_id, "discountType": discount_type, **dict.fromkeys(_FIELDS)}
        coupon |= {"active": True, "duration": "once"}
        self.shop.coupons[coupon_id] = merged(coupon, request, _FIELDS)
        return coupon_id
